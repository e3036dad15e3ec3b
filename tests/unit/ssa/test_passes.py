"""Passes: the hard eight orbits against a plain one-second search, and the rules at the span's ends."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from orbits import GroundSite, HorizonMask, InvalidValue, TimeSpan, look_at, propagate, teme_to_itrs
from orbits.sunlight import CIVIL_TWILIGHT_DEG, is_sunlit, sun_elevation_deg, sun_teme_km
from orbits.times import Instants
from ssa.passes import find_passes
from tests import naive
from tests.orbits_of_note import (
    DECAYING,
    EPOCH,
    GEO_HIDDEN,
    GEO_VISIBLE,
    HARD_EIGHT,
    SUN_SYNCHRONOUS,
    all_eight,
    made_up,
)

KAUNAS = GroundSite("Kaunas", latitude_deg=54.9, longitude_deg=23.9, altitude_m=70)
SITES = (
    KAUNAS,
    GroundSite("Equator", latitude_deg=0.0, longitude_deg=0.0),
    GroundSite("South Pole", latitude_deg=-90.0, longitude_deg=0.0, altitude_m=2835),
    GroundSite("Antimeridian", latitude_deg=-16.8, longitude_deg=180.0),
)
DAY = TimeSpan.of("2026-03-10T12:00:00Z", hours=24)
ONE_SECOND = 1.0  # the plain search samples every second


@pytest.mark.parametrize("elements", HARD_EIGHT, ids=[str(e.name[0]) for e in HARD_EIGHT])
@pytest.mark.parametrize("site", SITES, ids=[s.name for s in SITES])
def test_passes_are_those_of_a_plain_one_second_search(elements, site) -> None:
    for mask in (0.0, 10.0, 40.0):
        found = find_passes(elements, site, DAY, mask=mask)
        plain = naive.intervals_above_mask(elements, site, DAY, HorizonMask.level(mask))
        # a pass shorter than the samples' spacing is the kernel's own find
        ours = [(r, s) for r, s in zip(found.rise_s, found.set_s, strict=True) if s - r > ONE_SECOND]
        assert len(ours) == len([p for p in plain if p[1] > p[0]])
        for (rise, sets), (first, last) in zip(ours, [p for p in plain if p[1] > p[0]], strict=True):
            assert first - ONE_SECOND <= rise <= first + 1e-6
            assert last - 1e-6 <= sets <= last + ONE_SECOND


def test_geo_always_above_the_horizon_is_one_interval_cut_at_both_ends() -> None:
    passes = find_passes(GEO_VISIBLE, KAUNAS, DAY)
    assert len(passes) == 1
    only = passes.window(0)
    assert only.cut_at_start
    assert only.cut_at_end
    assert (only.rise.time, only.set.time) == (DAY.start, DAY.end)


def test_geo_on_the_other_side_is_never_up() -> None:
    assert len(find_passes(GEO_HIDDEN, KAUNAS, DAY)) == 0


def test_a_decaying_object_is_listed_with_its_code_and_keeps_its_earlier_passes() -> None:
    week = TimeSpan.of("2026-03-10T00:00:00Z", hours=24 * 14)
    passes = find_passes(DECAYING, KAUNAS, week, mask=0.0)
    (failed,) = passes.failed
    assert failed.norad_id == 900_000_001
    assert failed.status in (1, 6)
    assert failed.since is not None
    assert week.start < failed.since < week.end
    states = propagate(DECAYING, Instants.after(failed.since, [-0.02, 0.02]))
    assert (states.status[0] != 0).tolist() == [False, True]
    assert len(passes) > 0
    assert passes.set_s.max() <= failed.since.seconds_since(week.start)


def test_an_object_that_fails_before_its_epoch_is_valid_from_then_on() -> None:
    late = made_up("LATE", mean_motion=16.3, bstar=-3e-3, epoch="2026-03-20T00:00:00Z", anomaly=10.0)
    week = TimeSpan.of("2026-03-06T00:00:00Z", hours=24 * 14)
    passes = find_passes(late, KAUNAS, week, mask=0.0)
    (failed,) = passes.failed
    assert failed.until is not None
    assert failed.since is None
    assert passes.rise_s.min() >= failed.until.seconds_since(week.start)
    plain = naive.intervals_above_mask(
        late, KAUNAS, TimeSpan(failed.until.plus_s(1.0), week.end), HorizonMask.level(0.0)
    )
    assert len(plain) == len(passes)


def test_two_threads_give_the_same_bytes_as_one() -> None:
    elements = all_eight()
    one, two = (find_passes(elements, SITES, DAY, threads=threads) for threads in (1, 2))
    for column in ("object_row", "site_row", "rise_s", "culmination_s", "set_s", "looks", "extra_s"):
        np.testing.assert_array_equal(getattr(one, column), getattr(two, column))


def test_rise_and_set_stand_on_the_mask_and_the_culmination_is_the_highest_point() -> None:
    passes = find_passes(SUN_SYNCHRONOUS, KAUNAS, DAY, mask=12.5)
    whole = np.flatnonzero(~passes.cut_at_start & ~passes.cut_at_end)
    assert len(whole) > 3
    for row in whole:
        # six decimals of time: a microsecond is a hundred-thousandth of an arcsecond here
        assert passes.looks[row, 0, 1] == pytest.approx(12.5, abs=1e-6)
        assert passes.looks[row, 2, 1] == pytest.approx(12.5, abs=1e-6)
        seconds = np.linspace(passes.rise_s[row], passes.set_s[row], 2001)
        sky = look_at(teme_to_itrs(propagate(SUN_SYNCHRONOUS, Instants.after(DAY.start, seconds))), KAUNAS)
        assert sky.elevation_deg.max() <= passes.looks[row, 1, 1] + 1e-9


def test_a_geosynchronous_pass_of_three_days_lists_each_days_culmination() -> None:
    three_days = TimeSpan.of("2026-03-10T12:00:00Z", hours=72)
    (window,) = find_passes(GEO_VISIBLE, KAUNAS, three_days, mask=5.0)
    peaks = sorted([window.culmination, *window.other_culminations], key=lambda point: point.time)
    assert len(peaks) == 3
    assert all(point.elevation_deg <= window.culmination.elevation_deg for point in peaks)
    sidereal_day_s = 86164.1
    gaps = [b.time.seconds_since(a.time) for a, b in itertools.pairwise(peaks)]
    assert gaps == pytest.approx([sidereal_day_s] * 2, abs=600.0)


def test_a_mask_by_azimuth_agrees_with_a_plain_search() -> None:
    mask = HorizonMask(
        ((0.0, 5.0), (60.0, 35.0), (120.0, 8.0), (200.0, 8.0), (201.0, 60.0), (260.0, 60.0), (261.0, 10.0))
    )
    compared = 0
    for elements in HARD_EIGHT:
        found = find_passes(elements, KAUNAS, DAY, mask=mask)
        plain = [p for p in naive.intervals_above_mask(elements, KAUNAS, DAY, mask) if p[1] > p[0]]
        ours = [(r, s) for r, s in zip(found.rise_s, found.set_s, strict=True) if s - r > ONE_SECOND]
        assert len(ours) == len(plain), elements.name
        for (rise, sets), (first, last) in zip(ours, plain, strict=True):
            assert first - ONE_SECOND <= rise <= first + 1e-6
            assert last - 1e-6 <= sets <= last + ONE_SECOND
            compared += 1
    assert compared > 15


def test_a_level_mask_given_by_azimuth_changes_nothing() -> None:
    level = find_passes(all_eight(), KAUNAS, DAY, mask=10.0)
    same = find_passes(all_eight(), KAUNAS, DAY, mask=HorizonMask(((0.0, 10.0), (90.0, 10.0), (270.0, 10.000001))))
    np.testing.assert_allclose(same.rise_s, level.rise_s, atol=0.05)
    np.testing.assert_allclose(same.set_s, level.set_s, atol=0.05)


def test_starting_a_second_earlier_loses_nothing() -> None:
    """orbit-predictor#34 and #99: passes were missed when the search started one second earlier."""
    reference = find_passes(SUN_SYNCHRONOUS, KAUNAS, DAY)
    for shift in (1.0, 7.0, 61.0):
        earlier = find_passes(SUN_SYNCHRONOUS, KAUNAS, TimeSpan(DAY.start.plus_s(-shift), DAY.end))
        inside = earlier.rise_s - shift > 0
        whole = reference.rise_s > 0
        np.testing.assert_allclose(earlier.rise_s[inside] - shift, reference.rise_s[whole], atol=1e-4)


