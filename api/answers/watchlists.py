"""Watchlists as JSON, and as questions."""

from __future__ import annotations

import re
from typing import Any

from api.watching import MOST_HOURS
from orbits import Instant, InvalidValue
from ssa.alerts.grading import grade_number
from ssa.alerts.policies import find_policy
from ssa.catalogue.watchlists import Watchlist

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}", re.ASCII)


def watchlist_row(kept: Watchlist) -> dict[str, Any]:
    """A watchlist with its keys as in the question."""
    return {
        "name": kept.name, "watch": kept.watch, "without": kept.without, "commercial": kept.commercial,
        "policy": kept.policy, "grade": kept.grade, "hours": kept.hours, "changed": kept.changed.isoformat(3),
    }  # fmt: skip


def checked_name(name: str) -> str:
    """A name under which something is kept; raises `InvalidValue`."""
    if not _NAME.fullmatch(name):
        raise InvalidValue("name", name, "must be 1 to 100 letters, digits, spaces, dots, dashes or underscores")
    return name


def checked_watchlist(
    name: str, *, watch: str, without: str | None, commercial: bool, policy: str, grade: str, hours: float, at: Instant
) -> Watchlist:
    """A watchlist to keep. Who is watched is read of each catalogue, so numbers that are not in this one are kept.

    Raises `InvalidValue` or `UnknownName` for a name, policy, grade or length that cannot be kept.
    """
    checked_name(name)
    if not watch.strip():
        raise InvalidValue("watch", watch, "is empty; give alliance:NAME, owner:CODE or catalogue numbers")
    if not 0.0 < hours <= MOST_HOURS:
        raise InvalidValue("hours", hours, f"must be above 0 and at most {MOST_HOURS:g}")
    grade_number(grade)
    return Watchlist(name, watch, without, commercial, find_policy(policy).name, grade, hours, at)
