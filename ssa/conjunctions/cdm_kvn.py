"""Reading CDMs as KVN: `keyword = value [unit]`, one to a line, any number of messages in a text.

A message begins with CCSDS_CDM_VERS. Source: CCSDS 508.0-B-1, sections 3 and 5.
"""

from __future__ import annotations

import re

from ssa.conjunctions.cdm import ConjunctionDataMessage
from ssa.conjunctions.cdm_builder import MessageBuilder
from ssa.conjunctions.cdm_keywords import BY_NAME
from ssa.errors import ConjunctionMessageError

_BLANKS = " \t\r\f\v\0﻿"
_WITH_UNIT = re.compile(r"(.*?)[ \t]*\[([^\[\]]*)\]?", re.DOTALL)


def read_cdm_kvn(text: str) -> tuple[ConjunctionDataMessage, ...]:
    """Every message of a KVN text. Raises `ConjunctionMessageError` with the line."""
    found: list[ConjunctionDataMessage] = []
    builder = MessageBuilder(1)
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        line = raw.strip(_BLANKS)
        if not line:
            continue
        if line == "COMMENT" or line[:8] in ("COMMENT ", "COMMENT\t"):
            builder.comment(line[7:].strip(_BLANKS))
            continue
        name, equals, value = line.partition("=")
        name = name.strip(_BLANKS)
        if not equals or not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
            raise ConjunctionMessageError(
                f"reading a CDM: line {number}: expected keyword = value, found {line[:80]!r}; free text needs COMMENT"
            )
        name, value = name.upper(), value.strip(_BLANKS)
        if name == "CCSDS_CDM_VERS" and not builder.is_empty:
            found.append(builder.message())
            builder = MessageBuilder(number)
        keyword, unit = BY_NAME.get(name), None
        labelled = _WITH_UNIT.fullmatch(value) if keyword is not None and keyword.is_number else None
        if labelled:
            value, unit = labelled.groups()
        builder.add(name, value, unit, line=number)
    found.append(builder.message())
    return tuple(found)