def test_range_rate_is_the_derivative_of_range_for_a_near_earth_satellite() -> None:
    window = find_passes(SUN_SYNCHRONOUS, KAUNAS, DAY).window(2)
    around = Instants.after(window.rise.time, [-0.5, 0.5])
    distances = look_at(teme_to_itrs(propagate(SUN_SYNCHRONOUS, around)), KAUNAS).range_km[0]
    # SGP4's velocity differs from the derivative of its position by 2e-5 km/s in the median
    assert window.rise.range_rate_km_s == pytest.approx(distances[1] - distances[0], abs=2e-4)


def test_plus_minus_grows_with_the_age_of_the_elements() -> None:
    fresh = find_passes(SUN_SYNCHRONOUS, KAUNAS, DAY).time_plus_minus_s
    old = find_passes(SUN_SYNCHRONOUS, KAUNAS, TimeSpan.of("2026-04-09T12:00:00Z", hours=24)).time_plus_minus_s
    assert 0.05 < np.median(fresh) < np.median(old) / 5


def test_no_objects_give_no_passes() -> None:
    assert len(find_passes(all_eight()[:0], KAUNAS, DAY)) == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [({"sites": []}, "sites"), ({"span": TimeSpan.of("2026-03-10T00:00:00Z", hours=24 * 31 + 1)}, "hours")],
)
def test_what_cannot_be_asked_is_refused_by_name(change, field) -> None:
    asked = {"elements": SUN_SYNCHRONOUS, "sites": KAUNAS, "span": DAY, **change}
    with pytest.raises(InvalidValue) as caught:
        find_passes(**asked)
    assert caught.value.field == field


