"""Screenings of the catalogue for conjunctions."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.dependencies import Desk, IdempotencyKey, Warmth
from api.jobs.kinds.screenings import SCREENINGS
from api.models.screening import ScreeningAnswer, ScreeningRequest
from api.routers.asking import heavy_question

router = APIRouter(prefix="/v1", tags=["conjunctions"])


@router.post("/screenings", **heavy_question(SCREENINGS, ScreeningAnswer))
async def screenings(request: ScreeningRequest, warmth: Warmth, desk: Desk, key: IdempotencyKey = None) -> Response:
    """Every approach within a distance or a volume, and the pairs that stay together.

    A heavy question: answered at once where it is small, else 202 with a job. At most 30,000,000 objects x hours.
    """
    warmth.require()
    return await desk.ask(SCREENINGS, request, key)
