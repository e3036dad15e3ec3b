"""The same accesses by other programs, for `coverage_accesses`: points, objects, a cone about the nadir, a window.

Each answers (processor seconds, accesses). Making objects and points is not counted, as it is not for ours; where a
program takes one point at a time, the loop over points is. The nadir is each program's own: towards the Earth's centre
or down the ellipsoid's normal, a kilometre or two apart at the edge of the cone.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import numpy as np

from orbits import ElementSets, TimeSpan
from ssa.regions import CellGrid
from tests.benchmarks.sgp4_predict_peer import predictors_of

Found = tuple[float, int]
LEAST_CIRCLE_DEG = 1e-5  # a metre: an area for a program that knows no points


def sgp4_predict_found(elements: ElementSets, cells: CellGrid, span: TimeSpan, half_angle_deg: float) -> Found:
    """`sgp4-predict`: windows of a small circle about each point within the field of regard."""
    import sgp4_predict

    interval = SimpleNamespace(start=span.start.datetime(), end=span.end.datetime())
    predictors = predictors_of(elements)
    circles = [
        sgp4_predict.Circle((float(latitude), float(longitude)), LEAST_CIRCLE_DEG)
        for latitude, longitude in zip(cells.latitude_deg, cells.longitude_deg, strict=True)
    ]
    start = time.process_time()
    found = sum(
        1
        for predictor in predictors
        for circle in circles
        for _ in predictor.aoi_iter(
            circle, interval, max_off_nadir_deg=half_angle_deg, max_window_duration=timedelta(days=2),
            clamp_to_interval=True,
        )
    )  # fmt: skip
    return time.process_time() - start, found


def brahe_found(elements: ElementSets, cells: CellGrid, span: TimeSpan, half_angle_deg: float) -> Found:
    """`brahe`, on its default grid of 60 s, point by point and object by object on one thread."""
    import brahe

    from orbits.formats.writers import write_element_sets

    brahe.set_global_eop_provider(brahe.StaticEOPProvider.from_zero())
    objects = []
    for row in range(len(elements)):
        first, second = [
            line for line in write_element_sets(elements[[row]], "tle").splitlines() if line[:2] in ("1 ", "2 ")
        ]
        objects.append(brahe.SGPPropagator.from_tle(first, second, 60.0))
    begin = span.start.datetime()
    epoch = brahe.Epoch.from_datetime(
        begin.year, begin.month, begin.day, begin.hour, begin.minute, begin.second + begin.microsecond / 1e6, 0.0,
        brahe.TimeSystem.UTC,
    )  # fmt: skip
    until = epoch + span.duration_s
    places = [
        brahe.PointLocation(float(longitude), float(latitude), 0.0)
        for latitude, longitude in zip(cells.latitude_deg, cells.longitude_deg, strict=True)
    ]
    rule = brahe.ConstraintAll(
        [
            brahe.OffNadirConstraint(min_off_nadir_deg=None, max_off_nadir_deg=half_angle_deg),
            brahe.ElevationConstraint(min_elevation_deg=0.0, max_elevation_deg=None),
        ]
    )
    config = brahe.AccessSearchConfig(parallel=False)
    start = time.process_time()
    found = sum(
        len(brahe.location_accesses(place, one, epoch, until, rule, config=config))
        for one in objects
        for place in places
    )
    return time.process_time() - start, found


def tatc_found(elements: ElementSets, cells: CellGrid, span: TimeSpan, half_angle_deg: float) -> Found:
    """`tatc` (TAT-C): `collect_observations` of all objects over all points at once."""
    from tatc.analysis import collect_observations
    from tatc.schemas import Instrument, Point, Satellite, TwoLineElements

    from orbits.formats.writers import write_element_sets

    instrument = Instrument(name="cone", field_of_regard=2.0 * half_angle_deg)
    satellites = []
    for row in range(len(elements)):
        lines = [line for line in write_element_sets(elements[[row]], "tle").splitlines() if line[:2] in ("1 ", "2 ")]
        satellites.append(Satellite(name=str(row), orbit=TwoLineElements(tle=lines), instruments=[instrument]))
    places = [
        Point(id=number, latitude=float(latitude), longitude=float(longitude))
        for number, (latitude, longitude) in enumerate(zip(cells.latitude_deg, cells.longitude_deg, strict=True))
    ]
    begin, end = span.start.datetime(), span.end.datetime()
    start = time.process_time()
    found = len(collect_observations(places, satellites, begin, end))
    return time.process_time() - start, found


PEERS: dict[str, tuple[str, Callable[[ElementSets, CellGrid, TimeSpan, float], Found], int]] = {
    # name: module, what it does, of how many points it is asked (the rest is scaled)
    "sgp4-predict": ("sgp4_predict", sgp4_predict_found, 500),
    "tatc": ("tatc", tatc_found, 500),
    "brahe": ("brahe", brahe_found, 25),
}


def beside(
    ours_s: float, elements: ElementSets, cells: CellGrid, span: TimeSpan, half_angle_deg: float
) -> dict[str, object]:
    """Each installed program's seconds for all points, and its ratio to ours; prints them, and names who is missing."""
    figures: dict[str, object] = {}
    for name, (module, work, points) in PEERS.items():
        if importlib.util.find_spec(module) is None:
            print(f"  {name:14s} is not installed here")
            continue
        rows = np.linspace(0, len(cells) - 1, min(points, len(cells))).round().astype(int)
        some = CellGrid.from_points(cells.latitude_deg[rows], cells.longitude_deg[rows])
        try:
            seconds, found = work(elements, some, span, half_angle_deg)
        except Exception as error:  # another program's failure is a figure, too, and the others are still asked
            figures[name] = {"points_asked": len(some), "failed": f"{type(error).__name__}: {error}"}
            print(f"  {name:14s} failed on {len(some)} points: {type(error).__name__}: {error}")
            continue
        whole_s = seconds * len(cells) / len(some)
        figures[name] = {
            "processor_s": whole_s,
            "points_asked": len(some),
            "accesses": found,
            "ratio": whole_s / ours_s,
        }
        print(
            f"  {name:14s} {found:7,} accesses of {len(some)} points, processor {whole_s:8.2f} s for all of them, "
            f"{whole_s / ours_s:,.0f} times ours"
        )
    return figures
