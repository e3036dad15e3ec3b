"""The keywords of a Conjunction Data Message, in the standard's order, with groups, units and allowed words.

Source: CCSDS 508.0-B-1 (June 2013, with corrigenda 1 of 2018 and 2 of 2021), tables 3-1 to 3-4, and the schema ndmxml
4.0.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Keyword:
    """One keyword: its group, unit ("" none; None: it is a text), whether it must be there, the words it may be."""

    name: str
    group: str
    unit: str | None
    required: bool = False
    words: tuple[str, ...] = ()
    whole: bool = False

    @property
    def is_number(self) -> bool:
        """Whether the value is a number."""
        return self.unit is not None


_YES_NO = ("YES", "NO")
_TEXTS: tuple[tuple[str, str, bool, tuple[str, ...]], ...] = (
    ("header", "CREATION_DATE ORIGINATOR", True, ()),
    ("header", "MESSAGE_FOR", False, ()),
    ("header", "MESSAGE_ID", True, ()),
)


def _texts(group: str, names: str, required: bool = False, words: tuple[str, ...] = ()) -> list[Keyword]:
    return [Keyword(name, group, None, required, words) for name in names.split()]


def _numbers(group: str, unit: str, names: str, required: bool = False, whole: bool = False) -> list[Keyword]:
    return [Keyword(name, group, unit, required, (), whole) for name in names.split()]


def _covariance() -> list[Keyword]:
    """The lower triangle of the 9x9, row by row; the first six rows must be there."""
    axes = ("R", "T", "N", "RDOT", "TDOT", "NDOT", "DRG", "SRP", "THR")
    velocity = {"R": 0, "T": 0, "N": 0, "RDOT": 1, "TDOT": 1, "NDOT": 1}
    units = {0: "m**2", 1: "m**2/s", 2: "m**2/s**2"}
    coefficient = {
        "DRG": ("m**3/kg", "m**3/(kg*s)"),
        "SRP": ("m**3/kg", "m**3/(kg*s)"),
        "THR": ("m**2/s**2", "m**2/s**3"),
    }
    among = {"DRG": "m**4/kg**2", "SRP": "m**4/kg**2", "THR": "m**3/(kg*s**2)"}
    found = []
    for place, row in enumerate(axes):
        for column in axes[: place + 1]:
            if row in velocity:
                unit = units[velocity[row] + velocity[column]]
            elif column in velocity:
                unit = coefficient[row][velocity[column]]
            else:
                unit = "m**2/s**4" if row == column == "THR" else among[row]
            found.append(Keyword(f"C{row}_{column}", "covariance", unit, row in velocity))
    return found


KEYWORDS: tuple[Keyword, ...] = (
    *(keyword for group, names, required, words in _TEXTS for keyword in _texts(group, names, required, words)),
    *_texts("relative", "TCA", True),
    *_numbers("relative", "m", "MISS_DISTANCE", True),
    *_numbers("relative", "m/s", "RELATIVE_SPEED"),
    *_numbers("relative", "m", "RELATIVE_POSITION_R RELATIVE_POSITION_T RELATIVE_POSITION_N"),
    *_numbers("relative", "m/s", "RELATIVE_VELOCITY_R RELATIVE_VELOCITY_T RELATIVE_VELOCITY_N"),
    *_texts("relative", "START_SCREEN_PERIOD STOP_SCREEN_PERIOD"),
    *_texts("relative", "SCREEN_VOLUME_FRAME", False, ("RTN", "TVN")),
    *_texts("relative", "SCREEN_VOLUME_SHAPE", False, ("ELLIPSOID", "BOX")),
    *_numbers("relative", "m", "SCREEN_VOLUME_X SCREEN_VOLUME_Y SCREEN_VOLUME_Z"),
    *_texts("relative", "SCREEN_ENTRY_TIME SCREEN_EXIT_TIME"),
    *_numbers("relative", "", "COLLISION_PROBABILITY"),
    *_texts("relative", "COLLISION_PROBABILITY_METHOD"),
    *_texts("metadata", "OBJECT", True, ("OBJECT1", "OBJECT2")),
    *_texts("metadata", "OBJECT_DESIGNATOR CATALOG_NAME OBJECT_NAME INTERNATIONAL_DESIGNATOR", True),
    *_texts("metadata", "OBJECT_TYPE", False, ("PAYLOAD", "ROCKET BODY", "DEBRIS", "UNKNOWN", "OTHER")),
    *_texts("metadata", "OPERATOR_CONTACT_POSITION OPERATOR_ORGANIZATION OPERATOR_PHONE OPERATOR_EMAIL"),
    *_texts("metadata", "EPHEMERIS_NAME", True),
    *_texts("metadata", "COVARIANCE_METHOD", True, ("CALCULATED", "DEFAULT")),
    *_texts("metadata", "MANEUVERABLE", True, ("YES", "NO", "N/A")),
    *_texts("metadata", "ORBIT_CENTER"),
    *_texts("metadata", "REF_FRAME", True, ("EME2000", "GCRF", "ITRF")),
    *_texts("metadata", "GRAVITY_MODEL ATMOSPHERIC_MODEL N_BODY_PERTURBATIONS"),
    *_texts("metadata", "SOLAR_RAD_PRESSURE EARTH_TIDES INTRACK_THRUST", False, _YES_NO),
    *_texts("od", "TIME_LASTOB_START TIME_LASTOB_END"),
    *_numbers("od", "d", "RECOMMENDED_OD_SPAN ACTUAL_OD_SPAN"),
    *_numbers("od", "", "OBS_AVAILABLE OBS_USED TRACKS_AVAILABLE TRACKS_USED", whole=True),
    *_numbers("od", "%", "RESIDUALS_ACCEPTED"),
    *_numbers("od", "", "WEIGHTED_RMS"),
    *_numbers("additional", "m**2", "AREA_PC AREA_DRG AREA_SRP"),
    *_numbers("additional", "kg", "MASS"),
    *_numbers("additional", "m**2/kg", "CD_AREA_OVER_MASS CR_AREA_OVER_MASS"),
    *_numbers("additional", "m/s**2", "THRUST_ACCELERATION"),
    *_numbers("additional", "W/kg", "SEDR"),
    *_numbers("state", "km", "X Y Z", True),
    *_numbers("state", "km/s", "X_DOT Y_DOT Z_DOT", True),
    *_covariance(),
)
BY_NAME = {keyword.name: keyword for keyword in KEYWORDS}
MESSAGE_GROUPS = ("header", "relative")
OBJECT_GROUPS = ("metadata", "od", "additional", "state", "covariance")
TIMES = frozenset(
    ("CREATION_DATE", "TCA", "START_SCREEN_PERIOD", "STOP_SCREEN_PERIOD", "SCREEN_ENTRY_TIME", "SCREEN_EXIT_TIME",
     "TIME_LASTOB_START", "TIME_LASTOB_END")
)  # fmt: skip
RELATIVE_STATE = tuple(f"RELATIVE_{what}_{axis}" for what in ("POSITION", "VELOCITY") for axis in "RTN")
XML_GROUPS = {
    "od": "odParameters", "additional": "additionalParameters", "state": "stateVector",
    "covariance": "covarianceMatrix",
}  # fmt: skip

# Units that are seen in place of the standard's, and what a number in them is multiplied by.
CONVERSIONS = {
    ("km", "m"): 1e3, ("m", "km"): 1e-3, ("km/s", "m/s"): 1e3, ("m/s", "km/s"): 1e-3, ("km**2", "m**2"): 1e6,
    ("km**2/s", "m**2/s"): 1e6, ("km**2/s**2", "m**2/s**2"): 1e6,
}  # fmt: skip