def test_a_high_mask_finds_the_passes_that_culminate_above_it_even_in_the_lowest_orbit() -> None:
    """At 130 km elevation turns within seconds: tangents at two nodes say little about the peak between them."""
    low = made_up("LOW", mean_motion=16.52, eccentricity=0.0005, inclination=40.0, raan=10.0, perigee=0.0, anomaly=0.0,
                  bstar=0.0)  # fmt: skip
    sites = [
        GroundSite(f"{latitude},{longitude}", latitude_deg=latitude, longitude_deg=longitude)
        for latitude in (-38.0, -20.0, 0.0, 20.0, 38.0)
        for longitude in range(-180, 180, 6)
    ]
    span = TimeSpan.of(EPOCH, hours=24)
    over_the_horizon = find_passes(low, sites, span, mask=0.0)
    for mask in (50.0, 65.0, 75.0):
        expected = over_the_horizon.looks[:, 1, 1] >= mask
        assert expected.sum() > 3
        found = find_passes(low, sites, span, mask=mask)
        assert len(found) == expected.sum(), mask


def test_light_at_culminations_is_what_the_sun_module_says() -> None:
    passes = find_passes(all_eight(), SITES, DAY, mask=0.0)
    assert 0 < passes.sunlit.sum() < len(passes)
    assert 0 < passes.site_is_dark.sum() < len(passes)
    for row in range(len(passes)):
        at = Instants.after(DAY.start, [passes.culmination_s[row]])
        one = int(passes.object_row[row])
        state = propagate(all_eight()[one : one + 1], at).position_teme_km[0]
        assert passes.sunlit[row] == is_sunlit(state, sun_teme_km(at))[0]
        elevation_deg = sun_elevation_deg(SITES[passes.site_row[row]], at)[0]
        assert passes.site_is_dark[row] == (elevation_deg < CIVIL_TWILIGHT_DEG)


def test_passes_over_many_sites_are_those_over_each() -> None:
    together = find_passes(all_eight(), SITES, DAY)
    for number, site in enumerate(SITES):
        alone, rows = find_passes(all_eight(), site, DAY), together.site_row == number
        assert np.array_equal(together.object_row[rows], alone.object_row)
        for column in ("rise_s", "culmination_s", "set_s", "looks", "sunlit", "site_is_dark", "time_plus_minus_s"):
            assert np.array_equal(getattr(together, column)[rows], getattr(alone, column))
        assert np.array_equal(together.extra_s[rows[together.extra_pass]], alone.extra_s)
    order = np.lexsort((together.rise_s, together.site_row, together.object_row))
    assert np.array_equal(order, np.arange(len(together)))
