"""The workers' side of jobs: who holds a job computes it, and nobody else can end it.

A lease is no time of day, since clocks jump: its holder keeps a counter turning (`beat`), and whoever sees the counter
stand still for as long as the lease lasts, on his own clock that only goes forward, gives the job back to the queue.
Every step of a holder names its lease; after the job was cancelled or given to another it changes nothing and says so.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from orbits import Instant
from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.job_records import JobRecord, read_job, record_of
from ssa.catalogue.job_totals import count_ended
from ssa.catalogue.tables import job_partials, job_results, jobs


class LeaseLost(Exception):
    """The job was cancelled, or another holds it now."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to compute one job."""

    job: JobRecord
    holder: str


class JobLeases:
    """What workers do with the jobs of a database."""

    def __init__(self, database: JobDatabase) -> None:
        self._database = database

    def claim(self, worker: str, *, at: Instant) -> Lease | None:
        """Take the job that waits longest; None when none waits. Asking costs a reader's time as long as none does."""
        with self._database.reading() as connection:
            if connection.execute(select(jobs.c.number).where(jobs.c.state == "queued").limit(1)).first() is None:
                return None
        with self._database.writing() as connection:
            found = connection.execute(
                select(jobs).where(jobs.c.state == "queued").order_by(jobs.c.number).limit(1)
            ).first()
            if found is None:
                return None
            record = record_of(found)
            holder = f"{worker[:80]} {secrets.token_hex(8)}"
            connection.execute(delete(job_partials).where(job_partials.c.job_number == record.number))
            connection.execute(
                update(jobs)
                .where(jobs.c.number == record.number)
                .values(
                    state="running", version=record.version + 1, attempts=record.attempts + 1, holder=holder, beat=0,
                    fraction=0.0, elapsed_s=0.0, partials=0, partials_dropped=0, started=at.isoformat(),
                )
            )  # fmt: skip
            claimed = read_job(connection, jobs.c.number == record.number)
        assert claimed is not None
        return Lease(claimed, holder)

    def is_held(self, lease: Lease) -> bool:
        """Whether the lease stands; a reader's question, to be asked often."""
        with self._database.reading() as connection:
            return connection.execute(select(jobs.c.number).where(*_held(lease))).first() is not None

    def beat(
        self, lease: Lease, *, fraction: float, elapsed_s: float, partials: Sequence[bytes] = (), dropped: int = 0
    ) -> None:
        """Keep the lease, and write how far the job is, with the partial results since the last beat.

        Raises `LeaseLost` when it does not stand any more; nothing was written then.
        """
        with self._database.writing() as connection:
            record = _required(connection, lease)
            if partials:
                connection.execute(
                    insert(job_partials),
                    [
                        {"job_number": record.number, "attempt": record.attempts, "place": place, "content": content}
                        for place, content in enumerate(partials, record.partials + 1)
                    ],
                )
            seen = bool(partials) or dropped > 0 or fraction != record.fraction
            connection.execute(
                update(jobs)
                .where(*_held(lease))
                .values(
                    beat=record.beat + 1, version=record.version + seen, fraction=fraction, elapsed_s=elapsed_s,
                    partials=record.partials + len(partials), partials_dropped=record.partials_dropped + dropped,
                )
            )  # fmt: skip

    def finish(self, lease: Lease, result: bytes, *, elapsed_s: float, at: Instant, expires: Instant) -> None:
        """Store the result, gzip of JSON, and end the job; raises `LeaseLost`."""
        with self._database.writing() as connection:
            record = _required(connection, lease)
            connection.execute(insert(job_results).values(job_number=record.number, content=result))
            _end(connection, record, "done", at=at, expires=expires, fraction=1.0, elapsed_s=elapsed_s)

    def fail(self, lease: Lease, problem: str, *, elapsed_s: float, at: Instant, expires: Instant) -> None:
        """End the job with a problem document, as JSON; raises `LeaseLost`."""
        with self._database.writing() as connection:
            record = _required(connection, lease)
            _end(connection, record, "failed", at=at, expires=expires, elapsed_s=elapsed_s, problem=problem)

    def give_back(self, lease: Lease) -> None:
        """Put the job back into the queue, blaming nobody; nothing happens when the lease is lost."""
        with self._database.writing() as connection:
            record = read_job(connection, *_held(lease))
            if record is not None:
                _requeue(connection, record, lost_leases=record.lost_leases)

    def held_by(self, worker: str) -> list[JobRecord]:
        """The jobs that a worker holds."""
        with self._database.reading() as connection:
            found = connection.execute(
                select(jobs).where(
                    jobs.c.state == "running", jobs.c.holder.startswith(f"{worker[:80]} ", autoescape=True)
                )
            )
            return [record_of(row) for row in found]

    def running(self) -> list[JobRecord]:
        """Every job that somebody holds."""
        with self._database.reading() as connection:
            return [record_of(row) for row in connection.execute(select(jobs).where(jobs.c.state == "running"))]

    def expire(self, seen: JobRecord, *, most_lost: int, problem: str, at: Instant, expires: Instant) -> bool:
        """End the lease of a job whose holder is gone: back into the queue, or `interrupted` when this was the
        `most_lost`th time.

        `seen` is the job as it was when its counter was last read; when it has moved since, nothing happens and the
        answer is False.
        """
        with self._database.writing() as connection:
            record = read_job(
                connection,
                jobs.c.number == seen.number,
                jobs.c.state == "running",
                jobs.c.holder == seen.holder,
                jobs.c.beat == seen.beat,
            )
            if record is None:
                return False
            lost = record.lost_leases + 1
            if lost < most_lost:
                _requeue(connection, record, lost_leases=lost)
            else:
                _end(
                    connection, record, "interrupted", at=at, expires=expires, elapsed_s=record.elapsed_s,
                    problem=problem, lost_leases=lost,
                )  # fmt: skip
            return True


