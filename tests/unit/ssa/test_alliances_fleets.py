"""What counts for a group, by which rule, and that everything else is accounted for."""

from __future__ import annotations

import numpy as np
import pytest

from orbits.errors import InvalidValue
from ssa.alliances import all_alliances, find_alliance
from ssa.catalogue.simulated import simulated_catalogue
from ssa.countries import countries
from ssa.fleets import fleet_of
from ssa.owners import find_owner, owners, rule_on
from tests.made_up_catalogue import made_up_catalogue

ON = "2026-03-10"


def one(owner: str | None, name: str = "SAT", kind: str | None = "PAY", status: str | None = "+"):
    return made_up_catalogue([(7, name, owner, kind, status)])


def rule(group: str, owner: str | None, on: str = ON, commercial: bool = False, name: str = "SAT"):
    """The rule that counts the object, or "shared", "listed" or "" when none does."""
    fleet = fleet_of(find_alliance(group), one(owner, name), on=on, commercial=commercial)
    if len(fleet):
        return fleet.counted_by[0]
    return "shared" if len(fleet.shared) else "listed" if len(fleet.listed) else ""


def test_every_owner_code_means_states_an_organisation_a_company_or_is_known_to_mean_nothing():
    assert len([code for code, owner in owners().items() if code == owner.code]) == 136
    groups = {group.id for group in all_alliances()}
    for code, owner in owners().items():
        assert owner.kind in {"state", "agency", "historical", "joint", "organisation", "company", "unknown", "station"}
        assert set(owner.states) <= set(countries()), code
        assert {owner.organisation, owner.with_members_of} <= groups | {""}, code
        if owner.kind in ("state", "agency"):
            assert len(owner.states) == 1, code
        if owner.kind in ("joint", "historical"):
            assert owner.states, code
        if owner.kind == "company":
            assert owner.seat in countries(), code
        if owner.kind == "organisation":
            assert owner.organisation, code


def test_every_owner_code_gets_a_ruling_for_every_group():
    for group in all_alliances():
        rulings = rule_on(owners(), group, np.datetime64(ON).astype(object), commercial=True)
        assert "not in the table" not in {ruling.outcome for ruling in rulings.values()}


def test_codes_that_are_easily_mistaken():
    assert find_owner("AUS").states == ("AUS",)
    assert find_owner("ASRA").states == ("AUT",)
    assert find_owner("MALA").states == ("MYS",)
    assert find_owner("MA").states == ("MAR",)
    assert find_owner("SAFR").states == ("ZAF",)
    assert find_owner("BGR") is find_owner("BUL")
    assert rule("AUKUS", "AUS") == "state"
    assert rule("EU", "AUS") == ""
    assert rule("EU", "ASRA") == "state"


def test_the_owner_code_cis_is_russia_and_not_the_commonwealth():
    assert find_owner("CIS").states == ("RUS",)
    assert rule("Russia", "CIS") == "historical"
    assert rule("Kazakhstan", "CIS") == ""
    assert rule("CSTO", "CIS") == "historical"
    assert rule("NATO", "CIS") == ""


def test_a_state_counts_from_the_day_it_joined():
    assert rule("NATO", "FIN", on="2023-04-03") == ""
    assert rule("NATO", "FIN", on="2023-04-04") == "state"


def test_an_agency_counts_for_its_state():
    assert rule("Quad", "ISRO") == "agency"


def test_a_joint_object_counts_only_where_all_its_states_are_members():
    assert rule("NATO", "FRIT") == "joint-all-members"
    assert rule("NATO", "GRSA") == "shared"
    assert rule("NATO+Saudi Arabia", "GRSA") == "joint-all-members"
    assert rule("ASEAN", "GRSA") == ""
    assert rule("NATO", "PRES") == "shared"  # China with the members of ESA


def test_the_old_research_organisation_is_joint_by_its_ten_states():
    assert rule("ESA", "ESRO") == "joint-all-members"
    assert rule("NATO", "ESRO") == "shared"  # Switzerland was in it


