"""Reading CDMs as XML: `cdm` elements, alone or inside an `ndm`, with or without namespace prefixes.

A document type or an entity declaration is refused before the parser sees the text, so nothing can expand.
Source: CCSDS 508.0-B-1, section 4; CCSDS 505.0-B-3.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from ssa.conjunctions.cdm import ConjunctionDataMessage
from ssa.conjunctions.cdm_builder import MessageBuilder
from ssa.errors import ConjunctionMessageError

_DECLARATION = re.compile(r"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST)", re.IGNORECASE)
_DEEPEST = 32
_HOLDERS = frozenset(
    ("ndm", "cdm", "header", "body", "relativeMetadataData", "relativeStateVector", "segment", "metadata", "data",
     "odParameters", "additionalParameters", "stateVector", "covarianceMatrix")
)  # fmt: skip


def read_cdm_xml(text: str) -> tuple[ConjunctionDataMessage, ...]:
    """Every message of an XML text. Raises `ConjunctionMessageError` with the line."""
    declared = _DECLARATION.search(text)
    if declared:
        line = text.count("\n", 0, declared.start()) + 1
        raise ConjunctionMessageError(
            f"reading a CDM: line {line} declares a document type or entity ({declared[0]}); take it out"
        )
    reader = _Reader()
    try:
        reader.parser.Parse(text.encode("utf-8", "replace"), True)
    except expat.ExpatError as error:
        raise ConjunctionMessageError(
            f"reading a CDM: line {error.lineno}: this is not well-formed XML ({expat.ErrorString(error.code)}); "
            "fetch the message again"
        ) from None
    if not reader.found:
        raise ConjunctionMessageError("reading a CDM: this XML holds no cdm element; give a CDM")
    return tuple(reader.found)


class _Reader:
    """Turns elements into the builder's keywords."""

    def __init__(self) -> None:
        self.found: list[ConjunctionDataMessage] = []
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._builder: MessageBuilder | None = None
        self._depth = 0
        self._text: list[str] = []
        self._unit: str | None = None
        self._line = 0

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._line = self.parser.CurrentLineNumber
        if self._depth > _DEEPEST:
            raise ConjunctionMessageError(f"reading a CDM: line {self._line}: elements more than {_DEEPEST} deep")
        name = name.rpartition(":")[2]
        if name == "cdm":
            self._builder = MessageBuilder(self._line)
            self._builder.version = attributes.get("version", "1.0")
        self._text, self._unit = [], attributes.get("units")

    def _characters(self, text: str) -> None:
        self._text.append(text)

    def _end(self, name: str) -> None:
        self._depth -= 1
        name = name.rpartition(":")[2]
        value, self._text = "".join(self._text).strip(), []
        if self._builder is None:
            return
        if name == "cdm":
            self.found.append(self._builder.message())
            self._builder = None
        elif name == "COMMENT":
            self._builder.comment(value)
        elif name not in _HOLDERS:
            self._builder.add(name.upper(), value, self._unit, line=self._line)
