"""Reading two-line element sets, with a name line before them (3LE) or without (2LE), mixed if need be.

A set is a line 1 directly followed by its line 2. Damage costs the set it stands in and no other: a line 1 whose
line 2 is missing, a line 2 on its own, two lines of different objects, a line of another length, a field or a
checksum that does not fit are refused where they stand, and reading goes on with the next line. A name line that no
set follows is refused too, so that nothing is dropped in silence. Blank lines and lines that begin with `#` are
passed over.
"""

from __future__ import annotations

import re

from orbits.formats.catalogue_number import parse_alpha5
from orbits.formats.epochs import full_year, tle_epoch
from orbits.formats.records import BLANKS, ElementRecord, Reading, is_text
from orbits.formats.tle_columns import LINE_1, LINE_2, checksums, why_damaged

_ELEMENT_LINE = re.compile(r"[12] (?:[ 0-9A-Z][ 0-9]{4}[A-Z ]? |.{38})", re.DOTALL)
_ELEMENT_DIGITS = 30  # lines 1 and 2 have 35 and more digits
_Fields = tuple[str, ...]


def read_tle(text: str) -> Reading:
    """The sets of a TLE, 2LE or 3LE text, in order."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.lines = [line.rstrip(BLANKS) for line in text.split("\n" if "\n" in text else "\r")]
        self.sums = checksums(self.lines)
        self.reading = Reading()
        self.names: list[int] = []  # places of lines that may be the name of the set to come

    def read(self) -> Reading:
        lines = self.lines
        place, last = 0, len(lines) - 1
        while place <= last:
            line = lines[place]
            if line[:2] == "1 " and place < last:
                one, two = LINE_1.fullmatch(line), LINE_2.fullmatch(lines[place + 1])
                if one and two and one[1] == two[1]:
                    name = self._name()
                    if name is not None:
                        self._add(name, one.groups(), two.groups(), place, place + 1)
                    place += 2
                    continue
            place = self._step(place)
        self._refuse_names()
        return self.reading

    def _name(self) -> str | None:
        """The name of the set that follows, '' without one; None (and a refusal) if the name is not text."""
        if not self.names:
            return ""
        place = self.names.pop()
        if self.names:
            self._refuse_names()
        name = self.lines[place].strip(BLANKS)
        if name[:1] == "0" and (len(name) == 1 or name[1] == " "):
            name = name[2:].strip(BLANKS)
        if is_text(name):
            return name
        self._refuse(place, "a name in UTF-8")
        return None

    def _step(self, place: int) -> int:
        """Deal with a line that does not begin two lines in order; returns the place to go on from."""
        line = self.lines[place]
        if not line or line[0] == "#":
            return place + 1
        kind = _kind(line)
        if kind == 0:
            self.names.append(place)
            return place + 1
        if kind == 2:
            self._refuse_a_lone_line_2(place)
            return place + 1
        after = place + 1
        while after < len(self.lines) and (not self.lines[after] or self.lines[after][0] == "#"):
            after += 1
        follower = self.lines[after] if after < len(self.lines) else ""
        if _kind(follower) == 1 or (_kind(follower) == 0 and not _has_lost_its_number(follower)):
            if not self._refuse_if_damaged(place, 1):
                self._refuse(place, "line 2 of the set after its line 1")
            self._drop_the_name()
            return place + 1
        name = self._name()
        if name is None:
            return after + 1
        one, two = LINE_1.fullmatch(line), LINE_2.fullmatch(follower)
        if one is None:
            self._refuse_if_damaged(place, 1)
        elif two is None:
            self._refuse_if_damaged(after, 2)
        elif one[1].lstrip(" 0") != two[1].lstrip(" 0"):
            self._refuse(after, f"the catalogue number of line 1, {one[1].strip()}", 3)
        else:
            self._add(name, one.groups(), two.groups(), place, after)
        return after + 1

    def _refuse_a_lone_line_2(self, place: int) -> None:
        # Its line 1 may have lost the number it begins with, and then waits among the names.
        if self.names and _has_lost_its_number(self.lines[self.names[-1]]):
            self._refuse_if_damaged(self.names.pop(), 1)
        else:
            self._refuse(place, "line 1 of the set before its line 2")
        self._drop_the_name()

    def _add(self, name: str, one: _Fields, two: _Fields, first: int, second: int) -> None:
        """Add the set of two lines that fit the columns, if their checksums and their values are right too."""
        if self.sums[first] != int(one[-1]):
            self._refuse_if_damaged(first, 1)
        elif self.sums[second] != int(two[-1]):
            self._refuse_if_damaged(second, 2)
        else:
            try:
                self.reading.records.append(_record(name, one, two))
            except _BadColumn as bad:
                self._refuse(first if bad.line == 1 else second, bad.expected, bad.column)

    def _refuse(self, place: int, expected: str, column: int | None = None) -> None:
        self.reading.refuse(place + 1, column, expected, self.lines[place])

    def _refuse_if_damaged(self, place: int, number: int) -> bool:
        why = why_damaged(number, self.lines[place])
        if why:
            self._refuse(place, why[1], why[0])
        return why is not None

    def _refuse_names(self) -> None:
        for place in self.names:
            self._refuse(place, "the lines 1 and 2 of an element set after it")
        self.names.clear()

    def _drop_the_name(self) -> None:
        """The set before which a name stands has been refused, and the name with it; other names are on their own."""
        if self.names:
            self.names.pop()
        self._refuse_names()


def _kind(line: str) -> int:
    """1 or 2 for what is meant as line 1 or 2 of a set, however damaged; 0 for anything else."""
    return int(line[0]) if _ELEMENT_LINE.match(line) else 0


def _has_lost_its_number(line: str) -> bool:
    """Whether a line that does not begin as an element line is one all the same, by the digits in it."""
    return line[:2] != "0 " and sum(character in "0123456789" for character in line[:80]) >= _ELEMENT_DIGITS


class _BadColumn(ValueError):
    def __init__(self, line: int, column: int, expected: str) -> None:
        self.line, self.column, self.expected = line, column, expected
        super().__init__(expected)


def _record(name: str, one: _Fields, two: _Fields) -> ElementRecord:
    """The record of the columns of lines 1 and 2. Raises `_BadColumn` for a value that no orbit has."""
    if one[0] == "00000":
        raise _BadColumn(1, 3, "a catalogue number from 1 on")
    inclination, raan, perigee, anomaly = float(two[1]), float(two[2]), float(two[4]), float(two[5])
    mean_motion = float(two[6])
    if inclination > 180.0:
        raise _BadColumn(2, 9, "an inclination of 0 to 180 deg")
    if raan > 360.0 or perigee > 360.0 or anomaly > 360.0:
        raise _BadColumn(2, 18 if raan > 360.0 else 35 if perigee > 360.0 else 44, "an angle of 0 to 360 deg")
    if mean_motion <= 0.0:
        raise _BadColumn(2, 53, "a mean motion above 0 rev/day")
    jd_day, day_fraction = tle_epoch(one[3], one[4])
    return ElementRecord(
        parse_alpha5(one[0]), name, _object_id(one[2]), one[1] if one[1] != " " else None, jd_day, day_fraction,
        mean_motion, float("." + two[3]), inclination, raan, perigee, anomaly, _exponent(one[7]), float(one[5]),
        _exponent(one[6]), int(one[8]) if one[8] != " " else None, _count(one[9]), _count(two[7]),
    )  # fmt: skip


def _object_id(designator: str) -> str:
    if designator[0] == " ":
        return ""
    return f"{full_year(int(designator[:2]))}-{designator[2:].replace(' ', '')}"


def _exponent(field: str) -> float:
    """`smmmmmse` is s0.mmmmm times ten to the se."""
    if field[1:6] == "00000":
        return 0.0
    sign = field[6] if field[6] in "+-" else "+"
    return float(f"{field[0]}.{field[1:6]}e{sign}{field[7]}")


def _count(field: str) -> int | None:
    return int(field) if not field.isspace() else None
