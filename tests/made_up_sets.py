"""Element sets that describe nothing real: for tests of storing and fetching, where only the bits matter."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from orbits import ElementSets, Instant
from ssa.catalogue.ownership import SatelliteFacts
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.catalogue.store import CatalogueStore

FIRST_EPOCH = Instant.parse("2026-03-10T00:00:00Z")


def made_up_sets(count: int, *, version: int = 0, first: int = 1, seed: int = 1) -> ElementSets:
    """`count` objects numbered from `first`; each version is a day later than the one before, with other values."""
    draw = np.random.default_rng([seed, version])
    numbers = np.arange(first, first + count)
    return ElementSets(
        norad_id=numbers,
        name=np.array([f"MADE UP {number}" for number in numbers], dtype=object),
        object_id=np.array([f"2026-{number % 999 + 1:03d}A" for number in numbers], dtype=object),
        classification=np.array(["U"] * count, dtype=object),
        epoch_jd_day=np.full(count, FIRST_EPOCH.jd_day + version),
        epoch_day_fraction=draw.uniform(0.0, 1.0, count),
        mean_motion_rev_day=draw.uniform(1.0, 16.0, count),
        eccentricity=draw.uniform(0.0, 0.7, count),
        inclination_deg=draw.uniform(0.0, 180.0, count),
        raan_deg=draw.uniform(0.0, 360.0, count),
        argument_of_perigee_deg=draw.uniform(0.0, 360.0, count),
        mean_anomaly_deg=draw.uniform(0.0, 360.0, count),
        bstar_per_earth_radius=draw.normal(0.0, 1e-4, count),
        mean_motion_dot_rev_day2=draw.normal(0.0, 1e-5, count),
        mean_motion_ddot_rev_day3=np.zeros(count),
        ephemeris_type=np.zeros(count, dtype=np.int64),
        element_set_number=np.full(count, 999),
        revolution_at_epoch=draw.integers(0, 99999, count),
    )


def made_up_facts(count: int, *, version: int = 0, first: int = 1) -> SatelliteFacts:
    """Facts of the same objects; the owner changes with the version."""
    numbers = np.arange(first, first + count)
    owners = ("US", "FR", "PRC", "UK", "JPN")
    return SatelliteFacts.of(
        numbers,
        owner=[owners[(number + version) % len(owners)] for number in numbers],
        object_type=["PAY"] * count,
        rcs_m2=numbers / 8.0,
    )


def snapshot_by_hand(elements: ElementSets, facts: SatelliteFacts | None = None) -> CatalogueSnapshot:
    """The snapshot that a store shall serve, made without one; facts must be of the same objects, row by row."""
    said = SatelliteFacts.of(elements.norad_id) if facts is None else facts
    return CatalogueSnapshot(
        elements=elements, owner=said.owner, object_type=said.object_type, ops_status=said.ops_status,
        launch_date=said.launch_date, decay_date=said.decay_date, rcs_m2=said.rcs_m2, as_of=FIRST_EPOCH,
        data_mode="REAL", source="by hand",
    )  # fmt: skip


@cache
def _empty_database() -> bytes:
    with TemporaryDirectory() as folder:
        CatalogueStore.open(Path(folder) / "empty.sqlite3").close()
        return (Path(folder) / "empty.sqlite3").read_bytes()


def empty_database(file: Path) -> Path:
    """A database that was opened once and holds nothing; copied, because making one takes a third of a second."""
    file.write_bytes(_empty_database())
    return file


def as_csv(elements: ElementSets) -> bytes:
    """The sets as OMM CSV, as CelesTrak gives them."""
    from orbits.formats import write_element_sets

    text = write_element_sets(elements, "omm-csv")
    return text.encode() if isinstance(text, str) else text
