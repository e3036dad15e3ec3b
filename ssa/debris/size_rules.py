"""Radius and mass of every object by the best that is known, each with its basis and a factor of doubt.

The order, best first. Radius: the caller's table; a design told by name; the radar cross-section; a default of the
class. Mass: the table; the design; from the radius (debris by the break-up model, payloads and rocket bodies scaled
from their default with the density falling as size^-0.74); a default.

The radius is that of a disc as large as the mean cross-section, which is what a collision rate needs; a long stage can
be touched farther out. Factors multiply the estimate and enclose about 90 %: those of radar are published (Hall and
Baars 2023), those of debris defaults are the spread of radar sizes in NASA CARA's table of June 2026; those of the
other defaults and of designs are judged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits.arrays import Booleans, Floats, Integers, Texts
from ssa.debris.fragment_masses import fragment_mass_kg
from ssa.debris.known_sizes import KnownSizes, design_rows, designs
from ssa.debris.radar_sizes import size_from_radar_m

OBJECT_CLASSES = ("payload", "rocket body", "debris", "unknown")
SIZE_BASES = ("table", "design", "radar cross-section", "default")
MASS_BASES = ("table", "design", "inferred from size", "default")
KNOWN = 2  # bases before this index are known, the rest inferred

# By class: radius in m, mass in kg. Payload: NASA CARA's default of 2026-06. Rocket body: its mass 2,550 kg, with the
# radius of the large radar class (esa/cascade) in place of CARA's circumscribing 14.5 m. Debris: the small radar class.
DEFAULT_RADIUS_M = np.array([1.1, 2.0, 0.15, 0.15])
DEFAULT_MASS_KG = np.array([448.3, 2550.0, np.nan, np.nan])
_DENSITY_POWER = 3.0 - 0.74  # mass over size; Reynolds, Orbital Debris Environment Model: density = 2.8 d^-0.74 g/cm3

_RADAR_FACTORS = (0.59, 3.1)
_DESIGN_FACTORS = (0.77, 1.3)
_DEFAULT_RADIUS_FACTORS = np.array([[0.1, 4.0], [0.4, 2.0], [0.33, 3.0], [0.33, 10.0]])
_SCALED_MASS_FACTORS = (0.1, 10.0)
_DEFAULT_MASS_FACTORS = np.array([[0.005, 15.0], [0.05, 4.0], [0.03, 40.0], [0.03, 400.0]])


@dataclass(frozen=True, eq=False)
class Estimates:
    """Estimates (n,) with the index of their basis and the factors (n, 2) that enclose about 90 %."""

    value: Floats
    basis: Integers
    factors: Floats


def radii_and_masses(
    norad_id: Integers, names: Texts, object_class: Integers, rcs_m2: Floats, known: KnownSizes
) -> tuple[Estimates, Estimates]:
    """Radius in m and mass in kg of objects (n,) of these numbers, names (without marks), classes, cross-sections."""
    count = len(norad_id)
    radius, mass = DEFAULT_RADIUS_M[object_class], np.full(count, np.nan)
    radius_basis = np.full(count, SIZE_BASES.index("default"))
    radius_factors = _DEFAULT_RADIUS_FACTORS[object_class]

    seen = size_from_radar_m(rcs_m2) / 2.0
    by_radar = np.isfinite(seen)
    radius[by_radar], radius_basis[by_radar], radius_factors[by_radar] = seen[by_radar], 2, _RADAR_FACTORS

    design = design_rows(names)
    made = design >= 0
    mass_basis = np.full(count, MASS_BASES.index("inferred from size"))
    mass_factors = np.tile(np.array(_SCALED_MASS_FACTORS), (count, 1))
    radius[made] = np.array([kind.radius_m for kind in designs()])[design[made]]
    mass[made] = np.array([kind.mass_kg for kind in designs()])[design[made]]
    radius_basis[made] = mass_basis[made] = 1
    radius_factors[made] = mass_factors[made] = _DESIGN_FACTORS

    place = np.minimum(np.searchsorted(known.norad_id, norad_id), max(len(known) - 1, 0))
    listed = known.norad_id[place] == norad_id if len(known) else np.zeros(count, dtype=np.bool_)
    if listed.any():
        _take(listed, place, known.radius_m, known.from_radar, radius, radius_basis, radius_factors, _RADAR_FACTORS)
        _take(listed, place, known.mass_kg, known.mass_from_radar, mass, mass_basis, mass_factors, (0.47, 10.9))

    missing = np.isnan(mass)
    body = missing & (object_class < 2)
    piece = missing & ~body
    ratio = radius / DEFAULT_RADIUS_M[object_class]
    mass[body] = (DEFAULT_MASS_KG[object_class] * ratio**_DENSITY_POWER)[body]
    mass[piece] = fragment_mass_kg(2.0 * radius[piece])
    guessed = missing & (radius_basis == SIZE_BASES.index("default"))
    mass_basis[guessed] = MASS_BASES.index("default")
    mass_factors[guessed] = _DEFAULT_MASS_FACTORS[object_class[guessed]]
    return Estimates(radius, radius_basis, radius_factors), Estimates(mass, mass_basis, mass_factors)


def _take(
    listed: Booleans, place: Integers, values: Floats, radar: Booleans, into: Floats, basis: Integers,
    factors: Floats, radar_factors: tuple[float, float],
) -> None:  # fmt: skip
    """Put what the table says in place of what was inferred; an estimate from radar stays one."""
    rows = np.flatnonzero(listed & np.isfinite(values[place]))
    into[rows] = values[place[rows]]
    seen = radar[place[rows]]
    basis[rows] = np.where(seen, KNOWN, 0)  # what comes from radar is inferred, whoever did it
    factors[rows] = np.where(seen[:, None], radar_factors, (0.9, 1.1))
