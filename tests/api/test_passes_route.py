"""`/v1/passes`: the passes of `find_passes`, every wrong question refused by field, nothing left out in silence."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from orbits import TimeSpan
from orbits.sites import GroundSite
from ssa.passes import find_passes
from tests.api.test_every_route import require_problem
from tests.faces import DECAYING, GEO_HIDDEN, GEO_VISIBLE, GONE, LEO, SIMULATED_SHARE, AppClient, real_elements

START = "2026-03-10T06:00:00Z"
KAUNAS = {"lat": 54.9, "lon": 23.9}
ASKED = {**KAUNAS, "all": True, "start": START, "hours": 24}


def found(client: AppClient, **query: Any) -> dict[str, Any]:
    response = client.get("/v1/passes", **query)
    assert response.status_code == 200, response.text
    return response.json()  # type: ignore[no-any-return]


def test_the_answer_holds_every_pass_that_find_passes_finds_in_order_of_rise(real: AppClient) -> None:
    body = found(real, **ASKED)
    keep = real_elements().norad_id != GONE
    expected = find_passes(
        real_elements()[keep], GroundSite("here", 54.9, 23.9), TimeSpan.of(START, hours=24), mask=10.0
    )
    assert body["passes_found"] == len(body["passes"]) == len(expected) > 20
    rises = [row["rise"]["time"] for row in body["passes"]]
    assert rises == sorted(rises)
    for row, place in zip(body["passes"], expected.in_order_of_rise(), strict=True):
        window = expected.window(int(place))
        assert row["norad_id"] == window.norad_id
        assert (row["cut_at_start"], row["cut_at_end"]) == (window.cut_at_start, window.cut_at_end)
        assert (row["sunlit"], row["site_is_dark"]) == (window.sunlit, window.site_is_dark)
        for key in ("rise", "culmination", "set"):
            point = getattr(window, key)
            assert row[key]["time"] == point.time.isoformat(3)
            assert row[key]["elevation_deg"] == pytest.approx(point.elevation_deg, abs=1e-4)
            assert row[key]["azimuth_deg"] == pytest.approx(point.azimuth_deg, abs=1e-3)
            assert row[key]["range_km"] == pytest.approx(point.range_km, abs=1e-3)
            assert row[key]["range_rate_km_s"] == pytest.approx(point.range_rate_km_s, abs=1e-6)
        assert len(row["other_culminations"]) == len(window.other_culminations)
        assert row["elements_age_days"] == pytest.approx(window.elements_age_days, abs=1e-4)
        assert row["time_plus_minus_s"] == pytest.approx(window.time_plus_minus_s, abs=0.01)


def test_equal_questions_have_equal_bytes(real: AppClient) -> None:
    assert real.get("/v1/passes", **ASKED).content == real.get("/v1/passes", **ASKED).content


def test_a_geostationary_satellite_in_view_is_one_pass_cut_at_both_ends_and_a_hidden_one_none(real: AppClient) -> None:
    body = found(real, **{**KAUNAS, "objects": f"{GEO_VISIBLE},{GEO_HIDDEN}", "start": START})
    assert [(row["norad_id"], row["cut_at_start"], row["cut_at_end"]) for row in body["passes"]] == [
        (GEO_VISIBLE, True, True)
    ]


def test_an_object_that_sgp4_loses_is_listed_with_its_status_and_not_dropped(real: AppClient) -> None:
    body = found(real, **{**KAUNAS, "objects": str(DECAYING), "start": START, "hours": 744})
    (failed,) = body["failed"]
    assert failed["norad_id"] == DECAYING
    assert failed["status"] in range(1, 9)
    assert failed["reason"]
    assert failed["since"] is not None
    assert body["objects_searched"] == 1


def test_an_object_that_decayed_before_the_window_is_skipped_by_name(real: AppClient) -> None:
    body = found(real, **{**KAUNAS, "objects": f"{GONE},{LEO}", "start": START, "hours": 24})
    assert body["skipped"] == [
        {"norad_id": GONE, "name": "GONE", "reason": "decayed on 2026-03-01 by the satellite catalogue"}
    ]
    assert {row["norad_id"] for row in body["passes"]} == {LEO}


def test_numbers_that_are_not_in_the_catalogue_are_skipped_and_the_others_answered(real: AppClient) -> None:
    body = found(real, **{**KAUNAS, "objects": f"{LEO} 99 {LEO}", "start": START})
    assert body["skipped"] == [{"norad_id": 99, "name": None, "reason": "not in the catalogue"}]
    assert body["objects_searched"] == 1


def test_several_sites_and_a_horizon_by_azimuth(real: AppClient) -> None:
    query = {"objects": str(LEO), "start": START, "hours": 48}
    both = found(real, **query, site=["Kaunas=54.9,23.9,90", "Quito=-0.2,-78.5,2850"])
    assert [site["name"] for site in both["sites"]] == ["Kaunas", "Quito"]
    assert {row["site"] for row in both["passes"]} == {"Kaunas", "Quito"}
    alone = found(real, **query, site="Kaunas=54.9,23.9,90")
    assert [row for row in both["passes"] if row["site"] == "Kaunas"] == alone["passes"]
    masked = found(real, **query, site="Kaunas=54.9,23.9,90", min_elevation="0:20,180:60")
    assert masked["min_elevation"] == [
        {"azimuth_deg": 0.0, "elevation_deg": 20.0}, {"azimuth_deg": 180.0, "elevation_deg": 60.0},
    ]  # fmt: skip
    assert sum(row["duration_s"] for row in masked["passes"]) < sum(row["duration_s"] for row in alone["passes"])


def test_an_alliance_is_searched_by_its_fleet_and_what_is_left_out_is_counted(simulated: AppClient) -> None:
    query = {**KAUNAS, "alliance": "NATO", "start": "2026-01-02T00:00:00Z", "hours": 3}
    body = found(simulated, **query)
    chosen = body["selection"]
    assert (chosen["alliance"], chosen["on"], len(chosen["members"])) == ("nato", "2026-01-02", 32)
    out = body["left_out"]
    assert body["objects_searched"] == sum(chosen["counted_by"].values()) == sum(chosen["owners"].values())
    assert body["objects_searched"] + sum(out.values()) == body["catalogue"]["objects"]
    imaging = found(simulated, **query, mission="imaging")
    narrowed = imaging["left_out"]["mission is not imaging, or not known"]
    assert imaging["objects_searched"] + narrowed == body["objects_searched"]
    with_companies = found(simulated, **query, commercial=True)
    assert with_companies["objects_searched"] > body["objects_searched"]


def test_a_limit_is_said_in_the_caveats_and_in_passes_found(real: AppClient) -> None:
    body = found(real, **ASKED, limit=3)
    assert len(body["passes"]) == 3 < body["passes_found"]
    assert body["caveats"][0].startswith(f"Only the first 3 of {body['passes_found']} passes are listed")


def test_csv_has_a_line_for_each_pass_and_no_cell_is_a_formula(real: AppClient) -> None:
    response = real.get("/v1/passes", **ASKED, format="csv")
    assert response.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(response.text)))
    expected = found(real, **ASKED)["passes"]
    assert [(row["norad_id"], row["rise_time"]) for row in rows] == [
        (str(row["norad_id"]), row["rise"]["time"]) for row in expected
    ]
    assert any(row["name"].startswith("'=HYPERLINK") for row in rows)
    assert not any(row["name"].startswith(("=", "+", "@")) for row in rows)


def test_ics_has_an_event_for_each_pass(real: AppClient) -> None:
    response = real.get("/v1/passes", **ASKED, format="ics")
    assert response.headers["content-type"].startswith("text/calendar")
    assert response.text.count("BEGIN:VEVENT\r\n") == found(real, **ASKED)["passes_found"]


WRONG = {
    "a reversed window": ({"end": "2026-03-09T00:00:00Z"}, "end"),
    "a window of no length": ({"end": START}, "end"),
    "a negative length": ({"hours": -1}, "hours"),
    "ten years": ({"hours": 87_600}, "hours"),
    "ten years by its end": ({"end": "2036-03-10T00:00:00Z"}, "end"),
    "both a length and an end": ({"hours": 3, "end": "2026-03-11T00:00:00Z"}, "hours"),
    "a naive time": ({"start": "2026-03-10T06:00:00"}, "start"),
    "hour 24": ({"start": "2026-03-10T24:00:00Z"}, "start"),
    "a leap second": ({"start": "2016-12-31T23:59:60Z"}, "start"),
    "a day that is none": ({"start": "2026-02-30T00:00:00Z"}, "start"),
    "the year 1900": ({"start": "1900-01-01T00:00:00Z"}, "start"),
    "the year 9999": ({"start": "9999-12-31T00:00:00Z"}, "start"),
    "words for a time": ({"start": "tomorrow"}, "start"),
    "no start": ({"start": None}, "start"),
    "a latitude past the pole": ({"lat": 90.01}, "lat"),
    "a longitude far away": ({"lon": 1e9}, "lon"),
    "a latitude that is no number": ({"lat": "nan"}, "lat"),
    "an infinite height": ({"alt_m": "1e999"}, "alt_m"),
    "no latitude": ({"lat": None}, "lat"),
    "a site past the pole": ({"lat": None, "lon": None, "site": "91,0"}, "latitude_deg"),
    "a site of words": ({"lat": None, "lon": None, "site": "Kaunas"}, "site"),
    "no site": ({"lat": None, "lon": None}, "site"),
    "a mask of words": ({"min_elevation": "high"}, "min_elevation"),
    "a mask that is no number": ({"min_elevation": "nan"}, "min_elevation_deg"),
    "a mask above the zenith": ({"min_elevation": "91"}, "min_elevation_deg"),
    "no objects": ({"all": None}, "objects"),
    "all and some": ({"objects": str(LEO)}, "objects"),
    "a number with an exponent": ({"all": None, "objects": "1e5"}, "objects"),
    "a number of ten digits": ({"all": None, "objects": "1234567890"}, "objects"),
    "digits of another script": ({"all": None, "objects": "٢٥٥٤٤"}, "objects"),
    "objects nobody knows": ({"all": None, "objects": "11,12"}, "objects"),
    "commas only": ({"all": None, "objects": ",,"}, "objects"),
    "an alliance nobody knows": ({"all": None, "alliance": "NATOO"}, "alliance"),
    "a mission nobody knows": ({"mission": "imagin"}, "mission"),
    "a day without an alliance": ({"on": "2026-03-10"}, "on"),
    "a day that is a time": ({"all": None, "alliance": "NATO", "on": START}, "on"),
    "companies without an alliance": ({"commercial": True}, "commercial"),
    "a form nobody knows": ({"format": "xlsx"}, "format"),
    "a limit of none": ({"limit": 0}, "limit"),
    "an earlier catalogue that is naive": ({"as_of": "2026-03-10"}, "as_of"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_questions_are_refused_with_the_field(real: AppClient, wrong: str) -> None:
    change, field = WRONG[wrong]
    query = {**KAUNAS, "all": True, "start": START, **change}
    response = real.get("/v1/passes", **{name: value for name, value in query.items() if value is not None})
    name = "unknown-name" if wrong.endswith("nobody knows") and field in ("alliance", "mission") else "invalid-value"
    document = require_problem(response, 422, name)
    assert field in [error["field"] for error in document["errors"]], document
    assert all(error["reason"] for error in document["errors"])


def test_the_nearest_alliances_are_offered(real: AppClient) -> None:
    document = real.get("/v1/passes", **KAUNAS, alliance="NATOO", start=START).json()
    assert "NATO" in document["detail"]


def test_a_question_too_large_for_one_request_is_refused_with_the_way_out(simulated: AppClient) -> None:
    sites = [f"{latitude},{longitude}" for latitude in range(0, 50, 10) for longitude in range(0, 100, 10)]
    document = require_problem(
        simulated.get("/v1/passes", site=sites, all=True, start="2026-01-02T00:00:00Z", hours=744), 422, "invalid-value"
    )
    assert "100,000" in document["detail"]
    assert "command line" in document["detail"]
    assert 30_000 // SIMULATED_SHARE * len(sites) * 31 > 100_000  # the premise


def test_the_catalogue_of_an_earlier_time_is_asked_for_by_as_of(real: AppClient) -> None:
    assert found(real, **ASKED, as_of="2026-03-10T05:00:00Z")["passes_found"] == found(real, **ASKED)["passes_found"]
    document = require_problem(real.get("/v1/passes", **ASKED, as_of="2026-03-09T00:00:00Z"), 422, "invalid-value")
    assert document["errors"][0]["field"] == "as_of"
    assert "first import" in document["detail"]
