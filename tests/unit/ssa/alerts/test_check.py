"""A whole watch: screening, what flies together, grades."""

from __future__ import annotations

import pytest

from orbits import TimeSpan
from ssa.alerts.check import AlertCheck, check_alerts
from ssa.alerts.policies import find_policy, policy_of
from ssa.alerts.watch import STANDS_FOR
from ssa.candidates import of_list
from tests.made_up_station import CORE, DEBRIS, FERRY, LABORATORY, SATELLITE, START, station

SPAN = TimeSpan.of(START, hours=1)
SNAPSHOT = station()


def test_a_station_has_one_alert_and_its_modules_are_stays() -> None:
    watched = of_list([CORE, LABORATORY, FERRY], SNAPSHOT)
    found = check_alerts(watched, SPAN, find_policy("miss-distance"))
    alerts = found.report.alerts
    numbers = SNAPSHOT.elements.norad_id
    near = alerts.at_or_above("red")
    assert len(near) == 1
    pair = {
        int(numbers[alerts.encounters.primary_row[near[0]]]),
        int(numbers[alerts.encounters.secondary_row[near[0]]]),
    }
    assert DEBRIS in pair
    assert found.report.stands_for[near[0]] == 3
    assert found.left_out[STANDS_FOR] >= 2
    modules = {CORE, LABORATORY, FERRY}
    stays = {
        frozenset((int(numbers[one]), int(numbers[other])))
        for one, other in zip(found.screening.stays.primary_row, found.screening.stays.secondary_row, strict=True)
    }
    assert stays == {frozenset((CORE, LABORATORY)), frozenset((CORE, FERRY)), frozenset((LABORATORY, FERRY))}
    rows = zip(alerts.encounters.primary_row, alerts.encounters.secondary_row, strict=True)
    assert not any({int(numbers[one]), int(numbers[other])} <= modules for one, other in rows)


def test_the_watched_object_is_the_primary() -> None:
    found = check_alerts(of_list([SATELLITE], SNAPSHOT), SPAN, find_policy("miss-distance"))
    encounters = found.report.alerts.encounters
    assert len(encounters) > 0
    assert set(SNAPSHOT.elements.norad_id[encounters.primary_row].tolist()) == {SATELLITE}
    assert found.is_watched(3)
    assert not found.is_watched(4)


def test_a_box_keeps_the_paths_that_go_through_it() -> None:
    watched = of_list([CORE], SNAPSHOT)

    def through(half_km: float) -> AlertCheck:
        box = [0.5, half_km, half_km]
        policy = {
            "name": "box",
            "source": "a test",
            "screening_box_rtn_km": box,
            "yellow": [{"inside_box_rtn_km": box}],
        }
        return check_alerts(watched, SPAN, policy_of(policy, "box"))

    wide, thin = through(6.0), through(0.05)
    assert wide.report.alerts.counts()["yellow"] == len(wide.report.alerts) >= 2
    assert len(thin.report.alerts) < len(wide.report.alerts)


def test_progress_is_told() -> None:
    heard: list[float] = []
    check_alerts(of_list([CORE], SNAPSHOT), SPAN, find_policy("cara"), report=heard.append)
    assert heard
    assert heard[-1] == pytest.approx(1.0)
