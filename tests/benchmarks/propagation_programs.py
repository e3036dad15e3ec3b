"""Ours and its peers behind one face: `prepare` outside the clock, `run` inside it.

Preparing holds all that a program can do once for many calls: reading the elements, its constants, compiling, and
bringing the times into its own form. Peers are imported when they are prepared, so that one may be missing. Each is
called the fastest way that its documentation shows, on one thread.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from orbits import propagate
from orbits.arrays import Floats
from tests.benchmarks.propagation_cases import Case, Objects

OURS, OURS_REUSED = "allied-ssa", "allied-ssa, out="


@dataclass(frozen=True)
class Prepared:
    """`run` is timed; `position_km` turns its result into TEME positions (n, t, 3), NaN where it refused a state."""

    run: Callable[[], Any]
    position_km: Callable[[Any], Floats]


Program = Callable[[Objects, Case], Prepared | None]
"""None: the program has no answer to this case."""


def ours(objects: Objects, case: Case, threads: int = 1) -> Prepared:
    asked: Any = {"velocities": case.velocities, "threads": threads}
    propagate(objects.elements, case.times, **asked)  # element sets keep their constants from the first call on
    return Prepared(
        run=lambda: propagate(objects.elements, case.times, **asked),
        position_km=lambda states: states.position_teme_km,
    )


def ours_reused(objects: Objects, case: Case, threads: int = 1) -> Prepared | None:
    """Ours into the arrays of an earlier answer, as a loop over many spans would do it."""
    if "out" not in inspect.signature(propagate).parameters:
        return None
    asked: Any = {"velocities": case.velocities, "threads": threads}
    earlier = propagate(objects.elements, case.times, **asked)
    return Prepared(
        run=lambda: propagate(objects.elements, case.times, **asked, out=earlier),
        position_km=lambda states: states.position_teme_km,
    )


def sgp4(objects: Objects, case: Case) -> Prepared:
    """The reference: its C++ over arrays. It always gives velocities."""
    from sgp4.api import SatrecArray

    satrecs, instants = SatrecArray(objects.satrecs), case.instants
    return Prepared(
        run=lambda: satrecs.sgp4(instants.jd_day, instants.day_fraction),
        position_km=lambda answer: np.where(answer[0][..., None] == 0, answer[1], np.nan),
    )


def astroz(objects: Objects, case: Case) -> Prepared:
    """Its answer is (t, n, 3), near-earth objects first, so columns are put back by catalogue number."""
    import astroz as package

    constellation = package.Constellation("\n".join(objects.lines))
    back = np.argsort(constellation.satnums)
    minutes, start = case.minutes, case.start.datetime()

    def position_km(answer: Any) -> Floats:
        position: Floats = (answer[0] if case.velocities else answer)[:, back]
        return position.transpose(1, 0, 2)

    return Prepared(
        run=lambda: package.propagate(
            constellation, minutes, start_time=start, output="teme", velocities=case.velocities
        ),
        position_km=position_km,
    )


def astroz_reused(objects: Objects, case: Case) -> Prepared | None:
    """Its compiled layer into given arrays (n, t, 3); that layer is near-earth only."""
    if case.is_deep:
        return None
    from astroz._astroz import WGS72, Satrec, Sgp4Constellation

    lines = objects.lines
    records = [Satrec.twoline2rv(*pair, WGS72) for pair in zip(lines[::2], lines[1::2], strict=True)]
    constellation = Sgp4Constellation(records, gravity_model=WGS72)
    offsets_min = (case.start.jd_day + case.start.day_fraction - np.array(constellation.epochs)) * 1440.0
    minutes = case.minutes
    position = np.empty((len(objects), len(minutes), 3))
    velocity = np.empty_like(position) if case.velocities else None
    return Prepared(
        run=lambda: constellation.propagate_into(minutes, position, velocity, epoch_offsets=offsets_min),
        position_km=lambda _: position,
    )


def heyoka(objects: Objects, case: Case) -> Prepared | None:
    """Into given arrays, at minutes since each epoch: less than half the time that Julian dates take.

    Always with velocities. It takes deep-space objects, too, but by the near-earth theory, kilometres off: no answer.
    """
    if case.is_deep:
        return None
    import heyoka as package

    package.set_nthreads(1)
    propagator = package.model.sgp4_propagator(list(objects.satrecs))
    epoch_day, epoch_fraction = np.array([(each.jdsatepoch, each.jdsatepochF) for each in objects.satrecs]).T
    start_min = ((case.start.jd_day - epoch_day) + (case.start.day_fraction - epoch_fraction)) * 1440.0
    minutes = start_min + case.minutes[:, None]
    states = np.empty((len(minutes), propagator.nouts, len(objects)))
    return Prepared(
        run=lambda: propagator(minutes, out=states),
        position_km=lambda _: np.where(states[:, 6:] == 0, states[:, :3], np.nan).transpose(2, 0, 1),
    )


def satkit(objects: Objects, case: Case) -> Prepared:
    """In metres; always with velocities."""
    import satkit as package

    tles, instants = package.TLE.from_lines(list(objects.lines)), case.instants
    times = [package.time.from_datetime(instants[index].datetime()) for index in range(len(instants))]
    improved = package.sgp4_opsmode.improved
    return Prepared(
        run=lambda: package.sgp4(tles, times, opsmode=improved, errflag=True),
        position_km=lambda answer: np.where(answer[2][..., None] == 0, answer[0] / 1000.0, np.nan),
    )


PROGRAMS: dict[str, Program] = {
    "sgp4": sgp4,
    OURS: ours,
    OURS_REUSED: ours_reused,
    "astroz": astroz,
    "astroz, given arrays": astroz_reused,
    "heyoka": heyoka,
    "satkit": satkit,
}
REFERENCE = "sgp4"
