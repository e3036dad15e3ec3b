"""The probability of collision of a message, or of two states with covariances."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from api.answers.probability import Assessed, assess_message, probability_answer
from api.dependencies import Heavy, Warmth
from api.models.probability import MAX_MESSAGES, ProbabilityAnswer, ProbabilityQuestion, StateQuestion
from api.responses import JsonAnswer
from api.routers.documented import problems
from orbits import InvalidValue
from ssa.conjunctions.assessment import collision_probability
from ssa.conjunctions.cdm import read_cdms
from ssa.conjunctions.cdm_encounter import HardBodyRadius
from ssa.conjunctions.encounter import Encounter
from ssa.conjunctions.states import M2_PER_KM2, ObjectState

router = APIRouter(prefix="/v1", tags=["conjunctions"])


@router.post(
    "/probability", response_model=ProbabilityAnswer, response_class=JsonAnswer, responses=problems(422, 503)
)  # fmt: skip
async def probability(question: ProbabilityQuestion, heavy: Heavy, warmth: Warmth) -> Response:
    """Collision probability by every method, with the test that says whether the short-encounter ones apply.

    Give `cdm`, or `primary` and `secondary` with `hard_body_radius_m`. Limits: 1,000,000 characters, 100 messages.
    """
    warmth.require()
    return await heavy.compute(_probability, question)


def _probability(question: ProbabilityQuestion) -> Response:
    if question.cdm is not None:
        if question.primary is not None or question.secondary is not None:
            raise InvalidValue("cdm", None, "goes alone; give cdm, or primary and secondary")
        messages = read_cdms(question.cdm)
        if len(messages) > MAX_MESSAGES:
            raise InvalidValue("cdm", f"{len(messages)} messages", f"are more than {MAX_MESSAGES}; ask in parts")
        return JsonAnswer(probability_answer([assess_message(one, question.hard_body_radius_m) for one in messages]))
    if question.primary is None or question.secondary is None or question.hard_body_radius_m is None:
        missing = next(
            name for name in ("primary", "secondary", "hard_body_radius_m") if getattr(question, name) is None
        )
        raise InvalidValue(missing, None, "is missing; give cdm, or primary, secondary and hard_body_radius_m")
    encounter = Encounter(_state(question.primary, "primary"), _state(question.secondary, "secondary"))
    found = collision_probability(encounter, hard_body_radius_m=question.hard_body_radius_m)
    return JsonAnswer(
        probability_answer([Assessed(found, HardBodyRadius(question.hard_body_radius_m, "given", False))])
    )


def _state(given: StateQuestion, name: str) -> ObjectState:
    if (given.covariance_rtn_m2 is None) == (given.covariance_m2 is None):
        raise InvalidValue(f"{name}.covariance_m2", None, "give either covariance_m2 or covariance_rtn_m2")
    rows = given.covariance_rtn_m2 or given.covariance_m2 or []
    if any(len(row) != len(rows) for row in rows):
        raise InvalidValue(f"{name}.covariance_m2", None, "must be 3x3 or 6x6")
    covariance = [[value / M2_PER_KM2 for value in row] for row in rows]
    make = ObjectState.from_rtn if given.covariance_rtn_m2 is not None else ObjectState
    try:
        return make(given.position_km, given.velocity_km_s, covariance)  # type: ignore[arg-type]
    except InvalidValue as error:
        raise InvalidValue(f"{name}.{error.field}", error.value, error.reason) from None
