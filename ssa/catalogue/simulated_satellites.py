"""Simulated satellites that stand in no regular pattern: single ones, the geostationary belt, highly elliptical ones.

The designs are rows of `ssa/data/simulated_designs.json`, each with its source; heights, inclinations and local times
are the published ones, places along the orbit are drawn. Every state with an owner code also gets small satellites that
stand for the many that are not named, so that every alliance has a fleet.
"""

from __future__ import annotations

import numpy as np

from orbits import Instant
from orbits.constants import WGS72_RADIUS_KM
from ssa.catalogue.constellations import SIDEREAL_REV_DAY
from ssa.catalogue.simulated_columns import (
    Batch,
    batch,
    node_at_local_time_deg,
    numbered,
    semi_major_axis_km,
    sidereal_angle_deg,
    sun_synchronous_deg,
)
from ssa.data import packaged_facts
from ssa.draws import Draws
from ssa.owners import owners

_SMALL_SATELLITES_PER_STATE = 3


def single_satellites(epoch: Instant, draws: Draws) -> list[Batch]:
    """Satellites and small fleets in low orbit: at a local time, or at an inclination with nodes spread evenly."""
    batches = []
    for name, owner, count, altitude, local_time, inclination, _ in packaged_facts("simulated_designs")["single"]:
        apart = np.arange(count) * 360.0 / count
        raan = apart + draws.uniform(count, 0.0, 60.0)
        if local_time is not None:
            raan = node_at_local_time_deg(epoch, local_time) + draws.uniform(count, -2.0, 2.0)
        made = batch(
            count,
            numbered(name, count),
            owner=owner,
            object_type="PAY",
            ops_status="+",
            a_km=WGS72_RADIUS_KM + altitude + draws.uniform(count, -1.0, 1.0),
            eccentricity=1.2e-3,
            inclination_deg=inclination if inclination is not None else float(sun_synchronous_deg(altitude)),
            raan_deg=raan,
            argument_of_perigee_deg=90.0,
            mean_anomaly_deg=apart + float(draws.uniform(1, 0.0, 360.0)[0]),
            bstar_per_earth_radius=2e-4 if altitude < 620 else 8e-5 if altitude < 2000 else 0.0,
            rcs_m2=draws.uniform(count, 0.5, 10.0),
            launch_year=draws.uniform(count, 2008.0, 2026.0),
        )  # fmt: skip
        batches.append(made)
    return batches


def small_satellites(epoch: Instant, draws: Draws) -> list[Batch]:
    """A few sun-synchronous small satellites for every owner code that is a state."""
    states = sorted(code for code, owner in owners().items() if owner.kind == "state" and code == owner.code)
    count = len(states) * _SMALL_SATELLITES_PER_STATE
    altitude = draws.uniform(count, 480.0, 600.0)
    made = batch(
        count,
        [f"SMALLSAT-{code} {k}" for code in states for k in range(1, _SMALL_SATELLITES_PER_STATE + 1)],
        owner=np.repeat(np.array(states, dtype=np.object_), _SMALL_SATELLITES_PER_STATE),
        object_type="PAY",
        ops_status="+",
        a_km=WGS72_RADIUS_KM + altitude,
        eccentricity=draws.uniform(count, 1e-4, 2e-3),
        inclination_deg=sun_synchronous_deg(altitude),
        raan_deg=node_at_local_time_deg(epoch, draws.uniform(count, 6.0, 24.0)),
        argument_of_perigee_deg=draws.uniform(count, 0.0, 360.0),
        mean_anomaly_deg=draws.uniform(count, 0.0, 360.0),
        bstar_per_earth_radius=draws.uniform(count, 1e-4, 5e-4),
        rcs_m2=draws.uniform(count, 0.03, 0.5),
        launch_year=draws.uniform(count, 2018.0, 2026.0),
    )  # fmt: skip
    return [made]


def geostationary_belt(epoch: Instant, draws: Draws) -> list[Batch]:
    """The belt: each operator's arc filled evenly, station-kept to a tenth of a degree."""
    batches = []
    for name, owner, count, first, last in packaged_facts("simulated_designs")["geostationary"]:
        longitude = np.linspace(first, last, count) if count > 1 else np.array([first])
        longitude = longitude + draws.uniform(count, -0.05, 0.05)
        raan, perigee = draws.uniform(count, 60.0, 100.0), draws.uniform(count, 0.0, 360.0)
        made = batch(
            count,
            numbered(name, count),
            owner=owner,
            object_type="PAY",
            ops_status="+",
            a_km=semi_major_axis_km(SIDEREAL_REV_DAY),
            eccentricity=draws.uniform(count, 5e-5, 4e-4),
            inclination_deg=draws.uniform(count, 0.01, 0.09),
            raan_deg=raan,
            argument_of_perigee_deg=perigee,
            mean_anomaly_deg=longitude + sidereal_angle_deg(epoch) - raan - perigee,
            rcs_m2=draws.uniform(count, 10.0, 40.0),
            launch_year=draws.uniform(count, 2006.0, 2026.0),
        )  # fmt: skip
        batches.append(made)
    return batches


def highly_elliptical(draws: Draws) -> list[Batch]:
    """Molniya, Tundra and polar broadband satellites, following each other over the same ground."""
    batches = []
    for name, owner, count, turns, inclination, eccentricity, perigee, _ in packaged_facts("simulated_designs")[
        "highly_elliptical"
    ]:
        raan = np.arange(count) * 360.0 / count + 45.0
        made = batch(
            count,
            numbered(name, count),
            owner=owner,
            object_type="PAY",
            ops_status="+",
            a_km=semi_major_axis_km(turns),
            eccentricity=eccentricity,
            inclination_deg=inclination,
            raan_deg=raan,
            argument_of_perigee_deg=perigee,
            mean_anomaly_deg=-turns * raan,
            rcs_m2=15.0,
            launch_year=draws.uniform(count, 2010.0, 2024.0),
        )  # fmt: skip
        batches.append(made)
    return batches
