"""A snapshot of the real catalogue beside the project, for tests marked `real_data`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from orbits import ElementSets, Instant
from ssa.catalogue.ownership import SatelliteFacts
from ssa.catalogue.snapshot import CatalogueSnapshot


@cache
def catalogue_of_march_2026(shared: Path) -> CatalogueSnapshot:
    """Element sets of 2026-03-10 with owners and types of 2026-06-14 and the status of 2026-03-10, where known."""
    elements = ElementSets.read(shared / "data" / "catalogs" / "gp_2026-03-10_merged.csv.gz")
    elements = elements[np.argsort(elements.norad_id, kind="stable")]
    facts = SatelliteFacts.read(shared / "data" / "satcat" / "satcat_assembled_2026-06.csv.gz")
    place = {number: row for row, number in enumerate(facts.norad_id.tolist())}
    rows = [place.get(number) for number in elements.norad_id.tolist()]

    def column(name: str) -> np.ndarray:
        values = np.empty(len(rows), dtype=object)
        values[:] = [None if row is None else getattr(facts, name)[row] for row in rows]
        return values

    return CatalogueSnapshot(
        elements=elements, owner=column("owner"), object_type=column("object_type"), ops_status=column("ops_status"),
        launch_date=column("launch_date"), decay_date=column("decay_date"), rcs_m2=np.full(len(rows), np.nan),
        as_of=Instant.parse("2026-03-10T12:00:00Z"), data_mode="REAL", source="CelesTrak, beside the project",
    )  # fmt: skip
