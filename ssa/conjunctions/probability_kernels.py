"""The mass of a two-dimensional Gaussian in a disk, by four methods, for arrays of encounters.

Every length is in one unit (km here, but any will do). Axes are the principal ones of the covariance: `x`, `y` is the
miss, `sx`, `sy` the deviations along them. No result is ever a difference of nearly equal numbers: probabilities of
1e-168 keep their digits. Measured by tests/benchmarks/collision_probability.py.
"""

from __future__ import annotations

import math

import numpy as np

from orbits.jit import column, entry, f8, i8, inner, out

SQRT2 = math.sqrt(2.0)
SQRT_TAU = math.sqrt(2.0 * math.pi)
_MAX_PIECES = 400
_TOLERANCE = 1e-11  # relative, of the adaptive integral
_LEAST = 1e-290  # below: too near the smallest float64 for relative accuracy
_MAX_CONTOUR_POINTS = 1 << 17

# Gauss-Kronrod 7-15, QUADPACK (Piessens et al. 1983), nodes from the middle out
KRONROD_NODES = np.array(
    [0.0, 0.207784955007898468, 0.405845151377397167, 0.586087235467691130, 0.741531185599394440,
     0.864864423359769073, 0.949107912342758525, 0.991455371120812640]
)  # fmt: skip
KRONROD_WEIGHTS = np.array(
    [0.209482141084727828, 0.204432940075298892, 0.190350578064785410, 0.169004726639267903, 0.140653259715525919,
     0.104790010322250184, 0.063092092629978553, 0.022935322010529225]
)  # fmt: skip
GAUSS_WEIGHTS = np.array(  # every second node
    [0.417959183673469388, 0.0, 0.381830050505118945, 0.0, 0.279705391489276668, 0.0, 0.129484966168869693, 0.0]
)  # fmt: skip


@inner
def mass_between(low, high):
    """Standard normal mass from `low` to `high`, without cancellation in the tails or for narrow strips."""
    width, middle = high - low, 0.5 * (low + high)
    if width * max(1.0, abs(middle)) < 1e-2:
        w2 = width * width
        return width * math.exp(-0.5 * middle * middle) / SQRT_TAU * (1.0 + (middle * middle - 1.0) * w2 / 24.0)
    if low > 0.0:
        return 0.5 * (math.erfc(low / SQRT2) - math.erfc(high / SQRT2))
    if high < 0.0:
        return 0.5 * (math.erfc(-high / SQRT2) - math.erfc(-low / SQRT2))
    return 0.5 * (math.erf(high / SQRT2) - math.erf(low / SQRT2))


@inner
def slice_of_disk(angle, x, y, sx, sy, radius):
    """Density over the angle whose sine is the place along x: one strip's mass across, times the density along."""
    cosine = math.cos(angle)
    along = (radius * math.sin(angle) - x) / sx
    half = radius * cosine
    return half / sx * math.exp(-0.5 * along * along) / SQRT_TAU * mass_between((-half - y) / sy, (half - y) / sy)


@inner
def slices_between(low, high, x, y, sx, sy, radius):
    """Gauss-Kronrod 7-15 of `slice_of_disk`: the integral and the difference of the two rules."""
    middle, half = 0.5 * (low + high), 0.5 * (high - low)
    centre = slice_of_disk(middle, x, y, sx, sy, radius)
    kronrod, gauss = KRONROD_WEIGHTS[0] * centre, GAUSS_WEIGHTS[0] * centre
    for k in range(1, 8):
        step = half * KRONROD_NODES[k]
        both = slice_of_disk(middle - step, x, y, sx, sy, radius) + slice_of_disk(middle + step, x, y, sx, sy, radius)
        kronrod += KRONROD_WEIGHTS[k] * both
        gauss += GAUSS_WEIGHTS[k] * both
    return kronrod * half, abs(kronrod - gauss) * half


@inner
def first_edges(x, y, sx, sy, radius, edges):
    """Where the integrand can be narrow, as sorted angles; returns how many. Edges are those of the first pieces."""
    edges[0], edges[1] = -0.5 * math.pi, 0.5 * math.pi
    count = 2
    if sx < 0.7 * radius or sy < 0.7 * radius:
        edges[count] = 0.0
        count += 1
        for k in range(-2, 3):
            # 8 deviations out nothing is left to miss; 3 keep the first rule from sampling past the peak
            reach = k * (3.0 if abs(k) == 1 else 4.0)
            place = (x + reach * sx) / radius
            if sx < 0.7 * radius and -1.0 < place < 1.0:
                edges[count] = math.asin(place)
                count += 1
            half = (abs(y) + reach * sy) / radius  # where the strip's end passes the middle of the Gaussian across
            if sy < 0.7 * radius and 0.0 < half < 1.0:
                edges[count], edges[count + 1] = math.acos(half), -math.acos(half)
                count += 2
    edges[:count].sort()
    return count


