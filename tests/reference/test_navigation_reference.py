"""Dilution of precision of reference/coverage.json, and of real catalogues against plain linear algebra.

The file's values are rounded to 1e-5 and were checked by a second route within 1e-5; it suggests a tolerance of 0.001.
"""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from orbits import ElementSets, GroundSite, Instant, TimeGrid
from ssa import CellGrid, parse_region
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.navigation import dop_at, navigation_fleet, navigation_over
from tests.naive_navigation import dilutions

pytestmark = pytest.mark.real_data
NAMES = ("satellites", "gdop", "pdop", "hdop", "vdop", "tdop")


def test_the_reference_tables_dilutions_are_met_within_a_thousandth(shared: Path) -> None:
    content = json.loads((shared / "reference" / "coverage.json").read_text())
    table = content["dop"]
    by_number = {row["norad"]: row for row in content["satellites"]}
    chosen = [by_number[number] for number in table["satellites"]]
    elements = ElementSets.read("\n".join(f"{row['name']}\n{row['line1']}\n{row['line2']}" for row in chosen).encode())
    assert len(elements) == 35
    sites = [GroundSite(row["name"], row["lat_deg"], row["lon_deg"], row["height_m"]) for row in table["sites"]]
    times = TimeGrid(start=content["start_utc"], step_s=7200.0, count=12)
    found = dop_at(elements, sites, times, mask_deg=table["min_elevation_deg"])
    assert len(table["rows"]) == 36
    places = {site.name: row for row, site in enumerate(sites)}
    for site, seconds, *values in table["rows"]:
        at = places[site], round(seconds / 7200.0)
        assert [getattr(found, name)[at] for name in NAMES] == pytest.approx(values, abs=0.001)


@pytest.fixture(scope="module")
def march(shared: Path) -> CatalogueSnapshot:
    elements = ElementSets.read(shared / "data" / "catalogs" / "gp_2026-03-10_active.csv.gz")
    with gzip.open(shared / "data" / "satcat" / "satcat_assembled_2026-06.csv.gz", "rt") as file:
        facts = {int(row["NORAD_CAT_ID"]): row for row in csv.DictReader(file)}

    def column(name: str) -> np.ndarray:
        return np.array([facts.get(int(number), {}).get(name) or None for number in elements.norad_id], dtype=object)

    names = ("OWNER", "OBJECT_TYPE", "OPS_STATUS_CODE", "LAUNCH_DATE", "DECAY_DATE")
    return CatalogueSnapshot(
        elements, *(column(name) for name in names), rcs_m2=np.full(len(elements), np.nan),
        as_of=Instant.parse("2026-03-10T12:00:00Z"), data_mode="REAL", source="CelesTrak",
    )  # fmt: skip


def test_the_real_systems_are_found_and_their_strays_are_left_out(march: CatalogueSnapshot) -> None:
    fleet = navigation_fleet(march, "all", march.as_of)
    counts = {members.constellation.id: len(members.rows) for members in fleet.systems}
    assert counts == {"gps": 32, "galileo": 27, "glonass": 27, "beidou": 50, "qzss": 5, "navic": 6}
    reasons = {left.norad_id: left.reason for members in fleet.systems for left in members.left_out}
    assert "not in an orbit of GPS" in reasons[27704]  # NAVSTAR 52, raised out of the constellation
    assert "backup" in reasons[40128]  # Galileo 5, in its eccentric orbit since its launch
    assert "not in an orbit of NavIC" in reasons[62850]  # NVS-02, never raised from its transfer orbit
    assert "2025" in reasons[67160]  # Galileo 33, launched in December 2025


def test_gps_alone_and_with_galileo_over_the_baltic_states(march: CatalogueSnapshot) -> None:
    cells = CellGrid.over(parse_region("box:20.9,53.9,28.3,59.7"), 150)
    times = TimeGrid(start="2026-03-10T00:00:00Z", step_s=1800.0, count=48)
    means = []
    for systems in ("GPS", "GPS,GALILEO"):
        fleet = navigation_fleet(march, systems, times.start)
        found = navigation_over(fleet, cells, times)
        every = []
        for latitude, longitude in zip(cells.latitude_deg, cells.longitude_deg, strict=True):
            site = GroundSite("cell", float(latitude), float(longitude))
            every.append(dilutions(fleet.elements, fleet.system.tolist(), site, times, 5.0, False))
        pdop = np.array(every)[:, :, 2]
        assert found.mean_pdop == pytest.approx(pdop.mean(axis=1), abs=1e-9)
        assert found.worst_pdop == pytest.approx(pdop.max(axis=1), abs=1e-9)
        assert found.available_fraction == pytest.approx((pdop <= 6.0).mean(axis=1))
        assert found.region()["available_fraction"] == pytest.approx(1.0)
        means.append(found.region()["mean_pdop"])
    assert 1.2 < means[0] < 2.2
    assert means[1] < 0.8 * means[0]
