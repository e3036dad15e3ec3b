"""What a break-up does to a fleet: collision rates of its cloud with each asset, early and late.

First 14 days, resolved in time: nodes and phases are not spread yet, so pieces (two bodies with J2) and assets (SGP4)
are placed at random moments of each interval, and the pieces in a disc round each asset (200 km sideways, 25 km up and
down) give the rate, density x relative speed x cross-section. The number of pairs counted is part of the answer: its
square root is the least noise. Later (1 month, 1, 5, 25 years): averaged over random nodes in closed form, the pieces
lowered by drag, each with its own area over mass, the mean scenario of the Sun.

The band is a factor of 3 either way: catalogued pieces were 1 to 4 times the model's. Nobody is taken to step aside.
Limits: pieces down to `smallest_m` only; drag is left out within the 14 days; assets stay where they are for 25 years.

Source: `ssa.debris.cloud_kernels`, `ssa.debris.breakup`, `ssa.debris.decay_kernels`.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from orbits import ElementSets, Instant, propagate
from orbits.arrays import Floats, Integers, Texts, read_only
from orbits.jit import core_count
from orbits.times import Instants
from ssa.debris.ballistics import DRAG_COEFFICIENT, run_fall
from ssa.debris.breakup import Fragments
from ssa.debris.breakup_orbits import FullOrbits
from ssa.debris.cloud_kernels import add_counted_rates, add_moments, place_cloud, rates_in_field
from ssa.debris.decay_kernels import FLYING
from ssa.debris.mean_orbits import EARTH_RADIUS_KM, MeanOrbits
from ssa.debris.population import Population
from ssa.debris.solar_weather import weather_days
from ssa.draws import Draws

EARLY_EDGES_DAYS = (0.0, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 10.0, 14.0)
LATE_YEARS = (1.0 / 12.0, 1.0, 5.0, 25.0)
BAND_FACTOR = 3.0
DISC_KM = (200.0, 25.0)  # sideways, up and down
FEWEST_MOMENTS, MOST_MOMENTS = 30, 600  # of an interval; few where pieces and assets are many
_PLACED_PAIRS = 3e8
_MOMENTS_AT_ONCE = 40
SECONDS_PER_YEAR = 365.25 * 86400.0
_DEGREES = 180
_LOWEST_KM, _HIGHEST_KM = 120.0, 42_000.0


def shell_edges_km() -> Floats:
    """Radii of the shells: 10 km thick to 2,100 km height, 50 km above."""
    heights = np.concatenate([np.arange(_LOWEST_KM, 2100.0, 10.0), np.arange(2100.0, _HIGHEST_KM, 50.0)])
    return np.asarray(heights + EARTH_RADIUS_KM)


@dataclass(frozen=True, eq=False)
class CloudHazard:
    """Expected collisions: `early_rate_per_year` (n, 9) by interval of `EARLY_EDGES_DAYS`, `late_rate_per_year` (n, 4).

    Rows are assets. `pairs_counted` (9,) is what the early rates rest on; `pieces_left` (4,) still fly at `LATE_YEARS`.
    """

    norad_id: Integers
    name: Texts
    owner: Texts
    at: Instant
    pieces: int
    early_rate_per_year: Floats
    pairs_counted: Integers
    late_rate_per_year: Floats
    pieces_left: Integers
    assets_without_state: int

    def __post_init__(self) -> None:
        for column, kind in (("early_rate_per_year", np.float64), ("late_rate_per_year", np.float64),
                             ("pairs_counted", np.int64), ("pieces_left", np.int64)):  # fmt: skip
            object.__setattr__(self, column, read_only(getattr(self, column), kind))

    def __len__(self) -> int:
        return len(self.norad_id)

    @property
    def first_14_days(self) -> Floats:
        """Expected collisions (n,) of each asset within 14 days."""
        return np.asarray(self.early_rate_per_year @ (np.diff(EARLY_EDGES_DAYS) / 365.25))

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be known to use it."""
        told = (
            f"numbers of pieces are the model's: take a third to {BAND_FACTOR:g} times each rate; pieces smaller than "
            "those drawn, many times as numerous, are not in it",
            f"within 14 days the rates rest on {int(self.pairs_counted.sum()):,} pairs counted; "
            "nobody is taken to step aside",
            "after 14 days nodes are taken as spread all round, which takes months to years; assets stay where they "
            "are",
            self.assets_without_state
            and f"{self.assets_without_state:,} assets have no state of SGP4 at some moments, which count as empty",
        )
        return tuple(str(text) for text in told if text)


def cloud_hazard(
    fragments: Fragments, orbits: FullOrbits, at: Instant, assets: Population, elements: ElementSets, *,
    seed: int = 1, threads: int | None = None, report: Callable[[float], None] = lambda share: None,
) -> CloudHazard:  # fmt: skip
    """The hazard of pieces with these orbits at `at` to assets (n,); `elements` has the rows of `assets`.

    Pieces that leave the Earth or fall at once are left out.
    """
    stays = np.flatnonzero(orbits.stays)
    radius_km = np.sqrt(fragments.area_m2[stays] / np.pi) / 1e3
    shapes = orbits.shapes[stays]
    early, pairs, missing = _early_rates(orbits, stays, radius_km, at, assets, elements, seed, threads, report)
    late, left = [], []
    for place, years in enumerate(LATE_YEARS):
        report(0.8 + 0.05 * place)
        later, flying = _lowered(shapes, orbits.argument_of_perigee_rad[stays], fragments, stays, at, years, threads)
        late.append(averaged_rates_per_year(assets, later, radius_km[flying]))
        left.append(len(flying))
    return CloudHazard(
        assets.norad_id, assets.name, assets.owner, at, len(stays), early, pairs, np.stack(late, axis=1),
        np.array(left), missing,
    )  # fmt: skip


