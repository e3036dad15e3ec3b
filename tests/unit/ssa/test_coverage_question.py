"""The whole coverage question: its parts agree with each other, it grows with the fleet, and it refuses too much."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import InvalidValue, TimeSpan
from ssa import CellGrid, coverage_of, equip, parse_region
from ssa.candidates import of_list, of_owner
from ssa.catalogue.simulated import simulated_catalogue
from ssa.coverage.limits import MOST_CELL_OBJECT_HOURS, require_bounded
from ssa.coverage.timeline import MOST_TIMES, timeline_grid
from ssa.errors import TooMuch
from ssa.sensors import Elevation, Sensor

SNAPSHOT = simulated_catalogue()
DAY = TimeSpan.of(SNAPSHOT.as_of, hours=24)
LITHUANIA = parse_region("country:LT")
FRENCH = equip(of_owner("FR", SNAPSHOT), mission="imaging")
HORIZON = Sensor("horizon", "access", Elevation(0.0))


def test_every_part_of_an_answer_tells_the_same() -> None:
    found = coverage_of(LITHUANIA, 40.0, FRENCH, DAY)
    assert len(found.cells) == len(found.cell_measures) == found.intervals.cells
    assert found.intervals.objects == len(FRENCH) > 0
    assert found.measures.covered_fraction == pytest.approx(found.cells.weights @ found.cell_measures.covered_fraction)
    assert found.contribution is not None
    assert found.contribution.whole == pytest.approx(found.measures.covered_fraction)
    assert found.contribution.names == ("FR",)
    assert found.gaps.length_s.max() == pytest.approx(found.measures.max_gap_s)
    assert found.gap_percentiles_s[50.0] <= found.gap_percentiles_s[95.0] <= found.measures.max_gap_s  # type: ignore[operator]
    rows = found.timeline_rows()
    assert len(rows) == len(found.timeline) == 288
    assert rows[-1]["seen_fraction"] == pytest.approx(found.measures.seen_fraction)
    assert found.next_look.first_wait_s == pytest.approx(found.intervals.start_s.min())


def test_coverage_grows_with_the_fleet() -> None:
    numbers = FRENCH.objects.elements.norad_id.tolist()
    cells = CellGrid.over(LITHUANIA, 60.0)
    before = np.zeros(len(cells))
    for count in (1, 3, len(numbers)):
        fleet = equip(of_list(numbers[:count], SNAPSHOT), sensor=HORIZON)
        covered = coverage_of(LITHUANIA, cells, fleet, DAY, contribution=False).cell_measures.covered_fraction
        assert (covered >= before - 1e-12).all()
        before = covered
    assert before.min() > 0.0


def test_nobody_covers_nothing_and_says_so() -> None:
    nobody = equip(of_owner("FR", SNAPSHOT), mission="navigation")
    found = coverage_of(LITHUANIA, 100.0, nobody, DAY)
    assert len(nobody) == 0
    assert (found.measures.covered_fraction, found.measures.max_gap_s) == (0.0, 86400.0)
    assert found.contribution is None
    assert found.caveats[0].startswith("No object has a sensor")


def test_caveats_of_region_fleet_and_engine_are_all_there() -> None:
    found = coverage_of(LITHUANIA, 100.0, FRENCH, DAY)
    assert {*LITHUANIA.caveats, *FRENCH.caveats, *found.accesses.caveats} <= set(found.caveats)


def test_more_than_is_answered_at_once_is_refused_with_the_way_out() -> None:
    require_bounded(1000, 1000, TimeSpan.of(SNAPSHOT.as_of, hours=200))
    with pytest.raises(TooMuch, match=f"more than {MOST_CELL_OBJECT_HOURS:,} cell-object-hours; take larger cells"):
        require_bounded(1000, 1001, TimeSpan.of(SNAPSHOT.as_of, hours=200))
    with pytest.raises(TooMuch, match="more than 100 cell-object-hours"):
        coverage_of(LITHUANIA, 60.0, FRENCH, DAY, most_cell_object_hours=100)


@pytest.mark.parametrize(("hours", "step_s"), [(0.05, 1.0), (1, 15.0), (24, 300.0), (168, 3600.0), (744, 10800.0)])
def test_a_timeline_has_a_round_step_and_about_three_hundred_times(hours: float, step_s: float) -> None:
    grid = timeline_grid(TimeSpan.of(SNAPSHOT.as_of, hours=hours))
    assert grid.step_s == step_s
    assert len(grid) <= 300
    assert (len(grid) - 1) * step_s < hours * 3600.0


def test_a_timeline_refuses_a_step_of_nothing_and_too_many_times() -> None:
    for step_s in (0.0, -1.0, float("nan")):
        with pytest.raises(InvalidValue, match="positive number of seconds"):
            timeline_grid(DAY, step_s)
    with pytest.raises(TooMuch, match=f"more than {MOST_TIMES:,} times; take a longer step"):
        timeline_grid(DAY, 1.0)
