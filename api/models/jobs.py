"""Answers about jobs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.models.answers import ProblemDocument
from api.models.queries import MAX_PAGE, Name

State = Literal["queued", "running", "done", "failed", "cancelled", "interrupted"]


class Job(BaseModel):
    """A heavy question that is computed outside of a request."""

    id: str
    kind: str
    state: State
    fraction: float = Field(description="How much is done, 0 to 1.")
    seconds_left: float | None = Field(description="From the pace so far; null while nobody can tell.")
    seconds_estimated: float = Field(description="What was estimated before it began, on one core.")
    attempts: int = Field(description="Times it was begun: more than 1 when a worker was gone in the middle.")
    partials: int = Field(description="Partial results so far; the events hold them.")
    partials_dropped: int = Field(description="Partial results beyond the limit, which nobody can see.")
    created: str
    started: str | None
    finished: str | None
    expires: str | None = Field(description="When job and result are removed.")
    request_digest: str = Field(description="Equal digests of request and catalogue, equal answers.")
    catalogue_digest: str
    catalogue_as_of: str
    location: str
    events: str
    result: str | None = Field(description="Where the answer is; null unless the state is done.")
    problem: ProblemDocument | None = Field(description="Why it failed or was interrupted.")


class AcceptedJob(Job):
    """The job of a question that was asked."""

    existing: bool = Field(description="The same was asked of the same catalogue before: this is that job.")


class JobAnswer(BaseModel):
    """One job."""

    job: Job


class JobsAnswer(BaseModel):
    """A page of jobs, the newest first."""

    jobs: list[Job]
    next: str | None


class JobsQuery(BaseModel):
    """Which jobs."""

    model_config = ConfigDict(extra="forbid")

    state: State | None = None
    kind: Annotated[Name | None, Field(description="Kind of question, such as passes.")] = None
    limit: Annotated[int, Field(ge=1, le=MAX_PAGE, description="Jobs of a page.")] = 100
    cursor: Annotated[
        str | None, Field(max_length=100, description="Where the page begins: `next` of the page before.")
    ] = None
