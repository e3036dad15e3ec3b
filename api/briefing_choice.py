"""What a caller asked of a briefing, made into values and composed: the same for the command line and for jobs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from api.fleet_choice import FleetChoice, choose_fleet, joined_names
from orbits import InvalidValue, TimeSpan
from ssa.alerts.grading import grade_number
from ssa.alerts.policies import DEFAULT_POLICY, Policy
from ssa.briefing.decays import DEFAULT_DAYS
from ssa.briefing.threats import DEFAULT_MISS_KM
from ssa.briefing.value import Briefing
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.missions import Missions, missions
from ssa.regions import CellGrid, Region
from ssa.sensor_fleets import SensorFleet

DEFAULT_MISSION = "imaging"
NO_GRADE = "none"
THREATS: Mapping[str, Any] = MappingProxyType({  # what is asked of threats where nobody says otherwise
    "miss_km": DEFAULT_MISS_KM, "policy": DEFAULT_POLICY, "grade": "yellow", "debris": True, "decay_days": DEFAULT_DAYS,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class ThreatQuestion:
    """What is asked of threats to the fleet; None and False leave a section out."""

    miss_km: float | None = None
    policy: Policy | None = None
    grade: str = "yellow"
    debris: bool = False
    decay_days: float | None = None


def threats_asked(
    *, miss_km: float, policy: Policy, grade: str, debris: bool, decay_days: float
) -> ThreatQuestion:  # fmt: skip
    """What a caller wrote: a distance or days of 0, and the grade `none`, leave a section out."""
    graded = grade.strip().lower() != NO_GRADE
    if graded:
        grade_number(grade)
    return ThreatQuestion(
        miss_km or None, policy if graded else None, grade if graded else "yellow", debris, decay_days or None
    )


@dataclass(frozen=True, eq=False)
class BriefingQuestion:
    """A region, cells, the fleet, the fleet without partners where partners were named, and the window."""

    region: Region
    cells: CellGrid
    fleet: SensorFleet
    core: SensorFleet | None
    span: TimeSpan
    mission: str | None
    title: str | None
    threats: ThreatQuestion

    def composed(self, *, threads: int | None = None, report: Callable[[float], None] | None = None) -> Briefing:
        """The briefing."""
        from ssa.briefing import compose_briefing

        return compose_briefing(
            self.region, self.cells, self.fleet, self.span, mission=self.mission, core=self.core, title=self.title,
            miss_km=self.threats.miss_km, policy=self.threats.policy, grade=self.threats.grade,
            debris=self.threats.debris, decay_days=self.threats.decay_days,
            threads=threads, report=report,
        )  # fmt: skip


def briefing_question(
    snapshot: CatalogueSnapshot, region: Region, choice: FleetChoice, span: TimeSpan, *, partners: str | None,
    cell_km: float | None, region_name: str | None, title: str | None, threats: ThreatQuestion,
    missions_of: Callable[[CatalogueSnapshot], Missions] = missions,
) -> BriefingQuestion:  # fmt: skip
    """The question; raises `InvalidValue` for partners without an alliance, and what `choose_fleet` raises."""
    if region_name is not None:
        region = Region(region_name, region.shape, region.caveats)
    core = None
    if partners is not None:
        if choice.alliance is None:
            raise InvalidValue("with", partners, "goes with an alliance; name it")
        core = choose_fleet(snapshot, choice, at=span.start, missions_of=missions_of)
        choice = replace(choice, alliance=f"{choice.alliance}+{joined_names(partners)}")
    fleet = choose_fleet(snapshot, choice, at=span.start, missions_of=missions_of)
    cells = CellGrid.over(region, cell_km)
    return BriefingQuestion(region, cells, fleet, core, span, choice.mission, title, threats)


def briefing_name(answer: dict[str, Any], suffix: str) -> str:
    """A name for the file: plain letters only."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in answer["title"].lower())
    parts = [part for part in plain.split("-") if part]
    return f"{'-'.join(['briefing', *parts])[:60]}-{answer['start'][:10]}.{suffix}"
