"""What every answer begins with: the catalogue it came from, and what must be known to use it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from orbits import Instant
from ssa.catalogue.snapshot import CatalogueSnapshot

SIMULATED_CAVEAT = (
    "SIMULATED catalogue: objects made from public design facts, not where any real satellite is. Real element sets: "
    "`ssa catalogue update` or `ssa catalogue import FILE`."
)
_OLD_AFTER_DAYS = 14.0


def answer(
    snapshot: CatalogueSnapshot, at: Instant, body: dict[str, Any], caveats: Iterable[str] = ()
) -> dict[str, Any]:
    """`body` with `catalogue` (ages counted to `at`) and `caveats` before it; each caveat stands once."""
    said = (SIMULATED_CAVEAT, *caveats) if snapshot.data_mode == "SIMULATED" else tuple(caveats)
    return {"catalogue": snapshot.provenance(at), "caveats": list(dict.fromkeys(said)), **body}


def _error_after(days: float) -> str:
    """What SGP4 can still say of a low orbit after so many days; distances are orders of magnitude."""
    if days <= 60.0:
        return "positions may be wrong by hundreds of kilometres"
    return "in low orbits nothing is known of where along its orbit such an object is, nor whether it still flies"


def age_caveats(objects: CatalogueSnapshot, start: Instant, end: Instant) -> tuple[str, ...]:
    """What must be said of the age of the element sets used between `start` and `end`."""
    if not len(objects):
        return ()
    farthest = abs(objects.elements.age_days(start)).clip(min=abs(objects.elements.age_days(end)))
    old = int((farthest > _OLD_AFTER_DAYS).sum())
    if not old:
        return ()
    return (
        f"{old:,} of {len(objects):,} element sets are more than {_OLD_AFTER_DAYS:.0f} days away from the time asked "
        f"about, the farthest {farthest.max():,.1f} days: {_error_after(float(farthest.max()))}.",
    )
