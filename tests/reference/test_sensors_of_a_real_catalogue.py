"""Who images for NATO on 2026-03-10, and with what: counts on the real catalogue, looked over by hand on 2026-11.

Seen and judged: every named match is of the family that it names. Assumed are families without published angles here
(BlackSky Global 14, Iride 16, Pelican 6 and Tanager 1, Deimos 3, Göktürk 2, Imece, SkySat A and B, Carbonite 1; Umbra
5, NovaSAR). Sentinels are ESA's, shared with states outside NATO, and counted as such. The catalogue has no elements of
CSO, SARah or SAR-Lupe. COSMO-SkyMed 1 and 3 have left their constellation's height, and it calls them operational.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from ssa import candidates
from ssa.alliances import find_alliance
from ssa.gcat import read_gcat_payloads
from ssa.missions import missions
from ssa.sensor_fleets import equip
from tests.real_catalogue import catalogue_of_march_2026

pytestmark = pytest.mark.real_data

ACCESS = {
    "PLANETSCOPE swath": 121, "ASSUMED optical access": 46, "ICEYE access": 37, "SKYSAT access": 13,
    "CAPELLA access": 8, "COSMO-SKYMED access": 7, "ASSUMED radar access": 6, "WORLDVIEW LEGION access": 6,
    "RCM access": 3, "TERRASAR-X access": 3, "WORLDVIEW access": 3, "LANDSAT OLI access": 2, "PLEIADES NEO access": 2,
    "PLEIADES access": 2, "ENMAP access": 1, "GEOEYE-1 access": 1, "PRISMA access": 1, "RADARSAT-2 access": 1,
    "SPOT 6 access": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def nato(shared: Path) -> candidates.Candidates:
    return candidates.of_alliance(find_alliance("NATO"), catalogue_of_march_2026(shared), on="2026-03-10")


def test_natos_imagers_and_their_access(nato):
    fleet = equip(nato, mission="imaging")
    assert fleet.counts() == ACCESS
    assert len(fleet) == 264
    assert fleet.without_sensor == ()
    assert fleet.left_out["mission is not imaging"] == 11_266
    assert fleet.left_out["mission not known"] == 636
    assert len(fleet) + sum(fleet.left_out.values()) == 21_569


def test_natos_imagers_with_a_routine_swath(nato):
    fleet = equip(nato, mission="imaging", use="swath")
    assert len(fleet) == 153
    assert len(fleet.without_sensor) == 264 - 153
    assert {sensor.use for sensor in fleet.sensors} == {"swath"}


def test_no_imaging_sensor_sits_on_anything_but_an_imager(nato, shared):
    """With GCAT's missions, too: every object that has an imaging sensor is an imager by the stronger evidence."""
    snapshot = nato.snapshot
    path = shared / "data" / "satcat" / "gcat_psatcat_2025-07-30.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as text:
        told = missions(snapshot, gcat=read_gcat_payloads(text.read()))
    fleet = equip(nato, missions_of=told)
    for row, sensor in zip(fleet.rows.tolist(), fleet.sensor_row.tolist(), strict=True):
        assert not set(fleet.sensors[sensor].missions).isdisjoint(told.categories[row])
    imagers = equip(nato, mission="imaging", missions_of=told)
    assert len(imagers) == 345
    assert imagers.counts_without() == {"no known sensor for surveillance-optical in OTHER": 1}
    assert not any(row["name"].startswith(("TOMORROW", "STARLINK", "GOES")) for row in imagers.described())


def test_the_european_union_has_the_sentinels_and_the_whole_catalogue_keeps_its_sum(shared):
    snapshot = catalogue_of_march_2026(shared)
    union = equip(candidates.of_alliance(find_alliance("EU"), snapshot), mission="earth observation")
    counts = union.counts()
    assert (counts["SENTINEL-1 access"], counts["SENTINEL-2 MSI swath"], counts["SENTINEL-3 OLCI swath"]) == (3, 3, 2)
    everything = equip(candidates.of_everything(snapshot))
    total = len(everything) + len(everything.without_sensor) + sum(everything.left_out.values())
    assert total == len(snapshot)
