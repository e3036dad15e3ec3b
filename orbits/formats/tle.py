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
from orbits.formats.records import BLANKS, Damaged, ElementRecord, Reading, is_text
from orbits.formats.tle_columns import LINE_1, LINE_2, checksum, why_damaged

_ELEMENT_LINE = re.compile(r"[12] (?:[ 0-9A-Z][ 0-9]{4}[A-Z ]? |.{38})", re.DOTALL)
_ELEMENT_DIGITS = 30  # lines 1 and 2 have 35 and more digits
_Fields = tuple[str, ...]


def read_tle(text: str) -> Reading:
    """The sets of a TLE, 2LE or 3LE text, in order."""
    newline = "\n" if "\n" in text else "\r"
    lines = [line.rstrip(BLANKS) for line in text.split(newline)]
    reading = Reading()
    names: list[int] = []  # places of lines that may be the name of the set to come
    place = 0
    while place < len(lines):
        line = lines[place]
        if line[:2] == "1 " and place + 1 < len(lines):
            one, two = LINE_1.fullmatch(line), LINE_2.fullmatch(lines[place + 1])
            if one and two and one[1] == two[1]:
                name = _name(reading, lines, names)
                if name is not None:
                    _add(reading, name, one.groups(), two.groups(), lines, place, place + 1)
                place += 2
                continue
        place = _step(reading, lines, names, place)
    _refuse_names(reading, lines, names)
    return reading


def _name(reading: Reading, lines: list[str], names: list[int]) -> str | None:
    """The name of the set that follows, '' without one; None (and a refusal) if the name is not text."""
    if not names:
        return ""
    place = names.pop()
    _refuse_names(reading, lines, names)
    name = lines[place].strip(BLANKS)
    name = name[2:].strip(BLANKS) if name.startswith("0 ") else "" if name == "0" else name
    if is_text(name):
        return name
    reading.refuse(place + 1, None, "a name in UTF-8", lines[place])
    return None


def _refuse_names(reading: Reading, lines: list[str], names: list[int]) -> None:
    for place in names:
        reading.refuse(place + 1, None, "the lines 1 and 2 of an element set after it", lines[place])
    names.clear()


def _kind(line: str) -> int:
    """1 or 2 for what is meant as line 1 or 2 of a set, however damaged; 0 for anything else."""
    return int(line[0]) if _ELEMENT_LINE.match(line) else 0


def _has_lost_its_number(line: str) -> bool:
    """Whether a line that does not begin as an element line is one all the same, by the digits in it."""
    return line[:2] != "0 " and sum(character in "0123456789" for character in line[:80]) >= _ELEMENT_DIGITS


def _step(reading: Reading, lines: list[str], names: list[int], place: int) -> int:
    """Deal with a line that does not begin two lines in order; returns the place to go on from."""
    line = lines[place]
    if not line or line[0] == "#":
        return place + 1
    kind = _kind(line)
    if kind == 0:
        names.append(place)
        return place + 1
    if kind == 2:
        # Its line 1 may have lost the number it begins with, and then waits among the names.
        if names and _has_lost_its_number(lines[names[-1]]):
            first = names.pop()
            _refuse_line(reading, lines, first, 1)
        else:
            reading.refuse(place + 1, None, "line 1 of the set before its line 2", line)
        if names:
            names.pop()
        _refuse_names(reading, lines, names)
        return place + 1
    after = place + 1
    while after < len(lines) and (not lines[after] or lines[after][0] == "#"):
        after += 1
    follower = lines[after] if after < len(lines) else ""
    if _kind(follower) == 1 or (_kind(follower) == 0 and not _has_lost_its_number(follower)):
        if why_damaged(1, line):
            _refuse_line(reading, lines, place, 1)
        else:
            reading.refuse(place + 1, None, "line 2 of the set after its line 1", line)
        if names:
            names.pop()
        _refuse_names(reading, lines, names)
        return place + 1
    name = _name(reading, lines, names)
    if name is None:
        return after + 1
    one, two = LINE_1.fullmatch(line), LINE_2.fullmatch(follower)
    if one is None:
        _refuse_line(reading, lines, place, 1)
    elif two is None:
        _refuse_line(reading, lines, after, 2)
    elif one[1].lstrip(" 0") != two[1].lstrip(" 0"):
        reading.refuse(after + 1, 3, f"the catalogue number of line 1, {one[1].strip()}", follower)
    else:
        _add(reading, name, one.groups(), two.groups(), lines, place, after)
    return after + 1


def _refuse_line(reading: Reading, lines: list[str], place: int, number: int) -> None:
    column, expected = why_damaged(number, lines[place]) or (None, f"an undamaged line {number}")
    reading.refuse(place + 1, column, expected, lines[place])


def _add(
    reading: Reading, name: str, one: _Fields, two: _Fields, lines: list[str], first: int, second: int
) -> None:
    """Add the set of two lines that fit the columns, if their checksums and their values are right too."""
    for number, place, digit in ((1, first, one[-1]), (2, second, two[-1])):
        if checksum(lines[place]) != int(digit):
            _refuse_line(reading, lines, place, number)
            return
    try:
        reading.records.append(_record(name, one, two))
    except Damaged as damage:
        on_second = damage.keyword.startswith("2:")
        place = second if on_second else first
        reading.refuse(place + 1, int(damage.keyword[2:]), damage.expected, lines[place])


def _record(name: str, one: _Fields, two: _Fields) -> ElementRecord:
    if one[0] == "00000":
        raise Damaged("1:3", "a catalogue number from 1 on", one[0])
    number = parse_alpha5(one[0])
    jd_day, day_fraction = tle_epoch(one[3], one[4])
    inclination, raan, perigee, anomaly = float(two[1]), float(two[2]), float(two[4]), float(two[5])
    mean_motion = float(two[6])
    if inclination > 180.0:
        raise Damaged("2:9", "an inclination of 0 to 180 deg", two[1])
    if raan > 360.0 or perigee > 360.0 or anomaly > 360.0:
        first = 18 if raan > 360.0 else 35 if perigee > 360.0 else 44
        raise Damaged(f"2:{first}", "an angle of 0 to 360 deg")
    if mean_motion <= 0.0:
        raise Damaged("2:53", "a mean motion above 0 rev/day", two[6])
    return ElementRecord(
        number, name, _object_id(one[2]), one[1] if one[1] != " " else None, jd_day, day_fraction, mean_motion,
        float(f".{two[3]}"), inclination, raan, perigee, anomaly, _exponent(one[7]), float(one[5]), _exponent(one[6]),
        int(one[8]) if one[8] != " " else None, _count(one[9]), _count(two[7]),
    )  # fmt: skip


def _object_id(designator: str) -> str:
    if designator[0] == " ":
        return ""
    return f"{full_year(int(designator[:2]))}-{designator[2:5]}{designator[5:].strip()}"


def _exponent(field: str) -> float:
    """`smmmmmse` is s0.mmmmm times ten to the se."""
    sign = field[6] if field[6] in "+-" else "+"
    return float(f"{field[0]}.{field[1:6]}e{sign}{field[7]}")


def _count(field: str) -> int | None:
    return int(field) if not field.isspace() else None


