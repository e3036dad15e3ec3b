"""Where things are: times, frames, element sets, the SGP4 core, sites and geometry.

Names that need compiled kernels are loaded when they are first used, so that reading a file or a time stays quick.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from orbits.elements import ElementSets
from orbits.errors import ElementSetError, InvalidValue, OrbitsError, RefusedRecord
from orbits.times import Instant, Instants, TimeGrid, TimeSpan

if TYPE_CHECKING:
    from orbits.earth_orientation import EarthOrientation
    from orbits.frames import teme_to_itrs
    from orbits.propagation import propagate, states
    from orbits.sites import GroundSite, HorizonMask
    from orbits.topocentric import look_at

_LATER = {
    "EarthOrientation": "orbits.earth_orientation",
    "GroundSite": "orbits.sites",
    "HorizonMask": "orbits.sites",
    "look_at": "orbits.topocentric",
    "propagate": "orbits.propagation",
    "states": "orbits.propagation",
    "teme_to_itrs": "orbits.frames",
}

__all__ = [
    "EarthOrientation",
    "ElementSetError",
    "ElementSets",
    "GroundSite",
    "HorizonMask",
    "Instant",
    "Instants",
    "InvalidValue",
    "OrbitsError",
    "RefusedRecord",
    "TimeGrid",
    "TimeSpan",
    "look_at",
    "propagate",
    "states",
    "teme_to_itrs",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'orbits' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LATER[name]), name)
