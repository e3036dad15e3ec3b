"""Which objects a screening is about, from what a caller wrote."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from api.selection import listed_numbers
from orbits import InvalidValue, TimeSpan
from orbits.arrays import Booleans, Integers
from ssa.alliances import Alliance, find_alliance
from ssa.candidates import Candidates, of_alliance, of_list, of_owner
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.conjunctions.volumes import Box, Ellipsoid, Volume

_DEBRIS = ("DEB", "R/B")


@dataclass(frozen=True, eq=False)
class Screened:
    """Rows of the snapshot for both sides (None: everything), which are debris, and what to say."""

    primaries: Integers | None
    secondaries: Integers | None
    debris: Booleans | None
    described: dict[str, str]
    caveats: tuple[str, ...]


def choose_screened(
    snapshot: CatalogueSnapshot, span: TimeSpan, *, primaries: str, secondaries: str = "all",
    debris_on_debris: bool = True, on: str | None = None, commercial: bool = False, groups: tuple[Alliance, ...] = (),
) -> Screened:  # fmt: skip
    """Each side is `all`, `alliance:NAME`, `owner:CODE` or catalogue numbers.

    Raises `InvalidValue` for numbers of which none is here, `UnknownName` for names that are not known.
    """
    rows: list[Integers | None] = []
    caveats: list[str] = []
    for field, text in (("primaries", primaries), ("secondaries", secondaries)):
        chosen = _side(snapshot, field, text, on or span.start.date().isoformat(), commercial, groups)
        rows.append(None if chosen is None else chosen.rows)
        if chosen is not None:
            caveats += chosen.caveats
            if chosen.not_in_catalogue:
                shown = ", ".join(map(str, chosen.not_in_catalogue[:10]))
                caveats.append(f"{field}: {len(chosen.not_in_catalogue):,} are not in the catalogue ({shown}).")
            caveats += [f"{field}: {count:,} left out: {reason}." for reason, count in chosen.left_out.items()][:8]
    junk = None if debris_on_debris else np.isin(snapshot.object_type.astype(str), _DEBRIS)
    described = {"primaries": primaries, "secondaries": secondaries}
    return Screened(rows[0], rows[1], junk, described, tuple(caveats))


def _side(
    snapshot: CatalogueSnapshot, field: str, text: str, on: str, commercial: bool, groups: tuple[Alliance, ...]
) -> Candidates | None:
    kind, colon, name = text.partition(":")
    if text == "all":
        return None
    if colon and kind == "alliance":
        return of_alliance(find_alliance(name, groups), snapshot, on=on, commercial=commercial)
    if colon and kind == "owner":
        return of_owner(name, snapshot, on=on)
    if colon:
        raise InvalidValue(
            field, text, "write all, alliance:NAME, owner:CODE, or catalogue numbers such as 25544,48274"
        )
    return of_list(listed_numbers(field, text), snapshot, on=on)


def volume_of(miss_km: float | None, box: str | None, ellipsoid: str | None) -> Volume | None:
    """A volume from three half sizes `R,T,N` in km, or None where a distance is asked about."""
    given = [
        name for name, value in (("miss_km", miss_km), ("box", box), ("ellipsoid", ellipsoid)) if value is not None
    ]
    if len(given) > 1:
        raise InvalidValue(given[1], None, f"stands beside {given[0]}; give one distance or volume")
    field, text = ("box", box) if box is not None else ("ellipsoid", ellipsoid)
    if text is None:
        return None
    try:
        sizes = [float(part) for part in text.split(",")]
        radial, transverse, normal = sizes
    except ValueError:
        raise InvalidValue(field, text, "must be three half sizes in km, such as 2,25,25") from None
    return Box(radial, transverse, normal) if box is not None else Ellipsoid(radial, transverse, normal)
