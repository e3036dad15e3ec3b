"""Simulated rocket bodies, retired satellites and debris clouds, from `ssa/data/simulated_designs.json`.

Rocket bodies and retired satellites are drawn between the heights of their kind. A cloud is drawn by the project's
break-up model (`ssa.debris.breakup_laws`: sizes, area over mass, speeds) from a random point of the parent's orbit;
nodes and perigees are spread all round, as years of precession do. The number of pieces is the published one, not the
model's; what was shed rather than broken off leaves at the speed of its row.
"""

from __future__ import annotations

import numpy as np

from orbits.arrays import Floats
from orbits.constants import TAU, WGS72_MU_KM3_S2, WGS72_RADIUS_KM
from ssa.catalogue.simulated_columns import Batch, batch, numbered
from ssa.data import packaged_facts
from ssa.debris import breakup_laws as laws
from ssa.draws import Draws

_LOWEST_PERIGEE_KM = 330.0  # lower pieces would come down within the month that every set must serve
_HIGHEST_APOGEE_KM = 60000.0
_SMALLEST_SEEN_M, _LONGEST_PIECE_M = 0.1, 5.0
_SHED_M_S = 20.0
_BROKEN_BY_COLLISION = ("FENGYUN 1C", "COSMOS 2251", "IRIDIUM 33", "COSMOS 1408")
_STAGES = (
    "CZ-",
    "DELTA",
    "THOR",
    "PEGASUS",
    "ARIANE",
    "SL-",
    "BREEZE",
    "ATLAS",
    "TITAN",
    "H-2A",
    "PSLV",
    "AGENA",
    "HAPS",
)
_LOG_BSTAR = float(np.log10(2.2 / 12.741621))  # B* of a drag coefficient of 2.2 and an area over mass of 1 m2/kg
_DEEP_SPACE_A_KM = 12300.0  # above this B* is printed as zero; drag is nothing there


def rocket_bodies(draws: Draws) -> list[Batch]:
    """Spent stages, by kind."""
    return [_between(row, draws, "R/B") for row in packaged_facts("simulated_designs")["rocket_bodies"]]


def retired_satellites(draws: Draws) -> list[Batch]:
    """Satellites out of service, by kind."""
    return [_between(row, draws, "PAY") for row in packaged_facts("simulated_designs")["retired"]]


def _between(row: list[object], draws: Draws, object_type: str) -> Batch:
    name, owner = str(row[0]), str(row[1])
    low, high, apogee_low, apogee_high, inclination, spread = (float(str(value)) for value in row[3:])
    count = int(str(row[2]))
    heights = np.sort([draws.uniform(count, low, high), draws.uniform(count, apogee_low, apogee_high)], axis=0)
    perigee = np.maximum(heights[0], _LOWEST_PERIGEE_KM)
    apogee = np.maximum(heights[1], perigee + 1.0)
    a_km = WGS72_RADIUS_KM + (perigee + apogee) / 2.0
    return batch(
        count, numbered(name, count), owner=owner, object_type=object_type,
        ops_status="-" if object_type == "PAY" else "", a_km=a_km, eccentricity=(apogee - perigee) / 2.0 / a_km,
        inclination_deg=np.abs(inclination + spread * draws.bell(count) / 2.0),
        raan_deg=draws.uniform(count, 0.0, 360.0),
        argument_of_perigee_deg=draws.uniform(count, 0.0, 360.0), mean_anomaly_deg=draws.uniform(count, 0.0, 360.0),
        bstar_per_earth_radius=_bstar(draws.uniform(count, -4.3, -3.5), perigee, a_km),
        rcs_m2=draws.uniform(count, 3.0, 14.0) if object_type == "R/B" else draws.uniform(count, 0.5, 20.0),
        launch_year=draws.uniform(count, 1970.0, 2024.0),
    )  # fmt: skip


def debris_clouds(draws: Draws) -> list[Batch]:
    """The clouds, by parent."""
    return [_cloud(row, draws) for row in packaged_facts("simulated_designs")["clouds"]]


