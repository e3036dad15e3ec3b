"""A made-up station of three docked modules, a satellite beside it, and debris that meets both over the pole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.catalogue.sources import facts_of
from ssa.catalogue.store import CatalogueStore
from tests.made_up_catalogue import Row, made_up_catalogue

START = "2026-03-10T03:30:00Z"  # half an hour before the meeting
CORE, LABORATORY, FERRY, SATELLITE, DEBRIS, FAR = 41001, 41002, 41003, 41004, 41005, 41006
ROWS: list[Row] = [
    (CORE, "CORE", "US", "PAY", "+"), (LABORATORY, "LABORATORY", "US", "PAY", "+"), (FERRY, "FERRY", "US", "PAY", "+"),
    (SATELLITE, "LOOKOUT 1", "FR", "PAY", "+"), (DEBRIS, "OLD DEB", "CIS", "DEB", None), (FAR, "FAR", "FR", "PAY", "+"),
]  # fmt: skip


def over_the_pole(rows: list[Row], turned_deg: list[float], ahead_deg: list[float]) -> CatalogueSnapshot:
    """Polar objects over the pole at 2026-03-10 04:00: nodes turned, shifted along the track (0.01 deg is 1.2 km)."""
    snapshot = made_up_catalogue(rows)
    count = len(rows)
    elements = replace(
        snapshot.elements, inclination_deg=np.full(count, 90.0), eccentricity=np.full(count, 1e-6),
        raan_deg=np.array(turned_deg), mean_anomaly_deg=90.0 + np.array(ahead_deg),
        bstar_per_earth_radius=np.zeros(count),
    )  # fmt: skip
    return replace(snapshot, elements=elements, digest="")


def station() -> CatalogueSnapshot:
    """Modules 25 m apart, a satellite 4.9 km from where debris passes the station at 0.12 km, and one far away."""
    return over_the_pole(ROWS, [0.0, 0.0, 0.0, 40.0, 90.0, 140.0], [0.0, 0.0002, 0.0004, 0.041, 0.001, 100.0])


def fill_station(file: Path) -> str:
    """A database with the station; returns its URL."""
    snapshot = station()
    url = f"sqlite:///{file}"
    with CatalogueStore.open(url) as store:
        store.import_elements(
            snapshot.elements, source="made up", data_mode="REAL", at=snapshot.as_of, facts=facts_of(snapshot)
        )
    return url
