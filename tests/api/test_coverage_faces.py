"""`ssa coverage` and `POST /v1/coverage` give what `coverage_of` finds; files, maps and refusals."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx2
import pytest

from api.models.coverage import CoverageReply
from orbits import TimeSpan
from ssa import coverage_of, equip, parse_region
from ssa.candidates import of_list
from ssa.coverage.limits import MOST_CELL_OBJECT_HOURS
from ssa.sensors import Elevation, ElevationMask, NadirCone, SatelliteSunlit, Sensor
from tests.api.test_every_route import require_problem
from tests.faces import HOSTILE_FORMULA, LEO, MARKUP, SUN_SYNCHRONOUS, AppClient

START = "2026-03-10T06:00:00Z"
NUMBERS = [LEO, SUN_SYNCHRONOUS, LEO + 2, LEO + 3, MARKUP - 1, MARKUP]
ASKED = {
    "region": "country:LT", "objects": NUMBERS, "min_elevation_deg": 10, "start": START, "hours": 12, "cell_km": 60,
}  # fmt: skip
CALL = [
    "coverage", "--region", "country:LT", "--objects", ",".join(map(str, NUMBERS)), "--min-elevation", "10", "--start",
    START, "--hours", "12", "--cell-km", "60",
]  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


def post(client: AppClient, body: Any) -> httpx2.Response:
    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=client.app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as asked:
            return await asked.post("/v1/coverage", json=body, timeout=120.0)

    return client.portal.call(ask)  # type: ignore[no-any-return]


def found(client: AppClient, **change: Any) -> dict[str, Any]:
    response = post(client, {**ASKED, **change})
    assert response.status_code == 200, response.text
    return json.loads(response.content, parse_constant=pytest.fail)  # type: ignore[no-any-return]


def test_the_answer_is_what_coverage_of_finds_and_has_the_promised_keys(real: AppClient) -> None:
    body = found(real, cells=True, contribution=True)
    CoverageReply.model_validate(body, strict=True)
    assert set(CoverageReply.model_fields) == set(body)
    snapshot = real.app.state.keeper.snapshot().snapshot
    fleet = equip(of_list(NUMBERS, snapshot), sensor=Sensor("mask", "access", Elevation(10)))
    expected = coverage_of(parse_region("country:LT"), 60.0, fleet, TimeSpan.of(START, hours=12))
    assert [row["norad_id"] for row in body["fleet"]] == NUMBERS
    assert set(body["fleet"][0]) >= {"norad_id", "name", "owner", "sensor"}
    for name, value in expected.measures.contract().items():
        assert body["measures"][name] == pytest.approx(value, abs=1e-3 if name.endswith("_s") else 1e-9)
    assert body["region"] == {
        "name": "Lithuania", "area_km2": pytest.approx(expected.region.area_km2, abs=1e-3),
        "cells": len(expected.cells), "cell_km": 60.0,
    }  # fmt: skip
    assert len(body["cells"]) == body["region"]["cells"]
    assert [row["max_gap_s"] for row in body["cells"]] == pytest.approx(
        expected.cell_measures.max_gap_s.tolist(), abs=1e-3
    )
    assert body["timeline"][0]["time"] == "2026-03-10T06:00:00.000Z"
    assert len(body["timeline"]) == 12 * 3600 / body["step_s"]
    assert 0.0 < body["measures"]["covered_fraction"] < 1.0


def test_shapley_parts_sum_to_the_whole_and_nobody_loses_more_than_all_have(real: AppClient) -> None:
    body = found(real, contribution=True)
    whole = body["measures"]["covered_fraction"]
    parts = body["contribution"]
    assert {row["owner"] for row in parts} == {row["owner"] for row in body["fleet"]}
    assert sum(row["shapley_fraction"] for row in parts) == pytest.approx(whole, abs=1e-8)
    assert sum(row["objects"] for row in parts) == len(body["fleet"])
    assert all(row["marginal_fraction"] <= row["shapley_fraction"] + 1e-9 for row in parts)
    assert found(real)["contribution"] is None


def test_a_region_may_be_a_geojson_object(real: AppClient) -> None:
    ring = [[20, 54], [22, 54], [22, 55], [20, 55], [20, 54]]
    body = found(real, region={"type": "Feature", "properties": {"name": "a field"},
                               "geometry": {"type": "Polygon", "coordinates": [ring]}})  # fmt: skip
    assert body["region"]["name"] == "a field"


def test_each_object_has_its_own_sensor_and_those_without_are_named(real: AppClient) -> None:
    body = found(real, min_elevation_deg=None, objects=[LEO, SUN_SYNCHRONOUS])
    assert body["fleet"] == []
    assert [row["norad_id"] for row in body["without_sensor"]] == [LEO, SUN_SYNCHRONOUS]
    assert body["measures"]["covered_fraction"] == 0.0
    assert body["measures"]["mean_revisit_s"] is None
    assert body["next_look"]["first_norad_id"] is None
    assert any("nothing is covered" in text for text in body["caveats"])


def test_equal_questions_have_equal_bytes(real: AppClient) -> None:
    for form in ("json", "svg"):
        assert post(real, {**ASKED, "format": form}).content == post(real, {**ASKED, "format": form}).content


def test_cells_as_csv_and_geojson_say_what_json_says(real: AppClient) -> None:
    cells = found(real, cells=True)["cells"]
    table = post(real, {**ASKED, "format": "csv"})
    assert table.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert [float(row["max_gap_s"]) for row in rows] == [row["max_gap_s"] for row in cells]
    drawn = post(real, {**ASKED, "format": "geojson"})
    assert drawn.headers["content-type"] == "application/geo+json"
    document = json.loads(drawn.content, parse_constant=pytest.fail)
    assert document["type"] == "FeatureCollection"
    assert document["catalogue"]["data_mode"] == "REAL"
    assert [row["properties"]["max_gap_s"] for row in document["features"]] == [row["max_gap_s"] for row in cells]
    assert {row["geometry"]["type"] for row in document["features"]} == {"Polygon"}


@pytest.mark.parametrize("measure", ["covered_fraction", "max_gap_s", "mean_revisit_s", "accesses"])
def test_a_map_says_what_it_was_made_from(real: AppClient, measure: str) -> None:
    response = post(real, {**ASKED, "format": "svg", "measure": measure})
    assert response.headers["content-type"].startswith("image/svg+xml")
    tree = ElementTree.fromstring(response.text)
    said = " ".join(text.text or "" for text in tree.iter(f"{SVG}text"))
    for part in (
        "Lithuania",
        "6 listed objects",
        "2026-03-10 06:00",
        "Catalogue REAL as of 2026-03-10",
        "before the start",
        "Natural Earth",
    ):
        assert part in said
    assert not any("nan" in (value.lower()) for element in tree.iter() for value in element.attrib.values())


def test_hostile_names_stay_text_in_maps_and_files(real: AppClient, tmp_path: Path, ssa: Any) -> None:
    ring = [[20, 54], [22, 54], [22, 55], [20, 55], [20, 54]]
    name = '</title><script>alert(1)</script>" onload="x' + chr(27) + chr(0)
    region = {"type": "Feature", "properties": {"name": name}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    response = post(real, {**ASKED, "region": region, "format": "svg"})
    tree = ElementTree.fromstring(response.text)
    assert {element.tag for element in tree.iter()} == {
        SVG + tag for tag in ("svg", "title", "rect", "text", "g", "defs", "clipPath", "path")
    }
    assert not any(key.startswith("on") for element in tree.iter() for key in element.attrib)
    assert "<script" not in response.text
    file = tmp_path / "field.geojson"
    file.write_text(json.dumps(region))
    ran = ssa(*CALL[:1], "--region", str(file), *CALL[3:], "--format", "geojson")
    assert ran.status == 0, ran.err
    assert json.loads(ran.out)["region"]["name"] == " ".join(name.split())
    assert chr(27) not in ran.err
    whole = found(real)
    assert HOSTILE_FORMULA in [row["name"] for row in whole["fleet"]]  # JSON is data: it tells names as they are


WRONG: dict[str, tuple[dict[str, Any], int, str, str]] = {
    "a region nobody knows": ({"region": "country:Lithuanja"}, 422, "unknown-name", "country"),
    "a file": ({"region": "/etc/passwd"}, 422, "invalid-value", "region"),
    "a point": ({"region": {"type": "Point", "coordinates": [1, 2]}}, 422, "invalid-value", "region"),
    "no region": ({"region": None}, 422, "invalid-value", "region"),
    "nobody": ({"objects": None}, 422, "invalid-value", "objects"),
    "two fleets": ({"alliance": "NATO"}, 422, "invalid-value", "objects"),
    "strangers only": ({"objects": [77]}, 422, "invalid-value", "objects"),
    "an owner nobody knows": ({"objects": None, "owner": "FRR"}, 422, "unknown-name", "owner"),
    "two sensors": ({"sensor": "ICEYE access"}, 422, "invalid-value", "sensor"),
    "a sensor nobody knows": ({"min_elevation_deg": None, "sensor": "ICEY"}, 422, "unknown-name", "sensor"),
    "a cone of nothing": ({"nadir_half_angle_deg": 0}, 422, "invalid-value", "nadir_half_angle_deg"),
    "a mission nobody knows": ({"mission": "imagin"}, 422, "unknown-name", "mission"),
    "companies of a list": ({"commercial": True}, 422, "invalid-value", "commercial"),
    "a use nobody knows": ({"use": "acces"}, 422, "invalid-value", "use"),
    "a word too many": ({"misspelt": 1}, 422, "invalid-value", "misspelt"),
    "cells too small": ({"region": "world", "cell_km": 1}, 422, "invalid-value", "cell_km"),
    "a reversed window": ({"hours": None, "end": "2026-03-01T00:00:00Z"}, 422, "invalid-value", "end"),
    "no start": ({"start": None}, 422, "invalid-value", "start"),
    "too much for anyone": ({"region": "world", "cell_km": 60, "hours": 744}, 413, "too-much", "hours"),
    "too much for a file": (
        {"region": "world", "cell_km": 60, "hours": 48, "format": "csv"}, 413, "too-much", "hours",
    ),
    "too many times": ({"hours": 744, "step_s": 1}, 413, "too-much", "step_s"),
    "too many cells to list": (
        {"region": "world", "cell_km": 120, "cells": True, "hours": 0.1}, 413, "too-much", "cells",
    ),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_questions_are_refused_with_the_field(real: AppClient, wrong: str) -> None:
    change, status, name, field = WRONG[wrong]
    body = {key: value for key, value in {**ASKED, **change}.items() if value is not None}
    document = require_problem(post(real, body), status, name)
    fields = [error["field"].split(".")[0] for error in document["errors"]]
    assert field in fields, document
    assert all(error["reason"] for error in document["errors"])


def square(west_deg: Any, **more: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[[west_deg, 0], [1, 0], [1, 1], [0, 1], [west_deg, 0]]], **more}


BODIES = {
    "no JSON": (b"{", 422), "nothing": (b"", 422), "a list": (b"[]", 422), "null": (b"null", 422),
    "a tree too deep": (b'{"region":' + b'{"a":' * 5000 + b"1" + b"}" * 5000 + b"}", 400),
    "not a number": (json.dumps({**ASKED, "region": square(float("nan"))}).encode(), 422),
    "a number too large": (json.dumps({**ASKED, "region": square(10**400)}).encode(), 422),
    "a word for a number": (json.dumps({**ASKED, "region": square("x")}).encode(), 422),
    "half a letter": (json.dumps({**ASKED, "region": square(0, name="\ud800x")}).encode(), 200),
    "half a letter, drawn": (
        json.dumps({**ASKED, "region": square(0, name="\ud800x"), "format": "geojson"}).encode(), 200,
    ),
}  # fmt: skip


@pytest.mark.parametrize("body", BODIES)
def test_no_body_breaks_the_service(real: AppClient, body: str) -> None:
    content, status = BODIES[body]

    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=real.app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            headers = {"content-type": "application/json"}
            return await client.post("/v1/coverage", content=content, headers=headers, timeout=60.0)

    response = real.portal.call(ask)
    assert response.status_code == status, response.text
    if status != 200:
        require_problem(response, status, "bad-request" if status == 400 else "invalid-value")


def test_a_request_that_is_too_heavy_names_the_limit_and_the_way_out(real: AppClient) -> None:
    document = require_problem(post(real, {**ASKED, "region": "world", "cell_km": 60, "hours": 744}), 413, "too-much")
    assert f"{MOST_CELL_OBJECT_HOURS:,}" in document["detail"]
    assert "larger cells" in document["detail"]


def test_the_command_gives_the_routes_answer(ssa: Any, real: AppClient) -> None:
    ran = ssa(*CALL, "--contribution", "--cells", "--json")
    assert ran.status == 0, ran.err
    assert ran.json == found(real, contribution=True, cells=True)
    assert ssa(*CALL, "--contribution", "--cells", "--format", "json").json == ran.json
    assert ssa(*CALL, "--format", "csv").out == post(real, {**ASKED, "format": "csv"}).text
    assert ssa(*CALL, "--format", "svg").out == post(real, {**ASKED, "format": "svg"}).text


def test_people_read_a_table_and_the_rest_beside_it(ssa: Any) -> None:
    ran = ssa(*CALL, "--contribution")
    assert ran.status == 0, ran.err
    for words in ("Covered, share of area and time", "Shapley part", "elevation of 10 deg or more"):
        assert words in ran.out
    assert "First look:" in ran.err
    assert "catalogue REAL" in ran.err


def test_files_are_written_where_they_are_wanted(ssa: Any, real: AppClient, tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    ran = ssa(*CALL, "--format", "svg", "--measure", "max_gap_s", "-o", str(file))
    assert (ran.status, ran.out) == (0, "")
    assert "Longest gap" in file.read_text(encoding="utf-8")
    nowhere = ssa(*CALL, "--format", "json", "-o", str(tmp_path / "no" / "such.json"))
    assert (nowhere.status, nowhere.json["errors"][0]["field"]) == (2, "output")
    assert ssa(*CALL, "-o", str(file)).status == 2
    assert ssa(*CALL, "--format", "png").status == 2
    picture = tmp_path / "map.png"
    assert ssa(*CALL, "--format", "png", "-o", str(picture)).status == 0
    assert picture.read_bytes() == post(real, {**ASKED, "format": "png"}).content
    told = ssa("coverage", *CALL[1:3], "--alliance", "NATO", "--with", "JPN,KOR", *CALL[5:]).out
    assert "Comparison" in told
    assert "Japan + Republic of Korea" in told


def test_sensors_of_ones_own_are_read_from_a_file(ssa: Any, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        f'[[sensors]]\nname = "OWN access"\nuse = "access"\nnorad_ids = [{LEO}]\n'
        'rule = {rule = "elevation", min_elevation_deg = 5}\n'
    )
    ran = ssa("coverage", "--region", "country:LT", "--objects", str(LEO), "--sensors", str(file), "--start", START,
              "--cell-km", "100", "--json")  # fmt: skip
    assert ran.status == 0, ran.err
    assert [row["sensor"] for row in ran.json["fleet"]] == ["OWN access"]


OWN = {
    "name": "OWN access", "use": "access", "norad_ids": [LEO, LEO + 2],
    "rule": {"any_of": [
        {"all_of": [{"rule": "elevation_mask", "mask_deg": [[0, 5], [90, 40], [180, 5]]},
                    {"not": {"rule": "satellite_sunlit"}}]},
        {"rule": "nadir_cone", "half_angle_deg": 20},
    ]},
}  # fmt: skip


def test_a_body_may_bring_its_own_sensors_and_they_see_what_their_rule_says(real: AppClient, ssa: Any) -> None:
    asked = {"min_elevation_deg": None, "objects": [LEO, LEO + 2], "cells": True}
    body = {key: value for key, value in {**ASKED, **asked, "sensors": [OWN]}.items() if value is not None}
    answer = json.loads(post(real, body).content)
    assert [row["sensor"] for row in answer["fleet"]] == ["OWN access"] * 2
    rule = ElevationMask("0:5,90:40,180:5") & ~SatelliteSunlit() | NadirCone(20)
    assert [row["rule"] for row in answer["sensors"]] == [str(rule)]
    snapshot = real.app.state.keeper.snapshot().snapshot
    fleet = equip(of_list([LEO, LEO + 2], snapshot), sensor=Sensor("own", "access", rule))
    expected = coverage_of(parse_region("country:LT"), 60.0, fleet, TimeSpan.of(START, hours=12))
    for name, value in expected.measures.contract().items():
        assert answer["measures"][name] == pytest.approx(value, rel=1e-9, abs=1e-3), name
    assert 0.0 < answer["measures"]["covered_fraction"] < 1.0


def test_a_file_of_sensors_says_what_the_body_says(real: AppClient, ssa: Any, tmp_path: Path) -> None:
    file = tmp_path / "own.json"
    file.write_text(json.dumps({"sensors": [OWN]}))
    told = ssa("coverage", "--region", "country:LT", "--objects", f"{LEO},{LEO + 2}", "--sensors", str(file), "--start",
               START, "--hours", "12", "--cell-km", "60", "--json").json  # fmt: skip
    body = {**ASKED, "objects": [LEO, LEO + 2], "sensors": [OWN]}
    del body["min_elevation_deg"]
    assert told["measures"] == json.loads(post(real, body).content)["measures"]
    by_name = json.loads(post(real, {**body, "sensor": "own ACCESS"}).content)
    assert by_name["measures"] == told["measures"]


def test_a_horizon_by_azimuth_stands_where_an_elevation_does(real: AppClient, ssa: Any) -> None:
    level = found(real)
    assert found(real, min_elevation_deg="0:10,90:10")["measures"] == level["measures"]
    assert found(real, min_elevation_deg="10")["measures"] == level["measures"]  # as the page's form writes it
    mask = found(real, min_elevation_deg="0:10,90:60,180:10")
    assert 0.0 < mask["measures"]["covered_fraction"] < level["measures"]["covered_fraction"]
    call = [*CALL[: CALL.index("--min-elevation") + 1], "0:10,90:60,180:10", *CALL[CALL.index("--start") :]]
    assert ssa(*call, "--json").json["measures"] == mask["measures"]
    [sensor] = mask["sensors"]
    assert sensor["rule"] == "elevation at least 10 to 60 deg by azimuth"


def many(**lists: Any) -> dict[str, Any]:
    return {"min_elevation_deg": None, "sensors": [{**OWN, "name": f"OWN {k}", **lists} for k in range(30)]}


OWN_WRONG = {
    "no sensors": ({"sensors": []}, 422, "sensors"),
    "too many sensors": ({"sensors": [{**OWN, "name": f"OWN {k}"} for k in range(101)]}, 422, "sensors"),
    "too many names": (many(satellites=["A*"] * 100), 413, "sensors"),
    "too many numbers": (many(norad_ids=list(range(1, 1001))), 413, "sensors"),
    "a rule nobody knows": ({"sensors": [{**OWN, "rule": {"rule": "magic"}}]}, 422, "sensors[0]"),
    "a mask beyond the circle": (
        {"sensors": [OWN, {**OWN, "name": "B", "rule": {"rule": "elevation_mask", "mask_deg": [[400, 5]]}}]}, 422,
        "sensors[1]",
    ),
    "a mask of too many points": (
        {"min_elevation_deg": ",".join(f"{k / 3:.3f}:5" for k in range(800)) + ",280:6"}, 422, "min_elevation_deg",
    ),
    "a horizon of words": ({"min_elevation_deg": "high"}, 422, "min_elevation_deg"),
    "a rule without end": (
        {"sensors": [{**OWN, "rule": {"all_of": [
            {"any_of": [{"rule": "nadir_cone", "half_angle_deg": 10 + k + 10 * j} for k in range(5)]} for j in range(6)
        ]}}]}, 422, "sensors[0]",
    ),
    "a name of ours": ({"sensors": [{**OWN, "name": "ICEYE access"}]}, 422, "sensors[0]"),
    "a name twice": ({"sensors": [OWN, OWN]}, 422, "sensors[1]"),
    "a key too many": ({"sensors": [{**OWN, "colour": "red"}]}, 422, "sensors"),
    "an owner nobody knows": ({"sensors": [{**OWN, "owners": ["FRR"]}]}, 422, "sensors[0]"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", OWN_WRONG)
def test_wrong_sensors_are_refused_by_place_before_any_work(real: AppClient, wrong: str) -> None:
    change, status, field = OWN_WRONG[wrong]
    name = "too-much" if status == 413 else "unknown-name" if wrong.endswith(" nobody knows") else "invalid-value"
    body = {key: value for key, value in {**ASKED, **change}.items() if value is not None}
    document = require_problem(post(real, body), status, name)
    fields = [error["field"].split(".")[0] for error in document["errors"]]
    assert field in fields, document


def test_long_rules_and_fine_masks_count_against_the_limit(real: AppClient) -> None:
    heavy = {"region": "world", "cell_km": 300, "hours": 200}
    body = {**ASKED, **heavy, "format": "csv"}
    assert post(real, {**body, "hours": 1}).status_code == 200
    fine = ",".join(f"{azimuth}:{5 + azimuth % 2}" for azimuth in range(360))
    require_problem(post(real, {**body, "min_elevation_deg": fine}), 413, "too-much")


def test_partners_are_added_and_told_apart(real: AppClient) -> None:
    fleet = {"objects": None, "alliance": "NATO"}
    alone, partner = found(real, **fleet), found(real, objects=None, alliance="JPN+KOR")
    body = found(real, **fleet, partners="JPN,KOR")
    CoverageReply.model_validate(body, strict=True)
    told = body["comparison"]
    assert alone["comparison"] is None
    assert told["ours"]["objects"] == len(alone["fleet"])
    assert told["theirs"]["objects"] == len(partner["fleet"])
    assert len(body["fleet"]) == len(alone["fleet"]) + len(partner["fleet"]) - told["objects_of_both"]
    for side, single in (("ours", alone), ("theirs", partner)):
        assert {name: told[side][name] for name in ("covered_fraction", "mean_fold", "max_gap_s")} == {
            name: single["measures"][name] for name in ("covered_fraction", "mean_fold", "max_gap_s")
        }
    whole = told["only_ours_fraction"] + told["only_theirs_fraction"] + told["both_fraction"]
    assert whole == pytest.approx(body["measures"]["covered_fraction"], abs=1e-8)
    gained = body["measures"]["covered_fraction"] - told["ours"]["covered_fraction"]
    assert told["gained"]["covered_fraction"] == pytest.approx(gained, abs=1e-8)


def test_an_alliance_with_itself_gains_nothing(real: AppClient) -> None:
    told = found(real, objects=None, alliance="NATO", partners="NATO")["comparison"]
    assert told["objects_of_both"] == told["ours"]["objects"] == told["theirs"]["objects"]
    assert set(told["gained"].values()) <= {0.0, None}


def test_a_day_of_partners_without_partners_is_refused(real: AppClient) -> None:
    response = post(real, {**ASKED, "partners_on": "2026-01-01"})
    assert response.status_code == 422
    assert "goes with partners" in response.text


def test_a_png_map_is_a_picture_twice_the_size_of_the_drawing(real: AppClient) -> None:
    svg = post(real, {**ASKED, "format": "svg"})
    response = post(real, {**ASKED, "format": "png"})
    assert response.headers["content-type"] == "image/png"
    assert response.headers["content-disposition"] == 'attachment; filename="coverage.png"'
    assert response.content.startswith(b"\x89PNG\r\n")
    width, height = (int.from_bytes(response.content[at : at + 4], "big") for at in (16, 20))
    drawing = ElementTree.fromstring(svg.content)
    assert (width, height) == (2 * int(drawing.get("width")), 2 * int(drawing.get("height")))
