"""Countries, alliances, and regions written as words."""

from __future__ import annotations

import pytest
import shapely

from orbits.errors import InvalidValue
from ssa.alliances import all_alliances, members
from ssa.countries import countries
from ssa.errors import UnknownName
from ssa.regions import alliance_territory, country, parse_region
from ssa.regions.outlines import find_outline, outlines


# Land and inland water as the United Nations' Demographic Yearbook 2023, table 3, has them, to 2 % for a 1:50m outline.
@pytest.mark.parametrize(
    ("name", "area_km2"),
    [("Estonia", 45_399), ("Lithuania", 65_286), ("Poland", 312_679), ("Lesotho", 30_355), ("South Africa", 1_221_037),
     ("Fiji", 18_272), ("Russia", 17_098_246), ("Australia", 7_692_024), ("Germany", 357_581)],
)  # fmt: skip
def test_the_outline_has_about_the_area_in_the_yearbook(name: str, area_km2: float) -> None:
    assert country(name).area_km2 == pytest.approx(area_km2, rel=0.02)


def test_antarctica_holds_the_pole_and_14_million_km2_less_its_ice_shelves() -> None:
    region = country("Antarctica")
    assert region.contains(-90.0, 77.0)
    assert region.contains([-85.0] * 4, [-180.0, -90.0, 0.0, 179.9]).all()
    assert 12.0e6 < region.area_km2 < 14.2e6
    assert region.bounding_cap.radius_deg < 30.0


def test_fiji_and_russia_lie_across_the_antimeridian_as_one_piece_of_the_globe() -> None:
    assert country("FJ").bounding_cap.radius_deg < 6.0
    russia = country("RU")
    assert russia.contains([67.0, 67.0, 67.0, 55.75], [179.9, -179.9, 180.0, 37.6]).all()
    assert not russia.contains(60.0, -160.0)  # Alaska


def test_lesotho_is_a_hole_in_south_africa() -> None:
    assert not country("ZA").contains(-29.6, 28.3)
    assert country("LSO").contains(-29.6, 28.3)


@pytest.mark.parametrize("name", ["Estonia", "EE", "est", "  estonia "])
def test_a_country_is_found_by_name_and_by_either_code(name: str) -> None:
    assert country(name).name == "Estonia"


def test_every_state_of_the_table_has_a_valid_outline_and_every_spelling_finds_its_own() -> None:
    assert {outline.iso3 for outline in outlines()} >= set(countries())
    assert [outline.name for outline in outlines() if not shapely.is_valid(outline.shape)] == []
    for row in countries().values():
        for text in (row.iso3, row.iso2, row.name, *row.also):
            assert find_outline(text).iso3 == row.iso3


def test_outlines_of_countries_do_not_overlap() -> None:
    shapes = [outline.shape for outline in outlines()]
    joined = shapely.area(shapely.union_all(shapes))
    assert joined == pytest.approx(sum(shape.area for shape in shapes), rel=1e-6)


def test_an_unknown_country_gets_the_nearest_names() -> None:
    with pytest.raises(UnknownName, match="did you mean Estonia"):
        country("Estnia")


def test_what_an_outline_leaves_out_is_said() -> None:
    assert any("no statement on borders" in text for text in country("EE").caveats)
    assert any("with Crimea" in text for text in country("Ukraine").caveats)
    assert country("Ukraine").contains(45.3, 34.4)
    assert not country("Russia").contains(45.3, 34.4)
    assert country("Ukraine").area_km2 == pytest.approx(603_628, rel=0.01)  # the state's own figure
    assert any("Faroe Islands, Greenland" in text for text in country("Denmark").caveats)
    whole = country("Denmark", with_territories=True)
    assert whole.contains(75.0, -40.0)
    assert not any("Greenland" in text for text in whole.caveats)


def test_an_alliance_is_the_union_of_its_members_on_the_day() -> None:
    before, after = (alliance_territory("NATO", on=day) for day in ("2023-04-03", "2023-04-04"))
    assert not before.contains(61.5, 25.5)
    assert after.contains(61.5, 25.5)  # Finland
    assert after.area_km2 - before.area_km2 == pytest.approx(country("FI").area_km2, rel=1e-6)
    assert after.name == "North Atlantic Treaty Organization (2023-04-04)"


def test_every_alliance_has_a_territory() -> None:
    for alliance in all_alliances():
        if members(alliance, "2026-03-10"):
            assert alliance_territory(alliance, on="2026-03-10").area_km2 > 1e5


def test_an_alliance_without_members_on_the_day_has_none() -> None:
    with pytest.raises(InvalidValue, match="no member states on that day"):
        alliance_territory("NATO", on="1940-01-01")


def test_each_word_gives_its_region() -> None:
    assert parse_region("world").name == "world"
    assert parse_region(" Country: ee").name == "Estonia"
    assert parse_region("box:170,-20,-170,-10").contains(-15.0, 180.0)
    assert parse_region("circle:54.9,23.9,300").contains(54.9, 23.9)
    assert parse_region("alliance:AUKUS", on="2026-03-10").contains(-25.0, 135.0)
    square = '{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4],[0,4],[0,0]]]}'
    assert parse_region(square).contains(2.0, 2.0)
    asked: list[str] = []
    region = parse_region("areas/gap.geojson", load=lambda name: asked.append(name) or square)  # type: ignore[func-returns-value]
    assert (asked, region.name) == (["areas/gap.geojson"], "gap")


@pytest.mark.parametrize(
    ("text", "said"),
    [("nope", "write world, country:NAME"), ("", "write world"), ("gap.geojson", "is not a region"),
     ("box:1,2", "box:W,S,E,N"), ("box:a,b,c,d", "box:W,S,E,N"), ("circle:1,2,3,4", "circle:LAT,LON,KM"),
     ("alliance:NATO", "give the day"), ("alliance:NAT0", "did you mean"), ("country:", "not known")],
)  # fmt: skip
def test_words_that_name_no_region_are_refused_with_the_forms(text: str, said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        parse_region(text, on=None if "give" in said else "2026-03-10")
