"""Debris: flux, risk, congestion, derelicts, break-ups, decay, compliance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from api.answers import debris as answers
from api.answers import debris_breakup as more_answers
from api.jobs.kind import Basis, Cost, JobKind, Limit, Report, Request
from api.models.debris_questions import (
    MAX_CLOUD_ASSETS,
    MAX_DECAY_OBJECTS,
    MAX_PAIR_OBJECTS,
    MAX_PIECE_ASSETS,
    BreakUpRequest,
    ComplianceRequest,
    CongestionRequest,
    DecayRequest,
    DerelictsRequest,
    FluxRequest,
    RiskRequest,
    SizedRequest,
)
from orbits import Instant
from ssa.debris.element_history import ElementHistory, history_of
from ssa.debris.population import Population, population_of

# Seconds of one core, of a loaded machine: tests/benchmarks/debris_rates.py, tests/benchmarks/breakup_whatif.py
_RATES_S = 1.5  # of a whole catalogue
_SECONDS_A_PAIR = 2.5e-8  # of objects
_SECONDS_A_PIECE_ASSET = 4e-7
_SECONDS_A_FALL = 0.01
_SECONDS_A_CLOUD = 0.016
_SECONDS_A_CLOUD_ASSET = 1e-5  # 55 clouds against 12,457 and 94 objects: 8.7 and 1.7 s


def population_asked(request: SizedRequest, basis: Basis) -> Population:
    """The catalogue's objects, with the asker's sizes."""
    known = request.known_sizes
    return basis.served.population if known is None else population_of(basis.snapshot, known)


def _fleet(request: Any, basis: Basis, population: Population) -> tuple[Any, Any]:
    return answers.fleet_in(
        basis.snapshot, population, request.alliance, on=request.on, commercial=request.commercial, groups=basis.groups
    )


def _objects(seconds: float) -> Callable[[Any, Basis], Cost]:
    """The same cost for every question: all objects count, whatever is listed."""

    def estimate(request: Any, basis: Basis) -> Cost:
        return Cost(seconds, {"objects": float(len(basis.snapshot))})

    return estimate


def flux(request: FluxRequest, basis: Basis, report: Report) -> dict[str, Any]:
    """The answer of /v1/debris/flux."""
    from ssa.debris.flux import flux_on_orbit

    population = population_asked(request, basis)
    found = flux_on_orbit(population, altitude_km=request.altitude_km, inclination_deg=request.inclination_deg)
    return answers.flux_answer(basis.snapshot, population, found)


def risk(request: RiskRequest, basis: Basis, report: Report) -> dict[str, Any]:
    """The answer of /v1/debris/risk."""
    from ssa.debris.risk import debris_risk, exposure_of
    from ssa.debris.risk_check import check_by_pairs

    found = debris_risk(population_asked(request, basis), avoidance_failure=request.avoidance_failure)
    fleet = exposure = rows = None
    if request.alliance is not None:
        fleet, inside = _fleet(request, basis, found.population)
        exposure, rows = exposure_of(found, inside), inside.nonzero()[0]
    report(0.3)
    return answers.risk_answer(
        basis.snapshot, found, limit=request.limit, years=request.years, rows=rows, fleet=fleet, exposure=exposure,
        pairs=check_by_pairs(found) if request.all_pairs else None,
    )  # fmt: skip


def _risk_cost(request: RiskRequest, basis: Basis) -> Cost:
    count = float(len(basis.snapshot))
    return Cost(_RATES_S + (_SECONDS_A_PAIR * count * count / 2.0 if request.all_pairs else 0.0), {"objects": count})


def congestion(request: CongestionRequest, basis: Basis, report: Report) -> dict[str, Any]:
    """The answer of /v1/debris/congestion."""
    from ssa.debris.congestion import rank_derelicts, rank_shells
    from ssa.debris.risk import debris_risk

    found = debris_risk(population_asked(request, basis), avoidance_failure=request.avoidance_failure)
    return answers.congestion_answer(
        basis.snapshot, found, rank_shells(found), rank_derelicts(found), limit=request.limit
    )


def derelicts(request: DerelictsRequest, basis: Basis, report: Report) -> dict[str, Any]:
    """The answer of /v1/debris/derelicts."""
    from ssa.debris.derelicts import rank_derelicts

    snapshot, population = basis.snapshot, population_asked(request, basis)
    fleet, inside = _fleet(request, basis, population)
    found = rank_derelicts(
        snapshot, population, population[inside.nonzero()[0]], at=snapshot.as_of, computed=request.computed,
        smallest_m=request.smallest_m, seed=request.seed, avoidance_failure=request.avoidance_failure, report=report,
    )  # fmt: skip
    return answers.derelicts_answer(
        snapshot, population, fleet, int(inside.sum()), found, avoidance_failure=request.avoidance_failure,
        smallest_m=request.smallest_m, limit=request.limit,
    )  # fmt: skip


def derelicts_cost(request: DerelictsRequest, basis: Basis) -> Cost:
    """Seconds, and derelicts broken up x assets."""
    assets = int(_fleet(request, basis, basis.served.population)[1].sum())
    seconds = _RATES_S + request.computed * (_SECONDS_A_CLOUD + assets * _SECONDS_A_CLOUD_ASSET)
    return Cost(seconds, {"cloud_assets": float(request.computed * assets)})


def breakup(request: BreakUpRequest, basis: Basis, report: Report) -> dict[str, Any]:
    """The answer of /v1/debris/breakups."""
    from ssa.debris.breakup_events import break_up_object
    from ssa.debris.cloud import cloud_hazard

    snapshot, population = basis.snapshot, population_asked(request, basis)
    event = break_up_object(
        snapshot, population, request.object, at=request.at or snapshot.as_of, with_norad_id=request.with_object,
        impactor_kg=request.impactor_kg, relative_speed_km_s=request.speed_km_s, smallest_m=request.smallest_m,
        scale=request.scale, mass_kg=request.mass_kg, seed=request.seed,
    )  # fmt: skip
    hazard = None
    if request.alliance is not None:
        _, inside = _fleet(request, basis, population)
        fleet = population[(inside & (population.norad_id != request.object)).nonzero()[0]]
        hazard = cloud_hazard(
            event.break_up.fragments, event.orbits, event.at, fleet, snapshot.elements[fleet.rows], seed=request.seed,
            report=report,
        )  # fmt: skip
    return more_answers.breakup_answer(snapshot, event, hazard)


def breakup_cost(request: BreakUpRequest, basis: Basis) -> Cost:
    """Seconds, and pieces expected x assets; without a fleet only the pieces are drawn."""
    from ssa.debris.breakup_events import expected_pieces

    population = basis.served.population
    pieces = expected_pieces(
        population, request.object, with_norad_id=request.with_object, impactor_kg=request.impactor_kg,
        relative_speed_km_s=request.speed_km_s, smallest_m=request.smallest_m, scale=request.scale,
        mass_kg=request.mass_kg,
    )  # fmt: skip
    assets = 0 if request.alliance is None else int(_fleet(request, basis, population)[1].sum())
    return Cost(0.5 + pieces * assets * _SECONDS_A_PIECE_ASSET, {"piece_assets": pieces * assets})


def _listed(request: DecayRequest | ComplianceRequest, basis: Basis, population: Population) -> Any:
    inside = None if request.alliance is None else _fleet(request, basis, population)[1]
    return more_answers.chosen_rows(population, request.objects, inside)


def falls_cost(request: DecayRequest | ComplianceRequest, basis: Basis) -> Cost:
    """Seconds, and how many objects fall."""
    count = len(_listed(request, basis, basis.served.population))
    return Cost(0.5 + count * _SECONDS_A_FALL, {"objects": float(count)})


def _falling(
    request: DecayRequest | ComplianceRequest, basis: Basis, report: Report
) -> tuple[Population, ElementHistory]:
    """The objects asked about, and the sets that the database holds of the days before."""
    population = population_asked(request, basis)
    chosen = population[_listed(request, basis, population)]
    report(0.02)
    return chosen, held_history(basis.snapshot, chosen, basis.earlier_sets)


def held_history(snapshot: Any, chosen: Population, earlier_sets: Any) -> ElementHistory:
    """The history of chosen objects out of what a database holds."""
    elements = snapshot.elements[chosen.rows]
    until: Instant = snapshot.as_of
    earlier = () if earlier_sets is None else (earlier_sets(elements.norad_id.tolist(), until),)
    return history_of(elements, earlier)


def decay(request: DecayRequest, basis: Basis, report: Report) -> dict[str, Any]:
    """The answer of /v1/debris/decay."""
    from ssa.debris.decay import decay_windows

    chosen, history = _falling(request, basis, report)
    found = decay_windows(
        basis.snapshot.elements[chosen.rows], chosen, horizon_years=request.years, history=history.by_object,
        report=report,
    )  # fmt: skip
    return more_answers.decay_answer(basis.snapshot, found, history, limit=request.limit)


def compliance(request: ComplianceRequest, basis: Basis, report: Report) -> dict[str, Any]:
    """The answer of /v1/debris/compliance."""
    from ssa.debris.compliance import compliance_of

    chosen, history = _falling(request, basis, report)
    found = compliance_of(basis.snapshot.elements[chosen.rows], chosen, history=history.by_object, report=report)
    return more_answers.compliance_answer(basis.snapshot, found, history, limit=request.limit)


def _kind(
    name: str, request: type[Request], limit: Limit, estimate: Callable[[Any, Basis], Cost],
    run: Callable[[Any, Basis, Report], dict[str, Any]],
) -> JobKind[Request]:  # fmt: skip
    return JobKind(name=f"debris-{name}", request=request, limits=(limit,), estimate=estimate, run=run)


_WHOLE = Limit("objects", MAX_PAIR_OBJECTS, "ask a smaller catalogue")
_FALLS = Limit("objects", MAX_DECAY_OBJECTS, "list fewer")
_CLOUDS = Limit("cloud_assets", MAX_CLOUD_ASSETS, "break fewer up (computed), or take a smaller fleet")
_PIECES = Limit("piece_assets", MAX_PIECE_ASSETS, "take larger pieces (smallest_m) or a smaller fleet")
FLUX = _kind("flux", FluxRequest, _WHOLE, _objects(0.5), flux)
RISK = _kind("risk", RiskRequest, _WHOLE, _risk_cost, risk)
CONGESTION = _kind("congestion", CongestionRequest, _WHOLE, _objects(_RATES_S), congestion)
DERELICTS = _kind("derelicts", DerelictsRequest, _CLOUDS, derelicts_cost, derelicts)
BREAKUPS = _kind("breakups", BreakUpRequest, _PIECES, breakup_cost, breakup)
DECAY = _kind("decay", DecayRequest, _FALLS, falls_cost, decay)
COMPLIANCE = _kind("compliance", ComplianceRequest, _FALLS, falls_cost, compliance)
DEBRIS = (FLUX, RISK, CONGESTION, DERELICTS, BREAKUPS, DECAY, COMPLIANCE)
