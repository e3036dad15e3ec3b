"""The catalogue in columns, for a client that holds all of it: the globe, its search and its filters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from api.answers.columns import numbers
from api.answers.envelope import age_caveats, answer
from api.answers.objects import ServedSnapshot
from orbits import Instant
from ssa.alliances import Alliance, find_alliance
from ssa.fleets import fleet_of
from ssa.owners import owners


def columns_answer(
    served: ServedSnapshot, at: Instant, asked: Sequence[str], groups: tuple[Alliance, ...],
    *, on: date | str | None = None, commercial: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Every object, one value in each column; raises `UnknownName` for an alliance that is not known."""
    snapshot, elements = served.snapshot, served.snapshot.elements
    perigee, apogee = served.heights_km
    known = owners()
    caveats = list(age_caveats(snapshot, at, at))
    alliances = []
    for name in asked:
        fleet = fleet_of(find_alliance(name, groups), snapshot, on=on or at.date(), commercial=commercial)
        caveats += [f"{fleet.alliance.name}: {text}" for text in fleet.caveats]
        alliances.append(
            {
                "asked": name,
                "id": fleet.alliance.id,
                "name": fleet.alliance.name,
                "on": fleet.on.isoformat(),
                "rows": fleet.rows.tolist(),
                "shared": fleet.shared.tolist(),
            }
        )
    owner = coded(snapshot.owner)
    body = {
        "at": at.isoformat(0),
        "norad_id": elements.norad_id.tolist(),
        "name": [str(name) for name in elements.name],
        "object_id": [str(object_id) for object_id in elements.object_id],
        "owner": owner,
        "owner_names": {code: known[code].name for code in owner["values"] if code in known},
        "object_type": coded(snapshot.object_type),
        "ops_status": coded(snapshot.ops_status),
        "mission": coded(served.missions.category),
        "regime": coded(served.regimes),
        "epoch_age_days": numbers(elements.age_days(at), 3),
        "inclination_deg": numbers(elements.inclination_deg, 2),
        "perigee_height_km": numbers(perigee, 0),
        "apogee_height_km": numbers(apogee, 0),
        "period_min": numbers(elements.period_min, 2),
        "decayed_rows": np.flatnonzero(snapshot.decayed(at)).tolist(),
        "alliances": alliances,
    }
    return answer(snapshot, at, body, caveats)


def coded(column: Any) -> dict[str, Any]:
    """A column of texts (or None) as its different values, in order of appearance, and a number for each row.

    >>> coded(["US", None, "US"])
    {'values': ['US', None], 'codes': [0, 1, 0]}
    """
    places: dict[str | None, int] = {}
    codes = [places.setdefault(None if text is None else str(text), len(places)) for text in column]
    return {"values": list(places), "codes": codes}
