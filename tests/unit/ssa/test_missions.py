"""What satellites are for, and by which evidence."""

from __future__ import annotations

import re

import pytest

from orbits.errors import InvalidValue
from ssa.catalogue.simulated import simulated_catalogue
from ssa.data import packaged_facts
from ssa.errors import UnknownName
from ssa.gcat import read_gcat_payloads
from ssa.missions import mission_categories, mission_of, missions
from ssa.names import without_mark
from tests.made_up_catalogue import made_up_catalogue

GCAT = (
    "#JCAT\tPiece\tName\tClass\tCategory\n# Updated 2025 Jul 30 2329:45\n"
    "S44390\t-\tICEYE-X4\tB\tIMG\nS00007\t-\tTwo uses\tD\tIMG-R/COM?\n"
    "S00008\t-\tNone\tC\t-\nA00001\t-\tNo number\tC\tCOM\n"
)


@pytest.mark.parametrize(
    ("name", "owner", "category"),
    [
        ("SENTINEL-1A", "ESA", "surveillance-sar"), ("SENTINEL-2B", "ESA", "surveillance-optical"),
        ("SENTINEL-6A", "ESA", "earth-science"), ("ICEYE-X4", "FIN", "surveillance-sar"),
        ("GAOFEN 3", "PRC", "surveillance-sar"), ("GAOFEN-12 02", "PRC", "surveillance-sar"),
        ("GAOFEN 1", "PRC", "surveillance-optical"), ("PAZ", "SPN", "surveillance-sar"),
        ("GSAT0101 (GALILEO-PFM)", "ESA", "navigation"), ("GSAT-30", "IND", "communications"),
        ("COSMOS 2501 [GLONASS-K]", "CIS", "navigation"), ("NAVSTAR 43 (USA 132)", "US", "navigation"),
        ("STARLINK-1008", "US", "communications"), ("SBIRS GEO-1 (USA 230)", "US", "early-warning"),
        ("SAPPHIRE", "CA", "space-surveillance"), ("USA 326", "US", "military-other"),
        ("YAOGAN 9A", "PRC", "military-other"), ("NOAA 20 (JPSS-1)", "US", "weather"),
        ("HAWK-8A", "US", "signals-intelligence"), ("ISS (ZARYA)", "ISS", "crewed"),
    ],
)  # fmt: skip
def test_a_name_with_its_owner_tells_the_mission(name, owner, category):
    assert mission_of(name, owner=owner)[:2] == (category, "name")


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("SAPPHIRE", "US"),  # a student satellite of 2001, not Canada's sensor
        ("BADR-B", "PAKI"),  # not an Arabsat
        ("PRISMA", "SWED"),  # the formation pair, not Italy's imager
        ("COSMOS 2500", "CIS"),  # the name says nothing
        ("PAZIFIC", "SPN"),
        ("MYSTARLINK", "US"),
    ],
)
def test_a_name_alone_does_not_mislead(name, owner):
    assert mission_of(name, owner=owner) == ("unknown", "none", "no evidence")


def test_debris_and_rocket_bodies_have_no_mission_whatever_they_are_called():
    catalogue = made_up_catalogue(
        [
            (1, "FENGYUN 1C DEB", "PRC", "DEB", None),
            (2, "METEOR R/B", "CIS", "R/B", None),
            (3, "FENGYUN 1C DEB", "PRC", None, None),
        ]
    )
    found = missions(catalogue)
    assert found.category.tolist() == ["unknown"] * 3
    assert found.why.tolist() == ["debris", "rocket body", "debris or rocket body by its name"]


