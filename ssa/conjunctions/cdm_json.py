"""Reading CDMs as JSON: this project's own form, Space-Track's operator form, and its `cdm_public`.

Own form: `{"header": {...}, "relative": {...}, "objects": [{...}, {...}]}`, or all keywords in one object, with SAT1_
and SAT2_ before those of the objects (Space-Track's class `cdm`). `cdm_public` has no states and no covariances: it
is read for what it tells (time, miss, probability, names), and an encounter cannot be made of it.
"""

from __future__ import annotations

import json
import re
from typing import Any

from ssa.conjunctions.cdm import ConjunctionDataMessage
from ssa.conjunctions.cdm_builder import MessageBuilder
from ssa.conjunctions.cdm_keywords import BY_NAME
from ssa.errors import ConjunctionMessageError

# Space-Track cdm_public, as it names things; lengths in metres
_PUBLIC = {
    "CDM_ID": "MESSAGE_ID", "CREATED": "CREATION_DATE", "MIN_RNG": "MISS_DISTANCE", "PC": "COLLISION_PROBABILITY",
}  # fmt: skip
_PUBLIC_OBJECT = {"ID": "OBJECT_DESIGNATOR", "NAME": "OBJECT_NAME", "OBJECT_TYPE": "OBJECT_TYPE"}
_OF_OBJECT = re.compile(r"SAT_?([12])_(\w+)")


def read_cdm_json(text: str) -> tuple[ConjunctionDataMessage, ...]:
    """Every message of a JSON text. Raises `ConjunctionMessageError` with the line or the number of the message."""
    try:
        document = json.loads(text.lstrip("﻿"))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise ConjunctionMessageError(
            f"reading a CDM: line {line}: this is not JSON ({error}); fetch it again"
        ) from None
    rows = document if isinstance(document, list) else [document]
    if not rows:
        raise ConjunctionMessageError("reading a CDM: the JSON list is empty; the source had no conjunction to tell of")
    return tuple(_message(row, number) for number, row in enumerate(rows, 1))


def _message(row: Any, number: int) -> ConjunctionDataMessage:
    if not isinstance(row, dict):
        raise ConjunctionMessageError(
            f"reading a CDM: message {number} of the JSON is no object; give keywords and values"
        )
    builder = MessageBuilder(number)
    nested = row.get("objects")
    if isinstance(nested, list):
        for part in (row.get("header"), row.get("relative")):
            _add(builder, part if isinstance(part, dict) else {}, 0, number)
        for which, part in enumerate(nested, 1):
            if which > 2 or not isinstance(part, dict):
                raise ConjunctionMessageError(f"reading a CDM: message {number}: `objects` must be two objects")
            builder.which = which
            _add(builder, {key: value for key, value in part.items() if key.upper() != "OBJECT"}, which, number)
        return builder.message()
    top: dict[str, Any] = {}
    of_object: tuple[dict[str, Any], dict[str, Any]] = ({}, {})
    for key, value in row.items():
        found = _OF_OBJECT.fullmatch(key.upper())
        if found:
            name = str(found[2])
            of_object[int(found[1]) - 1][_PUBLIC_OBJECT.get(name, name)] = value
        else:
            top[_PUBLIC.get(str(key).upper(), str(key))] = value
    _add(builder, top, 0, number)
    for which, part in enumerate(of_object, 1):
        builder.which = which
        _add(builder, part, which, number)
    return builder.message()


def _add(builder: MessageBuilder, part: dict[str, Any], which: int, number: int) -> None:
    units = {
        key[: -len("_UNIT")].upper(): str(value)
        for key, value in part.items()
        if key.upper().endswith("_UNIT") and key[: -len("_UNIT")].upper() in BY_NAME and value
    }
    for key, value in part.items():
        name = key.upper()
        if name.endswith("_UNIT") and name[: -len("_UNIT")] in BY_NAME:
            continue
        if name == "COMMENT" or name.endswith("_COMMENT") or name == "COMMENTS":
            for text in value if isinstance(value, list) else [value]:
                if text:
                    builder.comment(str(text))
            continue
        if isinstance(value, dict | list):
            raise ConjunctionMessageError(f"reading a CDM: message {number}: {key} is no single value")
        builder.add(name, "" if value is None else str(value).strip(), units.get(name), line=number, which=which)
