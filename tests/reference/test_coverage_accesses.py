"""`find_accesses` against reference/coverage.json: brute force, second by second, edges bisected to a millisecond.

Tolerances are those of its README: edges 0.05 s (5 s where the Sun limit cuts an access), accesses below 1 s may be
missed or added. The table's own Earth orientation is used: it leaves polar motion out.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from orbits import ElementSets, TimeSpan
from ssa.coverage.access import find_accesses
from ssa.regions import CellGrid
from ssa.sensors import Elevation, NadirCone, SarAnnulus, SunElevation
from tests.reference.passes_cases import orientation_of

pytestmark = pytest.mark.real_data

EDGE_S = 0.05
SUN_EDGE_S = 5.0


def rule_of(case: dict):
    sensor = case["sensor"]
    if sensor["kind"] == "elevation":
        rule = Elevation(sensor["min_elevation_deg"])
    elif sensor["kind"] == "nadir_cone":
        rule = NadirCone(sensor["half_angle_deg"], nadir=sensor["nadir"]) & Elevation(0.0)
    else:
        rule = SarAnnulus(*sensor["incidence_deg"], side=sensor["side"])
    if case["min_sun_elevation_deg"] is not None:
        rule = rule & SunElevation(min_sun_elevation_deg=case["min_sun_elevation_deg"])
    return rule


def test_every_access_of_the_table_is_found_and_none_invented(shared: Path) -> None:
    table = json.loads((shared / "reference" / "coverage.json").read_text())
    earth = orientation_of({**table, "duration_s": 432_000.0})
    sets = {row["norad"]: row for row in table["satellites"]}
    for case in table["cases"]:
        lines = [f"{sets[number]['line1']}\n{sets[number]['line2']}" for number in case["satellites"]]
        elements = ElementSets.read("\n".join(lines).encode())
        cells = CellGrid.from_points([p["lat"] for p in case["points"]], [p["lon"] for p in case["points"]])
        span = TimeSpan.of(table["start_utc"], hours=case["duration_s"] / 3600.0)
        found = find_accesses(elements, cells, rule_of(case), span, orientation=earth).intervals
        allowed = EDGE_S if case["min_sun_elevation_deg"] is None else SUN_EDGE_S
        worst, total = 0.0, 0
        for cell, point in enumerate(case["points"]):
            for row, number in enumerate(elements.norad_id.tolist()):
                mine = (found.cell_row == cell) & (found.object_row == row)
                ours = np.column_stack([found.start_s[mine], found.end_s[mine]])
                theirs = np.array(point["access"].get(str(number), [])).reshape(-1, 2)
                shortest = 1.0 if allowed == EDGE_S else 10.0
                kept = [a for a in ours if a[1] - a[0] >= shortest]
                expected = [a for a in theirs if a[1] - a[0] >= shortest]
                for access in expected:
                    off = min((np.abs(a - access).max() for a in ours), default=np.inf)
                    assert off <= allowed, (case["name"], point["lat"], point["lon"], number, access, ours)
                    worst = max(worst, off)
                for access in kept:
                    off = min((np.abs(a - access).max() for a in theirs), default=np.inf)
                    assert off <= allowed, (case["name"], point["lat"], point["lon"], number, access, theirs)
                total += len(expected)
        print(f"{case['name']}: {total} accesses, worst edge {worst:.4f} s")
        assert total > 20