def _cloud(row: list[object], draws: Draws) -> Batch:
    name, owner, count = str(row[0]), str(row[1]), int(str(row[2]))
    perigee_km, apogee_km, inclination_deg, spread_m_s, year = (float(str(value)) for value in row[3:8])
    drawn = 3 * count  # about a tenth falls too low; the first `count` that stay up are kept
    collision = str(name).startswith(_BROKEN_BY_COLLISION)
    power = laws.COLLISION_POWER if collision else laws.EXPLOSION_POWER
    length = laws.draw_lengths_m(drawn, _SMALLEST_SEEN_M, _LONGEST_PIECE_M, power, draws)
    chi = laws.draw_log_area_to_mass(length, "R/B" in name or name.startswith(_STAGES), draws)
    log_speed = laws.middle_log_speed(chi, collision) + laws.LOG_SPEED_SPREAD * draws.normal(drawn)
    # what is a shedding rather than a break-up (coolant, needles, fresh launches) leaves at the speed of its row
    speed = 10.0**log_speed if spread_m_s > _SHED_M_S else np.full(drawn, spread_m_s)
    a, e, i = _after_kick(
        WGS72_RADIUS_KM + (perigee_km + apogee_km) / 2.0,
        (apogee_km - perigee_km) / 2.0 / (WGS72_RADIUS_KM + (perigee_km + apogee_km) / 2.0),
        np.radians(inclination_deg),
        true_anomaly=draws.uniform(drawn, 0.0, TAU), perigee=draws.uniform(drawn, 0.0, TAU),
        kick_km_s=draws.directions(drawn) * (speed / 1000.0)[:, None],
    )  # fmt: skip
    perigee = a * (1.0 - e) - WGS72_RADIUS_KM
    bound = (a > 0.0) & (a * (1.0 + e) < _HIGHEST_APOGEE_KM + WGS72_RADIUS_KM)
    stays = np.flatnonzero(bound & (perigee > _LOWEST_PERIGEE_KM))[:count]
    a, e, i, perigee = a[stays], e[stays], i[stays], perigee[stays]
    count = len(stays)
    return batch(
        count, [name] * count, owner=owner, object_type="UNK" if name == "OBJECT" else "DEB", ops_status="", a_km=a,
        eccentricity=e, inclination_deg=np.degrees(i), raan_deg=draws.uniform(count, 0.0, 360.0),
        argument_of_perigee_deg=draws.uniform(count, 0.0, 360.0), mean_anomaly_deg=draws.uniform(count, 0.0, 360.0),
        bstar_per_earth_radius=_bstar(np.clip(chi[stays] + _LOG_BSTAR, -4.5, -2.7), perigee, a),
        rcs_m2=laws.area_m2(length[stays]), launch_year=year,
    )  # fmt: skip


def _after_kick(
    a: float, e: float, i: float, *, true_anomaly: Floats, perigee: Floats, kick_km_s: Floats
) -> tuple[Floats, Floats, Floats]:
    """Semi-major axis (km), eccentricity and inclination (rad) after a kick (n, 3) along radius, motion and normal.

    Source: the two-body integrals, Battin 1999, section 3.3; the plane turns by the kick's normal part at that point.
    """
    p = a * (1.0 - e * e)
    r = p / (1.0 + e * np.cos(true_anomaly))
    radial = np.sqrt(WGS72_MU_KM3_S2 / p) * e * np.sin(true_anomaly) + kick_km_s[:, 0]
    along = np.sqrt(WGS72_MU_KM3_S2 * p) / r + kick_km_s[:, 1]
    across = kick_km_s[:, 2]
    speed2 = radial**2 + along**2 + across**2
    new_a = 1.0 / (2.0 / r - speed2 / WGS72_MU_KM3_S2)
    momentum2 = r * r * (along**2 + across**2)
    new_e = np.sqrt(np.maximum(1.0 - momentum2 / (WGS72_MU_KM3_S2 * new_a), 0.0))
    turn = np.arctan2(across, along)
    latitude = perigee + true_anomaly
    cosine = np.cos(i) * np.cos(turn) - np.sin(i) * np.sin(turn) * np.cos(latitude)
    return new_a, new_e, np.arccos(np.clip(cosine, -1.0, 1.0))


def _bstar(power: Floats, perigee_km: Floats, a_km: Floats) -> Floats:
    """B* from its power of ten: zero in deep space, and bounded in low orbit so that the object lasts the month."""
    drag = np.where(perigee_km < 600.0, np.minimum(10.0**power, 3e-4), 10.0**power)
    return np.where(a_km > _DEEP_SPACE_A_KM, 0.0, drag)
