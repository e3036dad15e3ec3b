"""Alerts: graded conjunctions of what is watched, and the policies that grade them."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter
from starlette.responses import Response

from api.answers.alerts import policy_row
from api.dependencies import Desk, IdempotencyKey, Shelf, Warmth
from api.jobs.kinds.alerts import ALERTS
from api.models.alerts import AlertsReply, AlertsRequest, PoliciesReply
from api.responses import JsonAnswer
from api.routers.asking import heavy_question
from orbits import InvalidValue
from ssa.alerts.policies import packaged_policies
from ssa.catalogue.watchlists import Watchlists
from ssa.errors import UnknownName

router = APIRouter(prefix="/v1", tags=["alerts"])


@router.post("/alerts", **heavy_question(ALERTS, AlertsReply))
async def alerts(
    request: AlertsRequest, warmth: Warmth, desk: Desk, shelf: Shelf, key: IdempotencyKey = None
) -> Response:
    """Screen what is watched, grade what comes near by a policy, say why in sentences.

    A heavy question: at once, or 202 with a job. Window 168 h; 10,000 alerts listed; stakes of 20,000 objects.
    """
    warmth.require()
    if request.watchlist is not None:
        request = await to_thread.run_sync(_of_watchlist, request, shelf)
    return await desk.ask(ALERTS, request, key)


def _of_watchlist(request: AlertsRequest, shelf: Watchlists) -> AlertsRequest:
    """The question that the watchlist asks at the start given; policy, grade and hours that are given stand."""
    if request.watch is not None:
        raise InvalidValue("watchlist", request.watchlist, "stands beside watch; give one of the two")
    kept = shelf.find(request.watchlist or "")
    if kept is None:
        raise UnknownName("watchlist", request.watchlist or "", [one.name for one in shelf.all()][:10])
    own = {"watch": kept.watch, "without": kept.without, "commercial": kept.commercial, "policy": kept.policy,
           "grade": kept.grade, "hours": kept.hours, "watchlist": None}  # fmt: skip
    given = request.model_fields_set & {"policy", "grade", "hours"}
    return request.model_copy(update={name: value for name, value in own.items() if name not in given})


@router.get("/alert-policies", response_model=PoliciesReply, response_class=JsonAnswer)
async def alert_policies() -> Response:
    """The policies that travel with the package, each with its source and standing."""
    return JsonAnswer({"policies": [policy_row(policy) for policy in packaged_policies()]})
