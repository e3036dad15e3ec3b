"""A user's own groups: read whole, or refused with the place, the reason and the way out."""

from __future__ import annotations

import contextlib
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orbits.errors import InvalidValue
from ssa.alliances import find_alliance, members
from ssa.fleets import fleet_of
from ssa.groups_file import read_groups
from tests.made_up_catalogue import made_up_catalogue

TOML = """
[[groups]]
id = "baltic_watch"
name = "Baltic Watch"
aliases = ["BW"]
sources = ["memorandum of 2024-05-02"]
members = ["LTU", "Latvia", { state = "EST", joined = "2024-05", left = "2025", note = "observer since" }]
owner_codes = ["FGER"]
norad_ids = [700000001, 25544]
"""


def group_text(**keys) -> str:
    return json.dumps({"groups": [{"id": "mine", "members": ["LTU"], **keys}]})


def test_toml_and_json_say_the_same():
    from_toml = read_groups(TOML, "toml")[0]
    estonia = {"state": "EST", "joined": "2024-05", "left": "2025", "note": "observer since"}
    as_json = {
        "groups": [
            {
                "id": "baltic_watch", "name": "Baltic Watch", "aliases": ["BW"], "owner_codes": ["FGER"],
                "sources": ["memorandum of 2024-05-02"], "norad_ids": [700000001, 25544],
                "members": ["LTU", "Latvia", estonia],
            }
        ]
    }  # fmt: skip
    assert read_groups(json.dumps(as_json).encode(), "json")[0] == from_toml


def test_a_users_group_is_found_by_name_before_the_packaged_ones_and_keeps_its_dates():
    groups = read_groups(TOML.encode("utf-8-sig"), "toml")
    group = find_alliance("bw", groups)
    assert group.origin == "user"
    assert [m.iso3 for m in members(group, "2024-04-30")] == ["LTU", "LVA"]
    assert [m.iso3 for m in members(group, "2024-05-01")] == ["EST", "LTU", "LVA"]
    assert [m.iso3 for m in members(group, "2025-12-31")] == ["EST", "LTU", "LVA"]
    assert [m.iso3 for m in members(group, "2026-01-01")] == ["LTU", "LVA"]
    assert [m.iso3 for m in members(find_alliance("BW+POL", groups), "2026-01-01")] == ["LTU", "LVA", "POL"]


def test_named_owner_codes_and_catalogue_numbers_count_and_are_explained():
    group = read_groups(TOML, "toml")[0]
    catalogue = made_up_catalogue(
        [
            (1, "TWO-NATION SAT", "FGER", "PAY", "+"),
            (2, "LITHUANIAN SAT", "LTU", "PAY", "+"),
            (3, "FRENCH SAT", "FR", "PAY", "+"),
            (25544, "ISS (ZARYA)", "ISS", "PAY", "+"),
        ]
    )
    fleet = fleet_of(group, catalogue, on="2026-03-10")
    assert fleet.norad_id.tolist() == [1, 2, 25544]
    assert fleet.counted_by.tolist() == ["named-owner-code", "state", "named-catalogue-number"]
    assert fleet.not_in_catalogue == (700000001,)
    assert any("not in the catalogue: 700000001" in text for text in fleet.caveats)
    assert "the group names the owner code FGER" in fleet.explain(1)
    assert "the group names the object itself" in fleet.explain(25544)


