"""The hard eight: element sets made up for these tests, one for each kind of orbit that breaks programs."""

from __future__ import annotations

import numpy as np

from orbits import ElementSets, Instant

EPOCH = "2026-03-10T00:00:00Z"


def made_up(
    name: str,
    *,
    mean_motion: float,
    eccentricity: float = 0.001,
    inclination: float = 51.6,
    raan: float = 40.0,
    perigee: float = 90.0,
    anomaly: float = 270.0,
    bstar: float = 0.0,
    norad_id: int = 900_000_001,
    epoch: str = EPOCH,
) -> ElementSets:
    when = Instant.parse(epoch)
    return ElementSets(
        norad_id=[norad_id], name=[name], object_id=["2026-001A"], classification=["U"],
        epoch_jd_day=[when.jd_day], epoch_day_fraction=[when.day_fraction], mean_motion_rev_day=[mean_motion],
        eccentricity=[eccentricity], inclination_deg=[inclination], raan_deg=[raan],
        argument_of_perigee_deg=[perigee], mean_anomaly_deg=[anomaly], bstar_per_earth_radius=[bstar],
        mean_motion_dot_rev_day2=[0.0], mean_motion_ddot_rev_day3=[0.0], ephemeris_type=[0],
        element_set_number=[999], revolution_at_epoch=[1],
    )  # fmt: skip


CIRCULAR_LEO = made_up("CIRCULAR LEO", mean_motion=15.2)
SUN_SYNCHRONOUS = made_up("SUN-SYNCHRONOUS", mean_motion=14.3, inclination=98.6, bstar=4e-5)
MOLNIYA = made_up("MOLNIYA", mean_motion=2.00615, eccentricity=0.72, inclination=63.4, perigee=270.0, anomaly=10.0)
GTO = made_up("GTO", mean_motion=2.26, eccentricity=0.73, inclination=6.0, perigee=178.0, bstar=1e-4)
# Greenwich stands at 167.6 deg on this epoch: node + perigee + anomaly less that is the longitude
GEO_VISIBLE = made_up(
    "GEO AT 20 E", mean_motion=1.00272, eccentricity=2e-4, inclination=0.05, raan=187.6, perigee=0, anomaly=0
)
GEO_HIDDEN = made_up(
    "GEO AT 160 W", mean_motion=1.00272, eccentricity=2e-4, inclination=0.05, raan=7.6, perigee=0, anomaly=0
)
DECAYING = made_up("DECAYING", mean_motion=16.3, bstar=3e-3, anomaly=10.0)
NEARLY_SINGULAR = made_up("E AND I NEAR ZERO", mean_motion=15.0, eccentricity=1e-7, inclination=1e-4)

HARD_EIGHT = (
    CIRCULAR_LEO, SUN_SYNCHRONOUS, MOLNIYA, GTO, GEO_VISIBLE, GEO_HIDDEN, DECAYING, NEARLY_SINGULAR,
)  # fmt: skip


def all_eight() -> ElementSets:
    joined = ElementSets.concatenate(list(HARD_EIGHT))
    columns = {name: getattr(joined, name) for name in ElementSets.column_names()}
    columns["norad_id"] = np.arange(900_000_001, 900_000_009)
    return ElementSets(**columns)
