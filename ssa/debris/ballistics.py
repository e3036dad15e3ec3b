"""How much drag an object feels: drag coefficient times area over mass, by the best that is known.

The order of trust, best first, each with the factor that its band multiplies and divides by: history (the loss of semi-
major axis between element sets; 1.2, or 1.4 where the weather of those days is not observed), the mean motion's rate
printed in one set (1.4; both not for objects that manoeuvre), known area and mass (1.3, drag coefficient 2.2), inferred
area and mass (4), and B* last (5). Measured on the published cases: history -2 to +11 % of the lifetime, the rate -11
to +33 %, B* +5 to +350 % (docs/decay.md). B* is a parameter of SGP4's fixed atmosphere, no ballistic coefficient.

Source: King-Hele, RAE TR 77111, 1977 (lifetimes from the rate); Spacetrack Report No. 3 (B*).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from orbits import ElementSets, Instant
from orbits.arrays import Booleans, Floats, Integers, read_only
from orbits.constants import SECONDS_PER_DAY
from orbits.jit import in_slices
from ssa.debris.air import air_table
from ssa.debris.decay_kernels import FAILED, fall_rows, rate_rows
from ssa.debris.mean_orbits import MeanOrbits, mean_orbits
from ssa.debris.population import Population
from ssa.debris.size_rules import MASS_BASES
from ssa.debris.solar_weather import WeatherDays, last_observed_day, weather_days

BALLISTIC_BASES = ("history", "mean motion rate", "known area and mass", "inferred area and mass", "B*", "none")
BAND_FACTOR = np.array([1.2, 1.4, 1.3, 4.0, 5.0, np.nan])
DRAG_COEFFICIENT = 2.2
BSTAR_TO_M2_KG = 12.741621  # 2 / (0.1570 kg/m2 per Earth radius): Spacetrack Report No. 3
_PLAUSIBLE_M2_KG = (3e-4, 30.0)
_LEAST_LOSS_KM = 0.1  # element sets scatter by some 10 m in semi-major axis
_LEAST_RATE_KM_DAY = 2e-3
_SHORTEST_DAYS, _SEGMENT_DAYS, _MOST_SEGMENTS = 3.0, 30.0, 8


@dataclass(frozen=True, eq=False)
class Ballistics:
    """Cd A/m in m2/kg (n,), the index of its basis in `BALLISTIC_BASES`, and the factor of its band; NaN for "none"."""

    value_m2_kg: Floats
    basis: Integers
    factor: Floats

    def __post_init__(self) -> None:
        for column, kind in (("value_m2_kg", np.float64), ("basis", np.int64), ("factor", np.float64)):
            object.__setattr__(self, column, read_only(getattr(self, column), kind))


def ballistics_of(
    elements: ElementSets, population: Population | None = None, *,
    history: Mapping[int, ElementSets] | None = None, weather: WeatherDays | None = None,
    report: Callable[[float], None] = lambda share: None,
) -> Ballistics:  # fmt: skip
    """The drag of objects (n,); `population` has the same rows; `weather` is what is known of the days before.

    `history` has earlier sets by catalogue number, not used of what manoeuvres. `report` is told the share done.
    """
    count = len(elements)
    value, basis = np.full(count, np.nan), np.full(count, BALLISTIC_BASES.index("none"))
    factor = np.full(count, np.nan)

    def take(rows: Booleans, values: Floats, code: int) -> None:
        chosen = rows & np.isnan(value) & (values > _PLAUSIBLE_M2_KG[0]) & (values < _PLAUSIBLE_M2_KG[1])
        value[chosen], basis[chosen], factor[chosen] = values[chosen], code, BAND_FACTOR[code]

    every = np.ones(count, dtype=np.bool_)
    steady = every if population is None else ~population.is_manoeuvrable
    if history:
        found = np.full((count, 2), np.nan)
        for row in np.flatnonzero(steady).tolist():
            found[row] = _of_history(history.get(int(elements.norad_id[row])))
            report((row + 1) / count)
        take(steady, found[:, 0], 0)
        scattered = basis == 0
        factor[scattered] = np.maximum(factor, found[:, 1])[scattered]
    take(steady, _of_rate(elements, weather), 1)
    if population is not None:
        known = population.is_size_known & (population.mass_basis < MASS_BASES.index("inferred from size"))
        physical = DRAG_COEFFICIENT * population.area_to_mass_m2_kg
        take(known, physical, 2)
        take(every, physical, 3)
    take(every, BSTAR_TO_M2_KG * elements.bstar_per_earth_radius, 4)
    return Ballistics(value, basis, factor)


def _of_rate(elements: ElementSets, weather: WeatherDays | None) -> Floats:
    """From the rate of the mean motion printed in each set; NaN where it is too small to mean anything."""
    orbits, table = mean_orbits(elements), air_table()
    lost = 2.0 / 3.0 * orbits.semi_major_axis_km * 2.0 * elements.mean_motion_dot_rev_day2
    lost = lost / elements.mean_motion_rev_day
    days = (elements.epoch_jd_day + elements.epoch_day_fraction) - 2440587.5
    flux, ap, month = np.empty(len(elements)), np.empty(len(elements)), np.empty(len(elements), dtype=np.int64)
    for day in np.unique(np.floor(days)):
        rows = np.floor(days) == day
        seen = weather or weather_days(Instant(2440587.5 + float(day) - 5.0, 0.0), 6)
        flux[rows], ap[rows], month[rows] = seen.flux.mean(), seen.ap.mean(), seen.month[-1]
    da, de = np.empty(len(elements)), np.empty(len(elements))
    rate_rows(
        orbits.semi_major_axis_km, orbits.eccentricity, orbits.inclination_rad,
        np.radians(elements.argument_of_perigee_deg), table.log_density, table.f107, table.ap, table.log_season,
        table.season_f107, flux, ap, month, da, de,
    )  # fmt: skip
    with np.errstate(divide="ignore", invalid="ignore"):
        found = lost / (-da * SECONDS_PER_DAY)
    return np.where((lost > _LEAST_RATE_KM_DAY) & np.isfinite(found), found, np.nan)


def _of_history(sets: ElementSets | None) -> tuple[float, float]:
    """The middle of the values that segments of a history give, and the factor of their scatter; NaN without any."""
    if sets is None or len(sets) < 2:
        return np.nan, np.nan
    order = np.argsort(sets.epoch_jd_day + sets.epoch_day_fraction, kind="stable")
    sets = sets[order]
    days = (sets.epoch_jd_day - sets.epoch_jd_day[-1]) + (sets.epoch_day_fraction - sets.epoch_day_fraction[-1])
    found: list[float] = []
    end = len(sets) - 1
    while end > 0 and len(found) < _MOST_SEGMENTS:
        begin = int(np.searchsorted(days, days[end] - _SEGMENT_DAYS, side="right")) - 1
        begin = begin if begin >= 0 else 0
        if days[end] - days[begin] < _SHORTEST_DAYS or begin == end:
            break
        fitted = fitted_ballistic_m2_kg(sets[[begin, end]])
        if np.isfinite(fitted):
            found.append(fitted)
        end = begin
    if not found:
        return np.nan, np.nan
    middle = float(np.median(found))
    spread = float(np.exp(np.std(np.log(np.array(found) / middle)))) if len(found) > 2 else 1.0
    unobserved = sets.epoch(len(sets) - 1).date().isoformat() > last_observed_day()
    return middle, max(spread, float(BAND_FACTOR[1])) if unobserved else spread


def fitted_ballistic_m2_kg(pair: ElementSets) -> float:
    """The Cd A/m that takes the first of two sets to the semi-major axis of the second; NaN where none does."""
    orbits = mean_orbits(pair)
    start = pair.epoch(0)
    span = pair.epoch(1).days_since(start)
    if orbits.semi_major_axis_km[0] - orbits.semi_major_axis_km[1] < _LEAST_LOSS_KM:
        return float("nan")
    weather = weather_days(start, int(span) + 3)
    begin = (start.jd_day - weather.first_jd) + start.day_fraction
    goal = float(orbits.semi_major_axis_km[1])
    low, high = _PLAUSIBLE_M2_KG
    for _ in range(40):
        middle = float(np.sqrt(low * high))
        _, a, _, _, state = run_fall(
            orbits[:1], np.radians(pair.argument_of_perigee_deg[:1]), np.array([middle]), np.array([begin]),
            begin + span, weather, 1.0,
        )  # fmt: skip
        if state[0] == 0 and a[0] > goal:
            low = middle
        else:
            high = middle
        if high / low < 1.0005:
            break
    found = float(np.sqrt(low * high))
    inside = _PLAUSIBLE_M2_KG[0] * 1.01 < found < _PLAUSIBLE_M2_KG[1] / 1.01  # else no plausible drag does it
    return found if inside else float("nan")


def run_fall(
    orbits: MeanOrbits, perigee_rad: Floats, ballistic: Floats, begin_day: Floats, last_day: float,
    weather: WeatherDays, cap_days: float, threads: int | None = 1,
) -> tuple[Floats, Floats, Floats, Floats, Integers]:  # fmt: skip
    """Day, semi-major axis, eccentricity, argument of perigee and state of each row at its end; `fall_rows`."""
    table, count = air_table(), len(orbits)
    outs = [np.zeros(count) for _ in range(4)]
    state = np.full(count, FAILED, dtype=np.int64)

    def work(first: int, last: int) -> None:
        fall_rows(
            first, last, orbits.semi_major_axis_km, np.maximum(orbits.eccentricity, 1e-7), orbits.inclination_rad,
            np.ascontiguousarray(perigee_rad), np.ascontiguousarray(ballistic), np.ascontiguousarray(begin_day),
            float(last_day), cap_days, table.log_density, table.f107, table.ap, table.log_season, table.season_f107,
            weather.flux, weather.ap, weather.month, *outs, state,
        )  # fmt: skip

    in_slices(work, count, threads)
    return outs[0], outs[1], outs[2], outs[3], state
