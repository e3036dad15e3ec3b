"""Days of the calendar as the record knows them: a day, a month or only a year.

A treaty record often says "1956" or "2019-12". The rule of this package: something that begins in a period counts from
its first day, something that ends in it counts through its last day. Answers name the dates that are not exact.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from orbits.errors import InvalidValue

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class RecordedDate:
    """A date as far as it is known.

    >>> RecordedDate.parse("2019-12").last_day
    datetime.date(2019, 12, 31)
    """

    text: str
    first_day: date
    last_day: date

    @classmethod
    def parse(cls, text: object, field: str = "date") -> RecordedDate:
        """From `2014`, `2019-12` or `2020-02-11`; raises `InvalidValue` for anything else."""
        if isinstance(text, date) and not isinstance(text, datetime):
            text = text.isoformat()
        found = _WRITTEN.fullmatch(text) if isinstance(text, str) else None
        if found is None:
            raise InvalidValue(field, text, "not a date; write it as 2020-02-11, or as 2020-02 or 2020 if rough")
        month, day = (int(part) if part else None for part in found.groups()[1:])
        try:
            first = date(int(found[1]), month or 1, day or 1)
        except ValueError as error:
            raise InvalidValue(field, text, f"is not a day of the calendar ({error})") from None
        if day:
            return cls(found[0], first, first)
        last_month = month or 12
        return cls(found[0], first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1]))

    @property
    def precision(self) -> Literal["day", "month", "year"]:
        return "day" if len(self.text) == 10 else "month" if len(self.text) == 7 else "year"

    def __str__(self) -> str:
        return self.text


def calendar_day(day: date | str, field: str = "on") -> date:
    """The calendar day from a date or from ISO text such as 2026-03-10; raises `InvalidValue`.

    >>> calendar_day("2026-03-10")
    datetime.date(2026, 3, 10)
    """
    if isinstance(day, datetime):
        raise InvalidValue(field, day.isoformat(), "is a time; membership is counted by the day, give a date")
    if isinstance(day, date):
        return day
    try:
        return date.fromisoformat(day if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day, re.ASCII) else "")
    except (ValueError, TypeError):
        raise InvalidValue(field, day, "not a day of the calendar; write it as 2026-03-10") from None
