"""Earlier element sets of objects, sorted out for `ssa.debris.ballistics`: what each lost between them is its drag.

A history holds the set that an object falls from and those before it. Sets of other objects, sets newer than that one,
and sets without a usable orbit are left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from orbits import ElementSets


@dataclass(frozen=True, eq=False)
class ElementHistory:
    """Sets by catalogue number, oldest first, two or more of each; how many were given and what was left out."""

    by_object: Mapping[int, ElementSets]
    sets: int
    left_out: Mapping[str, int]

    def __len__(self) -> int:
        return len(self.by_object)


def history_of(elements: ElementSets, earlier: Iterable[ElementSets]) -> ElementHistory:
    """The history of objects (n,), each with one set in `elements`, out of sets of any earlier days."""
    given = ElementSets.concatenate([elements, *earlier])
    served = {int(number): row for row, number in enumerate(elements.norad_id)}
    number = given.norad_id
    days = given.epoch_jd_day - 2_440_000.0 + given.epoch_day_fraction
    place = np.array([served.get(int(each), -1) for each in number.tolist()], dtype=np.int64)
    known = place >= 0
    newest = np.where(known, days[place], -np.inf)  # the sets of `elements` stand first
    newer = known & (days > newest)
    kept = np.flatnonzero(known & ~newer)
    order = kept[np.lexsort((days[kept], place[kept]))]
    same = np.zeros(len(order), dtype=np.bool_)
    same[1:] = (place[order][1:] == place[order][:-1]) & (np.diff(days[order]) < 1e-6)
    order = order[~same]
    first = np.flatnonzero(np.concatenate([[True], np.diff(place[order]) != 0])) if len(order) else order
    ends = np.append(first[1:], len(order)).astype(np.int64)
    found = {
        int(number[order[low]]): given[order[low:high]]
        for low, high in zip(first.tolist(), ends.tolist(), strict=True)
        if high - low > 1
    }
    left_out = {
        "of other objects": int((~known).sum()), "newer than the catalogue's": int(newer.sum()),
        "the same set again": int(same.sum()),
    }  # fmt: skip
    return ElementHistory(found, len(given) - len(elements), {word: count for word, count in left_out.items() if count})
