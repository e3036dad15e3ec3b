"""What a caller wrote about a watch, made into values: who is watched, by which policy, with what at stake."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from api.selection import listed_numbers
from orbits import InvalidValue
from ssa.alerts.coverage_stakes import stakes_of_coverage
from ssa.alerts.grading import Stakes
from ssa.alerts.policies import Policy, find_policy, packaged_policies, read_policies
from ssa.alliances import Alliance, find_alliance
from ssa.candidates import Candidates, of_alliance, of_list, of_owner
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.names import folded

MOST_HOURS = 168.0  # a week, past which public sets say nothing about who meets whom
DEFAULT_LABEL = "has {stake:g} at stake"


def watched(
    snapshot: CatalogueSnapshot,
    text: str,
    *,
    on: date | str,
    commercial: bool,
    without: str | None = None,
    groups: tuple[Alliance, ...] = (),
) -> Candidates:
    """The objects of `alliance:NAME`, `owner:CODE` or a list of catalogue numbers, `without` those of some names.

    Raises `InvalidValue` or `UnknownName` for anything else, or when no object is left to watch.
    """
    kind, colon, name = text.strip().partition(":")
    if colon and kind not in ("alliance", "owner"):
        raise InvalidValue("watch", text, "must be alliance:NAME, owner:CODE or catalogue numbers such as 25544,48274")
    if commercial and kind != "alliance":
        raise InvalidValue("commercial", True, "goes with an alliance only; leave it out")
    if kind == "alliance" and colon:
        found = of_alliance(find_alliance(name, groups), snapshot, on=on, commercial=commercial)
    elif kind == "owner" and colon:
        found = of_owner(name, snapshot, on=on)
    else:
        found = of_list(listed_numbers("watch", text), snapshot, on=on)
    if without is not None:
        found = _without(found, without)
    if not len(found):
        raise InvalidValue("watch", text, "holds no object in operation in this catalogue")
    return found


def _without(found: Candidates, text: str) -> Candidates:
    """The candidates whose names begin with none of the words of `text`, parted by commas."""
    words = [folded(word) for word in text.split(",") if folded(word)]
    if not words:
        raise InvalidValue("without", text, "holds no name; give beginnings of names, such as STARLINK,ONEWEB")
    names = [folded(name) for name in found.snapshot.elements.name[found.rows].tolist()]
    kept = np.array([not name.startswith(tuple(words)) for name in names], dtype=bool)
    left_out = dict(found.left_out)
    if not kept.all():
        left_out[f"name begins with {' or '.join(words)}"] = int((~kept).sum())
    return replace(found, rows=found.rows[kept], left_out=left_out)


def watch_hours(hours: float) -> float:
    """The length of a watch; raises `InvalidValue` above a week."""
    if hours > MOST_HOURS:
        raise InvalidValue("hours", hours, f"must be at most {MOST_HOURS:g}: public sets say nothing about later ones")
    return hours


def chosen_policy(text: str) -> Policy:
    """The packaged policy of that name, or the only policy of that file."""
    if text.strip().lower() in [policy.name for policy in packaged_policies()]:
        return find_policy(text)
    file = Path(text)
    if file.suffix.lower() not in (".json", ".toml"):
        return find_policy(text)  # refuses, with the nearest names
    try:
        content = file.read_bytes()
    except OSError as error:
        raise InvalidValue("policy", text, f"cannot be read: {error.strerror or error}") from None
    found = read_policies(content, "toml" if file.suffix.lower() == ".toml" else "json", file=file.name)
    if len(found) > 1:
        names = ", ".join(policy.name for policy in found)
        raise InvalidValue("policy", text, f"holds several policies ({names}); give a file with one")
    return found[0]


def chosen_stakes(file: Path) -> Stakes:
    """Stakes from a JSON file: a coverage answer with its contribution, or numbers by catalogue number and a `label`.

    `{"label": "adds {stake:.1%} to the coverage of the Baltic", "stakes": {"43800": 0.021}}`, or the numbers alone.
    """
    try:
        document: Any = json.loads(file.read_bytes())
    except OSError as error:
        raise InvalidValue("stakes", str(file), f"cannot be read: {error.strerror or error}") from None
    except ValueError:
        raise InvalidValue("stakes", str(file), "is not JSON") from None
    if isinstance(document, dict) and "contribution" in document and "fleet" in document:
        return stakes_of_coverage(document)
    rows = document.get("stakes", document) if isinstance(document, dict) else None
    if not isinstance(rows, dict):
        raise InvalidValue("stakes", str(file), "must hold numbers by catalogue number, alone or under stakes")
    try:
        numbers = {int(number): float(stake) for number, stake in rows.items() if number != "label"}
    except (TypeError, ValueError):
        raise InvalidValue("stakes", str(file), "holds a catalogue number or a stake that is no number") from None
    return Stakes(numbers, str(document.get("label", DEFAULT_LABEL)))
