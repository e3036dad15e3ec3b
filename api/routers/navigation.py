"""Dilution of precision over a region."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers.navigation import navigation_answer
from api.dependencies import Heavy, Keeper, OwnGroups, Warmth, instant_of
from api.models.navigation import NavigationReply
from api.models.queries import MAX_CELL_EPOCHS, MAX_LISTED_CELLS, NavigationQuery
from api.responses import JsonAnswer
from api.routers.documented import problems
from api.selection import listed_numbers
from api.windows import window
from ssa.alliances import Alliance
from ssa.regions import parse_region

router = APIRouter(prefix="/v1", tags=["navigation"])


@router.get(
    "/navigation", response_model=NavigationReply, response_class=JsonAnswer, responses=problems(422, 503),
)  # fmt: skip
async def navigation(
    query: Annotated[NavigationQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth
) -> Response:
    """Satellites in view, GDOP, PDOP, HDOP, VDOP, TDOP and availability of navigation systems over a region.

    Limits: window 744 h, cells x epochs 5,000,000, and 20,000 cells listed.
    """
    warmth.require()
    return await heavy.compute(_navigation, query, keeper, groups)


def _navigation(query: NavigationQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    from ssa.navigation import navigation_of

    span = window(query.start, hours=query.hours, end=query.end)
    region = parse_region(query.region, on=query.on or span.start.date(), groups=groups)
    snapshot = keeper.snapshot(instant_of(query.as_of)).snapshot
    found = navigation_of(
        snapshot, region, span, query.systems, step_s=query.step_s, cell_km=query.cell_km, mask_deg=query.min_elevation,
        most_pdop=query.max_pdop, own_clocks=query.own_clocks, include_reserves=query.reserves,
        without=listed_numbers("without", query.without), without_systems=query.without_systems or (),
        most_cell_epochs=MAX_CELL_EPOCHS,
    )  # fmt: skip
    return JsonAnswer(navigation_answer(snapshot, span, found, cells=query.cells, most_cells=MAX_LISTED_CELLS))
