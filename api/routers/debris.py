"""Debris: density, flux on an orbit, collision risk by object, owner and alliance, congestion."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import debris as answers
from api.dependencies import Heavy, Keeper, OwnGroups, Warmth, instant_of
from api.models.debris import (
    MAX_SHELLS,
    CongestionQuery,
    CongestionReply,
    DensityQuery,
    DensityReply,
    FluxQuery,
    FluxReply,
    RiskQuery,
    RiskReply,
)
from api.responses import JsonAnswer
from api.routers.documented import problems
from api.scenes import debris_figures
from api.scenes.png import png_of
from ssa.alliances import Alliance
from ssa.errors import TooMuch

router = APIRouter(prefix="/v1/debris", tags=["debris"])


@router.get("/density", response_model=DensityReply, response_class=JsonAnswer, responses=problems(413, 422, 503))
async def density(query: Annotated[DensityQuery, Query()], keeper: Keeper, heavy: Heavy) -> Response:
    """Spatial density by shell of altitude and class; by inclination and latitude where asked."""
    return await heavy.compute(_density, query, keeper)


def _density(query: DensityQuery, keeper: Keeper) -> Response:
    from ssa.debris.density import spatial_density
    from ssa.debris.density_shells import Shells
    from ssa.debris.population import population_of

    shells = Shells.even(query.altitude_min_km, query.altitude_max_km, query.width_km)
    if len(shells) > MAX_SHELLS:
        raise TooMuch("width_km", query.width_km, f"makes {len(shells):,} shells, more than {MAX_SHELLS:,}; widen them")
    snapshot = keeper.snapshot(instant_of(query.as_of)).snapshot
    population = population_of(snapshot)
    found = answers.density_answer(
        snapshot, population, spatial_density(population, shells), None, by_inclination=query.by_inclination,
        by_latitude=query.by_latitude,
    )  # fmt: skip
    return _shown(found, query.format, debris_figures.density_svg, "density")


@router.get("/flux", response_model=FluxReply, response_class=JsonAnswer, responses=problems(422, 503))
async def flux(query: Annotated[FluxQuery, Query()], keeper: Keeper, heavy: Heavy, warmth: Warmth) -> Response:
    """Flux on a circular orbit by size of the objects, relative speed and azimuth of arrival."""
    warmth.require()
    return await heavy.compute(_flux, query, keeper)


def _flux(query: FluxQuery, keeper: Keeper) -> Response:
    from ssa.debris.flux import flux_on_orbit
    from ssa.debris.population import population_of

    snapshot = keeper.snapshot(instant_of(query.as_of)).snapshot
    population = population_of(snapshot)
    found = flux_on_orbit(population, altitude_km=query.altitude_km, inclination_deg=query.inclination_deg)
    return _shown(answers.flux_answer(snapshot, population, found), query.format, debris_figures.flux_svg, "flux")


@router.get("/risk", response_model=RiskReply, response_class=JsonAnswer, responses=problems(422, 503))
async def risk(
    query: Annotated[RiskQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth
) -> Response:
    """Expected collisions a year by object and between owners; with `alliance`, its exposure and to whose objects."""
    warmth.require()
    return await heavy.compute(_risk, query, keeper, groups)


def _risk(query: RiskQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    from ssa.debris.population import population_of
    from ssa.debris.risk import debris_risk, exposure_of

    snapshot = keeper.snapshot(instant_of(query.as_of)).snapshot
    found = debris_risk(population_of(snapshot), avoidance_failure=query.avoidance_failure)
    fleet = exposure = rows = None
    if query.alliance is not None:
        fleet, inside = answers.fleet_in(
            snapshot, found.population, query.alliance, on=query.on, commercial=query.commercial, groups=groups
        )
        exposure, rows = exposure_of(found, inside), inside.nonzero()[0]
    body = answers.risk_answer(
        snapshot, found, limit=query.limit, years=query.years, rows=rows, fleet=fleet, exposure=exposure
    )
    return _shown(body, query.format, debris_figures.matrix_svg, "risk")


@router.get("/congestion", response_model=CongestionReply, response_class=JsonAnswer, responses=problems(422, 503))
async def congestion(
    query: Annotated[CongestionQuery, Query()], keeper: Keeper, heavy: Heavy, warmth: Warmth
) -> Response:
    """Shells by collision rate, and derelicts by the pieces that their collisions are expected to make."""
    warmth.require()
    return await heavy.compute(_congestion, query, keeper)


def _congestion(query: CongestionQuery, keeper: Keeper) -> Response:
    from ssa.debris.congestion import rank_derelicts, rank_shells
    from ssa.debris.population import population_of
    from ssa.debris.risk import debris_risk

    snapshot = keeper.snapshot(instant_of(query.as_of)).snapshot
    found = debris_risk(population_of(snapshot), avoidance_failure=query.avoidance_failure)
    return JsonAnswer(
        answers.congestion_answer(snapshot, found, rank_shells(found), rank_derelicts(found), limit=query.limit)
    )


def _shown(body: dict, form: str, drawn: object, name: str) -> Response:  # type: ignore[type-arg]
    """The answer in the form that was asked for."""
    if form == "json":
        return JsonAnswer(body)
    svg = drawn(body)  # type: ignore[operator]
    head = {"Content-Disposition": f'inline; filename="{name}.{form}"'}
    if form == "svg":
        return Response(svg.encode(), media_type="image/svg+xml", headers=head)
    return Response(png_of(svg), media_type="image/png", headers=head)
