"""Epochs in text: year and day of a TLE, calendar or day-of-year form of an OMM, each as a two-part Julian date.

The first part is the Julian date of 0 h UTC, the second the fraction of that day in [0, 1), the float64 nearest to
what the decimal text says: nothing is rounded twice. A leap second (23:59:60 on 30 June or 31 December) is read as
the next midnight, since these dates count 86,400 s to the day.

Source: CCSDS 502.0-B-3, 7.5.10; T. S. Kelso, Satellite Times, January 1998 (two-digit years 57 to 99 are 19xx).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

_JD_OF_ORDINAL_ZERO = 1721424.5  # date.toordinal() 1 is 0001-01-01, JD 1721425.5
_FIRST_YEAR = 1957  # nothing was in orbit before 4 October 1957
_CCSDS = re.compile(r"(\d{4}-(?:\d\d-\d\d|\d{3}))T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,18}))?Z?", re.ASCII)
_CCSDS_SHAPE = "a UTC time such as 2026-03-10T04:00:00.000000 (or 2026-069T04:00:00), from 1957 on"
_DECIMALS = (6, 9, 12, 15, 18)


def full_year(two_digits: int) -> int:
    """The year of a TLE's two digits: 57 to 99 are 19xx, 00 to 56 are 20xx."""
    return two_digits + (1900 if two_digits >= 57 else 2000)


# The JD of "day 0", 0 h of 31 December of the year before, by two-digit year.
_JD_OF_DAY_ZERO = [date(full_year(yy), 1, 1).toordinal() - 1 + _JD_OF_ORDINAL_ZERO for yy in range(100)]


def tle_epoch(year: str, day: str) -> tuple[float, float]:
    """The epoch of a TLE's columns 19-20 and 21-32 (`ddd.dddddddd`, day 1 is 1 January).

    >>> tle_epoch("26", "069.50000000")
    (2461109.5, 0.5)
    """
    return _JD_OF_DAY_ZERO[int(year)] + int(day[:3]), float(day[3:])


def ccsds_epoch(text: str) -> tuple[float, float]:
    """The epoch of an OMM's EPOCH. Raises `ValueError`, whose text says what was expected.

    >>> ccsds_epoch("2026-069T12:00:00Z")
    (2461109.5, 0.5)
    """
    found = _CCSDS.fullmatch(text)
    if found is None:
        raise ValueError(_CCSDS_SHAPE)
    day_text, hour, minute, second, digits = found.groups()
    jd_day = _jd_of_day(day_text)
    hours, minutes, seconds = int(hour), int(minute), int(second)
    if hours > 23 or minutes > 59 or seconds > 60:
        raise ValueError(_CCSDS_SHAPE)
    whole = hours * 3600 + minutes * 60 + seconds
    if seconds == 60:
        if whole != 86_400 or not _may_end_with_a_leap_second(jd_day):
            raise ValueError("seconds below 60 (23:59:60 only on 30 June and 31 December)")
        jd_day, whole = jd_day + 1.0, 0
    scale = 10 ** len(digits or "")
    day_fraction = (whole * scale + int(digits or 0)) / (86_400 * scale)  # int / int rounds once
    return (jd_day, day_fraction) if day_fraction < 1.0 else (jd_day + 1.0, 0.0)  # the last picoseconds of a day


@lru_cache(maxsize=4096)
def _jd_of_day(text: str) -> float:
    year = int(text[:4])
    try:
        if year < _FIRST_YEAR:
            raise ValueError
        if len(text) == 8:
            day_of_year = int(text[5:])
            day = date(year, 1, 1) + timedelta(days=day_of_year - 1)
            if day.year != year:
                raise ValueError
        else:
            day = date(year, int(text[5:7]), int(text[8:]))
    except (ValueError, OverflowError):
        raise ValueError(_CCSDS_SHAPE) from None
    return day.toordinal() + _JD_OF_ORDINAL_ZERO


def _may_end_with_a_leap_second(jd_day: float) -> bool:
    day = calendar_day(jd_day)
    return (day.month, day.day) in ((6, 30), (12, 31))


def calendar_day(jd_day: float) -> date:
    """The calendar day of a Julian date at 0 h. Raises `ValueError` or `OverflowError` outside the years 1 to 9999."""
    return date.fromordinal(round(jd_day - _JD_OF_ORDINAL_ZERO))


def _day_of(jd_day: float, day_fraction: float) -> date:
    if jd_day % 1.0 != 0.5 or not 0.0 <= day_fraction < 1.0:
        raise ValueError("the Julian date of 0 h and a fraction of the day")
    return calendar_day(jd_day)


def format_ccsds_epoch(jd_day: float, day_fraction: float) -> str:
    """The epoch as `2026-03-10T04:00:00.000000`, with as many decimals as bring back the same fraction.

    Six are enough for every epoch that a TLE or CelesTrak prints; at most 18 are written. Raises `ValueError` for a
    day outside the years 1957 to 9999, and for dates that are not 0 h and a fraction in [0, 1).
    """
    day = _day_of(jd_day, day_fraction)
    if day.year < _FIRST_YEAR:
        raise ValueError(f"an epoch from {_FIRST_YEAR} on")
    exact = Fraction(day_fraction)
    for decimals in _DECIMALS:
        scale = 10**decimals
        count = round(exact * 86_400 * scale)
        if count / (86_400 * scale) == day_fraction:
            break
    seconds, subsecond = divmod(count, scale)
    return (
        f"{day.isoformat()}T{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{subsecond:0{decimals}d}"
    )


def format_tle_epoch(jd_day: float, day_fraction: float) -> str:
    """The epoch as a TLE's columns 19-32, rounded to 1e-8 day. Raises `ValueError` outside 1957 to 2056.

    >>> format_tle_epoch(2461109.5, 0.5)
    '26069.50000000'
    """
    rounded = f"{day_fraction:.8f}"
    day = _day_of(jd_day, day_fraction) + timedelta(days=int(rounded[0]))
    if not _FIRST_YEAR <= day.year < _FIRST_YEAR + 100:
        raise ValueError("an epoch from 1957 to 2056")
    return f"{day.year % 100:02d}{day.timetuple().tm_yday:03d}{rounded[1:]}"
