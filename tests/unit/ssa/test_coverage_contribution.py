"""Who adds what, and what is lost: groups, shared objects, sampling, resilience."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import InvalidValue
from ssa.coverage.coalitions import Objective, coalition_values
from ssa.coverage.contribution import contribution_of
from ssa.coverage.groups import Groups
from ssa.coverage.resilience import degradation, single_losses, worst_loss
from ssa.coverage.shapley import all_subsets, sampled_shapley, shapley_of_subsets
from tests.made_up_access import made_up_access
from tests.naive_coverage import stored

TWO = [(0, 0, 0, 900), (1, 0, 450, 1800)]


def test_objects_that_two_owners_share_are_a_group_of_their_own_or_belong_to_each() -> None:
    rows = {"FR": [0, 1], "ITA": [1, 2]}
    apart, each = Groups.of(rows, 4), Groups.of(rows, 4, shared="each")
    assert apart.names == ("FR", "ITA", "FR+ITA")
    assert apart.member.sum(axis=0).tolist() == [1, 1, 1, 0]
    assert apart.ungrouped == 1
    found = stored([(1, 0, 0, 1800)], objects=4, cells=1)
    assert contribution_of(found, apart).marginal.tolist() == [0.0, 0.0, 0.5]
    assert contribution_of(found, each).marginal.tolist() == [0.0, 0.0]
    assert contribution_of(found, each).shapley.tolist() == [0.25, 0.25]
    assert contribution_of(found, each).alone.tolist() == [0.5, 0.5]


def test_objects_of_no_group_take_no_part() -> None:
    part = contribution_of(stored(TWO, objects=2, cells=1), Groups.of({"FR": [0]}, 2))
    assert part.whole == 0.25
    assert part.ungrouped == 1


def test_groups_are_refused_when_they_do_not_fit() -> None:
    found = stored(TWO, objects=2, cells=1)
    with pytest.raises(InvalidValue, match="give groups of the 2 objects"):
        contribution_of(found, Groups.each_object(3))
    with pytest.raises(InvalidValue, match="every group needs a name of its own"):
        Groups(("A", "A"), np.eye(2, dtype=bool))
    with pytest.raises(InvalidValue, match="give one or more names"):
        Groups((), np.zeros((0, 2), dtype=bool))
    with pytest.raises(InvalidValue, match="rows here are 0 to 1"):
        Groups.of({"FR": [5]}, 2)


def test_a_measure_without_a_value_for_every_part_is_refused_with_the_way_out() -> None:
    found, groups = stored(TWO, objects=2, cells=1), Groups.each_object(2)
    with pytest.raises(
        InvalidValue, match=r"mean_revisit_s: has no value for every part of a fleet; choose from covered"
    ):
        contribution_of(found, groups, "mean_revisit_s")
    with pytest.raises(InvalidValue, match="satisfied_fraction needs the gap required"):
        contribution_of(found, groups, "satisfied_fraction")
    with pytest.raises(InvalidValue, match="orders: 1"):
        contribution_of(found, groups, orders=1)


def test_rows_carry_the_unit_of_the_measure_in_their_keys() -> None:
    found, groups = stored(TWO, objects=2, cells=1), Groups.by_label(["FR", "US"])
    assert contribution_of(found, groups).rows()[0] == {
        "owner": "FR", "alone_fraction": 0.25, "marginal_fraction": 0.125, "shapley_fraction": 0.1875,
        "shapley_standard_error_fraction": 0.0,
    }  # fmt: skip
    assert "marginal_s" in contribution_of(found, groups, "max_gap_s").rows()[0]
    assert contribution_of(found, groups, "max_gap_s", shapley=False).rows()[0]["shapley_s"] is None
    assert "alone_fold" in contribution_of(found, groups, "mean_fold").rows()[0]


def test_a_marginal_gap_is_negative_when_the_group_shortens_it() -> None:
    part = contribution_of(stored(TWO, objects=2, cells=1), Groups.each_object(2), "max_gap_s")
    assert part.marginal.tolist() == [0.0, -900.0]
    assert (part.whole, part.nothing) == (1800.0, 3600.0)


def test_sampled_values_sum_to_the_whole_repeat_with_their_seed_and_lie_within_their_errors() -> None:
    found = made_up_access(10, 12, 24.0)
    groups, goal = Groups.each_object(10), Objective("time_average_gap_s")
    exact = contribution_of(found, groups, goal)
    assert exact.method == "exact: all 1024 subsets"
    assert exact.standard_error.tolist() == [0.0] * 10

    def values_of(inside):
        return coalition_values(found, inside, goal)

    sampled, error = sampled_shapley(values_of, 10, orders=400, seed=5)
    assert np.array_equal(sampled, sampled_shapley(values_of, 10, orders=400, seed=5)[0])
    assert sampled.sum() == pytest.approx(exact.whole - exact.nothing)
    assert (np.abs(sampled - exact.shapley) < 4.0 * error).all()


def test_many_groups_are_sampled_for_gaps_and_exact_for_what_is_covered() -> None:
    found = made_up_access(14, 6, 24.0)
    groups = Groups.each_object(14)
    gaps = contribution_of(found, groups, "mean_max_gap_s", orders=20, seed=3)
    assert gaps.method == "sampled: 20 random orders, seed 3"
    assert (gaps.standard_error > 0.0).all()
    assert contribution_of(found, groups).method.startswith("exact")
    assert np.allclose(
        contribution_of(found, groups).shapley,
        shapley_of_subsets(coalition_values(found, all_subsets(14), Objective("covered_fraction"))),
    )


def test_threads_do_not_change_a_sum() -> None:
    found = made_up_access(6, 90, 24.0)
    goal = Objective("time_average_gap_s")
    one, two = (coalition_values(found, all_subsets(6), goal, threads=threads) for threads in (1, 2))
    assert np.array_equal(one, two)


def test_the_worst_losses_are_exact_while_few_and_greedy_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    found = made_up_access(8, 10, 24.0)
    exact = worst_loss(found, 3, "mean_max_gap_s")
    assert exact.method == "exact: all 56 losses tried"
    monkeypatch.setattr("ssa.coverage.resilience.EXACT_TRIES", 10)
    greedy = worst_loss(found, 3, "mean_max_gap_s")
    assert greedy.method.startswith("greedy")
    assert exact.before <= greedy.after <= exact.after
    assert worst_loss(found, 1, "mean_max_gap_s").after == single_losses(found, "mean_max_gap_s").max()


def test_a_fleet_degrades_from_the_whole_to_nothing() -> None:
    found = made_up_access(6, 10, 24.0)
    curve = degradation(found, 6, "covered_fraction", orders=10, seed=2)
    assert (np.diff(curve.worst) <= 0.0).all()
    assert (curve.worst <= curve.random_mean + 1e-12).all()
    assert curve.worst[-1] == curve.random_mean[-1] == 0.0
    assert curve.worst[0] == pytest.approx(curve.random_mean[0])
    assert sorted(curve.lost.tolist()) == list(range(6))
    assert curve.random_standard_error[0] == pytest.approx(0.0, abs=1e-15)


def test_losses_are_refused_that_a_fleet_cannot_have() -> None:
    found = stored(TWO, objects=2, cells=1)
    for losses in (0, 3):
        with pytest.raises(InvalidValue, match="give 1 to 2, the objects there are"):
            worst_loss(found, losses, "covered_fraction")
    with pytest.raises(InvalidValue, match="orders: 1"):
        degradation(found, 1, "covered_fraction", orders=1)
    with pytest.raises(InvalidValue, match="give 2 rows, one for each object"):
        coalition_values(found, np.ones((3, 1), dtype=bool), Objective("covered_fraction"))
