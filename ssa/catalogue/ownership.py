"""What the satellite catalogue (SATCAT) says of objects: owner, type, status, launch, decay, radar cross-section.

Reads the CSV of CelesTrak's SATCAT, plain or gzip, whole or with some of its columns. A field that is empty, or a
column that is not there, says nothing: the value is None (NaN for the cross-section), and what an earlier file said
stays. A row that is damaged is refused with its line and reason; its neighbours load.

Limits: the owner is CelesTrak's code for who owns the object as a thing in space, neither its registry nor its user.
The radar cross-section is a mean over passes of a radar, not the area of the body.

Source of the layout: https://celestrak.org/satcat/satcat-format.php, read in 2026.
"""

from __future__ import annotations

import csv
import io
import math
import os
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from orbits import InvalidValue, RefusedRecord
from orbits.arrays import Floats, Integers, Texts, read_only
from orbits.elements import MAX_NORAD_ID

FACT_TEXTS = ("name", "object_id", "owner", "object_type", "ops_status", "launch_date", "decay_date")
MAX_FACTS_BYTES = 256 * 1024 * 1024  # unpacked; CelesTrak's whole file is about 7 MB
_COLUMNS = {
    "OBJECT_NAME": "name",
    "OBJECT_ID": "object_id",
    "OWNER": "owner",
    "OBJECT_TYPE": "object_type",
    "OPS_STATUS_CODE": "ops_status",
    "LAUNCH_DATE": "launch_date",
    "DECAY_DATE": "decay_date",
    "RCS": "rcs_m2",
}
OBJECT_TYPES = ("PAY", "R/B", "DEB", "UNK")
# Operational, not, partially, backup, spare, extended mission, decayed, unknown.
OPS_STATUSES = ("+", "-", "P", "B", "S", "X", "D", "?")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_AREA = re.compile(r"[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]{1,2})?|[0-9]+\.", re.ASCII)
_OWNER = re.compile(r"[A-Z0-9]{1,8}", re.ASCII)
_OBJECT_ID = re.compile(r"\d{4}-[0-9A-Z]{3}[A-Z]{0,3}", re.ASCII)  # the piece is missing on some analyst objects


@dataclass(frozen=True, eq=False)
class SatelliteFacts:
    """Columns of facts, one row per object, all (n,) and read-only; None or NaN where nothing is said.

    `owner` is CelesTrak's source code, `object_type` PAY, R/B, DEB or UNK, `ops_status` CelesTrak's one-letter code,
    the dates are ISO text. `refused` lists what a reader left out.
    """

    norad_id: Integers
    name: Texts
    object_id: Texts
    owner: Texts
    object_type: Texts
    ops_status: Texts
    launch_date: Texts
    decay_date: Texts
    rcs_m2: Floats
    refused: tuple[RefusedRecord, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "norad_id", read_only(self.norad_id, np.int64))
        object.__setattr__(self, "rcs_m2", read_only(self.rcs_m2, np.float64))
        for column in FACT_TEXTS:
            object.__setattr__(self, column, read_only(getattr(self, column), np.object_))
            if not "".join(text for text in getattr(self, column) if text).isprintable():
                raise InvalidValue(column, "control characters", "must be printable text")
        for column in (*FACT_TEXTS, "rcs_m2"):
            if getattr(self, column).shape != (len(self.norad_id),):
                raise InvalidValue(column, getattr(self, column).shape, f"must have {len(self.norad_id)} rows")

    @classmethod
    def of(cls, norad_id: Any, **columns: Any) -> SatelliteFacts:
        """Facts from the columns that are known; the others say nothing.

        >>> SatelliteFacts.of([25544], owner=["ISS"]).decay_date
        array([None], dtype=object)
        """
        rows = len(norad_id)
        texts = {name: columns.pop(name, [None] * rows) for name in FACT_TEXTS}
        return cls(norad_id=norad_id, **texts, rcs_m2=columns.pop("rcs_m2", [math.nan] * rows), **columns)

    @classmethod
    def read(cls, source: str | os.PathLike[str] | bytes) -> SatelliteFacts:
        """The facts of a SATCAT CSV file, or of its bytes; gzip is told by content.

        Raises `InvalidValue` when the file cannot be read, has no SATCAT head line, or no row of it is sound.
        """
        if isinstance(source, bytes):
            return read_satellite_facts(source)
        try:
            return read_satellite_facts(Path(source).read_bytes())
        except OSError as error:
            raise InvalidValue("satcat", os.fspath(source), f"cannot be read: {error.strerror or error}") from None

    @classmethod
    def concatenate(cls, parts: Sequence[SatelliteFacts]) -> SatelliteFacts:
        """All rows of `parts`, in order; of two rows of one object the later says the last word."""
        columns = {
            name: np.concatenate([getattr(part, name) for part in parts])
            for name in ("norad_id", *FACT_TEXTS, "rcs_m2")
        }
        return cls(**columns, refused=tuple(record for part in parts for record in part.refused))

    def __len__(self) -> int:
        return len(self.norad_id)


