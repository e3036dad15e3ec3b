"""Debris: what a break-up does, when objects come down, and who would be down in time."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.dependencies import Desk, Heavy, IdempotencyKey, Keeper, OwnGroups, Warmth
from api.jobs.kind import Basis, unreported
from api.jobs.kinds import debris as kinds
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
from api.models.debris_questions import BreakUpRequest, ComplianceRequest, DecayRequest
from api.responses import JsonAnswer
from api.routers.asking import heavy_question
from api.routers.debris import PICTURES, asked_in, basis_of, shown
from api.routers.documented import problems
from api.scenes import breakup_figures
from api.selection import listed_numbers
from ssa.alliances import Alliance
from ssa.errors import TooMuch

router = APIRouter(prefix="/v1/debris", tags=["debris"])


@router.get(
    "/breakups",
    response_model=BreakUpReply,
    response_class=JsonAnswer,
    responses={**problems(413, 422, 503), **PICTURES},
)
async def breakups(
    query: Annotated[BreakUpQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth
) -> Response:
    """What if an object breaks up: its pieces, and with `alliance` the hazard to its fleet for 25 years."""
    warmth.require()
    return await heavy.compute(_breakup, query, keeper, groups)


def _breakup(query: BreakUpQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    request, basis = BreakUpRequest(**asked_in(query)), basis_of(query, keeper, groups)
    work = kinds.breakup_cost(request, basis).measures["piece_assets"]
    if work > MAX_PIECE_ASSETS:
        raise TooMuch(
            "smallest_m", query.smallest_m,
            f"makes {work:,.0f} pairs of pieces and assets, more than {MAX_PIECE_ASSETS:,}; take larger pieces, or "
            "POST the question as a job",
        )  # fmt: skip
    return shown(kinds.breakup(request, basis, unreported), query.format, breakup_figures.gabbard_svg, "gabbard")


@router.post("/breakups", **heavy_question(kinds.BREAKUPS, BreakUpReply))
async def breakups_in_full(request: BreakUpRequest, desk: Desk, key: IdempotencyKey = None) -> Response:
    """The same for fleets of any size, with a table of your own `sizes`."""
    return await desk.ask(kinds.BREAKUPS, request, key)


@router.get(
    "/decay", response_model=DecayReply, response_class=JsonAnswer, responses={**problems(413, 422, 503), **PICTURES}
)
async def decay(
    query: Annotated[DecayQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth
) -> Response:
    """When objects come down: the re-entry window of each, with the drag that the sets held of earlier days show."""
    warmth.require()
    return await heavy.compute(_decay, query, keeper, groups)


def _decay(query: DecayQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    request, basis = DecayRequest(**_listed_in(query)), basis_of(query, keeper, groups)
    _require_few(request, basis)
    return shown(kinds.decay(request, basis, unreported), query.format, breakup_figures.decay_svg, "decay")


@router.post("/decay", **heavy_question(kinds.DECAY, DecayReply))
async def decay_in_full(request: DecayRequest, desk: Desk, key: IdempotencyKey = None) -> Response:
    """The same for fleets of up to 50,000, with a table of your own `sizes`."""
    return await desk.ask(kinds.DECAY, request, key)


@router.get("/compliance", response_model=ComplianceReply, response_class=JsonAnswer, responses=problems(413, 422, 503))
async def compliance(
    query: Annotated[ComplianceQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy, warmth: Warmth
) -> Response:
    """Who would be down within 5 and 25 years by natural decay, under a weak, a mean and a strong Sun."""
    warmth.require()
    return await heavy.compute(_compliance, query, keeper, groups)


def _compliance(query: ComplianceQuery, keeper: Keeper, groups: tuple[Alliance, ...]) -> Response:
    request, basis = ComplianceRequest(**_listed_in(query)), basis_of(query, keeper, groups)
    _require_few(request, basis)
    return JsonAnswer(kinds.compliance(request, basis, unreported))


@router.post("/compliance", **heavy_question(kinds.COMPLIANCE, ComplianceReply))
async def compliance_in_full(request: ComplianceRequest, desk: Desk, key: IdempotencyKey = None) -> Response:
    """The same for fleets of up to 50,000, with a table of your own `sizes`."""
    return await desk.ask(kinds.COMPLIANCE, request, key)


def _listed_in(query: DecayQuery | ComplianceQuery) -> dict[str, Any]:
    listed = None if query.objects is None else listed_numbers("objects", query.objects)
    return {**asked_in(query), "objects": listed}


def _require_few(request: DecayRequest | ComplianceRequest, basis: Basis) -> None:
    count = kinds.falls_cost(request, basis).measures["objects"]
    if count > MAX_DECAY_OBJECTS:
        raise TooMuch(
            "objects",
            int(count),
            f"objects are more than {MAX_DECAY_OBJECTS:,}; list fewer, or POST the question as a job",
        )
