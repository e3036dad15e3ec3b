"""How much of a coverage question is answered at once; more is refused with the way out, never cut short in silence."""

from __future__ import annotations

from orbits import TimeSpan
from ssa.access_kernels import CODE
from ssa.elevation_mask_kernels import MASK_POINTS
from ssa.errors import TooMuch
from ssa.sensor_fleets import SensorFleet
from ssa.sensors import AccessRule, ElevationMask, Sensor
from ssa.sensors.rules import Compound, Not

MOST_CELL_OBJECT_HOURS = 200_000_000  # 10,000 cells x 800 imagers x 24 h: some 20 million accesses of 32 bytes each

_USUAL_CONDITIONS = 4
_USUAL_VIEW_DEG = 8.6  # between two states of `access_search_kernels`


def search_weight(fleet: SensorFleet) -> float:
    """How much longer than with usual sensors the search for accesses takes, at most; 1 or more.

    A rule of n conditions counts n / 4, and a mask whose points stand d deg apart 17 / d times, up to 17 times.
    """
    weights = [_rule_weight(sensor) for sensor in fleet.sensors]
    return sum(weights[row] for row in fleet.sensor_row.tolist()) / len(fleet) if len(fleet) else 1.0


def _rule_weight(sensor: Sensor) -> float:
    views = [mask.search_view_deg for mask in _masks(sensor.rule)]
    conditions = int((sensor.program[:, CODE] != MASK_POINTS).sum())
    return max(1.0, conditions / _USUAL_CONDITIONS) * max(1.0, _USUAL_VIEW_DEG / min(views, default=_USUAL_VIEW_DEG))


def _masks(rule: AccessRule) -> list[ElevationMask]:
    if isinstance(rule, Compound):
        return [mask for part in rule.parts for mask in _masks(part)]
    inner = rule.condition if isinstance(rule, Not) else rule
    return [inner] if isinstance(inner, ElevationMask) else []


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
