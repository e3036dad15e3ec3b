"""Alert policies as data: which conjunction is red, which yellow, and why somebody decided so.

A policy has `name`, `title`, `source`, conditions `red` and `yellow`, `rank_by` (probability, maximum_probability or
miss_distance), and what is screened: `screening_km` (a distance) or `screening_box_rtn_km` (half sizes: radial, along,
across). A grade holds when all conditions of one of its rows do; what is neither red nor yellow is green. In TOML:

    [[policies]]
    name = "ours"
    source = "squadron order of 2026-03-01"
    screening_km = 5
    red = [{ probability_at_least = 1e-4 }]
    yellow = [{ miss_at_most_km = 1.0, relative_speed_at_least_km_s = 0.1 }, { inside_box_rtn_km = [0.5, 5, 5] }]

This module reads text; whoever calls it opens the file.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from orbits.errors import InvalidValue
from ssa.data import packaged_facts
from ssa.errors import UnknownName
from ssa.names import nearest_names
from ssa.structured_text import parsed

GRADES = ("green", "yellow", "red")
RANKS = ("probability", "maximum_probability", "miss_distance")
_NUMBERS = (
    "probability_at_least", "maximum_probability_at_least", "miss_at_most_km", "relative_speed_at_least_km_s",
    "within_hours",
)  # fmt: skip
_BOX = "inside_box_rtn_km"
CONDITIONS = (*_NUMBERS, _BOX)
_KEYS = (
    "name", "title", "source", "standing", "screening_km", "screening_box_rtn_km", "rank_by", "red", "yellow",
)  # fmt: skip
DEFAULT_POLICY = "public-sets"
DEFAULT_SCREENING_KM = 5.0

Condition = tuple[str, tuple[float, ...]]  # its name, and one number or three
Row = tuple[Condition, ...]  # all of them must hold


@dataclass(frozen=True)
class Policy:
    """One policy; `rows` holds the rows of each grade, `box_rtn_km` or `distance_km` what is screened."""

    name: str
    title: str
    source: str
    standing: str
    rank_by: str
    red: tuple[Row, ...]
    yellow: tuple[Row, ...]
    distance_km: float | None
    box_rtn_km: tuple[float, float, float] | None

    def rows(self, grade: str) -> tuple[Row, ...]:
        """The rows of `red` or `yellow`."""
        return self.red if grade == "red" else self.yellow

    @property
    def screening_reach_km(self) -> float:
        """The farthest distance that is screened."""
        return math.hypot(*self.box_rtn_km) if self.box_rtn_km else self.distance_km or DEFAULT_SCREENING_KM


@cache
def packaged_policies() -> tuple[Policy, ...]:
    """The policies that travel with the package."""
    return tuple(
        policy_of(row, f"alert_policies.json: policies[{n}]")
        for n, row in enumerate(packaged_facts("alert_policies")["policies"])
    )


def find_policy(name: str, policies: tuple[Policy, ...] | None = None) -> Policy:
    """The policy called `name`; raises `UnknownName` with the nearest ones.

    >>> find_policy("cara").red
    ((('probability_at_least', (0.0001,)),),)
    """
    known = packaged_policies() if policies is None else policies
    for policy in known:
        if policy.name == name.strip().lower():
            return policy
    names = [policy.name for policy in known]
    raise UnknownName("policy", name, nearest_names(name, names) or names)


def read_policies(text: str | bytes, form: Literal["json", "toml"], *, file: str = "policy file") -> tuple[Policy, ...]:
    """A user's policies, from a text that holds a list `policies`, or one policy.

    Raises `InvalidValue` or `UnknownName` whose field names file and place: `ours.toml: policies[0].red[1]`.
    """
    document = parsed(text, form, kind="policy file", file=file)
    if isinstance(document, dict) and "policies" not in document and ("red" in document or "yellow" in document):
        return (policy_of(document, file),)
    rows = document.get("policies") if isinstance(document, dict) else None
    if not isinstance(rows, list) or not rows:
        raise InvalidValue(file, None, "has no list called policies with at least one policy in it")
    found = tuple(policy_of(row, f"{file}: policies[{number}]") for number, row in enumerate(rows))
    for number, policy in enumerate(found):
        if policy.name in [earlier.name for earlier in found[:number]]:
            raise InvalidValue(f"{file}: policies[{number}].name", policy.name, "stands twice; choose another name")
    return found


def policy_of(row: Any, place: str) -> Policy:
    """A policy from a parsed table; `place` is what errors call it. Raises `InvalidValue` or `UnknownName`."""
    if not isinstance(row, dict):
        raise InvalidValue(place, None, "is not a table with a name, a source, and rows red and yellow")
    for key in row:
        if key not in _KEYS:
            raise UnknownName(place, str(key), nearest_names(str(key), _KEYS) or list(_KEYS))
    for key in ("name", "source"):
        if not isinstance(row.get(key), str) or not row[key].strip() or len(row[key]) > 1000:
            raise InvalidValue(f"{place}.{key}", None, "must be text: every policy has a name and says its source")
    if not row.get("red") and not row.get("yellow"):
        raise InvalidValue(f"{place}.red", None, "is missing, and so is yellow: a policy grades something")
    rank_by = row.get("rank_by", "probability")
    if rank_by not in RANKS:
        raise UnknownName(f"{place}.rank_by", str(rank_by), list(RANKS))
    distance, box = row.get("screening_km"), row.get("screening_box_rtn_km")
    if distance is not None and box is not None:
        raise InvalidValue(f"{place}.screening_km", distance, "stands beside screening_box_rtn_km; give one of them")
    return Policy(
        name=row["name"].strip().lower(), title=str(row.get("title", row["name"])), source=row["source"].strip(),
        standing=str(row.get("standing", "the user's own")), rank_by=rank_by,
        red=_rows(row.get("red", []), f"{place}.red"), yellow=_rows(row.get("yellow", []), f"{place}.yellow"),
        distance_km=None if box is not None else _positive(
            DEFAULT_SCREENING_KM if distance is None else distance, f"{place}.screening_km"
        ),
        box_rtn_km=None if box is None else _three(box, f"{place}.screening_box_rtn_km"),
    )  # fmt: skip


def _rows(rows: Any, place: str) -> tuple[Row, ...]:
    if not isinstance(rows, list):
        raise InvalidValue(place, None, "must be a list of tables with conditions")
    return tuple(_row(row, f"{place}[{number}]") for number, row in enumerate(rows))


def _row(row: Any, place: str) -> Row:
    if not isinstance(row, dict) or not row:
        raise InvalidValue(place, None, f"must be a table with one condition or more: {', '.join(CONDITIONS)}")
    found: list[Condition] = []
    for key, value in row.items():
        if key not in CONDITIONS:
            raise UnknownName(place, str(key), nearest_names(str(key), CONDITIONS) or list(CONDITIONS))
        where = f"{place}.{key}"
        found.append((key, _three(value, where) if key == _BOX else (_positive(value, where),)))
    return tuple(found)


def _positive(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 < float(value) < 1e6:
        raise InvalidValue(place, value if isinstance(value, int | float | str) else None, "must be a number above 0")
    if "probability" in place.rpartition(".")[2] and value > 1.0:
        raise InvalidValue(place, value, "is a probability, so at most 1")
    return float(value)


def _three(value: Any, place: str) -> tuple[float, float, float]:
    if not isinstance(value, list) or len(value) != 3:
        raise InvalidValue(place, None, "must be three numbers, km: half sizes radial, along, across")
    radial, along, across = (_positive(one, f"{place}[{n}]") for n, one in enumerate(value))
    return radial, along, across
