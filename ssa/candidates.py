"""Which objects a coverage question is about: an alliance's fleet, an owner's, a name's, a list, or all.

Payloads in operation are taken, as for fleets; the rest of the catalogue is counted by reason. An object that a caller
lists by number is taken whatever its type or status, unless it has decayed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np

from orbits.arrays import Integers, Texts, read_only
from orbits.errors import InvalidValue
from ssa.alliances import Alliance
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.errors import UnknownName
from ssa.fleets import Fleet, fleet_of, set_aside
from ssa.names import folded, nearest_names
from ssa.owners import find_owner
from ssa.recorded_dates import calendar_day


@dataclass(frozen=True, eq=False)
class Candidates:
    """Rows (k,) of a snapshot, read-only; what was asked for; the rest by reason; numbers not in it; caveats."""

    snapshot: CatalogueSnapshot
    rows: Integers
    asked: str
    left_out: Mapping[str, int]
    not_in_catalogue: tuple[int, ...] = ()
    caveats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", read_only(self.rows, np.int64))
        object.__setattr__(self, "left_out", MappingProxyType(dict(self.left_out)))

    def __len__(self) -> int:
        return len(self.rows)


def from_fleet(fleet: Fleet) -> Candidates:
    """The objects that count for an alliance; what is shared or only listed is counted among what was left out."""
    left_out = dict(fleet.left_out)
    for reason, rows in (
        ("shared with states that are not members", fleet.shared),
        ("listed, never counted", fleet.listed),
    ):
        if len(rows):
            left_out[reason] = len(rows)
    asked = f"{fleet.alliance.name} on {fleet.on}"
    return Candidates(fleet.snapshot, fleet.rows, asked, left_out, fleet.not_in_catalogue, fleet.caveats)


def of_alliance(
    alliance: Alliance, snapshot: CatalogueSnapshot, *, on: date | str | None = None, commercial: bool = False
) -> Candidates:
    """The fleet of an alliance on a day (default: the snapshot's); see `ssa.fleets.fleet_of`."""
    return from_fleet(fleet_of(alliance, snapshot, on=on, commercial=commercial))


def of_owner(code: str, snapshot: CatalogueSnapshot, *, on: date | str | None = None) -> Candidates:
    """The payloads in operation of an owner code; raises `UnknownName` for a code that is none."""
    owner = find_owner(code)
    return _of_catalogue(snapshot, on, snapshot.owner == owner.code, "another owner", f"owner {code} ({owner.name})")


def of_name(text: str, snapshot: CatalogueSnapshot, *, on: date | str | None = None) -> Candidates:
    """The payloads in operation whose name begins with `text`, in any case and punctuation.

    Raises `UnknownName` with the nearest names when no name of the catalogue does.
    """
    wanted = folded(text)
    if not wanted:
        raise InvalidValue("name", text, "holds no letter or digit; give the beginning of a name, such as ICEYE")
    names = snapshot.elements.name
    begins = np.array([f"{folded(name)} ".startswith((f"{wanted} ", wanted)) for name in names], dtype=bool)
    if not begins.any():
        raise UnknownName("name", text, nearest_names(text, dict.fromkeys(names.tolist())))
    return _of_catalogue(snapshot, on, begins, "another name", f"name begins with {text}")


def of_list(norad_ids: Iterable[int], snapshot: CatalogueSnapshot, *, on: date | str | None = None) -> Candidates:
    """The objects of these catalogue numbers; raises `InvalidValue` when none of them is in the catalogue."""
    numbers = list(dict.fromkeys(int(number) for number in norad_ids))
    rows, missing = snapshot.rows_of(numbers)
    if not len(rows):
        raise InvalidValue("objects", numbers, f"none of them is in the catalogue of {snapshot.as_of.isoformat(0)}")
    gone = _verdicts(snapshot, on)[rows] == "decayed"
    left_out = {"decayed": int(gone.sum())} if gone.any() else {}
    return Candidates(snapshot, rows[~gone], f"{len(numbers)} listed objects", left_out, tuple(missing))


def of_everything(snapshot: CatalogueSnapshot, *, on: date | str | None = None) -> Candidates:
    """Every payload in operation, whoever owns it."""
    return _of_catalogue(snapshot, on, np.ones(len(snapshot), dtype=bool), "", "the whole catalogue")


def joined(ours: Candidates, theirs: Candidates) -> Candidates:
    """Both of one snapshot together; an object of both is there once, and the rest is counted under one reason."""
    rows = np.union1d(ours.rows, theirs.rows)
    rest = len(ours.snapshot) - len(rows)
    left_out = {f"neither of {ours.asked} nor of {theirs.asked}": rest} if rest else {}
    missing = tuple(dict.fromkeys((*ours.not_in_catalogue, *theirs.not_in_catalogue)))
    caveats = tuple(dict.fromkeys((*ours.caveats, *theirs.caveats)))
    return Candidates(ours.snapshot, rows, f"{ours.asked} with {theirs.asked}", left_out, missing, caveats)


def _verdicts(snapshot: CatalogueSnapshot, on: date | str | None) -> Texts:
    day = snapshot.as_of.date() if on is None else calendar_day(on)
    return set_aside(snapshot, day, False, False)[0]


def _of_catalogue(
    snapshot: CatalogueSnapshot, on: date | str | None, wanted: np.ndarray, otherwise: str, asked: str
) -> Candidates:
    verdict = np.where(wanted, _verdicts(snapshot, on), otherwise)
    counts = Counter(reason for reason in verdict.tolist() if reason)
    ordered = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return Candidates(snapshot, np.flatnonzero(wanted & (verdict == "")), asked, ordered)
