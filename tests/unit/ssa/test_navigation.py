"""Dilution of precision equals plain linear algebra; measures are what their names say; losses only ever cost."""

from __future__ import annotations

import math

import numpy as np
import pytest

from orbits import GroundSite, InvalidValue, TimeGrid, TimeSpan
from ssa import CellGrid, parse_region
from ssa.catalogue.simulated import simulated_catalogue
from ssa.errors import UnknownName
from ssa.navigation import dop_at, navigation_fleet, navigation_of, navigation_over, outage_over, parse_systems
from ssa.navigation import dop_kernels as k
from tests.naive_navigation import dilutions, from_angles

SNAPSHOT = simulated_catalogue()
START = SNAPSHOT.as_of
SITES = [
    GroundSite("Kyiv", 50.45, 30.52, 180.0), GroundSite("North Pole", 90.0, 0.0), GroundSite("Fiji", -17.0, 179.9),
    GroundSite("Alert", 82.5, -62.3, 30.0),
]  # fmt: skip
DOPS = ("satellites", "gdop", "pdop", "hdop", "vdop", "tdop")


@pytest.mark.parametrize(
    ("systems", "own_clocks"), [("GPS", False), ("all", False), ("GPS,GALILEO", True), ("all", True)]
)
def test_every_dilution_equals_the_inverse_of_the_normal_matrix(systems: str, own_clocks: bool) -> None:
    fleet = navigation_fleet(SNAPSHOT, systems, START)
    times = TimeGrid(start=START, step_s=5000.0, count=12)
    found = dop_at(fleet.elements, SITES, times, system=fleet.system, mask_deg=10.0, own_clocks=own_clocks)
    for row, site in enumerate(SITES):
        expected = dilutions(fleet.elements, fleet.system.tolist(), site, times, 10.0, own_clocks)
        for column, name in enumerate(DOPS):
            values = [each[column] for each in expected]
            assert getattr(found, name)[row] == pytest.approx(values, abs=1e-9, nan_ok=True), (site.name, name)


def kernel_at(directions: list[tuple[float, float]]) -> np.ndarray:
    """Dilutions at a point on the equator from azimuths and elevations, satellites 20,000 km away."""
    point, up = np.array([[6378.137, 0.0, 0.0]]), np.array([[1.0, 0.0, 0.0]])
    a, e = np.radians(np.array(directions)).T
    line = np.stack([np.sin(e), np.cos(e) * np.sin(a), np.cos(e) * np.cos(a)], axis=-1)
    satellites = (point + 20_000.0 * line)[:, None, :]
    dops = np.empty((6, 1, 1))
    k.dop_kernel(satellites, np.zeros(len(a), dtype=np.int64), point, up, math.radians(5.0), 0, 0, 1, dops)
    return dops[:, 0, 0]


def test_one_at_the_zenith_and_three_at_the_mask_have_the_textbook_value() -> None:
    e = 5.5
    found = kernel_at([(0.0, 90.0), (10.0, e), (130.0, e), (250.0, e)])
    s = math.sin(math.radians(e))
    # symmetric: east and north each 1 / (3/2 cos^2 e); up and clock from the 2 x 2 system of zenith and ring
    horizontal = math.sqrt(2.0 / (1.5 * (1.0 - s * s)))
    vertical = math.sqrt((1.0 + 1.0 / 3.0) / (1.0 - s) ** 2)
    assert found[k.SATELLITES] == 4
    assert found[k.HDOP] == pytest.approx(horizontal, rel=1e-12)
    assert found[k.VDOP] == pytest.approx(vertical, rel=1e-12)
    assert found[k.PDOP] == pytest.approx(math.hypot(horizontal, vertical), rel=1e-12)
    assert found[k.GDOP] == pytest.approx(math.hypot(found[k.PDOP], found[k.TDOP]), rel=1e-12)


