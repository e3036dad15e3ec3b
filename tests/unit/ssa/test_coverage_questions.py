"""Questions over stored access: next look, blind times, smallest fleet, conditions, opportunities."""

from __future__ import annotations

import pytest

from orbits import InvalidValue
from ssa.coverage.blind_times import blind_times, blind_times_of_region
from ssa.coverage.conditions import removed_by, told
from ssa.coverage.next_look import next_look
from ssa.coverage.opportunities import opportunities
from ssa.coverage.smallest_fleet import smallest_fleet
from tests.made_up_access import made_up_access
from tests.naive_coverage import START, stored

POINT = {"type": "Point", "coordinates": [23.9, 54.9]}


def test_the_next_look_at_a_region_is_the_first_at_any_cell() -> None:
    look = next_look(stored([(2, 0, 600, 700), (1, 1, 400, 500), (0, 1, 400, 450)], objects=3, cells=2), START)
    assert (look.first_wait_s, look.first_object_row) == (400.0, 0)
    assert (look.mean_wait_s, look.all_seen_wait_s, look.unseen_fraction) == (500.0, 600.0, 0.0)


def test_a_region_without_another_look_says_so() -> None:
    look = next_look(stored([(0, 0, 0, 10)], objects=1, cells=2), "2026-03-10T00:30:00Z")
    assert (look.first_wait_s, look.first_object_row, look.mean_wait_s, look.all_seen_wait_s) == (None,) * 4
    assert look.unseen_fraction == 1.0
    with pytest.raises(InvalidValue, match=r"after: 2026-03-10T02:00:00\.000000Z: outside the span"):
        next_look(stored([], objects=1, cells=1), "2026-03-10T02:00:00Z")


def test_a_region_is_blind_only_when_no_part_of_it_is_seen() -> None:
    ours = stored([(0, 0, 0, 1000), (0, 1, 900, 2000)], objects=1, cells=2)
    theirs = stored([(0, 1, 2500, 2600), (0, 0, 2550, 2700), (1, 0, 10, 20)], objects=2, cells=2)
    (blind,) = blind_times_of_region(ours, others=theirs)
    assert (blind.cell_row, blind.start_s, blind.length_s, blind.cut_at_end) == (None, 2000.0, 1600.0, True)
    assert [(w.object_row, w.accesses, w.seen_s, w.first_s) for w in blind.witnesses] == [(0, 1, 200.0, 2500.0)]
    assert blind_times(ours, count=1)[0].length_s == 2600.0
    assert blind_times(ours, count=1)[0].witnesses is None
    with pytest.raises(InvalidValue, match="count: 0"):
        blind_times(ours, count=0)
    with pytest.raises(InvalidValue, match="same cells"):
        blind_times(ours, others=stored([], objects=1, cells=1))


def test_a_gap_that_the_whole_fleet_does_not_keep_is_refused_with_what_it_does() -> None:
    found = stored([(0, 0, 0, 3600)], objects=1, cells=2)
    with pytest.raises(InvalidValue, match=r"area_fraction: 0\.9: the whole fleet keeps the gap over 0\.5000"):
        smallest_fleet(found, 600, area_fraction=0.9)
    with pytest.raises(InvalidValue, match="limit_s: 0"):
        smallest_fleet(found, 0)
    assert smallest_fleet(found, 600).objects == (0,)


def test_a_gap_as_long_as_the_window_needs_nobody() -> None:
    found = smallest_fleet(stored([(0, 0, 0, 60)], objects=1, cells=1), 3600)
    assert (found.objects, found.at_least, found.is_proven) == ((), 0, True)


def test_a_set_that_is_not_proven_the_smallest_says_how_few_it_may_take(monkeypatch: pytest.MonkeyPatch) -> None:
    found = made_up_access(14, 4, 24.0, per_day=6.0)
    proven = smallest_fleet(found, 4.0 * 3600.0)
    assert proven.is_proven
    assert "no smaller set does" in proven.method
    monkeypatch.setattr("ssa.coverage.smallest_fleet.EXACT_TRIES", 0)
    greedy = smallest_fleet(found, 4.0 * 3600.0)
    assert greedy.at_least <= len(proven.objects) <= len(greedy.objects)
    assert greedy.kept_fraction == proven.kept_fraction == pytest.approx(1.0)
    assert "found by objects given up one by one" in greedy.method


