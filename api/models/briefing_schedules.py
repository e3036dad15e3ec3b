"""Questions and answers about scheduled briefings."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.models.briefing import BriefingChoice
from ssa.catalogue.briefing_schedules import MOST_KEPT


class ScheduleBody(BaseModel):
    """A briefing each day: what `briefing` asks, beginning at `time_utc`, on the newest catalogue there is then."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=100, description="Name of the schedule.")]
    time_utc: Annotated[
        str,
        Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", description="Time of day, UTC: 04:05.", examples=["04:05"]),
    ]
    keep: Annotated[int, Field(ge=1, le=MOST_KEPT, description="Briefings that are kept; older ones go.")] = 14
    briefing: Annotated[BriefingChoice, Field(description="As for POST /v1/briefings, without start and as_of.")]


class KeptBriefing(BaseModel):
    """One of a series; its file is at `href`."""

    number: int
    start: str
    made: str
    job_id: str
    href: str


class ScheduleRow(BaseModel):
    """A schedule; `due` is the time whose briefing is under way, `problem` why the last one failed."""

    name: str
    time_utc: str
    keep: int
    briefing: dict[str, Any]
    next_run: str
    due: str | None
    job_id: str | None
    problem: str | None
    changed: str
    series: list[KeptBriefing]


class ScheduleReply(BaseModel):
    """One schedule with its series, the newest first."""

    schedule: ScheduleRow


class SchedulesReply(BaseModel):
    """Every schedule, by name."""

    schedules: list[ScheduleRow]
