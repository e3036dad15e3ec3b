"""Writing TLEs: each value rounded to its columns, in CelesTrak's way of writing zeros (`00000+0`).

A TLE holds fewer digits than an OMM: 4 decimals of an angle, 7 of the eccentricity, 5 digits of the drag term, 1e-8
day of the epoch. What does not fit at all is not cut down but refused, and OMM named as the way out: numbers above
339,999, epochs outside 1957 to 2056, counters that are too long, a derivative of 1 rev/day2 and more.
"""

from __future__ import annotations

import math
import re

from orbits.errors import InvalidValue
from orbits.formats.catalogue_number import format_alpha5
from orbits.formats.epochs import format_tle_epoch
from orbits.formats.records import Damaged, ElementRecord
from orbits.formats.tle_columns import checksum

_OBJECT_ID = re.compile(r"(?:19(?:5[7-9]|[6-9]\d)|20(?:[0-4]\d|5[0-6]))-\d{3}[A-Z]{0,3}", re.ASCII)


def tle_lines(record: ElementRecord) -> tuple[str, str]:
    """Lines 1 and 2 of a record whose every value is stated. Raises `Damaged` for what the columns cannot hold."""
    try:
        number = format_alpha5(record.norad_id or 0)
    except InvalidValue as error:
        raise Damaged("norad_id", error.reason, record.norad_id) from None
    try:
        epoch = format_tle_epoch(record.epoch_jd_day, record.epoch_day_fraction)
    except (ValueError, OverflowError):
        raise Damaged("epoch", "an epoch from 1957 to 2056", f"JD {record.epoch_jd_day}") from None
    one = (
        f"1 {number}{record.classification} {_designator(record.object_id)} {epoch}"
        f" {_derivative(record.mean_motion_dot_rev_day2)}"
        f" {_exponent('mean_motion_ddot_rev_day3', record.mean_motion_ddot_rev_day3)}"
        f" {_exponent('bstar_per_earth_radius', record.bstar_per_earth_radius)}"
        f" {_count('ephemeris_type', record.ephemeris_type, 1)}"
        f" {_count('element_set_number', record.element_set_number, 4)}"
    )
    two = (
        f"2 {number} {_fixed('inclination_deg', record.inclination_deg, 8, 4)}"
        f" {_fixed('raan_deg', record.raan_deg, 8, 4)}"
        f" {_eccentricity(record.eccentricity)}"
        f" {_fixed('argument_of_perigee_deg', record.argument_of_perigee_deg, 8, 4)}"
        f" {_fixed('mean_anomaly_deg', record.mean_anomaly_deg, 8, 4)}"
        f" {_fixed('mean_motion_rev_day', record.mean_motion_rev_day, 11, 8)}"
        f"{_count('revolution_at_epoch', record.revolution_at_epoch, 5)}"
    )
    return f"{one}{checksum(one)}", f"{two}{checksum(two)}"


def _designator(object_id: str) -> str:
    if object_id and not _OBJECT_ID.fullmatch(object_id):
        raise Damaged("object_id", "a designator such as 1998-067A, or none", object_id)
    return (object_id[2:4] + object_id[5:]).ljust(8)


def _fixed(name: str, value: float, width: int, decimals: int) -> str:
    text = f"{value:{width}.{decimals}f}"
    if len(text) > width or value < 0.0:
        raise Damaged(name, f"a value that fits {width} columns with {decimals} decimals", value)
    return text


def _eccentricity(value: float) -> str:
    text = f"{value:.7f}"
    if not text.startswith("0."):
        raise Damaged("eccentricity", "an eccentricity below 0.99999995", value)
    return text[2:]


def _derivative(value: float | None) -> str:
    value = 0.0 if value is None else value
    text = f"{abs(value):.8f}"
    if not text.startswith("0."):
        raise Damaged("mean_motion_dot_rev_day2", "a value below 1 rev/day2", value)
    return ("-" if math.copysign(1.0, value) < 0 else " ") + text[1:]


def _exponent(name: str, value: float | None) -> str:
    """`smmmmmse`: five digits after an assumed point, and a power of ten from -9 to 9."""
    value = 0.0 if value is None else value
    sign = "-" if math.copysign(1.0, value) < 0 else " "
    digits, power = f"{abs(value):.4e}".split("e")
    exponent = int(power) + 1
    if value == 0.0 or exponent < -9:
        mantissa = round(abs(value) * 1e14)  # in units of the last of five digits at 1e-9
        return f"{sign}{mantissa:05d}-9" if mantissa else f"{sign}00000+0"
    if exponent > 9:
        raise Damaged(name, "a value below 1e9", value)
    return f"{sign}{digits.replace('.', '')}{exponent:+d}"


def _count(name: str, value: int | None, width: int) -> str:
    value = value or 0
    text = f"{value:{width}d}"
    if len(text) > width or value < 0:
        raise Damaged(name, f"a number of up to {width} digits", value)
    return text
