"""Objects as rows: what the catalogue says of each, and the columns that searches and filters work on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from api.answers.columns import numbers
from orbits import ElementSets, Instant
from orbits.arrays import Floats, Integers, Texts
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.debris.population import Population, population_of
from ssa.missions import Missions, missions
from ssa.names import folded
from ssa.owners import owners
from ssa.regimes import heights_km, regimes_of


@dataclass(frozen=True, eq=False)
class ServedSnapshot:
    """A snapshot with the columns that are worked out once and used by many requests."""

    snapshot: CatalogueSnapshot

    @cached_property
    def missions(self) -> Missions:
        return missions(self.snapshot)

    @cached_property
    def population(self) -> Population:
        """Its objects with sizes and masses, as debris studies see them."""
        return population_of(self.snapshot)

    @cached_property
    def regimes(self) -> Texts:
        return regimes_of(self.snapshot.elements)

    @cached_property
    def heights_km(self) -> tuple[Floats, Floats]:
        return heights_km(self.snapshot.elements)

    @cached_property
    def search_texts(self) -> list[str]:
        """Name, designator and number of each object, folded for searching."""
        elements = self.snapshot.elements
        columns = zip(elements.name, elements.object_id, elements.norad_id.tolist(), strict=True)
        return [f"{folded(name)} {object_id.casefold()} {norad_id}" for name, object_id, norad_id in columns]

    def missions_of(self, snapshot: CatalogueSnapshot) -> Missions:
        """The missions of this snapshot; of another one they are worked out anew."""
        return self.missions if snapshot is self.snapshot else missions(snapshot)

    def rows(self, chosen: Integers, at: Instant) -> list[dict[str, Any]]:
        """One dictionary for each chosen object; ages are counted to `at`."""
        snapshot, elements = self.snapshot, self.snapshot.elements
        perigee, apogee = self.heights_km
        known = owners()
        ages = elements.age_days(at)[chosen]
        columns = zip(
            chosen.tolist(), numbers(perigee[chosen], 1), numbers(apogee[chosen], 1),
            numbers(elements.period_min[chosen], 3), numbers(snapshot.rcs_m2[chosen], 4), numbers(ages, 4), strict=True,
        )  # fmt: skip
        return [
            {
                "norad_id": int(elements.norad_id[row]),
                "name": str(elements.name[row]),
                "object_id": str(elements.object_id[row]) or None,
                "owner": snapshot.owner[row],
                "owner_name": known[snapshot.owner[row]].name if snapshot.owner[row] in known else None,
                "object_type": snapshot.object_type[row],
                "ops_status": snapshot.ops_status[row],
                "launch_date": snapshot.launch_date[row],
                "decay_date": snapshot.decay_date[row],
                "rcs_m2": rcs,
                "mission": self.missions.category[row],
                "mission_evidence": self.missions.why[row],
                "regime": self.regimes[row],
                "period_min": period,
                "inclination_deg": float(elements.inclination_deg[row]),
                "eccentricity": float(elements.eccentricity[row]),
                "perigee_height_km": low,
                "apogee_height_km": high,
                "epoch": elements.epoch(row).isoformat(),
                "epoch_age_days": age,
            }
            for row, low, high, period, rcs, age in columns
        ]


def element_rows(elements: ElementSets) -> list[dict[str, Any]]:
    """Element sets as dictionaries, with the names and units of the columns."""
    columns = [name for name in ElementSets.column_names() if name not in ("epoch_jd_day", "epoch_day_fraction")]
    values = [getattr(elements, name).tolist() for name in columns]
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)]
    return [{**row, "epoch": elements.epoch(place).isoformat()} for place, row in enumerate(rows)]


def matching(served: ServedSnapshot, text: str) -> Any:
    """A mask (n,) of objects whose name, designator or number holds every word of `text`."""
    words = [word.casefold() for word in text.split()]
    plain = [folded(word) or word for word in words]
    return np.array(
        [
            all(word in searched or bare in searched for word, bare in zip(words, plain, strict=True))
            for searched in served.search_texts
        ],
        dtype=bool,
    )
