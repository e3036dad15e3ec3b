"""What every route of a heavy question says of itself in the OpenAPI document."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from api.jobs.kind import JobKind
from api.models.answers import ProblemDocument
from api.models.jobs import AcceptedJob
from api.responses import JsonAnswer
from api.routers.documented import problems


def heavy_question(kind: JobKind[Any], answer: type[BaseModel]) -> dict[str, Any]:
    """The arguments of `router.post`: the answer at once, or 202 with a job; the kind's limits as `x-limits`."""
    limits = "; ".join(f"{limit.measure} at most {limit.most:,.0f}" for limit in kind.limits)
    too_large = {"model": ProblemDocument, "description": f"The question is past a limit: {limits}; or its body is."}
    accepted = {
        "model": AcceptedJob,
        "description": "The question is computed by a job; follow it at `location`, or by its `events`.",
        "headers": {"Location": {"description": "The job.", "schema": {"type": "string"}}},
    }
    return {
        "response_model": answer,
        "response_class": JsonAnswer,
        "responses": {**problems(400, 422, 503), 413: too_large, 202: accepted},
        "openapi_extra": kind.openapi(),
    }
