"""Near margins have the sign of the margin, its size at the edge, and no value where it has none."""

from __future__ import annotations

import numpy as np
import pytest

from ssa.near_margin_kernels import NEAR_WIDTH, lay_near_programs_kernel, near_margins_kernel
from ssa.sensors import AccessGeometry, Elevation, NadirCone, OffNadir, SarAnnulus, SunElevation, compiled
from tests.made_up_geometry import drawn
from tests.unit.ssa.test_access_kernels import ROUNDING_RAD, RULES

AT_THE_EDGE_RAD = 1e-3
NARROW = [NadirCone(0.356), OffNadir(90, 0), SarAnnulus(0, 90), Elevation(90), Elevation(89.9), SunElevation(-90, 90)]


def near_margins(rule, geometry: AccessGeometry) -> np.ndarray:
    program = compiled(rule)
    near, found = np.empty((len(program), NEAR_WIDTH)), np.empty(geometry.shape)
    lay_near_programs_kernel(program, near)
    near_margins_kernel(near, geometry.rows(), found)
    return found


@pytest.mark.parametrize("rule", [*RULES, *NARROW], ids=str)
def test_a_near_margin_has_the_margins_sign_and_its_size_at_the_edge(rule) -> None:
    geometry = drawn(seed=11, count=20_000)
    margin, near = rule.margin(geometry), near_margins(rule, geometry)
    told = np.abs(margin) > ROUNDING_RAD
    assert told.any()
    np.testing.assert_array_equal(near[told] > 0.0, margin[told] > 0.0)
    if rule not in NARROW:
        edge = np.abs(margin) < AT_THE_EDGE_RAD
        assert edge.sum() > 5
        # cosines bend by half the distance from the edge over its tangent: 4 deg is the narrowest edge here
        np.testing.assert_allclose(near[edge], margin[edge], rtol=AT_THE_EDGE_RAD / np.tan(np.radians(4)), atol=1e-8)


def test_unknown_inputs_give_nan_only_where_they_are_needed() -> None:
    geometry = AccessGeometry.of([[7078.0, 0, 0]] * 2, [0, 7.0, 0], latitude_deg=[0, np.nan], longitude_deg=0)
    assert np.isnan(near_margins(Elevation(0), geometry)).tolist() == [False, True]
    upward = AccessGeometry.of([[7078.0, 0, 0]], [1.0, 0, 0], latitude_deg=[0], longitude_deg=1)
    assert np.isnan(near_margins(SarAnnulus(0, 90, "left"), upward)).all()
    assert not np.isnan(near_margins(NadirCone(10), upward)).any()
