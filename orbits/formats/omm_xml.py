"""Reading OMM as XML: `omm` elements, alone or inside an `ndm`, with or without namespace prefixes.

A document type or an entity declaration is refused before the parser sees the text, so nothing can expand. Where the
text stops being XML, the message it happens in is refused and reading goes on with the next `omm`.

Source: CCSDS 505.0-B-3 and the SANA schemas ndmxml 2.0 to 4.0.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from orbits.errors import ElementSetError
from orbits.formats.omm_fields import record_of
from orbits.formats.omm_keywords import KEYWORDS, UNITS
from orbits.formats.records import Damaged, Places, Reading

_DECLARATION = re.compile(r"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_NEXT_MESSAGE = re.compile(rb"<(?:[\w.-]+:)?omm[\s/>]")
_DEEPEST = 32  # ndm, omm, body, segment, data, tleParameters, BSTAR: seven in use
_CHUNK = 1 << 14
_JUNK_AFTER_ROOT = expat.errors.codes[expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT]


def read_omm_xml(text: str) -> Reading:
    """The sets of an OMM XML text, in order. Raises `ElementSetError` for a document type declaration."""
    declaration = _DECLARATION.search(text)
    if declaration:
        line, _ = Places(text).of(declaration.start())
        raise ElementSetError(
            f"reading OMM XML: line {line} declares a document type or entity ({declaration[0]}); "
            "take the declaration out, OMM needs none"
        )
    # What was not UTF-8 is turned back into bytes that are not, for the parser to stumble over where they stand.
    content = text.encode("utf-8", "surrogatepass")
    places = Places(content)
    reading = Reading()
    root = ""
    start: int | None = 0
    while start is not None:
        parser = _Parser(reading, root, content, start, places)
        start = parser.parse()
        root = root or parser.root
    return reading


class _Broken(Exception):
    """Raised in a handler where the elements cannot be those of an OMM file; `at` is the place in the content."""

    def __init__(self, at: int, expected: str) -> None:
        self.at, self.expected = at, expected
        super().__init__(expected)


class _Parser:
    """One run of the XML parser, from a place in the content to its end or to the first thing that is not XML."""

    def __init__(self, reading: Reading, root: str, content: bytes, start: int, places: Places) -> None:
        self.reading, self.root, self.content, self.start, self.places = reading, root, content, start, places
        self._prefix = f"<{root}>".encode() if start and root.rpartition(":")[2] not in ("", "omm") else b""
        self._expat = expat.ParserCreate("utf-8")
        self._expat.buffer_text = True
        self._expat.StartElementHandler = self._begin
        self._expat.EndElementHandler = self._end
        self._expat.CharacterDataHandler = self._characters
        self._depth = 0
        self._message: dict[str, str | None] | None = None
        self._damage: Damaged | None = None
        self._message_place = 0
        self._leaf = ""
        self._leaf_text: list[str] = []

    def parse(self) -> int | None:
        """Read on; where to start again after damage, or None at the end."""
        try:
            self._expat.Parse(self._prefix)
            for place in range(self.start, len(self.content), _CHUNK):
                self._expat.Parse(self.content[place : place + _CHUNK])
            self._expat.Parse(b"", True)
        except expat.ExpatError as error:
            at = min(self._offset(self._expat.ErrorByteIndex), len(self.content))
            following = self._following(at)
            if error.code != _JUNK_AFTER_ROOT or following != at:
                self._refuse(at, f"well-formed XML ({expat.ErrorString(error.code)})")
            return following
        except _Broken as broken:
            self._refuse(broken.at, broken.expected)
            return self._following(broken.at)
        return None

    def _offset(self, parsed: int) -> int:
        return max(self.start, self.start + parsed - len(self._prefix))

    def _here(self) -> int:
        return self._offset(self._expat.CurrentByteIndex)

    def _following(self, at: int) -> int | None:
        found = _NEXT_MESSAGE.search(self.content, max(at, self.start + 1))
        return found.start() if found else None

    def _refuse(self, at: int, expected: str) -> None:
        line, column = self.places.of(at)
        begin = self.content.rfind(b"\n", max(0, at - 100), at) + 1 or max(0, at - 100)
        self.reading.refuse(
            line, column, expected, self.content[begin : begin + 200].decode("utf-8", "replace").strip()
        )

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Broken(self._here(), f"elements not more than {_DEEPEST} deep")
        if not self.root:
            self.root = name
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "omm":
            if self._message is not None:
                raise _Broken(self._here(), "</omm> before the next <omm>")
            self._message, self._damage = {}, None
            self._message_place = self._here()
        self._leaf, self._leaf_text = name, []
        units = attributes.get("units") if attributes else None
        if units and name in UNITS and units.lower() != UNITS[name].lower():
            self._damage = self._damage or Damaged(name, f"units {UNITS[name]}", units)

    def _characters(self, text: str) -> None:
        self._leaf_text.append(text)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if ":" in name:
            name = name.rpartition(":")[2]
        if self._message is None:
            return
        if name == self._leaf:
            if name in self._message and name in KEYWORDS:
                self._damage = self._damage or Damaged(name, "each keyword once", name)
            self._message[name] = "".join(self._leaf_text)
        self._leaf = ""
        if name == "omm":
            self._close(self._message)
            self._message = None

    def _close(self, message: dict[str, str | None]) -> None:
        try:
            if self._damage:
                raise self._damage
            self.reading.records.append(record_of(message, is_message=True))
        except Damaged as damage:
            tag = re.compile(rf"<(?:[\w.-]+:)?{re.escape(damage.keyword)}[\s/>]".encode())
            found = tag.search(self.content, self._message_place, self._here())
            self._refuse(found.start() if found else self._message_place, damage.wanted)