def test_below_four_satellites_and_on_one_cone_there_is_no_solution() -> None:
    three = kernel_at([(0.0, 80.0), (90.0, 30.0), (180.0, 30.0)])
    assert three[k.SATELLITES] == 3
    assert np.isinf(three[k.GDOP :]).all()
    cone = kernel_at([(azimuth, 40.0) for azimuth in range(0, 360, 45)])  # height and clock cannot be told apart
    assert cone[k.SATELLITES] == 8
    assert np.isinf(cone[k.GDOP :]).all()
    nearly = kernel_at([(azimuth, 40.0 + 3e-5 * (azimuth == 90)) for azimuth in range(0, 360, 45)])
    assert np.isinf(nearly[k.PDOP])  # condition above 1e12
    bad = kernel_at([(azimuth, 40.0 + 0.01 * (azimuth == 90)) for azimuth in range(0, 360, 45)])
    assert 100.0 < bad[k.PDOP] < 1e6


def test_naive_twin_finds_no_solution_on_one_cone_either() -> None:
    azimuth = np.arange(0.0, 360.0, 45.0)
    assert math.isnan(from_angles(azimuth, np.full(8, 40.0), [0] * 8, 5.0)[2])


def test_measures_of_cells_are_those_of_their_dilutions() -> None:
    fleet = navigation_fleet(SNAPSHOT, "QZSS,NAVIC,GALILEO", START)
    cells, times = CellGrid.world(3000), TimeGrid(start=START, step_s=1200.0, count=37)
    found = navigation_over(fleet, cells, times, mask_deg=40.0, most_pdop=8.0)
    every = dop_at(fleet.elements, cells, times, system=fleet.system, mask_deg=40.0)
    pdop = np.where(np.isnan(every.pdop), np.inf, every.pdop)
    available = pdop <= 8.0
    assert 0.0 < available.mean() < 1.0
    assert np.isinf(pdop).any()
    assert found.mean_satellites == pytest.approx(every.satellites.mean(axis=1))
    assert found.min_satellites.tolist() == every.satellites.min(axis=1).tolist()
    assert found.available_fraction == pytest.approx(available.mean(axis=1))
    assert found.solved_fraction == pytest.approx(np.isfinite(pdop).mean(axis=1))
    for row in range(len(cells)):
        solved = pdop[row][np.isfinite(pdop[row])]
        assert found.mean_pdop[row] == pytest.approx(solved.mean() if len(solved) else np.nan, nan_ok=True)
        expected = [np.sort(pdop[row])[math.ceil(0.95 * 37) - 1], pdop[row].max()]
        assert [found.p95_pdop[row], found.worst_pdop[row]] == pytest.approx(
            [value if math.isfinite(value) else np.nan for value in expected], nan_ok=True
        )
        runs = "".join("." if good else "x" for good in available[row]).split(".")
        assert found.longest_outage_s[row] == max(map(len, runs)) * 1200.0
    assert found.time_available_fraction == pytest.approx(cells.weights @ available)
    assert found.time_satellites == pytest.approx(cells.weights @ every.satellites)
    worst = pdop.max(axis=0)
    assert np.array_equal(np.isnan(found.time_worst_pdop), np.isinf(worst))
    assert found.region()["available_fraction"] == pytest.approx(float(cells.weights @ available.mean(axis=1)))


def test_threads_change_no_digit() -> None:
    fleet = navigation_fleet(SNAPSHOT, "GPS,BEIDOU", START)
    cells, times = CellGrid.world(1500), TimeGrid(start=START, step_s=3600.0, count=6)
    one, two = (navigation_over(fleet, cells, times, threads=threads) for threads in (1, 2))
    for name in ("mean_pdop", "p95_pdop", "time_pdop", "time_available_fraction", "time_worst_pdop"):
        assert np.array_equal(getattr(one, name), getattr(two, name), equal_nan=True)


def test_a_system_more_never_worsens_pdop_and_a_clock_of_its_own_never_helps() -> None:
    times = TimeGrid(start=START, step_s=3000.0, count=20)
    gps, both = (navigation_fleet(SNAPSHOT, systems, START) for systems in ("GPS", "GPS,GLONASS"))
    alone = dop_at(gps.elements, SITES, times).pdop
    together = dop_at(both.elements, SITES, times, system=both.system).pdop
    apart = dop_at(both.elements, SITES, times, system=both.system, own_clocks=True).pdop
    assert (together <= alone + 1e-9).all()
    assert (apart >= together - 1e-9).all()
    assert (apart <= alone + 1e-9).all()


