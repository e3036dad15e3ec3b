"""The elevation mask by azimuth in programs of access rules: its points lie in rows behind the condition's own.

Columns from `first` on: of the condition's row, the lowest elevation (rad), the number of points, how far (rad) a
search may let the view turn from state to state, and where the pole of latitude stands beside the third axis (x and y
in rad; not 0 where targets were turned by polar motion); of each row of code MASK_POINTS after it, up to six points
(azimuth, elevation; rad). Such a row is no condition: its margin is infinite, which changes no smallest of margins.

The mask runs straight between its points, round the circle. Its margin is continuous but at the zenith of the target,
where the azimuth turns over; no mask reaches so high that the sign changes there.
"""

from __future__ import annotations

import math

from orbits.jit import inner

MASK, MASK_POINTS = 10, 11
POINTS_PER_ROW = 6
LOWEST, COUNT, VIEW, POLE_X, POLE_Y = 0, 1, 2, 3, 4


@inner
def azimuth_from_target(dx, dy, dz, ux, uy, uz, kx, ky):
    """Azimuth (rad, 0 to 2 pi) at a target with unit vertical U of what stands at -D; the pole is at (kx, ky, 1)."""
    # east is K x U, north U x east; squares are written out, for near a pole they would cancel
    east = -(dx * (ky * uz - uy) + dy * (ux - kx * uz) + dz * (kx * uy - ky * ux))
    north_x = kx * (uy * uy + uz * uz) - ux * (uy * ky + uz)
    north_y = ky * (ux * ux + uz * uz) - uy * (ux * kx + uz)
    north_z = ux * ux + uy * uy - uz * (ux * kx + uy * ky)
    north = -(dx * north_x + dy * north_y + dz * north_z)
    azimuth = math.atan2(east, north)
    return azimuth + 2.0 * math.pi if azimuth < 0.0 else azimuth


@inner
def mask_elevation(table, k, first, dx, dy, dz, ux, uy, uz):
    """The elevation (rad) of the mask in row `k` of a program, or of a near program, towards what stands at -D."""
    azimuth = azimuth_from_target(dx, dy, dz, ux, uy, uz, table[k, first + POLE_X], table[k, first + POLE_Y])
    count = int(table[k, first + COUNT])
    low, high = 0, count  # the points before `low` lie at the azimuth or before it, those from `high` on after it
    while low < high:
        middle = (low + high) // 2
        row, place = k + 1 + middle // POINTS_PER_ROW, first + 2 * (middle % POINTS_PER_ROW)
        if table[row, place] <= azimuth:
            low = middle + 1
        else:
            high = middle
    left, right = (low - 1) % count, low % count
    left_row, left_place = k + 1 + left // POINTS_PER_ROW, first + 2 * (left % POINTS_PER_ROW)
    right_row, right_place = k + 1 + right // POINTS_PER_ROW, first + 2 * (right % POINTS_PER_ROW)
    a, b = table[left_row, left_place], table[right_row, right_place]
    if low == 0:
        a -= 2.0 * math.pi
    if low == count:
        b += 2.0 * math.pi
    share = (azimuth - a) / (b - a)
    lowest, highest = table[left_row, left_place + 1], table[right_row, right_place + 1]
    return lowest + share * (highest - lowest)


@inner
def finest_share(program, code, first, view_rad):
    """The share of a search's step, made for a view that turns by `view_rad`, that a program with masks needs."""
    share = 1.0
    for k in range(program.shape[0]):
        if int(program[k, code]) == MASK:
            share = min(share, program[k, first + VIEW] / view_rad)
    return share
