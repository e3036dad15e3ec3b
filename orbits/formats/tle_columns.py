"""The columns of a TLE: what may stand where, what the columns mean, and why a line does not fit.

Each line has 69 characters; the last is the sum of the digits before it modulo 10, a minus sign counting 1. Numbers
with an assumed decimal point (`22641-3` is 0.22641e-3) keep a five-digit mantissa and a signed exponent; a 0 or a
blank in place of the exponent's sign is read as plus, as old Space-Track sets need it.

Source: CelesTrak, "NORAD Two-Line Element Set Format"; Space-Track documentation, "TLE"; and the sets that both serve.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from orbits.errors import RefusedRecord
from orbits.formats.catalogue_number import ALPHA5_PATTERN

LINE_LENGTH = 69
# What each character adds to the checksum: a digit its value, a minus sign 1, anything else nothing.
_CHECK_VALUES = bytes(int(chr(b)) if chr(b) in "0123456789" else int(b == ord("-")) for b in range(256))


class Column(NamedTuple):
    """A field of a line: its first column (from 1), its pattern, and what an error says it should be."""

    first: int
    width: int
    pattern: str
    expected: str


_NUMBER = Column(3, 5, ALPHA5_PATTERN, "a catalogue number: five digits, or a letter but I and O and four digits")
_ANGLE = r"\d{3}\.\d{4}| \d\d\.\d{4}|  \d\.\d{4}|   \.\d{4}"
_EXPONENT = r"[ +-]\d{5}[+\- 0]\d"


def _blank(column: int) -> Column:
    return Column(column, 1, " ", "a blank")


_COLUMNS = {
    1: (
        Column(1, 1, "1", "the line number 1"), _blank(2), _NUMBER,
        Column(8, 1, "[UCS ]", "the classification U, C or S"), _blank(9),
        Column(10, 8, r" {8}|\d{5}(?:[A-Z]{3}|[A-Z]{2} |[A-Z] {2}| [A-Z]{2}| [A-Z] | {2}[A-Z]| {3})",
               "a designator such as 98067A, or blanks"), _blank(18),
        Column(19, 2, r"\d\d", "the two-digit year of the epoch"),
        Column(21, 12, r"(?!000)(?:[0-2]\d\d|3[0-5]\d|36[0-6])\.\d{8}", "a day of year as ddd.dddddddd, 001 to 366"),
        _blank(33), Column(34, 10, r"[ +-]\.\d{8}", "half the first derivative as s.dddddddd"),
        _blank(44), Column(45, 8, _EXPONENT, "a sixth of the second derivative as sdddddsd"),
        _blank(53), Column(54, 8, _EXPONENT, "the drag term as sdddddsd"),
        _blank(62), Column(63, 1, r"[\d ]", "the ephemeris type, a digit"),
        _blank(64), Column(65, 4, r"\d{4}| \d{3}| {2}\d\d| {3}\d| {4}", "the element set number, right-justified"),
        Column(69, 1, r"\d", "a checksum digit"),
    ),
    2: (
        Column(1, 1, "2", "the line number 2"), _blank(2), _NUMBER,
        _blank(8), Column(9, 8, _ANGLE, "the inclination as ddd.dddd, right-justified"),
        _blank(17), Column(18, 8, _ANGLE, "the right ascension of the node as ddd.dddd, right-justified"),
        _blank(26), Column(27, 7, r"\d{7}", "the eccentricity, seven digits"),
        _blank(34), Column(35, 8, _ANGLE, "the argument of perigee as ddd.dddd, right-justified"),
        _blank(43), Column(44, 8, _ANGLE, "the mean anomaly as ddd.dddd, right-justified"),
        _blank(52), Column(53, 11, r"\d\d\.\d{8}| \d\.\d{8}|  \.\d{8}", "the mean motion as dd.dddddddd"),
        Column(64, 5, r"\d{5}| \d{4}| {2}\d{3}| {3}\d\d| {4}\d| {5}", "the revolution number, right-justified"),
        Column(69, 1, r"\d", "a checksum digit"),
    ),
}  # fmt: skip

_TEMPLATES = {
    1: "1 nnnnnC yylllppp yyddd.dddddddd s.dddddddd smmmmmse smmmmmse t ssssc",
    2: "2 nnnnn iii.iiii ooo.oooo eeeeeee www.wwww aaa.aaaa rr.rrrrrrrrvvvvvc",
}


def _line_pattern(number: int) -> re.Pattern[str]:
    fields = (
        f"({column.pattern})" if column.pattern not in (" ", "1", "2") else column.pattern
        for column in _COLUMNS[number]
    )
    return re.compile("".join(fields), re.ASCII)


# Groups of line 1: number, classification, designator, year, day, two derivatives, drag, type, set number, checksum;
# of line 2: number, inclination, node, eccentricity, perigee, anomaly, mean motion, revolution, checksum.
LINE_1 = _line_pattern(1)
LINE_2 = _line_pattern(2)


def checksum(line: str) -> int:
    """The checksum of a line's first 68 characters.

    >>> checksum("1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  475")
    3
    """
    return sum(line[:68].encode("ascii", "replace").translate(_CHECK_VALUES)) % 10


def checksums(lines: list[str]) -> list[int]:
    """The checksum of every line of 69 characters, -1 for lines of another length; one pass over a whole file."""
    whole = [line for line in lines if len(line) == LINE_LENGTH]
    characters = np.frombuffer("".join(whole).encode("ascii", "replace").translate(_CHECK_VALUES), dtype=np.uint8)
    sums = iter((characters.reshape(-1, LINE_LENGTH)[:, :-1].sum(axis=1, dtype=np.int64) % 10).tolist())
    return [next(sums) if len(line) == LINE_LENGTH else -1 for line in lines]


def why_damaged(number: int, line: str) -> tuple[int | None, str] | None:
    """Where line 1 or 2 stops being one and what was expected there, or None if it fits (checksum included)."""
    if len(line) != LINE_LENGTH:
        misfit = _first_misfit(number, line)
        place = f" (the columns stop fitting at {misfit.first}: {misfit.expected})" if misfit else ""
        return None, f"{LINE_LENGTH} characters, not {len(line)}{place}"
    misfit = _first_misfit(number, line)
    if misfit:
        return misfit.first, misfit.expected
    if int(line[68]) != checksum(line):
        return 69, f"checksum {checksum(line)}, which the line adds up to"
    return None


def _first_misfit(number: int, line: str) -> Column | None:
    for column in _COLUMNS[number]:
        if not re.fullmatch(column.pattern, line[column.first - 1 :][: column.width], re.ASCII):
            return column
    return None


def explain(record: RefusedRecord) -> str:
    """A refused record in words; for a line of a TLE with the template above it and a mark under the column.

    >>> print(explain(RefusedRecord(2, 8, "a blank", "2 25544x 51.6324  70.0375")))
    line 2, column 8: expected a blank, found '2 25544x 51.6324  70.0375'
      2 nnnnn iii.iiii ooo.oooo eeeeeee www.wwww aaa.aaaa rr.rrrrrrrrvvvvvc
      2 25544x 51.6324  70.0375
             ^
    """
    lines = [str(record)]
    template = {"1 ": _TEMPLATES[1], "2 ": _TEMPLATES[2]}.get(record.text[:2])
    if template and len(record.text) > 7:
        lines += [f"  {template}", f"  {record.text}"]
        if record.column:
            lines.append(" " * (record.column + 1) + "^")
    return "\n".join(lines)
