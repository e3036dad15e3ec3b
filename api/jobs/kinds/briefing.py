"""A briefing, and its file."""

from __future__ import annotations

import base64
from typing import Any

from api.briefing_choice import BriefingQuestion, briefing_name, briefing_question, threats_asked
from api.fleet_choice import FleetChoice
from api.jobs.kind import Basis, Cost, JobKind, Limit, Report
from api.models.briefing import BriefingRequest
from api.models.queries import MAX_LISTED_CELLS
from api.windows import window
from orbits import Instant
from ssa.alerts.policies import find_policy, policy_of
from ssa.alliances import Alliance
from ssa.briefing.difference import require_same_region
from ssa.coverage.limits import MOST_CELL_OBJECT_HOURS, require_bounded, require_listable
from ssa.regions import Region, parse_region, region_from_geojson

_SECONDS_EACH = 1e-6  # of one cell, object and hour on one core; coverage alone takes 0.4e-6, losses the rest
_FILE_SECONDS = 3.0  # figures, the globe's tracks, writing: a page of 3 MB
_NEAR_SECONDS_EACH = 1e-4  # of one object and day, for close approaches: 1.7 s for 21,569 objects and 24 h
_DEBRIS_SECONDS = 1.5  # sizes of the catalogue, collision rates by cells, windows of some hundred objects
_COMPOSED_SHARE = 0.85


def asked_of(request: BriefingRequest, basis: Basis) -> BriefingQuestion:
    """The question; raises for what cannot be asked."""
    from api.briefing_template import checked_sections

    if request.sections is not None:
        checked_sections(request.sections)
    span = window(request.start, hours=request.hours, end=request.end)
    region = region_of(request, basis.groups)
    if request.since is not None:
        require_same_region(request.since, region.name)
    choice = FleetChoice(
        objects=None if request.objects is None else ",".join(map(str, request.objects)), alliance=request.alliance,
        owner=request.owner, on=request.on, commercial=request.commercial, mission=request.mission, use=request.use,
        groups=basis.groups,
    )  # fmt: skip
    policy = find_policy(request.policy) if request.own_policy is None else policy_of(request.own_policy, "own_policy")
    return briefing_question(
        basis.snapshot, region, choice, span, partners=request.partners, cell_km=request.cell_km,
        region_name=None, title=request.title,
        threats=threats_asked(
            miss_km=request.miss_km, policy=policy, grade=request.grade, debris=request.debris,
            decay_days=request.decay_days,
        ),
        missions_of=basis.missions_of,
    )  # fmt: skip


def region_of(request: BriefingRequest, groups: tuple[Alliance, ...]) -> Region:
    """The region as it is named in the answer."""
    if isinstance(request.region, dict):
        region = region_from_geojson(request.region)
    else:
        day = request.on or Instant.parse(request.start).date()
        region = parse_region(request.region, on=day, groups=groups)
    return region if request.region_name is None else Region(request.region_name, region.shape, region.caveats)


def estimate(request: BriefingRequest, basis: Basis) -> Cost:
    """Seconds, and cells x objects x hours."""
    asked = asked_of(request, basis)
    require_bounded(len(asked.cells), len(asked.fleet), asked.span)
    require_listable(len(asked.cells), MAX_LISTED_CELLS)  # every cell is drawn
    work = len(asked.cells) * len(asked.fleet) * asked.span.duration_s / 3600.0
    searched = request.miss_km or asked.threats.policy is not None
    near = _NEAR_SECONDS_EACH * len(basis.snapshot) * asked.span.duration_s / 86400.0 if searched else 0.0
    years = _DEBRIS_SECONDS if request.debris or request.decay_days else 0.0
    return Cost(_FILE_SECONDS + near + years + work * _SECONDS_EACH, {"cell_object_hours": work})


def run(request: BriefingRequest, basis: Basis, report: Report) -> dict[str, Any]:
    """The answer with the file in it."""
    from api.answers.briefing import briefing_answer
    from api.scenes.briefing_files import MEDIA_TYPES, Layout, briefing_file

    asked = asked_of(request, basis)
    report(0.0)
    found = asked.composed(threads=1, report=lambda share: report(_COMPOSED_SHARE * share))
    answer = briefing_answer(found, marking=request.marking, before=request.since)
    report(_COMPOSED_SHARE, {"bottom_line": answer["bottom_line"]})
    content = briefing_file(found, answer, request.format, Layout(paper=request.paper, sections=request.sections))
    suffix = {"light": "html"}.get(request.format, request.format)
    answer["file"] = {
        "name": briefing_name(answer, suffix), "media_type": MEDIA_TYPES[request.format],
        "content": base64.b64encode(content).decode(),
    }  # fmt: skip
    return answer


BRIEFING = JobKind(
    name="briefing",
    request=BriefingRequest,
    limits=(
        Limit(
            "cell_object_hours", float(MOST_CELL_OBJECT_HOURS),
            "take larger cells (cell_km), fewer objects (mission, owner, objects) or a shorter window",
        ),
    ),
    estimate=estimate,
    run=run,
)  # fmt: skip
