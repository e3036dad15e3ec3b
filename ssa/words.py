"""Numbers and times as people read them."""

from __future__ import annotations

from orbits.times import Instant


def duration(seconds: float | None) -> str:
    """A length of time in the unit that suits it.

    >>> duration(42.0), duration(5400.0), duration(86400.0), duration(200000.0), duration(None)
    ('42 s', '1 h 30 min', '24 h', '2.3 d', 'none')
    """
    if seconds is None:
        return "none"
    if seconds < 119.5:
        return f"{seconds:.3g} s"
    minutes = round(seconds / 60.0)
    if minutes < 60:
        return f"{minutes} min"
    if minutes <= 48 * 60:
        return f"{minutes // 60} h {minutes % 60:02d} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{seconds / 86400.0:.1f} d"


def percent(fraction: float | None) -> str:
    """A share in per cent, with the digits that it has.

    >>> percent(0.012345), percent(1.0), percent(0.0), percent(None)
    ('1.23 %', '100 %', '0 %', 'none')
    """
    return "none" if fraction is None else f"{fraction * 100.0:.3g} %"


def clock(time: str | Instant | None) -> str:
    """A time of UTC to the minute below it, with its day.

    >>> clock("2026-03-10T12:12:59Z"), clock(None)
    ('10 Mar 12:12', 'none')
    """
    if time is None:
        return "none"
    text = time if isinstance(time, str) else time.isoformat(0)
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{int(text[8:10])} {months[int(text[5:7]) - 1]} {text[11:16]}"


def place(latitude_deg: float, longitude_deg: float) -> str:
    """A place to a tenth of a degree.

    >>> place(-54.14, 25.3), place(0.0, -0.04)
    ('54.1° S 25.3° E', '0.0° N 0.0° W')
    """
    north, east = "N" if latitude_deg >= 0.0 else "S", "E" if longitude_deg >= 0.0 else "W"
    return f"{abs(latitude_deg):.1f}° {north} {abs(longitude_deg):.1f}° {east}"


def count(number: int) -> str:
    """A whole number.

    >>> count(12345)
    '12,345'
    """
    return f"{number:,}"


def days(value: float | None) -> str:
    """Days, as the age of element sets is told.

    >>> days(0.4321), days(12.34), days(None)
    ('0.4 d', '12.3 d', 'none')
    """
    return "none" if value is None else f"{value:.1f} d"
