"""What flies together: docked modules and formations, and constellations whose operator keeps its own apart.

Objects that stay near one another over the window are one thing to a watch: an encounter of a station with a piece of
debris is one alert, not one for each module and ship at its ports. Pairs inside one operator's constellation are kept
apart by that operator with orbits of its own; such pairs are told by name and owner, and can be asked for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np

from orbits.arrays import Booleans, Floats, Integers, Texts
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.fleets import OPERATIONAL

SAME_ENCOUNTER_S = 5.0  # two modules 100 m apart meet a third object within hundredths of a second; slow ones later
STATUS_UNKNOWN = (
    "The catalogue records the operational status of no payload: constellations are told by owner and name alone."
)
CONSTELLATION_SIZE = 30  # operational payloads of one owner with one name
_FAMILY = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


def companions(count: int, pairs: Iterable[tuple[int, int]]) -> Integers:
    """The group (count,) of each row, named by its lowest row: rows of a pair are of one group, as are chains of them.

    >>> companions(5, [(3, 1), (4, 3)]).tolist()
    [0, 1, 2, 1, 1]
    """
    group = np.arange(count)

    def root(row: int) -> int:
        while group[row] != row:
            group[row] = group[group[row]]
            row = int(group[row])
        return row

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        group[second] = first
    return np.array([root(row) for row in range(count)], dtype=np.int64)


def knows_status(snapshot: CatalogueSnapshot) -> bool:
    """Whether the catalogue has the operational status of any payload."""
    return any(bool(text) for text in snapshot.ops_status[snapshot.object_type == "PAY"])


def families(snapshot: CatalogueSnapshot) -> Integers:
    """The constellation (n,) of each operational payload, -1 for objects of none: one owner, one name, 30 of them.

    Where the catalogue knows the status of no payload, all of them count, as for fleets.
    """
    active = np.asarray(snapshot.object_type == "PAY")
    if knows_status(snapshot):
        active &= np.isin(snapshot.ops_status.astype(str), sorted(OPERATIONAL))
    keys = [
        (owner, found[0]) if use and (found := _FAMILY.match(name)) else None
        for owner, name, use in zip(snapshot.owner, snapshot.elements.name, active.tolist(), strict=True)
    ]
    sizes = Counter(key for key in keys if key is not None)
    numbers = {
        key: place for place, key in enumerate(sorted(key for key, size in sizes.items() if size >= CONSTELLATION_SIZE))
    }
    return np.array([numbers.get(key, -1) if key is not None else -1 for key in keys], dtype=np.int64)


def first_of_each(
    group_of: Integers, one: Integers, other: Integers, seconds: Floats, rank: Floats
) -> tuple[Integers, Texts]:
    """Which encounters (k,) stand for all: of two groups at one time, the one that ranks lowest; and for how many.

    `one` and `other` are rows (n,), `seconds` the times (n,), `rank` (n,) sorts those of one encounter. Returns places,
    and the places that each stands for, itself included (an array each).
    """
    first, second = np.minimum(group_of[one], group_of[other]), np.maximum(group_of[one], group_of[other])
    order = np.lexsort((seconds, second, first))
    if not len(order):
        return order, np.empty(0, dtype=object)
    begins = np.concatenate([[True], (np.diff(first[order]) != 0) | (np.diff(second[order]) != 0)
                             | (np.diff(seconds[order]) > SAME_ENCOUNTER_S)])  # fmt: skip
    starts = np.flatnonzero(begins)
    runs = np.split(order, starts[1:])
    chosen = np.array([run[np.argmin(rank[run])] if len(run) > 1 else run[0] for run in runs], dtype=np.int64)
    held = np.empty(len(runs), dtype=object)
    held[:] = runs
    return chosen, held


def inside_one_family(family: Integers, one: Integers, other: Integers) -> Booleans:
    """Whether both rows of each pair (n,) are of one constellation."""
    return np.asarray((family[one] >= 0) & (family[one] == family[other]))
