"""The keywords of an Orbit Mean-Elements Message that these readers know, and their units.

Source: CCSDS 502.0-B-3, tables 4-1 to 4-3.
"""

from __future__ import annotations

REQUIRED = (
    "EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER", "MEAN_ANOMALY",
)  # fmt: skip
OPTIONAL = (
    "OBJECT_NAME", "OBJECT_ID", "NORAD_CAT_ID", "CLASSIFICATION_TYPE", "EPHEMERIS_TYPE", "ELEMENT_SET_NO",
    "REV_AT_EPOCH", "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT",
)  # fmt: skip
CONSTANTS = {
    "CENTER_NAME": ("EARTH",),
    "REF_FRAME": ("TEME",),
    "TIME_SYSTEM": ("UTC",),
    "MEAN_ELEMENT_THEORY": ("SGP4", "SGP/SGP4", "SGP4-XP"),
}
KEYWORDS = frozenset((*REQUIRED, *OPTIONAL, *CONSTANTS, "BSTAR", "BTERM", "AGOM"))
UNITS = {
    "MEAN_MOTION": "rev/day", "INCLINATION": "deg", "RA_OF_ASC_NODE": "deg", "ARG_OF_PERICENTER": "deg",
    "MEAN_ANOMALY": "deg", "BSTAR": "1/ER", "MEAN_MOTION_DOT": "rev/day**2", "MEAN_MOTION_DDOT": "rev/day**3",
    "BTERM": "m**2/kg", "AGOM": "m**2/kg",
}  # fmt: skip
SGP4_XP_TYPE = 4  # Space-Track: TLE ephemeris type of SGP4-XP
