"""Objects: search, one object, its element sets, its ephemeris."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answers.envelope import age_caveats, answer
from api.answers.objects import ServedSnapshot, element_rows
from api.answers.states import states_answer
from api.dependencies import Heavy, Keeper, NoradId, OwnGroups, Warmth, instant_of
from api.errors import NotFound
from api.models.objects import ElementsAnswer, ObjectAnswer, ObjectsAnswer, StatesAnswer
from api.models.queries import MAX_POINTS, ElementsQuery, EphemerisQuery, ObjectsQuery
from api.models.scenes import MAX_SKY_POINTS, SkyAnswer, SkyQuery
from api.object_search import Page, search_objects
from api.responses import JsonAnswer, file_answer
from api.routers.documented import also, problems
from api.selection import Selection
from api.windows import window
from orbits import Instant, InvalidValue, TimeGrid
from orbits.formats import write_element_sets
from orbits.sites import GroundSite
from ssa.alliances import Alliance

router = APIRouter(prefix="/v1/objects", tags=["objects"])
_FILES = {
    "csv": ("omm-csv", "text/csv"),
    "tle": ("tle", "text/plain"),
    "3le": ("3le", "text/plain"),
    "xml": ("omm-xml", "application/xml"),
    "kvn": ("omm-kvn", "text/plain"),
}


@router.get("", response_model=ObjectsAnswer, response_class=JsonAnswer, responses=problems(422, 503))
async def objects(
    request: Request, query: Annotated[ObjectsQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy
) -> Response:
    """A page of the objects that match, by catalogue number; `next` leads to the page after it."""
    found, page = await heavy.compute(_objects, query, keeper, groups)
    link = None
    if page.next_cursor is not None:
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
        link = f"{request.url.path}?{urlencode([*kept, ('cursor', page.next_cursor)])}"
    headers = {"Link": f'<{link}>; rel="next"'} if link else None
    return JsonAnswer({**found, "next": link}, headers=headers)


def _objects(query: ObjectsQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> tuple[dict[str, object], Page]:
    at = instant_of(query.as_of)
    served = keeper.snapshot(at)
    now = at or Instant.now()
    page = search_objects(served, query, groups, now)
    body = {"total": page.total, "objects": served.rows(page.rows, now)}
    return answer(served.snapshot, now, body, page.caveats), page


@router.get("/{norad_id}", response_model=ObjectAnswer, response_class=JsonAnswer, responses=problems(404, 422, 503))
def one_object(norad_id: NoradId, keeper: Keeper) -> Response:
    """One object: what the satellite catalogue says of it, its mission and its mean orbit."""
    served, at = keeper.snapshot(), Instant.now()
    row = _row_of(served, norad_id)
    body = {"object": served.rows(row, at)[0]}
    return JsonAnswer(answer(served.snapshot, at, body, age_caveats(served.snapshot[row], at, at)))


@router.get(
    "/{norad_id}/elements", response_model=ElementsAnswer, response_class=JsonAnswer,
    responses={**problems(404, 422, 503), **also("text/csv", "text/plain", "application/xml")},
)  # fmt: skip
def elements(norad_id: NoradId, query: Annotated[ElementsQuery, Query()], keeper: Keeper) -> Response:
    """Every element set held of an object, oldest epoch first."""
    served, at = keeper.snapshot(), Instant.now()
    history = keeper.history(norad_id)
    if not len(history):
        _row_of(served, norad_id)
    if query.format == "json":
        body = {"norad_id": norad_id, "elements": element_rows(history)}
        return JsonAnswer(answer(served.snapshot, at, body))
    form, media_type = _FILES[query.format]
    return file_answer(write_element_sets(history, form), media_type, f"elements-{norad_id}.{query.format}")


@router.get(
    "/{norad_id}/ephemeris", response_model=StatesAnswer, response_class=JsonAnswer,
    responses={**problems(404, 422, 503), **also("text/plain", "application/czml+json")},
)  # fmt: skip
async def ephemeris(
    norad_id: NoradId, query: Annotated[EphemerisQuery, Query()], keeper: Keeper, heavy: Heavy, warmth: Warmth
) -> Response:
    """States in TEME and ITRS (json), sampled Earth-fixed positions (czml), or an OEM 2.0 in TEME (oem).

    At most 50,000 states. `czml` and `oem` hold the usable states only; `json` has a status for each.
    """
    span = window(query.start, hours=query.hours, end=query.end)
    grid = TimeGrid.over(span, step_s=query.step_s)
    if len(grid) > MAX_POINTS:
        raise InvalidValue(
            "step_s", query.step_s, f"makes {len(grid):,} states, more than {MAX_POINTS:,}; take a longer one"
        )
    warmth.require()
    return await heavy.compute(_ephemeris, norad_id, query, grid, keeper)


def _ephemeris(norad_id: int, query: EphemerisQuery, grid: TimeGrid, keeper: Keeper) -> Response:
    from api.scenes.czml import czml_document
    from orbits.formats.oem import write_oem
    from orbits.frames import teme_to_itrs
    from orbits.propagation import propagate

    served = keeper.snapshot(instant_of(query.as_of))
    chosen = served.snapshot[_row_of(served, norad_id)]
    teme = propagate(chosen.elements, grid, threads=1)
    name, mode = str(chosen.elements.name[0]), chosen.data_mode
    if query.format == "oem":
        comments = (
            f"{mode} elements of epoch {chosen.elements.epoch(0)}, propagated with SGP4; TEME of date",
            f"catalogue {chosen.digest}",
        )
        text = write_oem(
            teme, row=0, name=name, object_id=str(chosen.elements.object_id[0]), created=chosen.as_of, comments=comments
        )
        return file_answer(text, "text/plain", f"{norad_id}.oem")
    itrs = teme_to_itrs(teme)
    if query.format == "czml":
        period_s = [float(chosen.elements.period_min[0]) * 60.0]
        scene = czml_document(itrs, [name], title=name, period_s=period_s, data_mode=mode)
        return JsonAnswer(scene, media_type="application/czml+json")
    return JsonAnswer(states_answer(served.snapshot, Selection(chosen, {"objects": 1}), teme, itrs))


@router.get("/{norad_id}/sky", response_model=SkyAnswer, response_class=JsonAnswer, responses=problems(404, 422, 503))
async def sky(
    norad_id: NoradId, query: Annotated[SkyQuery, Query()], keeper: Keeper, heavy: Heavy, warmth: Warmth
) -> Response:
    """The object's path through a site's sky, below the horizon, too: azimuth, elevation, range, light. At most 5,000
    points."""
    span = window(query.start, hours=query.hours, end=query.end)
    grid = TimeGrid.over(span, step_s=query.step_s)
    if len(grid) > MAX_SKY_POINTS:
        raise InvalidValue(
            "step_s", query.step_s, f"makes {len(grid):,} points, more than {MAX_SKY_POINTS:,}; take a longer one"
        )
    site = GroundSite(f"{query.lat:g},{query.lon:g}", query.lat, query.lon, query.alt_m)
    warmth.require()
    return await heavy.compute(_sky, norad_id, query, site, grid, keeper)


def _sky(norad_id: int, query: SkyQuery, site: GroundSite, grid: TimeGrid, keeper: Keeper) -> Response:
    from api.answers.sky import sky_answer

    served = keeper.snapshot(instant_of(query.as_of))
    return JsonAnswer(sky_answer(served.snapshot, served.snapshot[_row_of(served, norad_id)], site, grid))


def _row_of(served: ServedSnapshot, norad_id: int):  # type: ignore[no-untyped-def]
    rows, missing = served.snapshot.rows_of([norad_id])
    if missing:
        raise NotFound("norad_id", norad_id, f"is not in the catalogue of {served.snapshot.as_of.isoformat(0)}")
    return rows
