"""Figures for Prometheus: requests by route, their durations, the catalogue, the kernels and jobs.

Routes are counted by their template (`/v1/objects/{norad_id}`), never by address: what people ask about is no label.
"""

from __future__ import annotations

import time
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.jobs.figures import JobFigures
from ssa.catalogue.job_queue import JobQueue

_BOUNDS_S = (0.005, 0.02, 0.1, 0.5, 2.0, 5.0, 10.0, 30.0)


class Metrics:
    """The figures of one app."""

    def __init__(self, jobs: JobQueue) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(JobFigures(jobs))
        labels = ("method", "route", "status")
        self.requests = Counter("ssa_requests", "Requests answered", labels, registry=self.registry)
        self.seconds = Histogram(
            "ssa_request_seconds", "Time to answer", ("route",), buckets=_BOUNDS_S, registry=self.registry
        )
        self.objects = Gauge("ssa_catalogue_objects", "Objects in the catalogue that is served", registry=self.registry)
        self.age = Gauge(
            "ssa_catalogue_newest_epoch_age_seconds", "Age of the newest element set", registry=self.registry
        )
        self.ready = Gauge("ssa_kernels_ready", "1 when every kernel is compiled", registry=self.registry)

    def text(self) -> bytes:
        """The figures as Prometheus reads them."""
        return generate_latest(self.registry)


class CountRequests:
    """ASGI middleware that counts every request."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        seen = {"status": 500}

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            route = _template(scope)
            method = scope["method"] if route != "none" else "any"  # methods are the caller's words, too
            self._metrics.requests.labels(method, route, seen["status"]).inc()
            self._metrics.seconds.labels(route).observe(time.perf_counter() - began)


def _template(scope: Scope) -> str:
    route: Any = scope.get("route")
    return getattr(route, "path", None) or "none"
