"""What is new since somebody was told."""

from __future__ import annotations

from orbits import Instant
from ssa.alerts.changes import SAME_S, ToldAlert, changes

TCA = Instant.parse("2026-03-10T12:00:00Z")
BEFORE = TCA.plus_s(-3600.0)


def alert(one: int, other: int, after_s: float = 0.0, grade: str = "yellow") -> ToldAlert:
    return ToldAlert.of(one, other, TCA.plus_s(after_s), grade)


def test_the_same_encounter_in_another_catalogue_is_no_news() -> None:
    found = changes([alert(1, 2)], [alert(2, 1, after_s=200.0)], at=BEFORE)
    assert not found
    assert found.standing == (alert(1, 2, after_s=200.0),)


def test_the_next_encounter_of_a_pair_is_another() -> None:
    found = changes([alert(1, 2)], [alert(1, 2), alert(1, 2, after_s=2700.0)], at=BEFORE)
    assert found.previous == {1: None}
    assert found.cleared == ()


def test_two_near_in_time_are_told_apart_by_the_nearest() -> None:
    told = [alert(1, 2), alert(1, 2, after_s=SAME_S - 100.0, grade="red")]
    now = [alert(1, 2, after_s=10.0), alert(1, 2, after_s=SAME_S - 90.0, grade="red")]
    assert not changes(told, now, at=BEFORE)


def test_what_stands_no_more_is_cleared_while_it_lies_ahead() -> None:
    assert changes([alert(1, 2)], [], at=BEFORE).cleared == (alert(1, 2),)
    assert not changes([alert(1, 2)], [], at=TCA.plus_s(1.0))


def test_a_list_that_was_cut_short_clears_nothing_and_forgets_nothing() -> None:
    found = changes([alert(1, 2)], [alert(3, 4)], at=BEFORE, is_whole=False)
    assert found.previous == {0: None}
    assert found.cleared == ()
    assert set(found.standing) == {alert(1, 2), alert(3, 4)}
