"""Which satellites of a catalogue make up a navigation or communication service on a day, and why others do not.

A satellite belongs by name and owner code, and is used when it works, is in the constellation's orbit and in one of its
planes, and is past its tests after launch. Spares, backups, partly working satellites and those under test are left out
unless asked for.

Limits: elements say nothing of what is broadcast. Whether a signal is set healthy, which clock runs, which beam is on:
unknown. The catalogue's operational status is a coarse hint, and often late.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal

import numpy as np

from orbits.arrays import Floats, Integers, read_only
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.data import packaged_facts
from ssa.errors import UnknownName
from ssa.names import folded, nearest_names, without_mark

Service = Literal["navigation", "communications"]
_STATUS_WORDS = {
    "-": "not in operation", "D": "decayed", "B": "backup or standby", "S": "spare", "P": "partly in operation",
    "?": "operation not known",
}  # fmt: skip
# celestrak.org/satcat/status.php; what a satellite still does in part is a link, but not a ranging signal to rely on
_IN_USE: dict[Service, frozenset[str]] = {
    "navigation": frozenset({"+", "X"}), "communications": frozenset({"+", "X", "P"}),
}  # fmt: skip
_RESERVE = frozenset({"B", "S", "P"})


@dataclass(frozen=True, slots=True)
class Constellation:
    """The published facts of one service; `min_elevation_deg` is None for navigation, where the user's mask decides."""

    id: str
    name: str
    service: Service
    name_patterns: tuple[re.Pattern[str], ...]
    owners: frozenset[str]
    orbits: tuple[dict[str, Any], ...]
    source: str
    min_elevation_deg: float | None
    elevation_basis: str | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A satellite of a constellation that is not used, and the reason."""

    norad_id: int
    name: str
    reason: str


@dataclass(frozen=True, eq=False)
class ConstellationMembers:
    """The satellites used, as rows of the snapshot (k,), and those left out."""

    constellation: Constellation
    rows: Integers
    left_out: tuple[LeftOut, ...]
    status_known: bool

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", read_only(self.rows, np.int64))


@cache
def constellations(service: Service) -> tuple[Constellation, ...]:
    """All constellations of a service, in the order of the table."""
    return tuple(
        Constellation(
            row["id"], row["name"], row["service"], tuple(re.compile(text) for text in row["name_patterns"]),
            frozenset(row["owners"]), tuple(row["orbits"]), row["source"], row.get("min_elevation_deg"),
            row.get("elevation_basis"),
        )
        for row in packaged_facts("constellations")["constellations"]
        if row["service"] == service
    )  # fmt: skip


def find_constellation(name: str, service: Service = "navigation") -> Constellation:
    """The constellation called `name`; raises `UnknownName` with the nearest.

    >>> find_constellation("navstar").name, find_constellation("O3b mPOWER", "communications").id
    ('GPS', 'mpower')
    """
    known: dict[str, str] = {}
    for row in packaged_facts("constellations")["constellations"]:
        if row["service"] == service:
            known |= {folded(text): row["id"] for text in (row["id"], row["name"], *row["aliases"])}
    if folded(name) not in known:
        names = [constellation.name for constellation in constellations(service)]
        raise UnknownName(
            "systems" if service == "navigation" else "service", name, nearest_names(name, names) or names
        )
    return next(each for each in constellations(service) if each.id == known[folded(name)])


def members_of(
    constellation: Constellation,
    snapshot: CatalogueSnapshot,
    on: date,
    *,
    include_reserves: bool = False,
    without: Iterable[int] = (),
) -> ConstellationMembers:
    """The satellites of a constellation that are used on a day.

    `include_reserves` keeps spares, backups, partly working satellites and those launched within the last 90 days;
    `without` are catalogue numbers to take away. Where the snapshot has no status for any of them, all count as working
    and `status_known` is False.
    """
    named = _named(constellation, snapshot)
    status_known = any(snapshot.ops_status[row] for row in named)
    reasons: dict[int, str] = {}
    taken = {int(number) for number in without}
    orbit_of = np.array([_orbit_index(constellation, snapshot, row) for row in named], dtype=np.int64)
    for row, orbit in zip(named.tolist(), orbit_of.tolist(), strict=True):
        in_use = _IN_USE[constellation.service] | (_RESERVE if include_reserves else frozenset())
        reason = _not_in_use(snapshot, row, on, in_use if status_known else None, include_reserves)
        if int(snapshot.elements.norad_id[row]) in taken:
            reason = "taken away in this question"
        elif not reason and orbit < 0:
            reason = _orbit_words(snapshot, row, constellation)
        if reason:
            reasons[row] = reason
    for index, orbit_facts in enumerate(constellation.orbits):
        if "planes" in orbit_facts:
            here = named[(orbit_of == index) & np.array([row not in reasons for row in named.tolist()], dtype=bool)]
            off = _off_plane_deg(snapshot.elements.raan_deg[here], orbit_facts["planes"])
            for row, away in zip(here.tolist(), off.tolist(), strict=True):
                if abs(away) > orbit_facts["plane_tolerance_deg"]:
                    reasons[row] = f"its plane has drifted: node {away:+.1f} deg from the constellation's planes"
    used = np.array([row for row in named.tolist() if row not in reasons], dtype=np.int64)
    left = tuple(
        LeftOut(int(snapshot.elements.norad_id[row]), str(snapshot.elements.name[row]), reason)
        for row, reason in sorted(reasons.items())
    )
    return ConstellationMembers(constellation, used, left, status_known)


def _named(constellation: Constellation, snapshot: CatalogueSnapshot) -> Integers:
    rows = []
    for row, name in enumerate(snapshot.elements.name):
        plain = without_mark(name).upper()
        if snapshot.object_type[row] in ("R/B", "DEB") or re.search(r"\b(DEB|R/B)\b", plain):
            continue
        owner = snapshot.owner[row]
        if owner is not None and owner not in constellation.owners:
            continue
        if any(pattern.search(plain) for pattern in constellation.name_patterns):
            rows.append(row)
    return np.array(rows, dtype=np.int64)


def _not_in_use(
    snapshot: CatalogueSnapshot, row: int, on: date, in_use: frozenset[str] | None, include_new: bool
) -> str:  # fmt: skip
    """Why a satellite does not work on that day, by the catalogue; empty when it does."""
    decayed = snapshot.decay_date[row]
    if decayed and decayed <= on.isoformat():
        return f"decayed on {decayed}"
    launched = snapshot.launch_date[row]
    if launched and launched > on.isoformat():
        return f"launched on {launched}, after the day asked about"
    status = snapshot.ops_status[row]
    if in_use is not None and status not in in_use:
        return f"{_STATUS_WORDS.get(status, 'no operational status recorded')}, by the catalogue"
    days = packaged_facts("constellations")["in_service_after_days"]
    since = on - timedelta(days=days)
    if include_new:
        return ""
    if launched:
        return f"launched on {launched}, less than {days} days before" if launched > since.isoformat() else ""
    year = str(snapshot.elements.object_id[row])[:4]
    if year.isdigit() and int(year) >= since.year and snapshot.data_mode == "REAL" and int(year) <= on.year:
        return f"launched in {year} on a day not recorded, perhaps less than {days} days before"
    return ""


def _orbit_index(constellation: Constellation, snapshot: CatalogueSnapshot, row: int) -> int:
    elements = snapshot.elements
    for index, orbit in enumerate(constellation.orbits):
        slow, fast = orbit["mean_motion_rev_day"]
        low, high = orbit["inclination_deg"]
        if (
            slow <= elements.mean_motion_rev_day[row] <= fast
            and low <= elements.inclination_deg[row] <= high
            and elements.eccentricity[row] <= orbit["eccentricity_max"]
        ):
            return index
    return -1


def _orbit_words(snapshot: CatalogueSnapshot, row: int, constellation: Constellation) -> str:
    elements = snapshot.elements
    return (
        f"not in an orbit of {constellation.name}: {elements.mean_motion_rev_day[row]:.4f} rev/day, eccentricity "
        f"{elements.eccentricity[row]:.4f}, inclination {elements.inclination_deg[row]:.1f} deg"
    )


def _off_plane_deg(raan_deg: Floats, planes: int) -> Floats:
    """Degrees from each node to the nearest plane of the comb that fits all of them best (k,)."""
    spacing = 360.0 / planes
    turned = np.exp(2j * np.pi * raan_deg / spacing)
    middle = np.angle(turned.mean()) if len(turned) else 0.0
    off: Floats = np.angle(turned * np.exp(-1j * middle)) * spacing / (2.0 * np.pi)
    return off
