"""The answer of `catalogue info`: what is held, how old it is, and what came in last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from api.answers.envelope import age_caveats, answer
from api.answers.objects import ServedSnapshot
from orbits import Instant
from ssa.catalogue.ingests import IngestReport
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.owners import owners

_AGE_BOUNDS_DAYS = (1.0, 3.0, 7.0, 14.0, 30.0, 90.0)


def catalogue_answer(served: ServedSnapshot, ingests: Sequence[IngestReport], *, at: Instant) -> dict[str, Any]:
    """Counts by type, owner, orbit, mission and age; the last imports."""
    snapshot = served.snapshot
    known = owners()
    by_owner = snapshot.counts("owner")
    body = {
        "by_type": snapshot.counts("object_type"),
        "by_owner": by_owner,
        "owner_names": {code: known[code].name for code in by_owner if code in known},
        "by_regime": dict(Counter(served.regimes).most_common()),
        "by_mission": served.missions.counts(),
        "by_age": _by_age(snapshot, at),
        "decayed": sum(1 for text in snapshot.decay_date if text and text <= at.date().isoformat()),
        "ingests": [ingest_row(ingest) for ingest in ingests],
    }
    return answer(snapshot, at, body, age_caveats(snapshot, at, at))


def _by_age(snapshot: CatalogueSnapshot, at: Instant) -> list[dict[str, Any]]:
    ages = snapshot.elements.age_days(at)
    edges = (-np.inf, 0.0, *_AGE_BOUNDS_DAYS, np.inf)
    return [
        {
            "from_days": low if np.isfinite(low) else None,
            "to_days": high if np.isfinite(high) else None,
            "objects": int(((ages >= low) & (ages < high)).sum()),
        }
        for low, high in pairwise(edges)
    ]


def ingest_row(ingest: IngestReport) -> dict[str, Any]:
    """One line of the log of imports."""
    return {
        "ingest_id": ingest.ingest_id,
        "source": ingest.source,
        "feed": ingest.feed,
        "data_mode": ingest.data_mode,
        "form": ingest.form,
        "sha256": ingest.sha256,
        "started": ingest.started.isoformat(0),
        "outcome": ingest.outcome,
        "reason": ingest.reason,
        "sets_read": ingest.sets_read,
        "sets_new": ingest.sets_new,
        "sets_already_known": ingest.sets_already_known,
        "facts_read": ingest.facts_read,
        "facts_new": ingest.facts_new,
        "refused": ingest.refused,
    }
