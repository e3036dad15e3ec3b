"""The probability of collision by drawing orbits: slow, free of geometry's assumptions, with bounds of chance.

Orbits are drawn from Gaussians in equinoctial elements and moved on ellipses; the draws depend on the seed alone,
never on threads or machine. To tell 1e-6 within a tenth takes 4e8 draws: for rare events `three_dimensional` is the
tool.
"""

from __future__ import annotations

import numpy as np

from orbits.arrays import Floats
from orbits.errors import InvalidValue
from orbits.jit import in_slices
from ssa.conjunctions.binomial import clopper_pearson
from ssa.conjunctions.encounter import Encounter
from ssa.conjunctions.monte_carlo_kernels import count_contacts_kernel
from ssa.conjunctions.probability import CollisionProbability, checked_radius_km
from ssa.conjunctions.three_dimensional import WINDOW_OF_PERIOD, three_dimensional
from ssa.conjunctions.uncertain_orbits import orbits_of

METHOD = "monte_carlo"
MAX_SAMPLES = 1_000_000_000
_CHUNK = 100_000


def monte_carlo(
    encounter: Encounter,
    hard_body_radius_m: float,
    *,
    samples: int = 1_000_000,
    seed: int = 1,
    half_window_s: float | None = None,
    confidence: float = 0.95,
    threads: int | None = None,
) -> CollisionProbability:
    """The part of drawn pairs that come within the radius, with its exact confidence interval as `lower` and `upper`.

    The window is `half_window_s` to each side of the states' time; by default it holds all times at which
    `three_dimensional` finds a rate, and a margin. Contact that exists when the window opens is counted. Refused for
    the reasons `three_dimensional` gives. Raises `InvalidValue` for samples outside 1 to 1e9.
    """
    radius = checked_radius_km(hard_body_radius_m)
    if not 1 <= samples <= MAX_SAMPLES:
        raise InvalidValue("samples", samples, f"must be from 1 to {MAX_SAMPLES:,}")
    orbits = orbits_of(encounter)
    if isinstance(orbits, str):
        return CollisionProbability.refused(METHOD, orbits)
    first, second = orbits
    if half_window_s is None:
        spread = three_dimensional(encounter, hard_body_radius_m)
        half = WINDOW_OF_PERIOD * min(first.period_s, second.period_s)
        if spread.start_s is not None and spread.end_s is not None and spread.width_s is not None:
            half = min(half, 1.5 * max(abs(spread.start_s), abs(spread.end_s)) + 10.0 * spread.width_s)
    else:
        half = float(half_window_s)
    factors = [_factor(orbit.covariance) for orbit in orbits]
    generator = np.random.Generator(np.random.PCG64(seed))
    hits = 0
    for begun in range(0, samples, _CHUNK):
        count = min(_CHUNK, samples - begun)
        normals = generator.standard_normal((count, 12))
        found: list[int] = []

        def work(low: int, high: int, normals: Floats = normals, found: list[int] = found) -> None:
            found.append(
                count_contacts_kernel(
                    first.elements, second.elements, factors[0], factors[1], normals, -half, half, radius, low, high
                )
            )

        in_slices(work, count, threads)
        hits += sum(found)
    low, high = clopper_pearson(hits, samples, confidence)
    assumptions = (
        f"{hits:,} hits of {samples:,} draws, seed {seed}; bounds hold {confidence:.0%} of chance",
        f"two-body motion for {half:.4g} s to each side of the states' time",
        "errors Gaussian in orbital elements, independent between the objects",
    )
    return CollisionProbability(METHOD, hits / samples, low, high, assumptions)


def _factor(covariance: Floats) -> Floats:
    """A square root of a covariance that may be singular: factor @ factor.T."""
    scale = np.sqrt(np.maximum(covariance.diagonal(), 1e-300))
    values, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    return np.ascontiguousarray(scale[:, None] * vectors * np.sqrt(np.maximum(values, 0.0)))
