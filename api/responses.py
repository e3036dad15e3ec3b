"""Responses: JSON through orjson (NaN never leaves as a number), files with a name, and problem documents."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.responses import JSONResponse, Response

from api.errors import Busy, Problem


class JsonAnswer(JSONResponse):
    """An answer as JSON."""

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY)


class ProblemAnswer(JsonAnswer):
    """A problem document (RFC 9457)."""

    media_type = "application/problem+json"


def problem_answer(problem: Problem, headers: dict[str, str] | None = None) -> ProblemAnswer:
    """The response that a problem stands for; a 503 says when to come back."""
    waits = {"Retry-After": str(Busy.retry_after_s)} if problem.kind.status == 503 else {}
    return ProblemAnswer(problem.document(), status_code=problem.kind.status, headers={**waits, **(headers or {})})


def file_answer(content: str | bytes, media_type: str, name: str) -> Response:
    """Text or bytes as a file to keep, with the name that a browser proposes for it."""
    return Response(
        content if isinstance(content, bytes) else content.encode("utf-8", "replace"),
        media_type=media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
