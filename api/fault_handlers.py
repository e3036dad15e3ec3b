"""How exceptions become responses: every one of them a problem document of one shape."""

from __future__ import annotations

import logging
import re
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.errors import (
    HTTP_PROBLEMS,
    INTERNAL,
    KINDS,
    Busy,
    FieldError,
    NoResult,
    NotReady,
    Problem,
    ProblemKind,
    problem_of,
)
from api.responses import problem_answer
from orbits.errors import InvalidValue, OrbitsError

_log = logging.getLogger("api")
_WRONG_INPUT = next(kind for kind in KINDS if kind.raised is InvalidValue)
_REASONS = {  # pydantic's kinds of error, in words that say the way out
    "extra_forbidden": "is no parameter here; see /openapi.json for those there are",
    "missing": "is missing",
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
    "finite_number": "must be a finite number",
    "float_parsing": "is not a number",
    "int_parsing": "is not a whole number",
    "bool_parsing": "is neither true nor false",
    "literal_error": "must be {expected}",
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "too_long": "at most {max_length} may be given",
    "too_short": "at least {min_length} must be given",
    "json_invalid": "is not JSON: {error}",
}


def install_fault_handlers(app: FastAPI) -> None:
    """Give the app its handlers."""
    app.add_exception_handler(OrbitsError, _expected)
    app.add_exception_handler(Busy, _expected)
    app.add_exception_handler(NotReady, _expected)
    app.add_exception_handler(NoResult, _expected)
    app.add_exception_handler(RequestValidationError, _wrong_input)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


async def _expected(request: Request, error: Exception) -> Response:
    problem = problem_of(error)
    return problem_answer(problem) if problem else await _unexpected(request, error)


async def _wrong_input(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    errors = tuple(_field_error(found) for found in error.errors())
    detail = "; ".join(f"{wrong.field}: {wrong.reason}" for wrong in errors[:5])
    return problem_answer(Problem(_WRONG_INPUT, detail, errors))


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = HTTP_PROBLEMS.get(error.status_code)
    if kind is None:
        kind = ProblemKind(Exception, f"http-{error.status_code}", str(error.detail), error.status_code, 2)
    said = f"{request.method} {request.url.path}: {error.detail}; see /openapi.json for what there is"
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = _methods_of(request) or headers.get("Allow", "GET")
    return problem_answer(Problem(kind, said), headers)


def _methods_of(request: Request) -> str:
    """The methods that an address takes, of all the routes that share it."""
    paths = request.app.openapi()["paths"]
    found = {
        method.upper()
        for template, methods in paths.items()
        if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), request.url.path)
        for method in methods
    }
    return ", ".join(sorted(found))


async def _unexpected(request: Request, error: Exception) -> Response:
    # the address without its query: regions and sites of interest stay out of the log
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem_answer(Problem(INTERNAL, "The service failed on this request; its log says why."))


def _field_error(found: Any) -> FieldError:
    places = [str(place) for place in found["loc"][1:]] or [str(found["loc"][0])]
    cause = found.get("ctx", {}).get("error")
    reason = cause.reason if isinstance(cause, InvalidValue) else str(found["msg"])
    if found["type"] in _REASONS:
        reason = _REASONS[found["type"]].format_map(found.get("ctx", {}))
    value = found.get("input")
    return FieldError(".".join(places), value if not isinstance(value, dict) else None, reason)
