"""Graded conjunctions of what is watched."""

from __future__ import annotations

from typing import Any

from api.answers.alerts import alerts_answer
from api.jobs.kind import Basis, Cost, JobKind, Limit, Report
from api.models.alerts import AlertsRequest
from api.watching import DEFAULT_LABEL, watched
from api.windows import window
from orbits import InvalidValue, TimeSpan
from ssa.alerts.grading import Stakes
from ssa.alerts.policies import Policy, find_policy, policy_of
from ssa.candidates import Candidates

MAX_OBJECT_HOURS = 6_000_000.0  # a week of 35,000 objects
_SECONDS_EACH = 1.4e-5  # of one object of the catalogue and hour, on one core: tests/benchmarks/alerts.py
_BASE_S = 1.0


def estimate(request: AlertsRequest, basis: Basis) -> Cost:
    """Seconds, and objects of the catalogue x hours: all of them are screened, however few are watched."""
    _, span, _, _ = _asked(request, basis)
    work = len(basis.snapshot) * span.duration_s / 3600.0
    return Cost(_BASE_S + work * _SECONDS_EACH, {"object_hours": work})


def run(request: AlertsRequest, basis: Basis, report: Report) -> dict[str, Any]:
    """The answer of POST /v1/alerts."""
    from ssa.alerts.check import check_alerts

    candidates, span, policy, stakes = _asked(request, basis)
    report(0.0)
    found = check_alerts(
        candidates, span, policy, same_family=request.same_family, stakes=stakes, threads=1,
        report=lambda share: report(0.95 * share),
    )  # fmt: skip
    return alerts_answer(found, grade=request.grade, limit=request.limit)


def _asked(request: AlertsRequest, basis: Basis) -> tuple[Candidates, TimeSpan, Policy, Stakes | None]:
    span = window(request.start, hours=request.hours)
    policy = find_policy(request.policy) if request.own_policy is None else policy_of(request.own_policy, "own_policy")
    if request.watch is None:
        raise InvalidValue("watch", None, "is missing; give alliance:NAME, owner:CODE or catalogue numbers")
    candidates = watched(
        basis.snapshot, request.watch, on=request.on or span.start.date(), commercial=request.commercial,
        without=request.without, groups=basis.groups,
    )  # fmt: skip
    stakes = None
    if request.stakes is not None:
        stakes = Stakes(request.stakes, request.stakes_label or DEFAULT_LABEL)
    return candidates, span, policy, stakes


ALERTS = JobKind(
    name="alerts",
    request=AlertsRequest,
    limits=(Limit("object_hours", MAX_OBJECT_HOURS, "ask for a shorter window"),),
    estimate=estimate,
    run=run,
    version=3,
)