def read_satellite_facts(content: bytes) -> SatelliteFacts:
    """The facts in the bytes of a SATCAT CSV, plain or gzip.

    Raises `InvalidValue` when they are no such thing, or when no row is sound.
    """
    reader = csv.reader(io.StringIO(_text_of(content), newline=""), strict=True)
    rows: dict[str, list[Any]] = {name: [] for name in ("norad_id", *_COLUMNS.values())}
    refused: list[RefusedRecord] = []
    seen: set[int] = set()
    heads = [head.strip().upper() for head in _next(reader, refused) or []]
    if "NORAD_CAT_ID" not in heads or not set(heads) & set(_COLUMNS):
        raise InvalidValue(
            "satcat", ",".join(heads)[:80], "is not the head line of a SATCAT CSV: NORAD_CAT_ID and OWNER are expected"
        )
    if len(set(heads)) != len(heads):
        raise InvalidValue("satcat", ",".join(heads)[:80], "names a column twice")
    last_line = reader.line_num
    while (fields := _next(reader, refused)) is not None:
        line, last_line = last_line + 1, reader.line_num
        if not fields:
            continue
        try:
            if len(fields) != len(heads):
                raise _RowError(f"{len(heads)} fields", ",".join(fields))
            record = _record(dict(zip(heads, fields, strict=True)))
            if record["norad_id"] in seen:
                raise _RowError("one row per catalogue number", str(record["norad_id"]))
        except _RowError as error:
            refused.append(RefusedRecord(line, None, error.expected, error.text[:200]))
            continue
        seen.add(record["norad_id"])
        for name, values in rows.items():
            values.append(record[name])
    if not seen:
        first = f"; the first: {refused[0]}" if refused else ""
        raise InvalidValue("satcat", f"{len(refused)} rows", f"no row is sound{first}")
    return SatelliteFacts.of(rows.pop("norad_id"), **rows, refused=tuple(refused))


class _RowError(Exception):
    def __init__(self, expected: str, text: str) -> None:
        self.expected = expected
        self.text = text
        super().__init__(expected)


def _next(reader: Any, refused: list[RefusedRecord]) -> list[str] | None:
    """The fields of the next row, or None at the end; a row that is not CSV is refused."""
    while True:
        try:
            return next(reader)  # type: ignore[no-any-return]
        except StopIteration:
            return None
        except csv.Error as error:
            refused.append(RefusedRecord(reader.line_num, None, "a CSV row", str(error)))


def _text_of(content: bytes) -> str:
    if content[:2] == b"\x1f\x8b":
        content = _unpacked(content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidValue("satcat", content[error.start : error.start + 8], "is not UTF-8 text") from None


def _unpacked(content: bytes) -> bytes:
    parts: list[bytes] = []
    room = MAX_FACTS_BYTES
    while content.strip(b"\x00"):  # a gzip file may have several members, and zeros after the last
        member = zlib.decompressobj(wbits=31)
        try:
            parts.append(member.decompress(content, room + 1))
        except zlib.error as error:
            raise InvalidValue("satcat", "gzip", f"is damaged: {error}") from None
        room -= len(parts[-1])
        if room < 0:
            raise InvalidValue("satcat", "gzip", f"unpacks to more than {MAX_FACTS_BYTES} bytes")
        if not member.eof:
            raise InvalidValue("satcat", "gzip", "is cut off before its end; fetch the file again")
        content = member.unused_data
    return b"".join(parts)


def _record(fields: dict[str, str]) -> dict[str, Any]:
    number = fields["NORAD_CAT_ID"].strip()
    if not _NUMBER.fullmatch(number) or not 1 <= int(number) <= MAX_NORAD_ID:
        raise _RowError(f"a catalogue number from 1 to {MAX_NORAD_ID}", number)
    record: dict[str, Any] = {**_SILENT, "norad_id": int(number)}
    for head, name in _COLUMNS.items():
        text = fields.get(head, "").strip()
        if text:
            sound, expected = _SOUND[name]
            if not sound(text):
                raise _RowError(f"{expected} in {head}", text)
            record[name] = float(text) if name == "rcs_m2" else text
    return record


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_SILENT: dict[str, Any] = {**dict.fromkeys(FACT_TEXTS), "rcs_m2": math.nan}
_SOUND: dict[str, tuple[Callable[[str], Any], str]] = {  # field: what it must pass, and what is expected there
    "name": (str.isprintable, "printable text"),
    "object_id": (_OBJECT_ID.fullmatch, "a designator as 1998-067A"),
    "owner": (_OWNER.fullmatch, "an owner code such as US"),
    "object_type": (OBJECT_TYPES.__contains__, f"one of {', '.join(OBJECT_TYPES)}"),
    "ops_status": (OPS_STATUSES.__contains__, f"one of {' '.join(OPS_STATUSES)}"),
    "launch_date": (_is_date, "a date as 1998-11-20"),
    "decay_date": (_is_date, "a date as 1998-11-20"),
    "rcs_m2": (_AREA.fullmatch, "a number of square metres"),
}
