"""The running sums of a map over consecutive steps, and how two stretches of time join: whole numbers, so exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from orbits.arrays import Integers

Counts = npt.NDArray[np.int32]


@dataclass(slots=True)
class MapSums:
    """Steps of each cell (rows, columns): with at least k objects (`at_least`, folds first), objects summed
    (`fold_sum`), unseen up to now (`run`), longest unseen (`longest`), unseen from the start on (`lead`)."""

    steps: int
    at_least: Counts
    fold_sum: Integers
    run: Counts
    longest: Counts
    lead: Counts

    @classmethod
    def zeros(cls, shape: tuple[int, int], folds: int) -> MapSums:
        """No step yet."""
        run, longest, lead = (np.zeros(shape, dtype=np.int32) for _ in range(3))
        return cls(0, np.zeros((folds, *shape), dtype=np.int32), np.zeros(shape, dtype=np.int64), run, longest, lead)

    @staticmethod
    def bytes_for(shape: tuple[int, int], folds: int) -> int:
        """Memory of one such value."""
        return shape[0] * shape[1] * (4 * folds + 20)

    @classmethod
    def joined(cls, parts: list[MapSums]) -> MapSums:
        """The sums of consecutive stretches, in order."""
        whole = parts[0]
        for later in parts[1:]:
            unseen = later.lead == later.steps
            whole.longest = np.maximum(np.maximum(whole.longest, later.longest), whole.run + later.lead)
            whole.lead = np.where(whole.lead == whole.steps, whole.lead + later.lead, whole.lead).astype(np.int32)
            whole.run = np.where(unseen, whole.run + later.run, later.run).astype(np.int32)
            whole.at_least += later.at_least
            whole.fold_sum += later.fold_sum
            whole.steps += later.steps
        return whole
