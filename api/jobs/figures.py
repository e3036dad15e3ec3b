"""Figures of jobs for Prometheus, read from the database: the same at every server of it, and kept over restarts."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from ssa.catalogue.job_queue import JobQueue
from ssa.catalogue.job_records import STATES
from ssa.errors import CatalogueError


class JobFigures(Collector):
    """Jobs by state now; jobs ended, and the seconds they took, since the database was made."""

    def __init__(self, queue: JobQueue) -> None:
        self._queue = queue

    def describe(self) -> Iterator[Metric]:
        """Nothing is read while the collector is registered."""
        yield from ()

    def collect(self) -> Iterator[Metric]:
        try:
            counts, totals = self._queue.counts(), self._queue.totals()
        except CatalogueError:
            return
        held = GaugeMetricFamily("ssa_jobs", "Jobs that are kept", labels=("state",))
        for state in STATES:
            held.add_metric((state,), counts.get(state, 0))
        ended = CounterMetricFamily("ssa_jobs_ended", "Jobs ended", labels=("kind", "state"))
        seconds = CounterMetricFamily("ssa_job_seconds", "Time that jobs took", labels=("kind", "state"))
        for total in totals:
            ended.add_metric((total.kind, total.state), total.jobs)
            seconds.add_metric((total.kind, total.state), total.seconds)
        yield from (held, ended, seconds)
