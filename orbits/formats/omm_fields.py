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
from functools import lru_cache
from operator import itemgetter

from orbits.errors import InvalidValue
from orbits.formats.catalogue_number import parse_catalogue_number
from orbits.formats.epochs import ccsds_epoch
from orbits.formats.omm_keywords import CONSTANTS, KEYWORDS, SGP4_XP_TYPE
from orbits.formats.records import BLANKS, Damaged, ElementRecord, is_text

_DECIMAL = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_COUNT = re.compile(r"\+?\d{1,9}", re.ASCII)
_NOT_A_WORD = re.compile(r"[^A-Za-z0-9_]")
_LONGEST_NUMBER = 200

Fields = Mapping[str, str | None]


def record_of(fields: Fields, *, is_kvn: bool = False, is_message: bool = False) -> ElementRecord:
    """The record that an OMM's keywords and their texts describe; a keyword that is absent, None or '' is not stated.

    In KVN an integer may carry a plus sign and leading zeros; in a CCSDS message (KVN and XML) NORAD_CAT_ID may be
    absent, in CSV and JSON it must be there. Raises `Damaged`, which names the keyword.
    """
    return _ordinary_record(fields) or _any_record(fields, is_kvn, is_message or is_kvn)


def _ordinary_record(fields: Fields) -> ElementRecord | None:
    """The record of fields as catalogues print them, four times as fast; None for any other, good or bad."""
    try:
        (
            name, object_id, epoch, kind, set_number, revolution, ephemeris_type, number, *elements
        ) = _ORDINARY(fields)  # fmt: skip
        # Of these characters float() makes numbers by the same grammar as _DECIMAL, int() as _COUNT.
        joined = ",".join(elements)
        counts = f"{number}{set_number}{revolution}{ephemeris_type}"
        if (
            len(joined) > _LONGEST_NUMBER
            or joined.encode().translate(None, b"0123456789+-.eE,")
            or not (counts.isdecimal() and counts.isascii() and number[:1] > "0" and len(number) <= 9)
            or not (len(set_number) <= 9 and len(revolution) <= 9 and len(ephemeris_type) == 1 and kind == "U")
            or not (name.isascii() and object_id.isascii())
        ):
            return None
        motion, eccentricity, inclination, raan, perigee, anomaly, bstar, dot, ddot = map(float, elements)
        finite = bstar + dot + ddot
        if (
            ephemeris_type == "4"
            or not (0.0 < motion < math.inf and 0.0 <= eccentricity < 1.0 and 0.0 <= inclination <= 180.0)
            or not (0.0 <= raan <= 360.0 and 0.0 <= perigee <= 360.0 and 0.0 <= anomaly <= 360.0)
            or finite - finite != 0.0
        ):
            return None
        for keyword, allowed in _ORDINARY_CONSTANTS:
            if keyword in fields and fields[keyword] not in allowed:
                return None
        jd_day, day_fraction = ccsds_epoch(epoch)
        return ElementRecord(
            int(number), name.strip(BLANKS), object_id.strip(BLANKS), kind, jd_day, day_fraction, motion, eccentricity,
            inclination, raan, perigee, anomaly, bstar, dot, ddot, int(ephemeris_type), int(set_number),
            int(revolution),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


_ORDINARY = itemgetter(
    "OBJECT_NAME", "OBJECT_ID", "EPOCH", "CLASSIFICATION_TYPE", "ELEMENT_SET_NO", "REV_AT_EPOCH", "EPHEMERIS_TYPE",
    "NORAD_CAT_ID", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER",
    "MEAN_ANOMALY", "BSTAR", "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT",
)  # fmt: skip
_ORDINARY_CONSTANTS = tuple((keyword, allowed[:2]) for keyword, allowed in CONSTANTS.items())  # without SGP4-XP


def _any_record(fields: Fields, is_kvn: bool, number_may_lack: bool) -> ElementRecord:
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
        _catalogue_number(fields, is_kvn, number_may_lack),
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
    strangers = tuple(other for other in fields if other not in KEYWORDS)
    slip = _slip(keyword, strangers) if strangers else None
    if slip is not None:
        raise Damaged(slip, f"the keyword {keyword}", slip)


@lru_cache(maxsize=1024)
def _slip(keyword: str, strangers: tuple[str, ...]) -> str | None:
    words = {_NOT_A_WORD.sub("", stranger).upper(): stranger for stranger in strangers}
    near = get_close_matches(keyword, words, n=1, cutoff=0.85)
    return words[near[0]] if near else None
