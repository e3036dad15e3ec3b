"""Briefings that are made each day, and the series of each."""

from __future__ import annotations

import gzip
from typing import Annotated

import orjson
from fastapi import APIRouter, Path
from starlette.responses import Response

from api.answers.briefing_schedules import SCHEDULES, schedule_row
from api.answers.watchlists import checked_name
from api.dependencies import Desk, Schedules
from api.errors import NotFound
from api.jobs.digests import canonical_request
from api.jobs.kinds.briefing import BRIEFING
from api.models.briefing import BriefingRequest
from api.models.briefing_schedules import ScheduleBody, ScheduleReply, SchedulesReply
from api.responses import JsonAnswer
from api.routers.briefings import as_file
from api.routers.documented import problems
from orbits import Instant
from ssa.catalogue.briefing_schedules import BriefingSchedule, next_time

router = APIRouter(prefix=SCHEDULES, tags=["briefings"])
Name = Annotated[str, Path(min_length=1, max_length=100, description="Name of a schedule.")]
Number = Annotated[int, Path(ge=1, le=1 << 53, description="Number of a briefing in the series.")]


@router.get("", response_model=SchedulesReply, response_class=JsonAnswer, responses=problems(503))
def briefing_schedules(schedules: Schedules) -> Response:
    """Every schedule, by name, with its series."""
    series = schedules.series()
    return JsonAnswer({"schedules": [schedule_row(kept, series) for kept in schedules.all()]})


@router.get("/{name}", response_model=ScheduleReply, response_class=JsonAnswer, responses=problems(404, 422, 503))
def briefing_schedule(name: Name, schedules: Schedules) -> Response:
    """One schedule, with its series."""
    kept = schedules.find(name)
    if kept is None:
        raise NotFound("name", name, "is no briefing schedule of this database")
    return JsonAnswer({"schedule": schedule_row(kept, schedules.series(name))})


@router.post(
    "",
    response_model=ScheduleReply,
    response_class=JsonAnswer,
    responses={**problems(400, 413, 422, 503), 201: {"model": ScheduleReply, "description": "Kept; it is new."}},
)
def keep_briefing_schedule(body: ScheduleBody, schedules: Schedules, desk: Desk) -> Response:
    """Brief each day at a time of UTC, in place of the schedule of this name; 100 schedules of at most 100 briefings.

    The first comes at the next such time. What could not be asked now is refused.
    """
    at = Instant.now()
    asked = body.briefing.model_dump(exclude_unset=True)
    desk.require_askable(BRIEFING, BriefingRequest(**asked, start=next_time(body.time_utc, at).isoformat(0)))
    wanted = BriefingSchedule(
        name=checked_name(body.name), request=canonical_request(body.briefing).decode(), time_utc=body.time_utc,
        keep=body.keep, next_run=next_time(body.time_utc, at), changed=at,
    )  # fmt: skip
    is_new = schedules.save(wanted)
    row = schedule_row(wanted, schedules.series(wanted.name))
    return JsonAnswer({"schedule": row}, status_code=201 if is_new else 200)


@router.delete("/{name}", response_model=ScheduleReply, response_class=JsonAnswer, responses=problems(404, 422, 503))
def remove_briefing_schedule(name: Name, schedules: Schedules) -> Response:
    """Remove a schedule with its series; the answer is what it was."""
    kept, series = schedules.find(name), schedules.series(name)
    if kept is None or not schedules.remove(name):
        raise NotFound("name", name, "is no briefing schedule of this database")
    return JsonAnswer({"schedule": schedule_row(kept, series)})


@router.get(
    "/{name}/briefings/{number}", response_class=Response,
    responses={
        200: {"content": {"text/html": {}, "application/pdf": {}, "application/json": {}}, "description": "The file."},
        **problems(404, 422, 503),
    },
)  # fmt: skip
def scheduled_briefing(name: Name, number: Number, schedules: Schedules) -> Response:
    """The file of one briefing of a series."""
    content = schedules.content(name, number)
    if content is None:
        raise NotFound("number", number, f"is no briefing that is kept of the schedule {name}")
    return as_file(orjson.loads(gzip.decompress(content))["file"])
