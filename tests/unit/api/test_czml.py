"""CZML: positions in metres and Earth-fixed, gaps where SGP4 gives no state."""

from __future__ import annotations

import json

import numpy as np

from api.scenes.czml import czml_document
from orbits import ElementSets, Instant, TimeGrid
from orbits.frames import teme_to_itrs
from orbits.propagation import propagate
from tests.orbits_of_note import CIRCULAR_LEO, DECAYING, EPOCH, made_up

PERIODS = [5600.0, 5300.0]


def test_positions_are_those_of_itrs_in_metres() -> None:
    itrs = teme_to_itrs(propagate(CIRCULAR_LEO, TimeGrid(Instant.parse(EPOCH), 60.0, 5)))
    document, packet = czml_document(itrs, ["LEO"], title="LEO", period_s=PERIODS[:1], data_mode="REAL")
    samples = np.array(packet["position"]["cartesian"]).reshape(-1, 4)
    np.testing.assert_allclose(samples[:, 0], [0, 60, 120, 180, 240])
    np.testing.assert_allclose(samples[:, 1:], itrs.position_itrs_km[0] * 1000.0, atol=1e-3)
    assert packet["position"]["referenceFrame"] == "FIXED"
    assert packet["availability"] == "2026-03-10T00:00:00.000Z/2026-03-10T00:04:00.000Z"
    assert document["clock"]["interval"] == packet["availability"]


def test_an_object_is_available_only_while_it_has_states() -> None:
    two = ElementSets.concatenate([CIRCULAR_LEO, DECAYING])
    grid = TimeGrid(Instant.parse(EPOCH), 6 * 3600.0, 125)
    itrs = teme_to_itrs(propagate(two, grid))
    assert 1 < (itrs.status[1] == 0).sum() < 125  # the premise: it decays within the window
    _, whole, cut = czml_document(itrs, ["A", "B"], title="two", period_s=PERIODS, data_mode="REAL")
    assert whole["availability"].endswith(grid.instants[124].isoformat(3))
    first_failure = int(np.flatnonzero(itrs.status[1])[0])
    assert cut["availability"].endswith(grid.instants[first_failure - 1].isoformat(3))
    assert len(cut["position"]["cartesian"]) == 4 * int((itrs.status[1] == 0).sum())


def test_an_object_without_any_state_has_a_packet_without_a_position() -> None:
    gone = made_up("GONE", mean_motion=17.5, bstar=0.1)
    itrs = teme_to_itrs(propagate(gone, TimeGrid(Instant.parse("2026-06-10T00:00:00Z"), 60.0, 3)))
    assert (itrs.status != 0).all()
    _, packet = czml_document(itrs, ["GONE"], title="gone", period_s=[5000.0], data_mode="SIMULATED")
    assert "position" not in packet
    assert "availability" not in packet


def test_the_document_is_json_without_nan_and_names_simulated_data() -> None:
    itrs = teme_to_itrs(propagate(DECAYING, TimeGrid(Instant.parse(EPOCH), 6 * 3600.0, 125)))
    packets = czml_document(itrs, ['<b>"x"</b>'], title="one", period_s=PERIODS[:1], data_mode="SIMULATED")
    assert json.loads(json.dumps(packets, allow_nan=False)) == packets
    assert packets[0]["name"] == "one (SIMULATED)"
    assert packets[1]["name"] == '<b>"x"</b>'
