"""Epochs in text: two-part Julian dates that are the nearest float64 to the decimal text."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from orbits.formats.epochs import ccsds_epoch, format_ccsds_epoch, format_tle_epoch, full_year, tle_epoch

JD_2026_03_10 = 2461109.5  # 0 h UTC; 2000-01-01 12 h is 2451545.0


@pytest.mark.parametrize(
    ("text", "same_as"),
    [("2026-03-10T00:00:00", (JD_2026_03_10, 0.0)), ("2026-069T18:00:00Z", (JD_2026_03_10, 0.75)),
     ("2026-03-10T06:00:00.0000000000000001", (JD_2026_03_10, 0.25)),
     ("2024-366T00:00:00", (2460675.5, 0.0)), ("1957-10-04T19:28:34", (2436115.5, 70114 / 86400))],
)  # fmt: skip
def test_calendar_and_day_of_year_forms_are_read(text: str, same_as: tuple[float, float]) -> None:
    assert ccsds_epoch(text) == same_as


def test_a_leap_second_is_read_as_the_next_midnight() -> None:
    assert ccsds_epoch("2016-12-31T23:59:60.25") == ccsds_epoch("2017-01-01T00:00:00.25")
    for text in ("2026-03-10T23:59:60", "2016-12-31T22:59:60", "2016-12-31T23:59:61"):
        with pytest.raises(ValueError, match=r"below 60|UTC time"):
            ccsds_epoch(text)


@pytest.mark.parametrize(
    "text",
    ["", "2026-9-20T12:42:37", "2026-09-20 12:42:37", "26263.52959654", "2026-09-20T12:42:37+00:00",
     "2026-02-29T00:00:00",
     "2026-366T00:00:00", "2026-000T00:00:00", "2026-13-01T00:00:00", "2026-03-10T24:00:00", "2026-03-10T12:60:00",
     "0026-03-10T12:00:00", "1956-12-31T00:00:00", "0000-001T00:00:00", "9999-366T00:00:00", "2026-03-10T12:00",
     "٢٠٢٦-03-10T12:00:00", "2026-03-10T12:00:00." + "1" * 19, "2026-03-10t12:00:00"],
)  # fmt: skip
def test_what_is_not_an_epoch_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="UTC time"):
        ccsds_epoch(text)


def test_the_fraction_is_the_nearest_float64_to_the_text() -> None:
    """One rounding: the exact rational of the text, divided once."""
    for digits in ("5", "743492", "999999", "123456789012", "999999999999999999"):
        exact = (Fraction(12 * 3600 + 18 * 60 + 43) + Fraction(int(digits), 10 ** len(digits))) / 86400
        assert ccsds_epoch(f"2026-03-10T12:18:43.{digits}") == (JD_2026_03_10, float(exact))


def test_the_last_picosecond_of_a_day_is_the_next_day() -> None:
    """86,399.999999999999 s / 86,400 is nearer to 1 than to any float64 below."""
    assert ccsds_epoch("2026-03-10T23:59:59.999999999999") == (JD_2026_03_10 + 1, 0.0)


@pytest.mark.parametrize(
    ("jd_day", "fraction"), [(JD_2026_03_10, 1.0), (JD_2026_03_10, -0.1), (JD_2026_03_10 + 0.25, 0.0)]
)
def test_dates_that_are_not_a_midnight_and_a_fraction_are_not_written(jd_day: float, fraction: float) -> None:
    for write in (format_ccsds_epoch, format_tle_epoch):
        with pytest.raises(ValueError, match="0 h"):
            write(jd_day, fraction)


def test_two_digit_years_turn_at_57() -> None:
    assert [full_year(year) for year in (57, 58, 99, 0, 26, 56)] == [1957, 1958, 1999, 2000, 2026, 2056]
    assert tle_epoch("99", "365.00000000")[0] + 1 == tle_epoch("00", "001.00000000")[0]


@pytest.mark.parametrize("year", [1957, 1999, 2000, 2024, 2025, 2056])
def test_tle_days_count_from_the_first_of_january(year: int) -> None:
    last = datetime(year, 12, 31)
    days = (last - datetime(year, 1, 1)).days + 1
    jd_day, fraction = tle_epoch(f"{year % 100:02d}", f"{days:03d}.25000000")
    assert (jd_day, fraction) == ccsds_epoch((last + timedelta(hours=6)).isoformat())


def test_an_epoch_is_written_with_as_many_decimals_as_bring_it_back() -> None:
    assert format_ccsds_epoch(JD_2026_03_10, 0.5) == "2026-03-10T12:00:00.000000"
    for fraction in (0.0, 1 / 3, 0.1, 1 - 2**-53, 1e-9, 0.15855510999999998):
        text = format_ccsds_epoch(JD_2026_03_10, fraction)
        assert ccsds_epoch(text) == (JD_2026_03_10, fraction), text


def test_rounding_to_a_tle_may_carry_into_the_next_year() -> None:
    assert format_tle_epoch(*ccsds_epoch("2025-12-31T23:59:59.9999")) == "26001.00000000"
    assert format_tle_epoch(*ccsds_epoch("2000-02-29T12:00:00")) == "00060.50000000"


@pytest.mark.parametrize("text", ["2057-01-01T00:00:00", "2056-12-31T23:59:59.9999"])
def test_a_tle_holds_no_epoch_after_2056(text: str) -> None:
    with pytest.raises(ValueError, match="1957 to 2056"):
        format_tle_epoch(*ccsds_epoch(text))
