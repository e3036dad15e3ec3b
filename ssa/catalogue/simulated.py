"""A catalogue that needs no network: about 30,000 objects of public design, deterministic, and marked as simulated.

It has the shape of the real one: navigation, communication, imaging and weather constellations in their published
planes, the geostationary belt, rocket bodies, retired satellites and debris clouds (drawn by the project's
break-up model). It is for learning, demonstrations, tests and benchmarks. No object in it is real: names end in
` [SIM]`, catalogue numbers begin at 700,000,001, which no real object uses, and every answer carries `data_mode`
SIMULATED.

Limits: densities are right to a factor of about two; no conjunction, pass or risk computed from it says anything about
a real satellite. Every set serves SGP4 for 30 days either side of its epoch.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from orbits import ElementSets, Instant
from orbits.arrays import Floats, Texts
from orbits.times import InstantLike
from ssa.catalogue.constellations import patterns, synchronous
from ssa.catalogue.simulated_columns import Batch, joined, mean_motion_rev_day
from ssa.catalogue.simulated_remains import debris_clouds, retired_satellites, rocket_bodies
from ssa.catalogue.simulated_satellites import (
    geostationary_belt,
    highly_elliptical,
    single_satellites,
    small_satellites,
)
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.draws import Draws

FIRST_NORAD_ID = 700_000_001
DEFAULT_EPOCH = Instant.parse("2026-01-01T00:00:00Z")
DEFAULT_SEED = 1957


def simulated_catalogue(*, epoch: InstantLike = DEFAULT_EPOCH, seed: int = DEFAULT_SEED) -> CatalogueSnapshot:
    """The simulated catalogue with all elements at `epoch`; the same arguments give the same bytes and digest.

    >>> catalogue = simulated_catalogue()
    >>> catalogue.data_mode, catalogue.elements.name[0], int(catalogue.elements.norad_id[0])
    ('SIMULATED', 'GLONASS 01 [SIM]', 700000001)
    """
    at = Instant.parse(epoch, "epoch")
    draws = Draws(seed)
    objects = joined(
        [
            *patterns(draws),
            *synchronous(at, draws),
            *highly_elliptical(draws),
            *single_satellites(at, draws),
            *small_satellites(at, draws),
            *geostationary_belt(at, draws),
            *retired_satellites(draws),
            *rocket_bodies(draws),
            *debris_clouds(draws),
        ]
    )
    none: Texts = np.full(len(objects), None, dtype=np.object_)
    return CatalogueSnapshot(
        elements=_elements(objects, at),
        owner=objects.owner,
        object_type=objects.object_type,
        ops_status=np.where(objects.ops_status == "", none, objects.ops_status),
        launch_date=_launch_dates(objects.launch_year, at.date()),
        decay_date=none,
        rcs_m2=np.round(objects.rcs_m2, 4),
        as_of=at,
        data_mode="SIMULATED",
        source="simulated",
    )


def _elements(objects: Batch, at: Instant) -> ElementSets:
    """The batch in the digits of the public formats: angles to 1e-4 deg, motion to 1e-8 rev/day, B* to five figures."""
    count = len(objects)
    motion = mean_motion_rev_day(objects.a_km, objects.eccentricity, objects.inclination_deg)
    years_up = at.days_since(Instant.parse("2000-01-01T00:00:00Z")) / 365.25 + 2000.0 - objects.launch_year
    return ElementSets(
        norad_id=np.arange(FIRST_NORAD_ID, FIRST_NORAD_ID + count),
        name=objects.name,
        object_id=np.full(count, "", dtype=np.object_),
        classification=np.full(count, "U", dtype=np.object_),
        epoch_jd_day=np.full(count, at.jd_day),
        epoch_day_fraction=np.full(count, at.day_fraction),
        mean_motion_rev_day=np.round(motion, 8),
        eccentricity=np.round(objects.eccentricity, 7),
        inclination_deg=np.round(objects.inclination_deg, 4),
        raan_deg=_circle(objects.raan_deg),
        argument_of_perigee_deg=_circle(objects.argument_of_perigee_deg),
        mean_anomaly_deg=_circle(objects.mean_anomaly_deg),
        bstar_per_earth_radius=np.array([float(f"{drag:.4e}") for drag in objects.bstar_per_earth_radius]),
        mean_motion_dot_rev_day2=np.zeros(count),
        mean_motion_ddot_rev_day3=np.zeros(count),
        ephemeris_type=np.zeros(count, dtype=np.int64),
        element_set_number=np.full(count, 999),
        revolution_at_epoch=np.maximum(years_up * 365.25 * motion, 0.0).astype(np.int64) % 100_000,
    )


def _circle(angle_deg: Floats) -> Floats:
    """Angles in [0, 360), to 1e-4 deg."""
    return np.asarray(np.round(np.mod(angle_deg, 360.0), 4) % 360.0)


def _launch_dates(launch_year: Floats, last: date) -> Texts:
    """ISO dates from years with a fraction, none after `last`."""
    days = [date(int(year), 1, 1) + timedelta(days=int((year % 1.0) * 365.0)) for year in launch_year.tolist()]
    return np.array([min(day, last).isoformat() for day in days], dtype=np.object_)
