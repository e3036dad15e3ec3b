"""Sizes and masses that somebody measured or published: a user's table, and designs told by their names.

The table is a CSV with a head line, in the layout of NASA CARA's monthly one (repository nasa/CARA_Analysis_Tools):
ObjectID, HBR, HBRSource, Mass, MassSource in metres and kilograms. Values whose source is `Default` say nothing.
"""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from functools import cache

import numpy as np

from orbits.arrays import Booleans, Floats, Integers, Texts, read_only
from orbits.errors import InvalidValue
from ssa.data import packaged_facts

_NEEDED = ("ObjectID", "HBR")


@dataclass(frozen=True, eq=False)
class KnownSizes:
    """Radius and mass by catalogue number, columns (k,) in rising order of number; NaN where a table says nothing.

    `from_radar` marks radii, and `mass_from_radar` masses, that the table's maker estimated from radar.
    """

    norad_id: Integers
    radius_m: Floats
    mass_kg: Floats
    from_radar: Booleans
    mass_from_radar: Booleans
    source: str = ""

    def __post_init__(self) -> None:
        for column, dtype in (("norad_id", np.int64), ("radius_m", np.float64), ("mass_kg", np.float64),
                              ("from_radar", np.bool_), ("mass_from_radar", np.bool_)):  # fmt: skip
            object.__setattr__(self, column, read_only(getattr(self, column), dtype))

    def __len__(self) -> int:
        return len(self.norad_id)

    @classmethod
    def none(cls) -> KnownSizes:
        """A table that says nothing."""
        return cls(*(np.zeros(0) for _ in range(5)))  # type: ignore[arg-type]

    @classmethod
    def of(
        cls, norad_id: Integers, radius_m: Floats, mass_kg: Floats, source: str = "the caller's table"
    ) -> KnownSizes:
        """What somebody measured of objects (k,), NaN where nothing is said; the last row of a number counts.

        >>> KnownSizes.of(np.array([7, 5]), np.array([1.5, np.nan]), np.array([900.0, 20.0])).mass_kg
        array([ 20., 900.])
        """
        last = {int(number): row for row, number in enumerate(norad_id)}
        order = [last[number] for number in sorted(last)]
        plain = np.zeros(len(order), dtype=np.bool_)
        return cls(norad_id[order], radius_m[order], mass_kg[order], plain, plain, source)


def read_known_sizes(text: str, source: str = "the caller's table") -> KnownSizes:
    """The sizes in the text of such a table; raises `InvalidValue` for one that is none, with the line.

    >>> read_known_sizes("ObjectID,HBR,HBRSource,Mass,MassSource\\n5,0.08,measured,1.46,measured\\n").mass_kg
    array([1.46])
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    heads = reader.fieldnames or []
    missing = [name for name in _NEEDED if name not in heads]
    if missing:
        reason = f"lacks the columns {', '.join(missing)}; expected ObjectID, HBR, HBRSource, Mass, MassSource"
        raise InvalidValue("sizes", ",".join(heads)[:80], reason)
    rows: dict[int, tuple[float, float, bool, bool]] = {}
    for row in reader:
        number = (row["ObjectID"] or "").strip()
        if not re.fullmatch(r"[0-9]{1,9}", number):
            raise InvalidValue("sizes", number[:40], f"is no catalogue number, at line {reader.line_num}")
        radius = _amount(row, "HBR", reader.line_num)
        mass = _amount(row, "Mass", reader.line_num)
        rows[int(number)] = (
            radius,
            mass,
            "RCS" in (row.get("HBRSource") or ""),
            "RCS" in (row.get("MassSource") or ""),
        )
    order = sorted(rows)
    return KnownSizes(
        norad_id=np.array(order, dtype=np.int64), radius_m=np.array([rows[n][0] for n in order]),
        mass_kg=np.array([rows[n][1] for n in order]), from_radar=np.array([rows[n][2] for n in order], dtype=np.bool_),
        mass_from_radar=np.array([rows[n][3] for n in order], dtype=np.bool_), source=source,
    )  # fmt: skip


def _amount(row: dict[str, str], column: str, line: int) -> float:
    """The number in a column, NaN where it is empty or the table's own default; it must be positive."""
    text = (row.get(column) or "").strip()
    if not text or (row.get(f"{column}Source") or "").strip() == "Default":
        return math.nan
    try:
        amount = float(text)
    except ValueError:
        amount = math.nan
    if not 0.0 < amount < 1e7:
        raise InvalidValue("sizes", text[:40], f"is no positive number in {column}, at line {line}")
    return amount


@dataclass(frozen=True, slots=True)
class Design:
    """One design told by its name: the radius of the disc of its mean cross-section, and its mass."""

    pattern: re.Pattern[str]
    radius_m: float
    mass_kg: float


@cache
def designs() -> tuple[Design, ...]:
    """The packaged designs; `ssa/data/object_designs.json` says where each figure comes from."""
    return tuple(
        Design(re.compile(row["name_pattern"]), math.sqrt(row["mean_area_m2"] / math.pi), float(row["mass_kg"]))
        for row in packaged_facts("object_designs")["designs"]
    )


def design_rows(names: Texts) -> Integers:
    """For each name the index of its design, or -1 (n,)."""
    found = np.full(len(names), -1, dtype=np.int64)
    for row, name in enumerate(names.tolist()):
        for index, design in enumerate(designs()):
            if design.pattern.match(name):
                found[row] = index
                break
    return found
