"""What an alliance's satellites add to the coverage of a region, as what is at stake in them.

A coverage answer tells each owner's part (Shapley value: parts of all owners sum to the fraction covered). The share
of a satellite in its owner's part is taken to be its share of the owner's accesses to cells: one that adds nothing new
counts with what it sees, so a share is no loss. Satellites without an access have nothing at stake.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from orbits.errors import InvalidValue
from ssa.alerts.grading import Stakes


def stakes_of_coverage(document: Mapping[str, Any]) -> Stakes:
    """The stakes of a coverage answer with `contribution` (`ssa coverage --contribution --json`).

    Raises `InvalidValue` for an answer without it, or without what it needs.

    >>> found = stakes_of_coverage({
    ...     "region": {"name": "Baltic"}, "contribution": [{"owner": "FR", "shapley_fraction": 0.4}],
    ...     "fleet": [{"norad_id": 1, "owner": "FR", "cell_accesses": 30},
    ...               {"norad_id": 2, "owner": "FR", "cell_accesses": 10}]})
    >>> found.said_of(1)
    "adds 30.00% to the coverage of Baltic (its part of its owner's share, by accesses)"
    """
    parts = document.get("contribution")
    if parts is None:
        raise InvalidValue("stakes", "contribution", "is not in this coverage answer; ask with --contribution")
    try:
        share = {str(row["owner"]): float(row["shapley_fraction"] or 0.0) for row in parts}
        fleet = [(int(row["norad_id"]), row["owner"], int(row["cell_accesses"])) for row in document["fleet"]]
        region = str(document["region"]["name"])
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidValue("stakes", "coverage", f"lacks something that a coverage answer has: {error!r}") from None
    nobody = next((code for code in share if code not in {owner for _, owner, _ in fleet}), "")
    owned = [(number, owner if owner in share else nobody, accesses) for number, owner, accesses in fleet]
    accesses_of: Counter[str] = Counter()
    for _, owner, accesses in owned:
        accesses_of[owner] += accesses
    stakes = {
        number: share.get(owner, 0.0) * accesses / accesses_of[owner]
        for number, owner, accesses in owned
        if accesses_of[owner]
    }
    plain = region.replace("{", "{{").replace("}", "}}")
    return Stakes(stakes, f"adds {{stake:.2%}} to the coverage of {plain} (its part of its owner's share, by accesses)")
