"""Writing element sets in any form that the readers read.

The OMM forms write the shortest digits that bring back the same float64 and as many decimals of the epoch as bring
back the same instant, so that reading what was written gives the same values. A TLE rounds to its columns. What a
form cannot carry (a number above 339,999 in a TLE, a line break in a name of a 3LE or KVN, NaN) is refused.

A record without a catalogue number (0) is written without NORAD_CAT_ID, in KVN and XML only.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from orbits.elements import ElementSets
from orbits.errors import ElementSetError
from orbits.formats.epochs import format_ccsds_epoch
from orbits.formats.omm_keywords import SGP4_XP_TYPE
from orbits.formats.records import BLANKS, Damaged, ElementRecord, is_text
from orbits.formats.tle_writer import tle_lines

Values = dict[str, str | int | float]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPREADSHEET_FORMULA = ("=", "+", "-", "@")


def write_element_sets(elements: ElementSets, form: str) -> str:
    """The sets as text: `tle` (two lines), `3le`, `omm-csv`, `omm-json`, `omm-xml` or `omm-kvn`.

    Raises `ElementSetError` naming the object and the value that the form cannot carry, and for an unknown form.
    """
    writer = _WRITERS.get(form)
    if writer is None:
        raise ElementSetError(f"writing element sets: no form is called {form!r}; choose one of {', '.join(_WRITERS)}")
    pieces = [writer.head]
    for row, record in enumerate(_records_of(elements)):
        try:
            _check(record)
            pieces.append(writer.write(record, row))
        except Damaged as damage:
            way_out = "; write it as an OMM (CSV, JSON, XML or KVN)" if form in ("tle", "3le") else ""
            raise ElementSetError(
                f"writing {form}: object {record.norad_id} ({record.name}): {damage.keyword} is {damage.found[:60]!r}, "
                f"the form holds {damage.expected}{way_out}"
            ) from None
    return "".join((*pieces, writer.tail))


def _records_of(elements: ElementSets) -> Iterator[ElementRecord]:
    columns = (getattr(elements, name).tolist() for name in ElementRecord._fields)
    return (ElementRecord(*values) for values in zip(*columns, strict=True))


def _check(record: ElementRecord) -> None:
    for name, value in zip(record._fields, record, strict=True):
        if isinstance(value, float) and not math.isfinite(value):
            raise Damaged(name, "finite numbers", value)
        if isinstance(value, str) and (value != value.strip(BLANKS) or not is_text(value)):
            raise Damaged(name, "text without blanks around it", value)


def _values(record: ElementRecord) -> Values:
    """Keyword and value, in CelesTrak's order of columns."""
    try:
        epoch = format_ccsds_epoch(record.epoch_jd_day, record.epoch_day_fraction)
    except (ValueError, OverflowError):
        raise Damaged("epoch", "an epoch from 1957 to 9999", f"JD {record.epoch_jd_day}") from None
    return {
        "OBJECT_NAME": record.name,
        "OBJECT_ID": record.object_id,
        "EPOCH": epoch,
        "MEAN_MOTION": record.mean_motion_rev_day,
        "ECCENTRICITY": record.eccentricity,
        "INCLINATION": record.inclination_deg,
        "RA_OF_ASC_NODE": record.raan_deg,
        "ARG_OF_PERICENTER": record.argument_of_perigee_deg,
        "MEAN_ANOMALY": record.mean_anomaly_deg,
        "EPHEMERIS_TYPE": record.ephemeris_type or 0,
        "CLASSIFICATION_TYPE": record.classification or "U",
        "NORAD_CAT_ID": record.norad_id or 0,
        "ELEMENT_SET_NO": record.element_set_number or 0,
        "REV_AT_EPOCH": record.revolution_at_epoch or 0,
        "BSTAR": record.bstar_per_earth_radius,
        "MEAN_MOTION_DOT": record.mean_motion_dot_rev_day2 or 0.0,
        "MEAN_MOTION_DDOT": record.mean_motion_ddot_rev_day3 or 0.0,
    }


def _numbered_values(record: ElementRecord) -> Values:
    if not record.norad_id:
        raise Damaged("norad_id", "catalogue numbers from 1 on", record.norad_id)
    return _values(record)


