"""Element sets in and out: TLE, 2LE and 3LE with Alpha-5, and OMM as CSV, JSON, XML and KVN; gzip of each.

The form is told from the content. Reading is strict: a record that is damaged is refused with line, column, what was
expected and what stood there, and its neighbours load. Every value is the float64 nearest to the printed decimal.
"""

from __future__ import annotations

from orbits.elements import ElementSets
from orbits.errors import ElementSetError
from orbits.formats.catalogue_number import format_alpha5, parse_alpha5, parse_catalogue_number
from orbits.formats.contents import MAX_DECOMPRESSED_BYTES, form_of, text_of
from orbits.formats.omm_csv import read_omm_csv
from orbits.formats.omm_json import read_omm_json
from orbits.formats.omm_kvn import read_omm_kvn
from orbits.formats.omm_xml import read_omm_xml
from orbits.formats.records import ElementRecord, Reading
from orbits.formats.tle import read_tle
from orbits.formats.tle_columns import explain
from orbits.formats.writers import write_element_sets

__all__ = [
    "ElementRecord",
    "Reading",
    "detect_format",
    "explain",
    "format_alpha5",
    "parse_alpha5",
    "parse_catalogue_number",
    "read_element_sets",
    "read_records",
    "write_element_sets",
]

_READERS = {
    "tle": read_tle,
    "omm-csv": read_omm_csv,
    "omm-json": read_omm_json,
    "omm-xml": read_omm_xml,
    "omm-kvn": read_omm_kvn,
}


def detect_format(content: bytes, *, max_bytes: int = MAX_DECOMPRESSED_BYTES) -> str:
    """`tle`, `omm-csv`, `omm-json`, `omm-xml` or `omm-kvn`, of a file's bytes or of the gzip of them.

    Raises `ElementSetError` for anything else: nothing, an HTML page, another CCSDS message.
    """
    return form_of(text_of(content, max_bytes))


def read_records(content: bytes, *, max_bytes: int = MAX_DECOMPRESSED_BYTES) -> Reading:
    """The sets of a file's bytes as the text states them, None where it says nothing, and what was refused.

    Raises `ElementSetError` when the file as a whole cannot be read: empty, HTML, an unknown form, cut or endless
    gzip, XML with a document type, CSV without a column that must be there.
    """
    text = text_of(content, max_bytes)
    return _READERS[form_of(text)](text)


def read_element_sets(content: bytes, *, max_bytes: int = MAX_DECOMPRESSED_BYTES) -> ElementSets:
    """The sets of a file's bytes as columns; `refused` lists the damaged records that were left out.

    What a text does not state is `U` or 0 in the columns, the catalogue number too (a KVN or XML message may lack
    it). Raises `ElementSetError`, with `refused`, when no set in it can be used.
    """
    reading = read_records(content, max_bytes=max_bytes)
    if not reading.records:
        if not reading.refused:
            raise ElementSetError("reading element sets: the file holds no element set")
        first = explain(reading.refused[0])
        raise ElementSetError(
            f"reading element sets: none can be used, {len(reading.refused)} refused; the first: {first}",
            tuple(reading.refused),
        )
    return reading.elements()
