"""What is new in a list of alerts since somebody was told: new ones, other grades, and those that stand no more.

The same encounter has another time of closest approach in each catalogue, seconds to minutes away; encounters of one
pair are half a revolution apart. So alerts of one pair within `SAME_S` are one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from orbits import Instant

SAME_S = 1200.0


@dataclass(frozen=True, slots=True)
class ToldAlert:
    """An alert as it is remembered: the pair by number, the time of closest approach, the grade."""

    low_id: int
    high_id: int
    tca: Instant
    grade: str

    @classmethod
    def of(cls, one: int, other: int, tca: Instant, grade: str) -> ToldAlert:
        """Of a pair in any order."""
        return cls(min(one, other), max(one, other), tca, grade)

    def is_same(self, other: ToldAlert) -> bool:
        """Whether both are of one encounter."""
        pair = (self.low_id, self.high_id) == (other.low_id, other.high_id)
        return pair and abs(self.tca.seconds_since(other.tca)) <= SAME_S


@dataclass(frozen=True, slots=True)
class Changes:
    """`previous` gives for each alert now standing, by place, the grade told before (None: new), where it differs.

    `cleared` are alerts that were told, lie ahead, and stand no more; `standing` is what to remember.
    """

    previous: dict[int, str | None]
    cleared: tuple[ToldAlert, ...]
    standing: tuple[ToldAlert, ...]

    def __bool__(self) -> bool:
        return bool(self.previous or self.cleared)


def changes(told: Iterable[ToldAlert], now: Iterable[ToldAlert], *, at: Instant, is_whole: bool = True) -> Changes:
    """Compare what was told with what stands `at` a time; of a list that was cut short nothing is cleared.

    >>> tca = Instant.parse("2026-03-10T12:00:00Z")
    >>> before, after = ToldAlert(1, 2, tca, "yellow"), ToldAlert(1, 2, tca.plus_s(30), "red")
    >>> changes([before], [after], at=tca.plus_s(-3600)).previous
    {0: 'yellow'}
    """
    left = {(one.low_id, one.high_id, one.tca): one for one in told}
    by_pair: dict[tuple[int, int], list[ToldAlert]] = {}
    for one in left.values():
        by_pair.setdefault((one.low_id, one.high_id), []).append(one)
    previous: dict[int, str | None] = {}
    standing = list(now)
    for place, alert in enumerate(standing):
        known = [one for one in by_pair.get((alert.low_id, alert.high_id), []) if one.is_same(alert)]
        nearest = min(known, key=lambda one: abs(one.tca.seconds_since(alert.tca)), default=None)
        if nearest is None:
            previous[place] = None
            continue
        by_pair[(alert.low_id, alert.high_id)].remove(nearest)
        del left[(nearest.low_id, nearest.high_id, nearest.tca)]
        if nearest.grade != alert.grade:
            previous[place] = nearest.grade
    ahead = tuple(one for one in left.values() if one.tca.seconds_since(at) > 0.0)
    if is_whole:
        return Changes(previous, ahead, tuple(standing))
    return Changes(previous, (), (*standing, *ahead))
