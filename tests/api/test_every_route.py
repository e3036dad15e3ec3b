"""One success shape and one error shape, over every route that the OpenAPI document has."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import BaseModel

from api.app import create_app
from api.errors import TYPE_PREFIX
from api.models import (
    alerts,
    alliances,
    answers,
    conjunctions,
    debris,
    debris_breakup,
    jobs,
    navigation,
    objects,
    passes,
    scenes,
    webhooks,
)  # fmt: skip
from api.models.answers import ProblemDocument
from api.security import CONTENT_SECURITY_POLICY, PAGE_SECURITY_POLICY
from api.settings import Settings
from tests.faces import LEO, AppClient

START = "2026-03-10T06:00:00Z"
EXAMPLES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {  # route: what stands in its path, and its query
    "/healthz": ({}, {}),
    "/readyz": ({}, {}),
    "/metrics": ({}, {}),
    "/v1/briefings/{job_id}/file": ({"job_id": "0" * 32}, {}),
    "/v1/catalogue": ({}, {}),
    "/v1/catalogue/columns": ({}, {"alliance": "NATO"}),
    "/v1/frames": ({}, {"start": START}),
    "/v1/objects": ({}, {"q": "leo", "limit": 5}),
    "/v1/objects/{norad_id}": ({"norad_id": LEO}, {}),
    "/v1/objects/{norad_id}/elements": ({"norad_id": LEO}, {}),
    "/v1/objects/{norad_id}/ephemeris": ({"norad_id": LEO}, {"start": START, "hours": 1}),
    "/v1/alert-policies": ({}, {}),
    "/v1/objects/{norad_id}/sky": ({"norad_id": LEO}, {"lat": 54.9, "lon": 23.9, "start": START, "hours": 1}),
    "/v1/alliances": ({}, {"on": "2026-03-10"}),
    "/v1/alliances/{alliance_id}": ({"alliance_id": "nato"}, {"on": "2026-03-10"}),
    "/v1/conjunctions": ({}, {"miss_km": 5}),
    "/v1/conjunctions/{conjunction_id}": ({"conjunction_id": "none"}, {}),
    "/v1/conjunctions/{conjunction_id}.cdm": ({"conjunction_id": "none"}, {}),
    "/v1/conjunctions/{conjunction_id}.czml": ({"conjunction_id": "none"}, {}),
    "/v1/debris/breakups": ({}, {"object": LEO, "at": START}),
    "/v1/debris/compliance": ({}, {"objects": str(LEO)}),
    "/v1/debris/congestion": ({}, {"limit": 3}),
    "/v1/debris/decay": ({}, {"objects": str(LEO), "years": 5}),
    "/v1/debris/derelicts": ({}, {"alliance": "NATO", "computed": 2}),
    "/v1/debris/density": ({}, {"width_km": 100}),
    "/v1/debris/flux": ({}, {"altitude_km": 800, "inclination_deg": 98.6}),
    "/v1/debris/risk": ({}, {"limit": 3}),
    "/v1/navigation": ({}, {"region": "country:LT", "start": START, "hours": 1, "cell_km": 100}),
    "/v1/passes": ({}, {"lat": 54.9, "lon": 23.9, "all": True, "start": START, "hours": 6}),
    "/v1/jobs": ({}, {"state": "queued"}),
    "/v1/jobs/{job_id}": ({"job_id": "0" * 32}, {}),
    "/v1/jobs/{job_id}/result": ({"job_id": "0" * 32}, {}),
    "/v1/jobs/{job_id}/events": ({"job_id": "0" * 32}, {}),
    "/v1/webhooks": ({}, {}),
    "/v1/webhooks/{webhook_id}": ({"webhook_id": "none"}, {}),
    "/v1/webhooks/{webhook_id}/deliveries": ({"webhook_id": "none"}, {}),
    "/v1/watchlists": ({}, {}),
    "/v1/watchlists/{name}": ({"name": "none"}, {}),
}
OF_A_JOB = {route for route in EXAMPLES if "{job_id}" in route}  # test_jobs_routes.py asks them of jobs that are there
OF_A_PAIR = {route for route in EXAMPLES if "{conjunction_id}" in route}  # test_conjunctions_routes.py
OF_A_HOOK = {route for route in EXAMPLES if "{webhook_id}" in route}  # test_webhooks.py
OF_A_LIST = {
    "/v1/watchlists/{name}",
    *OF_A_PAIR,
    *OF_A_HOOK,
}  # test_alerts_faces.py asks it of a watchlist that is there
OF_NO_SKY = {"/v1/alert-policies", "/v1/watchlists", "/v1/webhooks", *OF_A_LIST}
APP = create_app(Settings(database_url="sqlite:////nowhere/at/all.sqlite3"))
PATHS = APP.openapi()["paths"]
ROUTES = sorted(route for route in PATHS if "get" in PATHS[route])  # POST: each in a file of its own
WITHOUT_CATALOGUE = {"/v1/frames", "/healthz", "/readyz", "/metrics", "/v1/jobs", *OF_A_JOB, *OF_NO_SKY}


def promised_model(route: str) -> type[BaseModel]:
    """The model that the OpenAPI document names for the JSON of a 200 answer."""
    schema = PATHS[route]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    name = schema["$ref"].rpartition("/")[2]
    return next(
        getattr(module, name)
        for module in (
            answers,
            alerts,
            conjunctions,
            objects,
            alliances,
            passes,
            navigation,
            jobs,
            debris,
            debris_breakup,
            scenes,
            webhooks,
        )
        if hasattr(module, name)
    )


def asked(client: AppClient, route: str) -> Any:
    path, query = EXAMPLES[route]
    return client.get(route.format(**path), **query)


def require_problem(response: Any, status: int, name: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    document = response.json()
    ProblemDocument.model_validate(document)
    assert set(document) == {"type", "title", "status", "detail", "errors"}
    assert document["status"] == status
    assert document["type"] == TYPE_PREFIX + name
    return document


def test_every_route_has_an_example_here() -> None:
    assert sorted(EXAMPLES) == ROUTES


@pytest.mark.parametrize("route", sorted(set(ROUTES) - OF_A_JOB - OF_A_LIST))
def test_every_answer_has_the_shape_that_openapi_promises(real: AppClient, route: str) -> None:
    response = asked(real, route)
    assert response.status_code == 200, response.text
    if route == "/metrics":
        assert "ssa_requests_total" in response.text
        return
    if route == "/v1/frames":  # test_scene_routes.py reads its bytes
        assert response.content[:4] == b"SSAF"
        return
    body = json.loads(response.content, parse_constant=pytest.fail)  # no NaN, no Infinity
    model = promised_model(route)
    model.model_validate(body, strict=True)
    assert set(model.model_fields) == set(body)
    if route not in WITHOUT_CATALOGUE:
        assert {"as_of", "digest", "data_mode", "objects", "oldest_epoch_age_days"} <= set(body["catalogue"])
        assert body["catalogue"]["data_mode"] == "REAL"
        assert isinstance(body["caveats"], list)


@pytest.mark.parametrize("route", sorted(set(ROUTES) - WITHOUT_CATALOGUE))
def test_every_simulated_answer_says_so(simulated: AppClient, route: str) -> None:
    path, query = EXAMPLES[route]
    first = simulated.get("/v1/objects", limit=1).json()["objects"][0]["norad_id"]
    path = {name: first if name == "norad_id" else value for name, value in path.items()}
    query = {name: first if str(value) == str(LEO) else value for name, value in query.items()}
    body = simulated.get(route.format(**path), **query).json()
    assert body["catalogue"]["data_mode"] == "SIMULATED"
    assert body["caveats"][0].startswith("SIMULATED catalogue")


@pytest.mark.parametrize("route", sorted(set(ROUTES) - WITHOUT_CATALOGUE - {"/v1/objects/{norad_id}"} | {"/v1/jobs"}))
def test_every_route_refuses_a_parameter_that_it_does_not_know(real: AppClient, route: str) -> None:
    path, query = EXAMPLES[route]
    document = require_problem(real.get(route.format(**path), **query, misspelt="1"), 422, "invalid-value")
    assert document["errors"] == [
        {"field": "misspelt", "value": "1", "reason": "is no parameter here; see /openapi.json for those there are"}
    ]


@pytest.mark.parametrize("route", ROUTES)
def test_every_route_refuses_another_method_with_a_problem(real: AppClient, route: str) -> None:
    path, _ = EXAMPLES[route]
    response = real.request("PATCH", route.format(**path))
    require_problem(response, 405, "method-not-allowed")
    assert response.headers["allow"] == ", ".join(sorted(method.upper() for method in PATHS[route]))


@pytest.mark.parametrize("route", sorted(set(ROUTES) - {"/healthz", "/metrics", "/v1/jobs", *OF_A_JOB, *OF_NO_SKY}))
def test_every_route_says_what_is_wrong_while_the_catalogue_is_empty(route: str, empty: AppClient) -> None:
    document = require_problem(asked(empty, route), 503, "empty-catalogue")
    assert "ssa catalogue update" in document["detail"]


def test_an_address_that_is_not_there_is_a_problem_too(real: AppClient) -> None:
    require_problem(real.get("/v1/nothing"), 404, "no-such-address")


@pytest.mark.parametrize("path", ["/", "/v1/catalogue", "/v1/nothing", "/static/main.js", "/openapi.json"])
def test_every_response_forbids_the_page_what_it_does_not_need(real: AppClient, path: str) -> None:
    headers = real.get(path).headers
    policy = PAGE_SECURITY_POLICY if path == "/" else CONTENT_SECURITY_POLICY
    assert headers["content-security-policy"] == policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_openapi_document_states_limits_and_problems(real: AppClient) -> None:
    document = real.get("/openapi.json").json()
    parameters = {row["name"]: row["schema"] for row in document["paths"]["/v1/passes"]["get"]["parameters"]}
    assert {"minimum": -90.0, "maximum": 90.0}.items() <= parameters["lat"]["anyOf"][0].items()
    assert parameters["hours"]["anyOf"][0]["maximum"] == 744.0
    assert parameters["limit"]["maximum"] == 50_000
    for route, methods in document["paths"].items():
        for method, operation in methods.items():
            for status, response in operation["responses"].items():
                if not status.startswith("2"):
                    assert list(response["content"]) == ["application/problem+json"], (route, method, status)