@inner
def disk_mass(x, y, sx, sy, radius, lows, highs, masses, errors):
    """The mass in the disk and a bound of its error; the last four arrays are room to work in."""
    if sx < sy:
        x, y, sx, sy = y, x, sy, sx  # the wide axis is integrated over, the needle's is done in closed form
    edges = np.empty(20)
    count = first_edges(x, y, sx, sy, radius, edges)
    total, error = 0.0, 0.0
    pieces = 0
    for k in range(count - 1):
        if edges[k + 1] > edges[k]:
            lows[pieces], highs[pieces] = edges[k], edges[k + 1]
            masses[pieces], errors[pieces] = slices_between(edges[k], edges[k + 1], x, y, sx, sy, radius)
            total += masses[pieces]
            error += errors[pieces]
            pieces += 1
    while error > _TOLERANCE * total and total > _LEAST and pieces < _MAX_PIECES:
        worst = 0
        for k in range(1, pieces):
            if errors[k] > errors[worst]:
                worst = k
        middle = 0.5 * (lows[worst] + highs[worst])
        lows[pieces], highs[pieces] = middle, highs[worst]
        highs[worst] = middle
        for k in (worst, pieces):
            masses[k], errors[k] = slices_between(lows[k], highs[k], x, y, sx, sy, radius)
        pieces += 1
        total, error = 0.0, 0.0
        for k in range(pieces):
            total += masses[k]
            error += errors[k]
    return min(total, 1.0), error


@entry(column(f8), column(f8), column(f8), column(f8), column(f8), i8, i8, out(f8), out(f8))
def foster_kernel(x, y, sx, sy, radius, first, last, mass, error):
    """Fill `mass` and `error` (n,) for rows `first` to `last`."""
    lows, highs = np.empty(_MAX_PIECES), np.empty(_MAX_PIECES)
    masses, errors = np.empty(_MAX_PIECES), np.empty(_MAX_PIECES)
    for row in range(first, last):
        if radius[row] > 0.0 and sx[row] > 0.0 and sy[row] > 0.0:
            mass[row], error[row] = disk_mass(
                x[row], y[row], sx[row], sy[row], radius[row], lows, highs, masses, errors
            )
        else:
            mass[row] = 0.0 if radius[row] == 0.0 and sx[row] > 0.0 and sy[row] > 0.0 else np.nan
            error[row] = mass[row]


@entry(column(f8), column(f8), column(f8), column(f8), column(f8), i8, i8, i8, out(f8))
def alfano_kernel(x, y, sx, sy, radius, most_sections, first, last, mass):
    """Alfano 2005: Simpson's rule over strips across the disk; sections from the paper's count up to a bound."""
    for row in range(first, last):
        xm, ym, wide, narrow, r = x[row], y[row], sx[row], sy[row], radius[row]
        if wide < narrow:
            xm, ym, wide, narrow = ym, xm, narrow, wide
        if not (r >= 0.0 and narrow > 0.0):
            mass[row] = np.nan
            continue
        scale = min(narrow, max(math.sqrt(xm * xm + ym * ym), 1e-3 * r))
        sections = int(min(max(math.ceil(5.0 * r / scale), 10.0), float(most_sections))) if r > 0.0 else 10
        step = r / (2.0 * sections)
        total = 0.0
        # a strip 0.015 of a step inside the end, with weight 2, makes up for what Simpson's rule loses at a square root
        for k in range(2 * sections + 1):
            at = k * step if k < 2 * sections else r - 0.015 * step
            weight = 1.0 if k == 0 else (4.0 if k % 2 else 2.0)
            half = math.sqrt(max(r * r - at * at, 0.0))
            strip = mass_between((-half - ym) / narrow, (half - ym) / narrow)
            left, right = (xm + at) / wide, (xm - at) / wide
            total += weight * strip * (math.exp(-0.5 * left * left) + math.exp(-0.5 * right * right))
        mass[row] = min(total * step / (3.0 * wide * SQRT_TAU), 1.0)


