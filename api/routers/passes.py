"""Pass windows."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers.passes import passes_answer
from api.answers.passes_csv import passes_csv
from api.answers.passes_ics import passes_ics
from api.dependencies import Desk, Heavy, IdempotencyKey, Keeper, OwnGroups, Warmth, instant_of
from api.jobs.kinds.passes import PASSES
from api.models.passes import PassesAnswer
from api.models.queries import MAX_OBJECT_SITE_DAYS, PassesQuery
from api.models.questions import PassesRequest
from api.responses import JsonAnswer, file_answer
from api.routers.asking import heavy_question
from api.routers.documented import also, problems
from api.selection import Choice, select_objects
from api.sites import parse_site
from api.windows import window
from orbits import InvalidValue
from orbits.sites import GroundSite, HorizonMask
from ssa.alliances import Alliance

router = APIRouter(prefix="/v1", tags=["passes"])


@router.get(
    "/passes", response_model=PassesAnswer, response_class=JsonAnswer,
    responses={**problems(422, 503), **also("text/csv", "text/calendar")},
)  # fmt: skip
async def passes(
    query: Annotated[PassesQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth
) -> Response:
    """When satellites rise, culminate and set over sites: every pass, also those cut at the window's ends.

    Limits: window 744 h, 50 sites, objects x sites x days 100,000, and `limit` passes listed.
    """
    warmth.require()
    return await heavy.compute(_passes, query, keeper, groups)


@router.post("/passes", **heavy_question(PASSES, PassesAnswer))
async def ask_for_passes(question: PassesRequest, desk: Desk, key: IdempotencyKey = None) -> Response:
    """The same for many sites and objects: answered at once when small, else by a job."""
    return await desk.ask(PASSES, question, key)


def _passes(query: PassesQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    from ssa.passes import find_passes

    span = window(query.start, hours=query.hours, end=query.end)
    sites = sites_of(query)
    mask = HorizonMask.parse(query.min_elevation)
    served = keeper.snapshot(instant_of(query.as_of))
    choice = Choice(query.objects, query.alliance, query.all, query.on, query.commercial, query.mission, groups)
    selection = select_objects(served.snapshot, choice, at=span.start, missions_of=served.missions_of)
    work = len(selection.objects) * len(sites) * span.duration_s / 86400.0
    if work > MAX_OBJECT_SITE_DAYS:
        raise InvalidValue(
            "hours", query.hours or query.end or 24.0,
            f"{len(selection.objects):,} objects x {len(sites)} sites x {span.duration_s / 86400.0:.1f} days is more "
            f"than {MAX_OBJECT_SITE_DAYS:,.0f}; ask for a shorter window, fewer objects, or use the command line",
        )  # fmt: skip
    found = passes_answer(
        served.snapshot, selection, find_passes(selection.objects.elements, sites, span, mask=mask), limit=query.limit
    )
    if query.format == "csv":
        return file_answer(passes_csv(found), "text/csv", "passes.csv")
    if query.format == "ics":
        return file_answer(passes_ics(found), "text/calendar", "passes.ics")
    return JsonAnswer(found)


def sites_of(query: PassesQuery) -> list[GroundSite]:
    """The sites of a query: `lat` and `lon`, then each `site`."""
    sites = []
    if query.lat is not None or query.lon is not None or query.alt_m is not None:
        if query.lat is None or query.lon is None:
            missing = "lat" if query.lat is None else "lon"
            raise InvalidValue(missing, None, "is missing; a site needs lat and lon")
        name = f"{query.lat:g},{query.lon:g}"
        sites.append(GroundSite(name, query.lat, query.lon, query.alt_m or 0.0))
    sites += [parse_site(text) for text in query.site]
    if not sites:
        raise InvalidValue("site", None, "is missing; give lat and lon, or site=LAT,LON")
    return sites
