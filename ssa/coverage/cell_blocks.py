"""Cells in blocks of neighbours, so that a search can pass over many at once."""

from __future__ import annotations

import numpy as np

from orbits.arrays import Floats, Integers
from ssa.coverage.block_margin_kernels import CELL_NUMBERS, LANES

MOST_CELLS = LANES  # in one block: at 50 km some 280 km a side, which is less than most swaths and fields of regard
_ROUNDING_RAD = 1e-6


def cell_blocks(directions: Floats) -> tuple[Integers, Floats]:
    """The order (c,) in which neighbours stand together, and blocks (b, 6) of the cells in that order.

    `directions` (c, 3) are unit vectors. A block: its middle (unit), the largest angle (rad) from it to one of its
    cells, the first of its cells and the one after the last. Cells are halved along their widest axis until no part has
    more than `MOST_CELLS`.

    >>> order, blocks = cell_blocks(np.eye(3))
    >>> order.tolist(), blocks.shape, round(float(blocks[0, 3]), 3)
    ([0, 1, 2], (1, 6), 0.955)
    """
    done: list[Integers] = []
    waiting = [np.arange(len(directions))]
    while waiting:
        rows = waiting.pop()
        if len(rows) <= MOST_CELLS:
            done.append(rows)
            continue
        along = directions[rows, int(np.argmax(np.ptp(directions[rows], axis=0)))]
        parts = np.argpartition(along, len(rows) // 2)
        waiting += [rows[parts[: len(rows) // 2]], rows[parts[len(rows) // 2 :]]]
    edges = np.cumsum([0, *map(len, done)])
    blocks = np.array(
        [[*_cap(directions[rows]), edges[k], edges[k + 1]] for k, rows in enumerate(done) if len(rows)]
    ).reshape(-1, 6)
    return np.concatenate(done), blocks


def cells_in_lanes(columns: Floats, blocks: Floats) -> Floats:
    """The cells (c, 9) of each block side by side (b, CELL_NUMBERS * LANES), the last one of each repeated.

    >>> columns = np.arange(18.0).reshape(2, 9)
    >>> lanes = cells_in_lanes(columns, np.array([[1.0, 0.0, 0.0, 0.1, 0, 2]]))
    >>> lanes.shape, lanes[0, :3].tolist(), lanes[0, LANES : LANES + 3].tolist()
    ((1, 288), [0.0, 9.0, 9.0], [1.0, 10.0, 10.0])
    """
    first, after = blocks[:, 4].astype(np.int64), blocks[:, 5].astype(np.int64)
    rows = np.minimum(first[:, None] + np.arange(LANES), after[:, None] - 1)
    return np.ascontiguousarray(columns[rows].transpose(0, 2, 1)).reshape(len(blocks), CELL_NUMBERS * LANES)


def _cap(directions: Floats) -> tuple[float, float, float, float]:
    middle = directions.mean(axis=0)
    size = float(np.linalg.norm(middle))
    if size < 1e-6:
        return 1.0, 0.0, 0.0, np.pi
    x, y, z = (middle / size).tolist()
    nearest = float(np.clip(directions @ (middle / size), -1.0, 1.0).min())
    return x, y, z, float(np.arccos(nearest)) + _ROUNDING_RAD
