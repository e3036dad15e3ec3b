"""Reading OMM as KVN (`keyword = value`, one to a line), any number of messages in a file.

A message begins with CCSDS_OMM_VERS; where that line is lost, with the next header or name. Comments and blank lines
are passed over, a unit in brackets must be the standard's own, an integer may carry a plus sign and leading zeros.

Source: CCSDS 502.0-B-3, 7.4 and 7.5.
"""

from __future__ import annotations

from orbits.formats.omm_fields import KEYWORDS, UNITS, record_of
from orbits.formats.records import BLANKS, Damaged, Reading

_FIRST_OF_MESSAGE = frozenset(("CCSDS_OMM_VERS", "CREATION_DATE", "ORIGINATOR", "OBJECT_NAME"))


class _Message:
    """The lines of one message: its fields, where each stands, and the first thing wrong with it."""

    def __init__(self, line: int) -> None:
        self.fields: dict[str, str | None] = {}
        self.places: dict[str, tuple[int, str]] = {}
        self.first_line = line
        self.damage: tuple[int, str, str] | None = None

    def add(self, place: int, line: str) -> None:
        keyword, equals, value = line.partition("=")
        keyword, value = keyword.strip(BLANKS), value.strip(BLANKS)
        if not equals or not keyword:
            self.damage = self.damage or (place, "keyword = value", line)
            return
        if keyword in self.fields and keyword in KEYWORDS:
            self.damage = self.damage or (place, f"{keyword} once in a message", line)
        if keyword in UNITS and value.endswith("]"):
            value, _, unit = value.partition("[")
            value, unit = value.strip(BLANKS), unit[:-1].strip(BLANKS)
            if unit.lower() != UNITS[keyword].lower():
                self.damage = self.damage or (place, f"{keyword} in {UNITS[keyword]}", line)
        self.fields[keyword] = value
        self.places[keyword] = (place, line)

    def close(self, reading: Reading) -> None:
        if not self.fields and self.damage is None:
            return
        if self.damage:
            line, expected, text = self.damage
            reading.refuse(line, None, expected, text)
            return
        try:
            reading.records.append(record_of(self.fields, is_kvn=True))
        except Damaged as damage:
            place, text = self.places.get(damage.keyword, (self.first_line, next(iter(self.places.values()))[1]))
            column = text.find("=") + 2 if damage.keyword in self.places else None
            reading.refuse(place, column, str(damage), text)


def read_omm_kvn(text: str) -> Reading:
    """The sets of an OMM KVN text, in order."""
    reading = Reading()
    message = _Message(1)
    for place, line in enumerate(text.split("\n" if "\n" in text else "\r"), start=1):
        line = line.strip(BLANKS)
        if not line or line.startswith("COMMENT"):
            continue
        keyword = line.partition("=")[0].rstrip(BLANKS)
        if keyword in _FIRST_OF_MESSAGE and (
            keyword in message.fields or (keyword == "CCSDS_OMM_VERS" and (message.fields or message.damage))
        ):
            message.close(reading)
            message = _Message(place)
        elif not message.fields and message.damage is None:
            message.first_line = place
        message.add(place, line)
    message.close(reading)
    return reading
