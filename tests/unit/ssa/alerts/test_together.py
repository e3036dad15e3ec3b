"""What flies together, and which encounters stand for others."""

from __future__ import annotations

import numpy as np

from ssa.alerts.together import companions, families, first_of_each, inside_one_family
from tests.made_up_catalogue import made_up_catalogue


def test_chains_of_companions_are_one_group() -> None:
    assert companions(6, [(5, 4), (2, 5), (0, 1)]).tolist() == [0, 0, 2, 3, 2, 2]
    assert companions(3, []).tolist() == [0, 1, 2]


def test_a_constellation_is_many_payloads_of_one_owner_with_one_name() -> None:
    rows = [(100 + n, f"NETSAT-{n}", "US", "PAY", "+") for n in range(30)]
    rows += [(200 + n, f"NETSAT-{n}", "FR", "PAY", "+") for n in range(5)]
    rows += [
        (300, "NETSAT-77 DEB", "US", "DEB", None),
        (301, "NETSAT-78", "US", "PAY", "-"),
        (302, "77", "US", "PAY", "+"),
    ]
    snapshot = made_up_catalogue(rows)
    family = families(snapshot)
    assert (family[:30] == family[0]).all()
    assert family[0] >= 0
    assert (family[30:] == -1).all()
    assert inside_one_family(family, np.array([0, 0, 31]), np.array([29, 31, 32])).tolist() == [True, False, False]


def test_one_encounter_stands_for_all_modules_of_a_station() -> None:
    group = companions(5, [(0, 1), (1, 2)])  # a station of three, and two pieces
    one = np.array([0, 1, 2, 0, 3, 2])
    other = np.array([3, 3, 3, 3, 4, 3])
    seconds = np.array([100.0, 100.01, 99.99, 5600.0, 100.0, 104.0])
    miss = np.array([0.5, 0.4, 0.6, 2.0, 1.0, 0.9])
    chosen, held = first_of_each(group, one, other, seconds, miss)
    assert sorted(chosen.tolist()) == [1, 3, 4]
    assert sorted(held[chosen.tolist().index(1)].tolist()) == [0, 1, 2, 5]


def test_no_encounters_stand_for_none() -> None:
    none = np.empty(0, dtype=int)
    chosen, held = first_of_each(companions(2, []), none, none, np.empty(0), np.empty(0))
    assert len(chosen) == len(held) == 0
