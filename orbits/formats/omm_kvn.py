"""Reading OMM as KVN (`keyword = value`, one to a line), any number of messages in a file.

A message begins with CCSDS_OMM_VERS; where that line is lost, with the next header or name. Comments and blank lines
are passed over, a unit in brackets must be the standard's own, an integer may carry a plus sign and leading zeros.

Source: CCSDS 502.0-B-3, 7.4 and 7.5.
"""

from __future__ import annotations

from difflib import get_close_matches

from orbits.formats.omm_fields import record_of
from orbits.formats.omm_keywords import KEYWORDS, UNITS
from orbits.formats.records import BLANKS, Damaged, Reading

_VERSION = "CCSDS_OMM_VERS"
_FIRST_OF_MESSAGE = frozenset((_VERSION, "CREATION_DATE", "ORIGINATOR", "OBJECT_NAME"))


class _Message:
    """The lines of one message: its fields, and the first thing wrong with it (line, what was expected there)."""

    def __init__(self, first: int) -> None:
        self.first = first  # place of its first line in the file, from 0
        self.fields: dict[str, str | None] = {}
        self.damage: tuple[int, str] | None = None

    def add(self, keyword: str, value: str, place: int) -> None:
        if keyword in UNITS and value[-1:] == "]":
            value, _, unit = value.partition("[")
            value, unit = value.strip(BLANKS), unit[:-1].strip(BLANKS)
            if unit.lower() != UNITS[keyword].lower():
                self.damage = self.damage or (place, f"{keyword} in {UNITS[keyword]}")
        if keyword in self.fields and keyword in KEYWORDS:
            self.damage = self.damage or (place, f"{keyword} once in a message")
        self.fields[keyword] = value

    def close(self, reading: Reading, lines: list[str], end: int) -> None:
        """Add the record, or refuse it where it is damaged; the message's lines are those before `end`."""
        if not self.fields and self.damage is None:
            return
        if self.damage:
            place, expected = self.damage
            reading.refuse(place + 1, None, expected, lines[place].strip(BLANKS))
            return
        try:
            reading.records.append(record_of(self.fields, is_kvn=True))
        except Damaged as damage:
            place, column = self.first, None
            for candidate in range(self.first, end):
                keyword, equals, _ = lines[candidate].partition("=")
                if equals and keyword.strip(BLANKS) == damage.keyword:
                    place, column = candidate, len(keyword) + 2
            reading.refuse(place + 1, column, damage.wanted, lines[place].rstrip(BLANKS))


def read_omm_kvn(text: str) -> Reading:
    """The sets of an OMM KVN text, in order."""
    reading = Reading()
    lines = text.split("\n" if "\n" in text else "\r")
    message = _Message(0)
    for place, line in enumerate(lines):
        keyword, equals, value = line.partition("=")
        keyword = keyword.strip(BLANKS)
        if keyword[:7] == "COMMENT" or not (keyword or equals):
            continue
        if keyword in _FIRST_OF_MESSAGE and (
            keyword in message.fields or (keyword == _VERSION and (message.fields or message.damage))
        ):
            message.close(reading, lines, place)
            message = _Message(place)
        if equals and keyword.isascii() and keyword.isidentifier():
            message.add(keyword, value.strip(BLANKS), place)
        else:
            if "VERS" in line and get_close_matches(line.strip(BLANKS)[: len(_VERSION)], [_VERSION], cutoff=0.7):
                message.close(reading, lines, place)
                message = _Message(place)
            message.damage = message.damage or (place, "keyword = value")
    message.close(reading, lines, len(lines))
    return reading
