"""The questions: alliances and their fleets, regions, passes, coverage, navigation, and the catalogue behind them.

Names are loaded when they are first used, so that a command that needs no kernel starts at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ssa.alliances import Alliance, all_alliances, find_alliance, members
    from ssa.briefing import Briefing, compose_briefing
    from ssa.catalogue.snapshot import CatalogueSnapshot
    from ssa.communications.links import ServiceLinks, links_of
    from ssa.conjunctions.assessment import CollisionAssessment, collision_probability
    from ssa.conjunctions.cdm import ConjunctionDataMessage, read_cdms
    from ssa.conjunctions.cdm_encounter import encounter_of, hard_body_radius_of
    from ssa.conjunctions.cdm_writer import write_cdm
    from ssa.conjunctions.encounter import Encounter
    from ssa.conjunctions.screening import Screening, screen
    from ssa.conjunctions.states import ObjectState
    from ssa.coverage.map_rules import NadirRule
    from ssa.coverage.map_values import CoverageMap
    from ssa.coverage.maps import coverage_map
    from ssa.coverage.question import Coverage, coverage_of
    from ssa.debris.population import population_of
    from ssa.debris.risk import DebrisRisk, debris_risk
    from ssa.fleets import Fleet, fleet_of
    from ssa.navigation import NavigationAnswer, navigation_of
    from ssa.passes import Passes, PassWindow, find_passes
    from ssa.regions import CellGrid, LatLonGrid, Region, parse_region
    from ssa.sensor_fleets import SensorFleet, equip

_LATER = {
    "Alliance": "ssa.alliances",
    "Briefing": "ssa.briefing",
    "CatalogueSnapshot": "ssa.catalogue.snapshot",
    "CellGrid": "ssa.regions",
    "Coverage": "ssa.coverage.question",
    "CoverageMap": "ssa.coverage.map_values",
    "DebrisRisk": "ssa.debris.risk",
    "Fleet": "ssa.fleets",
    "LatLonGrid": "ssa.regions",
    "NadirRule": "ssa.coverage.map_rules",
    "NavigationAnswer": "ssa.navigation",
    "CollisionAssessment": "ssa.conjunctions.assessment",
    "ConjunctionDataMessage": "ssa.conjunctions.cdm",
    "Encounter": "ssa.conjunctions.encounter",
    "ObjectState": "ssa.conjunctions.states",
    "PassWindow": "ssa.passes",
    "Screening": "ssa.conjunctions.screening",
    "screen": "ssa.conjunctions.screening",
    "Passes": "ssa.passes",
    "Region": "ssa.regions",
    "SensorFleet": "ssa.sensor_fleets",
    "ServiceLinks": "ssa.communications.links",
    "all_alliances": "ssa.alliances",
    "compose_briefing": "ssa.briefing",
    "coverage_map": "ssa.coverage.maps",
    "coverage_of": "ssa.coverage.question",
    "debris_risk": "ssa.debris.risk",
    "equip": "ssa.sensor_fleets",
    "find_alliance": "ssa.alliances",
    "find_passes": "ssa.passes",
    "fleet_of": "ssa.fleets",
    "links_of": "ssa.communications.links",
    "collision_probability": "ssa.conjunctions.assessment",
    "encounter_of": "ssa.conjunctions.cdm_encounter",
    "hard_body_radius_of": "ssa.conjunctions.cdm_encounter",
    "members": "ssa.alliances",
    "navigation_of": "ssa.navigation",
    "parse_region": "ssa.regions",
    "population_of": "ssa.debris.population",
    "read_cdms": "ssa.conjunctions.cdm",
    "write_cdm": "ssa.conjunctions.cdm_writer",
}

__all__ = [
    "Alliance",
    "Briefing",
    "CatalogueSnapshot",
    "CellGrid",
    "CollisionAssessment",
    "ConjunctionDataMessage",
    "Coverage",
    "CoverageMap",
    "DebrisRisk",
    "Encounter",
    "Fleet",
    "LatLonGrid",
    "NadirRule",
    "NavigationAnswer",
    "ObjectState",
    "PassWindow",
    "Passes",
    "Region",
    "Screening",
    "SensorFleet",
    "ServiceLinks",
    "all_alliances",
    "collision_probability",
    "compose_briefing",
    "coverage_map",
    "coverage_of",
    "debris_risk",
    "encounter_of",
    "equip",
    "find_alliance",
    "find_passes",
    "fleet_of",
    "hard_body_radius_of",
    "links_of",
    "members",
    "navigation_of",
    "parse_region",
    "population_of",
    "read_cdms",
    "screen",
    "write_cdm",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'ssa' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
