"""Debris: what a break-up does, when objects come down, and who would be down in time."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers import debris_breakup as answers
from api.answers.debris import fleet_in
from api.dependencies import Heavy, Keeper, OwnGroups, Warmth, instant_of
from api.models.debris_breakup import (
    MAX_DECAY_OBJECTS,
    MAX_PIECE_ASSETS,
    BreakUpQuery,
    BreakUpReply,
    ComplianceQuery,
    ComplianceReply,
    DecayQuery,
    DecayReply,
)
from api.responses import JsonAnswer
from api.routers.debris import _shown
from api.routers.documented import problems
from api.scenes import breakup_figures
from api.selection import listed_numbers
from ssa.alliances import Alliance
from ssa.errors import TooMuch

router = APIRouter(prefix="/v1/debris", tags=["debris"])


@router.get("/breakups", response_model=BreakUpReply, response_class=JsonAnswer, responses=problems(413, 422, 503))
async def breakups(
    query: Annotated[BreakUpQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth
) -> Response:
    """What if an object breaks up: its pieces, and with `alliance` the hazard to its fleet for 25 years."""
    warmth.require()
    return await heavy.compute(_breakup, query, keeper, groups)


def _breakup(query: BreakUpQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    from ssa.debris.breakup_events import break_up_object
    from ssa.debris.cloud import cloud_hazard
    from ssa.debris.population import population_of

    snapshot = keeper.snapshot(instant_of(query.as_of)).snapshot
    population = population_of(snapshot)
    event = break_up_object(
        snapshot, population, query.object, at=query.at or snapshot.as_of, with_norad_id=query.with_object,
        impactor_kg=query.impactor_kg, relative_speed_km_s=query.speed_km_s, smallest_m=query.smallest_m,
        scale=query.scale, mass_kg=query.mass_kg, seed=query.seed,
    )  # fmt: skip
    hazard = None
    if query.alliance is not None:
        _, inside = fleet_in(
            snapshot, population, query.alliance, on=query.on, commercial=query.commercial, groups=groups
        )
        inside &= population.norad_id != query.object
        fleet = population[inside.nonzero()[0]]
        work = len(fleet) * len(event.orbits)
        if work > MAX_PIECE_ASSETS:
            raise TooMuch(
                "smallest_m", query.smallest_m,
                f"makes {work:,} pairs of pieces and assets, more than {MAX_PIECE_ASSETS:,}; take larger pieces, or "
                "`ssa debris breakup`",
            )  # fmt: skip
        hazard = cloud_hazard(
            event.break_up.fragments, event.orbits, event.at, fleet, snapshot.elements[fleet.rows], seed=query.seed
        )
    body = answers.breakup_answer(snapshot, event, hazard)
    return _shown(body, query.format, breakup_figures.gabbard_svg, "gabbard")


@router.get("/decay", response_model=DecayReply, response_class=JsonAnswer, responses=problems(413, 422, 503))
async def decay(
    query: Annotated[DecayQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth
) -> Response:
    """When objects come down: the re-entry window of each."""
    warmth.require()
    return await heavy.compute(_decay, query, keeper, groups)


def _decay(query: DecayQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    from ssa.debris.decay import decay_windows

    snapshot, population = _chosen(query, keeper, groups)
    found = decay_windows(snapshot.elements[population.rows], population, horizon_years=query.years)
    body = answers.decay_answer(snapshot, found, limit=query.limit)
    return _shown(body, query.format, breakup_figures.decay_svg, "decay")


@router.get("/compliance", response_model=ComplianceReply, response_class=JsonAnswer, responses=problems(413, 422, 503))
async def compliance(
    query: Annotated[ComplianceQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth
) -> Response:
    """Who would be down within 5 and 25 years by natural decay, under a weak, a mean and a strong Sun."""
    warmth.require()
    return await heavy.compute(_compliance, query, keeper, groups)


def _compliance(query: ComplianceQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    from ssa.debris.compliance import compliance_of

    snapshot, population = _chosen(query, keeper, groups)
    found = compliance_of(snapshot.elements[population.rows], population)
    return JsonAnswer(answers.compliance_answer(snapshot, found, limit=query.limit))


def _chosen(query: DecayQuery | ComplianceQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> tuple[Any, Any]:
    from ssa.debris.population import population_of

    snapshot = keeper.snapshot(instant_of(query.as_of)).snapshot
    population = population_of(snapshot)
    inside = None
    if query.alliance is not None:
        _, inside = fleet_in(
            snapshot, population, query.alliance, on=query.on, commercial=query.commercial, groups=groups
        )
    listed = None if query.objects is None else listed_numbers("objects", query.objects)
    rows = answers.chosen_rows(population, listed, inside)
    if len(rows) > MAX_DECAY_OBJECTS:
        raise TooMuch(
            "objects", len(rows), f"objects are more than {MAX_DECAY_OBJECTS:,}; list fewer, or use the command line"
        )
    return snapshot, population[rows]
