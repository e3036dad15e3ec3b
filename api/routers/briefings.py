"""Briefings: asked for as a job, and fetched as a file."""

from __future__ import annotations

import base64
import gzip
from typing import Annotated

import anyio.to_thread
import orjson
from fastapi import APIRouter, Path
from starlette.responses import Response

from api.dependencies import Desk, IdempotencyKey, Warmth
from api.errors import NotFound
from api.jobs.kinds.briefing import BRIEFING
from api.models.briefing import BriefingReply, BriefingRequest
from api.routers.asking import heavy_question
from api.routers.documented import problems

router = APIRouter(prefix="/v1", tags=["briefings"])


@router.post("/briefings", **heavy_question(BRIEFING, BriefingReply))
async def briefings(request: BriefingRequest, warmth: Warmth, desk: Desk, key: IdempotencyKey = None) -> Response:
    """A briefing on a region: the answer, and in it one file that opens without a network.

    A heavy question: 202 with a job; its file is at `/v1/briefings/{job_id}/file`. Window 744 h; 20,000 cells;
    200,000,000 cells x objects x hours; a region of 10,000 positions. More is answered 413.
    """
    warmth.require()
    return await desk.ask(BRIEFING, request, key)


@router.get(
    "/briefings/{job_id}/file", response_class=Response,
    responses={
        200: {"content": {"text/html": {}, "application/pdf": {}, "application/json": {}}, "description": "The file."},
        **problems(404, 409, 422, 503),
    },
)  # fmt: skip
async def briefing_file(
    job_id: Annotated[str, Path(min_length=1, max_length=64, description="Id of a job.")], desk: Desk
) -> Response:
    """The file of a briefing, as something to keep; 409 unless its job is done."""
    return await anyio.to_thread.run_sync(_file, job_id, desk)


def _file(job_id: str, desk: Desk) -> Response:
    if desk.job(job_id).kind != BRIEFING.name:
        raise NotFound("job_id", job_id, "is no briefing")
    return as_file(orjson.loads(gzip.decompress(desk.result(job_id)))["file"])


def as_file(file: dict[str, str]) -> Response:
    """The file of an answer, to be kept."""
    return Response(
        base64.b64decode(file["content"]), media_type=file["media_type"],
        headers={"Content-Disposition": f'attachment; filename="{file["name"]}"'},
    )  # fmt: skip
