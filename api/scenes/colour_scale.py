"""A colour scale in classes: cividis, which reads the same with every kind of colour vision and in grey.

Source of the colours: Nunez, Anderton and Renslow 2018, doi:10.1371/journal.pone.0199239.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats, Integers

CIVIDIS = ("#00224e", "#123570", "#3b496c", "#575d6d", "#707173", "#8a8678", "#a59c74", "#c3b369", "#e1cc55", "#fee838")
_CLASSES = 8
_UNITS_S = ((86_400.0, "d", 172_800.0), (3_600.0, "h", 7_200.0), (60.0, "min", 120.0), (1.0, "s", 0.0))


@dataclass(frozen=True, eq=False)
class ColourScale:
    """Classes between `edges` (k + 1,), in `unit`, each with its colour (k); light is more coverage.

    `factor` turns a measure's value into the unit. A single value has one class and one edge twice.
    """

    edges: tuple[float, ...]
    colours: tuple[str, ...]
    unit: str
    factor: float

    @classmethod
    def of(cls, values: Floats, measure: str) -> ColourScale:
        """Round classes for the finite ones of `values` (n,), in the unit that suits the measure."""
        known = values[np.isfinite(values)]
        low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 0.0)
        factor, unit = _unit(measure, high)
        edges = _round_edges(low * factor, high * factor)
        count = max(len(edges) - 1, 1)
        places = [round(k * (len(CIVIDIS) - 1) / max(count - 1, 1)) for k in range(count)]
        colours = [CIVIDIS[place] for place in places] if count > 1 else [CIVIDIS[len(CIVIDIS) // 2]]
        if measure.endswith("_s"):  # a long gap is little coverage
            colours.reverse()
        return cls(edges, tuple(colours), unit, factor)

    def classes(self, values: Floats) -> Integers:
        """The class of each value (n,), -1 where there is none."""
        inner = np.array(self.edges[1:-1])
        place = np.searchsorted(inner, values * self.factor * (1.0 + 1e-12), side="right")
        return np.where(np.isfinite(values), place, -1)

    def labels(self) -> list[str]:
        """The edges in words, with the digits that tell them apart."""
        if len(self.edges) == 1:
            return [f"{self.edges[0]:.4g}"]
        step = self.edges[1] - self.edges[0]
        digits = min(max(0, -math.floor(math.log10(step) + 1e-9)), 9)
        digits += abs(round(step, digits) - step) > 1e-6 * step  # 0.25 has one more than 0.2
        return [f"{edge:,.{digits}f}" for edge in self.edges]


def _unit(measure: str, high: float) -> tuple[float, str]:
    if measure.endswith("_fraction"):
        return 100.0, "% of the time"
    if measure.endswith("_s"):
        return next((1.0 / size, unit) for size, unit, least in _UNITS_S if high >= least)
    return 1.0, {"mean_fold": "objects at once", "accesses": "accesses"}.get(measure, "")


def _round_edges(low: float, high: float) -> tuple[float, ...]:
    if high - low <= 1e-9 * max(abs(high), 1e-12):
        return (high,)
    rough = (high - low) / _CLASSES
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * part for part in (1.0, 2.0, 2.5, 5.0, 10.0) if size * part >= rough * (1.0 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(number * step, 12) for number in range(first, last + 1))