def _message_values(record: ElementRecord) -> tuple[Values, Values]:
    """Metadata and data of a CCSDS message; SGP4-XP has its own two keywords."""
    values = _values(record)
    is_xp = record.ephemeris_type == SGP4_XP_TYPE
    metadata: Values = {
        "OBJECT_NAME": values.pop("OBJECT_NAME"),
        "OBJECT_ID": values.pop("OBJECT_ID"),
        "CENTER_NAME": "EARTH",
        "REF_FRAME": "TEME",
        "TIME_SYSTEM": "UTC",
        "MEAN_ELEMENT_THEORY": "SGP4-XP" if is_xp else "SGP4",
    }
    if not values["NORAD_CAT_ID"]:
        del values["NORAD_CAT_ID"]
    if is_xp:
        values = {{"BSTAR": "BTERM", "MEAN_MOTION_DDOT": "AGOM"}.get(key, key): value for key, value in values.items()}
    return metadata, values


def _shown(value: str | int | float) -> str:
    return value if isinstance(value, str) else repr(value)


def _tle(record: ElementRecord, row: int) -> str:
    return "\n".join((*tle_lines(record), ""))


def _three_lines(record: ElementRecord, row: int) -> str:
    _one_line(record)
    return "\n".join((f"0 {record.name}", *tle_lines(record), ""))


def _csv(record: ElementRecord, row: int) -> str:
    values = [_shown(value) for value in _numbered_values(record).values()]
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    text = line.getvalue()
    if record.name.startswith(_SPREADSHEET_FORMULA) and not text.startswith('"'):
        return f'"{record.name}"{text.removeprefix(record.name)}'  # nothing in it needs doubling, or it were quoted
    return text


def _json(record: ElementRecord, row: int) -> str:
    return (",\n" if row else "") + json.dumps(_numbered_values(record), ensure_ascii=False, allow_nan=False)


def _xml(record: ElementRecord, row: int) -> str:
    for name in ("name", "object_id"):
        if _NOT_XML.search(getattr(record, name)):
            raise Damaged(name, "characters that XML allows", getattr(record, name))
    metadata, values = _message_values(record)
    elements = {key: value for key, value in values.items() if key not in _TLE_PARAMETERS}
    parameters = {key: value for key, value in values.items() if key in _TLE_PARAMETERS}
    return (
        '<omm id="CCSDS_OMM_VERS" version="3.0"><header><CREATION_DATE/><ORIGINATOR/></header><body><segment>\n'
        f"<metadata>{_elements(metadata)}</metadata>\n<data><meanElements>{_elements(elements)}</meanElements>"
        f"<tleParameters>{_elements(parameters)}</tleParameters></data>\n</segment></body></omm>\n"
    )


def _elements(values: Values) -> str:
    return "".join(f"<{key}>{escape(_shown(value), {chr(13): '&#13;'})}</{key}>" for key, value in values.items())


_TLE_PARAMETERS = frozenset(
    ("EPHEMERIS_TYPE", "CLASSIFICATION_TYPE", "NORAD_CAT_ID", "ELEMENT_SET_NO", "REV_AT_EPOCH", "BSTAR", "BTERM",
     "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT", "AGOM")
)  # fmt: skip


def _kvn(record: ElementRecord, row: int) -> str:
    _one_line(record)
    metadata, values = _message_values(record)
    head: Values = {"CCSDS_OMM_VERS": "3.0", "CREATION_DATE": "", "ORIGINATOR": ""}
    lines = [f"{key:<19} = {_shown(value)}".rstrip(" ") for key, value in {**head, **metadata, **values}.items()]
    return ("\n" if row else "") + "\n".join((*lines, ""))


def _one_line(record: ElementRecord) -> None:
    for name in ("name", "object_id"):
        if "\n" in getattr(record, name):
            raise Damaged(name, "text without line breaks", getattr(record, name))


class _Writer:
    def __init__(self, write: Callable[[ElementRecord, int], str], head: str = "", tail: str = "") -> None:
        self.write, self.head, self.tail = write, head, tail


_CSV_HEADER = (
    "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,"
    "EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT\n"
)
_WRITERS = {
    "tle": _Writer(_tle),
    "3le": _Writer(_three_lines),
    "omm-csv": _Writer(_csv, _CSV_HEADER),
    "omm-json": _Writer(_json, "[", "]\n"),
    "omm-xml": _Writer(_xml, '<?xml version="1.0" encoding="UTF-8"?>\n<ndm>\n', "</ndm>\n"),
    "omm-kvn": _Writer(_kvn),
}
