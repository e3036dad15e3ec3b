"""Follows jobs for those who listen: one question to the database for all of them, a few times in a second.

A listener that is slow misses progress in between, never a partial result and never the end: it asks for what it has
not seen, and nothing is kept waiting for it.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable

import anyio
import anyio.to_thread

from api.errors import Busy
from ssa.catalogue.job_queue import JobQueue
from ssa.catalogue.job_records import JobRecord
from ssa.errors import CatalogueError

POLL_S = 0.25
_KEPT_PAGES = 64


class _Followed:
    def __init__(self, job: JobRecord | None) -> None:
        self.job = job
        self.listeners = 0
        self.changed = anyio.Event()


class JobWatch:
    """The listeners of one app, at most `most`."""

    def __init__(self, queue: JobQueue, most: int) -> None:
        self._queue = queue
        self._most = most
        self._followed: dict[str, _Followed] = {}
        self._task: asyncio.Task[None] | None = None
        self._pages: OrderedDict[tuple[int, int, int, int], list[tuple[int, bytes]]] = OrderedDict()
        self._reading = anyio.Lock()
        self.is_stopping: Callable[[], bool] = lambda: False

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return sum(followed.listeners for followed in self._followed.values())

    def require_room(self) -> None:
        """Raise `Busy` when as many listen as may."""
        if self.listeners >= self._most:
            raise Busy(f"{self._most} streams of events are open; ask again in {Busy.retry_after_s} s")

    async def states(self, job: JobRecord) -> AsyncIterator[JobRecord]:
        """The job now, and whenever it has changed, until it is final, removed, or the service stops."""
        followed = self._followed.setdefault(job.id, _Followed(job))
        followed.listeners += 1
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._poll())
        try:
            current, seen = job, -1
            while True:
                changed = followed.changed
                latest = followed.job
                if latest is None:
                    return
                current = latest if latest.version > current.version else current
                if current.version > seen:
                    seen = current.version
                    yield current
                    if current.is_final:
                        return
                elif self.is_stopping():
                    return
                else:
                    await changed.wait()
        finally:
            followed.listeners -= 1
            if not followed.listeners and self._followed.get(job.id) is followed:
                del self._followed[job.id]

    async def partials(self, job: JobRecord, after: int) -> list[tuple[int, bytes]]:
        """Partial results of the job's attempt after place `after`; those who listen together share one reading."""
        key = (job.number, job.attempts, after, job.partials)
        async with self._reading:
            if key not in self._pages:
                self._pages[key] = await anyio.to_thread.run_sync(
                    self._queue.partials, job.number, job.attempts, after, 20
                )
                while len(self._pages) > _KEPT_PAGES:
                    self._pages.popitem(last=False)
            return self._pages[key]

    async def _poll(self) -> None:
        while self._followed:
            began = time.monotonic()
            try:
                found = await anyio.to_thread.run_sync(self._queue.those, list(self._followed))
            except CatalogueError:  # the streams stay open, and go on when it can be read again
                await anyio.sleep(1.0)
            else:
                for job_id, followed in list(self._followed.items()):
                    latest = found.get(job_id)
                    if latest is None or followed.job is None or latest.version != followed.job.version:
                        self._tell(followed, latest)
            if self.is_stopping():
                for followed in self._followed.values():
                    self._tell(followed, followed.job)
            await anyio.sleep(max(0.02, POLL_S - (time.monotonic() - began)))
        self._pages.clear()

    def _tell(self, followed: _Followed, latest: JobRecord | None) -> None:
        changed, followed.changed, followed.job = followed.changed, anyio.Event(), latest
        changed.set()
