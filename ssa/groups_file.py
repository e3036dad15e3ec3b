"""Groups of a user's own, from JSON or TOML.

The text holds a list `groups`; each group has an `id`, and may have `name`, `aliases`, `kind`, `note`, `sources` and

- `members`: states, each an ISO alpha-3 code or name, or a table with `state` and, if wanted, `joined`, `left` (dates
  such as 2014, 2019-12 or 2020-02-11), `role` and `note`;
- `owner_codes`: owner codes of the satellite catalogue that count whole;
- `norad_ids`: catalogue numbers that count by themselves, whatever their type or status.

In TOML:

    [[groups]]
    id = "baltic_watch"
    name = "Baltic Watch"
    members = ["LTU", "LVA", { state = "EST", joined = "2024-05" }]
    norad_ids = [25544]

This module reads text; whoever calls it opens the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Literal

from orbits.elements import MAX_NORAD_ID
from orbits.errors import InvalidValue
from ssa.alliances import Alliance, Member, all_alliances
from ssa.countries import find_country
from ssa.errors import UnknownName
from ssa.names import folded, nearest_names
from ssa.owners import find_owner
from ssa.recorded_dates import RecordedDate
from ssa.structured_text import parsed

_GROUP_KEYS = ("id", "name", "aliases", "kind", "note", "sources", "members", "owner_codes", "norad_ids")
_MEMBER_KEYS = ("state", "joined", "left", "role", "note")


def read_groups(text: str | bytes, form: Literal["json", "toml"]) -> tuple[Alliance, ...]:
    """The groups of a text in the form described above.

    Raises `InvalidValue` (or `UnknownName`) whose `field` is the place, such as `groups[1].members[0].joined`.

    >>> read_groups('{"groups": [{"id": "duo", "members": ["LTU", "Poland"]}]}', "json")[0].members[1].iso3
    'POL'
    """
    rows = _groups_of(parsed(text, form, kind="groups file"))
    packaged = {folded(name): group.id for group in all_alliances() for name in (group.id, group.name, *group.aliases)}
    taken: dict[str, str] = {}
    groups = []
    for number, row in enumerate(rows):
        place = f"groups[{number}]"
        group = _group(row, place)
        for name in (group.id, group.name, *group.aliases):
            if folded(name) in packaged:
                reason = f"is a name of the packaged group {packaged[folded(name)]}; choose another"
                raise InvalidValue(place, name, reason)
            if taken.setdefault(folded(name), place) != place:
                raise InvalidValue(place, name, f"is already a name of {taken[folded(name)]}; choose another")
        groups.append(group)
    return tuple(groups)


def _groups_of(document: Any) -> list[Any]:
    rows = document.get("groups") if isinstance(document, dict) else None
    if not isinstance(rows, list) or not rows:
        raise InvalidValue("groups file", _shown(document), "has no list called groups with at least one group in it")
    _refuse_other_keys(document, ("groups",), "groups file")
    return rows


def _group(row: Any, place: str) -> Alliance:
    if not isinstance(row, dict):
        raise InvalidValue(place, _shown(row), "is not a table with an id and members")
    _refuse_other_keys(row, _GROUP_KEYS, place)
    id = row.get("id")
    if not isinstance(id, str) or not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}", id):
        raise InvalidValue(f"{place}.id", _shown(id), "must be 1 to 64 letters, digits, dots, dashes or underscores")
    members = tuple(_member(value, at) for at, value in _entries(row, "members", place))
    _refuse_overlaps(members, place)
    group = Alliance(
        id=id, name=_text(row, "name", place) or id, kind=_text(row, "kind", place) or "a user's group",
        members=members, aliases=_texts(row, "aliases", place), note=_text(row, "note", place),
        sources=_texts(row, "sources", place), origin="user",
        owner_codes=tuple(_owner_code(value, at) for at, value in _entries(row, "owner_codes", place)),
        norad_ids=tuple(_norad_id(value, at) for at, value in _entries(row, "norad_ids", place)),
    )  # fmt: skip
    if not (group.members or group.owner_codes or group.norad_ids):
        raise InvalidValue(place, id, "holds nothing; give members, owner_codes or norad_ids")
    return group


def _member(entry: Any, place: str) -> Member:
    row = {"state": entry} if isinstance(entry, str) else entry
    if not isinstance(row, dict):
        raise InvalidValue(place, _shown(entry), "is neither a state nor a table with a state")
    _refuse_other_keys(row, _MEMBER_KEYS, place)
    state = find_country(_text(row, "state", place), f"{place}.state")
    joined, left = (
        RecordedDate.parse(row[key], f"{place}.{key}") if key in row else None for key in ("joined", "left")
    )  # fmt: skip
    if joined and left and left.last_day < joined.first_day:
        raise InvalidValue(f"{place}.left", left, f"is before joining, {joined}; give a later date")
    return Member(state.iso3, joined, left, role=_text(row, "role", place), note=_text(row, "note", place))


def _refuse_overlaps(members: tuple[Member, ...], place: str) -> None:
    for later in range(len(members)):
        for earlier in range(later):
            first, second = members[earlier], members[later]
            if first.iso3 == second.iso3 and not (_ends_before(first, second) or _ends_before(second, first)):
                reason = f"is a member already by {place}.members[{earlier}]; give dates that do not overlap"
                raise InvalidValue(f"{place}.members[{later}]", second.iso3, reason)


def _ends_before(one: Member, other: Member) -> bool:
    return one.left is not None and other.joined is not None and one.left.last_day < other.joined.first_day


def _owner_code(value: Any, place: str) -> str:
    if not isinstance(value, str):
        raise InvalidValue(place, _shown(value), "is not an owner code; write it as text, such as FR")
    try:
        return find_owner(value).code
    except UnknownName as error:
        raise UnknownName(place, value, error.nearest) from None


def _norad_id(value: Any, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_NORAD_ID:
        raise InvalidValue(place, _shown(value), f"is not a catalogue number; give an integer from 1 to {MAX_NORAD_ID}")
    return value


def _entries(row: dict[str, Any], key: str, place: str) -> list[tuple[str, Any]]:
    """The entries of a list, each with its place in the text; none where the list is absent."""
    values = row.get(key, [])
    if not isinstance(values, list):
        raise InvalidValue(f"{place}.{key}", _shown(values), "must be a list")
    return [(f"{place}.{key}[{number}]", value) for number, value in enumerate(values)]


def _texts(row: dict[str, Any], key: str, place: str) -> tuple[str, ...]:
    entries = _entries(row, key, place)
    for at, value in entries:
        if not isinstance(value, str) or not value.strip():
            raise InvalidValue(at, _shown(value), "must be text")
    return tuple(value for _, value in entries)


def _text(row: dict[str, Any], key: str, place: str) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise InvalidValue(f"{place}.{key}", _shown(value), "must be text")
    return value


def _refuse_other_keys(row: dict[str, Any], known: Iterable[str], place: str) -> None:
    for key in row:
        if key not in known:
            raise UnknownName(place, key, nearest_names(key, known) or sorted(known))


def _shown(value: Any) -> str:
    return "nothing" if value is None else repr(value)[:80]
