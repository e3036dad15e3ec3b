"""The benchmarks ask what they say and print what they found. Nothing here measures a time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from orbits import ElementSets, Instant
from tests.benchmarks.figures import alternated, keep
from tests.benchmarks.propagation import disagreement
from tests.benchmarks.propagation_cases import Case, Objects, cases, drawn, middle_day
from tests.benchmarks.propagation_programs import OURS, PROGRAMS, REFERENCE, ours, sgp4
from tests.benchmarks.propagation_report import plot, tables
from tests.orbits_of_note import all_eight

START = Instant.parse("2026-03-10T00:00:00Z")
one_millimetre = 1e-3  # m


@pytest.fixture(scope="module")
def catalogue() -> ElementSets:
    return all_eight()


@pytest.fixture(scope="module")
def objects(catalogue: ElementSets) -> dict[bool, Objects]:
    return drawn(catalogue)


def made_up_program(millions: float, slower_than_ours: float) -> dict[str, Any]:
    return {
        "million_states_per_s": (millions, 0.9 * millions, 1.1 * millions),
        "slower_than": {OURS: slower_than_ours},
        "worst_m": 0.125,
        "median_m": 2e-8,
        "states_only_one_gives": 0,
    }


@pytest.fixture
def figures() -> dict[str, Any]:
    programs = {OURS: made_up_program(60.0, 1.0), "heyoka": made_up_program(8.0, 7.5)}
    programs[REFERENCE] = made_up_program(2.0, 30.0)
    deep = {name: each for name, each in programs.items() if name != "heyoka"}
    return {
        "clock": "wall",
        "versions": {"allied-ssa": "0.1.0"},
        "cases": {"grid": {"objects": 4096, "programs": programs}, "deep space": {"objects": 9, "programs": deep}},
        "threads": {"grid": {"allied-ssa, 2 threads": made_up_program(110.0, 1.0)}},
    }


def test_every_case_has_its_name_and_as_many_times_as_its_name_says() -> None:
    counts = {case.name: len(case.minutes) for case in cases(START)}
    assert list(counts.values()) == [1440, 1440, 1440, 200, 10, 1440, 1440]


def test_the_arbitrary_times_are_sorted_and_have_no_common_step() -> None:
    (case,) = (each for each in cases(START) if "arbitrary" in each.name)
    gaps = np.diff(case.minutes)
    assert gaps.min() > 0
    assert gaps.max() > 2 * gaps.min()
    assert 0 <= case.minutes[0] < case.minutes[-1] < 1440


def test_near_earth_and_deep_space_objects_are_told_apart_and_none_is_lost(
    catalogue: ElementSets, objects: dict[bool, Objects]
) -> None:
    assert {each.method for each in objects[False].satrecs} == {"n"}
    assert {each.method for each in objects[True].satrecs} == {"d"}
    assert len(objects[False]) + len(objects[True]) == len(catalogue)


def test_a_draw_is_no_larger_than_asked_and_always_the_same(catalogue: ElementSets) -> None:
    assert len(drawn(catalogue, 2)[False]) == 2
    assert drawn(catalogue, 2)[False].lines == drawn(catalogue, 2)[False].lines


@pytest.mark.parametrize("is_deep", [False, True])
def test_ours_and_the_reference_are_asked_the_same_question(
    catalogue: ElementSets, objects: dict[bool, Objects], is_deep: bool
) -> None:
    for case in cases(middle_day(catalogue)):
        short = Case(case.name, case.times, is_deep=is_deep, velocities=case.velocities)
        ready = [program(objects[is_deep], short) for program in (sgp4, ours)]
        reference_km, ours_km = (each.position_km(each.run()) for each in ready)
        found = disagreement(reference_km, ours_km)
        assert found["worst_m"] < one_millimetre
        assert found["states_only_one_gives"] == 0


def test_disagreement_is_in_metres_and_counts_states_that_only_one_gives() -> None:
    reference_km = np.zeros((1, 3, 3))
    position_km = np.array([[[0.0, 0.003, 0.004], [0.001, 0.0, 0.0], [np.nan, np.nan, np.nan]]])
    found = disagreement(reference_km, position_km)
    assert found["worst_m"] == pytest.approx(5.0)
    assert found["median_m"] == pytest.approx(3.0)
    assert found["states_only_one_gives"] == 1


def test_programs_take_turns() -> None:
    order: list[str] = []
    seconds = alternated({name: lambda name=name: order.append(name) for name in "ABC"}, rounds=2)
    assert order == list("ABCABC")
    assert all(each.least <= each.median <= each.most for each in seconds.values())


def test_one_benchmark_leaves_the_figures_of_another_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "benchmarks.json"
    keep("passes", {"ratio": 9}, path)
    keep("propagation", {"ratio": 2}, path)
    keep("propagation", {"ratio": 3}, path)
    assert json.loads(path.read_text()) == {"passes": {"ratio": 9}, "propagation": {"ratio": 3}}


def test_the_tables_show_speed_ratio_and_agreement_and_a_dash_where_there_is_no_answer(figures: dict[str, Any]) -> None:
    text = tables(figures)
    assert "| grid (4,096 objects) | 60.0 (54.0 to 66.0) | 8.0 (7.2 to 8.8) | 2.0 (1.8 to 2.2) |" in text
    assert "| grid (4,096 objects) | 7.5 | 30.0 |" in text
    assert "| deep space (9 objects) | - | 30.0 |" in text
    assert "| grid (4,096 objects) | 0.12; 2e-08 | 0.12; 2e-08 |" in text
    assert "| allied-ssa, 2 threads | 110.0 (99.0 to 121.0) |" in text


def test_the_plot_of_the_same_figures_is_the_same_file(figures: dict[str, Any], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    first, second = tmp_path / "first.svg", tmp_path / "second.svg"
    plot(figures, first)
    plot(figures, second)
    assert first.read_bytes() == second.read_bytes()
    assert "million states per second" in first.read_text()


def test_every_program_has_a_look_of_its_own_in_the_report() -> None:
    from tests.benchmarks.propagation_report import _LOOKS

    assert set(_LOOKS) == set(PROGRAMS)
    assert len({*_LOOKS.values()}) == len(_LOOKS)


def test_growth_of_screening_is_measured_for_each_size_and_drawn(tmp_path: Path) -> None:
    from orbits import TimeSpan
    from ssa.catalogue.simulated import simulated_catalogue
    from tests.benchmarks import screening

    snapshot = simulated_catalogue()
    found = screening.growth(snapshot.elements, TimeSpan.of(snapshot.as_of, hours=0.05), (200, 400), runs=2)
    assert [one.objects for one in found] == [200, 400]
    assert all(len(one.processor_s) == 2 and one.each_us(min) <= one.each_us() <= one.each_us(max) for one in found)
    screening.plot(found, tmp_path / "one.svg")
    screening.plot(found, tmp_path / "two.svg")
    drawn = (tmp_path / "one.svg").read_bytes()
    assert drawn == (tmp_path / "two.svg").read_bytes()
    assert b"us for each object and hour" in drawn
