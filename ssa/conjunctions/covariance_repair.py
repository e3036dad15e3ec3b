"""Covariances that are not positive definite: how they are repaired, and how it is said.

A negative variance is an artefact of rounding or of interpolation in the message. Where one matters, it is raised to a
floor far below the hard-body radius, so that it decides nothing; what was changed is reported with the answer.
Source: Hall, Hejduk, Johnson 2017, Remediating non-positive definite state covariances for collision probability
estimation, AAS 17-567 (floor of 1e-4 of the hard-body radius).
"""

from __future__ import annotations

import numpy as np

from orbits.arrays import Floats

FLOOR_OF_RADIUS = 1e-4  # standard deviation, as a part of the hard-body radius
_ROUNDING = 1e-12  # of the largest eigenvalue of the scaled matrix: below it a negative one is rounding


def repaired_plane_covariance(covariance: Floats, floor_sigma: float) -> tuple[Floats, str | None]:
    """A (2, 2) covariance with no deviation below the floor, and what was done (None: nothing).

    >>> fixed, said = repaired_plane_covariance(np.diag([4.0, -1.0]), 0.1)
    >>> fixed.diagonal().round(6).tolist(), said is not None
    ([4.0, 0.01], True)
    """
    values, vectors = np.linalg.eigh(covariance)
    floor = floor_sigma**2
    if values[0] >= floor:
        return covariance, None
    raised = np.maximum(values, floor)
    said = (
        f"the covariance in the encounter plane has the eigenvalue {values[0] * 1e6:.4g} m2; "
        f"raised to {floor * 1e6:.4g} m2"
    )
    return (vectors * raised) @ vectors.T, said


def repaired_state_covariance(covariance: Floats) -> tuple[Floats, str | None]:
    """A (n, n) covariance whose negative eigenvalues, each coordinate scaled by its own deviation, are set to 0.

    Tiny negative ones (rounding) are set to 0 in silence; a negative variance on the diagonal is always reported.
    """
    diagonal = covariance.diagonal()
    scale = np.sqrt(np.where(diagonal > 0.0, diagonal, 1.0))
    values, vectors = np.linalg.eigh(covariance / np.outer(scale, scale))
    if values[0] >= 0.0:
        return covariance, None
    fixed = (vectors * np.maximum(values, 0.0)) @ vectors.T * np.outer(scale, scale)
    fixed = 0.5 * (fixed + fixed.T)
    negative = bool((diagonal < 0.0).any())
    if values[0] > -_ROUNDING * values[-1] and not negative:
        return fixed, None
    return fixed, f"a state covariance is not positive definite (scaled eigenvalue {values[0]:.3g}); set to 0"
