"""Access rules, named sensors and sensors of a user's own: who can look at what, as a margin."""

from __future__ import annotations

from ssa.sensors.fields_of_view import ConicalField, RectangularField
from ssa.sensors.geometry import AccessGeometry
from ssa.sensors.json_form import rule_from_json
from ssa.sensors.lighting import SATELLITE_SUNLIT, TARGET_DARK, TARGET_SUNLIT, SatelliteSunlit, SunElevation
from ssa.sensors.program import compiled, for_access, margins, widest_central_angle_deg
from ssa.sensors.radar import SarAnnulus, Squint
from ssa.sensors.rules import AccessRule, AllOf, AnyOf, Not
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
    "NadirCone",
    "Not",
    "OffNadir",
    "RectangularField",
    "SarAnnulus",
    "SatelliteSunlit",
    "Squint",
    "SunElevation",
    "compiled",
    "for_access",
    "margins",
    "rule_from_json",
    "widest_central_angle_deg",
]
