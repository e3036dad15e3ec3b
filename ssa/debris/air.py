"""Air density for orbits: a table of NRLMSISE-00 means over local time, ready for a kernel.

log10 density by height (80 to 1,500 km), solar flux F10.7, geomagnetic Ap and latitude, with what the month adds. The
day-night bulge is averaged out: an orbit's plane goes round it in weeks to months, and below that the window's width
holds it. The model itself is good to about 15 %, in storms worse.

Source: Picone, Hedin, Drob, Aikin, J. Geophys. Res. 107(A12), 2002 (NRLMSISE-00); made by `tests/make_air_density.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from orbits.arrays import Floats, read_only
from ssa.data import packed_facts

LOWEST_KM, STEP_KM = 80.0, 5.0
_LN10 = float(np.log(10.0))


@dataclass(frozen=True, eq=False)
class AirTable:
    """ln of kg/m3: `log_density` (height by 5 km, f107, ap, latitude), `log_season` (height, month, f107, latitude)."""

    log_density: Floats
    log_season: Floats
    f107: Floats
    ap: Floats
    season_f107: Floats

    def __post_init__(self) -> None:
        for column in self.__dataclass_fields__:
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))


@cache
def air_table() -> AirTable:
    """The packaged table on even steps of height."""
    facts = packed_facts("air_density")
    heights = np.array(facts["altitude_km"])
    even = np.arange(LOWEST_KM, heights[-1] + 1.0, STEP_KM)
    f107, ap, latitude = (np.array(facts[name], dtype=np.float64) for name in ("f107", "ap", "latitude_deg"))
    shape = (len(heights), len(f107), len(ap), len(latitude))
    season_heights = np.array(facts["season_altitude_km"])
    season_shape = (len(season_heights), 12, len(facts["season_f107"]), len(latitude))
    return AirTable(
        _on_even_steps(np.array(facts["log10_kg_m3_e3"]).reshape(shape), heights, even) * (_LN10 * 1e-3),
        _on_even_steps(np.array(facts["season_log10_e3"]).reshape(season_shape), season_heights, even) * (_LN10 * 1e-3),
        f107, ap, np.array(facts["season_f107"]),
    )  # fmt: skip


def _on_even_steps(values: Floats, heights: Floats, even: Floats) -> Floats:
    """The table (heights, ...) at the heights `even`, straight lines of the logarithm between."""
    place = np.clip(np.searchsorted(heights, even, side="right") - 1, 0, len(heights) - 2)
    share = ((even - heights[place]) / (heights[place + 1] - heights[place])).reshape(-1, *[1] * (values.ndim - 1))
    return np.asarray(values[place] * (1.0 - share) + values[place + 1] * share, dtype=np.float64)
