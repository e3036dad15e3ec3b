"""Keeps workers running, and gives back the jobs of those that are gone.

A worker that dies is replaced, at once the first time and after a growing pause when it goes on dying. Its jobs go
back into the queue at once; those of workers elsewhere when their lease runs out. Jobs whose time is over are removed.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import orjson

from api.errors import Interrupted, problem_of
from api.jobs.worker import worker_name
from api.settings import Settings
from orbits import Instant
from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.job_leases import JobLeases, LeaseWatch
from ssa.catalogue.job_queue import JobQueue
from ssa.catalogue.job_records import JobRecord
from ssa.errors import CatalogueError

LOOK_S = 0.25
_TIDY_S = 60.0
_STOP_S = 8.0
_LONGEST_PAUSE_S = 60.0
_PACKAGES = Path(__file__).resolve().parents[2]
_log = logging.getLogger("api.jobs")


class WorkerPool:
    """`settings.workers` processes, and a thread that looks after them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._database = JobDatabase(settings.database_url)
        self._leases = JobLeases(self._database)
        self._queue = JobQueue(self._database)
        self._watch = LeaseWatch(self._leases, settings.job_lease_s, time.monotonic)
        self._places = [_Place() for _ in range(settings.workers)]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look_after, name="looking after workers", daemon=True)
        self._tidied_s = -_TIDY_S

    def start(self) -> None:
        """Begin; the processes are there a moment later."""
        self._thread.start()

    def stop(self) -> None:
        """End the workers; what they compute goes back into the queue."""
        self._stop.set()
        self._thread.join()
        running = [place.process for place in self._places if place.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + _STOP_S
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            self._bury(process)
        self._database.close()

    def wait(self) -> None:
        """Until stopped by another thread or a signal."""
        while not self._stop.wait(1.0):
            pass

    def _look_after(self) -> None:
        while not self._stop.is_set():
            for place in self._places:
                if place.process is not None and place.process.poll() is not None:
                    self._bury(place.process)
                    place.pause()
                if place.process is None and time.monotonic() >= place.not_before_s:
                    place.process = self._begun()
                    place.began_s = time.monotonic()
            try:
                for record in self._watch.stale():
                    self._give_back(record)
                if time.monotonic() - self._tidied_s >= _TIDY_S:
                    self._tidied_s = time.monotonic()
                    self._queue.remove_expired(Instant.now())
            except CatalogueError as error:
                _log.warning("looking after jobs: %s", error)
                self._stop.wait(2.0)
            self._stop.wait(LOOK_S)

    def _begun(self) -> subprocess.Popen[str]:
        # -P and the path: the worker runs the code that this process runs, whatever the current folder holds
        path = os.pathsep.join(filter(None, (str(_PACKAGES), os.environ.get("PYTHONPATH"))))
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "api.jobs.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, env={**os.environ, "PYTHONPATH": path},
        )  # fmt: skip
        assert process.stdin is not None
        with suppress(BrokenPipeError):  # it is gone already; the next look finds out
            process.stdin.write(self._settings.model_dump_json() + "\n")
            process.stdin.flush()
        return process

    def _bury(self, process: subprocess.Popen[str]) -> None:
        """Give back what a process held that has ended."""
        if process.stdin is not None:
            with suppress(BrokenPipeError):
                process.stdin.close()
        try:
            for record in self._leases.held_by(worker_name(process.pid)):
                _log.warning("a worker ended with %s while it computed job %s", process.returncode, record.id)
                self._give_back(record)
        except CatalogueError as error:  # then the lease runs out
            _log.warning("giving back the jobs of a worker: %s", error)

    def _give_back(self, record: JobRecord) -> None:
        at = Instant.now()
        problem = problem_of(
            Interrupted(
                f"whoever computed it was gone {self._settings.job_attempts} times before it was done; the log of the "
                "workers says why"
            )
        )
        assert problem is not None
        self._leases.expire(
            record, most_lost=self._settings.job_attempts, problem=orjson.dumps(problem.document()).decode(), at=at,
            expires=at.plus_s(self._settings.job_kept_h * 3600.0),
        )  # fmt: skip


class _Place:
    """A place for one worker: its process, and when the next may begin."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        self.began_s = 0.0
        self.not_before_s = 0.0
        self._deaths = 0

    def pause(self) -> None:
        """The process died: the next may begin at once, or later when they die young."""
        now = time.monotonic()
        self._deaths = 0 if now - self.began_s > _LONGEST_PAUSE_S else self._deaths + 1
        self.not_before_s = now + (0.0 if self._deaths <= 1 else min(2.0 ** (self._deaths - 1), _LONGEST_PAUSE_S))
        self.process = None
