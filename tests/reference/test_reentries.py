"""Re-entry hindcasts: published element sets and decay times; each window must hold the actual date.

Kosmos 482: sets of M. Langbroek in the tudat unit tests, decay EU SST 2025-05-10 06:04 UTC +- 20 min. GOCE: set of the
Skyfield documentation, decay 2013-11-11 00:16 UTC. Tiangong-1: set of the tle2czml README, decay 2018-04-02 00:16 UTC.
No element set of CZ-5B Y3 is published with a licence to use it here.
"""

import numpy as np
import pytest

from orbits import ElementSets, Instant
from ssa.debris.ballistics import Ballistics, ballistics_of, fitted_ballistic_m2_kg
from ssa.debris.decay import decay_windows

KOSMOS_2023 = """1  6073U 72023E   23002.27791083  .00058038  63497-5  17711-3 0  9992
2  6073  52.0272 335.7777 1067120 299.8132  50.0834 13.74925322626299
"""
KOSMOS_2025 = """1  6073U 72023E   25002.25894564  .00281450  96007-5  26991-3 0  9999
2  6073  51.9788 162.9677 0455091 357.5947   2.2848 15.25405973731352
"""
GOCE = """1 34602U 09013A   13314.96046236  .14220718  20669-5  50412-4 0   930
2 34602 096.5717 344.5256 0009826 296.2811 064.0942 16.58673376272979
"""
TIANGONG = """1 37820U 11053A   18046.14148403  .00095478  12401-4  13999-3 0  9993
2 37820  42.7514 129.7071 0017381  29.1995  48.6729 16.04256914366624
"""
CASES = [
    (KOSMOS_2023, "2025-05-10T06:04:00Z"), (KOSMOS_2025, "2025-05-10T06:04:00Z"), (GOCE, "2013-11-11T00:16:00Z"),
    (TIANGONG, "2018-04-02T00:16:00Z"),
]  # fmt: skip
SPHERE_M2_KG = 2.2 * 0.7854 / 495.0  # Kosmos 482: a sphere of 1 m and 495 kg


@pytest.mark.parametrize("sun_known", [True, False], ids=["weather observed", "weather unknown after the epoch"])
@pytest.mark.parametrize(("text", "decay"), CASES, ids=["Kosmos 2023", "Kosmos 2025", "GOCE", "Tiangong-1"])
def test_the_actual_date_lies_inside_the_window_from_one_set(text, decay, sun_known):
    elements = ElementSets.read(text.encode())
    epoch = elements.epoch(0)
    found = decay_windows(elements, horizon_years=30, observed_until=None if sun_known else epoch)
    actual = Instant.parse(decay).days_since(epoch)
    assert found.earliest_days[0] <= actual <= found.latest_days[0]
    assert found.latest_days[0] < 3 * actual + 1  # the window is wide, but says something


@pytest.mark.parametrize(("text", "off"), [(KOSMOS_2023, 0.03), (KOSMOS_2025, 0.06)])
def test_known_area_and_mass_give_the_lifetime_of_kosmos_482(text, off):
    elements = ElementSets.read(text.encode())
    drag = Ballistics(np.array([SPHERE_M2_KG]), np.array([2]), np.array([1.3]))
    found = decay_windows(elements, horizon_years=5, ballistics=drag)
    actual = Instant.parse("2025-05-10T06:04:00Z").days_since(elements.epoch(0))
    assert found.middle_days[0] == pytest.approx(actual, rel=off)


def test_history_of_two_years_gives_the_drag_and_the_date():
    both = ElementSets.read((KOSMOS_2023 + KOSMOS_2025).encode())
    assert fitted_ballistic_m2_kg(both) == pytest.approx(SPHERE_M2_KG, rel=0.05)
    last = both[[1]]
    drag = ballistics_of(last, history={6073: both})
    assert drag.basis.tolist() == [0]
    found = decay_windows(last, history={6073: both}, horizon_years=5, observed_until=last.epoch(0))
    actual = Instant.parse("2025-05-10T06:04:00Z").days_since(last.epoch(0))
    assert found.earliest_days[0] <= actual <= found.latest_days[0]
    one_set = decay_windows(last, horizon_years=5, observed_until=last.epoch(0))
    width = found.latest_days - found.earliest_days
    assert width[0] < (one_set.latest_days - one_set.earliest_days)[0]  # a history narrows the window
