"""Computes one job: the question in a thread of its own, the lease and the progress beside it.

The holder writes at most every half second, looks at its lease four times in a second, and never waits for the
computation: a job that was cancelled is given up after `grace_s` even where its code does not listen.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

import orjson

from api.errors import INTERNAL, Problem, TooLarge, problem_of
from api.jobs.digests import stored
from api.jobs.kind import Cancelled, Report
from orbits import Instant
from ssa.catalogue.job_leases import JobLeases, Lease, LeaseLost
from ssa.errors import CatalogueError

LOOK_S = 0.25
WRITE_S = 0.5
MAX_PARTIAL_BYTES = 1 << 20  # one of them
MAX_PARTIALS_BYTES = 8 << 20  # of one attempt
_log = logging.getLogger("api.jobs")


class Abandoned(Exception):
    """The computation does not listen to its cancellation: the process must end to be free of it."""


class Holding:
    """A claimed job, while it is computed."""

    def __init__(
        self, leases: JobLeases, lease: Lease, *, kept_s: float, result_bytes: int, grace_s: float = 3.0,
        beat_s: float = 2.0,
    ) -> None:  # fmt: skip
        self._leases, self._lease = leases, lease
        self._kept_s, self._result_bytes, self._grace_s, self._beat_s = kept_s, result_bytes, grace_s, beat_s
        self._began = time.monotonic()
        self._lock = threading.Lock()
        self._fraction = self._written_fraction = 0.0
        self._partials: list[bytes] = []
        self._partial_bytes = 0
        self._dropped = 0
        self._unwanted = threading.Event()
        self._done = threading.Event()
        self._result: bytes | None = None
        self._problem: Problem | None = None

    def report(self, fraction: float, partial: dict[str, Any] | None = None) -> None:
        """What the computation calls; see `Report`."""
        if self._unwanted.is_set():
            raise Cancelled
        content = None if partial is None else orjson.dumps(partial, option=orjson.OPT_SERIALIZE_NUMPY)
        with self._lock:
            self._fraction = min(max(float(fraction), self._fraction), 1.0)
            if content is None:
                return
            if len(content) > MAX_PARTIAL_BYTES or self._partial_bytes + len(content) > MAX_PARTIALS_BYTES:
                self._dropped += 1
                return
            self._partial_bytes += len(content)
            self._partials.append(content)

    def compute(self, answer: Callable[[Report], dict[str, Any]], stop: threading.Event) -> None:
        """Compute `answer(report)` to its end; returns early when `stop` is set or the lease is lost.

        Raises `Abandoned` when the computation goes on although nobody wants it.
        """
        threading.Thread(target=self._run, args=(answer,), name="computing a job", daemon=True).start()
        written = 0.0
        while not self._done.wait(LOOK_S):
            try:
                if stop.is_set():
                    self._leases.give_back(self._lease)
                    return
                if not self._leases.is_held(self._lease):
                    raise LeaseLost
                now = time.monotonic()
                if (self._has_news() and now - written >= WRITE_S) or now - written >= self._beat_s:
                    self._beat()
                    written = now
            except LeaseLost:
                self._unwanted.set()
                if not self._done.wait(self._grace_s):
                    raise Abandoned from None
                return
            except CatalogueError as error:  # locked by an import, or a full disk: the next look may find it well
                _log.warning("job %s: %s", self._lease.job.id, error)
        self._end()

    def _run(self, answer: Callable[[Report], dict[str, Any]]) -> None:
        try:
            found = answer(self.report)
            if self._unwanted.is_set():
                return
            self._result = stored(found)
            if len(self._result) > self._result_bytes:
                raise TooLarge("result", f"{len(self._result):,} bytes", f"is more than {self._result_bytes:,} stored")
        except Cancelled:
            pass
        except Exception as error:
            self._problem = problem_of(error)
            if self._problem is None:
                _log.error("job %s (%s) failed", self._lease.job.id, self._lease.job.kind, exc_info=error)
                self._problem = Problem(INTERNAL, "The service failed on this question; its log says why.")
        finally:
            self._done.set()

    def _has_news(self) -> bool:
        with self._lock:
            return bool(self._partials or self._dropped) or self._fraction > self._written_fraction

    def _beat(self) -> None:
        with self._lock:
            fraction, partials, dropped = self._fraction, tuple(self._partials), self._dropped
        self._leases.beat(self._lease, fraction=fraction, elapsed_s=self._elapsed_s, partials=partials, dropped=dropped)
        self._written_fraction = fraction
        with self._lock:  # only what was written: a beat that failed is tried again with all of it
            del self._partials[: len(partials)]
            self._dropped -= dropped

    def _end(self) -> None:
        """Write how it ended; a database that does not take it is asked again for a while."""
        for attempt in range(10):
            try:
                self._beat()
                at = Instant.now()
                ends: dict[str, Any] = {
                    "elapsed_s": self._elapsed_s, "at": at, "expires": at.plus_s(self._kept_s)
                }  # fmt: skip
                if self._problem is not None:
                    self._leases.fail(self._lease, orjson.dumps(self._problem.document()).decode(), **ends)
                elif self._result is not None:
                    self._leases.finish(self._lease, self._result, **ends)
                return
            except LeaseLost:
                return
            except CatalogueError as error:
                _log.warning("job %s cannot be ended yet: %s", self._lease.job.id, error)
                time.sleep(min(0.5 * 2**attempt, 5.0))

    @property
    def _elapsed_s(self) -> float:
        return round(time.monotonic() - self._began, 3)
