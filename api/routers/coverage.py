"""Coverage of a region by a fleet."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.answers.coverage import coverage_answer
from api.answers.coverage_files import coverage_csv, coverage_geojson
from api.dependencies import Desk, Heavy, IdempotencyKey, Keeper, OwnGroups, Warmth, instant_of
from api.jobs.kind import Basis
from api.jobs.kinds.coverage import COVERAGE, asked_of
from api.models.coverage import CoverageReply, CoverageRequest
from api.models.queries import MAX_CELL_OBJECT_HOURS, MAX_LISTED_CELLS
from api.responses import file_answer
from api.routers.asking import heavy_question
from api.routers.documented import also
from ssa.alliances import Alliance

router = APIRouter(prefix="/v1", tags=["coverage"])
_ASKED = heavy_question(COVERAGE, CoverageReply)
_ASKED["responses"] = {**_ASKED["responses"], **also("text/csv", "application/geo+json", "image/svg+xml", "image/png")}


@router.post("/coverage", **_ASKED)
async def coverage(
    request: CoverageRequest, keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth, desk: Desk,
    key: IdempotencyKey = None,
) -> Response:  # fmt: skip
    """Coverage, gaps, revisit and response of a fleet over a region, with each owner's part in it.

    JSON is a heavy question: at once, or 202 with a job. CSV, GeoJSON, SVG and PNG are made at once, up to 20,000,000
    cells x objects x hours, which long rules and fine masks multiply. Window 744 h; 20,000 cells listed or drawn; a
    region of 10,000 positions. More is answered 413.
    """
    warmth.require()
    if request.format == "json":
        return await desk.ask(COVERAGE, request, key)
    return await heavy.compute(_file, request, keeper, groups)


def _file(asked: CoverageRequest, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    from ssa.coverage.limits import search_weight
    from ssa.coverage.question import coverage_of

    basis = Basis(keeper.snapshot(instant_of(asked.as_of)), groups)
    region, cells, fleet, span, sides = asked_of(asked, basis)
    found = coverage_of(
        region, cells, fleet, span, step_s=asked.step_s, contribution=asked.contribution, sides=sides,
        most_cell_object_hours=MAX_CELL_OBJECT_HOURS / search_weight(fleet),
    )  # fmt: skip
    answer = coverage_answer(basis.snapshot, found, cells=True, most_cells=MAX_LISTED_CELLS)
    if asked.format == "csv":
        return file_answer(coverage_csv(answer), "text/csv", "coverage.csv")
    if asked.format == "geojson":
        return file_answer(coverage_geojson(answer, found), "application/geo+json", "coverage.geojson")
    from api.scenes.coverage_map import coverage_map_svg
    from api.scenes.png import png_of

    drawn = coverage_map_svg(answer, found, asked.measure)
    if asked.format == "svg":
        return file_answer(drawn, "image/svg+xml", "coverage.svg")
    return file_answer(png_of(drawn), "image/png", "coverage.png")
