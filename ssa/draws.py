"""Drawn numbers that are the same on every machine: from the raw stream of PCG64, which numpy promises never to change.

Source: NEP 19 (the bit generators' streams are fixed, the distributions' are not).
"""

from __future__ import annotations

import numpy as np

from orbits.arrays import Floats


class Draws:
    """Uniform numbers in [0, 1) from the raw PCG64 stream of a seed, and what is made of them."""

    def __init__(self, seed: int) -> None:
        self._stream = np.random.PCG64(seed)

    def uniform(self, count: int, low: float = 0.0, high: float = 1.0) -> Floats:
        """Numbers (count,) spread evenly from `low` to `high`."""
        raw = np.asarray(self._stream.random_raw(count), dtype=np.uint64) >> np.uint64(11)
        return np.asarray(low + (high - low) * (raw.astype(np.float64) * 2.0**-53))

    def bell(self, count: int) -> Floats:
        """Numbers with mean 0 and standard deviation 1: twelve uniform ones summed, so never beyond 6."""
        return np.asarray(self.uniform(12 * count).reshape(count, 12).sum(axis=1) - 6.0)

    def normal(self, count: int) -> Floats:
        """Numbers (count,) of the normal distribution, tails included. Source: Box and Muller 1958."""
        pairs = self.uniform(2 * count).reshape(2, count)
        return np.asarray(np.sqrt(-2.0 * np.log1p(-pairs[0])) * np.cos(2.0 * np.pi * pairs[1]))

    def directions(self, count: int) -> Floats:
        """Unit vectors (count, 3), spread evenly over the sphere."""
        height, turn = self.uniform(count, -1.0, 1.0), self.uniform(count, 0.0, 2.0 * np.pi)
        across = np.sqrt(1.0 - height**2)
        return np.stack([across * np.cos(turn), across * np.sin(turn), height], axis=1)