@pytest.mark.parametrize(
    ("keys", "field", "says"),
    [
        ({"id": "no blanks"}, "groups[0].id", "must be 1 to 64 letters"),
        ({"id": None}, "groups[0].id", "nothing"),
        ({"members": ["LTU", "Lithuana"]}, "groups[0].members[1].state", "did you mean Lithuania"),
        ({"members": [7]}, "groups[0].members[0]", "neither a state nor a table"),
        ({"members": "LTU"}, "groups[0].members", "must be a list"),
        (
            {"members": [{"state": "LTU", "joined": "2024-13"}]},
            "groups[0].members[0].joined",
            "not a day of the calendar",
        ),
        ({"members": [{"state": "LTU", "joined": 2024}]}, "groups[0].members[0].joined", "not a date"),
        (
            {"members": [{"state": "LTU", "joined": "2024", "left": "2023"}]},
            "groups[0].members[0].left",
            "before joining",
        ),
        ({"members": ["LTU", "Lithuania"]}, "groups[0].members[1]", "a member already by groups[0].members[0]"),
        ({"members": [{"state": "LTU", "joind": "2024"}]}, "groups[0].members[0]", "did you mean joined"),
        ({"members": []}, "groups[0]", "holds nothing"),
        ({"owner_codes": ["FRR"]}, "groups[0].owner_codes[0]", "did you mean"),
        ({"owner_codes": [1]}, "groups[0].owner_codes[0]", "not an owner code"),
        ({"norad_ids": ["25544"]}, "groups[0].norad_ids[0]", "not a catalogue number"),
        ({"norad_ids": [0]}, "groups[0].norad_ids[0]", "1 to 999999999"),
        ({"norad_ids": [True]}, "groups[0].norad_ids[0]", "not a catalogue number"),
        ({"memebers": ["LTU"]}, "groups[0]", "did you mean members"),
        ({"id": "nato"}, "groups[0]", "a name of the packaged group nato"),
        ({"aliases": ["Five-Eyes"]}, "groups[0]", "a name of the packaged group five_eyes"),
        ({"name": 3}, "groups[0].name", "must be text"),
        ({"aliases": [""]}, "groups[0].aliases[0]", "must be text"),
    ],
)
def test_a_fault_is_refused_with_its_place_and_reason(keys, field, says):
    with pytest.raises(InvalidValue) as refused:
        read_groups(group_text(**keys), "json")
    assert refused.value.field == field
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("text", "form", "says"),
    [
        ('{"groups": [', "json", "line 1, column 13"),
        ("[[groups]]\nid = = 3", "toml", "line 2, column 6"),
        ("[[groups]]\nid = ", "toml", "end of document"),
        ("[]", "json", "no list called groups"),
        ('{"groups": []}', "json", "no list called groups"),
        ('{"groups": [3]}', "json", "not a table"),
        ('{"groups": [{"id": "a", "id": "b", "members": ["LTU"]}]}', "json", "stands twice"),
        ('{"groups": [{"id": "a", "members": ["LTU"]}], "version": 1}', "json", "groups file: version"),
        ('{"groups": [{"id": "a", "members": ["LTU"]}, {"id": "A", "members": ["LVA"]}]}', "json", "already a name of"),
        (b"\xff\xfe", "json", "not UTF-8"),
        ("[" * 100_000, "json", "nested too deeply"),
        ("", "yaml", "give json or toml"),
    ],
)
def test_a_text_that_is_no_groups_file_is_refused(text, form, says):
    with pytest.raises(InvalidValue, match=re.escape(says)):
        read_groups(text, form)


def test_a_state_may_leave_and_come_back():
    spells = [{"state": "LTU", "joined": "2001", "left": "2003-05"}, {"state": "LTU", "joined": "2003-06-01"}]
    group = read_groups(group_text(members=spells), "json")[0]
    assert [m.iso3 for m in members(group, "2003-05-31")] == ["LTU"]
    assert [m.iso3 for m in members(group, "2003-06-01")] == ["LTU"]
    assert members(group, "2000-12-31") == ()


KEYS = st.sampled_from(["groups", "id", "name", "members", "state", "joined", "left", "owner_codes", "norad_ids", "x"])
WORDS = st.sampled_from(["LTU", "Poland", "2024-05", "2024", "FR", "mine", "", "nato"]) | st.text(max_size=6)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, ANYTHING, max_size=6) | ANYTHING)
def test_whatever_stands_in_the_file_it_is_read_or_refused_with_our_own_error(row):
    for document in ({"groups": [row]}, {"groups": [{"id": "a", "members": ["LTU"]}, row]}, row):
        with contextlib.suppress(InvalidValue):
            assert all(group.id for group in read_groups(json.dumps(document), "json"))
