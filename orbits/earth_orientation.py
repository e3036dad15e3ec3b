"""How the Earth is turned: UT1-UTC, polar motion and leap seconds, from the IERS tables in `astropy-iers-data`.

Accuracy: observed values are good to about 0.01 ms and 0.1 mas; predictions to about 10 ms a year ahead (5 m on the
equator). Outside the table the nearest value is held and `caveat` says so: old tables are never an error. Without UT1 a
ground track is off by up to 0.9 s of rotation, 400 m.

Source: IERS Bulletin A, finals2000A.all; leap seconds from Bulletin C.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import astropy_iers_data
import numpy as np

from orbits.arrays import Floats
from orbits.constants import EARTH_ROTATION_RAD_S, JULIAN_DAY_J2000, JULIAN_DAY_MJD_ZERO, SECONDS_PER_DAY, TAU
from orbits.times import Instant

_ARCSECOND_RAD = TAU / 1296000.0
_STALE_AFTER_DAYS = 90.0


@dataclass(frozen=True, eq=False)
class EarthOrientation:
    """Daily tables (k,): `mjd` (UTC), `ut1_minus_tai_s`, polar motion in radians; and the leap seconds (m,)."""

    mjd: Floats
    ut1_minus_tai_s: Floats
    polar_x_rad: Floats
    polar_y_rad: Floats
    observed_until_mjd: float
    leap_mjd: Floats
    tai_minus_utc_s: Floats

    @classmethod
    def bundled(cls) -> EarthOrientation:
        """The tables of the installed `astropy-iers-data`, read once."""
        return _bundled()

    @property
    def observed_until(self) -> Instant:
        return Instant(self.observed_until_mjd + JULIAN_DAY_MJD_ZERO, 0.0)

    @property
    def predicted_until(self) -> Instant:
        return Instant(float(self.mjd[-1]) + JULIAN_DAY_MJD_ZERO, 0.0)

    def leap_seconds(self, jd_day: Floats) -> Floats:
        """TAI-UTC in seconds on the UTC days that begin at `jd_day`; 10 s before 1972."""
        place = np.searchsorted(self.leap_mjd, np.asarray(jd_day) - JULIAN_DAY_MJD_ZERO + 1e-9) - 1
        return np.where(place >= 0, self.tai_minus_utc_s[np.maximum(place, 0)], 10.0)

    def ut1_minus_utc_s(self, jd_day: Floats, day_fraction: Floats) -> Floats:
        """UT1-UTC in seconds; linear in UT1-TAI between days, so that leap seconds are steps."""
        mjd = np.asarray(jd_day) - JULIAN_DAY_MJD_ZERO + np.asarray(day_fraction)
        held = np.interp(mjd, self.mjd, self.ut1_minus_tai_s) + self.leap_seconds(jd_day)
        first = self.ut1_minus_tai_s[0] + self.tai_minus_utc_s[np.searchsorted(self.leap_mjd, self.mjd[0]) - 1]
        return np.where(mjd < self.mjd[0], np.clip(first, -0.9, 0.9), held)

    def polar_motion_rad(self, jd_day: Floats, day_fraction: Floats) -> tuple[Floats, Floats]:
        """The pole's x and y in radians."""
        mjd = np.asarray(jd_day) - JULIAN_DAY_MJD_ZERO + np.asarray(day_fraction)
        return np.interp(mjd, self.mjd, self.polar_x_rad), np.interp(mjd, self.mjd, self.polar_y_rad)

    def sidereal_angle_rad(self, jd_day: Floats, day_fraction: Floats) -> Floats:
        """Greenwich mean sidereal angle of 1982 from UT1, in [0, 2 pi): turns TEME into the Earth-fixed axes.

        Source: Aoki et al. 1982; AIAA 2006-6753, appendix C (TEME goes with GMST, no equation of the equinoxes).
        """
        ut1 = np.asarray(day_fraction) + self.ut1_minus_utc_s(jd_day, day_fraction) / SECONDS_PER_DAY
        centuries = ((np.asarray(jd_day) - JULIAN_DAY_J2000) + ut1) / 36525.0
        # whole days drop out of 86,400 s a day; what is left of them is half a day, since the day begins at 0 h
        seconds = (
            67310.54841
            + SECONDS_PER_DAY * (ut1 - 0.5)
            + (8640184.812866 + (0.093104 - 6.2e-6 * centuries) * centuries) * centuries
        )
        return np.asarray(np.mod(seconds / SECONDS_PER_DAY * TAU, TAU))

    def caveat(self, at: Instant) -> str | None:
        """What must be said of the Earth's orientation at `at`, or None when it was observed."""
        mjd = at.jd_day - JULIAN_DAY_MJD_ZERO
        if mjd < self.mjd[0]:
            return (
                "Earth orientation before 1973 is not in the table: UT1-UTC is held, ground tracks may be off by 400 m"
            )
        if mjd > self.mjd[-1]:
            return (
                f"Earth orientation is predicted only until {self.predicted_until.date()}: UT1-UTC is held from "
                "then on; update the package astropy-iers-data"
            )
        ahead = mjd - self.observed_until_mjd
        if ahead > _STALE_AFTER_DAYS:
            return (
                f"Earth orientation is a prediction {ahead:.0f} days beyond the last observation "
                f"({self.observed_until.date()}); update the package astropy-iers-data"
            )
        return None


def _number(text: str) -> float:
    return float(text) if text.strip() else float("nan")


@cache
def _bundled() -> EarthOrientation:
    rows = []
    observed_until = 0.0
    for line in Path(astropy_iers_data.IERS_A_FILE).read_text(encoding="ascii").splitlines():
        if len(line) < 68 or not line[58:68].strip():
            continue
        mjd = float(line[7:15])
        rows.append((mjd, float(line[58:68]), _number(line[18:27]), _number(line[37:46])))
        if line[57] == "I":
            observed_until = mjd
    table = np.array(rows)
    leaps = []
    for line in Path(astropy_iers_data.IERS_LEAP_SECOND_FILE).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            fields = line.split()
            leaps.append((float(fields[0]), float(fields[4])))
    leap = np.array(leaps)
    offsets = leap[np.searchsorted(leap[:, 0], table[:, 0] + 1e-9) - 1, 1]
    return EarthOrientation(
        mjd=table[:, 0],
        ut1_minus_tai_s=table[:, 1] - offsets,
        polar_x_rad=np.nan_to_num(table[:, 2]) * _ARCSECOND_RAD,
        polar_y_rad=np.nan_to_num(table[:, 3]) * _ARCSECOND_RAD,
        observed_until_mjd=observed_until,
        leap_mjd=leap[:, 0],
        tai_minus_utc_s=leap[:, 1],
    )


SIDEREAL_RATE_RAD_S = EARTH_ROTATION_RAD_S
