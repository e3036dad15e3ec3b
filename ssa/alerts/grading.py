"""Encounters graded by a policy, ranked by grade, then by risk and what is at stake.

The first grade, red before yellow, of which all conditions of some row hold is the encounter's; the rest is green. An
encounter without a probability (NaN) fulfils no condition on it. Within a grade the policy's own measure ranks: the
probability, the maximum probability, or the miss; with stakes given it is multiplied by 1 + stake / largest stake, so
that of two like risks the one to the more valuable object comes first, and no stake outweighs a risk twice as large.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from orbits import Instant
from orbits.arrays import Booleans, Floats, Integers, read_only
from orbits.errors import InvalidValue
from ssa.alerts.encounters import Encounters
from ssa.alerts.policies import GRADES, Policy, Row
from ssa.conjunctions.volumes import Box
from ssa.errors import UnknownName

_STRAIGHT_S = 15.0  # to either side; a box of 25 km is crossed in less at more than 2 km/s


@dataclass(frozen=True, eq=False)
class Stakes:
    """What is at stake in each object, by catalogue number: any numbers of one unit, such as a share of coverage.

    `label` finishes the sentence "ICEYE-X7 (43800) ...": `adds {stake:.1%} to the coverage of the Baltic`.
    """

    of_object: Mapping[int, float]
    label: str

    def __post_init__(self) -> None:
        for number, stake in self.of_object.items():
            if not (np.isfinite(stake) and stake >= 0.0):
                raise InvalidValue(f"stakes[{number}]", stake, "must be a number of 0 or more")
        try:
            self.label.format(stake=0.5)
        except (KeyError, IndexError, ValueError):
            raise InvalidValue("label", self.label, "must use {stake} only, such as 'adds {stake:.1%}'") from None

    def said_of(self, norad_id: int) -> str | None:
        """The label with the object's stake; None where nothing is known."""
        stake = self.of_object.get(norad_id)
        return None if stake is None else self.label.format(stake=stake)


@dataclass(frozen=True, eq=False)
class Alerts:
    """Graded encounters: `grade` (n,) counts places in `GRADES`, `row` (n,) is the policy's row that decided, or -1.

    `ranked` (n,) holds places of encounters, the gravest first.
    """

    encounters: Encounters
    policy: Policy
    grade: Integers
    row: Integers
    ranked: Integers
    stakes: Stakes | None = None

    def __post_init__(self) -> None:
        for name in ("grade", "row", "ranked"):
            object.__setattr__(self, name, read_only(getattr(self, name), np.int64))

    def __len__(self) -> int:
        return len(self.encounters)

    def counts(self) -> dict[str, int]:
        """How many encounters have each grade, red first."""
        return {name: int(np.count_nonzero(self.grade == place)) for place, name in reversed(list(enumerate(GRADES)))}

    def at_or_above(self, grade: str) -> Integers:
        """Places of the encounters of this grade or a graver one, the gravest first; raises `UnknownName`."""
        least = grade_number(grade)
        return np.asarray(self.ranked[self.grade[self.ranked] >= least])


def grade_number(grade: str) -> int:
    """The place of a grade in `GRADES`; raises `UnknownName` for a word that is none.

    >>> grade_number("red")
    2
    """
    if grade not in GRADES:
        raise UnknownName("grade", grade, list(GRADES))
    return GRADES.index(grade)


def grade_encounters(encounters: Encounters, policy: Policy, *, start: Instant, stakes: Stakes | None = None) -> Alerts:
    """Grade and rank every encounter; `start` is where `within_hours` counts from."""
    hours = encounters.hours_from(start.jd_day) - start.day_fraction * 24.0
    grade = np.zeros(len(encounters), dtype=np.int64)
    decided = np.full(len(encounters), -1, dtype=np.int64)
    for place, name in ((1, "yellow"), (2, "red")):
        for number, row in reversed(list(enumerate(policy.rows(name)))):
            holds = _holds(encounters, row, hours)
            grade[holds], decided[holds] = place, number
    return Alerts(encounters, policy, grade, decided, _ranked(encounters, policy, grade, stakes), stakes)


def _holds(encounters: Encounters, row: Row, hours: Floats) -> Booleans:
    holds = np.ones(len(encounters), dtype=bool)
    for name, numbers in row:
        with np.errstate(invalid="ignore"):
            if name == "inside_box_rtn_km":
                holds &= _through_box(encounters, numbers)
            elif name == "probability_at_least":
                holds &= encounters.probability >= numbers[0]
            elif name == "maximum_probability_at_least":
                holds &= encounters.maximum_probability >= numbers[0]
            elif name == "miss_at_most_km":
                holds &= encounters.miss_distance_km <= numbers[0]
            elif name == "relative_speed_at_least_km_s":
                holds &= encounters.relative_speed_km_s >= numbers[0]
            else:  # within_hours
                holds &= hours <= numbers[0]
    return holds


def _through_box(encounters: Encounters, half_sizes_km: tuple[float, ...]) -> Booleans:
    """Whether the secondary's path, taken as straight about the closest approach, goes through the box."""
    radial, along, across = half_sizes_km
    reach = np.full(len(encounters), _STRAIGHT_S)
    return Box(radial, along, across).crossed_by(
        encounters.miss_rtn_km, encounters.relative_velocity_rtn_km_s, -reach, reach
    )


def _ranked(encounters: Encounters, policy: Policy, grade: Integers, stakes: Stakes | None) -> Integers:
    risk = {
        "probability": encounters.probability,
        "maximum_probability": encounters.maximum_probability,
        "miss_distance": 1.0 / np.maximum(encounters.miss_distance_km, 1e-6),
    }[policy.rank_by]
    weight = np.ones(len(encounters))
    if stakes is not None and stakes.of_object:
        largest = max(stakes.of_object.values()) or 1.0
        number = encounters.elements.norad_id
        for rows in (encounters.primary_row, encounters.secondary_row):
            stake = np.array([stakes.of_object.get(one, 0.0) for one in number[rows].tolist()])
            weight = np.maximum(weight, 1.0 + stake / largest)
    return np.lexsort((encounters.miss_distance_km, -np.nan_to_num(risk * weight), -grade))
