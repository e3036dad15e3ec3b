"""States of many element sets, each at a time of its own (AIAA 2006-6753)."""

from __future__ import annotations

from orbits.jit import column, entry, f8, i8, out, record_type, u1
from orbits.sgp4_core.propagation_kernels import minutes_since_epoch, state_at
from orbits.sgp4_core.record import SGP4_RECORD


@entry(column(record_type(SGP4_RECORD)), column(i8), column(f8), column(f8), i8, i8, out(f8, 2), out(u1))
def own_times_kernel(records, rows, jd_day, day_fraction, first, last, states, status):
    """States (m, 6) in km and km/s and statuses (m,): the record of `rows[k]` at time k, for k from first to last."""
    for k in range(first, last):
        r = records[rows[k]]
        state, _, _, _ = state_at(r, minutes_since_epoch(r, jd_day[k], day_fraction[k]), 0.0, 0.0, 0.0)
        status[k] = state[0]
        states[k, 0], states[k, 1], states[k, 2] = state[1], state[2], state[3]
        states[k, 3], states[k, 4], states[k, 5] = state[4], state[5], state[6]
