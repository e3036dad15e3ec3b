"""Who belongs to a constellation, who is used, and the reason for everyone else."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from orbits import ElementSets, Instant
from ssa.catalogue.simulated import simulated_catalogue
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.constellations import constellations, find_constellation, members_of
from ssa.errors import UnknownName
from tests.orbits_of_note import made_up

DAY = date(2026, 3, 10)
GPS = find_constellation("GPS")


Row = tuple[ElementSets, tuple[str | None, ...]]


def gps(
    name: str = "NAVSTAR 90", *, raan: float = 30.0, mean_motion: float = 2.0056, eccentricity: float = 0.01,
    owner: str | None = "US", status: str | None = "+", launched: str | None = "2015-01-01",
    decayed: str | None = None, kind: str | None = "PAY",
) -> Row:  # fmt: skip
    elements = made_up(name, mean_motion=mean_motion, eccentricity=eccentricity, inclination=55.0, raan=raan)
    return elements, (owner, kind, status, launched, decayed)


def snapshot_of(*rows: Row) -> CatalogueSnapshot:
    joined = ElementSets.concatenate([row[0] for row in rows])
    columns = {name: getattr(joined, name) for name in ElementSets.column_names()}
    columns["norad_id"] = np.arange(1, len(rows) + 1)
    facts = [np.array(column, dtype=object) for column in zip(*(row[1] for row in rows), strict=True)]
    return CatalogueSnapshot(
        ElementSets(**columns), *facts, rcs_m2=np.full(len(rows), np.nan), as_of=Instant.parse("2026-03-10T00:00:00Z"),
        data_mode="REAL", source="made up",
    )  # fmt: skip


IN_PLANES = [gps(f"NAVSTAR {70 + k}", raan=30.0 + 60.0 * k) for k in range(6)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (gps(status="-"), "not in operation, by the catalogue"),
        (gps(status="S"), "spare, by the catalogue"),
        (gps(status="B"), "backup or standby, by the catalogue"),
        (gps(status="P"), "partly in operation, by the catalogue"),
        (gps(status=None), "no operational status recorded, by the catalogue"),
        (gps(decayed="2026-03-01"), "decayed on 2026-03-01"),
        (gps(launched="2026-03-11"), "launched on 2026-03-11, after the day asked about"),
        (gps(launched="2026-01-11"), "launched on 2026-01-11, less than 90 days before"),
        (gps(launched=None), "launched in 2026 on a day not recorded, perhaps less than 90 days before"),
        (gps(mean_motion=1.927), "not in an orbit of GPS: 1.9270 rev/day, eccentricity 0.0100, inclination 55.0 deg"),
        (gps(eccentricity=0.2), "not in an orbit of GPS: 2.0056 rev/day, eccentricity 0.2000, inclination 55.0 deg"),
    ],
)
def test_a_satellite_that_is_not_used_has_the_reason(row: Row, reason: str) -> None:
    members = members_of(GPS, snapshot_of(*IN_PLANES, row), DAY)
    assert members.rows.tolist() == list(range(6))
    assert [(left.norad_id, left.reason) for left in members.left_out] == [(7, reason)]


def test_a_plane_that_has_drifted_is_told_from_the_others() -> None:
    members = members_of(GPS, snapshot_of(*IN_PLANES, *IN_PLANES, gps(raan=115.0)), DAY)
    (left,) = members.left_out
    assert left.norad_id == 13
    assert left.reason.startswith("its plane has drifted: node +2")


@pytest.mark.parametrize(
    "row", [gps("NAVSTAR 90 DEB"), gps("NAVSTAR 90", owner="PRC"), gps(kind="R/B"), gps("NAVSTARX")]
)
def test_other_objects_are_not_even_left_out(row: Row) -> None:
    assert members_of(GPS, snapshot_of(*IN_PLANES, row), DAY).left_out == ()


def test_reserves_and_new_ones_are_used_when_asked_for() -> None:
    rows = [*IN_PLANES, gps(status="S"), gps(status="P"), gps(launched="2026-02-01"), gps(status="-")]
    members = members_of(GPS, snapshot_of(*rows), DAY, include_reserves=True)
    assert members.rows.tolist() == list(range(9))


def test_without_any_status_all_count_and_it_is_said() -> None:
    rows = [gps(f"NAVSTAR {70 + k}", raan=30.0 + 60.0 * k, status=None) for k in range(6)]
    members = members_of(GPS, snapshot_of(*rows), DAY)
    assert len(members.rows) == 6
    assert not members.status_known


def test_the_simulated_catalogue_holds_the_designs() -> None:
    snapshot = simulated_catalogue()
    counts = {
        each.id: len(members_of(each, snapshot, snapshot.as_of.date()).rows)
        for each in (*constellations("navigation"), *constellations("communications"))
    }
    expected = {
        "gps": 31, "galileo": 24, "glonass": 24, "beidou": 40, "qzss": 6, "navic": 7, "iridium": 66, "globalstar": 48,
        "oneweb": 588, "o3b": 20, "mpower": 10,
    }  # fmt: skip
    assert expected.items() <= counts.items()


def test_every_constellation_is_found_by_its_id_and_name_and_says_its_source() -> None:
    for service in ("navigation", "communications"):
        for each in constellations(service):  # type: ignore[arg-type]
            assert find_constellation(each.id, service) is find_constellation(each.name, service) is each  # type: ignore[arg-type]
            assert each.source
            assert (each.min_elevation_deg is None) == (service == "navigation") == (each.elevation_basis is None)
    with pytest.raises(UnknownName, match="Iridium"):
        find_constellation("Irridium", "communications")
