"""Coverage kernels against their slow plain twins, and laws that hold for any stored access."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssa.coverage.blind_times import blind_times
from ssa.coverage.coalitions import BETTER, Objective, coalition_values, shared_fractions
from ssa.coverage.conditions import removed_by
from ssa.coverage.contribution import contribution_of
from ssa.coverage.gaps import find_gaps, satisfied
from ssa.coverage.groups import Groups
from ssa.coverage.measures import measure_cells
from ssa.coverage.next_look import next_look
from ssa.coverage.over_time import covered_over_time, fold_over_time, seen_over_time
from ssa.coverage.partners import compare_fleets
from ssa.coverage.region_measures import measure_region
from ssa.coverage.resilience import worst_loss
from ssa.coverage.selection import in_cells, merged, of_objects, over_region, together, without_objects
from ssa.coverage.shapley import all_subsets
from ssa.coverage.smallest_fleet import smallest_fleet
from tests.made_up_access import DURATION_S, TICKS, fleets
from tests.naive_coverage import cell_measures, objects_own, region_value, runs, shapley_by_orders, stored, subsets

LIMIT_S = 700.0
ROUNDING = 1e-9  # sums in another order; fractions, and seconds of an hour
law = settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))


def access(fleet):
    rows, objects, areas = fleet
    return stored(rows, objects=objects, cells=len(areas), areas=areas)


def same(found, expected) -> bool:
    return bool(np.allclose(found, expected, rtol=ROUNDING, atol=ROUNDING, equal_nan=True))


@law
@given(fleets())
def test_cells_equal_the_plain_twin(fleet) -> None:
    rows, _, areas = fleet
    cells = measure_cells(access(fleet), folds=3)
    for cell in range(len(areas)):
        for name, expected in cell_measures(rows, cell, DURATION_S, 3).items():
            assert same(getattr(cells, name)[cell], expected), name
        own = [b - a for a, b in objects_own(rows, cell, DURATION_S)]
        assert cells.object_accesses[cell] == len(own)
        assert same(cells.mean_object_access_s[cell], np.mean(own) if own else np.nan)
        assert same(cells.max_object_access_s[cell], max(own, default=np.nan))


@law
@given(fleets())
def test_gaps_and_merged_accesses_equal_the_plain_twin(fleet) -> None:
    rows, _, areas = fleet
    gaps, union = find_gaps(access(fleet)), merged(access(fleet))
    for cell in range(len(areas)):
        mine = gaps.cell_row == cell
        expected = runs(rows, cell, DURATION_S, False)
        assert list(zip(gaps.start_s[mine], gaps.end_s[mine], strict=True)) == expected
        assert gaps.cut_at_start[mine].tolist() == [a == 0.0 for a, _ in expected]
        assert gaps.cut_at_end[mine].tolist() == [b == DURATION_S for _, b in expected]
        mine = union.cell_row == cell
        assert list(zip(union.start_s[mine], union.end_s[mine], strict=True)) == runs(rows, cell, DURATION_S, True)


@law
@given(fleets(max_objects=4))
@pytest.mark.parametrize("measure", list(BETTER))
def test_every_coalition_equals_the_plain_twin(measure: str, fleet) -> None:
    rows, objects, areas = fleet
    values = coalition_values(access(fleet), all_subsets(objects), Objective(measure, LIMIT_S))
    expected = [region_value(rows, held, measure, areas, DURATION_S, LIMIT_S) for held in subsets(objects)]
    assert same(values, expected)


@law
@given(fleets(max_objects=4, max_rows=16))
@pytest.mark.parametrize("measure", list(BETTER))
def test_shapley_values_equal_those_of_every_order_of_joining(measure: str, fleet) -> None:
    rows, objects, areas = fleet
    part = contribution_of(access(fleet), Groups.each_object(objects), measure, limit_s=LIMIT_S)
    known: dict[frozenset[int], float] = {}

    def value_of(held: set[int]) -> float:
        key = frozenset(held)
        if key not in known:
            known[key] = region_value(rows, held, measure, areas, DURATION_S, LIMIT_S)
        return known[key]

    everyone = set(range(objects))
    assert same(part.shapley, shapley_by_orders(value_of, objects))
    assert same(part.alone, [value_of({row}) for row in range(objects)])
    assert same(part.marginal, [value_of(everyone) - value_of(everyone - {row}) for row in range(objects)])


@law
@given(fleets(max_objects=6), st.integers(0, 2**18 - 1))
@pytest.mark.parametrize("measure", list(BETTER))
def test_shapley_values_of_any_groups_sum_to_the_whole(measure: str, fleet, bits: int) -> None:
    _, objects, _ = fleet
    member = np.array([[(bits >> (group * 6 + row)) & 1 for row in range(objects)] for group in range(3)], dtype=bool)
    part = contribution_of(access(fleet), Groups(("A", "B", "C"), member), measure, limit_s=LIMIT_S)
    assert same(part.shapley.sum(), part.whole - part.nothing)
    held = without_objects(access(fleet), ~member.any(axis=0))
    assert same(part.whole, coalition_values(held, np.ones((objects, 1), dtype=bool), Objective(measure, LIMIT_S))[0])


@law
@given(fleets(max_objects=6), st.integers(0, 2**12 - 1))
@pytest.mark.parametrize("measure", ["covered_fraction", "seen_fraction", "mean_fold"])
def test_equal_shares_are_the_shapley_values_of_all_subsets_when_owners_share_objects(measure, fleet, bits) -> None:
    rows, objects, areas = fleet
    member = np.array([[(bits >> (group * 6 + row)) & 1 for row in range(objects)] for group in range(2)], dtype=bool)

    def value_of(owners: set[int]) -> float:
        held = {row for row in range(objects) if any(member[owner, row] for owner in owners)}
        return region_value(rows, held, measure, areas, DURATION_S)

    part = contribution_of(access(fleet), Groups(("A", "B"), member), measure)
    assert same(part.shapley, shapley_by_orders(value_of, 2))


@law
@given(fleets(max_objects=2, max_rows=12))
@pytest.mark.parametrize("measure", list(BETTER))
def test_groups_that_see_the_same_get_the_same(measure: str, fleet) -> None:
    rows, objects, areas = fleet
    twice = [*rows, *((who + objects, cell, a, b) for who, cell, a, b in rows)]
    found = stored(twice, objects=2 * objects, cells=len(areas), areas=areas)
    part = contribution_of(found, Groups.each_object(2 * objects), measure, limit_s=LIMIT_S)
    assert same(part.shapley[:objects], part.shapley[objects:])


@law
@given(fleets(), st.integers(0, 4))
def test_an_object_more_never_covers_less_nor_makes_a_longest_gap_longer(fleet, lost: int) -> None:
    _, objects, _ = fleet
    every, fewer = access(fleet), without_objects(access(fleet), [lost % objects])
    with_it, without_it = measure_cells(every), measure_cells(fewer)
    assert (with_it.covered_s >= without_it.covered_s - ROUNDING).all()
    assert (with_it.max_gap_s <= without_it.max_gap_s).all()
    assert (with_it.time_average_gap_s <= without_it.time_average_gap_s + ROUNDING).all()
    assert satisfied(every, LIMIT_S).area_fraction >= satisfied(fewer, LIMIT_S).area_fraction
    assert satisfied(every, LIMIT_S).time_fraction >= satisfied(fewer, LIMIT_S).time_fraction - ROUNDING


@law
@given(fleets(), st.randoms(use_true_random=False))
def test_accesses_cut_in_two_and_shuffled_change_nothing(fleet, chance) -> None:
    rows, objects, areas = fleet
    pieces = []
    for who, cell, a, b in rows:
        middle = chance.uniform(a, b)
        pieces += [(who, cell, a, middle), (who, cell, middle, b)] if a < middle < b else [(who, cell, a, b)]
    chance.shuffle(pieces)
    whole, cut = access(fleet), stored(pieces, objects=objects, cells=len(areas), areas=areas)
    for name in ("object_row", "cell_row", "start_s", "end_s", "cut_at_start", "cut_at_end", "by_start"):
        assert np.array_equal(getattr(whole, name), getattr(cut, name))


@law
@given(fleets(), fleets())
def test_two_fleets_together_cover_what_either_covers(ours, theirs) -> None:
    cells = min(len(ours[2]), len(theirs[2]))
    mine = stored([row for row in ours[0] if row[1] < cells], objects=ours[1], cells=cells)
    other = stored([row for row in theirs[0] if row[1] < cells], objects=theirs[1], cells=cells)
    both, seconds = together(mine, other), np.arange(0.0, DURATION_S, DURATION_S / TICKS / 2)
    for cell in range(cells):
        either = covered_over_time(in_cells(mine, [cell])).at(seconds) + covered_over_time(in_cells(other, [cell])).at(
            seconds
        )
        assert np.array_equal(covered_over_time(in_cells(both, [cell])).at(seconds), np.minimum(either, 1.0))
    with_them = compare_fleets(mine, other)
    parts = with_them.only_ours_fraction + with_them.only_theirs_fraction + with_them.both_fraction
    assert same(parts, with_them.together.covered_fraction)


@law
@given(fleets())
def test_time_and_area_agree_on_what_is_covered(fleet) -> None:
    found, region = access(fleet), measure_region(access(fleet))
    assert same(covered_over_time(found).mean(), region.covered_fraction)
    assert same(fold_over_time(found).mean(), region.mean_fold)
    seen = seen_over_time(found)
    assert same(seen.value[-1], region.seen_fraction)
    assert (np.diff(seen.value) > 0.0).all()
    assert same(shared_fractions(found).sum(), region.covered_fraction)
    if region.all_seen_after_s is not None:
        assert same(seen.at(region.all_seen_after_s), 1.0)


@law
@given(fleets(), st.floats(0.0, DURATION_S - 1.0))
def test_the_next_look_is_the_end_of_the_gap_one_is_in(fleet, after_s: float) -> None:
    rows, _, areas = fleet
    look = next_look(access(fleet), access(fleet).span.start.plus_s(after_s))
    for cell in range(len(areas)):
        coming = [(max(a - after_s, 0.0), who) for who, place, a, b in rows if place == cell and b > after_s]
        if coming:
            assert look.wait_s[cell] == pytest.approx(
                min(coming)[0], abs=1e-5
            )  # an instant is good to 10 us in 1e-10 day
        assert (look.object_row[cell] == -1) == (not coming)
        assert np.isnan(look.wait_s[cell]) == (not coming)


@law
@given(fleets())
def test_blind_times_are_gaps_and_their_witnesses_see_the_rest(fleet) -> None:
    rows, _, _ = fleet
    found = access(fleet)
    ours, others = of_objects(found, [0]), without_objects(found, [0])
    longest = blind_times(ours, others=others, count=1000)
    assert [blind.length_s for blind in longest] == sorted(find_gaps(ours).length_s.tolist(), reverse=True)
    for blind in longest:
        for witness in blind.witnesses or ():
            held = [
                (a, b)
                for a, b in runs([r for r in rows if r[0] == witness.object_row], blind.cell_row, DURATION_S, True)
            ]
            shared = [
                min(b, blind.end_s) - max(a, blind.start_s) for a, b in held if a < blind.end_s and b > blind.start_s
            ]
            assert witness.accesses == len(shared)
            assert same(witness.seen_s, sum(shared))


@law
@given(fleets(max_objects=5), st.sampled_from([0.2, 0.35, 0.5, 0.9]))
def test_the_smallest_fleet_is_the_smallest(fleet, share: float) -> None:
    rows, objects, areas = fleet
    limit_s = share * DURATION_S
    found = smallest_fleet(access(fleet), limit_s)
    sizes = [
        len(held)
        for held in subsets(objects)
        if region_value(rows, held, "satisfied_fraction", areas, DURATION_S, limit_s) >= found.required_fraction - 1e-9
    ]
    assert found.is_proven
    assert len(found.objects) == min(sizes)
    assert set(found.essential) <= set(found.objects)
    assert found.kept_fraction >= found.required_fraction - 1e-9


@law
@given(fleets(max_objects=5), st.integers(1, 3))
@pytest.mark.parametrize("measure", list(BETTER))
def test_the_worst_loss_is_the_worst_of_all(measure: str, fleet, losses: int) -> None:
    rows, objects, areas = fleet
    losses = min(losses, objects)
    found = worst_loss(access(fleet), losses, measure, limit_s=LIMIT_S)
    after = [
        region_value(rows, held, measure, areas, DURATION_S, LIMIT_S)
        for held in subsets(objects)
        if len(held) == objects - losses
    ]
    assert same(found.after, min(after) if BETTER[measure] > 0 else max(after))


@law
@given(fleets(), st.floats(0.1, 0.9))
def test_what_a_condition_removes_and_leaves_is_what_there_was(fleet, share: float) -> None:
    found = access(fleet)
    keep_from = share * DURATION_S
    rows = [
        (int(who), int(cell), max(a, keep_from), b)
        for who, cell, a, b in zip(found.object_row, found.cell_row, found.start_s, found.end_s, strict=True)
        if b > keep_from + 1.0
    ]
    left = stored(rows, objects=found.objects, cells=found.cells, areas=found.cell_area_km2)
    count = removed_by({"in view": found, "night": left})[0]
    assert count.removed + count.shortened + count.untouched == count.before == len(found)
    assert count.left == len(left)
    assert count.unexplained == 0
    assert same(count.removed_s + count.left_s, (found.end_s - found.start_s).sum())


@law
@given(fleets())
def test_a_region_as_one_cell_is_seen_when_any_of_it_is(fleet) -> None:
    rows, _, _ = fleet
    anywhere = [(who, 0, a, b) for who, _, a, b in rows]
    one = over_region(access(fleet))
    assert list(zip(merged(one).start_s, merged(one).end_s, strict=True)) == runs(anywhere, 0, DURATION_S, True)
