"""Alliances as rows: members with their dates on a day, and the fleet counted by rule, owner and member."""

from __future__ import annotations

from datetime import date
from typing import Any

from ssa.alliances import Alliance, members
from ssa.fleets import Fleet
from ssa.recorded_dates import RecordedDate


def alliance_row(alliance: Alliance, day: date) -> dict[str, Any]:
    """One line of the list."""
    return {
        "id": alliance.id,
        "name": alliance.name,
        "kind": alliance.kind,
        "aliases": list(alliance.aliases),
        "members": len(members(alliance, day)),
        "established": _text(alliance.established),
        "as_of": alliance.as_of.isoformat() if alliance.as_of else None,
        "origin": alliance.origin,
    }


def alliance_details(alliance: Alliance, fleet: Fleet) -> dict[str, Any]:
    """The members of a day and what counts for them."""
    return {
        **alliance_row(alliance, fleet.on),
        "on": fleet.on.isoformat(),
        "note": alliance.note,
        "sources": list(alliance.sources),
        "checked": alliance.checked,
        "members": [
            {
                "iso3": membership.iso3,
                "country": membership.country,
                "joined": _text(membership.joined),
                "left": _text(membership.left),
                "standing": membership.standing or None,
                "role": membership.role or None,
                "note": membership.note or None,
                "disputed": membership.disputed,
            }
            for membership in fleet.members
        ],
        "fleet": {
            "objects": len(fleet),
            "by_rule": fleet.counts_by("counted_by"),
            "by_owner": fleet.counts_by("owner"),
            "by_member": fleet.counts_by("member"),
            "shared": len(fleet.shared),
            "listed": len(fleet.listed),
            "left_out": dict(fleet.left_out),
            "not_in_catalogue": list(fleet.not_in_catalogue),
        },
    }


def _text(when: RecordedDate | None) -> str | None:
    return when.text if when is not None else None
