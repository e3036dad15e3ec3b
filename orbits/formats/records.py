"""One element set as a text states it, and the columns made of many.

A record keeps None where the text says nothing. The columns of `ElementSets` have no room for None: there a set
without a classification is `U`, and a number that is not stated is 0, the catalogue number included (CCSDS lets a
message leave it out).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from orbits.elements import ElementSets
from orbits.errors import RefusedRecord

BLANKS = " \t\r\n"  # what is taken from both ends of a name or a value; other white space is kept
_SHOWN = 200


class ElementRecord(NamedTuple):
    """One set of mean elements; names and units as the columns of `ElementSets`, in the same order."""

    norad_id: int | None
    name: str
    object_id: str
    classification: str | None
    epoch_jd_day: float
    epoch_day_fraction: float
    mean_motion_rev_day: float
    eccentricity: float
    inclination_deg: float
    raan_deg: float
    argument_of_perigee_deg: float
    mean_anomaly_deg: float
    bstar_per_earth_radius: float
    mean_motion_dot_rev_day2: float | None
    mean_motion_ddot_rev_day3: float | None
    ephemeris_type: int | None
    element_set_number: int | None
    revolution_at_epoch: int | None


_WHERE_NOT_STATED = {
    "norad_id": 0, "classification": "U", "mean_motion_dot_rev_day2": 0.0, "mean_motion_ddot_rev_day3": 0.0,
    "ephemeris_type": 0, "element_set_number": 0, "revolution_at_epoch": 0,
}  # fmt: skip


class Damaged(ValueError):
    """A field of a record that cannot be what it says it is; the readers turn it into a `RefusedRecord`."""

    def __init__(self, keyword: str, expected: str, found: object = "") -> None:
        self.keyword, self.expected, self.found = keyword, expected, str(found)
        super().__init__(self.wanted)

    @property
    def wanted(self) -> str:
        """What was expected for the field and was not there, for `RefusedRecord.expected`."""
        where = f" for {self.keyword}" if self.keyword else ""
        return f"{self.expected}{where}, " + (f"not {self.found[:60]!r}" if self.found else "which is missing")


@dataclass
class Reading:
    """What a reader got out of a text: the records in order, and what it refused."""

    records: list[ElementRecord] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)

    def refuse(self, line: int, column: int | None, expected: str, text: str) -> None:
        """Note a damaged record; undecodable bytes of the text are shown as escapes."""
        shown = text[:_SHOWN].encode("utf-8", "backslashreplace").decode("utf-8")[:_SHOWN]
        self.refused.append(RefusedRecord(line, column, expected, shown))

    def elements(self) -> ElementSets:
        """The records as columns."""
        columns: dict[str, list[object]] = {name: [] for name in ElementRecord._fields}
        if self.records:
            columns = dict(zip(ElementRecord._fields, map(list, zip(*self.records, strict=True)), strict=True))
        for name, value in _WHERE_NOT_STATED.items():
            if None in columns[name]:
                columns[name] = [value if stated is None else stated for stated in columns[name]]
        return ElementSets(**columns, refused=tuple(self.refused))  # type: ignore[arg-type]


class Places:
    """Line and column of an offset into a text, both from 1; the lines are counted once, when first asked."""

    def __init__(self, text: str | bytes) -> None:
        self._text = text

    @cached_property
    def _ends(self) -> list[int]:
        if isinstance(self._text, bytes):
            return [found.start() for found in re.finditer(b"\n", self._text)]
        return [found.start() for found in re.finditer("\n", self._text)]

    def of(self, offset: int) -> tuple[int, int]:
        before = bisect_left(self._ends, offset)
        return before + 1, offset - (self._ends[before - 1] + 1 if before else 0) + 1


def is_text(name: str) -> bool:
    """Whether a name is whole Unicode text, without the remains of undecodable bytes or half of a pair."""
    if name.isascii():
        return True
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
