"""Small made-up catalogues for tests: objects by number, name, owner, type and status, on one made-up orbit."""

from __future__ import annotations

import numpy as np

from orbits import ElementSets, Instant
from ssa.catalogue.snapshot import CatalogueSnapshot

Row = tuple[int, str, str | None, str | None, str | None]  # number, name, owner, type, status


def made_up_catalogue(
    rows: list[Row], *, launched: str | None = None, decayed: str | None = None, as_of: str = "2026-03-10T04:00:00Z"
) -> CatalogueSnapshot:
    """A snapshot of the rows; every object has the same circular orbit at 700 km, launch date and decay date."""
    rows = sorted(rows)
    n = len(rows)
    at = Instant.parse(as_of)

    def column(place: int) -> np.ndarray:
        values = np.empty(n, dtype=object)
        values[:] = [row[place] for row in rows]
        return values

    zero = np.zeros(n)
    elements = ElementSets(
        norad_id=column(0).astype(np.int64), name=column(1), object_id=np.full(n, "", object),
        classification=np.full(n, "U", object), epoch_jd_day=np.full(n, at.jd_day),
        epoch_day_fraction=np.full(n, at.day_fraction), mean_motion_rev_day=np.full(n, 14.57), eccentricity=zero + 1e-3,
        inclination_deg=np.full(n, 98.2), raan_deg=zero, argument_of_perigee_deg=zero, mean_anomaly_deg=zero,
        bstar_per_earth_radius=zero + 1e-5, mean_motion_dot_rev_day2=zero, mean_motion_ddot_rev_day3=zero,
        ephemeris_type=zero.astype(np.int64), element_set_number=zero.astype(np.int64) + 999,
        revolution_at_epoch=zero.astype(np.int64),
    )  # fmt: skip
    return CatalogueSnapshot(
        elements=elements, owner=column(2), object_type=column(3), ops_status=column(4),
        launch_date=np.full(n, launched, object), decay_date=np.full(n, decayed, object), rcs_m2=np.full(n, np.nan),
        as_of=at, data_mode="SIMULATED", source="made up",
    )  # fmt: skip
