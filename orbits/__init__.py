"""Where things are: times, frames, element sets, the SGP4 core, sites and geometry."""

from orbits.elements import ElementSets
from orbits.errors import ElementSetError, InvalidValue, OrbitsError, RefusedRecord
from orbits.times import Instant, Instants, TimeGrid, TimeSpan

__all__ = [
    "ElementSetError",
    "ElementSets",
    "Instant",
    "Instants",
    "InvalidValue",
    "OrbitsError",
    "RefusedRecord",
    "TimeGrid",
    "TimeSpan",
]
