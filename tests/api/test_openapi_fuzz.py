"""schemathesis on the OpenAPI document: whatever is asked, no 5xx, and every answer is one that the document names.

`SSA_FUZZ_EXAMPLES` sets the examples of each operation (default 20: about half a minute).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from urllib.parse import quote

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.models.answers import ProblemDocument
from api.models.jobs import AcceptedJob
from api.models.passes import PassesAnswer
from tests.api.test_every_route import PATHS, ROUTES
from tests.faces import served

EXAMPLES = int(os.environ.get("SSA_FUZZ_EXAMPLES", "20"))
FUZZ = settings(
    max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)  # fmt: skip
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def address(real_database: str) -> Iterator[str]:
    with served(real_database) as address:
        yield address


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=address, timeout=120.0) as client:
        yield client


@pytest.fixture(scope="module")
def schema(address: str) -> schemathesis.BaseSchema:
    return schemathesis.openapi.from_url(f"{address}/openapi.json")


BOTH = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
ATTACKS = [  # where nothing can be given, nothing can be given wrongly
    (route, method, mode)
    for route in ROUTES
    for method, operation in PATHS[route].items()
    for mode in (BOTH if operation.get("parameters") or operation.get("requestBody") else BOTH[:1])
]


@pytest.mark.parametrize(("route", "method", "mode"), ATTACKS)
def test_no_question_breaks_the_service(
    schema: schemathesis.BaseSchema, route: str, method: str, mode: schemathesis.GenerationMode
) -> None:
    @FUZZ
    @given(case=schema[route][method.upper()].as_strategy(generation_mode=mode))
    def attack(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS, timeout=120.0)

    attack()


def some(*values: object) -> st.SearchStrategy[object]:
    return st.sampled_from(values)


def sometimes(good: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """Mostly a value that means something, now and then any text."""
    return st.one_of(good, good, good, good, st.text(max_size=30))


NUMBERS = st.floats(allow_nan=True, allow_infinity=True)
TIMES = some("2026-03-10T06:00:00Z", "2026-03-10T06:00:00+05:45", "1957-10-04T00:00:00Z", "2099-12-31T23:59:59.999999Z")
QUESTIONS = st.fixed_dictionaries(
    {"start": sometimes(TIMES)},
    optional={
        "lat": sometimes(st.floats(-90.0, 90.0)), "lon": sometimes(st.floats(-180.0, 360.0)),
        "alt_m": sometimes(st.floats(-12000.0, 100000.0)),
        "site": st.lists(sometimes(some("90,0", "-90,180", "A=0,0,100000", "0,360,-12000", "=1,1")), max_size=3),
        "objects": sometimes(some("90001", "90003,90005", "90007", "90008 90009")),
        "all": some(True, False), "alliance": sometimes(some("NATO", "EU+JPN", "France", "FVEY")),
        "on": sometimes(some("2026-03-10", "1949-04-04", "0001-01-01", "9999-12-31")), "commercial": some(True, False),
        "mission": sometimes(some("imaging", "unknown", "navigation")), "end": sometimes(TIMES),
        "hours": st.one_of(st.floats(1e-9, 48.0), NUMBERS),
        "min_elevation": sometimes(some("-10", "0", "89.9", "0:5,180:15", "0:-10,1:89.9", "359.99:0")),
        "limit": st.integers(1, 50_000), "format": some("json", "csv", "ics"), "as_of": sometimes(TIMES),
    },
)  # fmt: skip


@FUZZ
@given(query=QUESTIONS)
def test_no_mix_of_good_and_bad_values_breaks_the_search_for_passes(
    client: httpx2.Client, query: dict[str, object]
) -> None:
    response = client.get("/v1/passes", params=query)
    assert response.status_code in (200, 422, 503), response.text
    if response.status_code != 200:
        ProblemDocument.model_validate(response.json())
    elif query.get("format", "json") == "json":
        body = json.loads(response.content, parse_constant=pytest.fail)
        PassesAnswer.model_validate(body)
        assert all(row["rise"]["time"] <= row["culmination"]["time"] <= row["set"]["time"] for row in body["passes"])


BODIES = st.fixed_dictionaries(
    {
        "start": sometimes(TIMES),
        "sites": st.lists(
            st.fixed_dictionaries(
                {"latitude_deg": st.floats(-90.0, 90.0) | st.none(), "longitude_deg": st.floats(-180.0, 360.0)},
                optional={"altitude_m": st.floats(-12000.0, 100000.0), "name": st.text(max_size=30)},
            ),
            max_size=4,
        ),
    },
    optional={
        "objects": st.lists(st.integers(89_990, 90_020), max_size=5), "all": some(True, False),
        "alliance": sometimes(some("NATO", "EU+JPN", "France", "FVEY")),
        "mission": sometimes(some("imaging", "unknown")),
        "hours": st.floats(1e-9, 800.0), "end": sometimes(TIMES), "limit": st.integers(0, 60_000),
        "min_elevation": sometimes(some("-10", "0", "89.9", "0:5,180:15")), "as_of": sometimes(TIMES),
        "surplus": st.none(),
    },
)  # fmt: skip


@FUZZ
@given(body=BODIES, key=st.one_of(st.none(), st.text("abc", min_size=1, max_size=2)))
def test_no_body_breaks_a_heavy_question(client: httpx2.Client, body: dict[str, object], key: str | None) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}
    response = client.post("/v1/passes", json=body, headers=headers)
    assert response.status_code in (200, 202, 413, 422, 503), response.text
    if response.status_code == 200:
        PassesAnswer.model_validate(json.loads(response.content, parse_constant=pytest.fail))
    elif response.status_code == 202:
        AcceptedJob.model_validate(response.json())
    else:
        ProblemDocument.model_validate(response.json())


@FUZZ
@given(path=st.text(min_size=1, max_size=60), query=st.text(max_size=100))
def test_no_address_breaks_the_service(client: httpx2.Client, path: str, query: str) -> None:
    for place in (
        f"/v1/jobs/{quote(path, safe='')}/events",
        f"/v1/objects/{quote(path, safe='')}",
        f"/v1/alliances/{quote(path, safe='')}",
        f"/{quote(path)}",
    ):
        response = client.get(place, params={"q": query})
        assert response.status_code < 500, (place, response.text)
