"""AIAA 2006-6753 verification: `SGP4-VER.TLE` against `tcppver.out`, as they travel inside the `sgp4` wheel (2.27).

33 element sets chosen by Vallado et al. to enter every branch of the theory, with 8 decimals of position (km) and 9 of
velocity (km/s). The scalar kernel reproduces every line to the printed digits; the last one may round the other way.
The vector code solves Kepler's equation further than the paper, which stops at 1e-12 rad: 0.04 mm at GEO height.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import sgp4
from sgp4.api import WGS72, Satrec

from orbits import ElementSets, Instants
from orbits.propagation import propagate
from tests.scalar_states import scalar_states

WHEEL = Path(sgp4.__file__).parent
LAST_POSITION_DIGIT = 1e-8  # km: ten micrometres
LAST_VELOCITY_DIGIT = 1e-9  # km/s


def printed_states() -> dict[int, np.ndarray]:
    """Per satellite, rows of minutes, position, velocity."""
    blocks: dict[int, list[list[float]]] = {}
    for line in (WHEEL / "tcppver.out").read_text().splitlines():
        fields = line.split()
        if len(fields) == 2 and fields[1] == "xx":
            current = int(fields[0])
            blocks.setdefault(current, [])
        elif fields:
            blocks[current].append([float(field) for field in fields[:7]])
    return {number: np.array(rows) for number, rows in blocks.items()}


def verification_sets() -> list[tuple[str, str]]:
    lines = [line for line in (WHEEL / "SGP4-VER.TLE").read_text().splitlines() if not line.startswith("#")]
    return [(lines[k], lines[k + 1]) for k in range(0, len(lines) - 1, 2)]


def elements_of(first: str, second: str) -> ElementSets:
    """The verification file's own columns; a few of its sets carry wrong checksums, which are made good."""

    def checked(line: str) -> str:
        body = line[:68]
        total = sum(int(c) if c.isdigit() else c == "-" for c in body)
        return body + str(total % 10)

    return ElementSets.read(f"{checked(first)}\n{checked(second)}\n".encode())


SETS = verification_sets()


@pytest.mark.parametrize(("first", "second"), SETS, ids=[first[2:7].strip() for first, _ in SETS])
def test_every_printed_line_is_reproduced(first: str, second: str) -> None:
    elements = elements_of(first, second)
    expected = printed_states()[int(elements.norad_id[0])]
    times = Instants.after(elements.epoch(0), expected[:, 0] * 60.0)
    scalar, vector = scalar_states(elements, times), propagate(elements, times)
    # 20413 is asked about 3.5 years after its epoch: there the reference itself is 12 units of the last digit away
    units = 20.0 if int(elements.norad_id[0]) == 20413 else 1.0
    for position, velocity, status, allowed in (
        (*scalar, units), (vector.position_teme_km, vector.velocity_teme_km_s, vector.status, 20.0),
    ):  # fmt: skip
        if int(elements.norad_id[0]) == 33334:
            # fails at once, and the C++ program that wrote the file printed the satellite before it again
            assert (status[0] != 0).all()
            continue
        assert (status[0] == 0).all()
        np.testing.assert_allclose(position[0], expected[:, 1:4], rtol=0, atol=allowed * LAST_POSITION_DIGIT)
        np.testing.assert_allclose(velocity[0], expected[:, 4:7], rtol=0, atol=LAST_VELOCITY_DIGIT)


def test_error_codes_are_those_of_the_reference_at_every_step() -> None:
    seen = set()
    for first, second in SETS:
        start, stop, step = (float(field) for field in second[69:].split()[:3])
        minutes = start + step * np.arange(math.floor((stop - start) / step + 1e-9) + 1)
        reference = Satrec.twoline2rv(first[:69], second[:69], WGS72)
        expected = [reference.sgp4_tsince(float(t))[0] for t in minutes]
        elements = elements_of(first, second)
        states = propagate(elements, Instants.after(elements.epoch(0), minutes * 60.0))
        assert states.status[0].tolist() == expected, first
        assert (np.isnan(states.position_teme_km[0]).all(axis=1) == (states.status[0] != 0)).all()
        seen |= set(expected)
    assert {1, 6} <= seen  # the file enters these failures