@inner
def gamma_share(m, y):
    """Logarithm of the regularised lower incomplete gamma function P(m + 1, y), by its series."""
    if y <= 0.0:
        return -math.inf
    term, total, k = 1.0, 1.0, 1
    while term > 1e-17 * total and k < 1_000_000:
        term *= y / (m + 1.0 + k)
        total += term
        k += 1
    return min(-y + (m + 1.0) * math.log(y) - math.lgamma(m + 2.0) + math.log(total), 0.0)


@entry(column(f8), column(f8), column(f8), column(f8), column(f8), i8, i8, out(f8))
def chan_kernel(x, y, sx, sy, radius, first, last, mass):
    """Chan 1997: all terms of the series for a disk of equal area in the scaled, isotropic plane."""
    for row in range(first, last):
        if not (radius[row] >= 0.0 and sx[row] > 0.0 and sy[row] > 0.0):
            mass[row] = np.nan
            continue
        u = 0.5 * radius[row] ** 2 / (sx[row] * sy[row])
        v = 0.5 * ((x[row] / sx[row]) ** 2 + (y[row] / sy[row]) ** 2)
        if v == 0.0:
            mass[row] = -math.expm1(-u)
            continue
        largest, total, m = -math.inf, 0.0, 0
        log_v, past = math.log(v), math.sqrt(u * v)
        while m < 1_000_000:
            log_term = -v + m * log_v - math.lgamma(m + 1.0) + gamma_share(m, u)
            if log_term > largest:
                total = total * math.exp(largest - log_term) + 1.0
                largest = log_term
            else:
                total += math.exp(log_term - largest)
                if m > past and log_term < largest - 40.0:
                    break
            if log_term == -math.inf:
                break
            m += 1
        mass[row] = min(total * math.exp(largest), 1.0) if total > 0.0 else 0.0


@inner
def contour_sum(x, y, sx, sy, radius, points):
    """Patera's contour integral by the midpoint rule, which converges fast on a closed curve."""
    nearest = 0.5 * ((x / sx) ** 2 + (y / sy) ** 2)
    least, most = math.inf, 0.0
    for k in range(points):
        angle = 2.0 * math.pi * (k + 0.5) / points
        rho2 = ((x + radius * math.cos(angle)) / sx) ** 2 + ((y + radius * math.sin(angle)) / sy) ** 2
        least, most = min(least, rho2), max(most, rho2)
    # with the origin inside or near the edge 1 - exp is smooth there; for far or small disks it would lose digits
    inside = x * x + y * y < radius * radius or (least < 9.0 and most > 4.0 * least)
    total = 0.0
    for k in range(points):
        angle = 2.0 * math.pi * (k + 0.5) / points
        cosine, sine = math.cos(angle), math.sin(angle)
        a, b = (x + radius * cosine) / sx, (y + radius * sine) / sy
        rho2 = a * a + b * b
        if rho2 == 0.0:
            rho2 = 1e-300
        turn = (a * radius * cosine / sy + b * radius * sine / sx) / rho2
        if inside:
            total -= math.expm1(-0.5 * rho2) * turn
        else:  # less the centre's value, which a curve that does not go round the origin leaves as it is
            rise = 0.5 * rho2 - nearest
            if rise > -30.0:
                total -= math.exp(-nearest) * math.expm1(-rise) * turn
            else:
                total -= math.exp(-0.5 * rho2) * turn
    return total / points


@entry(column(f8), column(f8), column(f8), column(f8), column(f8), i8, i8, out(f8))
def patera_kernel(x, y, sx, sy, radius, first, last, mass):
    """Patera 2001: the mass as an integral once round the disk's edge; points are doubled until the sum stands."""
    for row in range(first, last):
        if not (radius[row] >= 0.0 and sx[row] > 0.0 and sy[row] > 0.0):
            mass[row] = np.nan
            continue
        points = 64
        # of the edge, only the part within a few deviations counts: many points must fall on it
        while points * min(sx[row], sy[row]) < 48.0 * radius[row] and points < _MAX_CONTOUR_POINTS:
            points *= 2
        before = contour_sum(x[row], y[row], sx[row], sy[row], radius[row], points)
        while points < _MAX_CONTOUR_POINTS:
            points *= 2
            now = contour_sum(x[row], y[row], sx[row], sy[row], radius[row], points)
            settled = abs(now - before) <= 1e-11 * abs(now)
            before = now
            if settled:
                break
        mass[row] = min(max(before, 0.0), 1.0)