class LeaseWatch:
    """Finds leases whose holders are gone, by looking again and again; `clock` gives seconds and only goes forward."""

    def __init__(self, leases: JobLeases, lease_s: float, clock: Callable[[], float]) -> None:
        self._leases = leases
        self._lease_s = lease_s
        self._clock = clock
        self._seen: dict[int, tuple[str | None, int, float]] = {}
        self._looked_s: float | None = None

    def stale(self) -> list[JobRecord]:
        """Jobs whose counter has stood still for the length of a lease.

        A watch that was stopped itself (a suspended machine) begins anew: it cannot know what went on meanwhile.
        """
        running = self._leases.running()
        now = self._clock()
        if self._looked_s is not None and now - self._looked_s > self._lease_s / 2:
            self._seen.clear()
        self._looked_s = now
        before, self._seen = self._seen, {}
        found = []
        for record in running:
            known = before.get(record.number)
            unmoved = known is not None and known[:2] == (record.holder, record.beat)
            since = known[2] if known is not None and unmoved else now
            self._seen[record.number] = (record.holder, record.beat, since)
            if now - since >= self._lease_s:
                found.append(record)
        return found


def _held(lease: Lease) -> tuple[Any, ...]:
    return (jobs.c.number == lease.job.number, jobs.c.state == "running", jobs.c.holder == lease.holder)


def _required(connection: Connection, lease: Lease) -> JobRecord:
    record = read_job(connection, *_held(lease))
    if record is None:
        raise LeaseLost(f"job {lease.job.id}")
    return record


def _requeue(connection: Connection, record: JobRecord, *, lost_leases: int) -> None:
    connection.execute(
        update(jobs)
        .where(jobs.c.number == record.number)
        .values(
            state="queued", version=record.version + 1, lost_leases=lost_leases, holder=None, fraction=0.0,
            elapsed_s=None, started=None,
        )
    )  # fmt: skip


def _end(
    connection: Connection, record: JobRecord, state: str, *, at: Instant, expires: Instant, elapsed_s: float | None,
    **columns: Any,
) -> None:  # fmt: skip
    connection.execute(
        update(jobs)
        .where(jobs.c.number == record.number)
        .values(
            state=state, version=record.version + 1, holder=None, elapsed_s=elapsed_s, finished=at.isoformat(),
            expires=expires.isoformat(), **columns,
        )
    )  # fmt: skip
    count_ended(connection, record.kind, state, elapsed_s)
