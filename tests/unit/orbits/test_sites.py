"""Sites and horizons: what is accepted, what is refused, and how a mask runs between its points."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import GroundSite, HorizonMask, InvalidValue


@pytest.mark.parametrize(
    ("latitude", "longitude", "altitude", "field"),
    [
        (90.1, 0.0, 0.0, "latitude_deg"),
        (-91.0, 0.0, 0.0, "latitude_deg"),
        (float("nan"), 0.0, 0.0, "latitude_deg"),
        (0.0, 361.0, 0.0, "longitude_deg"),
        (0.0, -180.1, 0.0, "longitude_deg"),
        (0.0, 0.0, 1e6, "altitude_m"),
    ],
)
def test_a_place_off_the_earth_is_refused_by_field(latitude, longitude, altitude, field) -> None:
    with pytest.raises(InvalidValue) as caught:
        GroundSite("nowhere", latitude, longitude, altitude)
    assert caught.value.field == field


def test_text_with_two_or_three_numbers_is_a_site() -> None:
    assert GroundSite.parse("54.9,23.9").altitude_m == 0.0
    assert GroundSite.parse("54.9,23.9,90", "Kaunas") == GroundSite("Kaunas", 54.9, 23.9, 90.0)
    assert GroundSite.parse("0,359").longitude_deg == -1.0


@pytest.mark.parametrize("text", ["54.9", "54.9;23.9", "a,b", "1,2,3,4", ""])
def test_other_text_is_refused_with_the_form_to_write(text: str) -> None:
    with pytest.raises(InvalidValue, match="LAT,LON"):
        GroundSite.parse(text)


def test_axes_are_orthonormal_and_up_points_away_from_the_earth() -> None:
    for site in (GroundSite("a", 54.9, 23.9), GroundSite("pole", -90.0, 0.0), GroundSite("b", 0.0, 180.0)):
        axes = site.enu_axes
        np.testing.assert_allclose(axes @ axes.T, np.eye(3), atol=1e-15)
        assert np.linalg.det(axes) == pytest.approx(1.0)
        assert axes[2] @ site.position_itrs_km > 6350.0


def test_a_mask_runs_straight_between_its_points_and_round_the_circle() -> None:
    mask = HorizonMask(((10.0, 0.0), (190.0, 18.0)))
    assert mask.at(100.0) == pytest.approx(9.0)
    assert mask.at(280.0) == pytest.approx(9.0)
    assert mask.at(0.0) == pytest.approx(1.0)
    assert mask.lowest_deg == 0.0
    assert not mask.is_level


def test_masks_are_read_from_text() -> None:
    assert HorizonMask.parse("7.5") == HorizonMask.level(7.5)
    assert HorizonMask.parse("180:15,0:5").points == ((0.0, 5.0), (180.0, 15.0))


@pytest.mark.parametrize("text", ["high", "0:5,0:6", "0:95", "400:5", "1:2:3", "nan", "91", "-11"])
def test_a_mask_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        HorizonMask.parse(text)
