"""Numbers as people read them: durations and shares."""

from __future__ import annotations


def duration(seconds: float | None) -> str:
    """A length of time in the unit that suits it.

    >>> duration(42.0), duration(5400.0), duration(200000.0), duration(None)
    ('42 s', '1 h 30 min', '2.3 d', 'none')
    """
    if seconds is None:
        return "none"
    if seconds < 119.5:
        return f"{seconds:.3g} s"
    minutes = round(seconds / 60.0)
    if minutes < 120:
        return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"
    if seconds < 48 * 3600.0:
        return f"{minutes // 60} h {minutes % 60:02d} min"
    return f"{seconds / 86400.0:.1f} d"


def percent(fraction: float | None) -> str:
    """A share in per cent, with the digits that it has.

    >>> percent(0.012345), percent(1.0), percent(0.0), percent(None)
    ('1.23 %', '100 %', '0 %', 'none')
    """
    return "none" if fraction is None else f"{fraction * 100.0:.3g} %"
