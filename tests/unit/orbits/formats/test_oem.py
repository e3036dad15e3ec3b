"""The OEM writer against CCSDS 502.0-B-2, section 5, with a small reader of its own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from orbits import ElementSetError, Instant, TimeGrid
from orbits.ephemeris import TemeEphemeris
from orbits.formats.oem import write_oem
from orbits.propagation import propagate
from tests.orbits_of_note import CIRCULAR_LEO, EPOCH

CREATED = Instant.parse("2026-03-10T04:00:00Z")


def ephemeris(count: int = 10, *, lost: tuple[int, ...] = ()) -> TemeEphemeris:
    """States of the circular orbit a minute apart, some of them marked as failed."""
    found = propagate(CIRCULAR_LEO, TimeGrid(Instant.parse(EPOCH), 60.0, count))
    status = found.status.copy()
    status[0, list(lost)] = 6
    return replace(found, status=status)


def written(states: TemeEphemeris, *, name: str = "CIRCULAR LEO", object_id: str = "2026-001A") -> str:
    return write_oem(states, row=0, name=name, object_id=object_id, created=CREATED, comments=("made up",))


def segments(text: str) -> list[tuple[dict[str, str], np.ndarray]]:
    found: list[tuple[dict[str, str], list[list[str]]]] = []
    in_metadata = False
    for line in text.splitlines():
        if line == "META_START":
            found.append(({}, []))
            in_metadata = True
        elif line == "META_STOP":
            in_metadata = False
        elif in_metadata:
            key, _, value = line.partition(" = ")
            found[-1][0][key] = value
        elif found and line:
            found[-1][1].append(line.split())
    return [(metadata, np.array(rows)) for metadata, rows in found]


def test_the_head_comes_first_and_every_required_keyword_is_there() -> None:
    lines = written(ephemeris()).splitlines()
    assert lines[0] == "CCSDS_OEM_VERS = 2.0"
    assert lines[1] == "COMMENT made up"
    assert lines[2:4] == ["CREATION_DATE = 2026-03-10T04:00:00.000000", "ORIGINATOR = ALLIED-SSA"]
    ((metadata, rows),) = segments("\n".join(lines))
    assert list(metadata) == [
        "OBJECT_NAME", "OBJECT_ID", "CENTER_NAME", "REF_FRAME", "TIME_SYSTEM", "START_TIME", "STOP_TIME",
        "INTERPOLATION", "INTERPOLATION_DEGREE",
    ]  # fmt: skip
    assert (metadata["CENTER_NAME"], metadata["REF_FRAME"], metadata["TIME_SYSTEM"]) == ("EARTH", "TEME", "UTC")
    assert (metadata["START_TIME"], metadata["STOP_TIME"]) == (rows[0, 0], rows[-1, 0])


def test_states_are_those_of_the_ephemeris_to_a_micrometre() -> None:
    states = ephemeris()
    ((_, rows),) = segments(written(states))
    values = rows[:, 1:].astype(float)
    assert states.velocity_teme_km_s is not None
    np.testing.assert_allclose(values[:, :3], states.position_teme_km[0], rtol=0, atol=1e-9)
    np.testing.assert_allclose(values[:, 3:], states.velocity_teme_km_s[0], rtol=0, atol=1e-12)


def test_a_gap_begins_a_new_segment_and_a_lone_state_is_left_out() -> None:
    found = segments(written(ephemeris(lost=(3, 5))))
    assert [len(rows) for _, rows in found] == [3, 4]
    assert [metadata["INTERPOLATION_DEGREE"] for metadata, _ in found] == ["2", "3"]
    assert found[1][0]["START_TIME"] == "2026-03-10T00:06:00.000000"


def test_an_object_without_two_states_in_a_row_is_refused_with_the_way_out() -> None:
    with pytest.raises(ElementSetError, match="no two states in a row"):
        written(ephemeris(4, lost=(1, 3)))


def test_names_that_kvn_cannot_hold_are_made_plain_on_one_line() -> None:
    ((metadata, _),) = segments(written(ephemeris(), name="ŽALIA\nMETA_STOP\x1b", object_id=""))
    assert metadata["OBJECT_NAME"] == "?ALIA META_STOP?"
    assert metadata["OBJECT_ID"] == str(int(CIRCULAR_LEO.norad_id[0]))
