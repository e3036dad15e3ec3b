"""Debris risk of a catalogue: expected collisions a year of each object, between owners, and for an alliance's fleet.

Every figure stands twice. *Geometric*: nobody avoids anything and all phases are random; for satellites that keep
station an upper bound. *Residual*: two objects that can manoeuvre never collide, of one that can and one that
cannot the share `avoidance_failure` remains (0.01 as in MIT's MOCAT), of two that cannot all.

Limits: catalogued objects only. Averages over years, with circular speeds: good to a factor of two in absolute terms,
to a few per cent in numerics; for eccentricities above 0.25 and for the geostationary belt worse. Sizes are mostly
inferred: the answer says how much of the rate rests on them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Booleans, Floats, Integers, Texts, read_only
from orbits.errors import InvalidValue
from ssa.debris.density_shells import Shells, ShellTimes, shell_times
from ssa.debris.population import Population
from ssa.debris.risk_cells import ObjectRates, group_rates, object_rates
from ssa.debris.size_rules import KNOWN, OBJECT_CLASSES, SIZE_BASES

DEFAULT_AVOIDANCE_FAILURE = 0.01  # MOCAT-MC's alpha; pySSEM's examples use 0.2


class OwnerTotals:
    """What an answer with rates a year between owners (g, g), symmetric, sums to: the triangle with the diagonal."""

    owners_per_year: Floats
    owners_residual_per_year: Floats

    @property
    def total_per_year(self) -> float:
        """Expected collisions a year between any two objects, nobody avoiding."""
        return float(np.triu(self.owners_per_year).sum())

    @property
    def residual_total_per_year(self) -> float:
        """Expected collisions a year with avoidance as stated."""
        return float(np.triu(self.owners_residual_per_year).sum())


@dataclass(frozen=True, eq=False)
class DebrisRisk(OwnerTotals):
    """The answer, columns (n,) in the order of `population`, read-only.

    `rates` are the geometric figures, `residual_*` those with avoidance. `owners_per_year` (g, g) and
    `owners_residual_per_year` are expected collisions between objects of two owners of `owner_names`, symmetric: the
    upper triangle with the diagonal sums to `total_per_year`. `inferred_share` and `default_share` are the shares of
    the total in which one of the two radii is inferred, or a mere default; `residual_*` of the residual total.
    """

    population: Population
    times: ShellTimes
    rates: ObjectRates
    residual_per_year: Floats
    residual_fragments_per_year: Floats
    avoidance_failure: float
    owner_names: tuple[str, ...]
    owners_per_year: Floats
    owners_residual_per_year: Floats
    inferred_share: float
    default_share: float
    residual_inferred_share: float
    residual_default_share: float
    caveats: tuple[str, ...]

    def __post_init__(self) -> None:
        for column in (
            "residual_per_year",
            "residual_fragments_per_year",
            "owners_per_year",
            "owners_residual_per_year",
        ):
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))

    @property
    def catastrophic_fraction(self) -> Floats:
        """The share of each object's collisions that break both up (n,); NaN where it meets nobody."""
        met = np.where(self.rates.per_year > 0.0, self.rates.per_year, np.nan)
        return np.asarray(self.rates.catastrophic_per_year / met)

    def probability(self, years: float) -> Floats:
        """The chance (n,) of at least one collision in some years, nobody avoiding and nothing changing."""
        return np.asarray(-np.expm1(-self.rates.per_year * years))


def debris_risk(
    population: Population, *, avoidance_failure: float = DEFAULT_AVOIDANCE_FAILURE, shells: Shells | None = None
) -> DebrisRisk:
    """The collision rates of a population with itself; about a second for 30,000 objects.

    Raises `InvalidValue` for an `avoidance_failure` outside 0 to 1.
    """
    failure = _share(avoidance_failure)
    times = shell_times(population.orbits, shells if shells is not None else Shells.whole_space())
    rates = object_rates(population, times)
    names, owner = owner_codes(population.owner)
    matrix, residual = _with_avoidance(population, times, owner, len(names), failure)
    by_basis = _with_avoidance(population, times, population.size_basis, len(SIZE_BASES), failure)
    shares = [_shares_of_basis(each) for each in by_basis]
    outside = float((times.outside > 0.5).sum())
    told = [
        *population.caveats,
        "geometric rates take nodes and phases as random and nobody as avoiding: for satellites that keep station, "
        "above all within one constellation, they are upper bounds",
        f"residual rates: two objects that manoeuvre never collide, {failure:g} of the collisions with one that does "
        "remain; who manoeuvres is assumed from type, status and size",
        "absolute rates are good to a factor of about two; no single event is predicted",
        outside and f"{outside:.0f} objects are mostly below 150 km or above 36,550 km, and not counted there",
    ]  # fmt: skip
    return DebrisRisk(
        population=population, times=times, rates=rates,
        residual_per_year=_residual(
            population.is_manoeuvrable, rates.per_year, rates.with_drifting_per_year, failure
        ),
        residual_fragments_per_year=_residual(
            population.is_manoeuvrable, rates.fragments_per_year, rates.fragments_with_drifting_per_year, failure
        ),
        avoidance_failure=failure,
        owner_names=names, owners_per_year=matrix, owners_residual_per_year=residual,
        inferred_share=shares[0][0], default_share=shares[0][1], residual_inferred_share=shares[1][0],
        residual_default_share=shares[1][1], caveats=tuple(t for t in told if t),
    )  # fmt: skip


