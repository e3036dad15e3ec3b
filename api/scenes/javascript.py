"""Values as JavaScript that stays what it is: texts end neither themselves nor their script, numbers are numbers."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np

from orbits.errors import InvalidValue


def safe_text(text: str) -> str:
    """A text as a JavaScript literal that ends neither itself nor its script element.

    >>> safe_text('a"</script>')
    '"a\\\\"\\\\u003c/script\\\\u003e"'
    """
    return harmless(json.dumps(text))


def harmless(written: str) -> str:
    """JSON without the letters that mean something to HTML; they stand in texts only."""
    for letter in "<>&\u2028\u2029":
        written = written.replace(letter, f"\\u{ord(letter):04x}")
    return written


def plain(value: Any) -> Any:
    """numpy's scalars and arrays as Python's own, whatever their width."""
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    return type(value)(plain(one) for one in value) if type(value) in (list, tuple) else value


def finite(value: Any) -> Any:
    if not math.isfinite(value):
        raise InvalidValue("scene", value, "is no number that can be drawn")
    return value if isinstance(value, int) else float(value)
