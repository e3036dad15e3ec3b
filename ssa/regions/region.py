"""A region of the Earth's surface.

It answers which points lie inside, how large it is, and which cap holds it. Edges are straight in longitude and
latitude on the WGS84 ellipsoid, as RFC 7946 says; its outline belongs to it. A pole belongs to it when any point of the
plane's edge at that pole does. Areas are exact for such edges to 1e-9; how well an outline follows the ground is the
outline's affair and is said in `caveats`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from orbits.arrays import Booleans, Floats
from orbits.constants import WGS84_FLATTENING
from orbits.errors import InvalidValue
from ssa.regions.authalic import areas_km2
from ssa.regions.bounding import BoundingCap, cap_round
from ssa.regions.plane import folded_into_one_turn, polygons_of

_E2 = WGS84_FLATTENING * (2.0 - WGS84_FLATTENING)
SMALLEST_AREA_KM2 = 1e-6  # one square metre


@dataclass(frozen=True, eq=False)
class Region:
    """A named part of the Earth's surface.

    `shape` is a shapely polygon or multipolygon in degrees of longitude and geodetic latitude; longitudes may run past
    180. It is kept as a valid multipolygon within -180 to 180, cut at the antimeridian. `caveats` say what a reader of
    answers about the region must know. Raises `InvalidValue` for a shape that crosses itself and for an area below
    one square metre.

    >>> lake = Region("Lake Chad", shapely.box(13.5, 12.5, 15.0, 14.2))
    >>> bool(lake.contains(13.0, 14.0)), round(lake.area_km2)
    (True, 30561)
    """

    name: str
    shape: Any
    caveats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not shapely.is_valid(self.shape):
            raise InvalidValue("region", self.name, f"is not a valid shape: {shapely.is_valid_reason(self.shape)}")
        shape = polygons_of(self.shape if self.shape.is_empty else folded_into_one_turn(self.shape))
        object.__setattr__(self, "shape", shape)
        if not self.area_km2 > SMALLEST_AREA_KM2:
            raise InvalidValue("region", self.name, "has no area; give a polygon that encloses at least a square metre")
        shapely.prepare(shape)

    @cached_property
    def area_km2(self) -> float:
        """Area on the WGS84 ellipsoid."""
        return float(areas_km2(self.shape)[0])

    @cached_property
    def vertices(self) -> int:
        """Number of positions in its rings, the closing ones included."""
        return int(shapely.get_num_coordinates(self.shape))

    @cached_property
    def bounding_cap(self) -> BoundingCap:
        """A cap that holds every point of the region, close to the smallest; 180 deg when only the whole Earth does."""
        centre, radius_deg = cap_round(self.shape)
        # the farthest point of a region is on its outline, unless the point opposite the centre is inside
        x, y, z = -centre
        ground = np.degrees(np.arctan2(z / (1.0 - _E2), np.hypot(x, y)))
        if bool(self.contains(ground, np.degrees(np.arctan2(y, x)))):
            radius_deg = 180.0
        return BoundingCap(centre, radius_deg)

    def contains(self, latitude_deg: Floats | float, longitude_deg: Floats | float) -> Booleans:
        """Whether points (any shapes that broadcast; deg, any turn of longitude) lie in the region or on its outline.

        NaN is nowhere. Raises nothing.
        """
        latitude, longitude = np.broadcast_arrays(
            np.asarray(latitude_deg, dtype=np.float64), np.asarray(longitude_deg, dtype=np.float64)
        )
        wrapped = np.where(np.abs(longitude) <= 180.0, longitude, np.mod(longitude + 180.0, 360.0) - 180.0)
        shapely.prepare(self.shape)  # at once when it is: a region that came through pickle is not
        inside = np.asarray(shapely.intersects_xy(self.shape, wrapped, latitude))
        on_the_cut = np.abs(wrapped) == 180.0
        if np.any(on_the_cut):
            inside = inside | (on_the_cut & np.asarray(shapely.intersects_xy(self.shape, -wrapped, latitude)))
        for pole, held in zip((90.0, -90.0), self._poles, strict=True):
            inside = np.where(latitude == pole, held, inside)
        return np.asarray(inside, dtype=np.bool_)

    @cached_property
    def _poles(self) -> tuple[bool, bool]:
        """Whether the region holds the north and the south pole."""
        edges = [shapely.LineString([(-180.0, pole), (180.0, pole)]) for pole in (90.0, -90.0)]
        north, south = (bool(shapely.intersects(self.shape, edge)) for edge in edges)
        return north, south

    def to_geojson(self) -> dict[str, Any]:
        """A GeoJSON Feature (RFC 7946: outer rings counterclockwise, cut at the antimeridian)."""
        shape = shapely.orient_polygons(self.shape, exterior_cw=False)
        geometry = shapely.geometry.mapping(shape)
        properties = {"name": self.name, "area_km2": self.area_km2, "caveats": list(self.caveats)}
        return {"type": "Feature", "properties": properties, "geometry": _listed(geometry)}


def _listed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _listed(part) for key, part in value.items()}
    return [_listed(part) for part in value] if isinstance(value, (list, tuple)) else value
