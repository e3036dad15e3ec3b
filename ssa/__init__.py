"""The questions: alliances and their fleets, regions, passes, and the catalogue that answers come from.

Names are loaded when they are first used, so that a command that needs no kernel starts at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ssa.alliances import Alliance, all_alliances, find_alliance, members
    from ssa.catalogue.snapshot import CatalogueSnapshot
    from ssa.fleets import Fleet, fleet_of
    from ssa.passes import Passes, PassWindow, find_passes
    from ssa.regions import CellGrid, LatLonGrid, Region, parse_region

_LATER = {
    "Alliance": "ssa.alliances",
    "CatalogueSnapshot": "ssa.catalogue.snapshot",
    "CellGrid": "ssa.regions",
    "Fleet": "ssa.fleets",
    "LatLonGrid": "ssa.regions",
    "PassWindow": "ssa.passes",
    "Passes": "ssa.passes",
    "Region": "ssa.regions",
    "all_alliances": "ssa.alliances",
    "find_alliance": "ssa.alliances",
    "find_passes": "ssa.passes",
    "fleet_of": "ssa.fleets",
    "members": "ssa.alliances",
    "parse_region": "ssa.regions",
}

__all__ = [
    "Alliance",
    "CatalogueSnapshot",
    "CellGrid",
    "Fleet",
    "LatLonGrid",
    "PassWindow",
    "Passes",
    "Region",
    "all_alliances",
    "find_alliance",
    "find_passes",
    "fleet_of",
    "members",
    "parse_region",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'ssa' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
