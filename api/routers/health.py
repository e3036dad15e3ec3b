"""Whether the process lives, and whether it can answer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import PlainTextResponse, Response

from api.dependencies import Keeper, Warmth
from api.metrics import Metrics
from api.models.answers import Health, Readiness
from api.responses import JsonAnswer
from api.routers.documented import problems
from orbits import Instant
from ssa.errors import CatalogueError

router = APIRouter(tags=["health"])


@router.get("/healthz", response_model=Health, response_class=JsonAnswer)
async def healthz() -> Response:
    """The process answers; says nothing of what it can do."""
    return JsonAnswer({"status": "ok"})


@router.get("/readyz", response_model=Readiness, response_class=JsonAnswer, responses=problems(503))
def readyz(keeper: Keeper, warmth: Warmth) -> Response:
    """Ready to answer questions: kernels compiled, a catalogue held. 503 with the reason otherwise."""
    warmth.require()
    snapshot = keeper.snapshot().snapshot
    return JsonAnswer(
        {"status": "ready", "kernels": warmth.total, "objects": len(snapshot), "data_mode": snapshot.data_mode}
    )


def _metrics(request: Request) -> Metrics:
    return request.app.state.metrics  # type: ignore[no-any-return]


@router.get("/metrics", response_class=PlainTextResponse)
def metrics(figures: Annotated[Metrics, Depends(_metrics)], keeper: Keeper, warmth: Warmth) -> Response:
    """Figures for Prometheus: requests by route, durations, the catalogue's size and age."""
    figures.ready.set(warmth.is_ready)
    try:
        stamp = keeper.snapshot().snapshot.provenance(Instant.now())
    except CatalogueError:
        figures.objects.set(0)
        figures.age.set(float("nan"))
    else:
        figures.objects.set(stamp["objects"])
        figures.age.set((stamp["newest_epoch_age_days"] or 0.0) * 86400.0)
    return PlainTextResponse(figures.text(), media_type="text/plain; version=0.0.4; charset=utf-8")
