"""Makes `api/static/outlines.json`: outlines of countries for the page's maps, thinned from `ssa/data`.

    python -m tests.make_page_outlines

Rings are whole numbers of 1/50 degree (2 km), longitude and latitude in turn, each the difference to the one before.
Lines are thinned to 0.06 degree (7 km): for drawing only; areas and regions are computed from the full outlines.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import shapely

from ssa.regions.outlines import OUTLINE_CAVEAT, outlines

FILE = Path(__file__).resolve().parents[1] / "api" / "static" / "outlines.json"
STEPS_PER_DEG, TOLERANCE_DEG = 50, 0.06


def page_outlines() -> str:
    """The text of the file."""
    countries = [{"name": outline.name, "iso3": outline.iso3, "rings": _rings(outline.shape)} for outline in outlines()]
    table = {"steps_per_deg": STEPS_PER_DEG, "caveat": OUTLINE_CAVEAT, "countries": countries}
    return json.dumps(table, separators=(",", ":"), ensure_ascii=False) + "\n"


def _rings(shape: object) -> list[list[int]]:
    rings = []
    for ring in shapely.get_rings(shapely.get_parts(shapely.simplify(shape, TOLERANCE_DEG))):
        points = np.round(shapely.get_coordinates(ring) * STEPS_PER_DEG).astype(int)
        points = points[np.append(True, np.diff(points, axis=0).any(axis=1))]
        if len(points) >= 4:
            rings.append(np.diff(points, axis=0, prepend=[[0, 0]]).ravel().tolist())
    return rings


if __name__ == "__main__":
    FILE.write_text(page_outlines(), encoding="utf-8")
    print(f"{FILE.stat().st_size:,} bytes to {FILE}")
