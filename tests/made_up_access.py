"""Made-up accesses: for hypothesis, on a coarse clock so that edges meet; for benchmarks, of a real size."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st

from orbits import TimeSpan
from ssa.coverage.intervals import AccessIntervals
from tests.naive_coverage import START, Access

DURATION_S = 3600.0
TICKS = 24


@st.composite
def fleets(draw, max_objects: int = 5, max_cells: int = 4, max_rows: int = 24):
    """(rows, objects, areas) of an hour; accesses of one object may overlap, touch, repeat, or fill the hour."""
    objects = draw(st.integers(1, max_objects))
    areas = draw(st.lists(st.floats(0.1, 10.0), min_size=1, max_size=max_cells))
    tick = DURATION_S / TICKS
    one = st.tuples(
        st.integers(0, objects - 1), st.integers(0, len(areas) - 1), st.integers(0, TICKS - 1), st.integers(1, TICKS)
    )
    rows: list[Access] = [
        (who, cell, start * tick, min(start + length, TICKS) * tick)
        for who, cell, start, length in draw(st.lists(one, max_size=max_rows))
    ]
    return rows, objects, np.array(areas)


def access_of_a_size(
    objects: int, cells: int, hours: float, *, per_day: float = 4.0, seed: int = 1
) -> dict[str, object]:
    """Arguments of `AccessIntervals`, in no order: `per_day` accesses of each object to each cell, to 10 minutes."""
    draw = np.random.default_rng(seed)
    span = TimeSpan.of(START, hours=hours)
    count = int(objects * cells * hours / 24.0 * per_day)
    start = draw.uniform(-60.0, span.duration_s, count)
    end = start + draw.uniform(60.0, 600.0, count)
    return {
        "object_row": draw.integers(0, objects, count),
        "cell_row": draw.integers(0, cells, count),
        "start_s": np.maximum(start, 0.0),
        "end_s": np.minimum(end, span.duration_s),
        "cut_at_start": start < 0.0,
        "cut_at_end": end > span.duration_s,
        "span": span,
        "objects": objects,
        "cell_area_km2": draw.uniform(1.0, 2.0, cells),
    }


def made_up_access(objects: int, cells: int, hours: float, **rest) -> AccessIntervals:
    return AccessIntervals(**access_of_a_size(objects, cells, hours, **rest))
