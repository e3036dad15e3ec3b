"""Which satellites stand behind an answer on navigation: the systems asked for, their members and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from orbits import ElementSets, Instant
from orbits.arrays import Integers, read_only
from orbits.errors import InvalidValue
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.constellations import ConstellationMembers, find_constellation, members_of

HEALTH_UNKNOWN = (
    "Element sets do not say whether a satellite broadcasts, is set healthy or is under maintenance: health is "
    "unknown, and every satellite that the catalogue calls operational is used."
)
NO_STATUS = "The catalogue records no operational status of {names}: spares and dead satellites may be counted."


@dataclass(frozen=True, eq=False)
class NavigationFleet:
    """The satellites used (n), system by system: `rows` of the snapshot and the number of their system in `systems`."""

    snapshot: CatalogueSnapshot
    systems: tuple[ConstellationMembers, ...]
    rows: Integers
    system: Integers

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", read_only(self.rows, np.int64))
        object.__setattr__(self, "system", read_only(self.system, np.int64))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def elements(self) -> ElementSets:
        """Their element sets (n)."""
        return self.snapshot.elements[self.rows]

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be known to use an answer from these satellites."""
        unknown = [each.constellation.name for each in self.systems if not each.status_known and len(each.rows)]
        empty = [each.constellation.name for each in self.systems if not len(each.rows)]
        told = [HEALTH_UNKNOWN]
        if unknown:
            told.append(NO_STATUS.format(names=", ".join(unknown)))
        if empty:
            told.append(f"No satellite of {', '.join(empty)} is used; see what was left out, and why.")
        return tuple(told)


def parse_systems(text: str | Sequence[str]) -> tuple[str, ...]:
    """Ids of the systems that a text such as `GPS,GALILEO` names, each once, in order; `all` is all six.

    Raises `InvalidValue` (and `UnknownName`).

    >>> parse_systems("navstar, Galileo")
    ('gps', 'galileo')
    """
    names = [name.strip() for name in text.split(",")] if isinstance(text, str) else list(text)
    names = [name for name in names if name]
    if not names:
        raise InvalidValue("systems", text, "names no system; write GPS,GALILEO or all")
    if [name.casefold() for name in names] == ["all"]:
        return ("gps", "galileo", "glonass", "beidou", "qzss", "navic")
    return tuple(dict.fromkeys(find_constellation(name).id for name in names))


def navigation_fleet(
    snapshot: CatalogueSnapshot,
    systems: str | Sequence[str],
    at: Instant,
    *,
    include_reserves: bool = False,
    without: Iterable[int] = (),
) -> NavigationFleet:
    """The satellites of the systems that are used at a time; `without` are catalogue numbers to take away.

    Raises `InvalidValue` where `without` names a satellite that is in none of the systems.
    """
    taken = {int(number) for number in without}
    found = tuple(
        members_of(find_constellation(name), snapshot, at.date(), include_reserves=include_reserves, without=taken)
        for name in parse_systems(systems)
    )
    strangers = taken - {left.norad_id for members in found for left in members.left_out}
    if strangers:
        named = ", ".join(str(number) for number in sorted(strangers))
        raise InvalidValue("without", named, "is no satellite of the systems asked for; see what they are without it")
    rows = np.concatenate([members.rows for members in found])
    system = np.repeat(np.arange(len(found)), [len(members.rows) for members in found])
    return NavigationFleet(snapshot, found, rows, system)
