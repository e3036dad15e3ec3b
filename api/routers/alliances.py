"""Alliances: the list, and one with its members and fleet on a day."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.answers.alliances import alliance_details, alliance_row
from api.answers.envelope import answer
from api.dependencies import Heavy, Keeper, OwnGroups, instant_of
from api.errors import NotFound
from api.models.alliances import AllianceAnswer, AlliancesAnswer
from api.models.queries import AllianceQuery, AlliancesQuery
from api.responses import JsonAnswer
from api.routers.documented import problems
from orbits import Instant
from ssa.alliances import Alliance, all_alliances, find_alliance
from ssa.errors import UnknownName
from ssa.fleets import fleet_of
from ssa.recorded_dates import calendar_day

router = APIRouter(prefix="/v1/alliances", tags=["alliances"])


@router.get("", response_model=AlliancesAnswer, response_class=JsonAnswer, responses=problems(422, 503))
def alliances(query: Annotated[AlliancesQuery, Query()], keeper: Keeper, groups: OwnGroups) -> Response:
    """Every alliance that is known, the user's own first, with the number of members on the day."""
    at = Instant.now()
    day = at.date() if query.on is None else calendar_day(query.on)
    rows = [alliance_row(alliance, day) for alliance in (*groups, *all_alliances())]
    return JsonAnswer(answer(keeper.snapshot().snapshot, at, {"on": day.isoformat(), "alliances": rows}))


@router.get(
    "/{alliance_id}", response_model=AllianceAnswer, response_class=JsonAnswer, responses=problems(404, 422, 503)
)
async def one_alliance(
    alliance_id: Annotated[str, Path(max_length=200, description="Id, name or alias; several joined by +.")],
    query: Annotated[AllianceQuery, Query()],
    keeper: Keeper,
    groups: OwnGroups,
    heavy: Heavy,
) -> Response:
    """Members with their dates, and what counts for them by rule, owner and member."""
    return await heavy.compute(_one, alliance_id, query, keeper, groups)


def _one(alliance_id: str, query: AllianceQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    at = instant_of(query.as_of) or Instant.now()
    try:
        alliance = find_alliance(alliance_id, groups)
    except UnknownName as error:
        raise NotFound("alliance_id", alliance_id, error.reason) from None
    snapshot = keeper.snapshot(instant_of(query.as_of)).snapshot
    fleet = fleet_of(alliance, snapshot, on=query.on or at.date(), commercial=query.commercial)
    return JsonAnswer(answer(snapshot, at, alliance_details(alliance, fleet), fleet.caveats))
