"""Times: parsing, exactness, grids."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from orbits import EarthOrientation, Instant, Instants, InvalidValue, TimeGrid, TimeSpan

ONE_NANOSECOND = 1e-9


def test_an_offset_and_z_are_the_same_moment() -> None:
    assert Instant.parse("2026-03-10T06:00:00+02:00") == Instant.parse("2026-03-10T04:00:00Z")
    assert Instant.parse("2026-03-10T06:00:00+0200") == Instant.parse("2026-03-10t04:00z")
    aware = datetime(2026, 3, 10, 6, tzinfo=timezone(timedelta(hours=2)))
    assert Instant.parse(aware) == Instant.parse("2026-03-10T04:00:00Z")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2026-03-10T04:00:00", "has no time zone"),
        ("2026-03-10", "not an ISO 8601 time"),
        ("2026-03-10T24:00:00Z", "not a time of the calendar"),
        ("2026-02-29T00:00:00Z", "not a time of the calendar"),
        ("2016-12-31T23:59:60Z", "leap second"),
        ("2026-03-10T04:00:00+99:00", "offset past"),
        ("tomorrow", "not an ISO 8601 time"),
        ("٢٠٢٦-03-10T04:00:00Z", "not an ISO 8601 time"),
        ("", "not an ISO 8601 time"),
    ],
)
def test_what_is_no_time_is_refused_with_the_way_out(text: str, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason) as caught:
        Instant.parse(text, "start")
    assert caught.value.field == "start"


def test_a_naive_datetime_is_refused() -> None:
    with pytest.raises(InvalidValue, match="no time zone"):
        Instant.parse(datetime(2026, 3, 10))


def test_twelve_decimals_are_kept_to_better_than_a_nanosecond() -> None:
    fine = Instant.parse("2026-03-10T23:59:59.999999999999Z")
    assert Instant.parse("2026-03-11T00:00:00Z").seconds_since(fine) == pytest.approx(1e-12, abs=1e-11)
    assert fine.plus_s(1.0).seconds_since(fine) == pytest.approx(1.0, abs=ONE_NANOSECOND)


def test_rounding_up_carries_into_the_next_day() -> None:
    assert Instant.parse("2026-12-31T23:59:59.9996Z").isoformat(3) == "2027-01-01T00:00:00.000Z"
    assert Instant.parse("2026-12-31T23:59:59.9994Z").isoformat(3) == "2026-12-31T23:59:59.999Z"


def test_text_goes_there_and_back() -> None:
    for text in ("1957-10-04T19:28:34.000000Z", "2026-03-10T04:05:06.000007Z", "9999-12-31T00:00:00.500000Z"):
        assert Instant.parse(text).isoformat() == text


def test_j2000_is_where_it_should_be() -> None:
    noon = Instant.parse("2000-01-01T12:00:00Z")
    assert (noon.jd_day, noon.day_fraction) == (2451544.5, 0.5)
    assert noon.datetime() == datetime(2000, 1, 1, 12, tzinfo=UTC)


def test_a_reversed_span_is_refused() -> None:
    with pytest.raises(InvalidValue, match="not after the start") as caught:
        TimeSpan(Instant.parse("2026-03-11T00:00:00Z"), Instant.parse("2026-03-10T00:00:00Z"))
    assert caught.value.field == "end"


@pytest.mark.parametrize("hours", [0.0, -1.0, float("nan"), float("inf")])
def test_a_span_needs_positive_hours(hours: float) -> None:
    with pytest.raises(InvalidValue) as caught:
        TimeSpan.of("2026-03-11T00:00:00Z", hours=hours)
    assert caught.value.field == "hours"


def test_a_grid_ends_at_or_before_the_end_of_its_span() -> None:
    span = TimeSpan.of("2026-03-11T00:00:00Z", hours=1)
    assert TimeGrid.over(span, step_s=60.0).count == 61
    assert TimeGrid.over(span, step_s=61.0).count == 60
    assert TimeGrid.over(span, step_s=0.1).count == 36001


def test_a_catching_grid_has_a_time_inside_every_event_of_the_promised_length() -> None:
    span = TimeSpan.of("2026-03-11T00:00:00Z", hours=0.1)
    grid = TimeGrid.catching(span, shortest_event_s=7.0)
    assert grid.step_s <= 7.0
    assert grid.seconds[-1] == pytest.approx(span.duration_s)


@pytest.mark.parametrize(("step", "count", "field"), [(0.0, 5, "step_s"), (-1.0, 5, "step_s"), (1.0, 0, "count")])
def test_a_grid_without_times_is_refused(step: float, count: int, field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        TimeGrid(start="2026-03-11T00:00:00Z", step_s=step, count=count)
    assert caught.value.field == field


def test_columns_of_times_cannot_be_changed_and_cannot_be_nan() -> None:
    times = Instants.after("2026-03-11T00:00:00Z", [0.0, 86400.5])
    with pytest.raises(ValueError, match="read-only"):
        times.day_fraction[0] = 1.0
    assert times[1].isoformat(1) == "2026-03-12T00:00:00.5Z"
    with pytest.raises(InvalidValue):
        Instants(np.array([np.nan]), np.array([0.0]))


def test_leap_seconds_step_and_ut1_does_not() -> None:
    """Bulletin C 52: TAI-UTC is 36 s until 2016-12-31, 37 s from 2017-01-01."""
    earth = EarthOrientation.bundled()
    days = np.array([2457753.5, 2457754.5])
    assert earth.leap_seconds(days).tolist() == [36.0, 37.0]
    before, after = earth.ut1_minus_utc_s(days, np.array([1.0 - 1e-9, 0.0]))
    assert after - before == pytest.approx(1.0, abs=1e-4)
    # the angle runs on through the leap second: one second of rotation lies between these two
    angles = earth.sidereal_angle_rad(np.array([2457753.5, 2457754.5]), np.array([1.0 - 1e-12, 0.0]))
    assert angles[1] - angles[0] == pytest.approx(7.2921e-5, abs=1e-8)


def test_old_and_far_times_are_answered_with_a_caveat_never_an_error() -> None:
    earth = EarthOrientation.bundled()
    assert earth.caveat(Instant.parse("2024-11-01T00:00:00Z")) is None
    for text, said in (("1960-01-01T00:00:00Z", "before 1973"), ("2060-01-01T00:00:00Z", "predicted only until")):
        when = Instant.parse(text)
        assert said in (earth.caveat(when) or "")
        assert np.isfinite(earth.sidereal_angle_rad(np.array([when.jd_day]), np.array([0.0]))).all()
        assert abs(float(earth.ut1_minus_utc_s(np.array([when.jd_day]), np.array([0.0]))[0])) <= 0.9
