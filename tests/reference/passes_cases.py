"""The published pass table (`reference/passes.json`, 36 satellites x 6 sites x 48 h) as this project's values."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from orbits import EarthOrientation, ElementSets, GroundSite, Instant

TAI_MINUS_UTC_S = 37.0  # since 2017-01-01


def load(shared: Path) -> dict[str, Any]:
    return dict(json.loads((shared / "reference" / "passes.json").read_text()))


def elements_of(table: dict[str, Any]) -> ElementSets:
    lines = "\n".join(f"{s['name']}\n{s['line1']}\n{s['line2']}" for s in table["satellites"])
    return ElementSets.read(lines.encode())


def sites_of(table: dict[str, Any]) -> list[GroundSite]:
    return [GroundSite(s["name"], s["lat_deg"], s["lon_deg"], s["height_m"]) for s in table["sites"]]


def orientation_of(table: dict[str, Any]) -> EarthOrientation:
    """The table's own model: UT1-UTC linear between two values, no polar motion."""
    start = Instant.parse(table["start_utc"])
    first = start.jd_day + start.day_fraction - 2400000.5
    return EarthOrientation(
        mjd=np.array([first, first + table["duration_s"] / 86400.0]),
        ut1_minus_tai_s=np.array(table["dut1_s"]) - TAI_MINUS_UTC_S,
        polar_x_rad=np.zeros(2),
        polar_y_rad=np.zeros(2),
        observed_until_mjd=first + 2.0,
        leap_mjd=np.array([57754.0]),
        tai_minus_utc_s=np.array([TAI_MINUS_UTC_S]),
    )