def test_stronger_evidence_wins_in_the_stated_order():
    gcat = read_gcat_payloads(GCAT)
    rows = [(44390, "ICEYE-X4", "FIN", "PAY", "+")]
    catalogue = made_up_catalogue(rows)
    groups = {"weather": [44390]}
    assert missions(catalogue).category[0] == "surveillance-sar"
    assert missions(catalogue, groups=groups).category[0] == "weather"
    by_gcat = missions(catalogue, groups=groups, gcat=gcat)
    assert (by_gcat.category[0], by_gcat.evidence[0]) == ("surveillance-optical", "gcat")
    kept = made_up_catalogue([(39766, "ICEYE-X4", "FIN", "PAY", "+")])  # the number of ALOS-2
    radar = read_gcat_payloads(GCAT.replace("S44390", "S39766"))
    assert (missions(kept, gcat=radar).category[0], missions(kept, gcat=radar).evidence[0]) == (
        "surveillance-sar",
        "curated",
    )


def test_the_resource_group_decides_only_where_no_name_does():
    catalogue = made_up_catalogue([(1, "ICEYE-X4", "FIN", "PAY", "+"), (2, "NAMELESS", "FIN", "PAY", "+")])
    found = missions(catalogue, groups={"resource": [1, 2]})
    assert found.category.tolist() == ["surveillance-sar", "surveillance-optical"]
    assert found.evidence.tolist() == ["name", "celestrak-group"]


def test_gcat_keeps_all_categories_and_says_when_it_doubts():
    gcat = read_gcat_payloads(GCAT)
    assert len(gcat) == 3
    assert gcat.updated == "Updated 2025 Jul 30 2329:45"
    found = missions(made_up_catalogue([(7, "X", "US", "PAY", "+"), (8, "Y", "US", "PAY", "+")]), gcat=gcat)
    assert found.categories[0] == ("surveillance-sar", "communications")
    assert "doubtful" in found.why[0]
    assert found.serving("communications").tolist() == [True, False]
    assert found.serving("imaging").tolist() == [True, False]
    assert found.category[1] == "unknown"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no header line"),
        ("<html>", "no header line"),
        ("#JCAT\tName\nS1\tX\n", "lacks the columns Class, Category"),
        ("#JCAT\tName\tClass\tCategory\nS00001\tX\n", "2 columns at line 2"),
        ("#JCAT\tName\tClass\tCategory\nA1\tX\tC\tCOM\n", "no payload"),
    ],
)
def test_a_text_that_is_not_gcats_table_is_refused(text, says):
    with pytest.raises(InvalidValue, match=re.escape(says)):
        read_gcat_payloads(text)


def test_mission_names_stand_for_categories_or_groups_of_them():
    assert mission_categories("imaging") == ("surveillance-optical", "surveillance-sar")
    assert mission_categories("Surveillance-SAR") == mission_categories("radar") == ("surveillance-sar",)
    assert mission_categories("GNSS") == ("navigation",)
    with pytest.raises(UnknownName) as refused:
        mission_categories("imagin")
    assert refused.value.nearest[0] == "imaging"


def test_every_category_named_in_the_tables_is_a_category():
    table = packaged_facts("missions")
    known = set(table["categories"])
    assert {row["category"] for row in (*table["name_patterns"], *table["curated"])} <= known
    assert set(table["gcat_categories"].values()) | set(table["celestrak_groups"].values()) <= known
    assert {category for group in table["groups"].values() for category in group} <= known


def test_trying_only_the_patterns_of_the_first_letter_changes_nothing():
    """The naive twin tries every pattern, in order, on every name."""
    rows = [
        (r["category"], re.compile(r["pattern"]), r.get("owners")) for r in packaged_facts("missions")["name_patterns"]
    ]
    catalogue = simulated_catalogue()
    distinct = {
        (name, owner)
        for name, owner in zip(catalogue.elements.name, catalogue.owner, strict=True)
        if "STARLINK" not in name or name.endswith("1 [SIM]")
    }
    assert len(distinct) > 4000
    for name, owner in distinct:
        plain = without_mark(name)
        wanted = next((c for c, p, owners in rows if p.search(plain) and (not owners or owner in owners)), "unknown")
        assert mission_of(name, owner=owner)[0] == wanted, name
