"""The fields of an Orbit Mean-Elements Message, the same in CSV, JSON, XML and KVN: text in, one record out.

The values are read as the TLE prints them: MEAN_MOTION_DOT is half the first derivative, MEAN_MOTION_DDOT a sixth of
the second. A set of SGP4-XP (ephemeris type 4) carries BTERM and AGOM instead of BSTAR and MEAN_MOTION_DDOT, as the
TLE of type 4 does in the same columns; it is read, and refused by whatever propagates.

What must be there: the epoch, the six elements and the drag term. What may be missing: names, the counters, the
derivatives, the classification, and the constant metadata, which must say Earth, TEME, UTC and SGP4 where given.

Source: CCSDS 502.0-B-3, tables 4-1 to 4-3; CelesTrak, "A New Way to Obtain GP Data".
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from difflib import get_close_matches

from orbits.errors import InvalidValue
from orbits.formats.catalogue_number import parse_catalogue_number
from orbits.formats.epochs import ccsds_epoch
from orbits.formats.records import BLANKS, Damaged, ElementRecord, is_text

REQUIRED = ("EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER", "MEAN_ANOMALY")
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

_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_COUNT = re.compile(r"\+?\d{1,9}", re.ASCII)
_LONGEST_NUMBER = 100

Fields = Mapping[str, str | None]


def record_of(fields: Fields, *, is_kvn: bool = False, is_message: bool = False) -> ElementRecord:
    """The record that an OMM's keywords and their texts describe; a keyword that is absent, None or '' is not stated.

    In KVN an integer may carry a plus sign and leading zeros; in a CCSDS message (KVN and XML) NORAD_CAT_ID may be
    absent, in CSV and JSON it must be there. Raises `Damaged`, which names the keyword.
    """
    for keyword, allowed in CONSTANTS.items():
        stated = fields.get(keyword)
        if stated and stated.strip(BLANKS).upper() not in allowed:
            raise Damaged(keyword, " or ".join(allowed), stated)
    name = (fields.get("OBJECT_NAME") or "").strip(BLANKS)
    object_id = (fields.get("OBJECT_ID") or "").strip(BLANKS)
    if not is_text(name) or not is_text(object_id):
        raise Damaged("OBJECT_ID" if is_text(name) else "OBJECT_NAME", "text in UTF-8", name)
    try:
        jd_day, day_fraction = ccsds_epoch((fields.get("EPOCH") or "").strip(BLANKS))
    except ValueError as error:
        raise Damaged("EPOCH", str(error), fields.get("EPOCH") or "") from None
    ephemeris_type = _ephemeris_type(fields)
    drag, second = ("BSTAR", "MEAN_MOTION_DDOT")
    if ephemeris_type == SGP4_XP_TYPE:
        drag, second = ("BTERM" if "BTERM" in fields else drag), ("AGOM" if "AGOM" in fields else second)
    return ElementRecord(
        _catalogue_number(fields, is_kvn, is_message or is_kvn),
        name,
        object_id,
        _classification(fields),
        jd_day,
        day_fraction,
        _between(fields, "MEAN_MOTION", 0.0, math.inf, "a mean motion above 0 rev/day", above=True),
        _between(fields, "ECCENTRICITY", 0.0, _BELOW_ONE, "an eccentricity from 0 to below 1"),
        _between(fields, "INCLINATION", 0.0, 180.0, "an inclination of 0 to 180 deg"),
        _between(fields, "RA_OF_ASC_NODE", 0.0, 360.0, "an angle of 0 to 360 deg"),
        _between(fields, "ARG_OF_PERICENTER", 0.0, 360.0, "an angle of 0 to 360 deg"),
        _between(fields, "MEAN_ANOMALY", 0.0, 360.0, "an angle of 0 to 360 deg"),
        _decimal(drag, fields.get(drag)),
        _decimal_or_none(fields, "MEAN_MOTION_DOT"),
        _decimal_or_none(fields, second),
        ephemeris_type,
        _count(fields, "ELEMENT_SET_NO"),
        _count(fields, "REV_AT_EPOCH"),
    )


_BELOW_ONE = math.nextafter(1.0, 0.0)


def _decimal(keyword: str, text: str | None) -> float:
    text = text or ""
    if not _DECIMAL.fullmatch(text):
        text = text.strip(BLANKS)
    if len(text) > _LONGEST_NUMBER or not _DECIMAL.fullmatch(text):
        raise Damaged(keyword, "a decimal number", text)
    value = float(text)
    if math.isinf(value):
        raise Damaged(keyword, "a number that a float64 can hold", text)
    return value


def _decimal_or_none(fields: Fields, keyword: str) -> float | None:
    text = fields.get(keyword)
    if text is None:
        _refuse_a_slip(fields, keyword)
    return _decimal(keyword, text) if text else None


def _between(fields: Fields, keyword: str, low: float, high: float, expected: str, above: bool = False) -> float:
    value = _decimal(keyword, fields.get(keyword))
    if not low <= value <= high or (above and value <= low):
        raise Damaged(keyword, expected, fields.get(keyword))
    return value


def _count(fields: Fields, keyword: str) -> int | None:
    text = fields.get(keyword)
    if not text:
        if text is None:
            _refuse_a_slip(fields, keyword)
        return None
    text = text.strip(BLANKS)
    if not _COUNT.fullmatch(text):
        raise Damaged(keyword, "a whole number of up to nine digits", text)
    return int(text)


def _ephemeris_type(fields: Fields) -> int | None:
    stated = _count(fields, "EPHEMERIS_TYPE")
    if stated is not None and stated > 9:
        raise Damaged("EPHEMERIS_TYPE", "a digit, 0 to 9", stated)
    if (fields.get("MEAN_ELEMENT_THEORY") or "").strip(BLANKS).upper() == "SGP4-XP":
        if stated not in (None, SGP4_XP_TYPE):
            raise Damaged("EPHEMERIS_TYPE", f"{SGP4_XP_TYPE}, the type of SGP4-XP", stated)
        return SGP4_XP_TYPE
    return stated


def _classification(fields: Fields) -> str | None:
    text = fields.get("CLASSIFICATION_TYPE")
    if text is None:
        _refuse_a_slip(fields, "CLASSIFICATION_TYPE")
    stated = (text or "").strip(BLANKS)
    if stated not in ("", "U", "C", "S"):
        raise Damaged("CLASSIFICATION_TYPE", "U, C or S", stated)
    return stated or None


def _catalogue_number(fields: Fields, is_kvn: bool, may_be_absent: bool) -> int | None:
    text = fields.get("NORAD_CAT_ID")
    if text is None:
        _refuse_a_slip(fields, "NORAD_CAT_ID")
        if not may_be_absent:
            raise Damaged("NORAD_CAT_ID", "a catalogue number")
        return None
    try:
        return parse_catalogue_number(text.strip(BLANKS), ccsds=is_kvn)
    except InvalidValue as error:
        raise Damaged("NORAD_CAT_ID", f"a catalogue number ({error.reason})", text) from None


def _refuse_a_slip(fields: Fields, keyword: str) -> None:
    """A keyword that may be absent is not absent when a damaged spelling of it is there."""
    strangers = [other for other in fields if other not in KEYWORDS]
    slips = get_close_matches(keyword, strangers, n=1, cutoff=0.85) if strangers else []
    if slips:
        raise Damaged(slips[0], f"the keyword {keyword}", slips[0])
