"""What satellites are for: a mission category for every object, and the evidence for it.

Order of evidence, strongest first: a curated entry for the catalogue number; the GCAT payload catalogue, where the
caller gives it; membership of a CelesTrak group, where given; a pattern on the object's name with its owner code;
otherwise unknown. A mission is never guessed from an orbit.

Limits: names are hints. Satellites of one name can differ (YAOGAN), classified ones are told only as military, and dual
use is the rule rather than the exception. Rocket bodies and debris have no mission: they are "unknown".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from orbits.arrays import Booleans, Integers, Texts, read_only
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.data import packaged_facts
from ssa.errors import UnknownName
from ssa.gcat import GcatPayloads
from ssa.names import folded, nearest_names, without_mark

Evidence = Literal["curated", "gcat", "celestrak-group", "name", "none"]
_DECIDE_AFTER_NAMES = "celestrak_groups_after_names"


@dataclass(frozen=True, eq=False)
class Missions:
    """Categories as columns, one row per object of the snapshot, all (n,) and read-only.

    `category` is the first (main) category; `categories` holds a tuple of all, as a satellite may serve several.
    `evidence` is the kind of evidence and `why` says it in words.
    """

    norad_id: Integers
    category: Texts
    categories: Texts
    evidence: Texts
    why: Texts

    def __post_init__(self) -> None:
        object.__setattr__(self, "norad_id", read_only(self.norad_id, np.int64))
        for column in ("category", "categories", "evidence", "why"):
            object.__setattr__(self, column, read_only(getattr(self, column), np.object_))

    def __len__(self) -> int:
        return len(self.norad_id)

    def serving(self, mission: str) -> Booleans:
        """A mask (n,) of the objects that serve a mission: a category, or a group of them such as `imaging`.

        Raises `UnknownName` with the nearest missions.
        """
        wanted = frozenset(mission_categories(mission))
        return np.array([not wanted.isdisjoint(found) for found in self.categories], dtype=bool)

    def counts(self) -> dict[str, int]:
        """How many objects have each main category, the largest first."""
        return dict(Counter(self.category).most_common())


def mission_categories(mission: str) -> tuple[str, ...]:
    """The categories that a mission name stands for.

    Raises `UnknownName` with the nearest missions.

    >>> mission_categories("imaging")
    ('surveillance-optical', 'surveillance-sar')
    """
    table = packaged_facts("missions")
    known = {folded(name): (name,) for name in table["categories"]}
    known |= {folded(name): tuple(categories) for name, categories in table["groups"].items()}
    if folded(mission) in known:
        return known[folded(mission)]
    raise UnknownName("mission", mission, nearest_names(mission, (*table["categories"], *table["groups"])))


def missions(
    snapshot: CatalogueSnapshot,
    *,
    gcat: GcatPayloads | None = None,
    groups: Mapping[str, Collection[int]] | None = None,
) -> Missions:
    """The missions of a snapshot's objects.

    `gcat` is the payload catalogue as `ssa.gcat.read_gcat_payloads` reads it; `groups` maps CelesTrak group names to
    the catalogue numbers in them (groups that say nothing of a mission are passed over).
    """
    by_group = _by_group(groups or {})
    elements = snapshot.elements
    facts = zip(elements.norad_id.tolist(), elements.name, snapshot.owner, snapshot.object_type, strict=True)
    rows = [_decide(*known, gcat=gcat, by_group=by_group) for known in facts]
    categories, evidence, why = (np.empty(len(rows), dtype=np.object_) for _ in range(3))
    for row, decided in enumerate(rows):
        categories[row], evidence[row], why[row] = decided
    main = np.array([found[0] for found in categories], dtype=np.object_)
    return Missions(snapshot.elements.norad_id, main, categories, evidence, why)


def mission_of(name: str, *, owner: str | None = None, norad_id: int | None = None) -> tuple[str, Evidence, str]:
    """The category, the kind of evidence and the evidence in words for one payload.

    >>> mission_of("ICEYE-X4", owner="FIN")
    ('surveillance-sar', 'name', 'name matches ^ICEYE')
    """
    categories, evidence, why = _decide(norad_id or 0, name, owner, "PAY", gcat=None, by_group=({}, {}))
    return categories[0], evidence, why


_Decided = tuple[tuple[str, ...], Evidence, str]
_Groups = dict[int, tuple[str, str]]


def _decide(
    norad_id: int, name: str, owner: str | None, object_type: str | None,
    *, gcat: GcatPayloads | None, by_group: tuple[_Groups, _Groups],
) -> _Decided:  # fmt: skip
    if object_type in ("DEB", "R/B"):
        return ("unknown",), "none", "debris" if object_type == "DEB" else "rocket body"
    if norad_id in _curated():
        category, why = _curated()[norad_id]
        return (category,), "curated", why
    if gcat is not None and (known := gcat.missions_of(norad_id)) is not None:
        return known[0], "gcat", known[1]
    before_names, after_names = by_group
    if norad_id in before_names:
        category, group = before_names[norad_id]
        return (category,), "celestrak-group", f"in the CelesTrak group {group}"
    plain = without_mark(name).upper()
    # Without a type of its own, a name that says DEB or R/B is taken at its word.
    if object_type != "PAY" and re.search(r"\b(DEB|R/B)\b", plain):
        return ("unknown",), "none", "debris or rocket body by its name"
    for category, pattern, owners in _patterns_for(plain[:1]):
        if pattern.search(plain) and (not owners or owner is None or owner in owners):
            return (category,), "name", f"name matches {pattern.pattern}" + (f", owner {owner}" if owners else "")
    if norad_id in after_names:
        category, group = after_names[norad_id]
        return (category,), "celestrak-group", f"in the CelesTrak group {group}"
    return ("unknown",), "none", "no evidence"


@cache
def _curated() -> dict[int, tuple[str, str]]:
    return {row["norad_id"]: (row["category"], row["why"]) for row in packaged_facts("missions")["curated"]}


@cache
def _patterns_for(first_letter: str) -> tuple[tuple[str, re.Pattern[str], frozenset[str]], ...]:
    """The patterns, in order, that a name with this first letter can match: a tenth of them, ten times as fast."""
    return tuple(
        (row["category"], re.compile(row["pattern"]), frozenset(row.get("owners", ())))
        for row in packaged_facts("missions")["name_patterns"]
        if _may_begin_with(first_letter, row["pattern"])
    )


def _may_begin_with(first_letter: str, pattern: str) -> bool:
    """Whether a name with this first letter can match: told from `^ABC`, `^(ABC|DEF)` and alternatives of these."""
    for part in re.split(r"\|(?=\^)", pattern):
        plain = re.match(r"\^\(?((?:[A-Z0-9][^|()]*\|?)+)", part)
        if plain is None or first_letter in [word[:1] for word in plain[1].split("|")]:
            return True
    return False


def _by_group(groups: Mapping[str, Collection[int]]) -> tuple[_Groups, _Groups]:
    table = packaged_facts("missions")
    found: tuple[_Groups, _Groups] = ({}, {})
    for group, category in table["celestrak_groups"].items():
        for norad_id in groups.get(group, ()):
            found[group in table[_DECIDE_AFTER_NAMES]].setdefault(int(norad_id), (category, group))
    return found
