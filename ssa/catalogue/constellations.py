"""Designs of real constellations, as published: the simulated catalogue's satellites in regular patterns.

Each row names where its numbers are public. Numbers of satellites are round figures for early 2026, not a count of the
real catalogue; a design is drawn whole, without spares or gaps. Names end in a mark that says they
are simulated. Owner is CelesTrak's code.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits import Instant
from orbits.constants import WGS72_RADIUS_KM
from ssa.catalogue.simulated_columns import (
    Batch,
    batch,
    semi_major_axis_km,
    sidereal_angle_deg,
    walker,
)
from ssa.draws import Draws

SIDEREAL_REV_DAY = 1.00273790935  # turns of the Earth against the stars in a day; Meeus 1998, chapter 12


@dataclass(frozen=True, slots=True)
class Shell:
    """One shell of a constellation: Walker t/p/f at an altitude; `a_km` instead where that is what is published."""

    name: str
    owner: str
    altitude_km: float
    inclination_deg: float
    planes: int
    per_plane: int
    phasing: float = 1.0
    spread_deg: float = 360.0
    bstar: float = 1e-4
    eccentricity: float = 1e-4
    first: int = 1
    years: tuple[int, int] = (2019, 2025)
    source: str = ""


def _altitude(a_km: float) -> float:
    return a_km - WGS72_RADIUS_KM


def _of_turns(turns: int, sidereal_days: int) -> float:
    """The altitude of an orbit whose track repeats after so many turns in so many sidereal days."""
    return _altitude(semi_major_axis_km(turns / sidereal_days * SIDEREAL_REV_DAY))


_SPACEX = "SpaceX, FCC SAT-MOD-20200417-00037 (first generation)"
_SPACEX_2 = "SpaceX, FCC 22-91 (second generation; partly deployed)"
# Where no phasing is published, one was chosen that keeps the satellites of a shell more than 30 km apart.
SHELLS = (
    # Navigation.
    Shell("GLONASS {k:02d}", "CIS", _of_turns(17, 8), 64.8, 3, 8, 1, bstar=0.0, eccentricity=1e-3, years=(2010, 2024),
          source="GLONASS interface control document 5.1 (2008), section 3.3.3"),
    Shell("GSAT09{k:02d} (GALILEO)", "ESA", _altitude(29599.8), 56.0, 3, 8, 1, bstar=0.0, years=(2011, 2024),
          source="Galileo Open Service Definition Document 1.3 (2023), table 1"),
    Shell("BEIDOU-3 M{k:02d}", "PRC", _altitude(27906.1), 55.0, 3, 8, 1, bstar=0.0, years=(2017, 2023),
          source="BeiDou Open Service Performance Standard 3.0 (2021), table 3-1"),
    # Communication in low and medium orbit.
    Shell("STARLINK-{k:05d}", "US", 550, 53.0, 72, 22, 39, first=1, bstar=1.5e-4, source=_SPACEX),
    Shell("STARLINK-{k:05d}", "US", 540, 53.2, 72, 22, 3, first=2001, bstar=1.6e-4, source=_SPACEX),
    Shell("STARLINK-{k:05d}", "US", 570, 70.0, 36, 20, 35, first=4001, bstar=1.3e-4, source=_SPACEX),
    Shell("STARLINK-{k:05d}", "US", 560, 97.6, 10, 52, 5, first=5001, bstar=1.4e-4, source=_SPACEX),
    Shell("STARLINK-{k:05d}", "US", 530, 43.0, 28, 90, 21, first=6001, bstar=1.8e-4, years=(2022, 2025),
          source=_SPACEX_2),
    Shell("STARLINK-{k:05d}", "US", 525, 53.0, 28, 80, 15, first=10001, bstar=1.9e-4, years=(2023, 2025),
          source=_SPACEX_2),
    Shell("STARLINK-{k:05d}", "US", 360, 43.0, 28, 20, 5, first=13001, bstar=2.0e-4, years=(2024, 2025),
          source=_SPACEX_2),
    Shell("ONEWEB-{k:04d}", "UK", 1200, 87.9, 12, 49, 0.5, spread_deg=182.4, bstar=5e-5, years=(2019, 2024),
          source="WorldVu, FCC SAT-MOD-20180319-00022; 12 planes of 49"),
    Shell("KUIPER-{k:05d}", "US", 630, 51.9, 34, 7, 26, years=(2025, 2025),
          source="Kuiper Systems, FCC 20-102: 34 planes of 34; partly deployed"),
    Shell("IRIDIUM {k:d}", "US", 780, 86.4, 6, 11, 3, spread_deg=189.6, first=101, years=(2017, 2019),
          source="Iridium NEXT: 6 planes of 11, 31.6 deg apart; Iridium system descriptions"),
    Shell("GLOBALSTAR M{k:03d}", "GLOB", 1414, 52.0, 8, 6, 1, bstar=5e-5, years=(2007, 2022),
          source="Globalstar system description: Walker 48/8/1"),
    Shell("ORBCOMM FM{k:03d}", "ORB", 750, 47.0, 4, 8, 3, years=(2014, 2015),
          source="ORBCOMM generation 2, FCC filings"),
    Shell("QIANFAN-{k:03d}", "PRC", 1070, 89.0, 6, 18, 1.5, spread_deg=180.0, bstar=5e-5, years=(2024, 2025),
          source="Spacesail first polar planes, public launch reports"),
    Shell("HULIANWANG-{k:03d}", "PRC", 1145, 86.5, 10, 12, 2.5, spread_deg=180.0, bstar=5e-5, years=(2024, 2025),
          source="China SatNet, ITU filing GW-A59 and public launch reports"),
    Shell("GONETS-M {k:02d}", "CIS", 1500, 82.5, 4, 6, 1, bstar=5e-5, years=(2005, 2022),
          source="Gonets system description"),
    Shell("KINEIS-{k:02d}", "FR", 650, 98.0, 5, 5, 3, years=(2024, 2025), source="Kineis: 25 satellites in 5 planes"),
    Shell("O3B MEO{k:02d}", "O3B", 8062, 0.04, 1, 20, 0, bstar=0.0, years=(2013, 2019),
          source="O3b Networks, FCC filings"),
    Shell("O3B MPOWER {k:02d}", "O3B", 8072, 0.05, 1, 10, 0, bstar=0.0, years=(2022, 2025),
          source="SES O3b mPOWER, set 10 km apart from the older ring"),
    # Imaging, radio and weather satellites in patterns.
    Shell("FLOCK 4-{k:03d}", "US", 500, 97.4, 2, 70, 1.25, spread_deg=6.0, bstar=4e-4, years=(2022, 2025),
          source="Planet: two sun-synchronous strings near 500 km"),
    Shell("JILIN-1-{k:03d}", "PRC", 535, 97.5, 12, 9, 0, spread_deg=300.0, bstar=3e-4,
          source="Chang Guang: about 535 km"),
    Shell("ICEYE-X{k:d}", "FIN", 575, 97.7, 6, 8, 3, bstar=2e-4, first=4, source="ICEYE: sun-synchronous, 560-580 km"),
    Shell("GLOBAL-{k:d}", "US", 450, 53.0, 4, 4, 3, bstar=3e-4, source="BlackSky: mid inclination, 430-450 km"),
    Shell("HAWK-{k:d}", "US", 590, 97.5, 5, 6, 2.5, spread_deg=240.0, bstar=2e-4,
          source="HawkEye 360: clusters of three, 500-600 km; drawn evenly"),
    Shell("NUSAT-{k:d}", "ARGN", 475, 97.4, 4, 7, 2, bstar=4e-4, source="Satellogic: sun-synchronous, 475 km"),
    Shell("LEMUR-2-{k:03d}", "US", 515, 97.5, 8, 11, 4, bstar=4e-4, source="Spire: 400-600 km, mostly sun-synchronous"),
    Shell("YAOGAN-30-{k:02d}", "PRC", 600, 35.0, 18, 3, 14, years=(2017, 2022),
          source="public launch reports: 35 deg, 600 km"),
    Shell("COSMIC-2 FM{k:d}", "ROC", 540, 24.0, 6, 1, 0, years=(2019, 2019),
          source="FORMOSAT-7/COSMIC-2: 24 deg, 6 planes"),
)  # fmt: skip

# The 24 reference slots: plane by plane, argument of latitude in degrees. GPS SPS Performance Standard, 5th edition
# (2020), section 3.2; the six planes lie 60 deg apart. Seven more fill wide gaps, as the expanded constellation does.
_GPS_SLOTS_DEG = (
    (268.126, 161.786, 11.676, 41.806, 101.8), (80.956, 173.336, 309.976, 204.376, 258.0, 21.0),
    (111.876, 11.796, 339.666, 241.556, 176.5), (135.226, 265.446, 35.156, 167.356, 329.0),
    (197.046, 302.596, 66.066, 333.686, 131.5), (238.886, 345.226, 105.206, 135.346, 50.0),
)  # fmt: skip
_GPS_A_KM, _GPS_INCLINATION_DEG, _GPS_FIRST_NODE_DEG = 26559.7, 55.0, 272.847


@dataclass(frozen=True, slots=True)
class Synchronous:
    """Satellites that turn with the Earth, at longitudes: still over the equator, or drawing a figure of eight."""

    name: str
    owner: str
    longitudes_deg: tuple[float, ...]
    inclination_deg: float
    eccentricity: float = 2e-4
    perigee_deg: float = 0.0
    years: tuple[int, int] = (2010, 2024)
    source: str = ""


SYNCHRONOUS = (
    Synchronous("BEIDOU-3 G{k}", "PRC", (80.0, 110.5, 140.0), 1.0,
                source="BeiDou performance standard 3.0, section 3.1"),
    Synchronous("BEIDOU-2 G{k}", "PRC", (58.75, 84.0, 144.5, 160.0), 1.5, source="BeiDou performance standard 3.0"),
    Synchronous("BEIDOU-3 IGSO-{k}", "PRC", (118.0, 118.0, 118.0), 55.0, source="BeiDou performance standard 3.0"),
    Synchronous("BEIDOU-2 IGSO-{k}", "PRC", (118.0, 118.0, 118.0, 95.0, 95.0, 95.0), 55.0,
                source="BeiDou standard 2.1"),
    Synchronous("QZS-{k}", "JPN", (135.0, 135.0, 135.0, 135.0), 41.0, 0.075, 270.0,
                source="IS-QZSS-PNT-005, section 3.2"),
    Synchronous("QZS-{k}G", "JPN", (127.0, 90.5), 0.1, source="IS-QZSS-PNT-005, section 3.2"),
    Synchronous("IRNSS-1{k}", "IND", (32.5, 83.0, 129.5), 5.0,
                source="IRNSS SPS interface control document 1.1, section 2"),
    Synchronous("NVS-{k:02d}", "IND", (55.0, 55.0, 111.75, 111.75), 29.0,
                source="IRNSS interface control document 1.1"),
    Synchronous("SIRIUS FM-{k}", "US", (-96.0, -96.0, -96.0), 63.4, 0.268, 270.0, years=(2000, 2000),
                source="Sirius Satellite Radio, Tundra orbit"),
)  # fmt: skip


def patterns(draws: Draws) -> list[Batch]:
    """The shells, each drawn whole, and the GPS slots."""
    batches = []
    for shell in SHELLS:
        raan, latitude = walker(shell.planes, shell.per_plane, shell.phasing, shell.spread_deg)
        count = len(raan)
        made = batch(
            count,
            [shell.name.format(k=shell.first + k) for k in range(count)],
            owner=shell.owner,
            object_type="PAY",
            ops_status="+",
            a_km=WGS72_RADIUS_KM + shell.altitude_km,
            eccentricity=shell.eccentricity,
            inclination_deg=shell.inclination_deg,
            raan_deg=raan + float(draws.uniform(1, 0.0, 360.0)[0]),
            argument_of_perigee_deg=90.0,
            mean_anomaly_deg=latitude - 90.0,
            bstar_per_earth_radius=shell.bstar,
            launch_year=draws.uniform(count, shell.years[0], shell.years[1] + 1),
            rcs_m2=draws.uniform(count, 1.0, 8.0),
        )  # fmt: skip
        batches.append(made)
    slots = [(plane, latitude) for plane, row in enumerate(_GPS_SLOTS_DEG) for latitude in row]
    made = batch(
        len(slots),
        [f"GPS BIII-{k:02d}" for k in range(1, len(slots) + 1)],
        owner="US",
        object_type="PAY",
        ops_status="+",
        a_km=_GPS_A_KM,
        eccentricity=draws.uniform(len(slots), 0.0005, 0.012),
        inclination_deg=_GPS_INCLINATION_DEG,
        argument_of_perigee_deg=60.0,
        rcs_m2=4.0,
        launch_year=2015.5,
        raan_deg=np.array([_GPS_FIRST_NODE_DEG + 60.0 * plane for plane, _ in slots]),
        mean_anomaly_deg=np.array([latitude - 60.0 for _, latitude in slots]),
    )  # fmt: skip
    batches.append(made)
    return batches


def synchronous(epoch: Instant, draws: Draws) -> list[Batch]:
    """The satellites of the regional systems, which turn with the Earth."""
    batches = []
    for design in SYNCHRONOUS:
        count = len(design.longitudes_deg)
        moving = design.inclination_deg > 20.0
        # On one figure of eight the satellites follow each other: the node steps back as the anomaly steps on.
        step = np.arange(count) * 360.0 / count if moving else np.zeros(count)
        raan = step if moving else draws.uniform(count, 0.0, 360.0)
        longitude = np.array(design.longitudes_deg) + sidereal_angle_deg(epoch)
        made = batch(
            count,
            [design.name.format(k=k) for k in range(1, count + 1)],
            owner=design.owner,
            object_type="PAY",
            ops_status="+",
            a_km=semi_major_axis_km(SIDEREAL_REV_DAY),
            eccentricity=design.eccentricity,
            inclination_deg=design.inclination_deg,
            raan_deg=raan,
            argument_of_perigee_deg=design.perigee_deg,
            mean_anomaly_deg=longitude - raan - design.perigee_deg,
            rcs_m2=15.0,
            launch_year=draws.uniform(count, design.years[0], design.years[1] + 1),
        )  # fmt: skip
        batches.append(made)
    return batches
