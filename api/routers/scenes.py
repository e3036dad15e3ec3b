"""What the globe is drawn from: key frames as bytes, and the catalogue in columns."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.answers.catalogue_columns import columns_answer
from api.dependencies import Heavy, Keeper, OwnGroups, Warmth, instant_of
from api.models.scenes import MAX_FRAME_STATES, ColumnsAnswer, ColumnsQuery, FramesQuery
from api.responses import JsonAnswer
from api.routers.documented import problems
from api.windows import moment
from orbits import Instant, InvalidValue, TimeGrid

router = APIRouter(prefix="/v1", tags=["scenes"])
_FRAMES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Key frames, little-endian: the layout stands in api/scenes/frames.py and docs/page.md.",
        "content": {"application/vnd.ssa.frames": {"schema": {"type": "string", "format": "binary"}}},
    }
}


class _Bytes(Response):
    media_type = "application/vnd.ssa.frames"


def _frame_cache(request: Request):  # type: ignore[no-untyped-def]
    from api.scenes.frames import FrameCache

    if not hasattr(request.app.state, "frames"):
        request.app.state.frames = FrameCache()
    return request.app.state.frames


@router.get("/frames", response_class=_Bytes, responses={**problems(422, 503), **_FRAMES})
async def frames(
    query: Annotated[FramesQuery, Query()], keeper: Keeper, heavy: Heavy, warmth: Warmth,
    cache: Annotated[object, Depends(_frame_cache)],
) -> Response:  # fmt: skip
    """Earth-fixed positions and velocities of every object at several times, as bytes, to be interpolated between.

    Objects times frames: at most 2,000,000.
    """
    warmth.require()
    grid = TimeGrid(start=moment(query.start, "start"), step_s=query.step_s, count=query.count)
    return await heavy.compute(_frames, query, grid, keeper, cache)


def _frames(query: FramesQuery, grid: TimeGrid, keeper: Keeper, cache) -> Response:  # type: ignore[no-untyped-def]
    snapshot = keeper.snapshot(instant_of(query.as_of)).snapshot
    if len(snapshot) * query.count > MAX_FRAME_STATES:
        raise InvalidValue(
            "count", query.count,
            f"makes {len(snapshot) * query.count:,} states, more than {MAX_FRAME_STATES:,}; ask in parts",
        )  # fmt: skip
    return _Bytes(cache.of(snapshot, grid))


@router.get("/catalogue/columns", response_model=ColumnsAnswer, response_class=JsonAnswer, responses=problems(422, 503))
async def columns(query: Annotated[ColumnsQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy) -> Response:
    """The whole catalogue in columns, in the order of the rows of `/v1/frames`, with objects of alliances marked."""
    return await heavy.compute(_columns, query, keeper, groups)


def _columns(query: ColumnsQuery, keeper: Keeper, groups: OwnGroups) -> Response:
    when = instant_of(query.as_of)
    served = keeper.snapshot(when)
    return JsonAnswer(
        columns_answer(served, when or Instant.now(), query.alliance, groups, on=query.on, commercial=query.commercial)
    )
