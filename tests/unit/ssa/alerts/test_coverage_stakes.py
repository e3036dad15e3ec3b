"""A coverage answer as stakes: shares by accesses, whoever the owner is, and the order it gives to alerts."""

from __future__ import annotations

from typing import Any

import pytest

from orbits.errors import InvalidValue
from ssa.alerts.coverage_stakes import stakes_of_coverage
from tests.unit.ssa.alerts.test_grading import crossing, graded

ANSWER: dict[str, Any] = {
    "region": {"name": "a {strange} sea"},
    "contribution": [{"owner": "FR", "shapley_fraction": 0.3}, {"owner": "unknown", "shapley_fraction": 0.1}],
    "fleet": [
        {"norad_id": 40002, "owner": "FR", "cell_accesses": 1}, {"norad_id": 40003, "owner": "FR", "cell_accesses": 5},
        {"norad_id": 40004, "owner": None, "cell_accesses": 7}, {"norad_id": 40005, "owner": "FR", "cell_accesses": 0},
    ],
}  # fmt: skip


def test_an_owners_part_is_shared_by_accesses_and_nothing_is_lost() -> None:
    found = stakes_of_coverage(ANSWER)
    assert found.of_object[40002] == pytest.approx(0.05)
    assert found.of_object[40003] == pytest.approx(0.25)
    assert found.of_object[40004] == pytest.approx(0.1)
    assert found.of_object[40005] == 0.0
    assert sum(found.of_object.values()) == pytest.approx(0.4)
    assert "a {strange} sea" in str(found.said_of(40003))


def test_of_two_like_risks_the_one_to_the_more_valuable_satellite_comes_first() -> None:
    two = crossing(shifts_deg=[0.01, 0.01])  # 40002 and 40003 pass alike
    plain = graded(two, by="public-sets").ranked.tolist()
    ranked = graded(two, by="public-sets", stakes=stakes_of_coverage(ANSWER)).ranked.tolist()
    assert sorted(plain) == sorted(ranked) == [0, 1]
    assert ranked == [1, 0]


@pytest.mark.parametrize(
    "change", [{"contribution": None}, {"fleet": [{"norad_id": 1}]}, {"region": None}, {"contribution": [{"owner": 1}]}]
)
def test_an_answer_that_lacks_something_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue, match=r"contribution|lacks"):
        stakes_of_coverage({**ANSWER, **change})