def test_an_organisation_counts_for_itself_and_is_shared_with_every_other_group():
    assert rule("ESA", "ESA") == "organisation"
    assert rule("NATO", "ESA") == "shared"
    assert rule("EU", "ESA") == "shared"
    assert rule("EUMETSAT", "ESA") == "shared"  # all members of ESA are in it, and yet it is another organisation
    assert rule("NATO+ESA", "ESA") == "organisation"
    assert rule("ASEAN", "ESA") == ""
    assert rule("NATO", "NATO") == "organisation"
    assert rule("Arabsat", "AB") == "organisation"


def test_galileo_and_sentinel_count_for_the_european_union_by_name_and_for_esa_by_code():
    for name in ("GSAT0101 (GALILEO-PFM)", "SENTINEL-1A", "SENTINEL-2B"):
        assert rule("EU", "ESA", name=name) == "organisation-by-name"
        assert rule("EU+JPN", "ESA", name=name) == "organisation-by-name"
        assert rule("ESA", "ESA", name=name) == "organisation"
        assert rule("NATO", "ESA", name=name) == "shared"
    assert rule("EU", "ESA", name="ENVISAT") == "shared"
    assert rule("EU", "US", name="SENTINEL-6B") == ""


def test_a_company_counts_by_its_seat_and_only_on_request():
    assert rule("NATO", "SES") == ""
    assert rule("NATO", "SES", commercial=True) == "company-by-seat"
    assert rule("ASEAN", "SES", commercial=True) == ""
    assert rule("SCO", "AC", commercial=True) == "company-by-seat"  # AsiaSat sits in Hong Kong, China
    left_out = fleet_of(find_alliance("NATO"), one("SES"), on=ON).left_out
    assert left_out == {"owned by a company with its seat in a member state; counted only with commercial objects": 1}


def test_the_caveats_say_whose_seat_was_counted():
    fleet = fleet_of(find_alliance("NATO"), one("IM"), on=ON, commercial=True)
    assert "counted by the seat of the company, not of its parent: IM (parent's seat USA)" in fleet.caveats


def test_unknown_owners_and_the_space_station_are_listed_and_never_counted():
    for owner in ("TBD", "UNK", "ISS", None):
        assert rule("NATO", owner) == "listed"
        assert rule("ASEAN", owner, commercial=True) == "listed"


def test_an_owner_code_that_the_table_lacks_is_left_out_and_named():
    fleet = fleet_of(find_alliance("NATO"), one("XYZ"), on=ON)
    assert fleet.left_out == {"owner code XYZ is not in the table of owners": 1}
    assert "XYZ is not in the table" in fleet.explain(7)


@pytest.mark.parametrize("status", ["+", "P", "B", "S", "X"])
def test_payloads_that_work_count(status):
    assert len(fleet_of(find_alliance("NATO"), one("US", status=status), on=ON)) == 1


@pytest.mark.parametrize(
    ("status", "reason"),
    [("-", "payload not in operation"), ("?", "payload operation unknown"), ("D", "decayed")],
)
def test_payloads_that_do_not_work_are_left_out_with_the_reason(status, reason):
    fleet = fleet_of(find_alliance("NATO"), one("US", status=status), on=ON)
    assert len(fleet) == 0
    assert fleet.left_out == {reason: 1}
    kept = fleet_of(find_alliance("NATO"), one("US", status=status), on=ON, include_non_operational=True)
    assert len(kept) == (0 if status == "D" else 1)


def test_where_no_payload_has_a_status_all_count_and_a_caveat_says_so():
    fleet = fleet_of(find_alliance("NATO"), one("US", status=None), on=ON)
    assert len(fleet) == 1
    assert any("operational status of no payload" in text for text in fleet.caveats)


def test_where_some_have_a_status_a_payload_without_one_is_left_out():
    catalogue = made_up_catalogue([(1, "A", "US", "PAY", "+"), (2, "B", "US", "PAY", None)])
    fleet = fleet_of(find_alliance("NATO"), catalogue, on=ON)
    assert fleet.norad_id.tolist() == [1]
    assert fleet.left_out == {"payload with no operational status recorded": 1}
    assert not any("operational status of no payload" in text for text in fleet.caveats)


