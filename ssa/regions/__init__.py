"""Parts of the Earth's surface, and the cells that stand for them.

A region comes from GeoJSON, the outline of a country, the territory of an alliance on a day, a box, a circle or the
whole Earth; `parse_region` reads each as people write it. `CellGrid.over(region)` cuts it into cells of equal area,
exactly at its edge. Everything is on the WGS84 ellipsoid, with edges straight in longitude and latitude.
"""

from ssa.regions.bounding import BoundingCap
from ssa.regions.cells import CellGrid
from ssa.regions.drawn import box, circle, world
from ssa.regions.geojson import region_from_geojson
from ssa.regions.latitude_longitude import LatLonGrid
from ssa.regions.region import Region
from ssa.regions.territories import alliance_territory, country
from ssa.regions.words import parse_region

__all__ = [
    "BoundingCap",
    "CellGrid",
    "LatLonGrid",
    "Region",
    "alliance_territory",
    "box",
    "circle",
    "country",
    "parse_region",
    "region_from_geojson",
    "world",
]
