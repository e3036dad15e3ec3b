"""Windows of time as callers give them: a start with hours or an end, within the years that mean something."""

from __future__ import annotations

from orbits import Instant, InvalidValue, TimeSpan
from orbits.times import InstantLike

FIRST_TIME = Instant.parse("1957-10-04T00:00:00Z")  # the first artificial satellite
LAST_TIME = Instant.parse("2100-01-01T00:00:00Z")
MAX_HOURS = 744.0  # 31 days


def moment(when: InstantLike, field: str) -> Instant:
    """A time within the years for which there are satellites; raises `InvalidValue` outside them."""
    found = Instant.parse(when, field)
    if not FIRST_TIME <= found <= LAST_TIME:
        raise InvalidValue(field, when, f"outside {FIRST_TIME.date()} to {LAST_TIME.date()}")
    return found


def window(start: InstantLike, *, hours: float | None = None, end: InstantLike | None = None) -> TimeSpan:
    """From `start` for `hours` (24 if neither is given), or until `end`; at most 744 h.

    Raises `InvalidValue` for windows that are reversed, too long, outside 1957 to 2100, or given twice.
    """
    first = moment(start, "start")
    if end is not None:
        if hours is not None:
            raise InvalidValue("hours", hours, "stands beside an end; give one of the two")
        span = TimeSpan(first, moment(end, "end"))
    else:
        span = TimeSpan.of(first, hours=24.0 if hours is None else hours)
        moment(span.end, "hours")
    if span.duration_s > MAX_HOURS * 3600.0:
        field, value = ("hours", hours) if end is None else ("end", end)
        asked = span.duration_s / 3600.0
        raise InvalidValue(
            field, value, f"makes a window of {asked:,.0f} h, longer than {MAX_HOURS:.0f} h; ask in parts"
        )
    return span
