"""Checks of the numbers that a rule is made of: errors name the field, the value and the way out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from orbits.errors import InvalidValue
from ssa.errors import UnknownName
from ssa.names import nearest_names

Interval = tuple[float, float]


def number(field: str, value: Any, low: float, high: float, unit: str) -> float:
    """The value as a float; raises `InvalidValue` unless it is a finite number from `low` to `high`.

    >>> number("half_angle_deg", 30, 0, 90, "deg")
    30.0
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise InvalidValue(field, repr(value), f"is not a number; give {low:g} to {high:g} {unit}")
    if not low <= value <= high:
        raise InvalidValue(field, f"{value:g}", f"outside {low:g} to {high:g} {unit}")
    return float(value)


def rising(field: str, least: float, most: float) -> None:
    """Raises `InvalidValue` for bounds that leave nothing between them."""
    if not least < most:
        raise InvalidValue(field, f"{least:g} to {most:g}", "holds nothing; give a maximum above the minimum")


def one_of(field: str, value: Any, known: Sequence[str]) -> str:
    """The value; raises `UnknownName` unless it is one of the known words."""
    if isinstance(value, str) and value in known:
        return value
    raise UnknownName(field, value, nearest_names(value, known) or list(known))
