"""Briefing schedules as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

import orjson

from ssa.catalogue.briefing_schedules import BriefingSchedule, ScheduledBriefing

SCHEDULES = "/v1/briefing-schedules"


def schedule_row(kept: BriefingSchedule, series: Iterable[ScheduledBriefing]) -> dict[str, Any]:
    """A schedule with its series, the newest first."""
    return {
        "name": kept.name, "time_utc": kept.time_utc, "keep": kept.keep, "briefing": orjson.loads(kept.request),
        "next_run": kept.next_run.isoformat(0), "due": None if kept.due is None else kept.due.isoformat(0),
        "job_id": kept.job_id, "problem": kept.problem, "changed": kept.changed.isoformat(3),
        "series": [
            {"number": one.number, "start": one.due.isoformat(0), "made": one.made.isoformat(3), "job_id": one.job_id,
             "href": f"{SCHEDULES}/{quote(kept.name, safe='')}/briefings/{one.number}"}
            for one in series if one.schedule == kept.name
        ],
    }  # fmt: skip
