"""Every pass of a whole catalogue over Kyiv in 24 h, at 10 deg: 123,648 by an independent exact search.

`research/coverage.md` counts 123,648 passes of 26,830 objects (4 of the 26,834 fail in SGP4 from the start). The same
catalogue is also searched here by brute force on a 20 s grid for a sample of objects, chosen by a fixed seed.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from orbits import ElementSets, GroundSite, HorizonMask, TimeSpan
from ssa.passes import find_passes
from tests import naive

pytestmark = pytest.mark.real_data

KYIV = GroundSite("Kyiv", latitude_deg=50.4501, longitude_deg=30.5234, altitude_m=179)
DAY = TimeSpan.of("2024-11-01T00:00:00Z", hours=24)
TWENTY_SECONDS = 20.0


def test_the_count_is_that_of_the_independent_search(shared: Path) -> None:
    elements = ElementSets.read(shared / "data" / "catalogs" / "gp_2024-11-01_on-orbit.csv.gz")
    passes = find_passes(elements, KYIV, DAY, mask=10.0)
    assert len(passes.failed) == 4
    assert all(failure.since == DAY.start for failure in passes.failed)
    assert len(passes) == 123_648

    sample = np.random.default_rng(1101).choice(len(elements), 300, replace=False)
    compared = 0
    for row in sample:
        mine = np.flatnonzero(passes.object_row == row)
        plain = naive.intervals_above_mask(elements[int(row)], KYIV, DAY, HorizonMask.level(10.0), TWENTY_SECONDS)
        for first, last in plain:
            inside = [k for k in mine if passes.rise_s[k] <= first and last <= passes.set_s[k]]
            assert len(inside) == 1, (int(elements.norad_id[row]), first, last)
            k = inside[0]
            assert first - passes.rise_s[k] <= TWENTY_SECONDS
            assert passes.set_s[k] - last <= TWENTY_SECONDS
            compared += 1
        unseen = len(mine) - len(plain)
        short = int((passes.set_s[mine] - passes.rise_s[mine] < TWENTY_SECONDS).sum())
        assert 0 <= unseen <= short
    assert compared > 1000
