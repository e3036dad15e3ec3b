"""Lines of longitude and latitude on a map, with their names."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

Points = list[tuple[float, float]]
_LINE_STEPS_DEG = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60)


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place (px) of the frame; one that lies on the map needs a light ground."""

    words: str
    x_px: float
    y_px: float
    anchor: str = "middle"
    is_on_map: bool = False


@dataclass(frozen=True, slots=True)
class Graticule:
    """Lines as points (px) of the frame, and their names."""

    lines: list[Points] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def round_degrees(low: float, high: float, most: float = 6.5) -> list[float]:
    """Round values inside the bounds, at most about `most` steps apart from one another.

    >>> round_degrees(52.3, 61.8)
    [54.0, 56.0, 58.0, 60.0]
    """
    step = next((step for step in _LINE_STEPS_DEG if (high - low) / step <= most), _LINE_STEPS_DEG[-1])
    first, last = math.ceil(low / step + 1e-9), math.floor(high / step - 1e-9)
    return [round(float(number * step), 6) for number in range(first, last + 1)]


def longitude_words(degrees: float) -> str:
    """A longitude of any turn in words.

    >>> longitude_words(190.0), longitude_words(0.0), longitude_words(180.0)
    ('170°W', '0°', '180°')
    """
    turned = (degrees + 180.0) % 360.0 - 180.0
    return f"{abs(turned):g}°" + ("" if turned in (0.0, -180.0) else "E" if turned > 0.0 else "W")


def latitude_words(degrees: float) -> str:
    """A latitude in words."""
    return f"{abs(degrees):g}°" + ("" if degrees == 0.0 else "N" if degrees > 0.0 else "S")
