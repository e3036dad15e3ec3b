"""Slow plain twins for collision probabilities: quadrature on a dense grid, straight sampling."""

from __future__ import annotations

import math

import numpy as np

_ERF = np.vectorize(math.erf)


def disk_mass_dense(x: float, y: float, sx: float, sy: float, radius: float, panels: int = 4000) -> float:
    """Gauss-Legendre over many equal strips across the disk, in the angle; good to 1e-12 absolute."""
    nodes, weights = np.polynomial.legendre.leggauss(12)
    edges = np.linspace(-0.5 * math.pi, 0.5 * math.pi, panels + 1)
    half = 0.5 * (edges[1] - edges[0])
    angle = (0.5 * (edges[1:] + edges[:-1])[:, None] + half * nodes).ravel()
    weight = np.tile(weights * half, panels)
    along, reach = radius * np.sin(angle), radius * np.cos(angle)
    density = np.exp(-0.5 * ((along - x) / sx) ** 2) / (sx * math.sqrt(2.0 * math.pi))
    root = math.sqrt(2.0) * sy
    across = 0.5 * (_ERF((reach - y) / root) + _ERF((reach + y) / root))
    return float((weight * reach * density * across).sum())


def noncentral_chi_square(u: float, v: float) -> float:
    """P(chi2 with 2 degrees, noncentrality v, <= u), by its double series as Chan wrote it."""
    total, poisson, rest, term = 0.0, math.exp(-0.5 * v), 1.0 - math.exp(-0.5 * u), math.exp(-0.5 * u)
    for m in range(400):
        total += poisson * rest
        poisson *= 0.5 * v / (m + 1)
        term *= 0.5 * u / (m + 1)
        rest -= term
    return total