def test_each_condition_counts_what_it_takes_away() -> None:
    chance = stored([(0, 0, 0, 600), (0, 0, 900, 1200), (0, 0, 2000, 2600)], objects=1, cells=1)
    sun = stored([(0, 0, 0, 600), (0, 0, 2000, 2600)], objects=1, cells=1)
    duty = stored([(0, 0, 2000, 2200), (0, 0, 2400, 2600)], objects=1, cells=1)
    counts = removed_by({"in view": chance, "night": sun, "duty": duty})
    assert [(c.removed, c.shortened, c.untouched, c.left, c.removed_s) for c in counts] == [
        (1, 0, 2, 2, 300.0),
        (1, 1, 0, 2, 800.0),
    ]
    assert told(counts) == "3 accesses: 1 night, 1 duty (1 more shortened); 2 left"
    assert removed_by({"in view": duty, "night": chance})[0].unexplained == 2


def test_an_access_that_only_touches_another_shares_nothing_with_it() -> None:
    chance, left = stored([(0, 0, 100, 200)], objects=1, cells=1), stored([(0, 0, 50, 100)], objects=1, cells=1)
    count = removed_by({"in view": chance, "night": left})[0]
    assert (count.removed, count.unexplained, count.removed_s) == (1, 1, 100.0)


def test_conditions_of_other_fleets_are_refused() -> None:
    with pytest.raises(InvalidValue, match="is of other objects than the 1 before it"):
        removed_by({"in view": stored([], objects=1, cells=1), "night": stored([], objects=2, cells=1)})
    with pytest.raises(InvalidValue, match="one or more conditions"):
        removed_by({"in view": stored([], objects=1, cells=1)})


def test_an_opportunity_is_one_pass_of_one_object_over_any_part_of_the_region() -> None:
    found = stored([(1, 0, 500, 3600), (0, 0, 60, 120), (0, 1, 100, 150), (0, 0, 900, 950)], objects=2, cells=2)
    answer = opportunities(
        found, product_id="in-view", geometry=POINT, bbox=[23.9, 54.9, 23.9, 54.9], limit=2,
        objects=[{"norad_id": 40697, "name": "SENTINEL-2A"}, {"norad_id": 25544}],
    )  # fmt: skip
    assert (answer["type"], answer["numberMatched"], answer["numberReturned"]) == ("FeatureCollection", 3, 2)
    first, second = answer["features"]
    # what docs/spec/opportunity of STAPI 0.2.0 requires of a collection and of each opportunity in it
    assert (answer["stapi_type"], answer["stapi_version"]) == ("OpportunityCollection", "0.2.0")
    assert set(answer) >= {"type", "stapi_type", "stapi_version", "features", "links"}
    for one in (first, second):
        assert (one["type"], one["stapi_type"], one["stapi_version"]) == ("Feature", "Opportunity", "0.2.0")
        assert set(one) >= {"geometry", "bbox", "properties", "links"}
        assert set(one["properties"]) >= {"datetime", "product_id"}
    assert first["id"] == "in-view-40697-2026-03-10T00:01:00.000Z"
    assert first["geometry"] == POINT
    assert first["properties"] == {
        "product_id": "in-view", "datetime": "2026-03-10T00:01:00.000Z/2026-03-10T00:02:30.000Z", "norad_id": 40697,
        "name": "SENTINEL-2A", "duration_s": 90.0, "area_fraction": 1.0, "cut_at_start": False, "cut_at_end": False,
    }  # fmt: skip
    assert (second["properties"]["cut_at_end"], second["properties"]["area_fraction"]) == (True, 0.5)
    with pytest.raises(InvalidValue, match="limit: -1"):
        opportunities(found, product_id="in-view", geometry=POINT, bbox=[], objects=[{}, {}], limit=-1)
    with pytest.raises(InvalidValue, match="give one mapping for each of the 2 objects"):
        opportunities(found, product_id="in-view", geometry=POINT, bbox=[], objects=[])