def test_an_outage_is_the_same_question_with_the_rest() -> None:
    cells, times = CellGrid.over(parse_region("country:LT"), 100), TimeGrid(start=START, step_s=1800.0, count=24)
    gps = navigation_fleet(SNAPSHOT, "GPS", START)
    lost = gps.elements.norad_id[:3].tolist()
    loss = outage_over(SNAPSHOT, "GPS,GALILEO", cells, times, without=lost, without_systems="GALILEO", most_pdop=2.0)
    assert len(loss.after.fleet) == len(gps) - 3
    assert loss.before.region()["mean_satellites"] > loss.after.region()["mean_satellites"]
    assert loss.available_lost_fraction > 0.0
    assert loss.area_worse_fraction > 0.0
    reasons = {left.norad_id: left.reason for left in loss.after.fleet.systems[0].left_out}
    assert {reasons[number] for number in lost} == {"taken away in this question"}
    # a satellite of a system that is lost anyhow is no fault
    galileo = navigation_fleet(SNAPSHOT, "GALILEO", START).elements.norad_id[0]
    outage_over(SNAPSHOT, "GPS,GALILEO", cells, times, without=[int(galileo)], without_systems="GALILEO")


@pytest.mark.parametrize(
    ("loss", "field"),
    [
        ({}, "without"), ({"without": [25544]}, "without"), ({"without_systems": "GPS"}, "without_systems"),
        ({"without_systems": "NAVIC"}, "without_systems"),
    ],
)  # fmt: skip
def test_a_loss_that_means_nothing_is_refused(loss: dict[str, object], field: str) -> None:
    cells, times = CellGrid.from_points([54.0], [24.0]), TimeGrid(start=START, step_s=1800.0, count=2)
    with pytest.raises(InvalidValue) as caught:
        outage_over(SNAPSHOT, "GPS", cells, times, **loss)  # type: ignore[arg-type]
    assert caught.value.field == field


def test_systems_are_found_by_their_names_and_the_nearest_are_offered() -> None:
    assert parse_systems(" gps , NAVSTAR,bds") == ("gps", "beidou")
    assert len(parse_systems("ALL")) == 6
    with pytest.raises(UnknownName, match="Galileo"):
        parse_systems("Galilio")
    with pytest.raises(InvalidValue, match="names no system"):
        parse_systems(" , ")


def test_the_whole_question_leaves_out_the_windows_end_and_says_what_is_assumed() -> None:
    found = navigation_of(
        SNAPSHOT, parse_region("country:EE"), TimeSpan.of(START, hours=2), "GPS,QZSS", step_s=600, cell_km=100
    )
    assert len(found.coverage.times) == 12
    said = " ".join(found.caveats)
    for words in ("health is unknown", "one clock", "600 s apart", "1:50"):
        assert words in said, words


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"mask_deg": 90.0}, "min_elevation_deg"), ({"mask_deg": math.nan}, "min_elevation_deg"),
     ({"most_pdop": 0.5}, "max_pdop"), ({"step_s": 0.0}, "step_s"), ({"most_cell_epochs": 3}, "hours")],
)  # fmt: skip
def test_values_that_mean_nothing_are_refused_by_field(wrong: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        navigation_of(SNAPSHOT, parse_region("country:EE"), TimeSpan.of(START, hours=1), cell_km=100, **wrong)  # type: ignore[arg-type]
    assert caught.value.field == field


def test_too_many_values_and_systems_out_of_order_are_refused() -> None:
    fleet = navigation_fleet(SNAPSHOT, "GPS,GALILEO", START)
    with pytest.raises(InvalidValue, match="in parts"):
        dop_at(fleet.elements, CellGrid.world(200), TimeGrid(start=START, step_s=1, count=3000))
    with pytest.raises(InvalidValue, match="in order"):
        dop_at(fleet.elements, SITES, TimeGrid(start=START, step_s=1, count=3), system=fleet.system[::-1])


def test_no_satellites_at_all_is_an_answer_without_solutions() -> None:
    fleet = navigation_fleet(SNAPSHOT[:0], "GPS", START)
    found = navigation_over(fleet, CellGrid.from_points([54.0], [24.0]), TimeGrid(start=START, step_s=60, count=3))
    assert found.region()["available_fraction"] == 0.0
    assert math.isnan(found.region()["mean_pdop"])
    assert math.isnan(found.region()["worst_pdop"])
    assert any("No satellite of GPS is used" in text for text in found.fleet.caveats)
