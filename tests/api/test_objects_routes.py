"""`/v1/objects`: search, filters, pages; one object, its element sets in every form, its ephemeris in three."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import ElementSets, TimeGrid
from orbits.propagation import propagate
from tests.api.test_every_route import require_problem
from tests.faces import DECAYING, FIRST, HOSTILE_FORMULA, HOSTILE_MARKUP, LEO, MOLNIYA, AppClient, real_elements

START = "2026-03-10T06:00:00Z"


def numbers(client: AppClient, **query: object) -> list[int]:
    response = client.get("/v1/objects", **query)
    assert response.status_code == 200, response.text
    return [row["norad_id"] for row in response.json()["objects"]]


def test_pages_hold_every_object_once_in_order_of_number(simulated: AppClient) -> None:
    seen: list[int] = []
    link: str | None = "/v1/objects?limit=500"
    while link:
        response = simulated.get(link)
        page = response.json()
        seen += [row["norad_id"] for row in page["objects"]]
        link = page["next"]
        assert response.headers.get("link") == (f'<{link}>; rel="next"' if link else None)
    assert len(seen) == page["total"] == page["catalogue"]["objects"]
    assert seen == sorted(set(seen))


def test_filters_narrow_and_keep_their_parameters_in_the_next_page(simulated: AppClient) -> None:
    page = simulated.get("/v1/objects", regime="GEO", object_type="PAY", limit=2).json()
    assert page["total"] > 4
    assert "regime=GEO" in page["next"]
    second = simulated.get(page["next"]).json()
    rows = page["objects"] + second["objects"]
    assert len({row["norad_id"] for row in rows}) == 4
    assert {(row["regime"], row["object_type"]) for row in rows} == {("GEO", "PAY")}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "molniya"}, [MOLNIYA]),
        ({"q": "GEO at"}, [FIRST + 4, FIRST + 5]),
        ({"q": "2026-001c"}, [MOLNIYA]),
        ({"q": str(LEO)}, [LEO]),
        ({"q": "% _ '; DROP TABLE"}, []),
        ({"owner": "prc"}, [FIRST + 3]),
        ({"object_type": "R/B"}, [FIRST + 3]),
        ({"object_type": "unknown"}, [FIRST + 7]),
        ({"regime": "HEO"}, [MOLNIYA, FIRST + 3]),
        ({"regime": "GEO"}, [FIRST + 4, FIRST + 5]),
        ({"inclination_min_deg": 63, "inclination_max_deg": 71}, [MOLNIYA, FIRST + 9]),
        ({"height_min_km": 30_000}, [FIRST + 4, FIRST + 5]),
        ({"height_max_km": 400}, [DECAYING, FIRST + 8]),
        ({"alliance": "NATO", "on": "2026-03-10"}, [FIRST, FIRST + 1, FIRST + 4, FIRST + 9, FIRST + 10]),
    ],
)
def test_each_filter_finds_what_it_says(real: AppClient, query: dict[str, object], expected: list[int]) -> None:
    assert numbers(real, **query) == expected


def test_a_mission_filter_finds_only_its_missions(simulated: AppClient) -> None:
    rows = simulated.get("/v1/objects", mission="imaging", limit=1000).json()["objects"]
    assert {row["mission"] for row in rows} == {"surveillance-optical", "surveillance-sar"}


@pytest.mark.parametrize(
    ("query", "name", "field"),
    [
        ({"limit": 1001}, "invalid-value", "limit"),
        ({"cursor": "bogus"}, "invalid-value", "cursor"),
        ({"cursor": "YWZ0ZXIgeA=="}, "invalid-value", "cursor"),
        ({"inclination_min_deg": "inf"}, "invalid-value", "inclination_min_deg"),
        ({"owner": "FRX"}, "unknown-name", "owner"),
        ({"alliance": "Five Eye"}, "unknown-name", "alliance"),
        ({"regime": "leo"}, "invalid-value", "regime"),
        ({"on": "2026-03-10"}, "invalid-value", "on"),
        ({"q": ""}, "invalid-value", "q"),
    ],
)
def test_wrong_searches_are_refused(real: AppClient, query: dict[str, object], name: str, field: str) -> None:
    document = require_problem(real.get("/v1/objects", **query), 422, name)
    assert [error["field"] for error in document["errors"]] == [field]


@pytest.mark.parametrize("number", ["0", "-1", "1e5", "007", "1_0", "1234567890", "٢٥", "25544.0", "x"])
def test_what_is_no_catalogue_number_is_refused(real: AppClient, number: str) -> None:
    document = require_problem(real.get(f"/v1/objects/{number}"), 422, "invalid-value")
    assert document["errors"][0]["field"] == "norad_id"


@pytest.mark.parametrize("tail", ["", "/elements", f"/ephemeris?start={START}"])
def test_an_object_that_is_not_there_is_404(real: AppClient, tail: str) -> None:
    require_problem(real.get(f"/v1/objects/25544{tail}"), 404, "not-found")


def test_hostile_names_come_back_as_they_are_in_json(real: AppClient) -> None:
    names = {row["name"] for row in real.get("/v1/objects").json()["objects"]}
    assert {HOSTILE_FORMULA, HOSTILE_MARKUP.replace(chr(27), "?")} <= names  # the store takes control characters out


@pytest.mark.parametrize("form", ["csv", "xml", "kvn", "tle", "3le"])
def test_element_sets_read_back_from_every_form_are_the_same(real: AppClient, form: str) -> None:
    response = real.get(f"/v1/objects/{MOLNIYA}/elements", format=form)
    assert response.status_code == 200, response.text
    again = ElementSets.read(response.content)
    original = real_elements()[2]
    assert int(again.norad_id[0]) == MOLNIYA
    for column in ("mean_motion_rev_day", "eccentricity", "inclination_deg", "raan_deg", "bstar_per_earth_radius"):
        assert getattr(again, column)[0] == getattr(original, column)[0]


def test_a_tle_of_a_number_that_has_none_says_so(simulated: AppClient) -> None:
    number = numbers(simulated, limit=1)[0]
    document = require_problem(simulated.get(f"/v1/objects/{number}/elements", format="tle"), 422, "element-sets")
    assert "OMM" in document["detail"]


def test_the_ephemeris_is_that_of_propagate_with_a_status_for_each_state(real: AppClient) -> None:
    body = real.get(f"/v1/objects/{LEO}/ephemeris", start=START, hours=2, step_s=600).json()
    states = body["objects"][0]["states"]
    expected = propagate(real_elements()[0], TimeGrid(START, 600.0, 13))  # type: ignore[arg-type]
    assert len(states) == 13
    np.testing.assert_allclose(
        [state["position_teme_km"] for state in states], expected.position_teme_km[0], rtol=0, atol=1e-6
    )
    assert {state["status"] for state in states} == {0}
    assert states[0]["time"] == "2026-03-10T06:00:00.000000Z"


def test_states_that_sgp4_does_not_give_are_null_with_a_reason(real: AppClient) -> None:
    body = real.get(f"/v1/objects/{DECAYING}/ephemeris", start=START, hours=744, step_s=7200).json()
    lost = [state for state in body["objects"][0]["states"] if state["status"]]
    assert lost
    assert all(state["position_teme_km"] is None and state["reason"] != "ok" for state in lost)
    assert body["failed"][0]["states"] == len(lost) or len(body["failed"]) > 1


def test_the_oem_holds_the_same_states_and_names_its_frame(real: AppClient) -> None:
    response = real.get(f"/v1/objects/{LEO}/ephemeris", start=START, hours=1, format="oem")
    assert response.headers["content-type"].startswith("text/plain")
    lines = response.text.splitlines()
    assert lines[0] == "CCSDS_OEM_VERS = 2.0"
    assert "REF_FRAME = TEME" in lines
    assert "OBJECT_ID = 2026-001A" in lines
    rows = [line.split() for line in lines if line.startswith("2026-")]
    expected = propagate(real_elements()[0], TimeGrid(START, 60.0, 61))  # type: ignore[arg-type]
    np.testing.assert_allclose(
        [[float(value) for value in row[1:4]] for row in rows], expected.position_teme_km[0], rtol=0, atol=1e-8
    )


def test_czml_is_a_list_of_packets_that_begins_with_the_document(real: AppClient) -> None:
    response = real.get(f"/v1/objects/{LEO}/ephemeris", start=START, hours=1, format="czml")
    assert response.headers["content-type"] == "application/czml+json"
    document, packet = response.json()
    assert (document["id"], packet["id"]) == ("document", f"norad-{LEO}")
    assert len(packet["position"]["cartesian"]) == 4 * 61


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"start": START, "hours": 744, "step_s": 1}, "step_s"),
        ({"start": START, "step_s": 0}, "step_s"),
        ({"start": START, "hours": 745}, "hours"),
        ({"start": START, "end": "2026-03-09T00:00:00+00:00"}, "end"),
        ({"hours": 1}, "start"),
    ],
)
def test_wrong_windows_of_an_ephemeris_are_refused(real: AppClient, query: dict[str, object], field: str) -> None:
    document = require_problem(real.get(f"/v1/objects/{LEO}/ephemeris", **query), 422, "invalid-value")
    assert field in [error["field"] for error in document["errors"]]


def test_an_alliance_has_its_members_of_the_day_and_its_fleet_by_rule(simulated: AppClient) -> None:
    before, after = (
        simulated.get("/v1/alliances/nato", on=day).json() for day in ("2023-04-03", "2023-04-04")
    )  # fmt: skip
    assert {row["iso3"] for row in after["members"]} - {row["iso3"] for row in before["members"]} == {"FIN"}
    fleet = after["fleet"]
    assert fleet["objects"] == sum(fleet["by_rule"].values()) == sum(fleet["by_owner"].values())
    counted = fleet["objects"] + fleet["shared"] + fleet["listed"] + sum(fleet["left_out"].values())
    assert counted == after["catalogue"]["objects"]


def test_an_unknown_alliance_in_an_address_is_404_and_the_nearest_are_offered(real: AppClient) -> None:
    document = require_problem(real.get("/v1/alliances/five_eye"), 404, "not-found")
    assert "did you mean" in document["detail"]
