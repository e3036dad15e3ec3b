"""Filters of a screening: which of its primaries are meant, and pairs that one operator settles itself.

Filters by mission, type and status narrow the primaries (`Narrowed`), so that a pair is kept when at least one of the
two fits: what threatens an active payload is mostly debris. Pairs inside one fleet are found by the rule of the alerts
(`ssa.alerts.together.families`: operational payloads of one owner with one name, at least 30 of them).

Active is a payload whose status in the satellite catalogue is operational, partly so, spare, backup or extended. That
catalogue is slow and lists the dead late. Payloads without a status are left out and counted, unless no payload of the
catalogue has one: then all are kept and a caveat says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from orbits.arrays import Booleans, Integers
from orbits.errors import InvalidValue
from ssa.alerts.together import STATUS_UNKNOWN, families, inside_one_family, knows_status
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.conjunctions.screening import Screening, Stays
from ssa.fleets import OPERATIONAL
from ssa.missions import Missions, missions

TYPES = ("PAY", "R/B", "DEB", "UNK")
SAME_FLEET = "conjunctions of two of one operator's constellation, which keeps its own apart"
SAME_FLEET_STAYS = "stays of two of one operator's constellation"
_MISSION_CAVEAT = "Missions are told from names and public lists: names are hints, and dual use is common."
_NO_STATUS = "The catalogue records the operational status of no payload: every payload is taken as active."
_STATUS_CAVEAT = (
    "Active is what the satellite catalogue calls operational: it knows of losses late and of many payloads nothing."
)


@dataclass(frozen=True, eq=False)
class Narrowed:
    """Rows (k,) that are left, how many objects each filter left out, and what must be said of it."""

    rows: Integers
    left_out: dict[str, int]
    caveats: tuple[str, ...] = ()


def narrowed(
    snapshot: CatalogueSnapshot, rows: Integers | None = None, *, side: str = "primaries", mission: str | None = None,
    types: Iterable[str] = (), active_only: bool = False,
    missions_of: Callable[[CatalogueSnapshot], Missions] = missions,
) -> Narrowed:  # fmt: skip
    """The rows (default: all) of one side of a screening that serve a mission, are of some types, are active.

    Raises `InvalidValue` for a type that is none and when nothing is left, `UnknownName` for a mission.
    """
    kept = np.arange(len(snapshot)) if rows is None else np.asarray(rows, dtype=np.int64)
    left_out: dict[str, int] = {}
    caveats: list[str] = []

    def keep(mask: Booleans, reason: str) -> None:
        nonlocal kept
        if not mask.all():
            left_out[f"{side}: {reason}"] = int((~mask).sum())
        kept = kept[mask]

    wanted = tuple(dict.fromkeys(types))
    for one in wanted:
        if one not in TYPES:
            raise InvalidValue("types", one, f"is no object type; give some of {', '.join(TYPES)}")
    if wanted:
        kind = np.array([text if text in TYPES else "UNK" for text in snapshot.object_type[kept]], dtype=object)
        keep(np.isin(kind.astype(str), wanted), f"type is not {' or '.join(wanted)}")
    if active_only:
        keep(np.asarray(snapshot.object_type[kept] == "PAY"), "no payloads")
        statuses = np.array([text or "" for text in snapshot.ops_status[kept]], dtype=object).astype(str)
        is_known = statuses != ""
        if is_known.any():
            keep(is_known, "payloads of unknown status")
            keep(np.isin(statuses[is_known], sorted(OPERATIONAL)), "payloads that are not active")
            caveats.append(_STATUS_CAVEAT)
        else:
            caveats.append(_NO_STATUS)
    if mission is not None:
        keep(missions_of(snapshot).serving(mission)[kept], f"mission is not {mission}, or not known")
        caveats.append(_MISSION_CAVEAT)
    if not len(kept):
        raise InvalidValue(side, mission or ", ".join(wanted) or "active", "leaves no object; ask for more")
    return Narrowed(kept, left_out, tuple(caveats))


def without_same_fleet(found: Screening, snapshot: CatalogueSnapshot) -> Screening:
    """A screening of `snapshot.elements` without pairs inside one constellation; those are counted."""
    family = families(snapshot)
    inside = inside_one_family(family, found.primary_row, found.secondary_row)
    stays = found.stays
    staying = inside_one_family(family, stays.primary_row, stays.secondary_row)
    columns = {name: getattr(stays, name)[~staying] for name in Stays.__dataclass_fields__}
    counts = {**found.counts, SAME_FLEET: int(inside.sum()), SAME_FLEET_STAYS: int(staying.sum())}
    caveats = found.caveats if knows_status(snapshot) else (*found.caveats, STATUS_UNKNOWN)
    return replace(found[~inside], stays=Stays(**columns), counts=counts, caveats=caveats)
