"""What lets the conformance kit gpconf 0.7.0 (Apache-2.0) judge `orbits.formats`: its protocol in our terms.

The adapter decides nothing: it hands over the bytes, and hands back what the readers and the writer answer. The kit's
own guide (`corpus/docs/ADAPTERS.md` in the package) describes the protocol.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from orbits import ElementSetError, Instant
from orbits.formats import (
    detect_format,
    format_alpha5,
    parse_alpha5,
    parse_catalogue_number,
    read_element_sets,
    read_records,
    write_element_sets,
)
from orbits.formats.epochs import ccsds_epoch, full_year
from orbits.formats.records import ElementRecord

FORMS = {"tle": "tle", "2le": "tle", "csv": "omm-csv", "json": "omm-json", "xml": "omm-xml", "kvn": "omm-kvn"}
FIELDS = {
    "norad_cat_id": "norad_id", "object_name": "name", "object_id": "object_id", "mean_motion": "mean_motion_rev_day",
    "eccentricity": "eccentricity", "inclination": "inclination_deg", "ra_of_asc_node": "raan_deg",
    "arg_of_pericenter": "argument_of_perigee_deg", "mean_anomaly": "mean_anomaly_deg",
    "bstar": "bstar_per_earth_radius", "mean_motion_dot": "mean_motion_dot_rev_day2",
    "mean_motion_ddot": "mean_motion_ddot_rev_day3", "ephemeris_type": "ephemeris_type",
    "classification_type": "classification", "element_set_no": "element_set_number",
    "rev_at_epoch": "revolution_at_epoch",
}  # fmt: skip


def datetime_of(jd_day: float, day_fraction: float) -> datetime:
    return Instant(jd_day, day_fraction).datetime()


def fields_of(record: ElementRecord) -> dict[str, Any]:
    fields = {key: getattr(record, column) for key, column in FIELDS.items()}
    return {**fields, "epoch": datetime_of(record.epoch_jd_day, record.epoch_day_fraction)}


class Parser:
    def parse(self, raw: bytes, fmt: str) -> list[dict[str, Any]]:
        assert detect_format(raw) == FORMS[fmt], "the form is told from the content"
        reading = read_records(raw)
        answer: list[dict[str, Any]] = [{"_adapter": {"refusals": True}}]
        answer += [fields_of(record) for record in reading.records]
        header = raw.decode("utf-8").partition("\n")[0].strip().split(",")
        for refused in reading.refused:
            refusal = {"_refused": str(refused), "_input": refused.text}
            if fmt in ("tle", "2le"):
                refusal["_field"] = refused.text[2:7]
            elif fmt == "csv":
                refusal["_field"] = dict(zip(header, refused.text.split(","), strict=False)).get("NORAD_CAT_ID", "")
            answer.append(refusal)
        return answer

    def write_tle(self, record: dict[str, Any]) -> str:
        """The record as an OMM in JSON, read and written as a TLE; a refusal is the kit's to judge."""
        keywords = {
            "norad_cat_id": "NORAD_CAT_ID", "ra_of_asc_node": "RA_OF_ASC_NODE", "element_set_no": "ELEMENT_SET_NO"
        }  # fmt: skip
        message = {
            keywords.get(key, key.upper()): None if value is None else str(value) for key, value in record.items()
        }
        elements = read_element_sets(json.dumps([message]).encode())
        if elements.refused:
            raise ElementSetError(str(elements.refused[0]))
        return write_element_sets(elements, "tle")

    def alpha5_decode(self, field: str) -> int:
        return parse_alpha5(field)

    def alpha5_encode(self, number: int) -> str:
        return format_alpha5(number)

    def two_digit_year(self, digits: str) -> int:
        return full_year(int(digits))

    def parse_catalog_id(self, text: str) -> int:
        return parse_catalogue_number(text, ccsds=True)

    def parse_epoch(self, text: str) -> datetime:
        jd_day, day_fraction = ccsds_epoch(text)
        return datetime_of(jd_day, day_fraction)
