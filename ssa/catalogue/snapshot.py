"""The catalogue as one frozen value: the only input that makes two runs equal."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from orbits import ElementSets, Instant
from orbits.arrays import Booleans, Floats, Texts, read_only

DataMode = Literal["REAL", "SIMULATED"]
_FACTS = ("owner", "object_type", "ops_status", "launch_date", "decay_date")


@dataclass(frozen=True, eq=False)
class CatalogueSnapshot:
    """One element set per object, by catalogue number, with what the satellite catalogue says of each object.

    The fact columns are (n,) like the elements: `owner` (CelesTrak source code), `object_type` (PAY, R/B, DEB, UNK),
    `ops_status`, `launch_date`, `decay_date` (ISO dates) are text or None where unknown; `rcs_m2` is NaN where
    unknown. `as_of` is the moment for which the catalogue was asked, `digest` a SHA-256 of everything in it.
    """

    elements: ElementSets
    owner: Texts
    object_type: Texts
    ops_status: Texts
    launch_date: Texts
    decay_date: Texts
    rcs_m2: Floats
    as_of: Instant
    data_mode: DataMode
    source: str
    digest: str = ""

    def __post_init__(self) -> None:
        for column in _FACTS:
            object.__setattr__(self, column, read_only(getattr(self, column), np.object_))
        object.__setattr__(self, "rcs_m2", read_only(self.rcs_m2, np.float64))
        if not self.digest:
            object.__setattr__(self, "digest", self._digest())

    def _digest(self) -> str:
        digest = hashlib.sha256(self.data_mode.encode())
        for column in self.elements.column_names():
            values = getattr(self.elements, column)
            digest.update(values.tobytes() if values.dtype != np.object_ else "\x1f".join(values).encode())
        for column in _FACTS:
            digest.update("\x1f".join("\x00" if text is None else text for text in getattr(self, column)).encode())
        digest.update(self.rcs_m2.tobytes())
        return digest.hexdigest()

    def __len__(self) -> int:
        return len(self.elements)

    def __getitem__(self, rows: Any) -> CatalogueSnapshot:
        """The chosen objects; the digest stays that of the whole catalogue, which the answer came from."""
        if isinstance(rows, (int, np.integer)):
            rows = [int(rows)]
        facts = {column: getattr(self, column)[rows] for column in (*_FACTS, "rcs_m2")}
        return CatalogueSnapshot(
            elements=self.elements[rows], **facts, as_of=self.as_of, data_mode=self.data_mode, source=self.source,
            digest=self.digest,
        )  # fmt: skip

    def rows_of(self, norad_ids: Any) -> tuple[Any, list[int]]:
        """Row indices of the catalogue numbers that are here, in the order given, and the numbers that are not."""
        wanted = np.asarray(list(norad_ids), dtype=np.int64)
        known = self.elements.norad_id
        place = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
        found = known[place] == wanted if len(known) else np.zeros(len(wanted), dtype=bool)
        return place[found], [int(number) for number in wanted[~found]]

    def counts(self, column: str) -> dict[str, int]:
        """How many objects have each value of a fact column; unknown is counted under `unknown`."""
        counted = Counter("unknown" if text is None else text for text in getattr(self, column))
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    def decayed(self, at: Instant | None = None) -> Booleans:
        """Which objects had decayed by `at` (default: `as_of`), by the satellite catalogue (n,); False where unknown.

        Such sets stay in the snapshot; `.sum()` is their count.
        """
        day = (self.as_of if at is None else at).date().isoformat()
        return np.array([text is not None and text <= day for text in self.decay_date], dtype=np.bool_)

    def provenance(self, at: Instant) -> dict[str, Any]:
        """The `catalogue` key of every answer; ages are counted to `at`."""
        ages = self.elements.age_days(at)
        return {
            "as_of": self.as_of.isoformat(0),
            "digest": self.digest,
            "data_mode": self.data_mode,
            "objects": len(self),
            "oldest_epoch_age_days": round(float(ages.max()), 3) if len(self) else None,
            "newest_epoch_age_days": round(float(ages.min()), 3) if len(self) else None,
            "source": self.source,
        }
