"""Passes of many objects in parts, for whoever must say how far a search is, or stop it; joined they are the whole.

Only the passes that rise first need be held: a month of the whole catalogue over fifty sites has tens of millions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np

from orbits import ElementSets, TimeSpan
from orbits.sites import GroundSite, HorizonMask
from ssa.passes import Passes, find_passes

_BY_PASS = (
    "object_row", "site_row", "rise_s", "culmination_s", "set_s", "cut_at_start", "cut_at_end", "looks", "sunlit",
    "site_is_dark", "time_plus_minus_s",
)  # fmt: skip
_EXTRA = ("extra_pass", "extra_s", "extra_looks")


def passes_by_parts(
    elements: ElementSets, sites: Sequence[GroundSite], span: TimeSpan, *, mask: HorizonMask | float = 10.0,
    part_objects: int, threads: int | None = None,
) -> Iterator[Passes]:  # fmt: skip
    """The passes of the first `part_objects` objects, then of the next; raises what `find_passes` raises."""
    for first in range(0, max(len(elements), 1), part_objects):
        yield find_passes(elements[first : first + part_objects], sites, span, mask=mask, threads=threads)


def join_passes(parts: Sequence[Passes]) -> Passes:
    """The passes of several runs of objects over the same sites and span as those of all the objects."""
    objects = np.cumsum([0, *(len(part.elements) for part in parts)])
    passes = np.cumsum([0, *(len(part) for part in parts)])
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(part, name) for part in parts]) for name in (*_BY_PASS, *_EXTRA)
    }
    columns["object_row"] = np.concatenate(
        [part.object_row + first for part, first in zip(parts, objects, strict=False)]
    )
    columns["extra_pass"] = np.concatenate(
        [part.extra_pass + first for part, first in zip(parts, passes, strict=False)]
    )
    return replace(
        parts[0],
        elements=ElementSets.concatenate([part.elements for part in parts]),
        failed=tuple(failed for part in parts for failed in part.failed),
        caveats=tuple(dict.fromkeys(caveat for part in parts for caveat in part.caveats)),
        **columns,
    )


def first_to_rise(passes: Passes, limit: int) -> Passes:
    """The `limit` passes that rise first; objects that failed stay listed."""
    if len(passes) <= limit:
        return passes
    rows = np.sort(passes.in_order_of_rise()[:limit])
    columns: dict[str, Any] = {name: getattr(passes, name)[rows] for name in _BY_PASS}
    kept = np.isin(passes.extra_pass, rows)
    columns |= {name: getattr(passes, name)[kept] for name in _EXTRA}
    columns["extra_pass"] = np.searchsorted(rows, passes.extra_pass[kept])
    return replace(passes, **columns)


_OF_THE_SEARCH = {"elements", "sites", "span", "mask", "failed", "caveats"}
assert {field.name for field in fields(Passes)} == {*_BY_PASS, *_EXTRA, *_OF_THE_SEARCH}  # a new column must be joined
