"""`/v1/debris/...` and `ssa debris`: the same answers, their sums, pictures, and wrong questions by field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.api.test_every_route import require_problem
from tests.faces import AppClient


def found(client: AppClient, name: str, **query: Any) -> dict[str, Any]:
    response = client.get(f"/v1/debris/{name}", **query)
    assert response.status_code == 200, response.text
    return response.json()  # type: ignore[no-any-return]


def test_density_has_a_shell_for_each_width_and_its_parts_sum(simulated: AppClient) -> None:
    body = found(simulated, "density", altitude_min_km=200, altitude_max_km=1000, width_km=50, by_latitude=True,
                 by_inclination=True)  # fmt: skip
    assert [shell["altitude_min_km"] for shell in body["shells"]] == list(range(200, 1000, 50))
    for shell, row in zip(body["shells"], body["by_inclination_per_km3"], strict=True):
        assert sum(shell["by_class_per_km3"].values()) == pytest.approx(shell["density_per_km3"], rel=1e-3)
        assert sum(row) == pytest.approx(shell["density_per_km3"], rel=1e-3)
    assert len(body["by_latitude_per_km3"][0]) == len(body["latitude_edges_deg"]) - 1


def test_the_owner_matrix_sums_to_the_total_and_names_every_row(simulated: AppClient) -> None:
    body = found(simulated, "risk", limit=7)
    matrix = np.array(body["owners"])
    assert matrix.shape == (len(body["owner_names"]),) * 2
    assert np.triu(matrix).sum() == pytest.approx(body["total_collisions_per_year"], rel=1e-3)
    assert len(body["objects"]) == 7
    assert body["objects_not_listed"] == body["objects_counted"] - 7
    rates = [row["collisions_per_year"] for row in body["objects"]]
    assert rates == sorted(rates, reverse=True)
    assert body["exposure"] is None


def test_an_alliance_sees_to_whose_objects_it_is_exposed(simulated: AppClient) -> None:
    body = found(simulated, "risk", alliance="NATO", limit=3)
    exposure = body["exposure"]
    assert exposure["alliance"] == "North Atlantic Treaty Organization"
    causes = exposure["to_whose_objects"]
    assert sum(row["collisions_per_year"] for row in causes) == pytest.approx(exposure["collisions_per_year"], rel=1e-3)
    assert sum(exposure["by_class_per_year"].values()) == pytest.approx(exposure["collisions_per_year"], rel=1e-3)
    assert len(exposure["exposed_owners"]) == len(exposure["exposed_owner_names"])
    assert {row["owner"] for row in body["objects"]} <= set(exposure["exposed_owner_names"])


def test_congestion_ranks_shells_and_derelicts(simulated: AppClient) -> None:
    body = found(simulated, "congestion", limit=5)
    rates = [shell["collisions_per_year"] for shell in body["shells"]]
    assert rates == sorted(rates, reverse=True)
    pieces = [row["residual_fragments_per_year"] for row in body["derelicts"]]
    assert pieces == sorted(pieces, reverse=True)
    assert not any(row["manoeuvres"] for row in body["derelicts"])


def test_flux_sums_over_speed_and_azimuth(simulated: AppClient) -> None:
    body = found(simulated, "flux", altitude_km=800, inclination_deg=98.6)
    total = sum(sum(row) for row in body["by_speed_azimuth_per_m2_year"])
    assert total == pytest.approx(body["flux_per_m2_year"], rel=1e-3)


@pytest.mark.parametrize(
    ("name", "query"),
    [("density", {"width_km": 50}), ("flux", {"altitude_km": 800, "inclination_deg": 98.6}), ("risk", {})],
)
def test_pictures_are_whole_repeatable_and_marked_as_simulated(
    simulated: AppClient, name: str, query: dict[str, Any]
) -> None:
    svg = simulated.get(f"/v1/debris/{name}", format="svg", **query)
    assert svg.headers["content-type"].startswith("image/svg+xml")
    ElementTree.fromstring(svg.text)
    assert "SIMULATED" in svg.text
    assert svg.content == simulated.get(f"/v1/debris/{name}", format="svg", **query).content
    png = simulated.get(f"/v1/debris/{name}", format="png", **query)
    assert png.content.startswith(b"\x89PNG")


def test_a_catalogue_of_a_few_hostile_names_has_pictures_too(real: AppClient) -> None:
    for name, query in (("density", {}), ("flux", {"altitude_km": 1900, "inclination_deg": 5}), ("risk", {})):
        ElementTree.fromstring(real.get(f"/v1/debris/{name}", format="svg", **query).text)


@pytest.mark.parametrize(
    ("name", "query", "field"),
    [
        ("density", {"altitude_min_km": 900, "altitude_max_km": 800}, "shells"),
        ("flux", {"altitude_km": 800, "inclination_deg": 200}, "inclination_deg"),
        ("flux", {"altitude_km": 800}, "inclination_deg"),
        ("risk", {"avoidance_failure": 2}, "avoidance_failure"),
        ("risk", {"years": 0}, "years"),
        ("congestion", {"format": "svg"}, "format"),
    ],
)
def test_a_wrong_question_names_its_field(simulated: AppClient, name: str, query: dict[str, Any], field: str) -> None:
    document = require_problem(simulated.get(f"/v1/debris/{name}", **query), 422, "invalid-value")
    assert document["errors"][0]["field"] == field


def test_too_many_shells_are_refused_with_the_way_out(simulated: AppClient) -> None:
    response = simulated.get("/v1/debris/density", altitude_max_km=9000, width_km=1)
    assert "widen them" in require_problem(response, 413, "too-much")["detail"]


def test_an_alliance_without_an_object_in_orbit_is_refused(real: AppClient) -> None:
    document = require_problem(real.get("/v1/debris/risk", alliance="LTU"), 422, "invalid-value")
    assert "has no object in orbit" in document["detail"]


def test_the_command_gives_what_the_route_gives(ssa: Any, real: AppClient) -> None:
    for name, options, query in (
        ("density", ["--width", "100"], {"width_km": 100}),
        ("flux", ["--altitude", "800", "--inclination", "98.6"], {"altitude_km": 800, "inclination_deg": 98.6}),
        ("risk", ["--limit", "5"], {"limit": 5}),
        ("congestion", ["--limit", "5"], {"limit": 5}),
    ):
        ran = ssa("debris", name, *options, "--json")
        assert ran.status == 0, ran.err
        assert ran.json == json.loads(real.get(f"/v1/debris/{name}", **query).text)
        assert ssa("debris", name, *options).status == 0


def test_files_sizes_and_histories_on_the_command_line(ssa: Any, tmp_path: Path) -> None:
    sizes = tmp_path / "sizes.csv"
    sizes.write_text("ObjectID,HBR,HBRSource,Mass,MassSource\n90001,7.5,measured,5000,measured\n")
    ran = ssa("debris", "risk", "--sizes", str(sizes), "--limit", "20", "--json")
    assert next(row for row in ran.json["objects"] if row["norad_id"] == 90001)["radius_m"] == 7.5
    picture = tmp_path / "density.png"
    assert ssa("debris", "density", "--format", "png", "--output", str(picture)).status == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    history = ssa("debris", "density", "--width", "200", "--at", "2026-03-10T05:00:00Z", "--json").json["history"]
    assert len(history) == 1
    assert len(history[0]["density_per_km3"]) == 10
    assert ssa("debris", "density", "--format", "png").status == 2
    assert ssa("debris", "density", "--format", "gif").status == 2
    assert ssa("debris", "risk", "--sizes", "nowhere.csv").status == 2
    assert ssa("debris", "risk", "--years", "-1").status == 2
