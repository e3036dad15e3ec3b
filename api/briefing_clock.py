"""Makes scheduled briefings: asks for those whose time has come as jobs, and keeps what comes of them.

Each is on the newest catalogue, begins at the time it was due, and is told against the last one of its series. A
catalogue that cannot be read and a full queue are waited for; what cannot be asked is noted with its reason. The clock
is an argument: who calls `tick` with a time moves it.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
import threading
from collections.abc import Callable
from typing import Any

import orjson

from api.answers.jobs import job_row
from api.errors import Busy, TooLarge
from api.jobs.desk import JobDesk
from api.jobs.kinds.briefing import BRIEFING, region_of
from api.models.briefing import BriefingRequest
from orbits import Instant
from orbits.errors import InvalidValue, OrbitsError
from ssa.briefing.difference import remembered, same_subject
from ssa.catalogue.briefing_schedules import BriefingSchedule, BriefingSchedules
from ssa.errors import CatalogueError

LOOK_S = 5.0
_log = logging.getLogger("api.briefings")


class BriefingClock:
    """The schedules of one app; several processes with one database may each have one."""

    def __init__(
        self, desk: JobDesk, schedules: BriefingSchedules, now: Callable[[], Instant] = Instant.now
    ) -> None:  # fmt: skip
        self._desk, self._schedules, self._now = desk, schedules, now
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._look_after, name="scheduled briefings", daemon=True)

    def start(self) -> None:
        """Look every few seconds from now on."""
        self._thread.start()

    def stop(self) -> None:
        """End looking; jobs under way go on, and are kept by whoever looks next."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def tick(self) -> None:
        """Ask for what is due, and keep what is done; raises `CatalogueError` when the database cannot be used."""
        at = self._now()
        for schedule in self._schedules.under_way():
            if schedule.job_id is not None:
                self._keep(schedule, at)  # before the next one is due, which is told against it
        self._schedules.fall_due(at)
        for schedule in self._schedules.under_way():
            if schedule.job_id is None:
                self._ask(schedule)

    def _look_after(self) -> None:
        while not self._stop.wait(LOOK_S):
            try:
                self.tick()
            except CatalogueError as error:
                _log.warning("scheduled briefings: %s", error)
            except Exception:  # one that cannot be made must not end the others
                _log.exception("scheduled briefings")

    def _ask(self, schedule: BriefingSchedule) -> None:
        assert schedule.due is not None
        try:
            request = self._request(schedule, schedule.due)
            digest = hashlib.sha256(orjson.dumps([schedule.name, schedule.changed.isoformat(6)])).hexdigest()[:16]
            job = self._desk.queue_up(BRIEFING, request, f"schedule-{digest}-{schedule.due.isoformat(0)}")
        except (Busy, CatalogueError) as error:
            _log.info("scheduled briefing %s waits: %s", schedule.name, error)
        except (InvalidValue, TooLarge, OrbitsError, ValueError) as error:
            self._schedules.failed(schedule, str(error))
        else:
            self._schedules.begun(schedule, job.id)

    def _request(self, schedule: BriefingSchedule, due: Instant) -> BriefingRequest:
        asked: dict[str, Any] = {**orjson.loads(schedule.request), "start": due.isoformat(0)}
        content = self._schedules.content(schedule.name)
        if content is not None:
            before = orjson.loads(gzip.decompress(content))
            region = region_of(BriefingRequest(**asked), self._desk.groups).name
            if same_subject(before, region) is not None:
                asked["since"] = remembered(before)
        return BriefingRequest(**asked)

    def _keep(self, schedule: BriefingSchedule, at: Instant) -> None:
        assert schedule.job_id is not None
        job = self._desk.queue.job(schedule.job_id)
        if job is None:
            self._schedules.failed(schedule, f"job {schedule.job_id} was removed before its briefing was kept")
            return
        content = self._desk.queue.result(job.number) if job.state == "done" else None
        if content is not None:
            self._schedules.made(schedule, content, at=at)
        elif job.is_final:
            why = job_row(job)["problem"]
            self._schedules.failed(schedule, f"job {job.id} is {job.state}" + (f": {why['detail']}" if why else ""))
