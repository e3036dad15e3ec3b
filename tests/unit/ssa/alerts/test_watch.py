"""The question of a watch, on a made-up station of three modules and a piece of debris."""

from __future__ import annotations

import numpy as np

from orbits import TimeSpan
from ssa.alerts.policies import find_policy
from ssa.alerts.watch import FAMILY, STANDS_FOR, TOGETHER, WatchReport, grade_watch
from tests.made_up_catalogue import Row
from tests.made_up_station import over_the_pole

SPAN = TimeSpan.of("2026-03-10T04:00:00Z", hours=24)
STATION: list[Row] = [
    (1, "CORE", "US", "PAY", "+"),
    (2, "LABORATORY", "US", "PAY", "+"),
    (3, "FERRY", "US", "PAY", "+"),
]
PIECE: Row = (9, "OLD DEB", "CIS", "DEB", None)


def report(**asked: object) -> WatchReport:
    snapshot = over_the_pole([*STATION, PIECE], [0.0, 0.0, 0.0, 90.0], [0.0, 0.0002, 0.0004, 0.001])
    return grade_watch(
        snapshot, SPAN, find_policy("miss-distance"), primary_row=np.array([0, 1, 2, 0]),
        secondary_row=np.array([3, 3, 3, 1]), tca_s=np.zeros(4), **asked,  # type: ignore[arg-type]
    )  # fmt: skip


def test_one_alert_stands_for_the_whole_station_and_docked_modules_are_none() -> None:
    found = report(together=[(0, 1), (1, 2)])
    assert len(found.alerts) == 1
    assert found.stands_for.tolist() == [3]
    assert found.left_out == {TOGETHER: 1, STANDS_FOR: 2}
    said = found.reasons(0)
    assert any("flies with" in sentence and "this is for all of them" in sentence for sentence in said)


def test_without_stays_every_module_counts() -> None:
    found = report()
    assert len(found.alerts) == 4
    assert found.left_out == {}
    assert found.stands_for.tolist() == [1, 1, 1, 1]


def test_pairs_of_one_constellation_are_left_out_unless_asked_for() -> None:
    rows: list[Row] = [(100 + n, f"NETSAT-{n}", "US", "PAY", "+") for n in range(30)]
    snapshot = over_the_pole([*rows, PIECE], [*range(30), 90.0], [0.0] * 31)
    columns = {"primary_row": np.array([1, 2]), "secondary_row": np.array([2, 0]), "tca_s": np.zeros(2)}
    found = grade_watch(snapshot, SPAN, find_policy("cara"), **columns)
    assert len(found.alerts) == 1
    assert found.left_out == {FAMILY: 1}
    assert len(grade_watch(snapshot, SPAN, find_policy("cara"), same_family=True, **columns).alerts) == 2


def test_the_answer_says_that_it_supports_no_manoeuvre() -> None:
    assert any("do not support a manoeuvre decision" in caveat for caveat in report().caveats)


def test_nothing_near_is_no_alert() -> None:
    none = np.empty(0, dtype=int)
    snapshot = over_the_pole([PIECE], [0.0], [0.0])
    found = grade_watch(snapshot, SPAN, find_policy("cara"), primary_row=none, secondary_row=none, tca_s=np.empty(0))
    assert found.alerts.counts() == {"red": 0, "yellow": 0, "green": 0}
