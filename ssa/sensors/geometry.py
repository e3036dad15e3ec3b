"""What an access rule is asked about: where the satellite, the target and the Sun are, as broadcastable arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from orbits.arrays import Floats, read_only
from orbits.errors import InvalidValue
from orbits.frames import geodetic_to_itrs_km, itrs_to_geodetic


def unit(vectors: Floats) -> Floats:
    """The vectors (..., 3) at length 1; NaN where they have none."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))


def angle_rad(one: Floats, other: Floats) -> Floats:
    """The angles (...) in rad between vectors (..., 3) of any length."""
    return np.asarray(np.arctan2(np.linalg.norm(np.cross(one, other), axis=-1), np.sum(one * other, axis=-1)))


def up_at(latitude_deg: Floats | float, longitude_deg: Floats | float) -> Floats:
    """The outward normal of the ellipsoid (..., 3) at a geodetic latitude and longitude."""
    latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
    latitude, longitude = np.broadcast_arrays(latitude, longitude)
    return np.stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)], axis=-1
    )


@dataclass(frozen=True, eq=False, kw_only=True)
class AccessGeometry:
    """Satellites, targets and the Sun in ITRS, arrays (..., 3) that broadcast against each other; read-only.

    `satellite_itrs_km`; `velocity_itrs_km_s`, relative to the turning Earth; `target_itrs_km`; `target_up`, unit
    geodetic vertical at the target; `sun_direction_itrs`, unit from the Earth's centre: it stands for the direction
    seen from satellite and target, within 9 arcseconds. NaN for what is not known makes NaN of rules that need it.

    >>> overhead = AccessGeometry.of([6878.0, 0, 0], [0, 7.1, 0], latitude_deg=0, longitude_deg=0)
    >>> round(float(overhead.distance_km), 3), float(overhead.elevation_rad.round(6))
    (499.863, 1.570796)
    """

    satellite_itrs_km: Floats
    velocity_itrs_km_s: Floats
    target_itrs_km: Floats
    target_up: Floats
    sun_direction_itrs: Floats

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            column = read_only(getattr(self, name), np.float64)
            if column.shape[-1:] != (3,):
                raise InvalidValue(name, f"shape {column.shape}", "must end in 3: x, y and z in ITRS")
            object.__setattr__(self, name, column)

    @classmethod
    def of(
        cls,
        satellite_itrs_km: object,
        velocity_itrs_km_s: object,
        *,
        latitude_deg: Floats | float,
        longitude_deg: Floats | float,
        altitude_km: Floats | float = 0.0,
        sun_direction_itrs: object = (np.nan, np.nan, np.nan),
    ) -> AccessGeometry:
        """For targets by geodetic latitude, longitude (deg) and height (km) on WGS84."""
        latitude, longitude, altitude = np.broadcast_arrays(latitude_deg, longitude_deg, altitude_km)
        return cls(
            satellite_itrs_km=np.asarray(satellite_itrs_km, dtype=np.float64),
            velocity_itrs_km_s=np.asarray(velocity_itrs_km_s, dtype=np.float64),
            target_itrs_km=geodetic_to_itrs_km(latitude, longitude, altitude),
            target_up=up_at(latitude, longitude),
            sun_direction_itrs=np.asarray(sun_direction_itrs, dtype=np.float64),
        )

    @cached_property
    def line_km(self) -> Floats:
        """From satellite to target (..., 3)."""
        return np.asarray(self.target_itrs_km - self.satellite_itrs_km)

    @cached_property
    def distance_km(self) -> Floats:
        """From satellite to target (...)."""
        return np.asarray(np.linalg.norm(self.line_km, axis=-1))

    @cached_property
    def elevation_rad(self) -> Floats:
        """Of the satellite above the target's geodetic horizontal (...)."""
        return np.asarray(0.5 * np.pi - angle_rad(self.target_up, -self.line_km))

    @cached_property
    def azimuth_rad(self) -> Floats:
        """Of the satellite at the target (...), from north by east, 0 to 2 pi."""
        x, y, z = np.moveaxis(-self.line_km, -1, 0)
        up_x, up_y, up_z = np.moveaxis(self.target_up, -1, 0)
        flat = np.hypot(up_x, up_y)
        east, north = up_x * y - up_y * x, flat * flat * z - up_z * (up_x * x + up_y * y)
        return np.asarray(np.mod(np.arctan2(east, north), 2.0 * np.pi))

    @cached_property
    def geodetic_nadir(self) -> Floats:
        """Unit vectors down the normal of the ellipsoid below the satellite (..., 3)."""
        latitude, longitude, _ = itrs_to_geodetic(self.satellite_itrs_km)
        return -up_at(latitude, longitude)

    def nadir(self, kind: str) -> Floats:
        """Unit vectors (..., 3) towards the Earth's centre (`geocentric`) or down the normal (`geodetic`)."""
        return -unit(self.satellite_itrs_km) if kind == "geocentric" else self.geodetic_nadir

    def rows(self) -> Floats:
        """The geometry as rows (m, 18) for a kernel: S, V, P, U, geodetic nadir, Sun; in the order of the shape."""
        columns = (
            self.satellite_itrs_km, self.velocity_itrs_km_s, self.target_itrs_km, self.target_up, self.geodetic_nadir,
            self.sun_direction_itrs,
        )  # fmt: skip
        return np.ascontiguousarray(np.concatenate(np.broadcast_arrays(*columns), axis=-1).reshape(-1, 18))

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of a margin for this geometry."""
        return np.broadcast_shapes(*(getattr(self, name).shape for name in self.__dataclass_fields__))[:-1]
