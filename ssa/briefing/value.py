"""What a briefing holds: the answers that its pictures and sentences are made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ssa import words
from ssa.briefing.decays import Decays
from ssa.briefing.exposure import FleetExposure
from ssa.briefing.threats import CloseApproaches, GradedConjunctions
from ssa.coverage.blind_times import BlindTime
from ssa.coverage.looks import Looks
from ssa.coverage.partners import Partnership
from ssa.coverage.question import Coverage
from ssa.coverage.resilience import Degradation


def _latitude(degrees: float) -> str:
    return words.place(degrees, 0.0).partition(" 0.0")[0]


def _once_in(per_year: float) -> str:
    """A rate as people compare it: `once in 77 years`, `3.2 times a year`."""
    if per_year <= 0.0:
        return "never"
    return f"{per_year:.2g} times a year" if per_year > 1.0 else f"once in {float(f'{1.0 / per_year:.2g}'):,.0f} years"


def _one_in(probability: float | None) -> str:
    """A small probability as people read it: `1 in 16,000`."""
    if probability is None:
        return "unknown"
    return f"1 in {float(f'{1.0 / probability:.2g}'):,.0f}" if probability > 1e-12 else "below 1 in a billion"


def _longitude(degrees: float) -> str:
    return words.place(0.0, degrees).partition("N ")[2]


FORMS: Mapping[str, Callable[[Any], str]] = MappingProxyType({
    "percent": words.percent, "duration": words.duration, "clock": words.clock, "count": words.count,
    "days": words.days, "text": str, "latitude": _latitude, "longitude": _longitude, "km": lambda km: f"{km:.3g}",
    "probability": _one_in, "once_in": _once_in,
    "number": lambda value: f"{value:g}",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Traced:
    """A number or name in a sentence: `shown` is `FORMS[form]` of what stands at `key` in the JSON answer.

    `key` is a path with dots, numbers counting in lists: `coverage.measures.covered_fraction`.
    """

    key: str
    form: str
    value: Any
    shown: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the bottom line, with everything in it that was counted or named."""

    text: str
    numbers: tuple[Traced, ...]


@dataclass(frozen=True)
class ElementAges:
    """How far the epochs of the fleet's element sets lie from the window's start, in days, before or after it.

    `edges_days` (b + 1) and `objects` (b): a histogram, the last bin without an end. `oldest` are rows of the fleet.
    """

    median_days: float | None
    farthest_days: float | None
    edges_days: tuple[float, ...]
    objects: tuple[int, ...]
    oldest: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Partners:
    """The fleet that was asked for and its partners: `core` without them, `whole` with them (as they were named)."""

    core: str
    whole: str
    core_objects: int
    comparison: Partnership


@dataclass(frozen=True, eq=False)
class Briefing:
    """What a commander asks of a region and a window, answered at once.

    `blind_region` are the longest times in which no part of the region is in view, `blind_cells` those of single
    places, no two of which share a moment; `degradation` is None where there is nobody to lose, `partners` where none
    were asked for; `approaches`, `conjunctions`, `exposure` and `decays` are None where they were not asked for,
    `exposure` also where nothing of the fleet is in orbit. `inputs_digest` is a SHA-256 of everything that the briefing
    was made from.
    """

    title: str
    mission: str | None
    coverage: Coverage
    partners: Partners | None
    looks: Looks
    blind_region: tuple[BlindTime, ...]
    blind_cells: tuple[BlindTime, ...]
    degradation: Degradation | None
    ages: ElementAges
    approaches: CloseApproaches | None
    conjunctions: GradedConjunctions | None
    exposure: FleetExposure | None
    decays: Decays | None
    bottom_line: tuple[Sentence, ...]
    inputs_digest: str

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be known to use it, each once."""
        said = list(self.coverage.caveats)
        if self.conjunctions is not None:
            said += self.conjunctions.check.report.caveats
        if self.exposure is not None:
            said += self.exposure.risk.caveats
        if self.decays is not None:
            said += self.decays.windows.caveats
        return tuple(dict.fromkeys(said))
