"""Fleets: the objects of a catalogue that count for a group of states on a day, and why each one does or does not.

Counted are payloads in operation whose owner the rules of `ssa.owners` give to the group. Everything else is accounted
for: objects shared with outsiders and objects that are only ever listed stand by number, the rest is counted by reason,
and `Fleet.explain` says for any object of the catalogue what was decided and by which rule.

Limits: an owner code says nothing of control, tasking rights or data sharing. Members are those of the day asked about,
objects those of the snapshot. National military satellites often have no public elements and are missing altogether.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np

from orbits.arrays import Booleans, Integers, Texts, read_only
from ssa.alliances import Alliance, Membership, members, membership_caveats
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.owners import Ruling, name_rules, owners, rule_on
from ssa.recorded_dates import calendar_day

OPERATIONAL = frozenset(
    {"+", "P", "B", "S", "X"}
)  # celestrak.org/satcat/status.php: works, partly, backup, spare, extended
_STATUS_NAMES = {"-": "not in operation", "D": "decayed", "?": "operation unknown"}


@dataclass(frozen=True, eq=False)
class Fleet:
    """What counts for a group on a day, as columns of one row per object counted, all (k,) and read-only.

    `rows` are the rows in `snapshot`, in its order; `counted_by` is the rule, `owner` the owner code and `member` the
    state that the object counts through (several joined by `+`, empty for an organisation or a named object).
    `shared` are rows of objects held with outsiders, `listed` those of an unknown owner and of the space station;
    `left_out` counts the rest of the catalogue by reason. `verdict` (n,) has the reason for every row.
    """

    alliance: Alliance
    on: date
    members: tuple[Membership, ...]
    snapshot: CatalogueSnapshot
    rows: Integers
    owner: Texts
    member: Texts
    counted_by: Texts
    shared: Integers
    listed: Integers
    left_out: Mapping[str, int]
    not_in_catalogue: tuple[int, ...]
    verdict: Texts
    rulings: Mapping[str, Ruling]
    caveats: tuple[str, ...]

    def __post_init__(self) -> None:
        for column, dtype in (("rows", np.int64), ("shared", np.int64), ("listed", np.int64), ("owner", np.object_),
                              ("member", np.object_), ("counted_by", np.object_), ("verdict", np.object_)):  # fmt: skip
            object.__setattr__(self, column, read_only(getattr(self, column), dtype))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def norad_id(self) -> Integers:
        """Catalogue numbers of the objects counted (k,)."""
        return read_only(self.snapshot.elements.norad_id[self.rows], np.int64)

    @property
    def objects(self) -> CatalogueSnapshot:
        """The objects counted, as a part of the catalogue."""
        return self.snapshot[self.rows]

    def counts_by(self, column: str) -> dict[str, int]:
        """How many objects count by `owner`, `member` or `counted_by`, the largest first."""
        counted = Counter(getattr(self, column))
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    def explain(self, norad_id: int) -> str:
        """Why an object counts for the group, or why it does not, down to the rule and the owner code."""
        place, missing = self.snapshot.rows_of([norad_id])
        asked = f"{self.alliance.name} on {self.on}"
        if missing:
            return f"{norad_id} is not in the catalogue of {self.snapshot.as_of.date()}; nothing is decided for {asked}"
        row = int(place[0])
        said = f"{norad_id} {self.snapshot.elements.name[row]}"
        reason = str(self.verdict[row])
        ruling = self.rulings.get(self.snapshot.owner[row])
        why = f" ({ruling.why})" if ruling else ""
        at = np.searchsorted(self.rows, row)
        if at < len(self.rows) and self.rows[at] == row:
            by_itself = self.counted_by[at] == "named-catalogue-number" or reason
            return f"{said} counts for {asked}: rule {self.counted_by[at]}{f': {reason}' if by_itself else why}"
        if row in self.shared:
            return f"{said} is shared, and not counted, for {asked}{why}"
        if row in self.listed:
            return f"{said} is listed, and not counted, for {asked}: {reason}{why}"
        return f"{said} does not count for {asked}: {reason}{why}"


def fleet_of(
    alliance: Alliance,
    snapshot: CatalogueSnapshot,
    *,
    on: date | str | None = None,
    commercial: bool = False,
    include_non_operational: bool = False,
    include_debris: bool = False,
) -> Fleet:
    """The fleet of a group: its members on the day `on` (default: the day of the snapshot), objects of the snapshot.

    `commercial` adds the satellites of companies by the state of their seat; `include_non_operational` keeps payloads
    that do not work or of which it is not known; `include_debris` keeps rocket bodies and debris, which are no assets.
    Where the snapshot knows the status of no payload at all, payloads are kept and a caveat says so.
    Raises `InvalidValue` for a day that is none.
    """
    day = snapshot.as_of.date() if on is None else calendar_day(on)
    rulings = rule_on({code for code in snapshot.owner if code is not None}, alliance, day, commercial=commercial)
    named_numbers = _named_numbers(alliance)
    named_rows, absent = snapshot.rows_of(sorted(named_numbers))
    verdict, status_known = set_aside(snapshot, day, include_non_operational, include_debris)
    decayed = verdict == "decayed"
    verdict[named_rows[~decayed[named_rows]]] = ""

    counted_by = np.full(len(snapshot), "", dtype=np.object_)
    member = counted_by.copy()
    shared, listed = np.zeros((2, len(snapshot)), dtype=bool)
    for row in np.flatnonzero(verdict == ""):
        ruling = rulings.get(snapshot.owner[row])
        if ruling is None:
            listed[row], verdict[row] = True, "owner not known to the catalogue"
        elif ruling.outcome == "counted":
            counted_by[row], member[row] = ruling.rule, "+".join(ruling.inside)
        elif ruling.outcome == "listed":
            listed[row], verdict[row] = True, ruling.rule
        elif ruling.outcome == "shared":
            shared[row], verdict[row] = True, "shared with states that are not members"
        else:
            verdict[row] = _NOT_COUNTED[ruling.outcome].format(code=ruling.code)
    _count_by_name(alliance, snapshot, verdict, counted_by, member, shared)
    for row in named_rows[~decayed[named_rows]].tolist():
        shared[row] = listed[row] = False
        counted_by[row], member[row], verdict[row] = "named-catalogue-number", "", "the group names the object itself"

    rows = np.flatnonzero(counted_by != "")
    rest = Counter(verdict[(counted_by == "") & ~shared & ~listed])
    return Fleet(
        alliance=alliance, on=day, members=members(alliance, day), snapshot=snapshot, rows=rows,
        owner=np.array([snapshot.owner[row] or "" for row in rows], dtype=np.object_), member=member[rows],
        counted_by=counted_by[rows], shared=np.flatnonzero(shared), listed=np.flatnonzero(listed),
        left_out=MappingProxyType(dict(sorted(rest.items(), key=lambda item: (-item[1], item[0])))),
        not_in_catalogue=tuple(absent), verdict=verdict, rulings=MappingProxyType(dict(rulings)),
        caveats=_caveats(alliance, snapshot, day, status_known, include_non_operational, commercial, rulings, absent),
    )  # fmt: skip


_NOT_COUNTED = {
    "commercial": "owned by a company with its seat in a member state; counted only with commercial objects",
    "outside": "owner outside the group",
    "not in the table": "owner code {code} is not in the table of owners",
}


def set_aside(
    snapshot: CatalogueSnapshot, day: date, include_non_operational: bool, include_debris: bool
) -> tuple[Texts, bool]:
    """For each row the reason that keeps it out whoever owns it, or ""; and whether any payload's status is known."""
    verdict = np.full(len(snapshot), "", dtype=np.object_)
    payload: Booleans = snapshot.object_type == "PAY"
    blank = np.array([not text for text in snapshot.ops_status], dtype=bool)
    status_known = bool((payload & ~blank).any())
    if not include_non_operational and status_known:
        for row in np.flatnonzero(payload):
            status = snapshot.ops_status[row]
            if status not in OPERATIONAL:
                verdict[row] = f"payload {_STATUS_NAMES.get(status, 'with no operational status recorded')}"
    for row in np.flatnonzero(~payload):
        kind = snapshot.object_type[row]
        if kind in ("R/B", "DEB"):
            verdict[row] = "" if include_debris else "rocket body" if kind == "R/B" else "debris"
        else:
            verdict[row] = "object type not known"
    today = day.isoformat()
    dates = zip(snapshot.launch_date, snapshot.decay_date, snapshot.ops_status, strict=True)
    for place, (launched, decayed, status) in enumerate(dates):
        if launched and launched > today:
            verdict[place] = "launched after that day"
        if (decayed and decayed <= today) or status == "D":
            verdict[place] = "decayed"
    return verdict, status_known


