"""Which objects a screening is about, from what a caller wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from api.selection import listed_numbers
from orbits import InvalidValue, TimeSpan
from orbits.arrays import Booleans, Integers
from ssa.alliances import Alliance, find_alliance
from ssa.candidates import Candidates, of_alliance, of_list, of_owner
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.conjunctions.filters import TYPES, narrowed
from ssa.conjunctions.volumes import Box, Ellipsoid, Volume
from ssa.missions import Missions, missions

_DEBRIS = ("DEB", "R/B")


@dataclass(frozen=True, eq=False)
class Screened:
    """Rows of the snapshot for both sides (None: everything), which are debris, what filters left out, what to say."""

    primaries: Integers | None
    secondaries: Integers | None
    debris: Booleans | None
    described: dict[str, str]
    left_out: dict[str, int]
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """Which primaries and secondaries are meant, beyond their sides' words."""

    mission: str | None = None
    active_only: bool = False
    primary_types: tuple[str, ...] = ()
    secondary_types: tuple[str, ...] = ()


_NO_FILTERS = Filters()


def choose_screened(
    snapshot: CatalogueSnapshot, span: TimeSpan, *, primaries: str, secondaries: str = "all",
    debris_on_debris: bool = True, on: str | None = None, commercial: bool = False, groups: tuple[Alliance, ...] = (),
    filters: Filters = _NO_FILTERS, missions_of: Callable[[CatalogueSnapshot], Missions] = missions,
) -> Screened:  # fmt: skip
    """Each side is `all`, `alliance:NAME`, `owner:CODE` or catalogue numbers, narrowed by the filters.

    Raises `InvalidValue` for numbers of which none is here and for a side that nothing is left of, `UnknownName` for
    names that are not known.
    """
    left_out: dict[str, int] = {}
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
    narrowing: tuple[dict[str, Any], ...] = (
        {"mission": filters.mission, "active_only": filters.active_only, "types": filters.primary_types},
        {"types": filters.secondary_types},
    )
    for place, (field, asked) in enumerate(zip(("primaries", "secondaries"), narrowing, strict=True)):
        if any(asked.values()):
            few = narrowed(snapshot, rows[place], side=field, missions_of=missions_of, **asked)
            rows[place] = few.rows
            left_out |= few.left_out
            caveats += few.caveats
    junk = None if debris_on_debris else np.isin(snapshot.object_type.astype(str), _DEBRIS)
    described = {"primaries": primaries, "secondaries": secondaries}
    return Screened(rows[0], rows[1], junk, described, left_out, tuple(caveats))


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


def types_of(field: str, text: str | None) -> tuple[str, ...]:
    """Object types of a text, such as `PAY,R/B`; raises `InvalidValue` for `field`."""
    found = () if text is None else tuple(part.strip().upper() for part in text.split(",") if part.strip())
    if (text is not None and not found) or any(one not in TYPES for one in found):
        raise InvalidValue(field, text, f"must be some of {', '.join(TYPES)}, parted by commas")
    return found


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
