"""Who belongs to which group of states on a given day."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from orbits.errors import InvalidValue
from ssa.alliances import all_alliances, find_alliance, members, membership_caveats
from ssa.countries import countries, find_country
from ssa.errors import UnknownName


def codes(name: str, on: str) -> set[str]:
    return {member.iso3 for member in members(find_alliance(name), on)}


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("NATO", "nato"), ("nato", "nato"), ("OTAN", "nato"), ("North Atlantic Treaty Organization", "nato"),
        ("Five Eyes", "five_eyes"), ("FVEY", "five_eyes"), ("five-eyes", "five_eyes"), ("EU", "eu"),
        ("AU", "au"), ("African Union", "au"), ("ADMM-Plus", "admm_plus"), ("admm+", "admm_plus"), ("IP4", "nato_ip4"),
        ("  ESA ", "esa"), ("Olympic Defender", "mnf_ood"), ("CSpO", "cspo"), ("Quad", "quad"), ("gcc", "gcc"),
    ],
)  # fmt: skip
def test_a_group_is_found_by_id_name_or_alias_in_any_case(typed, id):
    assert find_alliance(typed).id == id


def test_no_two_groups_share_a_name():
    names = [name.casefold() for group in all_alliances() for name in {group.id, group.name, *group.aliases}]
    distinct = {(name, group.id) for group in all_alliances() for name in (group.id, group.name, *group.aliases)}
    owners: dict[str, set[str]] = {}
    for name, id in distinct:
        owners.setdefault(name.casefold(), set()).add(id)
    assert names
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_an_unknown_group_is_refused_and_the_nearest_names_are_offered():
    with pytest.raises(UnknownName) as refused:
        find_alliance("NATOO")
    assert refused.value.nearest[0] == "NATO"
    assert str(refused.value) == "alliance: NATOO: is not known; did you mean NATO, Togo, NATO SATCOM?"
    with pytest.raises(UnknownName, match="nothing is called like it"):
        find_alliance("Klingon Empire 4711")


def test_the_commonwealth_of_independent_states_is_no_packaged_group_and_is_not_russia():
    with pytest.raises(UnknownName):
        find_alliance("CIS")


def test_finland_joined_nato_on_4_april_2023_and_sweden_on_7_march_2024():
    assert len(codes("NATO", "2023-04-03")) == 30
    assert codes("NATO", "2023-04-04") - codes("NATO", "2023-04-03") == {"FIN"}
    assert codes("NATO", "2024-03-07") - codes("NATO", "2024-03-06") == {"SWE"}
    assert len(codes("NATO", "2026-03-10")) == 32


def test_the_day_of_leaving_is_the_last_day_of_membership():
    assert "GBR" in codes("EU", "2020-01-31")
    assert len(codes("EU", "2020-01-31")) == 28
    assert "GBR" not in codes("EU", "2020-02-01")
    assert len(codes("EU", "2020-02-01")) == 27
    assert "GBR" not in codes("EU", "1972-12-31")


def test_a_state_that_came_back_has_two_spells():
    assert "MAR" in codes("AU", "1984-11-12")
    assert "MAR" not in codes("AU", "1984-11-13")
    assert "MAR" not in codes("AU", "2017-01-30")
    assert "MAR" in codes("AU", "2017-01-31")


def test_a_date_known_to_the_month_or_year_counts_from_its_first_day_and_is_told():
    assert "ITA" not in codes("CSpO", "2023-11-30")
    assert "ITA" in codes("CSpO", "2023-12-01")
    assert "NZL" not in codes("Five Eyes", "1955-12-31")
    assert "NZL" in codes("Five Eyes", "1956-01-01")
    told = " ".join(membership_caveats(find_alliance("CSpO"), "2026-03-10"))
    assert "ITA (2023-12)" in told
    assert "NZL (2015)" in told
    assert "FRA" not in told


def test_a_member_without_a_date_counts_from_the_establishment_of_the_group():
    assert codes("JEF", "2014-08-31") == set()
    assert len(codes("JEF", "2014-09-01")) == 10
    assert len(codes("IP4", "1990-01-01")) == 4
    told = membership_caveats(find_alliance("JEF"), "2026-03-10")
    assert any("no date of joining recorded, counted since 2014-09" in text for text in told)


def test_a_group_has_no_members_before_it_was_founded():
    assert codes("AUKUS", "2021-09-14") == set()
    assert codes("NATO", "1949-04-03") == set()


def test_suspended_and_frozen_members_count_and_are_marked():
    def standing(group, iso3, on):
        return next(member.standing for member in members(find_alliance(group), on) if member.iso3 == iso3)

    assert standing("CSTO", "ARM", "2024-01-31") == ""
    assert standing("CSTO", "ARM", "2024-02-01") == "frozen"
    assert standing("ANZUS", "NZL", "1985-12-31") == ""
    assert standing("ANZUS", "NZL", "1986-01-01") == "suspended"
    assert standing("AU", "GAB", "2025-04-30") == "suspended"
    assert standing("AU", "GAB", "2025-05-01") == ""
    assert standing("AU", "GIN", "2026-01-23") == "suspended (unconfirmed)"
    assert any("SDN (suspended)" in text for text in membership_caveats(find_alliance("AU"), "2026-03-10"))


def test_a_day_after_the_table_carries_a_caveat():
    nato = find_alliance("NATO")
    assert any("holds for 2026-11-22, not later" in text for text in membership_caveats(nato, "2027-01-01"))
    assert not any("not later" in text for text in membership_caveats(nato, "2026-11-22"))


def test_names_joined_by_a_plus_are_a_union_without_doubles():
    joined = find_alliance("NATO+JPN+KOR+AUS")
    assert {m.iso3 for m in members(joined, "2026-03-10")} == codes("NATO", "2026-03-10") | {"JPN", "KOR", "AUS"}
    assert joined.group_ids() == {"nato+JPN+KOR+AUS", "nato", "JPN", "KOR", "AUS"}
    overlapping = members(find_alliance("AUKUS + Five Eyes + Japan"), "2026-03-10")
    assert [m.iso3 for m in overlapping] == ["AUS", "CAN", "GBR", "JPN", "NZL", "USA"]


def test_membership_of_a_union_follows_its_parts_through_time():
    assert len(codes("NATO+JPN", "2023-04-03")) == 31
    assert len(codes("NATO+JPN", "2023-04-04")) == 32


def test_the_name_of_a_state_stands_for_that_state():
    assert codes("Japan", "2026-03-10") == {"JPN"}
    assert codes("AUS", "2026-03-10") == {"AUS"}
    assert membership_caveats(find_alliance("Japan"), "2026-03-10") == ()


def test_an_unknown_or_empty_part_of_a_union_is_named():
    with pytest.raises(UnknownName, match="JPNN"):
        find_alliance("NATO+JPNN")
    with pytest.raises(InvalidValue, match="empty name beside a"):
        find_alliance("NATO+")


@pytest.mark.parametrize("day", ["2023-4-3", "yesterday", "2023-02-30", "", "20230403", None, datetime(2023, 4, 3)])
def test_a_day_that_is_none_is_refused(day):
    with pytest.raises(InvalidValue) as refused:
        members(find_alliance("NATO"), day)
    assert refused.value.field == "on"


def test_a_day_may_be_a_date():
    assert len(members(find_alliance("NATO"), date(2023, 4, 3))) == 30


def test_every_member_of_every_group_is_a_known_state_and_is_marked_no_worse_than_the_table():
    for group in all_alliances():
        assert {member.iso3 for member in group.members} <= set(countries())
        assert group.sources
        assert group.checked


def test_states_are_found_by_code_name_and_common_name():
    assert find_country("kor").iso3 == find_country("South Korea").iso3 == "KOR"
    assert find_country("Turkiye").iso3 == find_country("Türkiye").iso3 == find_country("turkey").iso3 == "TUR"
    assert find_country("UK").iso3 == "GBR"
    with pytest.raises(UnknownName) as refused:
        find_country("Japn")
    assert refused.value.nearest[0] == "Japan"
