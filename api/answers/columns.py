"""Columns of numbers and times as lists for JSON: rounded to what they mean, times as text, NaN as None."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from orbits import Instant
from orbits.arrays import Floats

_MICROSECOND = np.timedelta64(1, "us")


def iso_texts(start: Instant, seconds: Floats, digits: Literal[0, 3, 6] = 3) -> list[str]:
    """ISO 8601 texts with `Z` of the instants `seconds` (k,) after `start`, rounded to `digits` of a second.

    >>> iso_texts(Instant.parse("2026-03-10T23:59:59.9996Z"), np.array([0.0, 1.5]))
    ['2026-03-11T00:00:00.000Z', '2026-03-11T00:00:01.500Z']
    """
    unit: Literal["s", "ms", "us"] = "s" if digits == 0 else "ms" if digits == 3 else "us"
    per_unit = 10 ** (6 - digits)
    midnight = np.datetime64(Instant(start.jd_day, 0.0).datetime().replace(tzinfo=None), "us")
    offset = start.day_fraction * 86_400e6 + np.asarray(seconds, dtype=np.float64) * 1e6
    rounded = np.floor(offset / per_unit + 0.5).astype(np.int64)
    moments = midnight + rounded * per_unit * _MICROSECOND
    return [f"{text}Z" for text in np.datetime_as_string(moments, unit=unit).tolist()]


def numbers(column: Any, digits: int) -> list[float | None]:
    """A column rounded to `digits` decimals, None where it is NaN."""
    rounded = np.round(np.asarray(column, dtype=np.float64), digits) + 0.0  # no negative zero
    values: list[float | None] = rounded.tolist()
    for row in np.flatnonzero(~np.isfinite(rounded)).tolist():
        values[row] = None
    return values


def number(value: float, digits: int) -> float | None:
    """One number, rounded; None for NaN."""
    return numbers([value], digits)[0]