def averaged_rates_per_year(assets: Population, shapes: MeanOrbits, radius_km: Floats) -> Floats:
    """Expected collisions a year (n,) of each asset with pieces of these orbits and radii, nodes at random."""
    return rates_with(field_moments(shapes, radius_km), assets)


def field_moments(shapes: MeanOrbits, radius_km: Floats) -> Floats:
    """Sums of radius to the power 0, 1, 2 by shell and degree of inclination (h, 180, 3)."""
    edges = shell_edges_km()
    moments = np.zeros((len(edges) - 1, _DEGREES, 3))
    add_moments(
        shapes.semi_major_axis_km, shapes.eccentricity, shapes.inclination_rad, np.ascontiguousarray(radius_km), edges,
        moments,
    )  # fmt: skip
    return moments


def rates_with(moments: Floats, assets: Population) -> Floats:
    """Expected collisions a year (n,) of each asset with the field of these moments."""
    rate = np.zeros(len(assets))
    rates_in_field(
        assets.orbits.semi_major_axis_km, assets.orbits.eccentricity, assets.orbits.inclination_rad,
        assets.radius_m / 1e3, shell_edges_km(), moments, rate,
    )  # fmt: skip
    return np.asarray(rate * SECONDS_PER_YEAR)


def _early_rates(
    orbits: FullOrbits, stays: Integers, radius_km: Floats, at: Instant, assets: Population, elements: ElementSets,
    seed: int, threads: int | None, report: Callable[[float], None],
) -> tuple[Floats, Integers, int]:  # fmt: skip
    """Rates a year (n, 9), pairs counted (9,), and how many assets lack a state somewhere."""
    draws, count = Draws(seed), len(assets)
    columns = [
        np.ascontiguousarray(getattr(orbits, name)[stays])
        for name in ("semi_major_axis_km", "eccentricity", "inclination_rad", "raan_rad", "argument_of_perigee_rad",
                     "mean_anomaly_rad")
    ]  # fmt: skip
    intervals = len(EARLY_EDGES_DAYS) - 1
    rates, pairs = np.zeros((count, intervals)), np.zeros(intervals, dtype=np.int64)
    moments = int(np.clip(_PLACED_PAIRS / max(intervals * count * len(stays), 1), FEWEST_MOMENTS, MOST_MOMENTS))
    lacking = np.zeros((intervals, -(-moments // _MOMENTS_AT_ONCE), count), dtype=np.bool_)
    shares = (np.arange(moments) + draws.uniform(intervals * moments).reshape(intervals, moments)) / moments
    asset_radius_km = np.ascontiguousarray(assets.radius_m / 1e3)

    def count_part(place: int, first: int) -> tuple[Floats, Integers]:
        begin, end = EARLY_EDGES_DAYS[place : place + 2]
        some = (begin + (end - begin) * shares[place, first : first + _MOMENTS_AT_ONCE]) * 86400.0
        position, velocity = np.zeros((len(stays), 3)), np.zeros((len(stays), 3))
        rate, counted = np.zeros(count), np.zeros(count, dtype=np.int64)
        where = propagate(elements, Instants.after(at, some), threads=1)
        assert where.velocity_teme_km_s is not None
        lacking[place, first // _MOMENTS_AT_ONCE] = (where.status != 0).any(axis=1)
        for k, t in enumerate(some.tolist()):
            place_cloud(t, *columns, position, velocity)
            add_counted_rates(
                position, velocity, radius_km, np.argsort(position[:, 0]),
                np.ascontiguousarray(where.position_teme_km[:, k]),
                np.ascontiguousarray(where.velocity_teme_km_s[:, k]), asset_radius_km, *DISC_KM, rate, counted,
            )  # fmt: skip
        return rate, counted

    parts = [(place, first) for place in range(intervals) for first in range(0, moments, _MOMENTS_AT_ONCE)]
    with ThreadPoolExecutor(max(1, threads or core_count())) as pool:  # nine intervals load no two cores evenly
        waiting = [pool.submit(count_part, *part) for part in parts]
        for done, (each, (place, _)) in enumerate(zip(waiting, parts, strict=True)):
            rate, counted = each.result()
            rates[:, place] += rate / moments * SECONDS_PER_YEAR
            pairs[place] += counted.sum()
            report(0.8 * (done + 1) / len(parts))
    return rates, pairs, int(lacking.any(axis=(0, 1)).sum())


def _lowered(
    shapes: MeanOrbits, perigee_rad: Floats, fragments: Fragments, stays: Integers, at: Instant, years: float,
    threads: int | None,
) -> tuple[MeanOrbits, Integers]:  # fmt: skip
    """The orbits after some years of drag, and which pieces (of `stays`) still fly."""
    days = years * 365.25
    weather = weather_days(at, int(days) + 2)
    begin = np.full(len(stays), (at.jd_day - weather.first_jd) + at.day_fraction)
    _, a, e, _, state = run_fall(
        shapes, perigee_rad, DRAG_COEFFICIENT * fragments.area_to_mass_m2_kg[stays], begin,
        float(begin[0] + days) if len(begin) else 0.0, weather, 15.0, threads,
    )  # fmt: skip
    flying = np.flatnonzero(state == FLYING)
    return MeanOrbits(a[flying], e[flying], shapes.inclination_rad[flying]), flying
