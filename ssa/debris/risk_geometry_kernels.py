"""Kernels of the crossing of two planes with random nodes; `risk_geometry` says what they mean."""

import math

from orbits.jit import column, entry, f8, inner, out

CLOSEST_TO_HEAD_ON = 1e-6


@inner
def elliptic(m1):
    """K of the complementary parameter m1 = 1 - m, to 2e-8: Abramowitz and Stegun 1964, 17.3.34."""
    above = 1.38629436112 + m1 * (0.09666344259 + m1 * (0.03590092383 + m1 * (0.03742563713 + m1 * 0.01451196212)))
    below = 0.5 + m1 * (0.12498593597 + m1 * (0.06880248576 + m1 * (0.03328355346 + m1 * 0.00441787012)))
    return above - below * math.log(m1)


@inner
def crossing(cos1, sin1, cos2, sin2):
    """G of two inclinations."""
    near = max(1.0 + cos1 * cos2 + sin1 * sin2, 1e-12)
    m1 = max(1.0 - 2.0 * sin1 * sin2 / near, CLOSEST_TO_HEAD_ON)
    return 2.0 * math.sqrt(2.0) / math.pi * elliptic(m1) / math.sqrt(near)


@entry(column(f8), column(f8), out(f8, 2), out(f8, 3), out(f8, 2))
def tables_kernel(degrees, nodes, factor, faster, speed):
    """Fill the tables of `CrossingTables` from the inclinations' lower edges in rad and cosines of nodes."""
    bins = len(degrees)
    width = math.pi / 180.0
    steps = faster.shape[2] - 1
    for one in range(bins):
        for two in range(one, bins):
            sampled, mean_speed = 0.0, 0.0
            for k in range(steps + 1):
                faster[one, two, k] = 0.0
            places = 4
            for p in range(places):
                i1 = degrees[one] + width * (p + 0.5) / places
                c1, s1 = math.cos(i1), math.sin(i1)
                for q in range(places):
                    i2 = degrees[two] + width * (q + 0.5) / places
                    cc, ss = c1 * math.cos(i2), s1 * math.sin(i2)
                    for node in nodes:
                        half2 = min(max(0.5 * (1.0 - cc - ss * node), 0.0), 1.0 - 1e-9)
                        weight = 1.0 / math.sqrt(1.0 - half2) / (places * places * len(nodes))
                        half = math.sqrt(half2)
                        faster[one, two, int(half * steps)] += weight
                        sampled += weight
                        mean_speed += half * weight
            # Where the planes can coincide head on, nodes miss a part: the closed form has it, and it is all fast.
            places = 32 if abs(one + two - 179) <= 1 else 4
            total = 0.0
            for p in range(places):
                i1 = degrees[one] + width * (p + 0.5) / places
                c1, s1 = math.cos(i1), math.sin(i1)
                for q in range(places):
                    i2 = degrees[two] + width * (q + 0.5) / places
                    total += crossing(c1, s1, math.cos(i2), math.sin(i2)) / (places * places)
            missed = total - sampled
            faster[one, two, steps - 1] += missed
            mean_speed += missed
            for k in range(steps - 1, -1, -1):
                faster[one, two, k] += faster[one, two, k + 1]
            factor[one, two] = total
            factor[two, one] = total
            speed[one, two] = mean_speed
            speed[two, one] = mean_speed
            for k in range(steps + 1):
                faster[two, one, k] = faster[one, two, k]
