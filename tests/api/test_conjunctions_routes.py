"""/v1/conjunctions: what screenings found, one of them in full, as a message and as a scene."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from api.models.conjunctions import ConjunctionAnswer, ConjunctionsAnswer
from orbits import Instant, Instants
from orbits.own_times import states_at_own_times
from ssa import read_cdms
from ssa.catalogue.sources import facts_of
from ssa.catalogue.store import CatalogueStore
from ssa.conjunctions.probability import foster1992
from tests.api.test_every_route import require_problem
from tests.faces import HOSTILE_MARKUP, AppClient, started
from tests.made_up_station import CORE, DEBRIS, SATELLITE, START, station

ASKED = {"start": START, "hours": 1, "miss_km": 20}
SNAPSHOT = station()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppClient]:
    names = np.array([HOSTILE_MARKUP if name == "OLD DEB" else name for name in SNAPSHOT.elements.name], dtype=object)
    elements = replace(SNAPSHOT.elements, name=names)
    url = f"sqlite:///{tmp_path_factory.mktemp('station') / 'catalogue.sqlite3'}"
    with CatalogueStore.open(url) as store:
        store.import_elements(elements, source="made up", data_mode="REAL", at=SNAPSHOT.as_of, facts=facts_of(SNAPSHOT))
    with started(url) as app:
        yield app


@pytest.fixture(scope="module")
def screened(client: AppClient) -> dict[str, Any]:
    response = client.post("/v1/screenings", ASKED)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    assert len(body["conjunctions"]) > 3
    return {**body, "job": response.headers["content-location"].split("/")[3]}


def in_full(client: AppClient, row: dict[str, Any]) -> dict[str, Any]:
    response = client.get(f"/v1/conjunctions/{row['id']}")
    assert response.status_code == 200, response.text
    body = json.loads(response.content, parse_constant=pytest.fail)
    ConjunctionAnswer.model_validate(body, strict=True)
    return body["conjunction"]


def apart_s(one: str, other: str) -> float:
    return abs(Instant.parse(one).seconds_since(Instant.parse(other)))


def of_pair(screened: dict[str, Any], one: int, other: int) -> dict[str, Any]:
    return next(row for row in screened["conjunctions"] if {row["primary_id"], row["secondary_id"]} == {one, other})


def test_one_in_full_is_the_row_of_its_screening(client: AppClient, screened: dict[str, Any]) -> None:
    for row in screened["conjunctions"]:
        one = in_full(client, row)
        for key in ("primary_id", "primary_name", "secondary_id", "primary_owner", "secondary_type"):
            assert one[key] == row[key]
        assert apart_s(one["tca"], row["tca"]) < 1e-3  # the row's is rounded to a millisecond
        assert one["miss_distance_km"] == pytest.approx(row["miss_distance_km"], abs=1e-5)  # km: a centimetre
        assert one["miss_rtn_km"] == pytest.approx(row["miss_rtn_km"], abs=1e-5)
        assert one["relative_velocity_rtn_km_s"] == pytest.approx(row["relative_velocity_rtn_km_s"], abs=1e-4)
        assert one["altitude_km"] == pytest.approx(row["altitude_km"], abs=0.02)
        assert one["is_closest_approach"] is True


def test_each_of_the_two_sees_the_other(client: AppClient, screened: dict[str, Any]) -> None:
    one = in_full(client, of_pair(screened, CORE, DEBRIS))
    assert one["primary"]["other_rtn_km"] == pytest.approx(one["miss_rtn_km"], abs=1e-5)
    tca = Instant.parse(one["tca"])
    rows, _ = SNAPSHOT.rows_of([one["primary_id"], one["secondary_id"]])
    times = Instants(np.full(2, tca.jd_day), np.full(2, tca.day_fraction))
    position, velocity, _ = states_at_own_times(SNAPSHOT.elements, rows, times)
    for side, key in enumerate(("primary", "secondary")):
        assert one[key]["position_teme_km"] == pytest.approx(position[side].tolist(), abs=1e-4)
        apart = position[1 - side] - position[side]
        radial = float(apart @ position[side] / np.linalg.norm(position[side]))
        assert one[key]["other_rtn_km"][0] == pytest.approx(radial, abs=1e-4)
        faster = velocity[1 - side] - velocity[side]
        assert np.linalg.norm(one[key]["other_velocity_rtn_km_s"]) == pytest.approx(np.linalg.norm(faster), abs=1e-6)


def test_the_encounter_plane_gives_the_probability_that_is_told(client: AppClient, screened: dict[str, Any]) -> None:
    from ssa.conjunctions.encounter import EncounterPlane

    for row in screened["conjunctions"]:
        one = in_full(client, row)
        plane = one["encounter_plane"]
        assert np.hypot(*plane["miss_km"]) == pytest.approx(one["miss_distance_km"], abs=1e-4)
        axes = np.array(plane["axes_rtn"])
        np.testing.assert_allclose(axes @ axes.T, np.eye(2), atol=1e-8)
        np.testing.assert_allclose(axes @ np.array(one["relative_velocity_rtn_km_s"]), 0.0, atol=1e-4)
        assert axes[1, 0] > 0.9  # up is up
        values, vectors = np.linalg.eigh(np.array(plane["covariance_km2"]))
        x, y = vectors.T @ np.array(plane["miss_km"])
        alone = foster1992(EncounterPlane(x, y, *np.sqrt(values)), plane["hard_body_radius_m"])
        told = one["probability"]["methods"]["foster1992"]["value"]
        assert alone.value is not None
        assert told == pytest.approx(alone.value, rel=1e-4, abs=1e-300)
        assert one["probability"]["hard_body_radius_m"] == plane["hard_body_radius_m"] > 0.0
        assert all("assumed" in basis for basis in one["probability"]["covariance_basis"])
        assert one["probability"]["usage"]["two_dimensional_applies"] in (True, False, None)


def test_the_message_reads_back(client: AppClient, screened: dict[str, Any]) -> None:
    row = of_pair(screened, CORE, DEBRIS)
    response = client.get(f"/v1/conjunctions/{row['id']}.cdm")
    assert response.status_code == 200
    assert response.headers["content-disposition"] == f'attachment; filename="{row["id"]}.cdm"'
    (message,) = read_cdms(response.text)
    assert apart_s(message.tca.isoformat(6), row["tca"]) < 1e-3
    assert float(message.relative["MISS_DISTANCE"]) == pytest.approx(1e3 * row["miss_distance_km"], abs=0.02)
    assert [int(one.fields["OBJECT_DESIGNATOR"]) for one in message.objects] == [CORE, DEBRIS]
    assert "\x1b" not in response.text
    one = in_full(client, row)
    assert float(message.relative["COLLISION_PROBABILITY"]) == pytest.approx(
        one["probability"]["methods"]["foster1992"]["value"], rel=1e-3
    )


def test_the_scene_holds_both_and_marks_the_closest_approach(client: AppClient, screened: dict[str, Any]) -> None:
    row = of_pair(screened, CORE, DEBRIS)
    response = client.get(f"/v1/conjunctions/{row['id']}.czml")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/czml+json"
    packets = {packet["id"]: packet for packet in response.json()}
    assert set(packets) == {"document", f"norad-{CORE}", f"norad-{DEBRIS}", "closest-approach", "between"}
    assert apart_s(packets["document"]["clock"]["currentTime"], row["tca"]) < 2e-3
    assert packets[f"norad-{DEBRIS}"]["name"] == row["secondary_name"]  # as data
    assert row["secondary_name"].startswith("<img")
    assert "description" not in response.text
    samples = np.array(packets[f"norad-{CORE}"]["position"]["cartesian"]).reshape(-1, 4)
    assert samples[-1, 0] - samples[0, 0] == pytest.approx(600.0)
    middle = samples[len(samples) // 2, 1:]
    mark = np.array(packets["closest-approach"]["position"]["cartesian"])
    assert np.linalg.norm(mark - middle) < 1.0  # m: the mark is where the primary is
    assert packets["between"]["polyline"]["positions"]["references"] == [
        f"norad-{CORE}#position", f"norad-{DEBRIS}#position",
    ]  # fmt: skip


def test_the_list_has_what_the_screening_found(client: AppClient, screened: dict[str, Any]) -> None:
    body = client.get("/v1/conjunctions", screening=screened["job"]).json()
    ConjunctionsAnswer.model_validate(body, strict=True)
    assert body["total"] == len(body["conjunctions"]) == screened["conjunctions_found"]
    assert [{k: v for k, v in row.items() if k != "screening"} for row in body["conjunctions"]] == screened[
        "conjunctions"
    ]
    assert {row["screening"] for row in body["conjunctions"]} == {screened["job"]}
    (head,) = body["screenings"]
    assert head["conjunctions_kept"] == head["conjunctions_found"] == body["total"]
    assert head["catalogue"]["digest"] == screened["catalogue"]["digest"]


def test_filters_narrow_the_list_and_are_counted(client: AppClient, screened: dict[str, Any]) -> None:
    rows = screened["conjunctions"]

    def asked(**query: Any) -> dict[str, Any]:
        body: dict[str, Any] = client.get("/v1/conjunctions", screening=screened["job"], **query).json()
        assert body["total"] + sum(body["left_out"].values()) == len(rows)
        return body

    of_one = asked(object=SATELLITE)
    assert {row["id"] for row in of_one["conjunctions"]} == {
        row["id"] for row in rows if SATELLITE in (row["primary_id"], row["secondary_id"])
    }
    assert of_one["left_out"] == {"of other objects": len(rows) - of_one["total"]}
    near = asked(miss_km=1)
    assert 0 < near["total"] < len(rows)
    assert max(row["miss_distance_km"] for row in near["conjunctions"]) <= 1.0
    french = asked(alliance="FRA")
    assert french["total"] > 0
    assert all("FR" in (row["primary_owner"], row["secondary_owner"]) for row in french["conjunctions"])
    middle = rows[len(rows) // 2]["tca"]
    early, late = asked(end=middle), asked(start=middle)
    assert all(row["tca"] <= middle for row in early["conjunctions"])
    assert all(row["tca"] >= middle for row in late["conjunctions"])
    assert early["total"] + late["total"] >= len(rows)


def test_pages_hold_every_conjunction_once(client: AppClient, screened: dict[str, Any]) -> None:
    link: str | None = f"/v1/conjunctions?screening={screened['job']}&limit=2"
    seen: list[str] = []
    while link is not None:
        response = client.request("GET", link)
        body = response.json()
        assert len(body["conjunctions"]) <= 2
        seen += [row["id"] for row in body["conjunctions"]]
        link = body["next"]
        assert (f'<{link}>; rel="next"' == response.headers.get("link")) == (link is not None)
    assert seen == [row["id"] for row in screened["conjunctions"]]


def test_what_two_screenings_found_is_listed_once(client: AppClient, screened: dict[str, Any]) -> None:
    again = client.post("/v1/screenings", {**ASKED, "miss_km": 10, "primaries": str(DEBRIS)}).json()
    assert again["conjunctions"]
    body = client.get("/v1/conjunctions", limit=1000).json()
    assert len(body["screenings"]) == 2
    assert body["left_out"] == {"found by several screenings, listed once": len(again["conjunctions"])}
    assert body["total"] == screened["conjunctions_found"]
    newest = body["screenings"][0]["screening"]
    assert sum(row["screening"] == newest for row in body["conjunctions"]) == len(again["conjunctions"])
    client.request("DELETE", f"/v1/jobs/{newest}")
    require_problem(client.get("/v1/conjunctions", screening=newest), 404, "not-found")


def test_the_same_question_is_kept_once(client: AppClient, screened: dict[str, Any]) -> None:
    again = client.post("/v1/screenings", ASKED)
    assert again.headers["content-location"] == f"/v1/jobs/{screened['job']}/result"
    assert client.get(again.headers["content-location"]).json() == again.json()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: "nonsense", "take one from the answer of a screening"),
        (lambda text: text.replace(str(DEBRIS), "99999"), "not in the catalogue"),
        (lambda text: re.sub(r"T\d\d", "T01", text, count=1), "km apart then"),
        (lambda text: re.sub(r"-2026\d{4}T", "-20261341T", text, count=1), "time"),
        (lambda text: text[:-8] + "00000000", "catalogue that is not here"),
        (lambda text: text.replace(str(DEBRIS), str(CORE)), "primary itself"),
    ],
)
def test_an_id_that_names_none_is_not_found(
    client: AppClient, screened: dict[str, Any], change: Any, said: str
) -> None:
    text = change(of_pair(screened, CORE, DEBRIS)["id"])
    for form in ("", ".cdm", ".czml"):
        document = require_problem(client.get(f"/v1/conjunctions/{text}{form}"), 404, "not-found")
        assert said in document["detail"]


def test_a_cursor_of_nobody_and_an_alliance_that_is_none_are_refused(client: AppClient) -> None:
    for query, name in (({"cursor": "xx"}, "invalid-value"), ({"alliance": "NOTO"}, "unknown-name")):
        require_problem(client.get("/v1/conjunctions", **query), 422, name)
    require_problem(client.get("/v1/conjunctions", commercial=True), 422, "invalid-value")
