"""Members of every packaged group on fixed days, and against the compiled reference where it is present.

The counts are those of the organisations' own pages as of 2026-11-22: NATO topics_52044 (32), the European Union's list
of countries (27; 28 until 2020-01-31), asean.org (11 since 2025-10-26), au.int (55), spacecom.mil (CSpO 10 since
December 2023, Olympic Defender 7 since 2025-04-11), esa.int (23 since 2025-01-01), eumetsat.int (30), eusst.eu (15).
"""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter

import pytest

from ssa.alliances import all_alliances, find_alliance, members
from ssa.fleets import fleet_of
from ssa.owners import find_owner
from tests.made_up_catalogue import made_up_catalogue

COUNTS = [
    ("nato", "1949-08-24", 12), ("nato", "1955-05-06", 15), ("nato", "1999-03-12", 19),
    ("nato", "2004-03-29", 26), ("nato", "2020-03-26", 29), ("nato", "2023-04-03", 30),
    ("nato", "2023-04-04", 31), ("nato", "2026-11-22", 32), ("eu", "1958-01-01", 6), ("eu", "1995-01-01", 15),
    ("eu", "2004-05-01", 25), ("eu", "2013-07-01", 28), ("eu", "2020-01-31", 28), ("eu", "2020-02-01", 27),
    ("five_eyes", "2026-11-22", 5), ("aukus", "2021-09-14", 0), ("aukus", "2026-11-22", 3),
    ("quad", "2026-11-22", 4), ("anzus", "2026-11-22", 3), ("cspo", "2023-11-30", 7),
    ("cspo", "2026-11-22", 10), ("mnf_ood", "2025-04-10", 6), ("mnf_ood", "2025-04-11", 7),
    ("nato_apss", "2026-11-22", 19), ("nato_satcom_6g", "2026-11-22", 4), ("nato_ip4", "2026-11-22", 4),
    ("eusst", "2022-11-11", 15), ("asean", "2025-10-25", 10), ("asean", "2025-10-26", 11),
    ("admm_plus", "2025-10-30", 18), ("admm_plus", "2026-11-22", 19), ("au", "2017-01-30", 54),
    ("au", "2017-01-31", 55), ("sco", "2024-07-03", 9), ("sco", "2024-07-04", 10), ("csto", "2026-11-22", 6),
    ("arctic_council", "2026-11-22", 8), ("nordefco", "2026-11-22", 5), ("jef", "2026-11-22", 10),
    ("fpda", "2026-11-22", 5), ("gcc", "2026-11-22", 6), ("esa", "1975-05-30", 10), ("esa", "2024-12-31", 22),
    ("esa", "2025-01-01", 23), ("eumetsat", "2026-11-22", 30), ("arabsat", "2026-11-22", 21),
]  # fmt: skip


@pytest.mark.parametrize(("group", "on", "count"), COUNTS)
def test_the_number_of_members_on_a_day(group, on, count):
    assert len(members(find_alliance(group), on)) == count


def test_every_packaged_group_is_counted_above():
    assert {group for group, _, _ in COUNTS} == {group.id for group in all_alliances()}
    assert len(all_alliances()) == 25


@pytest.mark.real_data
def test_members_and_dates_are_those_of_the_compiled_reference(shared):
    reference = json.loads((shared / "reference" / "alliances.json").read_text())
    assert [group["id"] for group in reference["groups"]] == [group.id for group in all_alliances()]
    for group in reference["groups"]:
        ours = find_alliance(group["id"])
        listed = members(ours, reference["as_of"])
        assert len(listed) == group["member_count"]
        assert {m.iso3: str(m.joined or "") for m in listed} == {
            m["iso3"]: m.get("joined") or "" for m in group["members"]
        }
        for former in group.get("former", []):
            assert former["iso3"] in {m.iso3 for m in members(ours, former["left"])}


@pytest.mark.real_data
def test_owner_codes_mean_what_the_compiled_reference_says(shared):
    reference = json.loads((shared / "reference" / "owner_codes.json").read_text())
    for code, row in {**reference["codes"], **reference["extra_spacetrack"]}.items():
        ours = find_owner(code)
        assert ours.name == row["name"]
        if row["kind"] != "company" and code != "ISS":
            assert list(ours.states) == row["iso3"]
            assert ours.kind == row["kind"]
        assert row.get("members_ref", "") in (ours.organisation, ours.with_members_of)
    for alias, code in reference["aliases"].items():
        assert find_owner(alias) is find_owner(code)


@pytest.mark.real_data
def test_the_nato_fleet_of_a_real_catalogue_is_the_sum_of_its_owners(shared):
    """Catalogue of 2026-03-10 with owners of 2026-06-14; the twin counts rows of two files with nothing of ours."""
    with gzip.open(shared / "data" / "satcat" / "satcat_owner_type_2026-06-14.csv.gz", "rt") as text:
        facts = {int(row["NORAD_CAT_ID"]): (row["OWNER"], row["OBJECT_TYPE"]) for row in csv.DictReader(text)}
    with gzip.open(shared / "data" / "catalogs" / "gp_2026-03-10_merged.csv.gz", "rt") as text:
        names = {int(row["NORAD_CAT_ID"]): row["OBJECT_NAME"] for row in csv.DictReader(text)}
    nothing = (None, None)
    catalogue = made_up_catalogue([(id, name, *facts.get(id, nothing), None) for id, name in names.items()])
    fleet = fleet_of(find_alliance("NATO"), catalogue, on="2026-03-10")
    states = (
        "US UK FR IT GER CA SPN TURK FIN NOR BEL POL GREC LUXE DEN SWED CZCH HUN BUL NETH POR LTU EST HRV MNE SVK SVN"
    )
    payloads = Counter(facts[id][0] for id in names if id in facts and facts[id][1] == "PAY")
    expected = {code: payloads[code] for code in (*states.split(), "FRIT")}
    assert fleet.counts_by("owner") == expected
    assert len(fleet) == 12_457
    assert (expected["US"], expected["UK"], expected["FR"]) == (11_268, 702, 94)
    assert len(fleet.shared) == payloads["ESA"] + payloads["EUME"] + payloads["GRSA"] == 79
    assert len(fleet.listed) == payloads["TBD"] + payloads["ISS"] == 138
    assert len(fleet) + len(fleet.shared) + len(fleet.listed) + sum(fleet.left_out.values()) == 21_569