def test_debris_and_rocket_bodies_count_only_on_request_and_unknown_types_never():
    catalogue = made_up_catalogue(
        [
            (1, "A", "US", "DEB", None),
            (2, "B", "US", "R/B", None),
            (3, "C", "US", "UNK", None),
            (4, "D", "US", None, None),
        ]
    )
    fleet = fleet_of(find_alliance("NATO"), catalogue, on=ON)
    assert fleet.left_out == {"object type not known": 2, "debris": 1, "rocket body": 1}
    with_debris = fleet_of(find_alliance("NATO"), catalogue, on=ON, include_debris=True)
    assert with_debris.norad_id.tolist() == [1, 2]


def test_objects_that_came_down_or_were_not_yet_launched_do_not_count():
    up = made_up_catalogue([(1, "A", "US", "PAY", "+")], launched="2024-05-01", decayed="2026-06-01")
    assert len(fleet_of(find_alliance("NATO"), up, on="2024-05-01")) == 1
    assert fleet_of(find_alliance("NATO"), up, on="2024-04-30").left_out == {"launched after that day": 1}
    assert fleet_of(find_alliance("NATO"), up, on="2026-06-01").left_out == {"decayed": 1}


def test_the_day_asked_about_is_by_default_the_day_of_the_catalogue():
    early = made_up_catalogue([(1, "A", "FIN", "PAY", "+")], as_of="2023-04-03T12:00:00Z")
    assert len(fleet_of(find_alliance("NATO"), early)) == 0
    assert len(fleet_of(find_alliance("NATO"), early, on="2023-04-04")) == 1
    caveat = "members are those of 2026-03-10, objects those of 2023-04-03"
    assert caveat in fleet_of(find_alliance("NATO"), early, on=ON).caveats
    with pytest.raises(InvalidValue):
        fleet_of(find_alliance("NATO"), early, on="tomorrow")


def test_every_object_of_a_catalogue_is_counted_shared_listed_or_left_out_exactly_once():
    catalogue = simulated_catalogue()
    for name in ("NATO", "EU", "ASEAN", "ESA", "NATO+JPN+KOR+AUS"):
        fleet = fleet_of(find_alliance(name), catalogue)
        placed = np.concatenate([fleet.rows, fleet.shared, fleet.listed])
        assert len(np.unique(placed)) == len(placed)
        assert len(placed) + sum(fleet.left_out.values()) == len(catalogue)
        assert sum(fleet.counts_by("owner").values()) == len(fleet) == sum(fleet.counts_by("counted_by").values())
        for norad_id in catalogue.elements.norad_id[::997]:
            told = fleet.explain(int(norad_id))
            assert str(norad_id) in told
            assert (" counts for " in told) == (norad_id in fleet.norad_id)


def test_explanations_name_the_object_the_rule_the_code_and_the_member():
    catalogue = made_up_catalogue([(44390, "ICEYE-X4", "FIN", "PAY", "+"), (9, "STAGE", "US", "R/B", None)])
    fleet = fleet_of(find_alliance("NATO"), catalogue, on=ON)
    assert fleet.explain(44390) == (
        "44390 ICEYE-X4 counts for North Atlantic Treaty Organization on 2026-03-10: "
        "rule state (owner code FIN is Finland; FIN is a member)"
    )
    assert "does not count" in fleet.explain(9)
    assert "rocket body" in fleet.explain(9)
    assert "10 is not in the catalogue of 2026-03-10" in fleet.explain(10)
    assert fleet.member.tolist() == ["FIN"]


def test_a_fleets_columns_cannot_be_changed():
    fleet = fleet_of(find_alliance("NATO"), one("US"), on=ON)
    for column in ("rows", "owner", "counted_by", "shared", "verdict"):
        assert not getattr(fleet, column).flags.writeable
    with pytest.raises(TypeError):
        fleet.left_out["nothing"] = 1
