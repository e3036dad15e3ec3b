"""Mean element sets as columns: what a catalogue hands to the propagator.

The values are SGP4 mean elements in TEME of the epoch, in the units that the public formats print (degrees,
revolutions per day), so that reading and writing lose nothing. Catalogue numbers are plain integers from 1 to
999,999,999; the TLE's five characters are one spelling of some of them.

Limits: an element set describes its object to about a kilometre at epoch and worse with every day of age.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from orbits.arrays import Floats, Integers, Texts, read_only
from orbits.constants import MINUTES_PER_DAY
from orbits.errors import InvalidValue, RefusedRecord
from orbits.times import Instant

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_NORAD_ID = 999_999_999  # CCSDS 502.0-B-3 leaves it open; Space-Track and CelesTrak stop at nine digits

_FLOATS = (
    "epoch_jd_day", "epoch_day_fraction", "mean_motion_rev_day", "eccentricity", "inclination_deg", "raan_deg",
    "argument_of_perigee_deg", "mean_anomaly_deg", "bstar_per_earth_radius", "mean_motion_dot_rev_day2",
    "mean_motion_ddot_rev_day3",
)  # fmt: skip
_INTEGERS = ("norad_id", "ephemeris_type", "element_set_number", "revolution_at_epoch")
_TEXTS = ("name", "object_id", "classification")


@dataclass(frozen=True, eq=False)
class ElementSets:
    """Columns of mean elements, one row per element set, all (n,) and read-only.

    `norad_id` is 1 to 999,999,999, or 0 where a CCSDS message (OMM in KVN or XML) names none.
    `object_id` is the international designator as `1998-067A`, or empty; `classification` is `U`, `C` or `S`.
    `mean_motion_dot_rev_day2` and `mean_motion_ddot_rev_day3` are the printed numbers (half the first and a sixth of
    the second derivative); SGP4 does not use them. `refused` lists what a reader left out.
    """

    norad_id: Integers
    name: Texts
    object_id: Texts
    classification: Texts
    epoch_jd_day: Floats
    epoch_day_fraction: Floats
    mean_motion_rev_day: Floats
    eccentricity: Floats
    inclination_deg: Floats
    raan_deg: Floats
    argument_of_perigee_deg: Floats
    mean_anomaly_deg: Floats
    bstar_per_earth_radius: Floats
    mean_motion_dot_rev_day2: Floats
    mean_motion_ddot_rev_day3: Floats
    ephemeris_type: Integers
    element_set_number: Integers
    revolution_at_epoch: Integers
    refused: tuple[RefusedRecord, ...] = ()

    def __post_init__(self) -> None:
        for columns, dtype in ((_FLOATS, np.float64), (_INTEGERS, np.int64), (_TEXTS, np.object_)):
            for column in columns:
                object.__setattr__(self, column, read_only(getattr(self, column), dtype))
                if getattr(self, column).shape != (len(self.norad_id),):
                    raise InvalidValue(column, getattr(self, column).shape, f"must have {len(self.norad_id)} rows")

    @classmethod
    def read(cls, source: str | os.PathLike[str] | bytes) -> ElementSets:
        """The element sets of a file (or of its bytes): TLE, 2LE, 3LE, OMM in CSV, JSON, XML or KVN, gzip of each.

        The form is told from the content. Damaged records are left out and listed in `refused`.
        Raises `ElementSetError` when nothing in it can be read.
        """
        from orbits.formats import read_element_sets

        return read_element_sets(source if isinstance(source, bytes) else Path(source).read_bytes())

    @classmethod
    def concatenate(cls, parts: list[ElementSets]) -> ElementSets:
        """All rows of `parts`, in order."""
        columns: dict[str, Any] = {
            column: np.concatenate([getattr(part, column) for part in parts]) if parts else np.array([])
            for column in cls.column_names()
        }
        return cls(**columns, refused=tuple(record for part in parts for record in part.refused))

    @staticmethod
    def column_names() -> tuple[str, ...]:
        """The names of the columns, in the order of the constructor."""
        return tuple(field.name for field in fields(ElementSets) if field.name != "refused")

    def __len__(self) -> int:
        return len(self.norad_id)

    def __iter__(self) -> Iterator[ElementSets]:
        return (self[row : row + 1] for row in range(len(self)))

    def __getitem__(self, rows: Any) -> ElementSets:
        """The chosen rows: a slice, a mask or indices (a single index gives one row)."""
        if isinstance(rows, (int, np.integer)):
            rows = [int(rows)]
        return ElementSets(**{column: getattr(self, column)[rows] for column in self.column_names()})

    def epoch(self, row: int) -> Instant:
        """The epoch of one row."""
        return Instant(float(self.epoch_jd_day[row]), float(self.epoch_day_fraction[row]))

    def age_days(self, at: Instant) -> Floats:
        """Days from each epoch to `at` (n,), negative where the epoch lies later."""
        return (at.jd_day - self.epoch_jd_day) + (at.day_fraction - self.epoch_day_fraction)

    @property
    def period_min(self) -> Floats:
        """Keplerian period from the printed mean motion (n,), minutes."""
        return MINUTES_PER_DAY / self.mean_motion_rev_day

    def newest(self) -> ElementSets:
        """One row per object, the one with the latest epoch (the later row of two equal ones), by catalogue number."""
        order = np.lexsort((np.arange(len(self)), self.epoch_day_fraction, self.epoch_jd_day, self.norad_id))
        last = np.append(self.norad_id[order][1:] != self.norad_id[order][:-1], True) if len(self) else order
        return self[order[last.astype(bool)]]
