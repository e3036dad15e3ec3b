"""What a kind of heavy question is: its request, its limits, what it costs, and how it is computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

from api.answers.objects import ServedSnapshot
from api.errors import TooLarge
from orbits import ElementSets, Instant
from ssa.alliances import Alliance
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.missions import Missions

Request = TypeVar("Request", bound=BaseModel)


class Cancelled(Exception):
    """Raised out of `report` when nobody wants the answer any more; let it pass."""


class Report(Protocol):
    """How a computation says how far it is."""

    def __call__(self, fraction: float, partial: dict[str, Any] | None = None) -> None:
        """`fraction` (0 to 1) is done; `partial` is something to show already. Raises `Cancelled`.

        Cheap: call it a few times in a second, so that a cancelled job ends at once.
        """


@dataclass(frozen=True, eq=False)
class Basis:
    """What a question is asked of: one snapshot of the catalogue, the user's own groups, the sets held before."""

    served: ServedSnapshot
    groups: tuple[Alliance, ...] = ()
    earlier_sets: Callable[[Sequence[int], Instant], ElementSets] | None = None  # held of objects by then

    @property
    def snapshot(self) -> CatalogueSnapshot:
        return self.served.snapshot

    def missions_of(self, snapshot: CatalogueSnapshot) -> Missions:
        """The missions of a snapshot; those of the whole catalogue are worked out once."""
        return self.served.missions_of(snapshot)


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit of a kind: the measure it is about, the most that is computed, and what to do about more."""

    measure: str
    most: float
    way_out: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What a question costs: seconds on one core, and one figure for each measure that has a limit."""

    seconds: float
    measures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class JobKind(Generic[Request]):
    """A kind of heavy question.

    `estimate` reads the request, raises `InvalidValue` for what cannot be asked, and counts; it computes nothing heavy.
    `run` gives the whole answer, with `catalogue` and `caveats`. Raise `version` when equal requests
    give other answers. Answers at once of a kind that `is_kept` are stored, too, as jobs that are done.
    """

    name: str
    request: type[Request]
    limits: tuple[Limit, ...]
    estimate: Callable[[Request, Basis], Cost]
    run: Callable[[Request, Basis, Report], dict[str, Any]]
    version: int = 1
    is_kept: bool = False

    def cost_within_limits(self, request: Request, basis: Basis) -> Cost:
        """The cost; raises `TooLarge`, naming the limit, before anything is computed."""
        cost = self.estimate(request, basis)
        for limit in self.limits:
            asked = cost.measures[limit.measure]
            if asked > limit.most:
                raise TooLarge(
                    limit.measure, round(asked, 1), f"is more than the limit of {limit.most:,.0f}; {limit.way_out}"
                )
        return cost

    def openapi(self) -> dict[str, Any]:
        """The limits, as the OpenAPI document states them."""
        return {"x-limits": {limit.measure: {"most": limit.most, "way_out": limit.way_out} for limit in self.limits}}


def unreported(fraction: float, partial: dict[str, Any] | None = None) -> None:
    """A report that nobody reads, for answers at once."""
