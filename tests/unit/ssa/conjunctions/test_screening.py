"""Screening against looking at every pair, its independence of the step, and what it says of what it left out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from orbits import ElementSets, InvalidValue, TimeSpan
from ssa.conjunctions.screening import Screening, require_screened, screen
from ssa.conjunctions.volumes import Box, Ellipsoid
from ssa.errors import TooMuch
from tests.naive_screening import all_approaches
from tests.orbits_of_note import CIRCULAR_LEO, DECAYING, EPOCH, GEO_VISIBLE, GTO, MOLNIYA, made_up

one_millisecond = 1.0e-3  # s
one_metre = 1.0e-3  # km


def crowd(count: int, *, seed: int = 3) -> ElementSets:
    """Objects of one shell, 20 km thick, with every plane: thousands of crossings in a few hours."""
    draw = np.random.default_rng(seed)
    return ElementSets.concatenate(
        [
            made_up(
                f"CROWD {k}", mean_motion=draw.uniform(14.28, 14.34), eccentricity=draw.uniform(0.0, 0.002),
                inclination=draw.uniform(50.0, 110.0), raan=draw.uniform(0.0, 360.0), perigee=draw.uniform(0.0, 360.0),
                anomaly=draw.uniform(0.0, 360.0), norad_id=900_000_000 + k,
            )
            for k in range(1, count + 1)
        ]
    )  # fmt: skip


def companions(parent: ElementSets, *, first_id: int, **changes: float) -> ElementSets:
    """An object and one that differs from it a little."""
    columns = {name: getattr(parent, name).copy() for name in ElementSets.column_names()}
    other = {name: values.copy() for name, values in columns.items()}
    columns["norad_id"], other["norad_id"] = np.array([first_id]), np.array([first_id + 1])
    for name, change in changes.items():
        other[name] = other[name] + change
    return ElementSets.concatenate([ElementSets(**columns), ElementSets(**other)])


def keys(found: Screening, *, digits: int = 2) -> list[tuple[int, int, float]]:
    return sorted(
        zip(found.primary_row.tolist(), found.secondary_row.tolist(), found.tca_s.round(digits).tolist(), strict=True)
    )


def test_every_approach_that_brute_force_finds_is_found_and_no_other() -> None:
    elements, span = crowd(90), TimeSpan.of(EPOCH, hours=6)
    expected = all_approaches(elements, span, 80.0)
    found = screen(elements, span, miss_km=80.0)
    assert len(expected) > 150
    assert [key[:2] for key in keys(found)] == [(one, other) for one, other, _, _ in sorted(expected)]
    order = np.lexsort((found.tca_s, found.secondary_row, found.primary_row))
    for row, (_, _, at, least) in zip(order.tolist(), sorted(expected), strict=True):
        assert abs(found.tca_s[row] - at) < one_millisecond
        assert abs(found.miss_distance_km[row] - least) < 0.01 * one_metre


@pytest.mark.parametrize("step_s", [10.0, 20.0, 30.0, 45.0])
def test_the_step_changes_no_event_and_no_stay(step_s: float) -> None:
    elements = ElementSets.concatenate(
        [
            crowd(40),
            companions(CIRCULAR_LEO, first_id=910_000_001, mean_anomaly_deg=0.01),
            companions(GEO_VISIBLE, first_id=910_000_003, eccentricity=4e-5, raan_deg=0.003),
            companions(MOLNIYA, first_id=910_000_005, inclination_deg=0.002, mean_anomaly_deg=0.001),
            companions(GTO, first_id=910_000_007, raan_deg=0.01),
            companions(DECAYING, first_id=910_000_009, raan_deg=0.02),
        ]
    )
    span = TimeSpan.of(EPOCH, hours=12)
    usual, other = screen(elements, span, miss_km=60.0), screen(elements, span, miss_km=60.0, step_s=step_s)
    assert len(usual) > 60
    assert len(usual.stays) >= 3
    # a slow minimum is flat: its time is worth a few hundredths of a second, its distance all its digits
    assert [key[:2] for key in keys(usual)] == [key[:2] for key in keys(other)]
    assert np.abs(np.sort(usual.tca_s) - np.sort(other.tca_s)).max() < 0.05
    assert np.abs(np.sort(usual.miss_distance_km) - np.sort(other.miss_distance_km)).max() < 0.01 * one_metre
    for name in ("primary_row", "secondary_row"):
        assert getattr(usual.stays, name).tolist() == getattr(other.stays, name).tolist()
    assert np.abs(usual.stays.start_s - other.stays.start_s).max() < 0.01
    assert np.abs(usual.stays.end_s - other.stays.end_s).max() < 0.01


def test_docked_objects_are_one_stay_cut_at_both_ends() -> None:
    both = companions(CIRCULAR_LEO, first_id=920_000_001)
    found = screen(both, TimeSpan.of(EPOCH, hours=24))
    assert len(found) == 0
    assert len(found.stays) == 1
    assert bool(found.stays.cut_at_start[0])
    assert bool(found.stays.cut_at_end[0])
    assert found.stays.min_distance_km[0] == 0.0


def test_primaries_on_all_are_the_rows_of_all_on_all_with_a_primary() -> None:
    elements, span = crowd(80), TimeSpan.of(EPOCH, hours=3)
    whole = keys(screen(elements, span, miss_km=80.0))
    for primaries in (np.arange(5), np.arange(40)):  # few are looked for one by one, many in the whole sweep
        found = screen(elements, span, miss_km=80.0, primaries=primaries)
        chosen = set(primaries.tolist())
        assert set(found.primary_row.tolist()) <= chosen
        expected = [key for key in whole if chosen & set(key[:2])]
        assert sorted((min(a, b), max(a, b), at) for a, b, at in keys(found)) == expected


def test_lists_meet_each_other_and_debris_meets_no_debris() -> None:
    elements, span = crowd(80), TimeSpan.of(EPOCH, hours=3)
    whole = screen(elements, span, miss_km=80.0)
    lists = screen(elements, span, miss_km=80.0, primaries=np.arange(0, 40), secondaries=np.arange(40, 80))
    across = (whole.primary_row < 40) & (whole.secondary_row >= 40)
    assert keys(lists) == keys(whole[across])
    junk = np.arange(80) % 2 == 0
    without = screen(elements, span, miss_km=80.0, debris=junk)
    assert keys(without) == keys(whole[~(junk[whole.primary_row] & junk[whole.secondary_row])])


def test_swapping_primary_and_secondary_keeps_the_miss() -> None:
    elements, span = crowd(60), TimeSpan.of(EPOCH, hours=3)
    one = screen(elements, span, miss_km=80.0, primaries=np.arange(30), secondaries=np.arange(30, 60))
    other = screen(elements, span, miss_km=80.0, primaries=np.arange(30, 60), secondaries=np.arange(30))
    assert len(one)
    assert np.array_equal(one.primary_row, other.secondary_row)
    assert np.allclose(one.miss_distance_km, other.miss_distance_km, rtol=0.0, atol=1e-9)
    assert np.allclose(np.linalg.norm(one.miss_rtn_km, axis=1), one.miss_distance_km, rtol=0.0, atol=1e-9)


def test_a_volume_keeps_the_paths_that_go_through_it() -> None:
    elements, span = crowd(80), TimeSpan.of(EPOCH, hours=4)
    ball = screen(elements, span, volume=Ellipsoid(60.0, 60.0, 60.0))
    assert keys(ball) == keys(screen(elements, span, miss_km=60.0))
    box = screen(elements, span, volume=Box(9.0, 60.0, 60.0))
    corner = screen(elements, span, miss_km=box.miss_km)
    assert set(keys(box)) < set(keys(corner))
    assert box.counts["approaches that do not go through the volume"] == len(corner) - len(box)
    inside = np.abs(corner.miss_rtn_km) <= [9.0, 60.0, 60.0]
    assert set(keys(corner[inside.all(axis=1)])) <= set(keys(box))


def test_old_sets_and_second_sets_are_left_out_and_said() -> None:
    newer = made_up("NEWER", mean_motion=15.2, norad_id=930_000_001, epoch="2026-03-11T00:00:00Z")
    older = made_up("OLDER", mean_motion=15.2, norad_id=930_000_001)
    stale = made_up("STALE", mean_motion=15.2, norad_id=930_000_002, epoch="2026-01-01T00:00:00Z")
    elements = ElementSets.concatenate([older, newer, stale, CIRCULAR_LEO])
    found = screen(elements, TimeSpan.of("2026-03-12T00:00:00Z", hours=2))
    assert found.counts["older sets of an object with a newer one"] == 1
    assert [(skipped.norad_id, skipped.reason[:26]) for skipped in found.skipped] == [
        (930_000_002, "its newest element set is ")
    ]
    assert found.skipped[0].kind == "newest element set more than 30 days old at the start"
    assert 0 not in found.stays.primary_row.tolist()


def test_no_all_clear_for_a_primary_that_was_not_screened() -> None:
    fresh = made_up("FRESH", mean_motion=15.2, norad_id=930_000_001, epoch="2026-03-11T00:00:00Z")
    stale = made_up("STALE", mean_motion=15.2, norad_id=930_000_009, epoch="2026-01-01T00:00:00Z")
    other = made_up("OTHER", mean_motion=14.9, norad_id=930_000_002, epoch="2026-01-01T00:00:00Z")
    elements, span = ElementSets.concatenate([fresh, other, stale]), TimeSpan.of("2026-03-12T00:00:00Z", hours=2)
    found = screen(elements, span, primaries=np.array([0, 2]))
    assert [skipped.norad_id for skipped in found.skipped] == [930_000_009, 930_000_002]  # what was asked about first
    assert found.caveats[0].startswith("1 of 2 objects asked about were not screened, so nothing is known")
    assert "930000009 STALE: its newest element set is 70.0 days old" in found.caveats[0]
    require_screened(found, np.array([0, 2]))
    with pytest.raises(InvalidValue, match=r"start: 2026-03-12T00:00:00Z: none of the objects .* \(930000009 STALE"):
        require_screened(screen(elements, span, primaries=np.array([2])), np.array([2]))
    fresh_alone = screen(elements, span, primaries=np.array([0]))
    require_screened(fresh_alone, np.array([0]))
    assert not any("asked about" in caveat for caveat in fresh_alone.caveats)


def test_pairs_of_debris_that_were_not_searched_are_said() -> None:
    span = TimeSpan.of(EPOCH, hours=1)
    assert any("debris with debris" in said for said in screen(CIRCULAR_LEO, span, debris=np.array([True])).caveats)
    assert not any("debris with debris" in said for said in screen(CIRCULAR_LEO, span).caveats)


def test_an_object_that_decays_is_screened_until_then() -> None:
    falling = made_up("FALLING", mean_motion=16.45, bstar=0.02, norad_id=940_000_001)
    found = screen(ElementSets.concatenate([falling, CIRCULAR_LEO]), TimeSpan.of(EPOCH, hours=72))
    assert [skipped.norad_id for skipped in found.skipped] == [940_000_001]
    assert "until" in found.skipped[0].reason or "no state" in found.skipped[0].reason


def test_bad_questions_are_refused_with_the_way_out() -> None:
    span = TimeSpan.of(EPOCH, hours=1)
    with pytest.raises(InvalidValue, match=r"miss_km.*from 0.001 to 200"):
        screen(CIRCULAR_LEO, span, miss_km=500.0)
    with pytest.raises(InvalidValue, match="step_s"):
        screen(CIRCULAR_LEO, span, step_s=0.1)
    for speed in (-1.0, math.nan, math.inf):
        with pytest.raises(InvalidValue, match="min_relative_speed_km_s"):
            screen(CIRCULAR_LEO, span).faster_than(speed)
    with pytest.raises(InvalidValue, match="primaries"):
        screen(CIRCULAR_LEO, span, primaries=np.array([7]))
    with pytest.raises(InvalidValue, match="volume"):
        Box(0.0, 1.0, 1.0)
    with pytest.raises(TooMuch, match="shorter window"):
        screen(CIRCULAR_LEO, TimeSpan.of(EPOCH, hours=4e7))