def _shares_of_basis(matrix: Floats) -> tuple[float, float]:
    """The shares of the rate in which a radius is inferred, and in which one is a default, the last basis."""
    pairs = np.triu(matrix)
    total = max(float(pairs.sum()), 1e-300)
    return 1.0 - float(pairs[:KNOWN, :KNOWN].sum()) / total, float(pairs[:, -1].sum()) / total


def _share(value: float) -> float:
    if not 0.0 <= value <= 1.0:
        raise InvalidValue("avoidance_failure", value, "must be from 0 (always avoided) to 1 (never)")
    return float(value)


def owner_codes(names: Texts) -> tuple[tuple[str, ...], Integers]:
    """The names there are, sorted, and for each object (n,) the index of its own."""
    found, code = np.unique(names.astype(str), return_inverse=True)
    return tuple(found.tolist()), code.astype(np.int64)


def _residual(can_move: Booleans, whole: Floats, drifting: Floats, failure: float) -> Floats:
    return np.where(can_move, failure * drifting, drifting + failure * (whole - drifting))


def _with_avoidance(
    population: Population, times: ShellTimes, group: Integers, groups: int, failure: float
) -> tuple[Floats, Floats]:
    """Rates between groups (g, g), geometric and residual."""
    moving = population.is_manoeuvrable.astype(np.int64)
    return split_by_avoidance(group_rates(population, times, group + groups * moving, 2 * groups), groups, failure)


def split_by_avoidance(split: Floats, groups: int, failure: float) -> tuple[Floats, Floats]:
    """Rates between groups (g, g), geometric and residual; in `split` (2g, 2g) those that manoeuvre stand apart."""
    drift, mixed, move = split[:groups, :groups], split[:groups, groups:], split[groups:, groups:]
    either = mixed + mixed.T  # a drifting one of the first with a moving one of the second, and the other way round
    either[np.diag_indices(groups)] /= 2.0
    return drift + either + move, drift + failure * either


@dataclass(frozen=True, eq=False)
class Exposure:
    """What a fleet is exposed to, and whose objects it is: expected collisions a year, geometric and residual.

    `matrix_per_year` (m, g) has the fleet's owners in rows and the owners of what they meet in columns; `by_class` (4,)
    splits the total by the class of the other object. Meetings within the fleet count once, in the column of their
    owner; `within_fleet_per_year` is their sum.
    """

    fleet_owner_names: tuple[str, ...]
    owner_names: tuple[str, ...]
    objects: int
    matrix_per_year: Floats
    matrix_residual_per_year: Floats
    by_class_per_year: dict[str, float]
    by_class_residual_per_year: dict[str, float]
    within_fleet_per_year: float
    within_fleet_residual_per_year: float

    def __post_init__(self) -> None:
        for column in ("matrix_per_year", "matrix_residual_per_year"):
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))


def exposure_of(risk: DebrisRisk, in_fleet: Booleans) -> Exposure:
    """What the objects that `in_fleet` (n,) marks in the population of a risk are exposed to, and to whose objects.

    Raises `InvalidValue` when none is marked.
    """
    inside = np.asarray(in_fleet, dtype=np.int64)
    if not inside.any():
        raise InvalidValue("fleet", 0, "no object of the fleet is in orbit in this catalogue; see who counts for it")
    names, owner = owner_codes(risk.population.owner)
    count, classes = len(names), len(OBJECT_CLASSES)
    pairs = _with_avoidance(risk.population, risk.times, owner + count * inside, 2 * count, risk.avoidance_failure)
    mine = np.unique(owner[inside == 1])
    matrices = []
    for both in pairs:
        within = both[count:, count:].copy()
        within[np.diag_indices(count)] *= 2.0
        matrices.append((both[count:, :count] + within / 2.0)[mine])
    by_class = _with_avoidance(
        risk.population,
        risk.times,
        risk.population.object_class + classes * inside,
        2 * classes,
        risk.avoidance_failure,
    )
    sums = []
    for both in by_class:
        within = both[classes:, classes:].copy()
        within[np.diag_indices(classes)] *= 2.0
        column = (both[classes:, :classes] + within / 2.0).sum(axis=0)
        sums.append({word: float(rate) for word, rate in zip(OBJECT_CLASSES, column, strict=True)})
    alone = [float(np.triu(both[count:, count:]).sum()) for both in pairs]
    return Exposure(
        fleet_owner_names=tuple(names[row] for row in mine), owner_names=names, objects=int(inside.sum()),
        matrix_per_year=matrices[0], matrix_residual_per_year=matrices[1], by_class_per_year=sums[0],
        by_class_residual_per_year=sums[1], within_fleet_per_year=alone[0], within_fleet_residual_per_year=alone[1],
    )  # fmt: skip
