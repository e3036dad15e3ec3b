"""From element sets to SGP4 records (see `record`)."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from orbits.constants import MINUTES_PER_DAY, TAU
from orbits.elements import ElementSets
from orbits.sgp4_core.near_earth_initialisation_kernels import initialise_kernel
from orbits.sgp4_core.propagation_kernels import propagate_kernel
from orbits.sgp4_core.record import SGP4_RECORD
from orbits.sgp4_core.status import NOT_SGP4
from orbits.times import Instant

_SGP4_XP = 4  # ephemeris type of element sets made with SGP4-XP, which no public code can propagate

_RECORDS: WeakKeyDictionary[ElementSets, npt.NDArray[Any]] = WeakKeyDictionary()


def initialise(elements: ElementSets) -> npt.NDArray[Any]:
    """One `SGP4_RECORD` per element set (n,), WGS72 constants, improved mode.

    Kept as long as the element sets live, so that asking twice costs nothing. Sets of ephemeris type 4 get status 7
    and no constants. Source: AIAA 2006-6753, sgp4init.
    """
    known = _RECORDS.get(elements)
    if known is not None:
        return known
    columns = np.column_stack(
        [
            elements.epoch_jd_day,
            elements.epoch_day_fraction,
            elements.mean_motion_rev_day * TAU / MINUTES_PER_DAY,
            elements.eccentricity,
            np.radians(elements.inclination_deg),
            np.radians(elements.raan_deg),
            np.radians(elements.argument_of_perigee_deg),
            np.radians(elements.mean_anomaly_deg),
            elements.bstar_per_earth_radius,
        ]
    )
    records = np.zeros(len(elements), dtype=SGP4_RECORD)
    records["status"][elements.ephemeris_type == _SGP4_XP] = NOT_SGP4
    initialise_kernel(columns, records)
    records.flags.writeable = False
    _RECORDS[elements] = records
    return records


def statuses_at(records: npt.NDArray[Any], when: Instant) -> npt.NDArray[np.uint8]:
    """The status of each record's state at one instant (n,)."""
    status = np.empty((len(records), 1), dtype=np.uint8)
    propagate_kernel(
        records, np.arange(len(records)), np.array([when.jd_day]), np.array([when.day_fraction]),
        np.empty((len(records), 3, 1)), np.empty((0, 3, 1)), status,
    )  # fmt: skip
    return status[:, 0]
