"""Reading OMM as JSON: a list of objects, or one object; numbers as numbers or as text.

Objects are decoded one by one, so that a damaged one, or a file that ends too early, costs no more than itself.
Numbers keep their printed text until the element is read from it. Doubled keys, NaN, Infinity and nesting deeper
than the interpreter's own limit are refused.
"""

from __future__ import annotations

import json
import re
from typing import Any

from orbits.formats.omm_fields import record_of
from orbits.formats.omm_keywords import KEYWORDS
from orbits.formats.records import Damaged, Places, Reading

_SPACE = re.compile(r"[ \t\r\n]*")
_TAIL = 60
_NEXT_OBJECT = re.compile(r"\}[ \t\r\n]*,[ \t\r\n]*(?=\{)")


class _Doubled(dict[str, Any]):
    """An object in which a key stands twice."""

    key = ""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) == len(pairs):
        return fields
    doubled = _Doubled(fields)
    keys = [key for key, _ in pairs]
    doubled.key = next(key for key in keys if keys.count(key) > 1)
    return doubled


class _Decoder:
    def __init__(self) -> None:
        self.constants: list[str] = []
        # Numbers stay text: float() of it happens once, where the element is read.
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_object, parse_float=str, parse_int=str, parse_constant=self._constant
        )

    def _constant(self, name: str) -> str:
        self.constants.append(name)
        return name

    def decode(self, text: str, place: int) -> tuple[Any, int]:
        """The value that begins at `place` and where it ends. Raises `Damaged`."""
        self.constants.clear()
        try:
            value, end = self._decoder.raw_decode(text, place)
        except json.JSONDecodeError as error:
            raise Damaged(str(error.pos), f"JSON ({error.msg.lower()})") from None
        except RecursionError:
            raise Damaged(str(place), "an object of keywords and values, not nested ones") from None
        return value, end


def read_omm_json(text: str) -> Reading:
    """The sets of an OMM JSON text, in order."""
    return _Reader(text).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.reading = Reading()
        self._decoder = _Decoder()
        self._places = Places(text)

    def read(self) -> Reading:
        place = self._after_space(0)
        if self.text[place] != "[":
            end = self._one(place)
            if end is not None:
                self._expect_the_end(end)
            return self.reading
        place = self._after_space(place + 1)
        if self.text[place : place + 1] == "]":
            self._expect_the_end(place + 1)
            return self.reading
        more: int | None = place
        while more is not None:
            more = self._after_comma(self._one(more), more)
        return self.reading

    def _one(self, place: int) -> int | None:
        """Read the object at `place`; where it ends, or None if it is damaged (and refused)."""
        if place >= len(self.text):
            self._refuse(place, "an object, or the closing bracket ] of the list")
            return None
        try:
            value, end = self._decoder.decode(self.text, place)
        except Damaged as damage:
            self._refuse(int(damage.keyword), damage.expected, place)
            return None
        self._take(place, end, value)
        return end

    def _after_comma(self, end: int | None, start: int) -> int | None:
        """Where the next object of the list begins; None after the last, or when none can be found."""
        if end is None:
            resume = _NEXT_OBJECT.search(self.text, start)
            return resume.end() if resume else None
        after = self._after_space(end)
        mark = self.text[after : after + 1]
        if mark == ",":
            return self._after_space(after + 1)
        if mark == "]":
            self._expect_the_end(after + 1)
            return None
        self._refuse(after, "a comma, or the closing bracket ] of the list, after an object")
        following = self.text.find("{", after)
        return following if following >= 0 else None

    def _take(self, start: int, end: int, value: Any) -> None:
        try:
            if not isinstance(value, dict):
                raise Damaged("", "an object of keywords and values", self.text[start:end][:60])
            if isinstance(value, _Doubled):
                raise Damaged(value.key, "each keyword once", value.key)
            if self._decoder.constants:
                raise Damaged("", "finite numbers", self._decoder.constants[0])
            for keyword in KEYWORDS & value.keys():
                if value[keyword] is not None and not isinstance(value[keyword], str):
                    raise Damaged(keyword, "a number or a text", type(value[keyword]).__name__)
            self.reading.records.append(record_of(value))
        except Damaged as damage:
            place = self.text.find(f'"{damage.keyword}"', start, end) if damage.keyword else -1
            self._refuse(place if place >= 0 else start, damage.wanted, start)

    def _refuse(self, place: int, expected: str, start: int | None = None) -> None:
        line, column = self._places.of(place)
        start = place if start is None else start
        if start >= len(self.text):
            start = max(0, start - _TAIL)  # of a file that ends too early, show how it ends
        self.reading.refuse(line, column, expected, self.text[start : start + 200])

    def _expect_the_end(self, place: int) -> None:
        rest = self._after_space(place)
        if rest < len(self.text):
            self._refuse(rest, "the end of the file after the last object")

    def _after_space(self, place: int) -> int:
        found = _SPACE.match(self.text, place)
        return found.end() if found else place
