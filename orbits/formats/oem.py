"""Ephemerides as a CCSDS Orbit Ephemeris Message (OEM 2.0) in KVN, in TEME: text out, nothing else.

TEME is among the frames that the standard names (CCSDS 502.0-B-2, annex A), and it is SGP4's own: the numbers are
those of the propagator, free of any Earth-orientation value. Readers that know TEME only "of epoch" will be off by up
to the precession and nutation over the span, metres a day in low orbits: the frame here is that of each date.

A stretch in which SGP4 gives no state is left out: the ephemeris goes on in a new segment.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from orbits.arrays import Booleans, Integers
from orbits.ephemeris import TemeEphemeris
from orbits.errors import ElementSetError
from orbits.times import Instant, Instants

_DEGREE = 7  # of the Lagrange polynomial that a reader is told to use, as is common for low orbits


def write_oem(
    ephemeris: TemeEphemeris, *, row: int, name: str, object_id: str, created: Instant, comments: tuple[str, ...] = ()
) -> str:
    """The states of one object (`row`) as an OEM; `created` is given, so that equal input makes equal text.

    `object_id` is the international designator, or empty, then the catalogue number stands in its place. Raises
    `ElementSetError` when the object has no two states in a row, or the ephemeris holds no velocities.
    """
    if ephemeris.velocity_teme_km_s is None:
        raise ElementSetError("writing OEM: the ephemeris holds no velocities; propagate with velocities=True")
    instants = ephemeris.instants
    stretches = [stretch for stretch in _stretches(ephemeris.status[row] == 0) if len(stretch) > 1]
    if not stretches:
        raise ElementSetError(
            f"writing OEM: SGP4 gives object {ephemeris.norad_id[row]} no two states in a row in this window; ask for "
            "JSON to see its status, or for another window"
        )
    lines = ["CCSDS_OEM_VERS = 2.0"]
    lines += [f"COMMENT {line}" for comment in comments for line in _printable(comment)]
    lines += [f"CREATION_DATE = {_time(created)}", "ORIGINATOR = ALLIED-SSA", ""]
    for stretch in stretches:
        lines += _segment(ephemeris, row, instants, stretch, name, object_id or str(int(ephemeris.norad_id[row])))
    return "\n".join((*lines, ""))


def _segment(
    ephemeris: TemeEphemeris, row: int, instants: Instants, stretch: Integers, name: str, object_id: str
) -> list[str]:
    assert ephemeris.velocity_teme_km_s is not None
    times = [_time(instants[place]) for place in stretch.tolist()]
    position = ephemeris.position_teme_km[row][stretch]
    velocity = ephemeris.velocity_teme_km_s[row][stretch]
    return [
        "META_START",
        f"OBJECT_NAME = {' '.join(_printable(name)) or 'UNKNOWN'}",
        f"OBJECT_ID = {' '.join(_printable(object_id))}",
        "CENTER_NAME = EARTH",
        "REF_FRAME = TEME",
        "TIME_SYSTEM = UTC",
        f"START_TIME = {times[0]}",
        f"STOP_TIME = {times[-1]}",
        "INTERPOLATION = LAGRANGE",
        f"INTERPOLATION_DEGREE = {min(_DEGREE, len(stretch) - 1)}",
        "META_STOP",
        "",
        *(
            f"{time} {x:.9f} {y:.9f} {z:.9f} {vx:.12f} {vy:.12f} {vz:.12f}"
            for time, (x, y, z), (vx, vy, vz) in zip(times, position.tolist(), velocity.tolist(), strict=True)
        ),
        "",
    ]


def _stretches(usable: Booleans) -> Iterator[Integers]:
    """The places of usable states, run by run."""
    places = np.flatnonzero(usable)
    if len(places):
        yield from np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)


def _time(when: Instant) -> str:
    return when.isoformat(6).removesuffix("Z")


def _printable(text: str) -> list[str]:
    """Text as lines of the characters that KVN allows: printable ASCII."""
    plain = "".join(letter if " " <= letter <= "~" else " " if letter.isspace() else "?" for letter in text)
    words, lines, line = plain.split(), [], ""
    for word in words:
        if line and len(line) + len(word) > 200:
            lines.append(line)
            line = ""
        line = f"{line} {word}" if line else word
    return [*lines, line] if line else lines
