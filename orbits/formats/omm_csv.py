"""Reading OMM as CSV: one header line, then one line for each set.

Columns stand in any order; those that are not known are passed over, those that must be there are named if they are
not. Lines are read one by one, so that a stray quotation mark costs its own line and not the rest of the file; a
quoted field may hold line breaks. A line with more or fewer fields than the header is refused.
"""

from __future__ import annotations

import csv

from orbits.errors import ElementSetError
from orbits.formats.omm_fields import record_of
from orbits.formats.omm_keywords import KEYWORDS, REQUIRED
from orbits.formats.records import BLANKS, Damaged, Reading

_MUST = (*REQUIRED, "NORAD_CAT_ID", "BSTAR")
_LONGEST_FIELD_LINES = 8  # no name has more line breaks


def read_omm_csv(text: str) -> Reading:
    """The sets of an OMM CSV text, in order. Raises `ElementSetError` if the header cannot serve."""
    lines = text.split("\n" if "\n" in text else "\r")
    place = 0
    while not lines[place].strip(BLANKS) or lines[place].startswith("#"):
        place += 1
    header = _header(lines[place])
    reading = Reading()
    place += 1
    while place < len(lines):
        line = lines[place]
        if '"' in line:
            cells, taken = _quoted(lines, place, len(header))
        else:
            cells, taken = line.rstrip("\r").split(","), 1
        if cells is None or len(cells) != len(header):
            if line.strip(BLANKS):
                found = "a quotation mark left open" if cells is None else f"{len(cells)} fields"
                reading.refuse(place + 1, None, f"{len(header)} fields, as in the header, not {found}", line)
        else:
            fields = dict(zip(header, cells, strict=True))
            try:
                reading.records.append(record_of(fields))
            except Damaged as damage:
                reading.refuse(place + 1, _column(line, header, damage.keyword), damage.wanted, line)
        place += taken
    return reading


def _header(line: str) -> list[str]:
    try:
        header = [cell.strip(BLANKS).upper() for cell in next(csv.reader([line.rstrip("\r")], strict=True))]
    except csv.Error as error:
        raise ElementSetError(f"reading OMM CSV: the header line is damaged ({error})") from None
    missing = [keyword for keyword in _MUST if keyword not in header]
    if missing:
        raise ElementSetError(f"reading OMM CSV: the header lacks {', '.join(missing)}; it must name these columns")
    doubled = sorted({keyword for keyword in header if keyword in KEYWORDS and header.count(keyword) > 1})
    if doubled:
        raise ElementSetError(f"reading OMM CSV: the header names {', '.join(doubled)} twice; keep one column of it")
    return header


def _quoted(lines: list[str], place: int, width: int) -> tuple[list[str] | None, int]:
    """The fields of a line with quotation marks, joined with the next ones while a field is open; lines taken."""
    for taken in range(1, _LONGEST_FIELD_LINES + 1):
        joined = "\n".join(lines[place : place + taken]).removesuffix("\r")
        try:
            cells = next(csv.reader([joined], strict=True))
        except csv.Error:
            continue
        if len(cells) == width:
            return cells, taken
        if taken == 1:
            return cells, 1
    return None, 1


def _column(line: str, header: list[str], keyword: str) -> int | None:
    if keyword not in header or '"' in line:
        return None
    before = line.split(",")[: header.index(keyword)]
    return sum(len(cell) + 1 for cell in before) + 1
