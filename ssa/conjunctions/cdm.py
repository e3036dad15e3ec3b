"""Conjunction Data Messages (CCSDS 508.0-B-1): the value, and the one door for reading them.

Read leniently: KVN, XML, JSON, gzip of each, told by content; padded lines, missing or differing units, unknown
keywords, NaN for "not known". What was bent is said in `notes`, and unknown keywords are kept and counted. Written
strictly (`cdm_writer`): keywords, order, units and words of the standard, or an error that names the keyword.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from orbits.arrays import Floats
from orbits.errors import ElementSetError
from orbits.formats.contents import text_of
from orbits.times import Instant
from ssa.errors import ConjunctionMessageError

Fields = Mapping[str, str | float]
_AXES = ("R", "T", "N", "RDOT", "TDOT", "NDOT", "DRG", "SRP", "THR")


@dataclass(frozen=True)
class CdmObject:
    """One object of a message: fields by keyword (numbers in the standard's units), and comments as (group, text)."""

    fields: Fields
    comments: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """OBJECT_NAME, or the designator."""
        return str(self.fields.get("OBJECT_NAME") or self.fields.get("OBJECT_DESIGNATOR") or "unnamed")

    @property
    def state_km(self) -> Floats | None:
        """Position and velocity (6,), km and km/s, in REF_FRAME; None where a part is missing."""
        keys = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
        if any(key not in self.fields for key in keys):
            return None
        return np.array([float(self.fields[key]) for key in keys])

    def covariance_rtn_m2(self, size: int = 6) -> Floats | None:
        """The covariance (size, size) in RTN, m2, m2/s, m2/s2 and on; up to 9 with drag, radiation, thrust.

        None where a term is missing.
        """
        matrix = np.empty((size, size))
        for row in range(size):
            for column in range(row + 1):
                value = self.fields.get(f"C{_AXES[row]}_{_AXES[column]}")
                if value is None:
                    return None
                matrix[row, column] = matrix[column, row] = float(value)
        return matrix


@dataclass(frozen=True)
class ConjunctionDataMessage:
    """A message: header and relative fields, two objects, and what reading it showed.

    `unknown` holds keywords the standard does not know, as (object number or 0, keyword, value). `notes` say what was
    read otherwise than written.
    """

    header: Fields
    relative: Fields
    objects: tuple[CdmObject, CdmObject]
    comments: tuple[tuple[str, str], ...] = ()
    unknown: tuple[tuple[int, str, str], ...] = ()
    notes: tuple[str, ...] = ()
    version: str = "1.0"

    @property
    def tca(self) -> Instant:
        """Time of closest approach, UTC. Raises `ConjunctionMessageError` where it is no time."""
        from orbits.formats.epochs import ccsds_epoch

        try:
            return Instant(*ccsds_epoch(str(self.relative.get("TCA", ""))))
        except ValueError as error:
            raise ConjunctionMessageError(f"reading a CDM: TCA is {self.relative.get('TCA')!r}, not {error}") from None

    @property
    def all_comments(self) -> tuple[str, ...]:
        """Every comment of the message, in order."""
        return tuple(text for part in (self, *self.objects) for _, text in part.comments)


def frozen(fields: dict[str, str | float]) -> Fields:
    """The fields as they go into a value: they cannot be changed."""
    return MappingProxyType(dict(fields))


def read_cdms(content: bytes | str) -> tuple[ConjunctionDataMessage, ...]:
    """Every message of a file's content, at least one.

    Raises `ConjunctionMessageError`, which says what was read, the line, and the way out.

    >>> read_cdms("no message")
    Traceback (most recent call last):
    ...
    ssa.errors.ConjunctionMessageError: reading a CDM: the text begins 'no message', which is neither KVN, XML ...
    """
    from ssa.conjunctions.cdm_json import read_cdm_json
    from ssa.conjunctions.cdm_kvn import read_cdm_kvn
    from ssa.conjunctions.cdm_xml import read_cdm_xml

    try:
        text = text_of(content) if isinstance(content, bytes) else content
    except ElementSetError as error:
        raise ConjunctionMessageError(f"reading a CDM: {str(error).replace('reading element sets: ', '')}") from None
    start = text.lstrip("﻿ \t\r\n\0")[:1]
    if not start:
        raise ConjunctionMessageError("reading a CDM: the text is empty; give a CDM in KVN, XML or JSON")
    if start == "<":
        return read_cdm_xml(text)
    if start in "[{":
        return read_cdm_json(text)
    if "=" in text:
        return read_cdm_kvn(text)
    shown = text.strip()[:40].encode("utf-8", "backslashreplace").decode()
    raise ConjunctionMessageError(
        f"reading a CDM: the text begins {shown!r}, which is neither KVN, XML nor JSON; give a CDM in one of these"
    )
