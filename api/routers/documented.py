"""What every route says of its problems in the OpenAPI document."""

from __future__ import annotations

from typing import Any

from api.models.answers import ProblemDocument

_WORDS = {
    400: "The request cannot be read.",
    404: "What the address names is not there.",
    409: "The job has no result: it is under way, or it did not end well.",
    413: "More is asked at once than is answered; the reason names the limit and the way out.",
    422: "A value cannot be used; `errors` names the fields, the reasons and the way out.",
    503: "The catalogue is empty, the database fails, kernels are being compiled, or too much is asked at once.",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The entries of `responses` for these statuses."""
    return {status: {"model": ProblemDocument, "description": _WORDS[status]} for status in statuses}


def also(*media_types: str) -> dict[int | str, dict[str, Any]]:
    """Other media types in which a route answers 200."""
    shapes = {media_type: "array" if media_type.endswith("json") else "string" for media_type in media_types}
    return {200: {"content": {media_type: {"schema": {"type": shape}} for media_type, shape in shapes.items()}}}
