"""The globe's routes: bytes that say what the ephemeris says, columns in their order, CesiumJS beside the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from api.cesium import cesium_build
from api.scenes.frames import HEADER, MAGIC, VERSION
from orbits import Instant, InvalidValue
from tests.api.test_every_route import require_problem
from tests.faces import DECAYING, GONE, HOSTILE_MARKUP, LEO, AppClient
from tests.make_page_outlines import FILE, page_outlines

START = "2026-03-10T06:00:00Z"
one_metre = 1e-3  # km


def read(content: bytes) -> dict[str, Any]:
    """The arrays of the layout, each viewed in place."""
    magic, version, n, count, start_s, step_s, digest = HEADER.unpack_from(content)
    assert (magic, version) == (MAGIC, VERSION)
    floats = np.frombuffer(content, "<f4", offset=64 + 24 * n, count=6 * n * count).reshape(count, 2, n, 3)
    numbers = np.frombuffer(content, "<u4", offset=64 + 24 * n + 24 * n * count)
    assert len(numbers) == n
    return {
        "start_s": start_s, "step_s": step_s, "digest": digest.hex(), "offset": floats[:, 0], "velocity": floats[:, 1],
        "reference": np.frombuffer(content, "<f8", offset=64, count=3 * n).reshape(n, 3), "norad_id": numbers,
    }  # fmt: skip


def test_frames_say_what_the_ephemeris_says(real: AppClient) -> None:
    response = real.get("/v1/frames", start=START, count=3)
    assert response.headers["content-type"] == "application/vnd.ssa.frames"
    frames = read(response.content)
    assert frames["start_s"] == Instant.parse(START).datetime().timestamp()
    assert frames["digest"] == real.get("/v1/catalogue").json()["catalogue"]["digest"]
    row = frames["norad_id"].tolist().index(LEO)
    states = real.get(f"/v1/objects/{LEO}/ephemeris", start=START, hours=2 / 60 + 1e-4).json()["objects"][0]["states"]
    for k, state in enumerate(states):
        position = frames["reference"][row] + frames["offset"][k, row]
        assert position == pytest.approx(state["position_itrs_km"], abs=one_metre)


def test_frames_are_the_same_bytes_when_they_are_asked_again(real: AppClient) -> None:
    first, again = (real.get("/v1/frames", start=START, count=2).content for _ in range(2))
    assert first == again


def test_columns_are_in_the_order_of_the_frames_with_alliances_marked(real: AppClient) -> None:
    columns = real.get("/v1/catalogue/columns", alliance=["NATO", "JPN"], on="2026-03-10").json()
    frames = read(real.get("/v1/frames", start=START).content)
    assert columns["norad_id"] == frames["norad_id"].tolist()
    assert HOSTILE_MARKUP.replace(chr(27), "?")[:20] in " ".join(columns["name"])
    owner = [columns["owner"]["values"][code] for code in columns["owner"]["codes"]]
    nato, japan = columns["alliances"]
    assert {owner[row] for row in nato["rows"]} <= {"FR", "US", "UK", "GER"}
    assert {owner[row] for row in japan["rows"]} == {"JPN"}
    gone = columns["norad_id"].index(GONE)
    assert gone in columns["decayed_rows"]
    assert gone not in nato["rows"]
    assert (
        columns["object_type"]["values"][columns["object_type"]["codes"][columns["norad_id"].index(DECAYING)]] == "DEB"
    )


def test_the_path_through_the_sky_goes_through_the_culmination_of_the_pass(real: AppClient) -> None:
    where = {"lat": 54.9, "lon": 23.9}
    one = real.get("/v1/passes", objects=str(LEO), start=START, hours=24, **where).json()["passes"][0]
    asked = {**where, "start": one["rise"]["time"], "end": one["set"]["time"], "step_s": 1}
    points = real.get(f"/v1/objects/{LEO}/sky", **asked).json()["points"]
    highest = max(points, key=lambda point: point["elevation_deg"])
    assert highest["elevation_deg"] == pytest.approx(one["culmination"]["elevation_deg"], abs=0.01)
    assert points[0]["azimuth_deg"] == pytest.approx(one["rise"]["azimuth_deg"], abs=0.01)
    assert points[0]["elevation_deg"] == pytest.approx(10.0, abs=0.01)
    document = require_problem(real.get(f"/v1/objects/{LEO}/sky", start=START, step_s=1, **where), 422, "invalid-value")
    assert document["errors"][0]["field"] == "step_s"


def test_too_many_frames_are_refused_with_the_way_out(real: AppClient) -> None:
    document = require_problem(real.get("/v1/frames", start=START, count=61), 422, "invalid-value")
    assert document["errors"][0]["field"] == "count"


def test_an_unknown_alliance_is_a_problem_with_the_nearest_names(real: AppClient) -> None:
    document = require_problem(real.get("/v1/catalogue/columns", alliance="NATOO"), 422, "unknown-name")
    assert "NATO" in document["detail"]


def test_the_page_names_cesium_and_cesium_is_there_to_be_kept(real: AppClient) -> None:
    build = cesium_build()
    assert build is not None
    page = real.get("/")
    assert f'data-cesium="{build.address}"' in page.text
    rules = dict(rule.strip().split(" ", 1) for rule in page.headers["content-security-policy"].split(";"))
    assert "unsafe-inline" not in rules["script-src"] + rules["style-src-elem"]
    script = real.get(f"{build.address}/Cesium.js")
    assert script.status_code == 200
    assert "immutable" in script.headers["cache-control"]
    assert real.get(f"{build.address}/nothing.js").status_code == 404


def test_a_named_folder_without_cesium_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match=r"Cesium\.js"):
        cesium_build(tmp_path)
    (tmp_path / "Cesium.js").write_text("/* Version 1.150 */", encoding="utf-8")
    build = cesium_build(tmp_path)
    assert build is not None
    assert build.address == "/cesium/1.150"


def test_the_outlines_of_the_page_are_those_of_the_regions() -> None:
    assert FILE.read_text(encoding="utf-8") == page_outlines()
