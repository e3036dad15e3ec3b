"""Jobs: heavy questions under way and their answers."""

from __future__ import annotations

import base64
import binascii
import gzip
import io
import re
from collections.abc import AsyncIterator, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.responses import Response, StreamingResponse

from api.answers.jobs import JOBS, job_row
from api.dependencies import Desk
from api.models.jobs import JobAnswer, JobsAnswer, JobsQuery
from api.responses import JsonAnswer
from api.routers.documented import problems
from orbits import InvalidValue
from ssa.catalogue.job_records import JobRecord

router = APIRouter(prefix=JOBS, tags=["jobs"])
JobId = Annotated[str, Path(min_length=1, max_length=64, description="Id of a job.")]
_CHUNK_BYTES = 1 << 18


@router.get("", response_model=JobsAnswer, response_class=JsonAnswer, responses=problems(422, 503))
def jobs(query: Annotated[JobsQuery, Query()], desk: Desk) -> Response:
    """Jobs that are kept, the newest first."""
    before = None if query.cursor is None else _number_of(query.cursor)
    page = desk.queue.page(state=query.state, kind=query.kind, before=before, limit=query.limit)
    following = _cursor_of(page[-1].number) if len(page) == query.limit else None
    return JsonAnswer({"jobs": [job_row(job) for job in page], "next": following})


@router.get("/{job_id}", response_model=JobAnswer, response_class=JsonAnswer, responses=problems(404, 422, 503))
def job(job_id: JobId, desk: Desk) -> Response:
    """How far a job is, and how it ended."""
    found = desk.job(job_id)
    return JsonAnswer({"job": job_row(found)}, headers={} if found.is_final else {"Retry-After": "1"})


@router.delete("/{job_id}", response_model=JobAnswer, response_class=JsonAnswer, responses=problems(404, 422, 503))
def end_job(job_id: JobId, desk: Desk) -> Response:
    """Cancel a job that waits or runs: at once, its state says so. One that has ended is removed with its answer."""
    return JsonAnswer({"job": job_row(desk.end(job_id))})


@router.get("/{job_id}/result", response_model=dict[str, Any], responses=problems(404, 409, 422, 503))
def job_result(job_id: JobId, desk: Desk, request: Request) -> Response:
    """The answer, of the shape that the question's own route promises; 409 unless the job is done."""
    content = desk.result(job_id)
    headers = {"Vary": "Accept-Encoding"}
    if "gzip" in re.split(r"[\s,;]+", request.headers.get("accept-encoding", "")):
        return Response(content, media_type="application/json", headers={**headers, "Content-Encoding": "gzip"})
    return StreamingResponse(_unpacked(content), media_type="application/json", headers=headers)


def _unpacked(content: bytes) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def _followed(job_id: JobId, desk: Desk) -> JobRecord:
    desk.watch.require_room()
    return desk.job(job_id)


@router.get("/{job_id}/events", response_class=EventSourceResponse, responses=problems(404, 422, 503))
async def job_events(
    job: Annotated[JobRecord, Depends(_followed)],
    desk: Desk,
    last_event_id: Annotated[
        str | None, Header(max_length=100, description="Id of the last event seen: only later ones follow.")
    ] = None,
) -> AsyncIterator[ServerSentEvent]:
    """A stream of events until the job has ended; close it after `end`. A comment every 15 s keeps it open.

    `progress` holds the job; `partial` something of the answer; `restart` says that a worker was gone, and that the
    partials before do not count; `end` holds the job for the last time. An event's id is its attempt and the number of
    partials seen so far.
    """
    attempt, seen = _last_seen(last_event_id)
    async for state in desk.watch.states(job):
        if state.attempts != attempt:
            if attempt and state.attempts:
                yield ServerSentEvent(event="restart", data={"attempt": state.attempts}, id=f"{state.attempts}-0")
            attempt, seen = state.attempts, 0
        while seen < state.partials:
            page = await desk.watch.partials(state, seen)
            if not page:
                break  # the next attempt took them away
            for seen, content in page:
                yield ServerSentEvent(event="partial", raw_data=content.decode(), id=f"{attempt}-{seen}")
        event = "end" if state.is_final else "progress"
        yield ServerSentEvent(event=event, data=job_row(state), id=f"{attempt}-{seen}")


def _last_seen(text: str | None) -> tuple[int, int]:
    found = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,9})", text or "")
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _cursor_of(number: int) -> str:
    return base64.urlsafe_b64encode(f"before {number}".encode()).decode()


def _number_of(cursor: str) -> int:
    try:
        found = re.fullmatch(
            r"before ([0-9]{1,18})",
            base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True).decode("ascii"),
        )
    except (ValueError, binascii.Error):
        found = None
    if found is None:
        raise InvalidValue("cursor", cursor, "is not one that this service gave; take it from `next`")
    return int(found[1])
