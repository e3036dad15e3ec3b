"""Debris: density, flux on an orbit, collision risk by object, owner and alliance, congestion, derelicts."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import debris as answers
from api.dependencies import Desk, Heavy, IdempotencyKey, Keeper, OwnGroups, Warmth, instant_of
from api.jobs.kind import Basis, unreported
from api.jobs.kinds import debris as kinds
from api.models.debris import (
    MAX_CLOUD_ASSETS,
    MAX_SHELLS,
    CongestionQuery,
    CongestionReply,
    DensityQuery,
    DensityReply,
    DerelictsQuery,
    DerelictsReply,
    FluxQuery,
    FluxReply,
    RiskQuery,
    RiskReply,
)
from api.models.debris_questions import CongestionRequest, DerelictsRequest, FluxRequest, RiskRequest
from api.responses import JsonAnswer
from api.routers.asking import heavy_question
from api.routers.documented import also, problems
from api.scenes import debris_figures
from api.scenes.png import png_of
from ssa.alliances import Alliance
from ssa.errors import TooMuch

router = APIRouter(prefix="/v1/debris", tags=["debris"])
PICTURES = also("image/svg+xml", "image/png")


@router.get(
    "/density",
    response_model=DensityReply,
    response_class=JsonAnswer,
    responses={**problems(413, 422, 503), **PICTURES},
)
async def density(query: Annotated[DensityQuery, Query()], keeper: Keeper, heavy: Heavy) -> Response:
    """Spatial density by shell of altitude and class; by inclination, latitude and earlier catalogue where asked."""
    return await heavy.compute(_density, query, keeper)


def _density(query: DensityQuery, keeper: Keeper) -> Response:
    from ssa.debris.density import density_history, spatial_density
    from ssa.debris.density_shells import Shells

    shells = Shells.even(query.altitude_min_km, query.altitude_max_km, query.width_km)
    if len(shells) > MAX_SHELLS:
        raise TooMuch("width_km", query.width_km, f"makes {len(shells):,} shells, more than {MAX_SHELLS:,}; widen them")
    served = keeper.snapshot(instant_of(query.as_of))
    earlier = [keeper.snapshot(instant_of(time)).snapshot for time in query.at]
    found = answers.density_answer(
        served.snapshot, served.population, spatial_density(served.population, shells),
        density_history(earlier, shells) if earlier else None, by_inclination=query.by_inclination,
        by_latitude=query.by_latitude,
    )  # fmt: skip
    return shown(found, query.format, debris_figures.density_svg, "density")


@router.get("/flux", response_model=FluxReply, response_class=JsonAnswer, responses={**problems(422, 503), **PICTURES})
async def flux(query: Annotated[FluxQuery, Query()], keeper: Keeper, heavy: Heavy, warmth: Warmth) -> Response:
    """Flux on a circular orbit by size of the objects, relative speed and azimuth of arrival."""
    warmth.require()
    return await heavy.compute(_flux, query, keeper)


def _flux(query: FluxQuery, keeper: Keeper) -> Response:
    found = kinds.flux(FluxRequest(**asked_in(query)), basis_of(query, keeper), unreported)
    return shown(found, query.format, debris_figures.flux_svg, "flux")


@router.post("/flux", **heavy_question(kinds.FLUX, FluxReply))
async def flux_with_sizes(request: FluxRequest, desk: Desk, key: IdempotencyKey = None) -> Response:
    """The same with a table of your own `sizes`."""
    return await desk.ask(kinds.FLUX, request, key)


@router.get("/risk", response_model=RiskReply, response_class=JsonAnswer, responses={**problems(422, 503), **PICTURES})
async def risk(
    query: Annotated[RiskQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth
) -> Response:
    """Expected collisions a year by object and between owners; with `alliance`, its exposure and to whose objects."""
    warmth.require()
    return await heavy.compute(_risk, query, keeper, groups)


def _risk(query: RiskQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    body = kinds.risk(RiskRequest(**asked_in(query)), basis_of(query, keeper, groups), unreported)
    return shown(body, query.format, debris_figures.matrix_svg, "risk")


@router.post("/risk", **heavy_question(kinds.RISK, RiskReply))
async def risk_in_full(request: RiskRequest, desk: Desk, key: IdempotencyKey = None) -> Response:
    """The same with a table of your own `sizes`, and with `all_pairs` counted pair by pair as well."""
    return await desk.ask(kinds.RISK, request, key)


@router.get("/congestion", response_model=CongestionReply, response_class=JsonAnswer, responses=problems(422, 503))
async def congestion(
    query: Annotated[CongestionQuery, Query()], keeper: Keeper, heavy: Heavy, warmth: Warmth
) -> Response:
    """Shells by collision rate, and derelicts by the pieces that their collisions are expected to make."""
    warmth.require()
    return await heavy.compute(_congestion, query, keeper)


def _congestion(query: CongestionQuery, keeper: Keeper) -> Response:
    return JsonAnswer(kinds.congestion(CongestionRequest(**asked_in(query)), basis_of(query, keeper), unreported))


@router.post("/congestion", **heavy_question(kinds.CONGESTION, CongestionReply))
async def congestion_with_sizes(request: CongestionRequest, desk: Desk, key: IdempotencyKey = None) -> Response:
    """The same with a table of your own `sizes`."""
    return await desk.ask(kinds.CONGESTION, request, key)


@router.get("/derelicts", response_model=DerelictsReply, response_class=JsonAnswer, responses=problems(413, 422, 503))
async def derelicts(
    query: Annotated[DerelictsQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth
) -> Response:
    """Derelicts by what their break-up would cost the fleet of an alliance."""
    warmth.require()
    return await heavy.compute(_derelicts, query, keeper, groups)


def _derelicts(query: DerelictsQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    request, basis = DerelictsRequest(**asked_in(query)), basis_of(query, keeper, groups)
    work = kinds.derelicts_cost(request, basis).measures["cloud_assets"]
    if work > MAX_CLOUD_ASSETS:
        raise TooMuch(
            "computed", query.computed,
            f"with this fleet makes {work:,.0f} pairs of derelicts and assets, more than {MAX_CLOUD_ASSETS:,}; ask for "
            "fewer, or POST the question as a job",
        )  # fmt: skip
    return JsonAnswer(kinds.derelicts(request, basis, unreported))


@router.post("/derelicts", **heavy_question(kinds.DERELICTS, DerelictsReply))
async def derelicts_in_full(request: DerelictsRequest, desk: Desk, key: IdempotencyKey = None) -> Response:
    """The same for up to 1,000 derelicts, with a table of your own `sizes`."""
    return await desk.ask(kinds.DERELICTS, request, key)


def asked_in(query: Any) -> dict[str, Any]:
    """The fields of a query that its question has as well."""
    found: dict[str, Any] = query.model_dump(exclude={"format"})
    return found


def basis_of(query: Any, keeper: Keeper, groups: tuple[Alliance, ...] = ()) -> Basis:
    """What a GET is asked of."""
    return Basis(keeper.snapshot(instant_of(query.as_of)), groups, keeper.histories)


def shown(body: dict, form: str, drawn: object, name: str) -> Response:  # type: ignore[type-arg]
    """The answer in the form that was asked for."""
    if form == "json":
        return JsonAnswer(body)
    svg = drawn(body)  # type: ignore[operator]
    head = {"Content-Disposition": f'inline; filename="{name}.{form}"'}
    if form == "svg":
        return Response(svg.encode(), media_type="image/svg+xml", headers=head)
    return Response(png_of(svg), media_type="image/png", headers=head)
