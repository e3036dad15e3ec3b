"""Access rules, named sensors and sensors of a user's own: who can look at what, as a margin."""

from __future__ import annotations

from ssa.sensors.elevation_mask import ElevationMask
from ssa.sensors.fields_of_view import ConicalField, RectangularField
from ssa.sensors.geometry import AccessGeometry
from ssa.sensors.json_form import rule_from_json
from ssa.sensors.lighting import SATELLITE_SUNLIT, TARGET_DARK, TARGET_SUNLIT, SatelliteSunlit, SunElevation
from ssa.sensors.named import Sensor, all_sensors, find_sensor
from ssa.sensors.program import compiled, for_access, margins, widest_central_angle_deg
from ssa.sensors.radar import SarAnnulus, Squint
from ssa.sensors.rules import AccessRule, AllOf, AnyOf, Not
from ssa.sensors.sensors_file import read_sensors, sensors_of
from ssa.sensors.viewing import HORIZON, Distance, Elevation, NadirCone, OffNadir

__all__ = [
    "HORIZON",
    "SATELLITE_SUNLIT",
    "TARGET_DARK",
    "TARGET_SUNLIT",
    "AccessGeometry",
    "AccessRule",
    "AllOf",
    "AnyOf",
    "ConicalField",
    "Distance",
    "Elevation",
    "ElevationMask",
    "NadirCone",
    "Not",
    "OffNadir",
    "RectangularField",
    "SarAnnulus",
    "SatelliteSunlit",
    "Sensor",
    "Squint",
    "SunElevation",
    "all_sensors",
    "compiled",
    "find_sensor",
    "for_access",
    "margins",
    "read_sensors",
    "rule_from_json",
    "sensors_of",
    "widest_central_angle_deg",
]
