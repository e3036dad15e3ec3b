"""One object at the encounter: where it is, how fast, and how uncertain both are.

States of both objects of an encounter stand in the same axes, at the same time. Which axes does not matter (EME2000,
GCRF, TEME), as long as they do not turn: a state in ITRF gets the Earth's turning added to its velocity. Covariances
in RTN are turned by the object's own axes; the velocity block is turned by the same axes, which stand still (as NASA
CARA does it), and not by axes that turn with the orbit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from orbits.arrays import Floats, read_only
from orbits.constants import EARTH_ROTATION_RAD_S
from orbits.errors import InvalidValue
from orbits.frames import rtn_axes

M2_PER_KM2 = 1e6


@dataclass(frozen=True, eq=False)
class ObjectState:
    """Position (3,) km, velocity (3,) km/s, covariance (3, 3) or (6, 6) in km2, km2/s, km2/s2, all in one set of axes.

    `covariance_basis` says where the covariance comes from. Raises `InvalidValue` for another shape or a value that is
    not finite.

    >>> state = ObjectState([7000, 0, 0], [0, 7.5, 0], np.eye(3) * 0.01)
    >>> state.has_velocity_covariance, state.position_covariance_km2[0].tolist()
    (False, [0.01, 0.0, 0.0])
    """

    position_km: Floats
    velocity_km_s: Floats
    covariance_km2: Floats
    covariance_basis: str = "given"

    def __post_init__(self) -> None:
        shapes: dict[str, tuple[tuple[int, ...], ...]] = {
            "position_km": ((3,),),
            "velocity_km_s": ((3,),),
            "covariance_km2": ((3, 3), (6, 6)),
        }
        for name, allowed in shapes.items():
            values = _numbers(name, getattr(self, name))
            if values.shape not in allowed:
                shown = " or ".join(str(shape) for shape in allowed)
                raise InvalidValue(name, f"of shape {values.shape}", f"must have shape {shown}")
            object.__setattr__(self, name, values)
        largest = float(np.abs(self.covariance_km2).max())
        if not np.allclose(self.covariance_km2, self.covariance_km2.T, rtol=1e-6, atol=1e-9 * largest):
            raise InvalidValue("covariance_km2", None, "is not symmetric; give the full matrix, both halves alike")
        symmetric = 0.5 * (self.covariance_km2 + self.covariance_km2.T)
        object.__setattr__(self, "covariance_km2", read_only(symmetric, np.float64))

    @property
    def position_covariance_km2(self) -> Floats:
        """The position's part, (3, 3)."""
        return self.covariance_km2[:3, :3]

    @property
    def has_velocity_covariance(self) -> bool:
        """Whether the velocity's part is there."""
        return bool(self.covariance_km2.shape == (6, 6))

    @classmethod
    def from_rtn(
        cls, position_km: Any, velocity_km_s: Any, covariance_rtn_km2: Any, *, covariance_basis: str = "given"
    ) -> ObjectState:
        """A state whose covariance (3, 3) or (6, 6) is in the object's own radial, transverse, normal axes."""
        position, velocity = _numbers("position_km", position_km), _numbers("velocity_km_s", velocity_km_s)
        covariance = _numbers("covariance_rtn_km2", covariance_rtn_km2)
        if position.shape != (3,) or velocity.shape != (3,) or not np.linalg.norm(np.cross(position, velocity)) > 0.0:
            raise InvalidValue("position_km", None, "RTN axes need a position and a velocity that is not along it")
        if covariance.shape not in ((3, 3), (6, 6)):
            raise InvalidValue("covariance_rtn_km2", f"of shape {covariance.shape}", "must have shape (3, 3) or (6, 6)")
        turn = np.kron(np.eye(covariance.shape[0] // 3), rtn_axes(position, velocity))
        return cls(position, velocity, turn.T @ covariance @ turn, covariance_basis)

    @classmethod
    def from_itrf_rtn(
        cls, position_km: Any, velocity_km_s: Any, covariance_rtn_km2: Any, *, covariance_basis: str = "given"
    ) -> ObjectState:
        """As `from_rtn`, for a state in turning ITRF: the Earth's rotation is added to the velocity."""
        position = _numbers("position_km", position_km)
        turning = np.cross([0.0, 0.0, EARTH_ROTATION_RAD_S], position)
        return cls.from_rtn(
            position, _numbers("velocity_km_s", velocity_km_s) + turning, covariance_rtn_km2,
            covariance_basis=covariance_basis,
        )  # fmt: skip

    def turned(self, axes: Floats) -> ObjectState:
        """The same state in other axes: `axes` (3, 3) has their unit vectors as rows."""
        turn = np.kron(np.eye(self.covariance_km2.shape[0] // 3), axes)
        covariance = turn @ self.covariance_km2 @ turn.T
        return ObjectState(axes @ self.position_km, axes @ self.velocity_km_s, covariance, self.covariance_basis)


def _numbers(name: str, values: Any) -> Floats:
    try:
        array = read_only(values, np.float64)
    except (TypeError, ValueError):
        raise InvalidValue(name, None, "is not an array of numbers") from None
    if not np.isfinite(array).all():
        raise InvalidValue(name, None, "holds a value that is not finite")
    return array
