"""Coverage of a region by a fleet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.answers.coverage import coverage_answer
from api.fleet_choice import FleetChoice, choose_fleet, choose_sides
from api.jobs.kind import Basis, Cost, JobKind, Limit, Report
from api.models.coverage import CoverageRequest, SensorRequest
from api.models.queries import MAX_LISTED_CELLS, MAX_SENSOR_NUMBERS, MAX_SENSOR_PATTERNS
from api.windows import window
from orbits import TimeSpan
from ssa.coverage.limits import MOST_CELL_OBJECT_HOURS, require_bounded, require_listable, search_weight
from ssa.coverage.partners import Sides
from ssa.coverage.timeline import timeline_grid
from ssa.errors import TooMuch
from ssa.regions import CellGrid, Region, parse_region, region_from_geojson
from ssa.sensor_fleets import SensorFleet
from ssa.sensors import Sensor, sensors_of

_SECONDS_EACH = 1.3e-7  # of one cell, object and hour on one core: 5,000 cells x 200 imagers x 72 h took 9 s


def asked_of(request: CoverageRequest, basis: Basis) -> tuple[Region, CellGrid, SensorFleet, TimeSpan, Sides | None]:
    """The region, its cells, the fleet with its sensors, the window and the sides; raises for what cannot be asked."""
    span = window(request.start, hours=request.hours, end=request.end)
    region = (
        region_from_geojson(request.region)
        if isinstance(request.region, dict)
        else parse_region(request.region, on=request.on or span.start.date(), groups=basis.groups)
    )
    if request.region_name is not None:
        region = Region(request.region_name, region.shape, region.caveats)
    choice = FleetChoice(
        objects=None if request.objects is None else ",".join(map(str, request.objects)), alliance=request.alliance,
        owner=request.owner, everything=request.all, on=request.on, commercial=request.commercial,
        partners=request.partners, partners_on=request.partners_on, mission=request.mission, sensor=request.sensor,
        nadir_half_angle_deg=request.nadir_half_angle_deg, min_elevation_deg=request.min_elevation_deg,
        use=request.use, groups=basis.groups, own_sensors=own_sensors_of(request.sensors),
    )  # fmt: skip
    fleet = choose_fleet(basis.snapshot, choice, at=span.start, missions_of=basis.missions_of)
    sides = choose_sides(basis.snapshot, choice, fleet, at=span.start)
    return region, CellGrid.over(region, request.cell_km), fleet, span, sides


def own_sensors_of(asked: Sequence[SensorRequest] | None) -> tuple[Sensor, ...]:
    """The caller's own sensors; raises `TooMuch` for long lists, `InvalidValue` for wrong entries, named by place."""
    if asked is None:
        return ()
    for name, most in (("satellites", MAX_SENSOR_PATTERNS), ("norad_ids", MAX_SENSOR_NUMBERS)):
        listed = sum(len(getattr(sensor, name)) for sensor in asked)
        if listed > most:
            raise TooMuch("sensors", f"{listed:,} {name}", f"more than {most:,} in all sensors; use owners or missions")
    return sensors_of([sensor.model_dump() for sensor in asked])


def estimate(request: CoverageRequest, basis: Basis) -> Cost:
    """Seconds, and cells x objects x hours."""
    _, cells, fleet, span, _ = asked_of(request, basis)
    require_bounded(len(cells), len(fleet), span)
    timeline_grid(span, request.step_s)
    require_listable(len(cells), MAX_LISTED_CELLS if request.cells else None)
    work = len(cells) * len(fleet) * span.duration_s / 3600.0 * search_weight(fleet)
    return Cost(work * _SECONDS_EACH, {"cell_object_hours": work})


def run(request: CoverageRequest, basis: Basis, report: Report) -> dict[str, Any]:
    """The JSON answer of POST /v1/coverage."""
    from ssa.coverage.question import SEARCH_SHARE, coverage_of

    region, cells, fleet, span, sides = asked_of(request, basis)
    report(0.0)
    found = coverage_of(
        region, cells, fleet, span, step_s=request.step_s, contribution=request.contribution, sides=sides, threads=1,
        report=lambda share: report(SEARCH_SHARE * share),
    )  # fmt: skip
    return coverage_answer(basis.snapshot, found, cells=request.cells, most_cells=MAX_LISTED_CELLS)


COVERAGE = JobKind(
    name="coverage",
    request=CoverageRequest,
    limits=(
        Limit(
            "cell_object_hours", float(MOST_CELL_OBJECT_HOURS),
            "take larger cells (cell_km), fewer objects (mission, owner, objects) or a shorter window",
        ),
    ),
    estimate=estimate,
    run=run,
)  # fmt: skip
