"""Screenings of a catalogue for conjunctions."""

from __future__ import annotations

from typing import Any

from api.answers.screening import screening_answer
from api.jobs.kind import Basis, Cost, JobKind, Limit, Report
from api.models.screening import ScreeningRequest
from api.screening_choice import Filters, Screened, choose_screened
from api.windows import window
from orbits import InvalidValue, TimeSpan
from ssa.conjunctions.screening import DEFAULT_MISS_KM, MAX_OBJECT_HOURS
from ssa.conjunctions.volumes import Box, Ellipsoid, Volume

MAX_EXPECTED = 5_000_000.0  # conjunctions: 4.9 million took 2.6 GB
_SECONDS_EACH = 8e-6  # of one object and hour on one core: tests/benchmarks/screening.py
_SECONDS_A_CONJUNCTION = 7e-6  # between 5 and 22 km, a week of 26,834 objects
_SECONDS_LEAST = 0.5
# Of one pair in an hour and a distance of 1 km: 231,418 of 26,834 objects within 5 km in a week, 994,136 within 10 km.
_EXPECTED_OF_A_PAIR = 1.6e-7


def _asked(request: ScreeningRequest, basis: Basis) -> tuple[TimeSpan, Screened, Volume | None]:
    span = window(request.start, hours=request.hours, end=request.end)
    given = [name for name in ("miss_km", "box_rtn_km", "ellipsoid_rtn_km") if getattr(request, name) is not None]
    if len(given) > 1:
        raise InvalidValue(given[1], None, f"stands beside {given[0]}; give one distance or volume")
    volume: Volume | None = None
    if request.box_rtn_km is not None:
        volume = Box(*request.box_rtn_km)
    elif request.ellipsoid_rtn_km is not None:
        volume = Ellipsoid(*request.ellipsoid_rtn_km)
    chosen = choose_screened(
        basis.snapshot, span, primaries=request.primaries, secondaries=request.secondaries,
        debris_on_debris=request.debris_on_debris, on=request.on, commercial=request.commercial, groups=basis.groups,
        filters=Filters(
            request.mission, request.active_only, tuple(request.primary_types), tuple(request.secondary_types)
        ),
        missions_of=basis.missions_of,
    )  # fmt: skip
    return span, chosen, volume


def estimate(request: ScreeningRequest, basis: Basis) -> Cost:
    """Seconds; objects x hours, since everything is propagated, however few are primaries; and what may be found."""
    span, chosen, volume = _asked(request, basis)
    objects, hours = len(basis.snapshot), span.duration_s / 3600.0
    few, many = sorted(objects if rows is None else len(rows) for rows in (chosen.primaries, chosen.secondaries))
    reach_km = (request.miss_km or DEFAULT_MISS_KM) if volume is None else volume.farthest_km
    expected = _EXPECTED_OF_A_PAIR * few * (many - 0.5 * few) * hours * reach_km**2
    work = objects * hours
    return Cost(
        _SECONDS_LEAST + work * _SECONDS_EACH + expected * _SECONDS_A_CONJUNCTION,
        {"object_hours": work, "expected_conjunctions": expected},
    )


def run(request: ScreeningRequest, basis: Basis, report: Report) -> dict[str, Any]:
    """The answer of POST /v1/screenings."""
    from ssa.conjunctions.filters import without_same_fleet
    from ssa.conjunctions.screening import require_screened, screen

    span, chosen, volume = _asked(request, basis)
    report(0.0)
    found = screen(
        basis.snapshot.elements, span, miss_km=DEFAULT_MISS_KM if request.miss_km is None else request.miss_km,
        volume=volume, primaries=chosen.primaries, secondaries=chosen.secondaries, debris=chosen.debris,
        max_age_days=request.max_age_days, report=lambda share: report(0.95 * share),
    )  # fmt: skip
    require_screened(found, chosen.primaries)
    if request.min_relative_speed_km_s is not None:
        found = found.faster_than(request.min_relative_speed_km_s)
    if not request.same_fleet:
        found = without_same_fleet(found, basis.snapshot)
    return screening_answer(basis.snapshot, found, chosen, limit=request.limit)


SCREENINGS = JobKind(
    name="screenings",
    request=ScreeningRequest,
    limits=(
        Limit("object_hours", MAX_OBJECT_HOURS, "ask for a shorter window"),
        Limit("expected_conjunctions", MAX_EXPECTED, "ask for a smaller distance, a shorter window or fewer primaries"),
    ),
    estimate=estimate,
    run=run,
    is_kept=True,
    version=3,
)
