"""`ssa probability` and `POST /v1/probability` give the same; refusals are problem documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from api.models.answers import ProblemDocument
from api.models.probability import ProbabilityAnswer
from tests.faces import AppClient
from tests.made_up_encounters import message_text


def post(client: AppClient, body: Any) -> httpx2.Response:
    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=client.app, raise_app_exceptions=False)
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as asked:
            return await asked.post("/v1/probability", json=body, timeout=60.0)

    return client.portal.call(ask)


def test_command_and_route_give_the_same_answer(ssa: Any, real: AppClient, tmp_path: Path) -> None:
    file = tmp_path / "made-up.cdm"
    file.write_text(message_text("COMMENT HBR = 12 [m]\n"))
    ran = ssa("probability", str(file), "--json")
    assert ran.status == 0, ran.err
    response = post(real, {"cdm": file.read_text()})
    assert response.status_code == 200, response.text
    body = json.loads(response.content, parse_constant=pytest.fail)
    ProbabilityAnswer.model_validate(body, strict=True)
    assert [{**result, "file": None} for result in ran.json["results"]] == body["results"]
    (result,) = body["results"]
    assert {"foster1992", "chan1997", "alfano2005", "maximum", "three_dimensional"} <= set(result["methods"])
    assert set(result["methods"]["foster1992"]) == {"value", "lower", "upper", "assumptions"}
    assert result["hard_body_radius_m"] == 12.0
    assert result["usage"]["two_dimensional_applies"] is True
    assert body["catalogue"] is None
    assert len(body["caveats"]) >= 2


def test_two_states_give_what_the_message_gives(real: AppClient) -> None:
    sigma = [50.0, 200.0, 30.0, 0.2, 0.05, 0.03]
    covariance = [[s * s if i == j else 0.0 for j in range(6)] for i, s in enumerate(sigma)]
    body = {
        "primary": {"position_km": [7000, 0, 0], "velocity_km_s": [0, 7.5, 0], "covariance_rtn_m2": covariance},
        "secondary": {"position_km": [7000.1, 0.2, 0], "velocity_km_s": [0, 0, 7.5], "covariance_rtn_m2": covariance},
        "hard_body_radius_m": 12,
    }
    by_states = post(real, body).json()["results"][0]
    by_message = post(real, {"cdm": message_text(), "hard_body_radius_m": 12}).json()["results"][0]
    assert by_states["methods"] == by_message["methods"]
    without = {**body["primary"], "covariance_rtn_m2": [row[:3] for row in covariance[:3]]}  # type: ignore[dict-item]
    flat = post(real, {**body, "primary": without}).json()["results"][0]
    assert flat["methods"]["three_dimensional"] is None
    assert "velocity covariance is missing" in flat["refused"]["three_dimensional"]


def test_an_assumed_radius_is_a_caveat(real: AppClient) -> None:
    found = post(real, {"cdm": message_text()}).json()
    assert any("assumed by class" in caveat for caveat in found["caveats"])


@pytest.mark.parametrize(
    ("body", "name", "said"),
    [
        ({}, "invalid-value", "primary: is missing; give cdm, or primary"),
        ({"cdm": "nothing"}, "conjunction-message", "neither KVN, XML nor JSON"),
        ({"cdm": "x" * 1_000_001}, "invalid-value", "at most 1000000 characters"),
        ({"cdm": "a = b", "primary": None, "more": 1}, "invalid-value", "is no parameter here"),
        ({"cdm": message_text(), "hard_body_radius_m": -1}, "invalid-value", "must be at least 0"),
        ([1], "invalid-value", ""),
    ],
)
def test_a_wrong_question_is_a_problem(real: AppClient, body: Any, name: str, said: str) -> None:
    response = post(real, body)
    assert response.status_code == 422, response.text
    document = response.json()
    ProblemDocument.model_validate(document)
    assert document["type"].endswith(name)
    assert said in document["detail"]


def test_a_damaged_file_is_skipped_and_told_and_alone_it_is_wrong_input(ssa: Any, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.cdm", tmp_path / "bad.cdm"
    good.write_text(message_text())
    bad.write_text("TCA = never")
    ran = ssa("probability", str(bad), str(good), "--json")
    assert ran.status == 0
    assert len(ran.json["results"]) == 1
    assert "has no OBJECT1" in ran.json["skipped"][0]["reason"]
    alone = ssa("probability", str(bad), "--json")
    assert alone.status == 2
    assert alone.json["type"].endswith("conjunction-message")
    missing = ssa("probability", str(tmp_path / "none.cdm"), "--json")
    assert missing.status == 2
    assert "cannot be read" in missing.json["detail"]


def test_the_table_says_whether_the_plane_may_be_used(ssa: Any, tmp_path: Path) -> None:
    file = tmp_path / "made-up.cdm"
    file.write_text(message_text())
    ran = ssa("probability", str(file), "--hard-body-radius-m", "15")
    assert ran.status == 0
    assert "2-D applies" in ran.out
    assert "MADE-UP-1" in ran.out
    assert "Note: No catalogue was used" in ran.err
