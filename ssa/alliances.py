"""Alliances as dated facts: who belongs to which group of states on a given day.

The packaged table (`ssa/data/alliances.json`) holds 25 alliances, unions, partnerships and space organisations as of
the day it names. A group may also come from a user's file (`ssa.groups_file`) or be put together from names, as in
`NATO+JPN+KOR+AUS`.

Rules of counting. A date that is known to the month or the year counts from the first day of that period; the day of
leaving is the last day of membership; a member without a recorded date counts from the establishment of the group (or
always, when that has none). Suspended members are members, and are marked.

Limits: membership changes, and the table ends on its as-of day; suspensions before those in force are not recorded.
Membership says nothing about who may use whose satellites. Codes and names of states follow ISO 3166-1 and take no
side.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from orbits.errors import InvalidValue
from ssa.countries import countries, find_country
from ssa.data import packaged_facts
from ssa.errors import UnknownName
from ssa.names import folded, nearest_names
from ssa.recorded_dates import RecordedDate, calendar_day


@dataclass(frozen=True, slots=True)
class Standing:
    """A stretch in which a member is suspended, frozen or the like: `since` and `until` bound it, None is open."""

    what: str
    since: RecordedDate | None = None
    until: RecordedDate | None = None
    note: str = ""

    def holds_on(self, day: date) -> bool:
        begun = self.since is None or self.since.first_day <= day
        return begun and (self.until is None or day <= self.until.last_day)


@dataclass(frozen=True, slots=True)
class Member:
    """One spell of membership of one state, as the record has it; a state that came back has two."""

    iso3: str
    joined: RecordedDate | None = None
    left: RecordedDate | None = None
    standing: tuple[Standing, ...] = ()
    role: str = ""
    note: str = ""
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class Alliance:
    """A group of states, its spells of membership and where they are known from.

    `owner_codes` and `norad_ids` are what a user's group names besides states; `parts` are the groups that a combined
    name joins, which then hold the members. `as_of` is the day the list holds for, `standing_as_of` the day of the last
    look at suspensions, `checked` what was read in the sources.
    """

    id: str
    name: str
    kind: str
    members: tuple[Member, ...] = ()
    aliases: tuple[str, ...] = ()
    established: RecordedDate | None = None
    note: str = ""
    sources: tuple[str, ...] = ()
    checked: str = ""
    as_of: date | None = None
    standing_as_of: date | None = None
    owner_codes: tuple[str, ...] = ()
    norad_ids: tuple[int, ...] = ()
    parts: tuple[Alliance, ...] = ()
    origin: Literal["packaged", "user", "combined"] = "packaged"

    def group_ids(self) -> frozenset[str]:
        """The ids of this group and of every group joined in it."""
        return frozenset({self.id}).union(*(part.group_ids() for part in self.parts))


@dataclass(frozen=True, slots=True)
class Membership:
    """One state as a member of one group on one day. `standing` is empty for a member in full standing."""

    iso3: str
    country: str
    joined: RecordedDate | None
    left: RecordedDate | None
    standing: str = ""
    role: str = ""
    note: str = ""
    disputed: bool = False


@cache
def all_alliances() -> tuple[Alliance, ...]:
    """The packaged alliances, in the order of the table."""
    table = packaged_facts("alliances")
    return tuple(_from_table(id, row, date.fromisoformat(table["as_of"])) for id, row in table["alliances"].items())


def _from_table(id: str, row: dict[str, Any], as_of: date) -> Alliance:
    return Alliance(
        id=id, name=row["name"], kind=row["kind"], aliases=tuple(row["aliases"]),
        members=tuple(_member(entry) for entry in row["members"]),
        established=RecordedDate.parse(row["established"]) if "established" in row else None,
        note=row["note"], sources=tuple(row["sources"]), checked=row["checked"], as_of=as_of,
        standing_as_of=date.fromisoformat(row["standing_as_of"]) if "standing_as_of" in row else None,
    )  # fmt: skip


def _member(entry: dict[str, Any]) -> Member:
    def when(row: dict[str, Any], key: str) -> RecordedDate | None:
        return RecordedDate.parse(row[key], key) if key in row else None

    spells = entry.get("standing", [])
    return Member(
        entry["state"], when(entry, "joined"), when(entry, "left"),
        tuple(Standing(s["what"], when(s, "since"), when(s, "until"), s.get("note", "")) for s in spells),
        entry.get("role", ""), entry.get("note", ""), entry.get("disputed", False),
    )  # fmt: skip


def find_alliance(name: str, groups: Iterable[Alliance] = ()) -> Alliance:
    """The group called `name`: by id, name or common alias in any case, a user's `groups` first.

    Names joined by `+` give their union (`NATO+JPN+KOR+AUS`); the name of a state stands for that state alone.
    Raises `UnknownName` with the nearest names.

    >>> find_alliance("fvey").id
    'five_eyes'
    >>> [member.iso3 for member in members(find_alliance("AUKUS+Japan"), on="2026-03-10")]
    ['AUS', 'GBR', 'JPN', 'USA']
    """
    known = (*groups, *all_alliances())
    whole = _called(name, known)
    if whole is not None:
        return whole
    parts = [text.strip() for text in name.split("+")] if isinstance(name, str) else []
    if len(parts) < 2:
        raise UnknownName("alliance", name, _nearest(name, known))
    if not all(parts):
        raise InvalidValue("alliance", name, "has an empty name beside a +; write it as NATO+JPN+KOR")
    found: list[Alliance] = []
    for text in parts:
        part = _called(text, known)
        if part is None:
            raise UnknownName("alliance", text, _nearest(text, known))
        if part.id not in [earlier.id for earlier in found]:
            found.append(part)
    return Alliance(
        "+".join(part.id for part in found), " + ".join(part.name for part in found), "put together from names",
        parts=tuple(found), origin="combined",
    )  # fmt: skip


def _called(name: str, known: tuple[Alliance, ...]) -> Alliance | None:
    wanted = folded(name)
    for alliance in known:
        if wanted in {folded(text) for text in (alliance.id, alliance.name, *alliance.aliases)}:
            return alliance
    try:
        state = find_country(name)
    except UnknownName:
        return None
    return Alliance(state.iso3, state.name, "a state", (Member(state.iso3),), origin="combined")


def _nearest(name: str, known: tuple[Alliance, ...]) -> list[str]:
    spellings = [text for alliance in known for text in (*alliance.aliases, alliance.name, alliance.id)]
    return nearest_names(name, (*spellings, *(state.name for state in countries().values())))


def members(alliance: Alliance, on: date | str) -> tuple[Membership, ...]:
    """The members on a day, by ISO code; suspended and frozen ones are there, and marked in `standing`.

    >>> len(members(find_alliance("NATO"), on="2023-04-03")), len(members(find_alliance("NATO"), on="2023-04-04"))
    (30, 31)
    """
    day = calendar_day(on)
    found: dict[str, Membership] = {}
    for part in alliance.parts:
        for membership in members(part, day):
            found.setdefault(membership.iso3, membership)
    for member in alliance.members:
        since = member.joined or alliance.established
        if (since is None or since.first_day <= day) and (member.left is None or day <= member.left.last_day):
            marks = "; ".join(mark.what for mark in member.standing if mark.holds_on(day))
            found[member.iso3] = Membership(
                member.iso3, countries()[member.iso3].name, member.joined, member.left, marks, member.role, member.note,
                member.disputed,
            )  # fmt: skip
    return tuple(found[iso3] for iso3 in sorted(found))


def membership_caveats(alliance: Alliance, on: date | str) -> tuple[str, ...]:
    """What a reader of the member list of that day must know: dates not exact, marks, and how well it is known."""
    day = calendar_day(on)
    if alliance.parts:
        return tuple(dict.fromkeys(text for part in alliance.parts for text in membership_caveats(part, day)))
    here = members(alliance, day)
    rough = [f"{m.iso3} ({m.joined})" for m in here if m.joined is not None and m.joined.precision != "day"]
    undated = [m.iso3 for m in here if m.joined is None] if alliance.kind != "a state" else []
    marked = [f"{m.iso3} ({m.standing})" for m in here if m.standing]
    disputed = [m.iso3 for m in here if m.disputed]
    since = f"counted since {alliance.established}" if alliance.established else "counted on every day"
    told = [
        rough and f"the day of joining is not recorded, counted from the first day of the period: {', '.join(rough)}",
        undated and f"no date of joining recorded, {since}: {', '.join(undated)}",
        marked and f"members that are not in full standing, counted all the same: {', '.join(marked)}",
        disputed and f"published dates of joining differ: {', '.join(disputed)}",
        alliance.established is not None
        and day < alliance.established.first_day
        and f"it was established on {alliance.established}; on {day} it had no members",
        alliance.as_of is not None
        and day > alliance.as_of
        and f"the list of members holds for {alliance.as_of}, not later",
        alliance.standing_as_of is not None and day > alliance.standing_as_of
        and f"suspensions were last looked up on {alliance.standing_as_of}",
        "not re-read" in alliance.checked and f"the list was not confirmed in its source: {alliance.checked}",
    ]  # fmt: skip
    return tuple(f"{alliance.name}: {text}" for text in told if text)
