"""Writing CDMs strictly: every required keyword, the standard's order, units and words; else an error.

Keywords that the standard does not know are written as comments, since a strict reader would refuse them.
Source: CCSDS 508.0-B-1, sections 3 to 5, schema ndmxml 4.0 (against which tests validate the XML).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from xml.sax.saxutils import escape

from orbits.formats.epochs import ccsds_epoch
from ssa.conjunctions.cdm import CdmObject, ConjunctionDataMessage, Fields
from ssa.conjunctions.cdm_keywords import KEYWORDS, OBJECT_GROUPS, RELATIVE_STATE, TIMES, XML_GROUPS, Keyword
from ssa.errors import ConjunctionMessageError

_WIDTH = 35
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]")


def write_cdm(message: ConjunctionDataMessage, form: Literal["kvn", "xml"] = "kvn") -> str:
    """The message as KVN or XML. Raises `ConjunctionMessageError` for what the standard does not allow.

    Numbers are written with as many digits as bring back the same number, so reading gives the message again.
    """
    if form not in ("kvn", "xml"):
        raise ConjunctionMessageError(f"writing a CDM: the form {form!r} is not known; use kvn or xml")
    return _kvn(message) if form == "kvn" else _xml(message)


def _parts(message: ConjunctionDataMessage) -> Iterator[tuple[int, str, Fields, list[str]]]:
    """Object number, group, fields and comments of each group, in the order of a file."""
    holders: tuple[tuple[int, tuple[str, ...], Fields, tuple[tuple[str, str], ...]], ...] = (
        (0, ("header", "relative"), {**message.header, **message.relative}, message.comments),
        *((which, OBJECT_GROUPS, one.fields, one.comments) for which, one in enumerate(message.objects, 1)),
    )  # fmt: skip
    for which, groups, fields, comments in holders:
        extra = [f"{name} = {value}" for at, name, value in message.unknown if at == which]
        for group in groups:
            said = [text for at, text in comments if at == group]
            last = group == groups[-1]
            yield which, group, fields, [_text("COMMENT", text) for text in said + (extra if last else [])]


def _values(which: int, group: str, fields: Fields) -> Iterator[tuple[Keyword, str]]:
    present = [keyword for keyword in KEYWORDS if keyword.group == group]
    needed = set()
    if group == "relative" and any(name in fields for name in RELATIVE_STATE):
        needed = set(RELATIVE_STATE)  # all six or none
    for keyword in present:
        value = fields.get(keyword.name)
        if value is None:
            if keyword.required or keyword.name in needed:
                of = f" of object {which}" if which else ""
                raise ConjunctionMessageError(
                    f"writing a CDM: {keyword.name}{of} is missing and the standard demands it; add it to the message"
                )
            continue
        yield keyword, _written(keyword, value)


def _written(keyword: Keyword, value: str | float) -> str:
    if keyword.is_number:
        number = float(value)
        if keyword.whole:
            if not number.is_integer() or number < 0.0:
                raise ConjunctionMessageError(
                    f"writing a CDM: {keyword.name} is {value}; the standard wants a whole number"
                )
            return str(int(number))
        if keyword.name == "COLLISION_PROBABILITY" and not 0.0 <= number <= 1.0:
            raise ConjunctionMessageError(f"writing a CDM: COLLISION_PROBABILITY is {value}; it must be from 0 to 1")
        return repr(number)
    text = _text(keyword.name, str(value))
    if keyword.words and text not in keyword.words:
        raise ConjunctionMessageError(
            f"writing a CDM: {keyword.name} is {text!r}; the standard allows {', '.join(keyword.words)}"
        )
    if keyword.name in TIMES:
        try:
            ccsds_epoch(text)
        except ValueError as error:
            raise ConjunctionMessageError(f"writing a CDM: {keyword.name} is {text!r}; expected {error}") from None
    return text


def _text(name: str, text: str) -> str:
    if _UNPRINTABLE.search(text):
        raise ConjunctionMessageError(
            f"writing a CDM: {name} holds a character that is not printable ASCII: {text[:60]!r}"
        )
    return text


def _kvn(message: ConjunctionDataMessage) -> str:
    lines = [f"{'CCSDS_CDM_VERS':<{_WIDTH}}= 1.0"]
    for which, group, fields, comments in _parts(message):
        values = list(_values(which, group, fields))
        lines += [f"COMMENT {text}".rstrip() for text in comments]
        for keyword, text in values:
            unit = f" [{keyword.unit}]" if keyword.unit else ""
            lines.append(f"{keyword.name:<{_WIDTH}}= {text}{unit}")
    return "\n".join(lines) + "\n"


def _xml(message: ConjunctionDataMessage) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<cdm id="CCSDS_CDM_VERS" version="1.0">']
    for which, group, fields, comments in _parts(message):
        opening, closing = _around(which, group, message.objects)
        values = list(_values(which, group, fields))
        if (
            group in ("od", "additional") and not values
        ):  # a group without fields is left out, its comments kept above it
            lines += [f"<COMMENT>{escape(text)}</COMMENT>" for text in comments] if group == "od" else []
            continue
        lines += opening
        lines += [f"<COMMENT>{escape(text)}</COMMENT>" for text in comments]
        for keyword, text in values:
            if keyword.name == RELATIVE_STATE[0]:
                lines.append("<relativeStateVector>")
            unit = f' units="{keyword.unit}"' if keyword.unit else ""
            lines.append(f"<{keyword.name}{unit}>{escape(text)}</{keyword.name}>")
            if keyword.name == RELATIVE_STATE[-1]:
                lines.append("</relativeStateVector>")
        lines += closing
    return "\n".join([*lines, "</body>", "</cdm>"]) + "\n"


def _around(which: int, group: str, objects: tuple[CdmObject, CdmObject]) -> tuple[list[str], list[str]]:
    if group == "header":
        return ["<header>"], ["</header>", "<body>"]
    if group == "relative":
        return ["<relativeMetadataData>"], ["</relativeMetadataData>"]
    if group == "metadata":
        return ["<segment>", "<metadata>"], ["</metadata>", "<data>"]
    tag = XML_GROUPS[group]
    return [f"<{tag}>"], [f"</{tag}>", *(["</data>", "</segment>"] if group == "covariance" else [])]
