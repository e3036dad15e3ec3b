"""The objects of a catalogue as debris studies see them: orbit, size, mass, class, owner, and who can step aside.

Sizes and masses are known for few objects; the rest is inferred in the order of `ssa.debris.size_rules`, and every row
says how. Left out, and counted: what has decayed or was launched later. Who can manoeuvre is assumed: payloads in
operation, and satellites of a constellation unless they are said not to work, of at least 0.2 m radius (smaller ones
seldom have engines).

Limits: owner codes say nothing of control. Uncatalogued pieces, classified and unlisted objects are absent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

import numpy as np

from orbits.arrays import Booleans, Floats, Integers, Texts, read_only
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.constellations import constellations
from ssa.debris.known_sizes import KnownSizes
from ssa.debris.mean_orbits import MeanOrbits, mean_orbits
from ssa.debris.size_rules import KNOWN, OBJECT_CLASSES, SIZE_BASES, radii_and_masses
from ssa.fleets import OPERATIONAL
from ssa.names import without_mark

_CLASS_OF_TYPE = {"PAY": 0, "R/B": 1, "DEB": 2}
_SMALLEST_WITH_ENGINE_M = 0.2
UNKNOWN_OWNER = "unknown"


@dataclass(frozen=True, eq=False)
class Population:
    """Columns (n,), read-only, in the order of the catalogue; `rows` are the rows of the snapshot they came from.

    `object_class` indexes `OBJECT_CLASSES`; `size_basis` and `mass_basis` index `SIZE_BASES` and `MASS_BASES` of
    `ssa.debris.size_rules`. `radius_m` is the radius of a disc of the mean cross-section `area_m2`. `radius_factors`
    and `mass_factors` (n, 2) multiply the estimate to the ends of a band of about 90 %. `constellation` may be "".
    `left_out` counts by reason. A population of made fragments has zeros in `rows`.
    """

    norad_id: Integers
    name: Texts
    rows: Integers
    orbits: MeanOrbits
    radius_m: Floats
    radius_factors: Floats
    size_basis: Integers
    mass_kg: Floats
    mass_factors: Floats
    mass_basis: Integers
    object_class: Integers
    owner: Texts
    constellation: Texts
    is_manoeuvrable: Booleans
    left_out: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    caveats: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        kinds = {"norad_id": np.int64, "rows": np.int64, "size_basis": np.int64, "mass_basis": np.int64,
                 "object_class": np.int64, "name": np.object_, "owner": np.object_, "constellation": np.object_,
                 "is_manoeuvrable": np.bool_}  # fmt: skip
        for column in (f.name for f in fields(self)):
            if column not in ("orbits", "left_out", "caveats"):
                object.__setattr__(self, column, read_only(getattr(self, column), kinds.get(column, np.float64)))

    def __len__(self) -> int:
        return len(self.norad_id)

    def __getitem__(self, rows: Any) -> Population:
        """The chosen objects: a slice, a mask or indices; caveats and counts stay those of the whole."""
        if isinstance(rows, (int, np.integer)):
            rows = [int(rows)]
        kept = {"left_out": self.left_out, "caveats": self.caveats}
        columns = {f.name: getattr(self, f.name)[rows] for f in fields(self) if f.name not in kept}
        return Population(**columns, **kept)  # type: ignore[arg-type]

    @property
    def area_m2(self) -> Floats:
        """Mean cross-section (n,)."""
        return np.asarray(np.pi * self.radius_m**2)

    @property
    def area_to_mass_m2_kg(self) -> Floats:
        """Mean cross-section over mass (n,)."""
        return np.asarray(self.area_m2 / self.mass_kg)

    @property
    def is_size_known(self) -> Booleans:
        """Whether the radius comes from a table or a design rather than from an inference (n,)."""
        return np.asarray(self.size_basis < KNOWN)

    def counts(self) -> dict[str, dict[str, int]]:
        """How many objects there are of each class, and how many radii rest on each basis."""
        return {
            "objects_by_class": _counted(self.object_class, OBJECT_CLASSES),
            "radii_by_basis": _counted(self.size_basis, SIZE_BASES),
        }


def _counted(codes: Integers, words: tuple[str, ...]) -> dict[str, int]:
    return {word: int(count) for word, count in zip(words, np.bincount(codes, minlength=len(words)), strict=True)}


def population_of(snapshot: CatalogueSnapshot, known: KnownSizes | None = None) -> Population:
    """The objects of a snapshot that are in orbit at its `as_of`, with sizes and masses; `known` ones go first.

    >>> from ssa.catalogue.simulated import simulated_catalogue
    >>> everything = population_of(simulated_catalogue())
    >>> bool((everything.mass_kg > 0).all()), everything.counts()["radii_by_basis"]["table"]
    (True, 0)
    """
    today = snapshot.as_of.date().isoformat()
    decayed = snapshot.decayed() | (snapshot.ops_status == "D")
    later = np.array([text is not None and text > today for text in snapshot.launch_date], dtype=np.bool_) & ~decayed
    rows = np.flatnonzero(~decayed & ~later)
    elements = snapshot.elements[rows]
    names = np.array([without_mark(name).upper() for name in elements.name], dtype=np.object_)
    classes = np.array([_CLASS_OF_TYPE.get(kind, 3) for kind in snapshot.object_type[rows]], dtype=np.int64)
    unknown = classes == OBJECT_CLASSES.index("unknown")
    classes[unknown] = np.array([_class_by_name(name) for name in names[unknown]], dtype=np.int64)
    radius, mass = radii_and_masses(
        elements.norad_id, names, classes, snapshot.rcs_m2[rows], known if known is not None else KnownSizes.none()
    )
    constellation = _constellations(names, classes)
    status = snapshot.ops_status[rows]
    works = np.array([text in OPERATIONAL for text in status], dtype=np.bool_)
    unsaid = np.array([text in (None, "", "?") for text in status], dtype=np.bool_)
    can_move = (classes == 0) & (works | (unsaid & (constellation != ""))) & (radius.value >= _SMALLEST_WITH_ENGINE_M)
    return Population(
        norad_id=elements.norad_id, name=elements.name, rows=rows, orbits=mean_orbits(elements),
        radius_m=radius.value, radius_factors=radius.factors, size_basis=radius.basis,
        mass_kg=mass.value, mass_factors=mass.factors, mass_basis=mass.basis, object_class=classes,
        owner=np.array([code or UNKNOWN_OWNER for code in snapshot.owner[rows]], dtype=np.object_),
        constellation=constellation, is_manoeuvrable=can_move,
        left_out=MappingProxyType({reason: count for reason, count in
                                   (("decayed", int(decayed.sum())), ("launched later", int(later.sum()))) if count}),
        caveats=_caveats(bool(unsaid[classes == 0].all()), radius.basis),
    )  # fmt: skip


def _class_by_name(name: str) -> int:
    """The class that a name tells where the catalogue does not: `R/B` and `DEB`; else unknown."""
    return 2 if " DEB" in name else 1 if "R/B" in name else 3


def _constellations(names: Texts, classes: Integers) -> Texts:
    """The constellation whose name pattern a payload's name matches, or "" (n,)."""
    patterns = [(each.name, each.name_patterns) for s in ("navigation", "communications") for each in constellations(s)]
    found = np.full(len(names), "", dtype=np.object_)
    for row in np.flatnonzero((classes == 0) | (classes == 3)).tolist():
        for constellation, tried in patterns:
            if any(pattern.search(names[row]) for pattern in tried):
                found[row] = constellation
                break
    return found


def _caveats(status_unknown: bool, size_basis: Integers) -> tuple[str, ...]:
    inferred = float((size_basis >= KNOWN).mean()) if len(size_basis) else 0.0
    told = [
        "only catalogued objects are seen, about 10 cm and larger in low orbit: 54,000 of that size and 1.2 million of "
        "1 to 10 cm are modelled to exist (ESA 2025)",
        f"the radii of {inferred:.0%} of the objects are inferred from radar or are defaults of their class; a radius "
        "from radar may be 0.6 to 3 times, a default 0.1 to 4 times the one given",
        status_unknown and "the catalogue says of no payload whether it works: only satellites of known constellations "
        "are taken to manoeuvre",
    ]  # fmt: skip
    return tuple(text for text in told if text)
