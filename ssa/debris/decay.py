"""When an object comes down: lifetime and re-entry window from its mean elements, by averaged drag.

Never SGP4 over years. The middle of a window is the mean scenario of the Sun with the best ballistic coefficient; its
early end takes the high scenario and the drag at the upper end of its band, its late end the low scenario and the
lower end, and neither end is nearer to the middle than one turn. Weather is observed where it is known.

Limits: drag only. Thrust, the Moon and Sun (which move the perigee of high elliptical orbits by hundreds of km), the
pressure of light (balloons), and attitude are not modelled; where apogee is above 10,000 km nothing is computed.
Measured against published re-entries: `docs/decay.md`.

Source: `ssa.debris.decay_kernels`, `ssa.debris.ballistics`, `ssa.debris.solar_weather`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from orbits import ElementSets, Instant, InvalidValue
from orbits.arrays import Booleans, Floats, Integers, Texts, read_only
from ssa.debris.ballistics import BALLISTIC_BASES, Ballistics, ballistics_of, run_fall
from ssa.debris.decay_kernels import FALLEN, FLYING
from ssa.debris.mean_orbits import MeanOrbits, mean_orbits
from ssa.debris.population import Population
from ssa.debris.solar_weather import WeatherDays, last_observed_day, weather_days

DAYS_PER_YEAR = 365.25
MAX_YEARS = 100.0
HIGHEST_APOGEE_KM = 10_000.0
_LONG_STEP_DAYS = 15.0
_DAILY_WEATHER_DAYS = 400.0
_OBJECTS_AT_ONCE = 250  # between two words on how far it is


@dataclass(frozen=True, eq=False)
class DecayWindows:
    """Rows (n,): days from `start` until re-entry; NaN means not within `horizon_days`, or not `is_computed`."""

    norad_id: Integers
    name: Texts
    start: Instant
    horizon_days: float
    ballistics: Ballistics
    is_computed: Booleans
    is_manoeuvrable: Booleans
    perigee_altitude_km: Floats
    apogee_altitude_km: Floats
    earliest_days: Floats
    middle_days: Floats
    latest_days: Floats
    elements_age_days: Floats

    def __post_init__(self) -> None:
        for column in ("is_computed", "is_manoeuvrable"):
            object.__setattr__(self, column, read_only(getattr(self, column), np.bool_))
        for column in ("perigee_altitude_km", "apogee_altitude_km", "earliest_days", "middle_days", "latest_days",
                       "elements_age_days"):  # fmt: skip
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))

    def __len__(self) -> int:
        return len(self.norad_id)

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be known to use them."""
        counts = np.bincount(self.ballistics.basis[self.is_computed], minlength=len(BALLISTIC_BASES))
        said = ", ".join(f"{count:,} by {BALLISTIC_BASES[k]}" for k, count in enumerate(counts) if count)
        left = int((~self.is_computed).sum())
        moving = int((self.is_computed & self.is_manoeuvrable).sum())
        told = [
            f"drag of each object: {said or 'none'}; the windows are as wide as that, and the Sun, may be wrong",
            f"solar flux and Ap are observed to {last_observed_day()}, then past cycles: the weakest, the mean, the "
            "strongest",
            left and f"{left:,} objects are not computed: apogee above {HIGHEST_APOGEE_KM:,.0f} km, where the Moon and "
            "the Sun decide, or no drag known",
            moving and f"{moving:,} objects can manoeuvre: their dates hold only if they never do again",
        ]  # fmt: skip
        return tuple(str(text) for text in told if text)


