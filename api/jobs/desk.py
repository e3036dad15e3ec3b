"""Where heavy questions are asked: small ones are answered at once, large ones become jobs.

What a question costs is estimated first, and what is past a limit is refused. Nothing here runs on the event loop.
"""

from __future__ import annotations

import gzip
import logging
import threading
import time
from typing import Any

import anyio.to_thread
import orjson
from pydantic import BaseModel
from starlette.responses import Response

from api.answers.jobs import JOBS, job_row
from api.catalogue_keeper import CatalogueKeeper
from api.errors import Busy, NoResult, NotFound
from api.groups import groups_digest
from api.heavy_work import HeavyWork
from api.jobs.digests import canonical_request, request_digest, stored
from api.jobs.kind import Basis, Cost, JobKind, unreported
from api.jobs.watch import JobWatch
from api.kernels import KernelWarmth
from api.responses import JsonAnswer
from api.settings import Settings
from orbits import Instant
from ssa.alliances import Alliance
from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.job_queue import JobQueue, QueueFull
from ssa.catalogue.job_records import JobRecord, NewJob
from ssa.errors import CatalogueError

_POLL_S = 0.5
_log = logging.getLogger("api.jobs")


class JobDesk:
    """The jobs of one app."""

    def __init__(
        self, settings: Settings, keeper: CatalogueKeeper, heavy: HeavyWork, warmth: KernelWarmth,
        groups: tuple[Alliance, ...],
    ) -> None:  # fmt: skip
        self._settings, self._keeper, self._heavy, self._warmth, self._groups = settings, keeper, heavy, warmth, groups
        self._groups_digest = groups_digest(settings.groups_file)
        self.database = JobDatabase(settings.database_url)
        self.queue = JobQueue(self.database)
        self.watch = JobWatch(self.queue, most=settings.event_streams)

    async def ask(self, kind: JobKind[Any], request: Any, idempotency_key: str | None = None) -> Response:
        """The answer when the question is small, else 202 and its job, new or of the same question before."""
        basis, cost = await anyio.to_thread.run_sync(self._estimated, kind, request)
        if cost.seconds <= self._settings.at_once_s:
            self._warmth.require()
            began = time.monotonic()
            answer = await self._heavy.compute(kind.run, request, basis, unreported)
            headers: dict[str, str] = {}
            if kind.is_kept:
                elapsed_s = time.monotonic() - began
                kept = await anyio.to_thread.run_sync(self._keep, kind, request, basis, cost, answer, elapsed_s)
                headers = {} if kept is None else {"Content-Location": f"{JOBS}/{kept.id}/result"}
            return JsonAnswer(answer, headers=headers)
        job, existing = await anyio.to_thread.run_sync(self._submit, kind, request, basis, cost, idempotency_key)
        headers = {"Location": f"{JOBS}/{job.id}"} | ({} if job.is_final else {"Retry-After": "1"})
        return JsonAnswer({**job_row(job), "existing": existing}, status_code=202, headers=headers)

    def answer(self, kind: JobKind[Any], request: Any, stop: threading.Event) -> dict[str, Any] | None:
        """The same for a thread of the service: computed at once, or by a job that is waited for; None after `stop`.

        Raises `NoResult` where the job ends without one, `Busy` when too many wait.
        """
        basis, cost = self._estimated(kind, request)
        if cost.seconds <= self._settings.at_once_s:
            return kind.run(request, basis, unreported)
        job, _ = self._submit(kind, request, basis, cost, None)
        while not self.job(job.id).is_final:
            if stop.wait(_POLL_S):
                return None
        found: dict[str, Any] = orjson.loads(gzip.decompress(self.result(job.id)))
        return found

    def job(self, job_id: str) -> JobRecord:
        """One job; raises `NotFound`."""
        return self._required(job_id, self.queue.job(job_id))

    def end(self, job_id: str) -> JobRecord:
        """Cancel a job that is under way, or remove one that has ended; raises `NotFound`."""
        before = self.job(job_id)
        if before.is_final:
            self.queue.remove(job_id)
            return before
        at = Instant.now()
        expires = at.plus_s(self._settings.job_kept_h * 3600.0)
        return self._required(job_id, self.queue.cancel(job_id, at=at, expires=expires))

    def result(self, job_id: str) -> bytes:
        """The answer of a job, gzip of JSON; raises `NotFound` or `NoResult`."""
        job = self.job(job_id)
        content = self.queue.result(job.number) if job.state == "done" else None
        if content is None:
            why = job_row(job)["problem"]
            raise NoResult(f"job {job.id} is {job.state}" + (f": {why['detail']}" if why else ""))
        return content

    def close(self) -> None:
        """Give back the connections."""
        self.database.close()

    def _estimated(self, kind: JobKind[Any], request: Any) -> tuple[Basis, Cost]:
        as_of = None if request.as_of is None else Instant.parse(request.as_of)
        basis = Basis(self._keeper.snapshot(as_of), self._groups, self._keeper.histories)
        return basis, kind.cost_within_limits(request, basis)

    def _keep(
        self, kind: JobKind[Any], request: BaseModel, basis: Basis, cost: Cost, answer: dict[str, Any], elapsed_s: float
    ) -> JobRecord | None:
        """Store an answer that was given at once; None where it is too large or the database does not take it now."""
        content = stored(answer)
        if len(content) > self._settings.job_result_bytes:
            return None
        at = Instant.now()
        try:
            return self.queue.keep(
                self._new_job(kind, request, basis, cost), content, elapsed_s=elapsed_s, at=at,
                expires=at.plus_s(self._settings.job_kept_h * 3600.0),
            )  # fmt: skip
        except CatalogueError as error:  # the answer itself is there: it is not refused for that
            _log.warning("keeping an answer of %s: %s", kind.name, error)
            return None

    def _new_job(
        self, kind: JobKind[Any], request: BaseModel, basis: Basis, cost: Cost, idempotency_key: str | None = None
    ) -> NewJob:
        return NewJob(
            kind.name, canonical_request(request).decode(), request_digest(kind, request, self._groups_digest),
            basis.snapshot.digest, basis.snapshot.as_of, cost.seconds, idempotency_key,
        )  # fmt: skip

    def _submit(
        self, kind: JobKind[Any], request: BaseModel, basis: Basis, cost: Cost, idempotency_key: str | None
    ) -> tuple[JobRecord, bool]:
        new = self._new_job(kind, request, basis, cost, idempotency_key)
        try:
            return self.queue.submit(new, at=Instant.now(), most_queued=self._settings.queued_jobs)
        except QueueFull as error:
            raise Busy(f"{error}; ask again in {Busy.retry_after_s} s") from None

    def _required(self, job_id: str, found: JobRecord | None) -> JobRecord:
        if found is None:
            raise NotFound("job_id", job_id, "is no job here: never was, or removed, or its time is over")
        return found
