"""What a briefing's sections are made of: tables, pictures and lines, for HTML and PDF alike."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNIT = re.compile(r"(?<=\d) (?=%|(?:h|min|s|d|km|m|km/s|years|t|°)\b)|(?<=\d h) (?=\d\d min)")


@dataclass(frozen=True)
class Table:
    """Rows of texts; `right` are columns of numbers, `widths` shares of the page's width."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Picture:
    """A figure by name, as SVG, with what it shows."""

    name: str
    svg: str
    caption: str


@dataclass(frozen=True)
class Lines:
    """Paragraphs; `large` ones are the bottom line, `listed` ones a list."""

    lines: tuple[str, ...]
    large: bool = False
    listed: bool = False


def lines(told: tuple[str, ...], *, large: bool = False, listed: bool = False) -> Lines:
    """Paragraphs in which a number stays on the line of its unit."""
    return Lines(tuple(_UNIT.sub("\u00a0", one) for one in told), large, listed)


Block = Table | Picture | Lines


@dataclass(frozen=True)
class Section:
    """A part of the briefing."""

    name: str
    title: str
    blocks: tuple[Block, ...]
