"""Alert policies: those of the package, and a user's own with their refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest

from orbits.errors import InvalidValue
from ssa.alerts.policies import find_policy, packaged_policies, read_policies
from ssa.errors import UnknownName

OURS = {
    "name": "Ours", "source": "squadron order",
    "red": [{"probability_at_least": 1e-4, "within_hours": 24}], "yellow": [{"inside_box_rtn_km": [0.5, 5, 5]}],
}  # fmt: skip


def test_the_policies_of_the_package_have_a_source_and_a_standing() -> None:
    assert {policy.name for policy in packaged_policies()} == {
        "cara", "iss", "miss-distance", "maximum-probability", "public-sets",
    }  # fmt: skip
    assert all(len(policy.source) > 20 and policy.standing for policy in packaged_policies())


def test_the_published_thresholds_stand_as_published() -> None:
    cara, iss = find_policy("CARA"), find_policy("iss")
    assert cara.red == ((("probability_at_least", (1e-4,)),),)
    assert cara.yellow == ((("probability_at_least", (1e-7,)),),)
    assert iss.red == ((("probability_at_least", (1e-4,)),),)
    assert iss.yellow[0] == (("probability_at_least", (1e-5,)),)
    assert iss.box_rtn_km == (0.75, 25.0, 25.0)
    assert iss.screening_reach_km == pytest.approx(35.36, abs=0.01)


def test_a_users_policy_is_read_from_json_and_toml() -> None:
    (from_json,) = read_policies(json.dumps({"policies": [OURS]}), "json")
    assert from_json.name == "ours"
    assert from_json.red == ((("probability_at_least", (1e-4,)), ("within_hours", (24.0,))),)
    assert from_json.distance_km == 5.0
    (alone,) = read_policies(json.dumps(OURS), "json")
    assert alone == from_json
    toml = """
    [[policies]]
    name = "ours"
    source = "squadron order"
    red = [{ probability_at_least = 1e-4, within_hours = 24 }]
    yellow = [{ inside_box_rtn_km = [0.5, 5, 5] }]
    """
    assert read_policies(toml, "toml")[0].yellow == from_json.yellow


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"source": None}, "our.json.source"),
        ({"red": [], "yellow": []}, "our.json.red"),
        ({"red": [{}]}, "our.json.red[0]"),
        ({"red": [{"probability_at_least": 2}]}, "our.json.red[0].probability_at_least"),
        ({"red": [{"probability_at_least": True}]}, "our.json.red[0].probability_at_least"),
        ({"red": [{"miss_at_most_km": -1}]}, "our.json.red[0].miss_at_most_km"),
        ({"yellow": [{"inside_box_rtn_km": [1, 2]}]}, "our.json.yellow[0].inside_box_rtn_km"),
        ({"red": {"probability_at_least": 1}}, "our.json.red"),
        ({"screening_km": 5, "screening_box_rtn_km": [1, 1, 1]}, "our.json.screening_km"),
    ],
)
def test_a_policy_that_says_nothing_is_refused_with_its_place(change: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        read_policies(json.dumps({**OURS, **change}), "json", file="our.json")
    assert refusal.value.field == field


@pytest.mark.parametrize("change", [{"red": [{"probabilty_at_least": 1e-4}]}, {"colour": 1}, {"rank_by": "colour"}])
def test_a_misspelt_key_is_told_with_the_nearest(change: dict[str, Any]) -> None:
    with pytest.raises(UnknownName):
        read_policies(json.dumps({**OURS, **change}), "json")


def test_names_that_are_none_are_refused() -> None:
    with pytest.raises(UnknownName, match="cara"):
        find_policy("carra")
    with pytest.raises(InvalidValue, match="twice"):
        read_policies(json.dumps({"policies": [OURS, OURS]}), "json")
    with pytest.raises(InvalidValue, match="no list called policies"):
        read_policies("[]", "json")
