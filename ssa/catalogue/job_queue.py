"""The askers' side of jobs: ask, look, cancel, take the answer.

A question that was asked before of the same catalogue is not computed again: who asks it gets the job that there is,
unless that one failed, was cancelled or is gone.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import func, insert, select, update

from orbits import Instant, InvalidValue
from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.job_records import FINAL, JobRecord, JobState, NewJob, read_job, record_of, remove_jobs
from ssa.catalogue.job_totals import count_ended
from ssa.catalogue.tables import job_partials, job_results, job_totals, jobs


class QueueFull(Exception):
    """As many jobs wait as may wait."""


class Total(NamedTuple):
    """Jobs of a kind that ended in a state since the database was made, and the seconds they took."""

    kind: str
    state: str
    jobs: int
    seconds: float


class JobQueue:
    """The jobs of a database, as those see them who ask."""

    def __init__(self, database: JobDatabase) -> None:
        self._database = database

    def submit(self, new: NewJob, *, at: Instant, most_queued: int) -> tuple[JobRecord, bool]:
        """The job of a question, and whether it was there before.

        Raises `QueueFull` when `most_queued` wait already, `InvalidValue` for an idempotency key that was used for
        another question.
        """
        with self._database.writing() as connection:
            found = None
            if new.idempotency_key is not None:
                found = read_job(connection, jobs.c.idempotency_key == new.idempotency_key)
                if found is not None and (found.kind, found.request_digest) != (new.kind, new.request_digest):
                    raise InvalidValue(
                        "Idempotency-Key", new.idempotency_key, "was used for another question; take a new key"
                    )
            found = found or read_job(
                connection,
                jobs.c.request_digest == new.request_digest,
                jobs.c.catalogue_digest == new.catalogue_digest,
                jobs.c.state.in_(("queued", "running", "done")),
            )
            if found is not None:
                return found, True
            waiting = connection.execute(select(func.count()).where(jobs.c.state == "queued")).scalar_one()
            if waiting >= most_queued:
                raise QueueFull(f"{waiting} jobs wait already")
            job_id = secrets.token_hex(16)
            connection.execute(
                insert(jobs).values(
                    id=job_id, kind=new.kind, request=new.request, request_digest=new.request_digest,
                    catalogue_digest=new.catalogue_digest, catalogue_as_of=new.catalogue_as_of.isoformat(),
                    idempotency_key=new.idempotency_key, estimated_s=new.estimated_s, state="queued", version=1,
                    attempts=0, lost_leases=0, beat=0, fraction=0.0, partials=0, partials_dropped=0,
                    created=at.isoformat(),
                )
            )  # fmt: skip
            made = read_job(connection, jobs.c.id == job_id)
        assert made is not None
        return made, False

    def keep(self, new: NewJob, result: bytes, *, elapsed_s: float, at: Instant, expires: Instant) -> JobRecord:
        """Store an answer that was found without the queue, as a job that is done, or renew the one there is."""
        with self._database.writing() as connection:
            found = read_job(
                connection,
                jobs.c.request_digest == new.request_digest,
                jobs.c.catalogue_digest == new.catalogue_digest,
                jobs.c.state == "done",
            )
            if found is not None:
                connection.execute(
                    update(jobs)
                    .where(jobs.c.number == found.number)
                    .values(version=found.version + 1, finished=at.isoformat(), expires=expires.isoformat())
                )
                kept = read_job(connection, jobs.c.number == found.number)
            else:
                job_id = secrets.token_hex(16)
                connection.execute(
                    insert(jobs).values(
                        id=job_id, kind=new.kind, request=new.request, request_digest=new.request_digest,
                        catalogue_digest=new.catalogue_digest, catalogue_as_of=new.catalogue_as_of.isoformat(),
                        idempotency_key=None, estimated_s=new.estimated_s, state="done", version=1, attempts=1,
                        lost_leases=0, beat=0, fraction=1.0, elapsed_s=elapsed_s, partials=0, partials_dropped=0,
                        created=at.isoformat(), started=at.isoformat(), finished=at.isoformat(),
                        expires=expires.isoformat(),
                    )
                )  # fmt: skip
                kept = read_job(connection, jobs.c.id == job_id)
                assert kept is not None
                connection.execute(insert(job_results).values(job_number=kept.number, content=result))
                count_ended(connection, new.kind, "done", elapsed_s)
        assert kept is not None
        return kept

    def job(self, job_id: str) -> JobRecord | None:
        """One job; None when there is none of that id (any more)."""
        with self._database.reading() as connection:
            return read_job(connection, jobs.c.id == job_id)

    def those(self, job_ids: Iterable[str]) -> dict[str, JobRecord]:
        """Several jobs by id; those that are gone are left out."""
        with self._database.reading() as connection:
            found = connection.execute(select(jobs).where(jobs.c.id.in_(list(job_ids))))
            return {record.id: record for record in map(record_of, found)}

    def page(
        self, *, state: str | None = None, kind: str | None = None, before: int | None = None, limit: int = 100
    ) -> Sequence[JobRecord]:
        """Jobs, the newest first, from the one before number `before` on."""
        chosen = select(jobs).order_by(jobs.c.number.desc()).limit(limit)
        for column, value in ((jobs.c.state, state), (jobs.c.kind, kind)):
            chosen = chosen if value is None else chosen.where(column == value)
        if before is not None:
            chosen = chosen.where(jobs.c.number < before)
        with self._database.reading() as connection:
            return [record_of(row) for row in connection.execute(chosen)]

    def cancel(self, job_id: str, *, at: Instant, expires: Instant) -> JobRecord | None:
        """End a job that is queued or running, at once: its holder loses the lease. None when there is no such job."""
        with self._database.writing() as connection:
            record = read_job(connection, jobs.c.id == job_id)
            if record is None or record.is_final:
                return record
            connection.execute(
                update(jobs)
                .where(jobs.c.number == record.number)
                .values(
                    state="cancelled", version=record.version + 1, holder=None, finished=at.isoformat(),
                    expires=expires.isoformat(),
                )
            )  # fmt: skip
            count_ended(connection, record.kind, "cancelled", record.elapsed_s)
            return read_job(connection, jobs.c.number == record.number)

    def remove(self, job_id: str) -> None:
        """Take a job that is final away, with its request and its result."""
        with self._database.writing() as connection:
            record = read_job(connection, jobs.c.id == job_id)
            if record is not None and record.is_final:
                remove_jobs(connection, [record.number])

    def remove_expired(self, at: Instant) -> int:
        """Take away every job whose time is over, and return how many there were."""
        over = (jobs.c.state.in_(FINAL), jobs.c.expires < at.isoformat())
        with self._database.reading() as connection:
            numbers = list(connection.execute(select(jobs.c.number).where(*over).limit(1000)).scalars())
        if numbers:
            with self._database.writing() as connection:
                remove_jobs(connection, numbers)
        return len(numbers)

    def result(self, number: int) -> bytes | None:
        """The result of a job, gzip of JSON; None when it has none."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(job_results.c.content).where(job_results.c.job_number == number)
            ).scalar_one_or_none()
            return None if found is None else bytes(found)

    def partials(self, number: int, attempt: int, after: int, limit: int = 100) -> list[tuple[int, bytes]]:
        """Partial results of an attempt after place `after`, with their places."""
        kept = job_partials.c
        with self._database.reading() as connection:
            found = connection.execute(
                select(kept.place, kept.content)
                .where(kept.job_number == number, kept.attempt == attempt, kept.place > after)
                .order_by(kept.place)
                .limit(limit)
            )
            return [(place, bytes(content)) for place, content in found]

    def counts(self) -> dict[JobState, int]:
        """How many jobs are in each state, of those that are kept."""
        with self._database.reading() as connection:
            return {
                state: number
                for state, number in connection.execute(select(jobs.c.state, func.count()).group_by(jobs.c.state))
            }

    def totals(self) -> list[Total]:
        """What ended how, also of jobs that are gone."""
        with self._database.reading() as connection:
            return [Total(*row) for row in connection.execute(select(job_totals))]
