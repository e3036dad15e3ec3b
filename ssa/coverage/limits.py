"""How much of a coverage question is answered at once; more is refused with the way out, never cut short in silence."""

from __future__ import annotations

from orbits import TimeSpan
from ssa.errors import TooMuch

MOST_CELL_OBJECT_HOURS = 200_000_000  # 10,000 cells x 800 imagers x 24 h: some 20 million accesses of 32 bytes each


def require_bounded(cells: int, objects: int, span: TimeSpan, most: float = MOST_CELL_OBJECT_HOURS) -> None:
    """Raise `TooMuch` when cells x objects x hours are more than `most`.

    >>> require_bounded(1000, 200, TimeSpan.of("2026-03-10T00:00:00Z", hours=24))
    """
    hours = span.duration_s / 3600.0
    if cells * objects * hours > most:
        raise TooMuch(
            "hours", f"{cells:,} cells x {objects:,} objects x {hours:,.4g} h",
            f"more than {most:,.0f} cell-object-hours; take larger cells (cell_km), fewer objects (mission, owner, "
            "objects) or a shorter window",
        )  # fmt: skip


def require_listable(cells: int, most: int | None) -> None:
    """Raise `TooMuch` when a region has more cells than may be listed; `most` None lists any number."""
    if most is not None and cells > most:
        raise TooMuch("cells", cells, f"more than {most:,} cells to list; take larger cells (cell_km)")
