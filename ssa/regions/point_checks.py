"""What is wrong with a caller's own points, and which one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from orbits.arrays import Floats
from orbits.errors import InvalidValue


def checked_points(
    latitude_deg: npt.ArrayLike, longitude_deg: npt.ArrayLike, area_km2: npt.ArrayLike | None, most: int
) -> tuple[Floats, Floats, Floats | None]:
    """The columns as arrays (n,); raises `InvalidValue` that counts points from 1."""
    latitude, longitude = _column("latitude_deg", latitude_deg), _column("longitude_deg", longitude_deg)
    if latitude.ndim != 1 or latitude.shape != longitude.shape or len(latitude) == 0:
        raise InvalidValue("latitude_deg", latitude.shape, "give as many latitudes as longitudes, at least one")
    if len(latitude) > most:
        raise InvalidValue("latitude_deg", f"{len(latitude)} points", f"at most {most} are taken; ask for fewer")
    for field, column, limit in (("latitude_deg", latitude, 90.0), ("longitude_deg", longitude, 360.0)):
        wrong = ~(np.abs(column) <= limit)
        if np.any(wrong):
            place = f"point {int(np.argmax(wrong)) + 1}"
            raise InvalidValue(field, float(column[wrong][0]), f"{place} is outside -{limit:g} to {limit:g} deg")
    if area_km2 is None:
        return latitude, longitude, None
    area = _column("area_km2", area_km2)
    if area.shape != latitude.shape or not np.all((area > 0.0) & np.isfinite(area)):
        raise InvalidValue("area_km2", None, "give one positive area for each point, or none at all")
    return latitude, longitude, area


def _column(field: str, values: npt.ArrayLike) -> Floats:
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InvalidValue(field, None, "holds something that is no number") from None
