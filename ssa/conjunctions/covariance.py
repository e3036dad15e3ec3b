"""Covariances of public element sets: assumed from a table, given by the user, or estimated from an object's history.

Public element sets carry no covariance. Each of the three says in words what it rests on (`covariance_basis`), and
none supports a manoeuvre decision: operators have better orbits and real covariances.

Covariances are in the object's own RTN axes, km^2, km^2/s, km^2/s^2. Positions are taken to be uncorrelated between
the axes. Velocities follow from positions for a nearly circular orbit whose size is known better than its phase: an
object that is late along its track is turned with it (dv_R = -n dT), one that is too high is too slow (dv_T = -n dR),
and across the plane the two are a quarter of a revolution apart, so independent (sigma n N). A tenth of each is added
as independent noise, so that the matrix can be inverted. At eccentricities above 0.1 this is rough.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from orbits import ElementSets
from orbits.arrays import Floats, Integers, Texts, read_only
from orbits.constants import TAU
from orbits.errors import InvalidValue
from ssa.element_error import error_class_of, error_classes, sigma_rtn_km

NO_MANOEUVRE_DECISION = (
    "Public element sets carry no covariance: probabilities rest on an assumed or estimated one and do not support a "
    "manoeuvre decision."
)
INDEPENDENT_VELOCITY = 0.1  # of each velocity's deviation, see above
LOW_PERIGEE_KM = 500.0
_LOW = "; perigee below 500 km, where the air decides: real errors of a week may be three times this or a third"


@dataclass(frozen=True, eq=False)
class CovarianceColumns:
    """Covariances of m states: one sigma (m, 3) km in RTN, mean motion (m,) rad/s, and the basis of each in words.

    >>> columns = given_covariance([0.1, 0.5, 0.2], mean_motion_rev_day=[15.0, 14.0])
    >>> columns.position_rtn_km2.shape, columns.state_rtn_km2.shape, columns.covariance_basis[0]
    ((2, 3, 3), (2, 6, 6), 'given by the user: 0.1 / 0.5 / 0.2 km radial, along, across')
    """

    sigma_rtn_km: Floats
    mean_motion_rad_s: Floats
    covariance_basis: Texts

    def __post_init__(self) -> None:
        object.__setattr__(self, "sigma_rtn_km", read_only(self.sigma_rtn_km, np.float64))
        object.__setattr__(self, "mean_motion_rad_s", read_only(self.mean_motion_rad_s, np.float64))
        object.__setattr__(self, "covariance_basis", read_only(self.covariance_basis, np.object_))
        if not (len(self.sigma_rtn_km) == len(self.mean_motion_rad_s) == len(self.covariance_basis)):
            raise InvalidValue("sigma_rtn_km", len(self.sigma_rtn_km), "columns are not of one length")

    def __len__(self) -> int:
        return len(self.sigma_rtn_km)

    @property
    def position_rtn_km2(self) -> Floats:
        """Position covariances (m, 3, 3)."""
        return np.asarray(self.sigma_rtn_km[:, :, None] ** 2 * np.eye(3))

    @property
    def state_rtn_km2(self) -> Floats:
        """Covariances of position and velocity (m, 6, 6), as the module says."""
        n = self.mean_motion_rad_s
        radial, along, across = self.sigma_rtn_km.T
        covariance = np.zeros((len(self), 6, 6))
        covariance[:, :3, :3] = self.position_rtn_km2
        more = 1.0 + INDEPENDENT_VELOCITY**2
        covariance[:, 3, 3] = (n * along) ** 2 * more
        covariance[:, 4, 4] = (n * radial) ** 2 * more
        covariance[:, 5, 5] = (n * across) ** 2
        covariance[:, 1, 3] = covariance[:, 3, 1] = -n * along**2
        covariance[:, 0, 4] = covariance[:, 4, 0] = -n * radial**2
        return covariance

    def turned(self, axes: Floats) -> Floats:
        """Position covariances (m, 3, 3) in the frame whose vectors `axes` (m, 3, 3) (RTN as rows) turn into RTN."""
        return np.asarray(np.einsum("mki,mk,mkj->mij", axes, self.sigma_rtn_km**2, axes))


def assumed_covariance(elements: ElementSets, rows: Integers, age_days: Floats) -> CovarianceColumns:
    """Covariances (m,) from the table by kind of orbit, of the sets in `rows` (m,) at `age_days` (m,), either sign.

    Source and realism: `ssa.element_error`, docs/element-accuracy.md.
    """
    rows = np.asarray(rows, dtype=np.int64)
    age = np.asarray(age_days, dtype=np.float64)
    if rows.shape != age.shape:
        raise InvalidValue("age_days", f"{age.shape}", f"must be one for each of the {rows.size} rows")
    kinds, classes = error_class_of(elements), error_classes()
    words = np.array([_words(name) for name in classes], dtype=np.object_)
    return CovarianceColumns(
        sigma_rtn_km(elements, rows, age), elements.mean_motion_rev_day[rows] * TAU / 86400.0, words[kinds[rows]]
    )


def _words(name: str) -> str:
    low = _LOW if name.startswith(("decaying", "drag")) or "below 400" in name or "below 250" in name else ""
    return f"assumed by kind of orbit ({name}), grows with age{low}"


def given_covariance(sigma_rtn_km: Any, *, mean_motion_rev_day: Any) -> CovarianceColumns:
    """The user's own sigmas, (3,) for all or (m, 3), for objects of these mean motions (m,).

    Raises `InvalidValue` for another shape or a sigma that is not a positive number.
    """
    motion = np.atleast_1d(np.asarray(mean_motion_rev_day, dtype=np.float64))
    sigma = np.asarray(sigma_rtn_km, dtype=np.float64)
    if sigma.shape not in ((3,), (len(motion), 3)):
        raise InvalidValue("sigma_rtn_km", f"of shape {sigma.shape}", f"must be (3,) or ({len(motion)}, 3)")
    if not (np.isfinite(sigma).all() and (sigma > 0.0).all()):
        raise InvalidValue("sigma_rtn_km", sigma.tolist(), "must hold positive numbers: one sigma, km")
    all_of_them = np.broadcast_to(sigma, (len(motion), 3))
    words = [
        f"given by the user: {radial:g} / {along:g} / {across:g} km radial, along, across"
        for radial, along, across in all_of_them.tolist()
    ]
    return CovarianceColumns(all_of_them, motion * TAU / 86400.0, np.array(words, dtype=np.object_))
