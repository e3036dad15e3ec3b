"""Coverage of a region by a fleet."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.answers.coverage import coverage_answer
from api.answers.coverage_files import coverage_csv, coverage_geojson
from api.dependencies import Heavy, Keeper, OwnGroups, Warmth, instant_of
from api.fleet_choice import FleetChoice, choose_fleet
from api.models.coverage import CoverageReply, CoverageRequest
from api.models.queries import MAX_CELL_OBJECT_HOURS, MAX_LISTED_CELLS
from api.responses import JsonAnswer, file_answer
from api.routers.documented import also, problems
from api.windows import window
from ssa.alliances import Alliance
from ssa.regions import parse_region, region_from_geojson

router = APIRouter(prefix="/v1", tags=["coverage"])


@router.post(
    "/coverage", response_model=CoverageReply, response_class=JsonAnswer,
    responses={**problems(400, 413, 422, 503), **also("text/csv", "application/geo+json", "image/svg+xml")},
)  # fmt: skip
async def coverage(
    request: CoverageRequest, keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth
) -> Response:
    """Coverage, gaps, revisit and response of a fleet over a region, with each owner's part in it.

    Limits: window 744 h; cells x objects x hours 20,000,000; 20,000 cells listed or drawn; a region of 10,000
    positions. More is answered 413.
    """
    warmth.require()
    return await heavy.compute(_coverage, request, keeper, groups)


def _coverage(asked: CoverageRequest, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    from ssa.coverage.question import coverage_of

    span = window(asked.start, hours=asked.hours, end=asked.end)
    region = (
        region_from_geojson(asked.region)
        if isinstance(asked.region, dict)
        else parse_region(asked.region, on=asked.on or span.start.date(), groups=groups)
    )
    served = keeper.snapshot(instant_of(asked.as_of))
    fleet = choose_fleet(served.snapshot, _choice(asked, groups), at=span.start, missions_of=served.missions_of)
    found = coverage_of(
        region, asked.cell_km, fleet, span, step_s=asked.step_s, contribution=asked.contribution,
        most_cell_object_hours=MAX_CELL_OBJECT_HOURS,
    )  # fmt: skip
    listed = asked.cells or asked.format != "json"
    answer = coverage_answer(served.snapshot, found, cells=listed, most_cells=MAX_LISTED_CELLS)
    if asked.format == "csv":
        return file_answer(coverage_csv(answer), "text/csv", "coverage.csv")
    if asked.format == "geojson":
        return file_answer(coverage_geojson(answer, found), "application/geo+json", "coverage.geojson")
    if asked.format == "svg":
        from api.scenes.coverage_map import coverage_map_svg

        return file_answer(coverage_map_svg(answer, found, asked.measure), "image/svg+xml", "coverage.svg")
    return JsonAnswer(answer)


def _choice(asked: CoverageRequest, groups: tuple[Alliance, ...]) -> FleetChoice:
    return FleetChoice(
        objects=None if asked.objects is None else ",".join(map(str, asked.objects)), alliance=asked.alliance,
        owner=asked.owner, everything=asked.all, on=asked.on, commercial=asked.commercial, mission=asked.mission,
        sensor=asked.sensor, nadir_half_angle_deg=asked.nadir_half_angle_deg,
        min_elevation_deg=asked.min_elevation_deg, use=asked.use, groups=groups,
    )  # fmt: skip
