"""`compose_briefing`: one region, one fleet, one window, and everything that a briefing tells of them.

Limits are those of each answer inside: coverage is a chance to look, element sets age. What is not asked here is not
in the briefing; nothing is assumed where an answer is missing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import numpy as np
import shapely

from orbits.errors import InvalidValue
from orbits.times import TimeSpan
from ssa.alerts.policies import Policy
from ssa.briefing.bottom_line import Threats, bottom_line
from ssa.briefing.decays import decays_of
from ssa.briefing.exposure import fleet_exposure
from ssa.briefing.texts import texts
from ssa.briefing.threats import threats_to
from ssa.briefing.value import Briefing, ElementAges, Partners
from ssa.coverage.blind_times import BlindTime, blind_times, blind_times_of_region
from ssa.coverage.limits import MOST_CELL_OBJECT_HOURS
from ssa.coverage.looks import find_looks
from ssa.coverage.partners import compare_fleets
from ssa.coverage.question import Coverage, coverage_of
from ssa.coverage.resilience import Degradation, degradation
from ssa.coverage.selection import of_objects, without_objects
from ssa.debris.population import population_of
from ssa.regions import CellGrid, Region
from ssa.sensor_fleets import SensorFleet

LOSSES, RANDOM_ORDERS = 10, 20
BLIND_PLACES, BLIND_REGION, BLIND_LOOKED_AT = 8, 500, 2000
OLDEST = 8
AGE_EDGES_DAYS = (0.0, 0.5, 1.0, 2.0, 3.0, 5.0, 7.0, 14.0, 30.0)
_SEARCH_SHARE = 0.8
_ON_A_DAY = re.compile(r" on \d{4}-\d\d-\d\d$")


def compose_briefing(
    region: Region,
    cells: CellGrid | float | None,
    fleet: SensorFleet,
    span: TimeSpan,
    *,
    mission: str | None = None,
    core: SensorFleet | None = None,
    miss_km: float | None = None,
    policy: Policy | None = None,
    grade: str = "yellow",
    debris: bool = False,
    decay_days: float | None = None,
    title: str | None = None,
    language: str = "en",
    most_cell_object_hours: float = MOST_CELL_OBJECT_HOURS,
    threads: int | None = None,
    report: Callable[[float], None] | None = None,
) -> Briefing:
    """A briefing on `fleet` over `region` within `span`.

    `miss_km` asks for approaches of other objects to the fleet within that distance, `policy` for conjunctions graded
    by it, those of `grade` or graver one by one; `debris` for expected collisions, `decay_days` for what may come down
    within so many days. None and False leave them out.
    `core` is the fleet without its partners; its objects are part of `fleet`, and the briefing compares both.
    `cells` are as for `coverage_of`; `mission` is what the fleet was chosen by, for the record. The same inputs give
    the same briefing. Raises `TooMuch` for too many cells x objects x hours and `InvalidValue` for a `core` that is no
    part of `fleet`.

    >>> from ssa import equip, parse_region
    >>> from ssa.candidates import of_owner
    >>> from ssa.catalogue.simulated import simulated_catalogue
    >>> snapshot = simulated_catalogue()
    >>> fleet = equip(of_owner("FR", snapshot), mission="imaging")
    >>> day = TimeSpan.of(snapshot.as_of, hours=24)
    >>> found = compose_briefing(parse_region("country:LT"), 60.0, fleet, day)
    >>> found.bottom_line[0].text.startswith("Lithuania: "), len(found.looks) > 0
    (True, True)
    """
    words = texts(language)
    tell = report or (lambda share: None)
    coverage = coverage_of(
        region, cells, fleet, span, most_cell_object_hours=most_cell_object_hours, threads=threads,
        report=lambda share: tell(_SEARCH_SHARE * share),
    )  # fmt: skip
    partners = None if core is None else _partners(coverage, core)
    blind_cells = _apart(blind_times(coverage.intervals, count=BLIND_LOOKED_AT))
    tell(_SEARCH_SHARE)
    approaches = conjunctions = exposure = decays = None
    if len(fleet):
        left = 1.0 - _SEARCH_SHARE
        approaches, conjunctions = threats_to(
            fleet, span, within_km=miss_km, policy=policy, grade=grade, threads=threads,
            report=lambda share: tell(_SEARCH_SHARE + left * share),
        )  # fmt: skip
        population = population_of(fleet.snapshot) if debris or decay_days is not None else None
        if population is not None and debris:
            exposure = fleet_exposure(fleet, population)
        if population is not None and decay_days is not None:
            decays = decays_of(fleet, population, region, span, days=decay_days, threads=threads)
    ages = _ages(fleet, span)
    whose = words["title" if core is None else "title.partners"]
    asked = _ON_A_DAY.sub("", (fleet if core is None else core).asked)
    named = title or whose.format(asked=asked, region=region.name)
    threats = Threats(approaches, conjunctions, exposure, decays)
    return Briefing(
        title=named, mission=mission, coverage=coverage, partners=partners, looks=find_looks(coverage.intervals),
        blind_region=blind_times_of_region(coverage.intervals, count=BLIND_REGION), blind_cells=blind_cells,
        degradation=_losses(coverage), ages=ages,
        approaches=approaches, conjunctions=conjunctions, exposure=exposure, decays=decays,
        bottom_line=bottom_line(coverage, blind_cells, ages, partners, words, threats),
        inputs_digest=_digest(coverage, core, named, mission, language, miss_km, policy, grade, debris, decay_days),
    )  # fmt: skip


def _apart(longest: tuple[BlindTime, ...]) -> tuple[BlindTime, ...]:
    """The longest that share no moment: the same gap is unseen from place to place, and one place tells of it."""
    kept: list[BlindTime] = []
    for one in longest:
        if len(kept) < BLIND_PLACES and all(one.end_s <= other.start_s or one.start_s >= other.end_s for other in kept):
            kept.append(one)
    return tuple(kept)


def _partners(coverage: Coverage, core: SensorFleet) -> Partners:
    numbers = coverage.fleet.objects.elements.norad_id
    wanted = core.objects.elements.norad_id
    inside = np.isin(numbers, wanted)
    if int(inside.sum()) != len(core):
        missing = sorted(set(wanted.tolist()) - set(numbers.tolist()))[:5]
        raise InvalidValue("core", missing, "holds objects that are not in the whole fleet")
    ours = of_objects(coverage.intervals, inside)
    theirs = without_objects(coverage.intervals, inside)
    return Partners(core.asked, coverage.fleet.asked, len(core), compare_fleets(ours, theirs))


def _losses(coverage: Coverage) -> Degradation | None:
    count = min(LOSSES, coverage.intervals.objects)
    if not count:
        return None
    return degradation(coverage.intervals, count, "covered_fraction", orders=RANDOM_ORDERS)


def _ages(fleet: SensorFleet, span: TimeSpan) -> ElementAges:
    if not len(fleet):
        return ElementAges(None, None, AGE_EDGES_DAYS, (0,) * len(AGE_EDGES_DAYS), ())
    days = np.abs(fleet.objects.elements.age_days(span.start))
    bins = np.bincount(np.searchsorted(AGE_EDGES_DAYS, days, side="right") - 1, minlength=len(AGE_EDGES_DAYS))
    oldest = np.argsort(-days, kind="stable")[:OLDEST]
    return ElementAges(
        median_days=round(float(np.median(days)), 4), farthest_days=round(float(days.max()), 4),
        edges_days=AGE_EDGES_DAYS, objects=tuple(bins.tolist()),
        oldest=tuple((int(row), round(float(days[row]), 4)) for row in oldest),
    )  # fmt: skip


def _digest(
    coverage: Coverage, core: SensorFleet | None, title: str, mission: str | None, language: str, *asked: object
) -> str:  # fmt: skip
    """A SHA-256 of the catalogue, region, cells, fleets with their sensors, window, words, and what else was asked."""
    digest = hashlib.sha256()
    fleet = coverage.fleet
    for text in (
        fleet.snapshot.digest, shapely.to_wkb(coverage.region.shape).hex(), coverage.region.name,
        str(coverage.cells.cell_km), str(len(coverage.cells)), coverage.span.start.isoformat(6),
        coverage.span.end.isoformat(6), fleet.asked, fleet.use, *(str(one.rule) for one in fleet.sensors),
        *map(str, fleet.sensor_row.tolist()), *map(str, fleet.objects.elements.norad_id.tolist()), "core",
        *map(str, [] if core is None else core.objects.elements.norad_id.tolist()), title, str(mission), language,
        *map(str, asked),
    ):  # fmt: skip
        digest.update(text.encode("utf-8", "backslashreplace") + b"\x1f")
    return digest.hexdigest()
