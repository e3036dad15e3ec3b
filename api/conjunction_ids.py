"""Names of conjunctions in addresses: both catalogue numbers, the time, and the catalogue that says so.

    25544-48274-20260310T120305123Z-20260310T040000000000Z-1f2e3d4c

The time of closest approach to the millisecond, the catalogue's time, the first digits of its digest. Equal names are
equal conjunctions, whichever screening found them, and everything about one can be worked out from its name as long as
that catalogue is in the database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from api.answers.columns import iso_texts
from api.catalogue_keeper import CatalogueKeeper
from api.errors import NotFound
from orbits import Instant, InvalidValue
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.conjunctions.screening import Screening

_DIGEST_DIGITS = 8
_FORM = re.compile(r"(\d{1,9})-(\d{1,9})-(\d{8}T\d{9})Z-(\d{8}T\d{12})Z-([0-9a-f]{8})", re.ASCII)
_FIELD = "conjunction_id"


@dataclass(frozen=True, slots=True)
class ConjunctionName:
    """What a name says."""

    text: str
    primary_id: int
    secondary_id: int
    tca: Instant
    as_of: Instant
    digest: str

    @classmethod
    def parse(cls, text: str) -> ConjunctionName:
        """Read a name; raises `NotFound` for a text that is none.

        >>> name = ConjunctionName.parse("25544-48274-20260310T120305123Z-20260310T040000000000Z-1f2e3d4c")
        >>> name.primary_id, str(name.tca)
        (25544, '2026-03-10T12:03:05.123000Z')
        """
        found = _FORM.fullmatch(text)
        if found is None:
            raise NotFound(_FIELD, text, "is no id of a conjunction; take one from the answer of a screening")
        one, other, tca, as_of, digest = found.groups()
        try:
            return cls(text, int(one), int(other), _instant(tca), _instant(as_of), digest)
        except InvalidValue as error:
            raise NotFound(_FIELD, text, f"holds a time that is none: {error.reason}") from None

    def snapshot(self, keeper: CatalogueKeeper) -> CatalogueSnapshot:
        """The catalogue that the name speaks of; raises `NotFound` when it is not here (any more)."""
        served = keeper.snapshot()
        if not served.snapshot.digest.startswith(self.digest):
            try:
                served = keeper.snapshot(self.as_of)
            except InvalidValue as error:
                raise NotFound(_FIELD, self.text, f"its catalogue is not here: {error.reason}") from None
        if not served.snapshot.digest.startswith(self.digest):
            raise NotFound(_FIELD, self.text, "comes from a catalogue that is not here (any more); screen again")
        return served.snapshot


def conjunction_ids(snapshot: CatalogueSnapshot, found: Screening) -> list[str]:
    """The name of each conjunction of a screening."""
    numbers = snapshot.elements.norad_id
    stamp = f"{_packed(snapshot.as_of.isoformat(6))}-{snapshot.digest[:_DIGEST_DIGITS]}"
    columns = zip(
        numbers[found.primary_row].tolist(), numbers[found.secondary_row].tolist(),
        iso_texts(found.span.start, found.tca_s), strict=True,
    )  # fmt: skip
    return [f"{one}-{other}-{_packed(tca)}-{stamp}" for one, other, tca in columns]


def _packed(text: str) -> str:
    return text.replace("-", "").replace(":", "").replace(".", "")


def _instant(packed: str) -> Instant:
    day, clock = packed.split("T")
    text = f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock[:2]}:{clock[2:4]}:{clock[4:6]}.{clock[6:]}Z"
    return Instant.parse(text, "time")
