"""One table from what `orbits` and `ssa` raise to what a caller sees: a problem document and an exit status.

The document follows RFC 9457. `type` is a stable name, `errors` point at the fields that are wrong. The command line
prints the same document with `--json` and ends with `exit_status`: 2 wrong usage or input, 3 a source or the database.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from orbits.errors import ElementSetError, InvalidValue
from ssa.errors import (
    CatalogueError,
    ConjunctionMessageError,
    EmptyCatalogue,
    FeedQuarantined,
    SourceError,
    TooMuch,
    UnknownName,
)

TYPE_PREFIX = "urn:allied-ssa:problem:"
_LONGEST_VALUE = 200


class NotFound(InvalidValue):
    """What an address names is not there: 404, where the same value in a query would be 422."""


class TooLarge(InvalidValue):
    """A question is past a limit of what is computed: 413, and the limit is named."""


class NoResult(Exception):
    """A job has no result: not yet, or it will never have one."""


class Interrupted(Exception):
    """Those who computed a job were gone too often."""


class Busy(Exception):
    """All places for heavy questions are taken; asking again later is right."""

    retry_after_s = 5


class NotReady(Exception):
    """The kernels are being compiled; asking again later is right."""


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One row of the table: the exception, the name and title of the problem, its HTTP and exit status."""

    raised: type[Exception]
    name: str
    title: str
    status: int
    exit_status: int


INTERNAL = ProblemKind(Exception, "internal", "A fault of allied-ssa itself", 500, 3)
USAGE = ProblemKind(Exception, "usage", "The command was called wrongly", 400, 2)
NOT_READY = ProblemKind(NotReady, "not-ready", "The service is not ready yet", 503, 3)
HTTP_PROBLEMS = {
    400: ProblemKind(Exception, "bad-request", "The request cannot be read", 400, 2),
    404: ProblemKind(Exception, "no-such-address", "There is nothing at this address", 404, 2),
    405: ProblemKind(Exception, "method-not-allowed", "This address does not take that method", 405, 2),
}
KINDS = (  # the first row that fits counts: special ones stand before general ones
    ProblemKind(NotFound, "not-found", "What the address names is not there", 404, 2),
    ProblemKind(TooLarge, "too-large", "The question is too large", 413, 2),
    ProblemKind(UnknownName, "unknown-name", "A name is not known", 422, 2),
    ProblemKind(TooMuch, "too-much", "More is asked at once than is answered", 413, 2),
    ProblemKind(InvalidValue, "invalid-value", "A value cannot be used", 422, 2),
    ProblemKind(ElementSetError, "element-sets", "Element sets cannot be read or written", 422, 2),
    ProblemKind(ConjunctionMessageError, "conjunction-message", "A conjunction message cannot be used", 422, 2),
    ProblemKind(EmptyCatalogue, "empty-catalogue", "The catalogue is empty", 503, 3),
    ProblemKind(CatalogueError, "database", "The database cannot be used", 503, 3),
    ProblemKind(FeedQuarantined, "quarantined", "A feed looks wrong and was put aside", 502, 3),
    ProblemKind(SourceError, "source", "A source could not be read", 502, 3),
    NOT_READY,
    ProblemKind(NoResult, "no-result", "The job has no result", 409, 2),
    ProblemKind(Interrupted, "interrupted", "The job was interrupted too often", 500, 3),
    ProblemKind(Busy, "busy", "Too many heavy questions at once", 503, 3),
)


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field that is wrong: its name as the caller wrote it, the value met, and the reason with the way out."""

    field: str
    value: Any
    reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as both faces show it."""

    kind: ProblemKind
    detail: str
    errors: tuple[FieldError, ...] = ()

    def document(self) -> dict[str, Any]:
        """The RFC 9457 document."""
        return {
            "type": TYPE_PREFIX + self.kind.name,
            "title": self.kind.title,
            "status": self.kind.status,
            "detail": self.detail,
            "errors": [
                {"field": error.field, "value": shown_value(error.value), "reason": error.reason}
                for error in self.errors
            ],
        }


def problem_of(error: Exception) -> Problem | None:
    """The problem that an exception stands for; None for one that nobody raised on purpose."""
    for kind in KINDS:
        if isinstance(error, kind.raised):
            errors: tuple[FieldError, ...] = ()
            if isinstance(error, InvalidValue):
                errors = (FieldError(error.field, error.value, error.reason),)
            elif isinstance(error, ElementSetError):
                errors = tuple(
                    FieldError(f"line {record.line}", record.text, f"expected {record.expected}")
                    for record in error.refused[:20]
                )
            return Problem(kind, str(error), errors)
    return None


def shown_value(value: Any) -> Any:
    """A value as JSON can hold it: short, and never NaN or infinity."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return value if abs(value) < 1 << 53 else str(value)[:_LONGEST_VALUE]
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    text = str(value).encode("utf-8", "replace").decode()
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 3] + "..."
