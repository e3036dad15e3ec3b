"""Which objects a question is about: catalogue numbers, an alliance's fleet or everything, narrowed by mission."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from orbits import Instant, InvalidValue
from orbits.arrays import Booleans, Integers
from orbits.formats import parse_catalogue_number
from ssa.alliances import Alliance, find_alliance
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.fleets import fleet_of
from ssa.missions import Missions, missions

MAX_LISTED_OBJECTS = 10_000
_SEPARATORS = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class SkippedObject:
    """An object that was asked for and has no answer."""

    norad_id: int
    name: str | None
    reason: str

    def row(self) -> dict[str, Any]:
        return {"norad_id": self.norad_id, "name": self.name, "reason": self.reason}


@dataclass(frozen=True, eq=False)
class Selection:
    """The objects chosen, as a part of the catalogue; how they were chosen, and what was not, with the reasons."""

    objects: CatalogueSnapshot
    described: dict[str, Any]
    skipped: tuple[SkippedObject, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a caller asked for: exactly one of `objects` (text), `alliance` (name) and `everything`."""

    objects: str | None = None
    alliance: str | None = None
    everything: bool = False
    on: str | None = None
    commercial: bool = False
    mission: str | None = None
    groups: tuple[Alliance, ...] = ()


def select_objects(
    snapshot: CatalogueSnapshot,
    choice: Choice,
    *,
    at: Instant,
    missions_of: Callable[[CatalogueSnapshot], Missions] = missions,
) -> Selection:
    """The objects of a choice, for a question about the time from `at` on.

    Objects that had decayed by `at` are skipped by name. Raises `InvalidValue` when the choice names no objects or
    several kinds at once, or when no object of a list is in the catalogue; `UnknownName` for unknown names.
    """
    given = [name for name in ("objects", "alliance") if getattr(choice, name) is not None]
    given += ["all"] if choice.everything else []
    if len(given) != 1:
        said = " and ".join(given) or "none of them"
        raise InvalidValue("objects", said, "say which objects: exactly one of objects, alliance and all")
    if choice.alliance is None and (choice.on is not None or choice.commercial):
        name = "on" if choice.on is not None else "commercial"
        raise InvalidValue(name, choice.on or True, "goes with an alliance only; give one, or leave it out")

    if choice.objects is not None:
        rows, skipped = _listed(snapshot, choice.objects)
        selection = Selection(snapshot, {"objects": len(rows)}, skipped)
    elif choice.alliance is not None:
        rows, selection = _fleet(snapshot, choice, choice.alliance, at)
    else:
        rows, selection = np.arange(len(snapshot)), Selection(snapshot, {"all": True})
    return _narrowed(selection, rows, choice, at, missions_of)


def listed_numbers(field: str, text: str | None) -> list[int]:
    """The catalogue numbers of a text, each once, none where there is no text; raises `InvalidValue` for `field`."""
    if text is None:
        return []
    parts = [part for part in _SEPARATORS.split(text.strip()) if part]
    if not parts:
        raise InvalidValue(field, text, "holds no catalogue number; write them as 25544,48274")
    if len(parts) > MAX_LISTED_OBJECTS:
        raise InvalidValue(field, f"{len(parts)} numbers", f"more than {MAX_LISTED_OBJECTS}; ask in parts")
    try:
        return list(dict.fromkeys(parse_catalogue_number(part) for part in parts))
    except InvalidValue as error:
        raise InvalidValue(field, error.value, error.reason) from None


def _listed(snapshot: CatalogueSnapshot, text: str) -> tuple[Integers, tuple[SkippedObject, ...]]:
    wanted = listed_numbers("objects", text)
    rows, missing = snapshot.rows_of(wanted)
    if not len(rows):
        raise InvalidValue(
            "objects",
            text,
            f"none of them is in the catalogue of {snapshot.as_of.isoformat(0)} ({len(snapshot)} objects)",
        )
    return rows, tuple(SkippedObject(number, None, "not in the catalogue") for number in missing)


def _fleet(snapshot: CatalogueSnapshot, choice: Choice, name: str, at: Instant) -> tuple[Integers, Selection]:
    alliance = find_alliance(name, choice.groups)
    fleet = fleet_of(alliance, snapshot, on=choice.on or at.date(), commercial=choice.commercial)
    described = {
        "alliance": alliance.id,
        "name": alliance.name,
        "on": fleet.on.isoformat(),
        "commercial": choice.commercial,
        "members": [membership.iso3 for membership in fleet.members],
        "counted_by": fleet.counts_by("counted_by"),
        "owners": fleet.counts_by("owner"),
        "shared": len(fleet.shared),
        "listed": len(fleet.listed),
    }
    skipped = tuple(SkippedObject(number, None, "not in the catalogue") for number in fleet.not_in_catalogue)
    left_out = dict(fleet.left_out)
    for key, rows in (
        ("shared with states that are not members", fleet.shared),
        ("listed, never counted", fleet.listed),
    ):
        if len(rows):
            left_out[key] = len(rows)
    return fleet.rows, Selection(snapshot, described, skipped, left_out, fleet.caveats)


def _narrowed(
    selection: Selection, rows: Integers, choice: Choice, at: Instant,
    missions_of: Callable[[CatalogueSnapshot], Missions],
) -> Selection:  # fmt: skip
    snapshot, left_out, caveats = selection.objects, dict(selection.left_out), list(selection.caveats)
    described = dict(selection.described)
    if choice.mission is not None:
        serving = missions_of(snapshot).serving(choice.mission)[rows]
        described["mission"] = choice.mission
        if not serving.all():
            left_out[f"mission is not {choice.mission}, or not known"] = int((~serving).sum())
        caveats.append("Missions are told from names and public lists: names are hints, and dual use is common.")
        rows = rows[serving]
    gone = _decayed_by(snapshot, rows, at)
    skipped = list(selection.skipped)
    skipped += [
        SkippedObject(
            int(snapshot.elements.norad_id[row]), str(snapshot.elements.name[row]),
            f"decayed on {snapshot.decay_date[row]} by the satellite catalogue",
        )
        for row in rows[gone].tolist()
    ]  # fmt: skip
    return Selection(snapshot[rows[~gone]], described, tuple(skipped), left_out, tuple(caveats))


def _decayed_by(snapshot: CatalogueSnapshot, rows: Integers, at: Instant) -> Booleans:
    day = at.date().isoformat()
    return np.array([bool(text) and text < day for text in snapshot.decay_date[rows]], dtype=bool)