def decay_windows(
    elements: ElementSets, population: Population | None = None, *, horizon_years: float = 25.0,
    history: Mapping[int, ElementSets] | None = None, observed_until: Instant | None = None,
    ballistics: Ballistics | None = None, threads: int | None = None,
    report: Callable[[float], None] = lambda share: None,
) -> DecayWindows:  # fmt: skip
    """Re-entry windows of element sets (n,); `population` has the same rows.

    `start` is the day of the newest epoch; each object falls from its own epoch. `observed_until` hides what was
    observed later: a hindcast with the Sun unknown. `report` is told the share done. Raises `InvalidValue` for a
    horizon that is no number of years.
    """
    if not (np.isfinite(horizon_years) and 0.0 < horizon_years <= MAX_YEARS):
        raise InvalidValue("years", horizon_years, f"give a number of years above 0, to {MAX_YEARS:g}")
    orbits = mean_orbits(elements)
    count = len(elements)
    moving = np.zeros(count, dtype=np.bool_) if population is None else population.is_manoeuvrable
    drag = ballistics or ballistics_of(elements, population, history=history, report=lambda share: report(0.3 * share))
    start = newest_epoch(elements)
    computed = np.isfinite(drag.value_m2_kg) & (orbits.apogee_altitude_km < HIGHEST_APOGEE_KM)
    rows = np.flatnonzero(computed)
    ends = {}

    def tell(ended: int, share: float) -> None:
        report(0.3 + 0.7 * (ended + share) / 3.0)

    for ended, (name, power) in enumerate((("high", 1.0), ("mean", 0.0), ("low", -1.0))):
        ends[name] = np.full(count, np.nan)
        band = drag.value_m2_kg[rows] * drag.factor[rows] ** power
        ends[name][rows] = DAYS_PER_YEAR * fall_years(
            elements[rows], band, name, horizon_years, threads, start=start, observed_until=observed_until,
            report=partial(tell, ended),
        )  # fmt: skip
        rows = rows[np.isfinite(ends[name][rows])]  # what flies on here does so with less drag or a weaker Sun
    days = horizon_years * DAYS_PER_YEAR
    turn = elements.period_min / 1440.0
    middle = ends["mean"]
    return DecayWindows(
        elements.norad_id, elements.name, start, days, drag, computed, moving, orbits.perigee_altitude_km,
        orbits.apogee_altitude_km, np.fmin(ends["high"], middle - turn), middle,
        np.where(np.isnan(ends["low"]), np.nan, np.fmax(ends["low"], middle + turn)),
        np.array([start.days_since(elements.epoch(row)) for row in range(count)]),
    )  # fmt: skip


def newest_epoch(elements: ElementSets) -> Instant:
    """The newest epoch of the sets; J2000 without any."""
    if not len(elements):
        return Instant.parse("2000-01-01T12:00:00Z")
    return elements.epoch(int(np.argmax(elements.epoch_jd_day + elements.epoch_day_fraction)))


def fall_years(
    elements: ElementSets, ballistic_m2_kg: Floats, scenario: str, years: float, threads: int | None = None, *,
    start: Instant | None = None, observed_until: Instant | None = None,
    report: Callable[[float], None] = lambda share: None,
) -> Floats:  # fmt: skip
    """Years (n,) after `start` (the newest epoch) until each object with this drag is down; NaN if not in `years`."""
    if not len(elements):
        return np.zeros(0)
    orbits = mean_orbits(elements)
    begun = start or newest_epoch(elements)
    oldest = elements.epoch(int(np.argmin(elements.epoch_jd_day + elements.epoch_day_fraction)))
    days = years * DAYS_PER_YEAR
    weather = weather_days(
        oldest, int(days + begun.days_since(oldest)) + 2, scenario=scenario, observed_until=observed_until
    )
    first = (begun.jd_day - weather.first_jd) + begun.day_fraction
    perigee = np.radians(elements.argument_of_perigee_deg)
    begin = (elements.epoch_jd_day - weather.first_jd) + elements.epoch_day_fraction
    fallen = np.empty(len(elements))
    for low in range(0, len(elements), _OBJECTS_AT_ONCE):
        some = slice(low, low + _OBJECTS_AT_ONCE)
        fallen[some] = fallen_days(
            orbits[some], perigee[some], ballistic_m2_kg[some], begin[some], first + days, weather, threads
        )
        report(min((low + _OBJECTS_AT_ONCE) / len(elements), 1.0))
    return np.asarray((fallen - first) / DAYS_PER_YEAR)


def fallen_days(
    orbits: MeanOrbits, perigee_rad: Floats, ballistic_m2_kg: Floats, begin_day: Floats, last_day: float,
    weather: WeatherDays, threads: int | None,
) -> Floats:  # fmt: skip
    """Day of the weather on which each is down, NaN when it flies on: steps of a day at first, of 15 days later."""
    split = min(last_day, float(np.max(begin_day)) + _DAILY_WEATHER_DAYS)
    day, a, e, w, state = run_fall(orbits, perigee_rad, ballistic_m2_kg, begin_day, split, weather, 1.0, threads)
    fell = np.where(state == FALLEN, day, np.nan)
    flying = np.flatnonzero(state == FLYING)
    if split < last_day and len(flying):
        later = MeanOrbits(a[flying], e[flying], orbits.inclination_rad[flying])
        day, _, _, _, state = run_fall(
            later, w[flying], ballistic_m2_kg[flying], day[flying], last_day, weather, _LONG_STEP_DAYS, threads
        )
        fell[flying] = np.where(state == FALLEN, day, np.nan)
    return np.asarray(fell)
