"""`ssa screen` and POST /v1/screenings give what `screen` finds; SOCRATES's columns; refusals."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import httpx2
import pytest

from api.answers.screening import SOCRATES_COLUMNS
from api.models.screening import ScreeningAnswer
from orbits import TimeSpan
from ssa import read_cdms, screen
from tests.api.test_every_route import require_problem
from tests.faces import AppClient

START = "2026-01-02T00:00:00Z"
ASKED = {"start": START, "hours": 3, "miss_km": 20}
CALL = ["screen", "--start", START, "--hours", "3", "--miss-km", "20"]


def post(client: AppClient, body: Any) -> httpx2.Response:
    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=client.app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as asked:
            return await asked.post("/v1/screenings", json=body, timeout=120.0)

    return client.portal.call(ask)


def found(client: AppClient, **change: Any) -> dict[str, Any]:
    response = post(client, {**ASKED, **change})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = json.loads(response.content, parse_constant=pytest.fail)
    ScreeningAnswer.model_validate(body, strict=True)
    return body


def test_the_route_gives_what_screen_finds(simulated: AppClient) -> None:
    body = found(simulated)
    snapshot = simulated.app.state.keeper.snapshot().snapshot
    expected = screen(snapshot.elements, TimeSpan.of(START, hours=3), miss_km=20.0)
    assert len(expected) > 3
    assert body["conjunctions_found"] == len(expected) == len(body["conjunctions"])
    ids = snapshot.elements.norad_id
    assert [row["primary_id"] for row in body["conjunctions"]] == ids[expected.primary_row].tolist()
    assert [row["miss_distance_km"] for row in body["conjunctions"]] == pytest.approx(
        expected.miss_distance_km.tolist(), abs=1e-5
    )
    assert [row["tca"] for row in body["conjunctions"]] == sorted(row["tca"] for row in body["conjunctions"])
    for row in body["conjunctions"]:
        assert sum(part**2 for part in row["miss_rtn_km"]) == pytest.approx(row["miss_distance_km"] ** 2, rel=1e-3)
        assert 0.0 <= row["approach_angle_deg"] <= 180.0
    assert any("manoeuvre decision" in caveat for caveat in body["caveats"])


def test_the_command_gives_the_same(ssa: Any, simulated: AppClient, simulated_database: str) -> None:
    ran = ssa(*CALL, "--json", "--database", simulated_database)
    assert ran.status == 0, ran.err
    body = found(simulated)
    for name in ("conjunctions", "stays", "skipped", "left_out", "conjunctions_found"):
        assert ran.json[name] == body[name]


def test_csv_has_the_columns_of_socrates(ssa: Any, simulated_database: str) -> None:
    ran = ssa(*CALL, "--format", "csv", "--database", simulated_database)
    assert ran.status == 0, ran.err
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert tuple(rows[0]) == SOCRATES_COLUMNS
    assert all(0.0 < float(row["MAX_PROB"]) <= 1.0 for row in rows)


def test_a_table_for_people_says_how_many_and_how_old(ssa: Any, simulated_database: str) -> None:
    ran = ssa(*CALL, "--no-debris-on-debris", "--database", simulated_database)
    assert ran.status == 0, ran.err
    assert "conjunctions within 20 km" in ran.err
    assert "age d" in ran.out


def test_primaries_slow_approaches_and_limits_narrow_it(simulated: AppClient) -> None:
    whole = found(simulated)
    number = whole["conjunctions"][0]["secondary_id"]
    one = found(simulated, primaries=str(number))
    assert {row["primary_id"] for row in one["conjunctions"]} == {number}
    fast = found(simulated, min_relative_speed_km_s=10)
    assert fast["left_out"]["conjunctions slower than 10 km/s"] == whole["conjunctions_found"] - len(
        fast["conjunctions"]
    )
    few = found(simulated, limit=2)
    assert len(few["conjunctions"]) == 2
    assert few["conjunctions_found"] == whole["conjunctions_found"]
    assert any("nearest are listed" in caveat for caveat in few["caveats"])


def test_filters_narrow_the_primaries_and_count_what_they_leave_out(
    ssa: Any, simulated: AppClient, simulated_database: str
) -> None:
    wide = {"miss_km": 60, "hours": 6}
    whole = found(simulated, **wide)
    snapshot = simulated.app.state.keeper.snapshot().snapshot
    active = found(simulated, **wide, active_only=True, secondary_types=["DEB", "R/B"])
    assert 0 < active["conjunctions_found"] < whole["conjunctions_found"]
    assert {row["primary_type"] for row in active["conjunctions"]} == {"PAY"}
    assert {row["secondary_type"] for row in active["conjunctions"]} <= {"DEB", "R/B"}
    assert active["left_out"]["primaries: no payloads"] == int((snapshot.object_type != "PAY").sum())
    assert any("what the satellite catalogue calls operational" in caveat for caveat in active["caveats"])
    imaging = found(simulated, **wide, mission="imaging")
    assert "primaries: mission is not imaging, or not known" in imaging["left_out"]
    apart = found(simulated, **wide, same_fleet=False)
    same = "conjunctions of two of one operator's constellation, which keeps its own apart"
    assert apart["left_out"][same] == whole["conjunctions_found"] - apart["conjunctions_found"] > 0
    ran = ssa(
        "screen", "--start", START, "--hours", "6", "--miss-km", "60", "--active-only", "--secondary-types", "deb,r/b",
        "--json", "--database", simulated_database,
    )  # fmt: skip
    assert ran.status == 0, ran.err
    for name in ("conjunctions", "left_out", "caveats"):
        assert ran.json[name] == active[name]
    ran = ssa("screen", "--primary-types", "SAT", "--start", START, "--database", simulated_database)
    assert ran.status == 2
    assert "PAY, R/B, DEB, UNK" in ran.err


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"box_rtn_km": [1, 2, 3]}, "box_rtn_km"), ({"primaries": "fleet:NATO"}, "primaries"),
        ({"primaries": "alliance:NOTO"}, "alliance"), ({"miss_km": 900}, "miss_km"), ({"hours": 900}, "hours"),
        ({"primaries": "1,2"}, "objects"), ({"unknown": 1}, "unknown"),
        ({"primary_types": ["SAT"]}, "primary_types"),
        ({"primaries": "alliance:NATO", "primary_types": ["DEB"]}, "leaves no object"),
    ],
)  # fmt: skip
def test_bad_questions_are_problems_that_name_the_field(
    simulated: AppClient, change: dict[str, Any], field: str
) -> None:
    response = post(simulated, {**ASKED, **change})
    require_problem(response, 422, "unknown-name" if "NOTO" in str(change) else "invalid-value")
    assert field in response.text


def test_more_conjunctions_than_memory_holds_are_refused_before_any_work(simulated: AppClient) -> None:
    """200 km over a month: some twenty million among three thousand objects, a thousand million in a real catalogue."""
    response = post(simulated, {**ASKED, "hours": 744, "miss_km": 200})
    require_problem(response, 413, "too-large")
    assert "expected_conjunctions" in response.text
    assert "smaller distance" in response.text


@pytest.mark.parametrize("form", ["csv", "cdm"])
def test_files_say_beside_them_what_they_do_not_hold(ssa: Any, simulated_database: str, form: str) -> None:
    ran = ssa(*CALL, "--format", form, "--no-debris-on-debris", "--database", simulated_database)
    assert ran.status == 0
    assert "pairs that stay together (--json lists them)" in ran.err
    assert "Pairs of debris with debris were not searched for, as asked." in ran.err


@pytest.mark.parametrize("radius", ["-3", "0", "nan", "inf"])
def test_a_radius_that_is_none_is_refused(ssa: Any, simulated_database: str, radius: str) -> None:
    ran = ssa(*CALL, "--format", "csv", f"--hard-body-radius-m={radius}", "--database", simulated_database)
    assert (ran.status, ran.out) == (2, "")
    assert "hard_body_radius_m" in ran.err


def test_messages_read_back_one_for_each_conjunction(ssa: Any, simulated: AppClient, simulated_database: str) -> None:
    ran = ssa(*CALL, "--format", "cdm", "--database", simulated_database)
    assert ran.status == 0, ran.err
    messages = read_cdms(ran.out)
    assert len(messages) == found(simulated)["conjunctions_found"]
    assert {message.objects[0].fields["REF_FRAME"] for message in messages} == {"ITRF"}


def test_of_many_skipped_objects_a_hundred_are_listed_and_all_counted(
    ssa: Any, simulated: AppClient, simulated_database: str
) -> None:
    late = {"start": "2026-06-01T00:00:00Z", "hours": 1}
    body = found(simulated, **late)
    objects = len(simulated.app.state.keeper.snapshot().snapshot)
    assert len(body["skipped"]) == 100
    assert body["skipped_count"] == sum(body["skipped_reasons"].values()) == objects
    assert set(body["skipped_reasons"]) == {"newest element set more than 30 days old at the start"}
    assert f"{objects:,} objects were skipped; 100 are listed, all are counted." in body["caveats"]
    ran = ssa("screen", "--start", late["start"], "--hours", "1", "--database", simulated_database)
    assert f"Skipped: {objects:,}: newest element set more than 30 days old at the start." in ran.err
    refused = simulated.post("/v1/alerts", {"watch": "owner:US", **late})
    require_problem(refused, 422, "invalid-value")
    assert "none of the objects asked about can be screened then" in refused.json()["detail"]