def _count_by_name(
    alliance: Alliance, snapshot: CatalogueSnapshot, verdict: Texts, counted_by: Texts, member: Texts, shared: Booleans
) -> None:
    """Count for the group what the catalogue files under another owner, told by name (Galileo under ESA)."""
    for rule in name_rules():
        if rule.group not in alliance.group_ids():
            continue
        for row in np.flatnonzero((snapshot.owner == rule.owner) & shared):
            if rule.name_pattern.search(snapshot.elements.name[row]):
                shared[row] = False
                counted_by[row], member[row], verdict[row] = "organisation-by-name", "", rule.why


def _named_numbers(alliance: Alliance) -> frozenset[int]:
    return frozenset(alliance.norad_ids).union(*(_named_numbers(part) for part in alliance.parts))


def _caveats(
    alliance: Alliance, snapshot: CatalogueSnapshot, day: date, status_known: bool, include_non_operational: bool,
    commercial: bool, rulings: Mapping[str, Ruling], absent: list[int],
) -> tuple[str, ...]:  # fmt: skip
    sold = [
        f"{code} (parent's seat {owners()[code].parent_seat})" for code, ruling in rulings.items()
        if commercial and ruling.outcome == "counted" and code in owners() and owners()[code].parent_seat
    ]  # fmt: skip
    gap_days = abs((snapshot.as_of.date() - day).days)
    told = [
        "an owner code says who owned or operated an object for the catalogue, not who may task it or use its data",
        not status_known and not include_non_operational
        and "the catalogue records the operational status of no payload: payloads that no longer work are counted too",
        not commercial and any(ruling.outcome == "commercial" for ruling in rulings.values())
        and "satellites of companies with an owner code of their own are not counted; ask for commercial objects",
        commercial and "satellites of companies are counted by the state of their seat",
        sold and f"counted by the seat of the company, not of its parent: {', '.join(sorted(sold))}",
        "US" in rulings and rulings["US"].outcome == "counted"
        and "the owner code US holds commercial satellites, such as Starlink, together with those of the state",
        gap_days > 31 and f"members are those of {day}, objects those of {snapshot.as_of.date()}",
        absent and f"named by the group and not in the catalogue: {', '.join(map(str, absent[:20]))}",
    ]  # fmt: skip
    return (*(text for text in told if text), *membership_caveats(alliance, day))
