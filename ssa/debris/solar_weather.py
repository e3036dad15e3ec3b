"""Solar flux and geomagnetic activity by day: observed where known, else cycles like those observed since 1957.

After the last observed day the flux relaxes, within half a year, from its last 81-day mean to the value that past
cycles had at that phase: the weakest of them (`low`), their mean (`mean`) or the strongest (`high`). The cycle under
way is taken to last 11 years. Nobody knows the next cycles: the three are scenarios, not bounds.

The density table has one flux where the model has two: 0.62 times the 81-day mean and 0.38 times the day's flux, the
weights that NRLMSISE-00 shows at 400 km around F10.7 = 150. Flux of days with a burst (above 400) is the mean's.

Source: CelesTrak SW-All to 2025-07-20 (observed flux, not the one adjusted to 1 au); minima of cycles: SILSO, Royal
Observatory of Belgium.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from orbits import Instant, InvalidValue
from orbits.arrays import Floats, Integers
from ssa.data import packed_facts

SCENARIOS = ("low", "mean", "high")
_MINIMA = (1954.3, 1964.8, 1976.2, 1986.7, 1996.6, 2008.9, 2019.95, 2030.95)
_PHASES = 33
_RELAXES_IN_DAYS = 180.0
_MEAN_WEIGHT = 0.62
_BURST = 400.0
_UNIX_JD = 2440587.5


@dataclass(frozen=True, eq=False)
class WeatherDays:
    """Days from `first_jd` (midnight): effective flux, Ap, and month (0 to 11), each (n,)."""

    first_jd: float
    flux: Floats
    ap: Floats
    month: Integers
    observed_days: int

    def __len__(self) -> int:
        return len(self.flux)


@cache
def _observed() -> tuple[int, Floats, Floats, Floats]:
    """First day since 1970, flux with bursts taken out, its 81-day mean, Ap."""
    facts = packed_facts("space_weather")
    flux, ap = np.array(facts["f107_observed"], dtype=np.float64), np.array(facts["ap"], dtype=np.float64)
    smooth = _smoothed(np.minimum(flux, _BURST), 81)
    flux = np.where(flux > _BURST, smooth, flux)
    return int(np.datetime64(facts["first_day"], "D").astype(np.int64)), flux, _smoothed(flux, 81), ap


def last_observed_day() -> str:
    """The last day with observed values in the packaged table."""
    return str(packed_facts("space_weather")["as_of"])


def mean_weather() -> tuple[float, float]:
    """Flux and Ap of the mean cycle, averaged over its length."""
    flux, ap = _cycles()
    which = SCENARIOS.index("mean")
    return float(flux[which].mean()), float(ap[which].mean())


def _smoothed(values: Floats, width: int) -> Floats:
    """The centred mean; near the ends over what there is."""
    sums = np.concatenate([[0.0], np.cumsum(values)])
    row = np.arange(len(values))
    low, high = np.maximum(row - width // 2, 0), np.minimum(row + width // 2 + 1, len(values))
    return np.asarray((sums[high] - sums[low]) / (high - low))


def _phase(day: Integers) -> tuple[Integers, Floats]:
    """The cycle and the phase (0 to 1) of days since 1970; cycles after the last minimum listed last 11 years."""
    year = 1970.0 + np.asarray(day) / 365.25
    ends = np.array(_MINIMA)
    cycle = np.clip(np.searchsorted(ends, year, side="right") - 1, 0, len(ends) - 2)
    phase = (year - ends[cycle]) / (ends[cycle + 1] - ends[cycle])
    return cycle, np.asarray(np.mod(phase, 1.0))


@cache
def _cycles() -> tuple[Floats, Floats]:
    """Flux and Ap of the weakest, the mean and the strongest cycle by phase, each (3, 33)."""
    first, flux, _, ap = _observed()
    cycle, phase = _phase(first + np.arange(len(flux)))
    bins = np.minimum((phase * _PHASES).astype(np.int64), _PHASES - 1)
    found = []
    for values in (_smoothed(flux, 365), _smoothed(ap, 365)):
        table = np.full((len(_MINIMA) - 1, _PHASES), np.nan)
        for which in range(len(table)):
            for at in range(_PHASES):
                chosen = (cycle == which) & (bins == at)
                if chosen.sum() > 60:
                    table[which, at] = values[chosen].mean()
        found.append(np.stack([np.nanmin(table, axis=0), np.nanmean(table, axis=0), np.nanmax(table, axis=0)]))
    return found[0], found[1]


def weather_days(
    start: Instant, days: int, *, scenario: str = "mean", observed_until: Instant | None = None
) -> WeatherDays:
    """The weather of `days` days from the day of `start`; observed values are used up to `observed_until` only.

    Raises `InvalidValue` for a scenario that is none of `SCENARIOS` and before October 1957.
    """
    if scenario not in SCENARIOS:
        raise InvalidValue("activity", scenario, f"say one of {', '.join(SCENARIOS)}")
    first, flux, smooth, ap = _observed()
    begin = int(np.floor(start.jd_day + start.day_fraction - _UNIX_JD))
    if begin < first:
        raise InvalidValue("start", start.isoformat(0), "is before the space weather known, which begins 1957-10-01")
    last = first + len(flux) - 1
    if observed_until is not None:
        last = min(last, int(np.floor(observed_until.jd_day + observed_until.day_fraction - _UNIX_JD)))
    day = begin + np.arange(days)
    seen = np.clip(day, first, last) - first
    before = np.maximum(seen - 1, 0)  # the model takes the flux of the day before
    observed = _MEAN_WEIGHT * smooth[seen] + (1.0 - _MEAN_WEIGHT) * flux[before]
    known = day <= last
    if not known.all():
        which = SCENARIOS.index(scenario)
        by_flux, by_ap = _cycles()
        places = (np.arange(_PHASES) + 0.5) / _PHASES
        at_last = last - first
        trailing = float(flux[max(at_last - 80, 0) : at_last + 1].mean())
        trailing_ap = float(ap[max(at_last - 80, 0) : at_last + 1].mean())
        _, phase = _phase(day)
        _, phase_last = _phase(np.array([last]))
        fade = np.exp(-np.maximum(day - last, 0) / _RELAXES_IN_DAYS)
        cycle_flux, cycle_ap = (np.interp(phase, places, table[which], period=1.0) for table in (by_flux, by_ap))
        now_flux, now_ap = (np.interp(phase_last, places, table[which], period=1.0)[0] for table in (by_flux, by_ap))
        later = cycle_flux + (trailing - now_flux) * fade
        later_ap = cycle_ap + (trailing_ap - now_ap) * fade
        observed, ap_days = np.where(known, observed, later), np.where(known, ap[seen], later_ap)
    else:
        ap_days = ap[seen]
    month = (day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)) % 12
    return WeatherDays(begin + _UNIX_JD, np.asarray(observed), np.asarray(ap_days), month, int(known.sum()))
