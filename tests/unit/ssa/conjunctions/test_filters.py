"""Filters of screenings: who is left, who is counted, what is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from orbits import InvalidValue, TimeSpan
from ssa.alerts.together import STATUS_UNKNOWN
from ssa.conjunctions.filters import SAME_FLEET, SAME_FLEET_STAYS, narrowed, without_same_fleet
from ssa.conjunctions.screening import screen
from ssa.errors import UnknownName
from tests.made_up_catalogue import Row, made_up_catalogue
from tests.made_up_station import over_the_pole

ROWS: list[Row] = [
    (1, "SENTINEL-2A", "ESA", "PAY", "+"), (2, "OLD SAT", "FR", "PAY", "-"), (3, "NOBODY KNOWS", "FR", "PAY", None),
    (4, "FENGYUN 1C DEB", "PRC", "DEB", None), (5, "CZ-3B R/B", "PRC", "R/B", None), (6, "THING", None, None, None),
    (7, "SPARE", "US", "PAY", "S"),
]  # fmt: skip
SNAPSHOT = made_up_catalogue(ROWS)


def numbers(rows: np.ndarray) -> list[int]:
    return [int(number) for number in SNAPSHOT.elements.norad_id[rows]]


def test_active_payloads_have_an_operational_status_and_the_unknown_are_counted() -> None:
    found = narrowed(SNAPSHOT, active_only=True)
    assert numbers(found.rows) == [1, 7]
    assert found.left_out == {
        "primaries: no payloads": 3, "primaries: payloads of unknown status": 1,
        "primaries: payloads that are not active": 1,
    }  # fmt: skip
    assert "operational" in found.caveats[0]


def test_without_any_status_every_payload_is_kept_and_it_is_said() -> None:
    blank = replace(SNAPSHOT, ops_status=np.full(len(SNAPSHOT), None, dtype=object), digest="")
    found = narrowed(blank, active_only=True)
    assert numbers(found.rows) == [1, 2, 3, 7]
    assert "every payload is taken as active" in found.caveats[0]


def test_types_are_kept_and_an_unknown_type_is_unk() -> None:
    assert numbers(narrowed(SNAPSHOT, types=("DEB", "R/B")).rows) == [4, 5]
    assert numbers(narrowed(SNAPSHOT, types=("UNK",), side="secondaries").rows) == [6]
    assert narrowed(SNAPSHOT, np.array([0, 3]), types=("DEB",)).left_out == {"primaries: type is not DEB": 1}


def test_a_mission_narrows_and_says_how_it_is_told() -> None:
    found = narrowed(SNAPSHOT, mission="imaging")
    assert numbers(found.rows) == [1]
    assert found.left_out == {"primaries: mission is not imaging, or not known": 6}
    assert "names are hints" in found.caveats[0]


def test_words_that_mean_nothing_and_sides_with_nobody_left_are_refused() -> None:
    with pytest.raises(InvalidValue, match="PAY, R/B, DEB, UNK"):
        narrowed(SNAPSHOT, types=("SAT",))
    with pytest.raises(UnknownName, match="imaging"):
        narrowed(SNAPSHOT, mission="imagin")
    with pytest.raises(InvalidValue, match="leaves no object"):
        narrowed(SNAPSHOT, np.array([3]), active_only=True)


def test_pairs_inside_one_constellation_are_left_out_and_counted() -> None:
    fleet: list[Row] = [(100 + place, f"FLOCK-{place}", "US", "PAY", "+") for place in range(30)]
    rows: list[Row] = [*fleet, (200, "ALONE", "US", "PAY", "+")]
    turned = [0.0, 90.0, *np.linspace(100.0, 170.0, 28), 45.0]  # over the pole, each 0.3 to 8 km behind the one before
    turned[2] = 0.0  # and one that flies with the first
    snapshot = over_the_pole(rows, turned, [0.0025 * place for place in range(31)])
    found = screen(snapshot.elements, TimeSpan.of("2026-03-10T03:55:00Z", hours=1), miss_km=5.0)
    kept = without_same_fleet(found, snapshot)
    own = snapshot.elements.norad_id < 200
    inside = own[found.primary_row] & own[found.secondary_row]
    assert 0 < inside.sum() < len(found)
    assert kept.counts[SAME_FLEET] == inside.sum()
    assert len(kept) == (~inside).sum()
    assert not (own[kept.primary_row] & own[kept.secondary_row]).any()
    assert kept.counts[SAME_FLEET_STAYS] == len(found.stays) - len(kept.stays) > 0
    blank = replace(snapshot, ops_status=np.full(len(snapshot), None, dtype=object), digest="")
    told = without_same_fleet(found, blank)  # constellations by owner and name, and it is said
    assert told.counts == kept.counts
    assert STATUS_UNKNOWN in told.caveats
    assert STATUS_UNKNOWN not in kept.caveats
