"""`find_accesses` against its plain twin: the rule's own margin at every second, for any orbit and cell."""

from __future__ import annotations

import os

import numpy as np
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from orbits import TimeGrid, TimeSpan, propagate, teme_to_itrs
from ssa.coverage.access import find_accesses
from ssa.regions import CellGrid
from ssa.sensors import AccessGeometry, Elevation, ElevationMask, NadirCone, OffNadir, SarAnnulus, for_access
from tests.orbits_of_note import EPOCH, all_eight

EXAMPLES = int(os.environ.get("SSA_ACCESS_EXAMPLES", "25"))
SPAN = TimeSpan.of(EPOCH, hours=5)
GRID = TimeGrid(start=SPAN.start, step_s=1.0, count=5 * 3600)
# poles, antimeridian and equator among them
LATITUDES = st.one_of(st.sampled_from([-90.0, 90.0, 0.0, 89.9]), st.floats(-90.0, 90.0))
LONGITUDES = st.one_of(st.sampled_from([-180.0, 179.999, 0.0]), st.floats(-180.0, 180.0))
RULES = st.one_of(
    st.builds(Elevation, st.floats(0.0, 60.0)),
    st.builds(ElevationMask, st.lists(st.tuples(st.integers(0, 35).map(lambda ten: 10.0 * ten), st.floats(0.0, 60.0)),
              min_size=1, max_size=36, unique_by=lambda point: point[0])),
    st.builds(NadirCone, st.floats(2.0, 60.0), nadir=st.sampled_from(["geocentric", "geodetic"])),
    st.builds(OffNadir, st.floats(20.0, 50.0), st.floats(0.0, 15.0)),
    st.builds(
        SarAnnulus, st.floats(15.0, 25.0), st.floats(30.0, 60.0), side=st.sampled_from(["left", "right", "either"])
    ),
)  # fmt: skip
STATES = teme_to_itrs(propagate(all_eight(), GRID))


@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(places=st.lists(st.tuples(LATITUDES, LONGITUDES), min_size=1, max_size=4, unique=True), rule=RULES)
def test_every_second_of_brute_force_is_inside_or_outside_as_the_intervals_say(places, rule) -> None:
    cells = CellGrid.from_points([place[0] for place in places], [place[1] for place in places])
    found = find_accesses(all_eight(), cells, rule, SPAN).intervals
    note(f"{places} {rule}")
    assert STATES.velocity_itrs_km_s is not None
    seconds = GRID.seconds
    for cell, (latitude, longitude) in enumerate(places):
        for row in range(len(all_eight())):
            usable = STATES.status[row] == 0
            geometry = AccessGeometry.of(
                STATES.position_itrs_km[row][usable], STATES.velocity_itrs_km_s[row][usable],
                latitude_deg=latitude, longitude_deg=longitude,
            )  # fmt: skip
            inside = np.zeros(len(seconds), dtype=bool)
            inside[usable] = for_access(rule).margin(geometry) >= 0.0
            said = np.zeros(len(seconds), dtype=bool)
            near_edge = np.zeros(len(seconds), dtype=bool)
            mine = (found.cell_row == cell) & (found.object_row == row)
            for start, end in zip(found.start_s[mine], found.end_s[mine], strict=True):
                said |= (seconds >= start) & (seconds < end)
                near_edge |= np.minimum(abs(seconds - start), abs(seconds - end)) < 0.01
            wrong = (said != inside) & ~near_edge & usable
            runs = np.flatnonzero(wrong)
            assert len(runs) == 0, (row, runs[:5], runs[-1:], inside.sum(), said.sum())
