"""Events found in element sets against the manoeuvre times of eight satellites (docs/element-accuracy.md)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ssa.history.events import find_events
from tests.manoeuvre_truth import SATELLITES, Agreement, agreement, history_of

pytestmark = pytest.mark.real_data

# recall, precision at least, false alarms a year at most: what is measured at the default threshold, less a margin
HELD = {
    "Jason-1": (0.45, 0.6, 2.2), "Jason-2": (0.78, 0.68, 2.2), "CryoSat-2": (0.9, 0.9, 1.0),
    "Sentinel-3A": (0.87, 0.85, 1.2), "TOPEX": (0.42, 0.4, 1.5), "Fengyun-2D": (0.9, 0.82, 1.2),
    "Fengyun-2E": (0.95, 0.72, 2.2), "Fengyun-2F": (0.95, 0.82, 1.4),
}  # fmt: skip


@pytest.fixture(scope="module")
def found(shared: Path) -> dict[str, Agreement]:
    answers = {}
    for satellite in SATELLITES:
        elements, burns = history_of(shared, satellite)
        answers[satellite] = agreement(satellite, elements, burns, find_events(elements))
    return answers


@pytest.mark.parametrize("satellite", SATELLITES)
def test_manoeuvres_of_known_satellites(found: dict[str, Agreement], satellite: str) -> None:
    recall, precision, false_alarms = HELD[satellite]
    one = found[satellite]
    assert one.recall >= recall
    assert one.precision >= precision
    assert one.false_alarms_a_year <= false_alarms


def test_larger_burns_of_low_satellites_are_found_more_often(found: dict[str, Agreement]) -> None:
    low = [found[name] for name in SATELLITES[:5]]
    size, hit = np.concatenate([one.burn_m_s for one in low]), np.concatenate([one.found for one in low])
    shares = [
        hit[(size >= least) & (size < most)].mean()
        for least, most in ((0, 5e-4), (1e-3, 3e-3), (3e-3, 1e-2), (1e-2, 9))
    ]
    assert shares == sorted(shares)
    assert shares[-1] > 0.95  # a centimetre a second and more
    assert shares[0] < 0.5  # half a millimetre a second is below the scatter of the sets
