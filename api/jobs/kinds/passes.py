"""Passes of many objects over many sites."""

from __future__ import annotations

from typing import Any

from api.answers.passes import pass_rows, passes_answer
from api.jobs.kind import Basis, Cost, JobKind, Limit, Report
from api.models.questions import PassesRequest
from api.selection import Choice, Selection, select_objects
from api.windows import window
from orbits import TimeSpan
from orbits.sites import GroundSite, HorizonMask

MAX_OBJECT_SITE_DAYS = 10_000_000.0  # some minutes on one core; a month of 30,000 objects over 10 sites is 9.3 million
# Of one core, for an object and day, and more for each site: half as much again as 30,311 objects took over 1, 10 and
# 20 sites on a quiet machine, the answer written out.
_SECONDS_AN_OBJECT, _SECONDS_A_SITE = 25e-6, 12e-6
_SHORTEST_PART_S, _LONGEST_PART_S, _PARTS = 0.3, 2.0, 300  # seconds of one core between reports
_ROWS_SHOWN = 50  # of each part


def estimate(request: PassesRequest, basis: Basis) -> Cost:
    """Seconds, and objects x sites x days."""
    span, sites, _, selection = _asked(request, basis)
    work = len(selection.objects) * len(sites) * span.duration_s / 86400.0
    return Cost(_seconds(selection, sites, span), {"object_site_days": work})


def run(request: PassesRequest, basis: Basis, report: Report) -> dict[str, Any]:
    """The answer of GET /v1/passes, found object by object; each part's first passes are shown as they are found."""
    from ssa.passes_in_parts import first_to_rise, join_passes, passes_by_parts

    span, sites, mask, selection = _asked(request, basis)
    elements = selection.objects.elements
    seconds = _seconds(selection, sites, span)
    part_s = min(max(_SHORTEST_PART_S, seconds / _PARTS), _LONGEST_PART_S)
    part_objects = max(1, int(len(elements) * part_s / max(seconds, part_s)))
    held, found, searched = [], 0, 0
    report(0.0)
    for part in passes_by_parts(elements, sites, span, mask=mask, part_objects=part_objects):
        found += len(part)
        searched += len(part.elements)
        shown = pass_rows(part, part.in_order_of_rise()[:_ROWS_SHOWN])
        report(
            0.95 * searched / max(len(elements), 1),
            {"objects_searched": searched, "passes_found": found, "passes": shown},
        )
        held.append(part)
        if sum(len(passes) for passes in held) > 4 * request.limit:
            held = [first_to_rise(join_passes(held), request.limit)]
    first = first_to_rise(join_passes(held), request.limit)
    return passes_answer(basis.snapshot, selection, first, limit=request.limit, found=found)


def _seconds(selection: Selection, sites: list[GroundSite], span: TimeSpan) -> float:
    return len(selection.objects) * span.duration_s / 86400.0 * (_SECONDS_AN_OBJECT + _SECONDS_A_SITE * len(sites))


def _asked(request: PassesRequest, basis: Basis) -> tuple[TimeSpan, list[GroundSite], HorizonMask, Selection]:
    from ssa.passes import refuse_twice

    span = window(request.start, hours=request.hours, end=request.end)
    sites = [
        GroundSite(
            site.name or f"{site.latitude_deg:g},{site.longitude_deg:g}",
            site.latitude_deg, site.longitude_deg, site.altitude_m,
        )
        for site in request.sites
    ]  # fmt: skip
    refuse_twice(sites)
    objects = None if request.objects is None else ",".join(str(number) for number in request.objects)
    choice = Choice(
        objects, request.alliance, request.all, request.on, request.commercial, request.mission, basis.groups
    )
    selection = select_objects(basis.snapshot, choice, at=span.start, missions_of=basis.missions_of)
    return span, sites, HorizonMask.parse(request.min_elevation), selection


PASSES = JobKind(
    name="passes",
    request=PassesRequest,
    limits=(
        Limit(
            "object_site_days", MAX_OBJECT_SITE_DAYS,
            "ask for a shorter window, fewer objects or fewer sites, or use the command line",
        ),
    ),
    estimate=estimate,
    run=run,
)  # fmt: skip
