"""Every record of every real catalogue loads, and comes back from each form unchanged."""

from __future__ import annotations

import gzip
import re
import time
from pathlib import Path

import pytest

from orbits.formats import read_element_sets, write_element_sets
from orbits.formats.tle_columns import checksum

pytestmark = pytest.mark.real_data

# Counts as data/README.md beside the project states them; the ISS and LAGEOS files by their lines.
COUNTS = {
    "catalogs/gp_2024-11-01_on-orbit.csv.gz": 26834, "catalogs/gp_2026-03-10_active.csv.gz": 14683,
    "catalogs/gp_2026-03-10_analyst.json.gz": 418, "catalogs/gp_2026-03-10_cosmos-2251-debris.json.gz": 571,
    "catalogs/gp_2026-03-10_fengyun-1c-debris.json.gz": 1827, "catalogs/gp_2026-03-10_iridium-33-debris.json.gz": 106,
    "catalogs/gp_2026-03-10_last-30-days.json.gz": 371, "catalogs/gp_2026-03-10_stations.json.gz": 33,
    "catalogs/gp_2026-03-10_visual.json.gz": 147, "catalogs/gp_2026-03-10_socrates-run.csv.gz": 18407,
    "catalogs/gp_2026-03-10_merged.csv.gz": 21569, "catalogs/tle_2026-06-14_active-and-debris-clouds.3le.gz": 18546,
    "catalogs/tle_2026-06-10_leo-payloads.3le.gz": 16032, "catalogs/tle_2023-03-26_full.3le.gz": 24516,
    "catalogs/tle_2023-04-01_full.3le.gz": 24548, "history/tle_2026-05-24_to_30_geo.3le.gz": 11099,
    "history/tle_2026-05-24_to_30_resource.3le.gz": 3864, "history/tle_2026-05-24_to_30_stations.3le.gz": 406,
    "history/tle_2026-05-24_to_30_weather.3le.gz": 1597, "history/tle_2026-05-24_to_30_starlink_sample.3le.gz": 46099,
    "manoeuvres/Jason-1.tle.gz": 3998, "manoeuvres/Jason-2.tle.gz": 3923, "manoeuvres/CryoSat-2.tle.gz": 4310,
    "manoeuvres/Sentinel-3A.tle.gz": 2387, "manoeuvres/Fengyun-2D.tle.gz": 1189, "manoeuvres/Fengyun-2E.tle.gz": 2377,
    "manoeuvres/Fengyun-2F.tle.gz": 2987, "manoeuvres/TOPEX.tle.gz": 4136, "truth/iss/ISS_TLE_history.tle.gz": 427,
    "truth/lageos2/lageos2.tle": 1,
}  # fmt: skip
# Two of the largest are left out for time; by hand they come back as the same text too.
TLE_FILES = [
    name
    for name in COUNTS
    if "tle" in name.lower() and not name.endswith(("2023-03-26_full.3le.gz", "starlink_sample.3le.gz"))
]


@pytest.mark.parametrize("name", COUNTS)
def test_every_record_loads(shared: Path, name: str) -> None:
    elements = read_element_sets((shared / "data" / name).read_bytes())
    assert (len(elements), elements.refused) == (COUNTS[name], ())


def in_one_spelling(line: str) -> str:
    """A line as CelesTrak spells it today: numbers padded with blanks, zeros as 00000+0, no plus signs, and so on."""
    if line[0] == "1":
        number = f"{int(line[2:7]):05d}" if line[2] == " " else line[2:7]
        designator = line[9:17].replace(" ", "").ljust(8)
        drag, second = (spelt(line[first : first + 8]) for first in (53, 44))
        body = (
            f"1 {number}{line[7:9]}{designator}{line[17:33]}{line[33].replace('+', ' ')}{line[34:44]}"
            f"{second} {drag}{line[61:68]}"
        )
    else:
        number = f"{int(line[2:7]):05d}" if line[2] == " " else line[2:7]
        angles = [f"{float(line[first : first + 8]):8.4f}" for first in (8, 17, 34, 43)]
        body = (
            f"2 {number} {angles[0]} {angles[1]} {line[26:33]} {angles[2]} {angles[3]} "
            f"{float(line[52:63]):11.8f}{int(line[63:68]):5d}"
        )
    return f"{body}{checksum(body)}"


def spelt(field: str) -> str:
    """A number with an assumed point and an exponent, with its first digit not 0 and no plus sign before it."""
    mantissa, exponent = field[1:6], int(field[6:8])
    if mantissa == "00000":
        return " 00000+0"
    while mantissa[0] == "0":
        mantissa, exponent = mantissa[1:] + "0", exponent - 1
    return f"{field[0].replace('+', ' ')}{mantissa}{exponent:+d}"


@pytest.mark.parametrize("name", TLE_FILES)
def test_a_real_tle_comes_back_as_the_same_text(shared: Path, name: str) -> None:
    """Lines that CelesTrak serves today come back to the letter; older and Space-Track's differ in spelling only."""
    content = (shared / "data" / name).read_bytes()
    text = (gzip.decompress(content) if name.endswith("gz") else content).decode()
    lines = [line.rstrip() for line in text.split("\n") if re.match(r"[12] .{60}", line)]
    written = write_element_sets(read_element_sets(content), "tle").split("\n")[:-1]
    if name.startswith("history/") or "active-and-debris" in name:
        assert written == lines
    assert [in_one_spelling(line) for line in lines] == written


@pytest.mark.parametrize("form", ["omm-csv", "omm-json", "omm-xml", "omm-kvn"])
@pytest.mark.parametrize("name", ["catalogs/gp_2026-03-10_active.csv.gz"])
def test_every_form_of_omm_carries_a_real_catalogue_unchanged(shared: Path, name: str, form: str) -> None:
    elements = read_element_sets((shared / "data" / name).read_bytes())
    back = read_element_sets(write_element_sets(elements, form).encode())
    assert back.refused == ()
    for column in elements.column_names():
        assert (getattr(back, column) == getattr(elements, column)).all(), column


@pytest.mark.parametrize("name", ["catalogs/gp_2024-11-01_on-orbit.csv.gz", "catalogs/tle_2023-04-01_full.3le.gz"])
def test_a_full_catalogue_is_read_in_seconds(shared: Path, name: str) -> None:
    """About 1.2 s of one slow core, measured; the limit is for catching a loss of the ordinary path, not for timing."""
    content = (shared / "data" / name).read_bytes()
    started = time.process_time()
    read_element_sets(content)
    assert time.process_time() - started < 5.0
