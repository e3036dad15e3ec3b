"""One process that computes jobs, one after the other: `python -m api.jobs.worker`, started by a pool.

Its settings come as a line of JSON on standard input (a database URL may hold a password, which no list of processes
should show). The input's end means that the pool is gone: the job goes back into the queue and the process ends.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Mapping
from typing import Any

from api.catalogue_keeper import CatalogueKeeper
from api.groups import groups_digest, groups_from
from api.jobs.digests import request_digest
from api.jobs.holding import Abandoned, Holding
from api.jobs.kind import Basis, JobKind
from api.jobs.kinds import KINDS
from api.kernels import warm_kernels
from api.settings import Settings
from orbits import Instant
from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.job_leases import JobLeases, Lease
from ssa.catalogue.job_records import JobRecord
from ssa.errors import CatalogueError

IDLE_S = 0.2
NICENESS = 10  # a light request of the server goes before a job
ABANDONED_EXIT = 75
_log = logging.getLogger("api.jobs")


class Worker:
    """Takes jobs and computes them; the catalogue and what was worked out from it stay at hand between jobs."""

    def __init__(
        self, settings: Settings, name: str, stop: threading.Event, kinds: Mapping[str, JobKind[Any]] = KINDS
    ) -> None:
        self._settings, self._name, self._stop, self._kinds = settings, name, stop, kinds
        self._database = JobDatabase(settings.database_url)
        self._leases = JobLeases(self._database)
        self._keeper = CatalogueKeeper(settings.database_url, check_s=settings.catalogue_check_s)
        self._groups = groups_from(settings.groups_file)
        self._groups_digest = groups_digest(settings.groups_file)

    def work(self) -> None:
        """Until told to stop."""
        while not self._stop.is_set():
            try:
                if self.work_once():
                    continue
            except CatalogueError as error:
                _log.warning("looking for jobs: %s", error)
                self._stop.wait(2.0)
            self._stop.wait(IDLE_S)

    def work_once(self) -> bool:
        """Compute one job if one waits; raises `Abandoned` when this process cannot be used any further."""
        lease = self._leases.claim(self._name, at=Instant.now())
        if lease is None:
            return False
        holding = Holding(
            self._leases, lease, kept_s=self._settings.job_kept_h * 3600.0,
            result_bytes=self._settings.job_result_bytes, beat_s=min(2.0, self._settings.job_lease_s / 4),
        )  # fmt: skip
        holding.compute(lambda report: self._answer(lease, report), self._stop)
        return True

    def close(self) -> None:
        """Give back the connections."""
        self._keeper.close()
        self._database.close()

    def _answer(self, lease: Lease, report: Any) -> dict[str, Any]:
        job = lease.job
        kind = self._kinds.get(job.kind)
        if kind is None:
            raise CatalogueError(f"computing a job: its kind {job.kind} is not known to this worker; upgrade it")
        request = kind.request.model_validate_json(job.request)
        if request_digest(kind, request, self._groups_digest) != job.request_digest:
            raise CatalogueError(
                "computing a job: the worker is of another version than the server that was asked, or has another file "
                "of groups (SSA_GROUPS_FILE); make them equal and ask again"
            )
        return kind.run(request, self._basis(job), report)

    def _basis(self, job: JobRecord) -> Basis:
        """The catalogue that the question was asked of, also after a newer one came."""
        served = self._keeper.snapshot()
        if served.snapshot.digest != job.catalogue_digest or served.snapshot.as_of != job.catalogue_as_of:
            served = self._keeper.snapshot(job.catalogue_as_of)
        if served.snapshot.digest != job.catalogue_digest:
            raise CatalogueError(
                f"loading the catalogue of {job.catalogue_as_of.isoformat(0)} that the question was asked of: it "
                "cannot be told from another of the same moment; ask again"
            )
        return Basis(served, self._groups, self._keeper.histories)


def worker_name(pid: int) -> str:
    """What a worker of this machine is called in the database."""
    return f"{socket.gethostname()[:60]}:{pid}"


def main() -> None:
    """The entry of the process."""
    logging.basicConfig(level=logging.WARNING, format="ssa worker %(process)d: %(message)s")
    settings = Settings.model_validate_json(sys.stdin.readline())
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threading.Thread(target=_until_alone, args=(stop,), name="waiting for the pool's end", daemon=True).start()
    os.nice(NICENESS)
    worker = Worker(settings, worker_name(os.getpid()), stop)
    threading.Thread(target=warm_kernels, name="warming kernels", daemon=True).start()
    status = 0
    try:
        worker.work()
    except Abandoned:
        status = ABANDONED_EXIT
    sys.stderr.flush()
    os._exit(status)  # a computation that nobody wants may still run in its thread


def _until_alone(stop: threading.Event) -> None:
    sys.stdin.read()
    stop.set()
    time.sleep(10.0)
    os._exit(0)  # the main thread waits for something that does not come


if __name__ == "__main__":
    main()
