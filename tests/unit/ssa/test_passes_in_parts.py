"""Parts of a search, joined, are the search: to the last bit, with every pass or with those that rise first."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from orbits import ElementSets, GroundSite, TimeSpan
from ssa.passes import Passes, find_passes
from ssa.passes_in_parts import first_to_rise, join_passes, passes_by_parts
from tests.orbits_of_note import all_eight

SITES = (GroundSite("Kaunas", 54.9, 23.9, 70.0), GroundSite("Pole", 90.0, 0.0), GroundSite("Quito", -0.2, -78.5))
THREE_DAYS = TimeSpan.of("2026-03-10T00:00:00Z", hours=72)


def require_equal(first: Passes, second: Passes) -> None:
    for field in fields(Passes):
        left, right = getattr(first, field.name), getattr(second, field.name)
        if isinstance(left, ElementSets):
            assert left.norad_id.tolist() == right.norad_id.tolist()
        elif isinstance(left, np.ndarray):
            np.testing.assert_array_equal(left, right, err_msg=field.name, strict=True)
        else:
            assert left == right, field.name


@pytest.fixture(scope="module")
def whole() -> Passes:
    return find_passes(all_eight(), SITES, THREE_DAYS)


@pytest.mark.parametrize("part_objects", [1, 3, 8, 100])
def test_parts_joined_are_the_whole(whole: Passes, part_objects: int) -> None:
    parts = list(passes_by_parts(all_eight(), SITES, THREE_DAYS, part_objects=part_objects))
    assert len(parts) == -(-8 // part_objects)
    assert len(whole.extra_pass) > 0, "the orbits have no pass with two culminations: take others"
    require_equal(join_passes(parts), whole)


@pytest.mark.parametrize("limit", [1, 7, 30, 10_000])
def test_the_first_to_rise_are_the_same_whether_taken_part_by_part_or_of_the_whole(whole: Passes, limit: int) -> None:
    held: list[Passes] = []
    for part in passes_by_parts(all_eight(), SITES, THREE_DAYS, part_objects=3):
        held = [first_to_rise(join_passes([*held, part]), limit)]
    first = first_to_rise(whole, limit)
    require_equal(held[0], first)
    rows = whole.in_order_of_rise()[:limit]
    assert [first.window(row) for row in first.in_order_of_rise()] == [whole.window(row) for row in rows]


def test_no_object_is_one_part_without_a_pass() -> None:
    (part,) = passes_by_parts(all_eight()[:0], SITES, THREE_DAYS, part_objects=5)
    assert len(part) == 0
