"""Spatial density of catalogued objects: by altitude, by altitude and inclination, by altitude and latitude, over time.

Density is the mean number of objects in a shell at a random moment over the shell's volume; an eccentric object counts
in each shell with the share of time it spends there. Within a shell nodes and phases are taken as spread all round, and
so the density at a latitude b of an object of inclination i is 2 / (pi sqrt(sin^2 i - sin^2 b)) times the mean; bands
of latitude hold the integral of it, which is finite at b = i. Latitudes here are geocentric.

Source: Kessler 1981, Icarus 48, 39-48; Liou et al. 2002, NASA/TP-2002-210780 (ORDEM2000), section 3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np

from orbits import Instant
from orbits.arrays import Floats, read_only
from orbits.errors import InvalidValue
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.debris.density_shells import Shells, ShellTimes, shell_times
from ssa.debris.known_sizes import KnownSizes
from ssa.debris.population import Population, population_of
from ssa.debris.size_rules import OBJECT_CLASSES

INCLINATION_BINS = 180  # of one degree
_STEPS_IN_BIN = 8


@dataclass(frozen=True, eq=False)
class SpatialDensity:
    """Objects per km3, read-only: by shell (h,), by shell and class (h, 4), by shell and inclination (h, 180).

    The second and third hold the part that each class or degree of inclination adds: rows sum to the first.
    `objects_in_shells` is the mean number of objects between the lowest and the highest edge, of `objects` counted.
    """

    shells: Shells
    per_km3: Floats
    by_class_per_km3: Floats
    by_inclination_per_km3: Floats
    objects: int
    objects_in_shells: float

    def __post_init__(self) -> None:
        for column in ("per_km3", "by_class_per_km3", "by_inclination_per_km3"):
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))

    def by_latitude_per_km3(self, edges_deg: Floats) -> Floats:
        """Density (h, b) between latitudes `edges_deg` (b + 1,), rising, from -90 to 90 at most.

        Raises `InvalidValue` for edges that are not.
        """
        edges = np.asarray(edges_deg, dtype=np.float64)
        if len(edges) < 2 or not (np.diff(edges) > 0.0).all() or abs(edges[0]) > 90.0 or abs(edges[-1]) > 90.0:
            raise InvalidValue("latitudes", edges.tolist()[:4], "must rise, from -90 to 90 deg at most")
        share = np.diff(np.sin(np.radians(edges))) / 2.0  # of the shell's volume that a band holds
        return np.asarray(self.by_inclination_per_km3 @ (latitude_shares(tuple(edges.tolist())) / share))


def spatial_density(population: Population, shells: Shells | None = None) -> SpatialDensity:
    """Densities of a population in `shells` (default: 10 km from 150 to 2,050 km)."""
    shells = shells if shells is not None else Shells.even(150.0, 2050.0, 10.0)
    times = shell_times(population.orbits, shells)
    by_class = _spread(times, population.object_class, len(OBJECT_CLASSES))
    by_inclination = _spread(times, inclination_bin(population.orbits.inclination_rad), INCLINATION_BINS)
    return SpatialDensity(
        shells=shells, per_km3=times.summed() / shells.volume_km3, by_class_per_km3=by_class,
        by_inclination_per_km3=by_inclination, objects=len(population),
        objects_in_shells=float(times.fraction.sum()),
    )  # fmt: skip


def inclination_bin(inclination_rad: Floats) -> np.ndarray:
    """The degree of inclination that an orbit falls into (n,)."""
    return np.minimum(np.degrees(inclination_rad).astype(np.int64), INCLINATION_BINS - 1)


def _spread(times: ShellTimes, code: np.ndarray, codes: int) -> Floats:
    cells = times.shell * codes + code[times.object_row]
    counted = np.bincount(cells, times.fraction, minlength=len(times.shells) * codes).reshape(-1, codes)
    return np.asarray(counted / times.shells.volume_km3[:, None])


@cache
def latitude_shares(edges_deg: tuple[float, ...]) -> Floats:
    """The share of time between latitudes (b + 1 edges) of circular orbits of each degree of inclination (180, b).

    >>> latitude_shares((-90.0, 0.0, 90.0))[53].round(12)
    array([0.5, 0.5])
    """
    within = (np.arange(_STEPS_IN_BIN) + 0.5) / _STEPS_IN_BIN
    sine = np.sin(np.radians(np.arange(INCLINATION_BINS)[:, None] + within))
    edges = np.sin(np.radians(np.array(edges_deg)))
    angle = np.arcsin(np.clip(edges[None, None, :] / sine[:, :, None], -1.0, 1.0))
    return read_only((np.diff(angle, axis=2) / np.pi).mean(axis=1), np.float64)


@dataclass(frozen=True, eq=False)
class DensityHistory:
    """Density (t, h) of several catalogues in the same shells, by rising `as_of` (t,)."""

    shells: Shells
    as_of: tuple[Instant, ...]
    objects: tuple[int, ...]
    per_km3: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "per_km3", read_only(self.per_km3, np.float64))


def density_history(
    snapshots: Iterable[CatalogueSnapshot], shells: Shells, known: KnownSizes | None = None
) -> DensityHistory:
    """How the density changed from catalogue to catalogue; raises `InvalidValue` when none is given."""
    ordered = sorted(snapshots, key=lambda snapshot: (snapshot.as_of.jd_day, snapshot.as_of.day_fraction))
    if not ordered:
        raise InvalidValue("catalogues", 0, "are none; give one or more")
    found = [spatial_density(population_of(snapshot, known), shells) for snapshot in ordered]
    return DensityHistory(
        shells, tuple(snapshot.as_of for snapshot in ordered), tuple(density.objects for density in found),
        np.array([density.per_km3 for density in found]),
    )  # fmt: skip
