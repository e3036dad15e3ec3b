"""The questions: alliances and their fleets, regions, passes, and the catalogue that answers come from.

Names are loaded when they are first used, so that a command that needs no kernel starts at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ssa.alliances import Alliance, all_alliances, find_alliance, members
    from ssa.catalogue.snapshot import CatalogueSnapshot
    from ssa.conjunctions.assessment import CollisionAssessment, collision_probability
    from ssa.conjunctions.cdm import ConjunctionDataMessage, read_cdms
    from ssa.conjunctions.cdm_encounter import encounter_of, hard_body_radius_of
    from ssa.conjunctions.cdm_writer import write_cdm
    from ssa.conjunctions.encounter import Encounter
    from ssa.conjunctions.states import ObjectState
    from ssa.fleets import Fleet, fleet_of
    from ssa.passes import Passes, PassWindow, find_passes
    from ssa.regions import CellGrid, LatLonGrid, Region, parse_region

_LATER = {
    "Alliance": "ssa.alliances",
    "CatalogueSnapshot": "ssa.catalogue.snapshot",
    "CellGrid": "ssa.regions",
    "CollisionAssessment": "ssa.conjunctions.assessment",
    "ConjunctionDataMessage": "ssa.conjunctions.cdm",
    "Encounter": "ssa.conjunctions.encounter",
    "Fleet": "ssa.fleets",
    "LatLonGrid": "ssa.regions",
    "ObjectState": "ssa.conjunctions.states",
    "PassWindow": "ssa.passes",
    "Passes": "ssa.passes",
    "Region": "ssa.regions",
    "all_alliances": "ssa.alliances",
    "collision_probability": "ssa.conjunctions.assessment",
    "encounter_of": "ssa.conjunctions.cdm_encounter",
    "find_alliance": "ssa.alliances",
    "find_passes": "ssa.passes",
    "fleet_of": "ssa.fleets",
    "hard_body_radius_of": "ssa.conjunctions.cdm_encounter",
    "members": "ssa.alliances",
    "parse_region": "ssa.regions",
    "read_cdms": "ssa.conjunctions.cdm",
    "write_cdm": "ssa.conjunctions.cdm_writer",
}

__all__ = [
    "Alliance",
    "CatalogueSnapshot",
    "CellGrid",
    "CollisionAssessment",
    "ConjunctionDataMessage",
    "Encounter",
    "Fleet",
    "LatLonGrid",
    "ObjectState",
    "PassWindow",
    "Passes",
    "Region",
    "all_alliances",
    "collision_probability",
    "encounter_of",
    "find_alliance",
    "find_passes",
    "fleet_of",
    "hard_body_radius_of",
    "members",
    "parse_region",
    "read_cdms",
    "write_cdm",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'ssa' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
