"""A job as a value: a heavy question, who computes it, how far it is, and how it ended.

    queued -> running -> done | failed
    queued | running -> cancelled
    running -> queued        its holder gave it back, or is gone
    running -> interrupted   its holder is gone, for the last time that is put up with

The four at the end of an arrow that nothing leaves are final. Requests, results and partial results are JSON that this
room stores and never reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, delete, select

from orbits import Instant
from ssa.catalogue.tables import job_partials, job_results, jobs

JobState = Literal["queued", "running", "done", "failed", "cancelled", "interrupted"]
FINAL: tuple[JobState, ...] = ("done", "failed", "cancelled", "interrupted")
STATES: tuple[JobState, ...] = ("queued", "running", *FINAL)


@dataclass(frozen=True, slots=True)
class NewJob:
    """A heavy question as it is asked; equal digests of question and catalogue mean equal answers."""

    kind: str
    request: str
    request_digest: str
    catalogue_digest: str
    catalogue_as_of: Instant
    estimated_s: float
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job as it is now. `version` grows with everything that can be seen of it from outside.

    `attempts` counts the times it was begun, `lost_leases` those whose holder was gone; `elapsed_s` is the time since
    this attempt began, `partials` the number of its partial results; `problem` is the JSON of a problem document.
    """

    number: int
    id: str
    kind: str
    request: str
    request_digest: str
    catalogue_digest: str
    catalogue_as_of: Instant
    idempotency_key: str | None
    estimated_s: float
    state: JobState
    version: int
    attempts: int
    lost_leases: int
    holder: str | None
    beat: int
    fraction: float
    elapsed_s: float | None
    partials: int
    partials_dropped: int
    created: Instant
    started: Instant | None
    finished: Instant | None
    expires: Instant | None
    problem: str | None

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    @property
    def left_s(self) -> float | None:
        """Seconds that the rest takes if it goes as what is done; None before anything is."""
        if self.state != "running" or self.elapsed_s is None or self.fraction <= 0.0:
            return None
        return self.elapsed_s * (1.0 - self.fraction) / self.fraction


_TIMES = ("catalogue_as_of", "created", "started", "finished", "expires")


def record_of(row: Any) -> JobRecord:
    """The record of a row of `jobs`."""
    columns = dict(row._mapping)
    for name in _TIMES:
        if columns[name] is not None:
            columns[name] = Instant.parse(columns[name])
    return JobRecord(**columns)


def read_job(connection: Connection, *where: Any) -> JobRecord | None:
    """The newest job that fits; None when there is none."""
    found = connection.execute(select(jobs).where(*where).order_by(jobs.c.number.desc()).limit(1)).first()
    return None if found is None else record_of(found)


def remove_jobs(connection: Connection, numbers: list[int]) -> None:
    """Take jobs away with all that hangs on them."""
    for table, column in (
        (job_partials, job_partials.c.job_number),
        (job_results, job_results.c.job_number),
        (jobs, jobs.c.number),
    ):
        connection.execute(delete(table).where(column.in_(numbers)))
