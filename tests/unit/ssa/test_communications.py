"""Links of a service equal a count of satellites above the mask, and the map engine's answer."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import InvalidValue, TimeGrid
from ssa import CellGrid, parse_region
from ssa.catalogue.simulated import simulated_catalogue
from ssa.communications.links import links_of
from ssa.coverage.map_rules import NadirRule
from ssa.coverage.maps import coverage_map
from ssa.errors import UnknownName
from ssa.regions import LatLonGrid

SNAPSHOT = simulated_catalogue()
TIMES = TimeGrid(start=SNAPSHOT.as_of, step_s=300.0, count=40)


@pytest.mark.parametrize("service", ["Globalstar", "mPOWER", "Skynet"])
def test_links_over_world_cells_are_those_of_the_map(service: str) -> None:
    found = links_of(service, SNAPSHOT, CellGrid.world(step_deg=5.0), TIMES, folds=3)
    elements = SNAPSHOT.elements[found.members.rows]
    rule, grid = NadirRule(min_elevation_deg=found.min_elevation_deg), LatLonGrid(5.0)
    expected = coverage_map(elements, TIMES, rule, grid, folds=3)
    duration = expected.duration_s
    assert found.linked_fraction == pytest.approx((expected.covered_s / duration).ravel())
    for fold in range(3):
        assert found.fold_fraction[:, fold] == pytest.approx((expected.at_least_s[fold] / duration).ravel())
    assert found.mean_satellites == pytest.approx(expected.mean_fold.ravel())
    assert found.longest_outage_s == pytest.approx(expected.max_gap_s.ravel())
    assert np.array_equal(found.first_link_s, expected.first_seen_s.ravel(), equal_nan=True)
    assert found.time_linked_fraction == pytest.approx(expected.covered_fraction)


def test_iridium_reaches_everywhere_always_at_its_published_elevation() -> None:
    found = links_of("Iridium", SNAPSHOT, CellGrid.world(800), TIMES)
    assert found.min_elevation_deg == 8.2
    assert found.region_linked_fraction == pytest.approx(1.0)
    assert found.min_satellites.min() >= 1
    assert any("ICAO Doc 9925" in text for text in found.caveats)


def test_an_equatorial_ring_does_not_reach_the_pole_and_an_assumed_elevation_is_said() -> None:
    found = links_of("O3b", SNAPSHOT, CellGrid.from_points([0.0, 85.0], [10.0, 10.0]), TIMES)
    assert found.linked_fraction.tolist() == [1.0, 0.0]
    assert found.longest_outage_s.tolist() == [0.0, 40 * 300.0]
    assert np.isnan(found.first_link_s[1])
    assert any("assumed" in text for text in found.caveats)
    own = links_of("O3b", SNAPSHOT, CellGrid.from_points([0.0], [10.0]), TIMES, min_elevation_deg=60.0)
    assert own.mean_satellites[0] < found.mean_satellites[0]
    assert not any("Lowest elevation" in text for text in own.caveats)


def test_threads_and_blocks_change_no_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = CellGrid.over(parse_region("country:NO"), 100)
    one = links_of("Globalstar", SNAPSHOT, cells, TIMES, threads=1)
    monkeypatch.setattr("ssa.communications.links._BLOCK_STATES", len(cells) * 7)
    two = links_of("Globalstar", SNAPSHOT, cells, TIMES, threads=2)
    for name in ("linked_fraction", "fold_fraction", "longest_outage_s", "first_link_s"):
        assert np.array_equal(getattr(one, name), getattr(two, name), equal_nan=True), name
    # sums over cells are added in another order
    assert two.time_linked_fraction == pytest.approx(one.time_linked_fraction, abs=1e-12)


def test_wrong_questions_are_refused() -> None:
    cells = CellGrid.from_points([0.0], [0.0])
    with pytest.raises(UnknownName):
        links_of("Iridum", SNAPSHOT, cells, TIMES)
    with pytest.raises(InvalidValue, match="folds"):
        links_of("Iridium", SNAPSHOT, cells, TIMES, folds=0)
    with pytest.raises(InvalidValue, match="min_elevation_deg"):
        links_of("Iridium", SNAPSHOT, cells, TIMES, min_elevation_deg=-3.0)
