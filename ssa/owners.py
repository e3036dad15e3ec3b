"""What an owner code of the satellite catalogue means, and how it counts for a group of states.

The code (`OWNER` at CelesTrak, `COUNTRY` at Space-Track) is the owner or operator source that the US catalogue
assigned. It is not the launching state, nor the state of registry, nor the set of users; `US` holds most commercial
constellations, `CIS` is Russia and the Soviet Union, `ESA` also holds the satellites of the European Union.

A `Ruling` is the answer for one code, one group and one day. Its rules:

- state, agency, historical: counted when the state is a member.
- joint-all-members: owned by several states, all of them members; with an outsider among them it is shared.
- organisation: counted for its own group; shared with every other group that holds some of its members.
- company-by-seat: counted by the state of the seat, and only when commercial objects are asked for.
- named-owner-code: the user's group names the code itself.
- unknown owners and the International Space Station are listed and never counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from ssa.alliances import Alliance, all_alliances, members
from ssa.data import packaged_facts
from ssa.errors import UnknownName
from ssa.names import nearest_names

Outcome = Literal["counted", "shared", "listed", "commercial", "outside", "not in the table"]


@dataclass(frozen=True, slots=True)
class Owner:
    """One owner code. `organisation` is the id of the group it stands for, `with_members_of` of one that shares."""

    code: str
    name: str
    kind: str
    states: tuple[str, ...] = ()
    organisation: str = ""
    with_members_of: str = ""
    seat: str = ""
    parent_seat: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """How one owner code counts for one group on one day: the outcome, the rule, the states inside and outside."""

    code: str
    outcome: Outcome
    rule: str
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class NameRule:
    """Satellites of one group that the catalogue files under another owner, told by their names."""

    owner: str
    name_pattern: re.Pattern[str]
    group: str
    why: str


@cache
def owners() -> dict[str, Owner]:
    """Every owner code of the packaged table, with the aliases that Space-Track uses."""
    table = packaged_facts("owners")
    known = {
        code: Owner(
            code, row["name"], row["kind"], tuple(row.get("states", ())), row.get("organisation", ""),
            row.get("with_members_of", ""), row.get("seat_counts_for", row.get("seat", "")),
            row.get("parent_seat", ""), row.get("note", ""),
        )
        for code, row in table["owners"].items()
    }  # fmt: skip
    return known | {alias: known[code] for alias, code in table["aliases"].items()}


@cache
def name_rules() -> tuple[NameRule, ...]:
    """The satellites that count for a group by their name."""
    rows = packaged_facts("owners")["owned_by_name"]
    return tuple(NameRule(row["owner"], re.compile(row["name_pattern"]), row["group"], row["why"]) for row in rows)


def find_owner(code: str) -> Owner:
    """The owner of a code; raises `UnknownName` with the nearest codes.

    >>> find_owner("ASRA").name, find_owner("AUS").name
    ('Austria', 'Australia')
    """
    if code in owners():
        return owners()[code]
    raise UnknownName("owner", code, nearest_names(code, owners()))


def rule_on(codes: Iterable[str], alliance: Alliance, on: date, *, commercial: bool) -> Mapping[str, Ruling]:
    """A ruling for each owner code; a code that the table lacks is ruled "not in the table", never an error."""
    inside = frozenset(member.iso3 for member in members(alliance, on))
    return {code: _rule(code, alliance, inside, on, commercial) for code in codes}


def _rule(code: str, alliance: Alliance, inside: frozenset[str], on: date, commercial: bool) -> Ruling:
    if code in _named_codes(alliance):
        return Ruling(code, "counted", "named-owner-code", (), (), f"the group names the owner code {code}")
    owner = owners().get(code)
    if owner is None:
        return Ruling(code, "not in the table", "", (), (), f"owner code {code} is not in the table of owners")
    said = f"owner code {code} is {owner.name}"
    if owner.kind in ("unknown", "station"):
        return Ruling(code, "listed", owner.kind, (), (), f"{said}: listed, never counted")
    if owner.kind == "company":
        seated = inside & {owner.seat}
        outcome: Outcome = ("counted" if commercial else "commercial") if seated else "outside"
        return Ruling(
            code, outcome, "company-by-seat", tuple(seated), (), f"{said}, a company with its seat in {owner.seat}"
        )
    if owner.organisation and owner.organisation in alliance.group_ids():
        return Ruling(code, "counted", "organisation", (), (), f"{said}, the organisation itself")
    holders = set(owner.states).union(
        member.iso3
        for group in all_alliances()
        if group.id in (owner.organisation, owner.with_members_of)
        for member in members(group, on)
    )
    within, without = tuple(sorted(holders & inside)), tuple(sorted(holders - inside))
    if not within:
        return Ruling(code, "outside", "", (), without, f"{said}: none of its states is a member")
    if owner.organisation:
        also = f"an organisation of its own; members {_list(within)} belong to it"
        return Ruling(code, "shared", "organisation", within, without, f"{said}, {also}")
    if without:
        also = f"held by members {_list(within)} together with {_list(without)}, who are not members"
        return Ruling(code, "shared", "joint", within, without, f"{said}, {also}")
    if len(holders) > 1:
        return Ruling(code, "counted", "joint-all-members", within, (), f"{said}; all of {_list(within)} are members")
    return Ruling(code, "counted", owner.kind, within, (), f"{said}; {within[0]} is a member")


def _named_codes(alliance: Alliance) -> frozenset[str]:
    return frozenset(alliance.owner_codes).union(*(_named_codes(part) for part in alliance.parts))


def _list(states: tuple[str, ...]) -> str:
    return ", ".join(states) if len(states) <= 6 else f"{', '.join(states[:5])} and {len(states) - 5} more"
