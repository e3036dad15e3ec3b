"""Times: UTC only, aware only, in two parts, so that nothing is lost to rounding.

An `Instant` is a UTC Julian date in two parts: the day (JD of 0 h, so it ends in .5) and the fraction of that day.
A fraction near 1 resolves 1e-16 day, about 0.01 ns. One float64 Julian date would lose 20 to 40 microseconds, which
is 0.15 to 0.3 m of a low orbit.

Limits: a leap second itself (23:59:60) has no representation here and is refused; the last one was 2016-12-31. The
difference of two instants counts 86,400 s to the day, as SGP4's own minutes since epoch do.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TypeAlias

import numpy as np

from orbits.arrays import Floats, read_only
from orbits.constants import SECONDS_PER_DAY
from orbits.errors import InvalidValue

_JD_OF_ORDINAL_ZERO = 1721424.5  # date.toordinal() 1 is 0001-01-01, JD 1721425.5
_MICROSECONDS_PER_DAY = 86_400_000_000
_ISO = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?([Zz]|[+-]\d{2}:?\d{2})?", re.ASCII
)

InstantLike: TypeAlias = "Instant | datetime | str"


@dataclass(frozen=True, order=True, slots=True)
class Instant:
    """A moment in UTC: `jd_day` is the Julian date of 0 h, `day_fraction` lies in [0, 1).

    >>> Instant.parse("2026-03-10T06:00:00Z")
    Instant('2026-03-10T06:00:00.000000Z')
    >>> Instant.parse("2026-03-10T06:00:00+02:00").isoformat(0)
    '2026-03-10T04:00:00Z'
    """

    jd_day: float
    day_fraction: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.jd_day) and math.isfinite(self.day_fraction)):
            raise InvalidValue("time", f"{self.jd_day} + {self.day_fraction}", "not a finite Julian date")
        whole = math.floor(self.jd_day - 0.5) + 0.5
        fraction = (self.jd_day - whole) + self.day_fraction
        carry = math.floor(fraction)
        object.__setattr__(self, "jd_day", whole + carry)
        object.__setattr__(self, "day_fraction", fraction - carry)

    @classmethod
    def parse(cls, when: InstantLike, field: str = "time") -> Instant:
        """An instant from ISO 8601 text with `Z` or an offset, an aware datetime, or an instant.

        Raises `InvalidValue` for a naive time, a leap second, hour 24, or anything that is not a date.
        """
        if isinstance(when, Instant):
            return when
        if isinstance(when, datetime):
            return cls._from_datetime(when, field)
        found = _ISO.fullmatch(when.strip()) if isinstance(when, str) else None
        if found is None:
            raise InvalidValue(field, when, "not an ISO 8601 time; write it as 2026-03-10T04:00:00Z")
        year, month, day, hour, minute, second, digits, zone = found.groups()
        if zone is None:
            raise InvalidValue(field, when, "has no time zone; add Z for UTC, or an offset such as +02:00")
        if second == "60":
            raise InvalidValue(field, when, "a leap second cannot be asked about; use 23:59:59 or 00:00:00")
        try:
            whole = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=UTC)
        except ValueError as error:
            raise InvalidValue(field, when, f"is not a time of the calendar ({error})") from None
        offset_s = 0
        if zone not in "Zz":
            clock = zone[1:].replace(":", "")
            if int(clock[:2]) > 23 or int(clock[2:]) > 59:
                raise InvalidValue(field, when, "has an offset past 23:59")
            offset_s = (int(clock[:2]) * 3600 + int(clock[2:]) * 60) * (-1 if zone[0] == "-" else 1)
        seconds_of_day = whole.hour * 3600 + whole.minute * 60 + whole.second - offset_s
        subsecond = int(digits) / 10 ** len(digits) if digits else 0.0
        return cls(whole.toordinal() + _JD_OF_ORDINAL_ZERO, (seconds_of_day + subsecond) / SECONDS_PER_DAY)

    @classmethod
    def _from_datetime(cls, when: datetime, field: str) -> Instant:
        if when.tzinfo is None:
            raise InvalidValue(field, when.isoformat(), "has no time zone; use an aware datetime, such as tzinfo=UTC")
        utc = when.astimezone(UTC)
        midnight = utc.replace(hour=0, minute=0, second=0, microsecond=0)
        microseconds = (utc - midnight) // timedelta(microseconds=1)
        return cls(utc.toordinal() + _JD_OF_ORDINAL_ZERO, microseconds / _MICROSECONDS_PER_DAY)

    @classmethod
    def of_date(cls, day: date) -> Instant:
        """0 h UTC of a calendar day."""
        return cls(day.toordinal() + _JD_OF_ORDINAL_ZERO, 0.0)

    @classmethod
    def now(cls) -> Instant:
        """The machine's clock; only faces and sources call it, analyses take their times as arguments."""
        return cls.parse(datetime.now(UTC))

    def plus_s(self, seconds: float) -> Instant:
        """The instant `seconds` later (earlier if negative)."""
        return Instant(self.jd_day, self.day_fraction + seconds / SECONDS_PER_DAY)

    def seconds_since(self, other: Instant) -> float:
        """Seconds from `other` to this instant, 86,400 to the day."""
        return ((self.jd_day - other.jd_day) + (self.day_fraction - other.day_fraction)) * SECONDS_PER_DAY

    def days_since(self, other: Instant) -> float:
        """Days from `other` to this instant."""
        return (self.jd_day - other.jd_day) + (self.day_fraction - other.day_fraction)

    def datetime(self) -> datetime:
        """The aware UTC datetime, rounded to the microsecond."""
        microseconds = round(self.day_fraction * _MICROSECONDS_PER_DAY)
        ordinal = round(self.jd_day - _JD_OF_ORDINAL_ZERO)
        if not 1 <= ordinal <= date.max.toordinal():
            raise InvalidValue("time", f"JD {self.jd_day}", "outside the years 1 to 9999")
        return datetime.combine(date.fromordinal(ordinal), datetime.min.time(), tzinfo=UTC) + timedelta(
            microseconds=microseconds
        )

    def date(self) -> date:
        """The UTC calendar day."""
        return self.datetime().date()

    def isoformat(self, digits: int = 6) -> str:
        """ISO 8601 text with `Z`, rounded to `digits` (0 to 6) decimals of a second."""
        quantum = 10 ** (6 - digits)
        microseconds = round(round(self.day_fraction * _MICROSECONDS_PER_DAY) / quantum) * quantum
        when = Instant(self.jd_day, microseconds / _MICROSECONDS_PER_DAY).datetime()
        decimals = f".{when.microsecond:06d}"[: digits + 1] if digits else ""
        return f"{when.year:04d}-{when:%m-%dT%H:%M:%S}{decimals}Z"

    def __str__(self) -> str:
        return self.isoformat()

    def __repr__(self) -> str:
        return f"Instant('{self.isoformat()}')"


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A window of time, start before end.

    >>> TimeSpan.of("2026-03-11T00:00:00Z", hours=24).end
    Instant('2026-03-12T00:00:00.000000Z')
    """

    start: Instant
    end: Instant

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", Instant.parse(self.start, "start"))
        object.__setattr__(self, "end", Instant.parse(self.end, "end"))
        if not self.start < self.end:
            raise InvalidValue("end", self.end, f"is not after the start, {self.start}; give a later end")

    @classmethod
    def of(cls, start: InstantLike, *, hours: float) -> TimeSpan:
        """The window of `hours` that begins at `start`."""
        if not (math.isfinite(hours) and hours > 0):
            raise InvalidValue("hours", hours, "must be a positive number")
        first = Instant.parse(start, "start")
        return cls(first, first.plus_s(hours * 3600.0))

    @property
    def duration_s(self) -> float:
        return self.end.seconds_since(self.start)


@dataclass(frozen=True, eq=False, slots=True)
class Instants:
    """Arbitrary times as columns: `jd_day` (t,) and `day_fraction` (t,), UTC, read-only.

    >>> Instants.of(["2026-03-10T00:00:00Z", "2026-03-11T12:00:00Z"]).day_fraction
    array([0. , 0.5])
    """

    jd_day: Floats
    day_fraction: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "jd_day", read_only(self.jd_day, np.float64))
        object.__setattr__(self, "day_fraction", read_only(self.day_fraction, np.float64))
        if self.jd_day.shape != self.day_fraction.shape or self.jd_day.ndim != 1:
            raise InvalidValue("times", self.jd_day.shape, "days and fractions must be two columns of one length")
        if not (np.isfinite(self.jd_day).all() and np.isfinite(self.day_fraction).all()):
            raise InvalidValue("times", "NaN or infinity", "every time must be finite")

    @classmethod
    def of(cls, times: object) -> Instants:
        """From a sequence of instants, aware datetimes or ISO texts."""
        parsed = [Instant.parse(when) for when in times]  # type: ignore[attr-defined]
        return cls(np.array([t.jd_day for t in parsed]), np.array([t.day_fraction for t in parsed]))

    @classmethod
    def after(cls, start: InstantLike, seconds: object) -> Instants:
        """The instants `seconds` (t,) after `start`."""
        first = Instant.parse(start, "start")
        fraction = first.day_fraction + np.asarray(seconds, dtype=np.float64) / SECONDS_PER_DAY
        carry = np.floor(fraction)
        return cls(first.jd_day + carry, fraction - carry)

    def __len__(self) -> int:
        return len(self.jd_day)

    def __getitem__(self, index: int) -> Instant:
        return Instant(float(self.jd_day[index]), float(self.day_fraction[index]))


@dataclass(frozen=True, slots=True)
class TimeGrid:
    """Uniform times: `count` instants from `start`, `step_s` apart.

    >>> TimeGrid(start="2026-03-10T04:00:00Z", step_s=60, count=3).seconds
    array([  0.,  60., 120.])
    """

    start: Instant
    step_s: float
    count: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", Instant.parse(self.start, "start"))
        object.__setattr__(self, "step_s", float(self.step_s))
        if not (math.isfinite(self.step_s) and self.step_s > 0):
            raise InvalidValue("step_s", self.step_s, "must be a positive number of seconds")
        if self.count < 1:
            raise InvalidValue("count", self.count, "a grid has at least one time")

    @classmethod
    def over(cls, span: TimeSpan, *, step_s: float) -> TimeGrid:
        """Times from the start of `span` every `step_s`, the last at or before its end."""
        if not (math.isfinite(step_s) and step_s > 0):
            raise InvalidValue("step_s", step_s, "must be a positive number of seconds")
        return cls(span.start, step_s, math.floor(span.duration_s / step_s * (1 + 1e-12)) + 1)

    @classmethod
    def catching(cls, span: TimeSpan, *, shortest_event_s: float) -> TimeGrid:
        """A grid that puts at least one time inside every event of `span` that lasts `shortest_event_s` or longer."""
        steps = math.ceil(span.duration_s / shortest_event_s)
        return cls(span.start, span.duration_s / steps, steps + 1)

    @property
    def seconds(self) -> Floats:
        """Seconds since the start, (t,)."""
        return np.arange(self.count, dtype=np.float64) * self.step_s

    @property
    def instants(self) -> Instants:
        """Every time of the grid; those of the last few grids are kept."""
        return _instants_of(self)

    def __len__(self) -> int:
        return self.count


@lru_cache(maxsize=4)
def _instants_of(grid: TimeGrid) -> Instants:
    return Instants.after(grid.start, grid.seconds)
