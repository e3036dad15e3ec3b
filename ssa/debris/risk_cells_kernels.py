"""Kernels of collision rates by cells: every cell of a shell against every cell of the same shell.

A cell is a shell, a degree of inclination, a mass class and a control class (0 drifts, 1 manoeuvres); it holds the
moments of its objects, sums of share of time times radius to the power 0, 1 and 2.
"""

from orbits.jit import column, entry, f8, i8, inner, out

# What a field cell adds for a target of its cell: three moments each.
ALL, DRIFTING, CATASTROPHIC, FRAGMENTS_DRIFTING, SPEED, FRAGMENTS = range(6)
QUANTITIES = 6


@inner
def above(steps, faster, one, two, threshold):
    """The part of G with sin(I/2) at or above a threshold, linear between the table's steps."""
    at = threshold * steps
    if at >= steps:
        return 0.0
    k = int(at)
    return faster[one, two, k] + (at - k) * (faster[one, two, k + 1] - faster[one, two, k])


@inner
def put(seen, cell, quantity, zeroth, first, second):
    """Write the three moments of one quantity."""
    seen[cell, quantity, 0], seen[cell, quantity, 1], seen[cell, quantity, 2] = zeroth, first, second


@entry(i8, i8, column(i8), column(i8), column(i8), column(i8), column(f8, 2), column(f8), column(f8, 2),
       column(f8, 3), column(f8, 2), column(f8, 2), column(f8, 2), out(f8, 3))  # fmt: skip
def cell_rates_kernel(
    first_shell, last_shell, begin, inclination, mass, control, moments, speed_km_s, factor, faster, speed_table,
    threshold_km_s, fragments, seen,
):  # fmt: skip
    """For the cells of some shells, the weighted moments `seen` (c, 6, 3) of all cells of the same shell.

    `begin` (h + 1,) has where the cells of each shell begin; `threshold_km_s` and `fragments` (b, b) have the least
    catastrophic speed and the number of fragments of two mass classes.
    """
    steps = faster.shape[2] - 1
    for shell in range(first_shell, last_shell):
        twice = 2.0 * speed_km_s[shell]
        for target in range(begin[shell], begin[shell + 1]):
            one, heavy = inclination[target], mass[target]
            a0 = a1 = a2 = d0 = d1 = d2 = s0 = s1 = s2 = 0.0
            b0 = b1 = b2 = e0 = e1 = e2 = f0 = f1 = f2 = 0.0
            for field in range(begin[shell], begin[shell + 1]):
                two, other = inclination[field], mass[field]
                m0, m1, m2 = moments[field, 0], moments[field, 1], moments[field, 2]
                drifts = 1.0 - control[field]
                g = factor[one, two]
                a0, a1, a2 = a0 + g * m0, a1 + g * m1, a2 + g * m2
                h = g * drifts
                d0, d1, d2 = d0 + h * m0, d1 + h * m1, d2 + h * m2
                fast = speed_table[one, two] * twice
                s0, s1, s2 = s0 + fast * m0, s1 + fast * m1, s2 + fast * m2
                broken = above(steps, faster, one, two, threshold_km_s[heavy, other] / twice)
                if broken > 0.0:
                    b0, b1, b2 = b0 + broken * m0, b1 + broken * m1, b2 + broken * m2
                    pieces = broken * fragments[heavy, other]
                    h = pieces * drifts
                    e0, e1, e2 = e0 + h * m0, e1 + h * m1, e2 + h * m2
                    f0, f1, f2 = f0 + pieces * m0, f1 + pieces * m1, f2 + pieces * m2
            put(seen, target, ALL, a0, a1, a2)
            put(seen, target, DRIFTING, d0, d1, d2)
            put(seen, target, CATASTROPHIC, b0, b1, b2)
            put(seen, target, FRAGMENTS_DRIFTING, e0, e1, e2)
            put(seen, target, SPEED, s0, s1, s2)
            put(seen, target, FRAGMENTS, f0, f1, f2)


@entry(column(i8), column(i8), column(f8), column(i8), column(i8), column(i8), column(i8), column(f8), column(f8),
       column(f8), column(f8), column(f8, 3), column(f8, 2), column(f8, 3), column(f8, 2), column(f8, 2),
       column(f8, 2), out(f8, 2))  # fmt: skip
def object_rates_kernel(
    first, shell, fraction, cell_of, inclination, mass, control, is_field, radius_km, per_volume, speed_km_s, seen,
    factor, faster, speed_table, threshold_km_s, fragments, rates,
):  # fmt: skip
    """Rates (n, 6) per second of every object from the moments that its cells see, without meeting itself."""
    steps = faster.shape[2] - 1
    for row in range(len(radius_km)):
        r = radius_km[row]
        one, heavy = inclination[row], mass[row]
        drifts = 1.0 - control[row]
        for quantity in range(QUANTITIES):
            rates[row, quantity] = 0.0
        for at in range(first[row], first[row + 1]):
            weight = fraction[at] * per_volume[shell[at]]
            twice = 2.0 * speed_km_s[shell[at]]
            cell = cell_of[at]
            for quantity in range(QUANTITIES):
                rates[row, quantity] += weight * (
                    r * r * seen[cell, quantity, 0] + 2.0 * r * seen[cell, quantity, 1] + seen[cell, quantity, 2]
                )
            own = weight * fraction[at] * 4.0 * r * r * is_field[row]
            broken = above(steps, faster, one, one, threshold_km_s[heavy, heavy] / twice)
            rates[row, ALL] -= own * factor[one, one]
            rates[row, DRIFTING] -= own * factor[one, one] * drifts
            rates[row, CATASTROPHIC] -= own * broken
            rates[row, FRAGMENTS_DRIFTING] -= own * broken * drifts * fragments[heavy, heavy]
            rates[row, SPEED] -= own * speed_table[one, one] * twice
            rates[row, FRAGMENTS] -= own * broken * fragments[heavy, heavy]


@entry(i8, i8, column(i8), column(i8), column(i8), column(f8, 2), column(f8), column(f8, 2), out(f8, 2))
def group_rates_kernel(first_shell, last_shell, begin, inclination, group, moments, per_volume, factor, matrix):
    """Add to `matrix` (g, g) the rates per second of every object of one group against every object of another."""
    for shell in range(first_shell, last_shell):
        for target in range(begin[shell], begin[shell + 1]):
            one, g1 = inclination[target], group[target]
            t0, t1, t2 = moments[target, 0], moments[target, 1], moments[target, 2]
            for field in range(begin[shell], begin[shell + 1]):
                rate = t2 * moments[field, 0] + 2.0 * t1 * moments[field, 1] + t0 * moments[field, 2]
                matrix[g1, group[field]] += per_volume[shell] * factor[one, inclination[field]] * rate
