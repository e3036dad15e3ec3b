"""Fill arrays with states: one record per object, times common to all (AIAA 2006-6753).

`state_at` is the scalar door that other kernels (passes, screening) call; `Carry` values between calls are the
resonance integrator's state, and may be started as (0, 0, 0).
"""

from __future__ import annotations

import math

from orbits.jit import column, entry, f8, i8, inner, out, record_type, u1
from orbits.sgp4_core.deep_space_kernels import deep_space_state
from orbits.sgp4_core.near_earth_kernels import failed, near_earth_state
from orbits.sgp4_core.record import SGP4_RECORD

NAN = math.nan


@inner
def minutes_since_epoch(r, jd_day, day_fraction):
    """Minutes from the record's epoch; days and fractions are subtracted apart, so nothing is rounded away."""
    return ((jd_day - r.epoch_jd_day) + (day_fraction - r.epoch_day_fraction)) * 1440.0


@inner
def state_at(r, t, atime, xli, xni):
    """(status, x, y, z, vx, vy, vz), then the integrator's state, `t` minutes after the epoch of `r`."""
    if r.status != 0:
        return failed(r.status), atime, xli, xni
    if r.is_deep == 1:
        return deep_space_state(r, t, atime, xli, xni)
    return near_earth_state(r, t), atime, xli, xni


@entry(column(record_type(SGP4_RECORD)), column(i8), column(f8), column(f8), out(f8, 3), out(f8, 3), out(u1, 2))
def propagate_kernel(records, rows, jd_day, day_fraction, position, velocity, status):
    """States of the records in `rows`: positions (n, 3, t) km, velocities (n, 3, t) km/s, status (n, t), in those rows.

    With velocity (0, 3, t) only positions are filled.
    """
    wants_velocity = velocity.shape[0] > 0
    for place in range(rows.shape[0]):
        row = rows[place]
        r = records[row]
        atime, xli, xni = 0.0, 0.0, 0.0
        for k in range(jd_day.shape[0]):
            t = minutes_since_epoch(r, jd_day[k], day_fraction[k])
            state, atime, xli, xni = state_at(r, t, atime, xli, xni)
            status[row, k] = state[0]
            position[row, 0, k] = state[1]
            position[row, 1, k] = state[2]
            position[row, 2, k] = state[3]
            if wants_velocity:
                velocity[row, 0, k] = state[4]
                velocity[row, 1, k] = state[5]
                velocity[row, 2, k] = state[6]
