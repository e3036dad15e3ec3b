"""`/v1/navigation` and `ssa navigation`: what `navigation_of` finds, losses, wrong questions by field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from orbits import TimeSpan
from ssa import navigation_of, parse_region
from tests.api.test_every_route import require_problem
from tests.faces import AppClient, fill_navigation, started

START = "2026-01-02T00:00:00Z"
ASKED = {"region": "country:LT", "systems": "GPS,GALILEO", "start": START, "hours": 6, "cell_km": 60}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_navigation(tmp_path_factory.mktemp("navigation") / "catalogue.sqlite3")


@pytest.fixture(scope="module")
def client(database: str) -> Any:
    with started(database) as found:
        yield found


def found(client: AppClient, **query: Any) -> dict[str, Any]:
    response = client.get("/v1/navigation", **query)
    assert response.status_code == 200, response.text
    return response.json()  # type: ignore[no-any-return]


def test_the_answer_is_what_navigation_of_finds(client: AppClient) -> None:
    body = found(client, **ASKED, cells=True)
    snapshot = client.app.state.keeper.snapshot().snapshot
    expected = navigation_of(
        snapshot, parse_region("country:LT"), TimeSpan.of(START, hours=6), "GPS,GALILEO", cell_km=60
    ).coverage
    assert body["epochs"] == len(body["timeline"]) == 72
    assert body["region"]["cells"] == len(body["cells"]) == len(expected.cells)
    for name, value in expected.region().items():
        assert body["measures"][name] == pytest.approx(value, abs=1e-6)
    assert [row["mean_pdop"] for row in body["cells"]] == pytest.approx(expected.mean_pdop.tolist(), abs=1e-4)
    assert [row["mean_pdop"] for row in body["timeline"]] == pytest.approx(expected.time_pdop.tolist(), abs=1e-4)
    assert body["timeline"][0]["time"] == "2026-01-02T00:00:00.000Z"
    assert [(row["system"], len(row["used"])) for row in body["systems"]] == [("gps", 31), ("galileo", 24)]
    assert body["outage"] is None
    assert any("health is unknown" in text for text in body["caveats"])


def test_a_loss_is_compared(client: AppClient) -> None:
    whole = found(client, **ASKED)
    lost = whole["systems"][0]["used"][0]["norad_id"]
    body = found(client, **ASKED, without=str(lost), without_systems="GALILEO", max_pdop=2)
    assert body["outage"]["without"] == [lost]
    assert body["outage"]["without_systems"] == ["galileo"]
    assert body["outage"]["measures"]["mean_satellites"] < body["measures"]["mean_satellites"]
    assert body["outage"]["available_lost_fraction"] > 0.0
    assert body["cells"] is None


def test_equal_questions_have_equal_bytes(client: AppClient) -> None:
    assert client.get("/v1/navigation", **ASKED).content == client.get("/v1/navigation", **ASKED).content


def test_no_satellites_of_a_system_is_said_and_measures_are_null(real: AppClient) -> None:
    body = found(real, region="country:LT", start="2026-03-10T06:00:00Z", hours=1, cell_km=100)
    assert body["systems"] == [{"system": "gps", "name": "GPS", "used": [], "left_out": []}]
    assert body["measures"]["mean_pdop"] is None
    assert body["measures"]["available_fraction"] == 0.0
    assert any("No satellite of GPS is used" in text for text in body["caveats"])


WRONG = {
    "a region nobody knows": ({"region": "country:Lithuanja"}, "unknown-name", "country"),
    "a file": ({"region": "/etc/passwd"}, "invalid-value", "region"),
    "a box of three": ({"region": "box:1,2,3"}, "invalid-value", "region"),
    "a system nobody knows": ({"systems": "GPSS"}, "unknown-name", "systems"),
    "no system": ({"systems": ","}, "invalid-value", "systems"),
    "a mask past the zenith": ({"min_elevation": 95}, "invalid-value", "min_elevation"),
    "a mask that is no number": ({"min_elevation": "nan"}, "invalid-value", "min_elevation"),
    "a PDOP below one": ({"max_pdop": 0.5}, "invalid-value", "max_pdop"),
    "cells too small": ({"region": "world", "cell_km": 1}, "invalid-value", "cell_km"),
    "too much at once": ({"region": "world", "cell_km": 60, "step_s": 60}, "invalid-value", "hours"),
    "too many cells to list": (
        {"region": "world", "cell_km": 120, "cells": True, "hours": 1},
        "invalid-value",
        "cells",
    ),
    "a step of nothing": ({"step_s": 0}, "invalid-value", "step_s"),
    "a loss of a stranger": ({"without": "25544"}, "invalid-value", "without"),
    "a loss of words": ({"without": "all"}, "invalid-value", "without"),
    "a loss of everything": ({"without_systems": "GPS,GALILEO"}, "invalid-value", "without_systems"),
    "a reversed window": ({"hours": None, "end": "2026-01-01T00:00:00Z"}, "invalid-value", "end"),
    "no start": ({"start": None}, "invalid-value", "start"),
    "no region": ({"region": None}, "invalid-value", "region"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_questions_are_refused_with_the_field(client: AppClient, wrong: str) -> None:
    change, name, field = WRONG[wrong]
    query = {key: value for key, value in {**ASKED, **change}.items() if value is not None}
    document = require_problem(client.get("/v1/navigation", **query), 422, name)
    assert field in [error["field"] for error in document["errors"]], document
    assert all(error["reason"] for error in document["errors"])


def test_the_command_gives_the_routes_answer(ssa: Any, client: AppClient, database: str, tmp_path: Path) -> None:
    call = ["navigation", "--region", "country:LT", "--systems", "GPS,GALILEO", "--start", START, "--hours", "6",
            "--cell-km", "60", "--database", database]  # fmt: skip
    ran = ssa(*call, "--json")
    assert ran.status == 0, ran.err
    assert ran.json == found(client, **ASKED)
    table = ssa(*call, "--without-systems", "GPS")
    assert table.status == 0, table.err
    assert "After the loss" in table.out
    assert "Galileo: 24 satellites used" in table.err
    file = tmp_path / "square.geojson"
    ring = [[20, 54], [21, 54], [21, 55], [20, 55], [20, 54]]
    file.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    drawn = ssa("navigation", "--region", str(file), "--start", START, "--hours", "1", "--database", database, "--json")
    assert drawn.json["region"]["name"] == "square"
    missing = ssa("navigation", "--region", "nowhere.geojson", "--start", START, "--database", database, "--json")
    assert (missing.status, missing.json["errors"][0]["field"]) == (2, "region")
