"""Hard-body radii: how far from its centre an object may reach, from what the catalogue says of it.

In this order: a known radius; the radar cross-section as a disk, times a factor by type; a round figure by type. A
cross-section says the size within a factor of about 0.6 to 3 (90 %; Hall and Baars 2023), and probability goes with the
square of the joint radius. Docked vehicles are not added to a station's radius.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Floats, Texts, read_only
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.data import packaged_facts


@dataclass(frozen=True, eq=False)
class HardBodyRadii:
    """Radii (n,) in metres of a snapshot's objects, and where each comes from, in words (n,)."""

    radius_m: Floats
    basis: Texts

    def __post_init__(self) -> None:
        object.__setattr__(self, "radius_m", read_only(self.radius_m, np.float64))
        object.__setattr__(self, "basis", read_only(self.basis, np.object_))


def hard_body_radii(snapshot: CatalogueSnapshot) -> HardBodyRadii:
    """A radius for every object of a snapshot; source: `ssa/data/hard_body_radii.json`."""
    facts = packaged_facts("hard_body_radii")
    kind = np.array([text if text in facts["without_rcs_m"] else "UNK" for text in snapshot.object_type], dtype=object)
    radius, basis = np.empty(len(snapshot)), np.empty(len(snapshot), dtype=object)
    area = snapshot.rcs_m2
    for name, assumed_m in facts["without_rcs_m"].items():
        mine = kind == name
        seen = mine & np.isfinite(area) & (area > 0.0)
        radius[mine], basis[mine] = assumed_m, f"assumed for type {name}"
        disk = np.sqrt(area[seen] / np.pi) * facts["factor_on_rcs_radius"][name]
        radius[seen] = np.clip(disk, facts["least_m"][name], facts["most_m"][name])
        basis[seen] = "from its radar cross-section"
    rows, _ = snapshot.rows_of([int(number) for number in facts["objects_m"]])
    for row in rows.tolist():
        radius[row] = facts["objects_m"][str(int(snapshot.elements.norad_id[row]))]
        basis[row] = "published"
    return HardBodyRadii(radius, basis)
