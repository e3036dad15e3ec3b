"""Briefings asked from the command line and over HTTP."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from api.command_line import run
from tests.faces import AppClient, fill_simulated, started

ASKED = ["--region", "country:LT", "--cell-km", "80", "--start", "2026-01-02T00:00:00Z", "--hours", "6"]
BODY = {"region": "country:LT", "cell_km": 80.0, "alliance": "NATO", "start": "2026-01-02T00:00:00Z", "hours": 6.0}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_simulated(tmp_path_factory.mktemp("briefing") / "catalogue.sqlite3")


@pytest.fixture(scope="module")
def client(database: str) -> Iterator[AppClient]:
    with started(database, at_once_s=60.0) as app:
        yield app


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = run(["briefing", *arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_the_command_writes_each_form_and_says_the_bottom_line(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    starts = {"brief.html": b"<!DOCTYPE html>", "brief.pdf": b"%PDF-", "brief.json": b"{"}
    for name, start in starts.items():
        file = tmp_path / "deep" / name
        status, out, err = said(capsys, *ASKED, "--alliance", "NATO", "-o", str(file), "--database", database)
        assert status == 0, err
        assert file.read_bytes().startswith(start)
        assert out.startswith("Lithuania: ")
        assert "SIMULATED" in err
    answer = json.loads((tmp_path / "deep" / "brief.json").read_text())
    status, out, _ = said(capsys, *ASKED, "--alliance", "NATO", "--json", "--database", database)
    assert status == 0
    assert json.loads(out) == answer


def test_light_figures_template_partners_and_an_earlier_briefing(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "office.toml"
    template.write_text('marking = "OFFICE USE"\ntitle = "Watch"\nlight = true\nsections = ["bottom_line", "since"]')
    before = tmp_path / "before.json"
    common = [*ASKED, "--database", database, "--alliance", "FRA", "--with", "DEU,ITA"]
    assert said(capsys, *common, "-o", str(before))[0] == 0
    file = tmp_path / "brief.html"
    status, out, err = said(
        capsys, *common, "--template", str(template), "--since", str(before), "--title", "Mine", "--figures",
        str(tmp_path / "figures"), "-o", str(file),
    )  # fmt: skip
    assert status == 0, err
    page = file.read_text()
    assert "cesium-js" not in page
    assert "<h1>Mine</h1>" in page
    assert "OFFICE USE" in page
    assert "part-since" in page
    assert "part-gaps" not in page
    assert "The catalogue is the same." in out
    assert json.loads(before.read_text())["partners"]["core"].startswith("France")
    assert not (tmp_path / "figures" / "map.png").exists()  # the figures are those of the chosen sections
    status, _, err = said(capsys, *common, "--figures", str(tmp_path / "figures"))
    assert status == 0, err
    assert (tmp_path / "figures" / "map.png").read_bytes().startswith(b"\x89PNG")


def test_a_series_tells_each_briefing_against_the_last_one_before_it(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "other.json").write_text('{"start": 5}')

    def day(start: str, *more: str) -> str:
        asked = ["--region", "country:LT", "--cell-km", "100", "--hours", "2", "--alliance", "FRA", "--light", *more]
        status, out, err = said(
            capsys, *asked, "--start", start, "--series", str(tmp_path), "--database", database
        )  # fmt: skip
        assert status == 0, err
        return out

    assert "The catalogue is the same." not in day("2026-01-02T00:00:00Z")
    assert "The catalogue is the same." not in day("2026-01-03T00:00:00Z", "--region-name", "Elsewhere")
    assert "The catalogue is the same." in day("2026-01-04T00:00:00Z")
    assert "The catalogue is the same." not in day("2026-01-01T00:00:00Z")  # none began before it
    names = sorted(file.name for file in tmp_path.glob("briefing-*"))
    assert "briefing-lithuania-20260104T0000Z.html" in names
    assert len(names) == 8
    last = json.loads((tmp_path / "briefing-lithuania-20260104T0000Z.json").read_text())
    assert last["since"]["before_start"] == "2026-01-02T00:00:00.000Z"


def test_threats_are_asked_for_by_options_before_the_template_before_defaults(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    template = tmp_path / "office.toml"
    template.write_text('policy = "cara"\ngrade = "green"\ndebris = false\ndecay_days = 0\nmiss_km = 4')

    def answered(*more: str) -> dict[str, Any]:
        status, out, err = said(capsys, *ASKED, "--alliance", "FRA", "--json", *more, "--database", database)
        assert status == 0, err
        return json.loads(out)

    plain = answered()
    assert plain["conjunctions"]["policy"]["name"] == "public-sets"
    assert (plain["conjunctions"]["grade"], plain["decays"]["days"]) == ("yellow", 60.0)
    assert plain["debris"]["objects"] == plain["objects"]
    assert all(caveat in plain["caveats"] for caveat in ("absolute rates are good to a factor of about two; no single "
               "event is predicted", "missions are told from names and public lists: names are hints, and dual use is "
               "common"))  # fmt: skip
    office = answered("--template", str(template))
    assert (office["conjunctions"]["policy"]["name"], office["conjunctions"]["grade"]) == ("cara", "green")
    assert (office["debris"], office["decays"], office["close_approaches"]["within_km"]) == (None, None, 4.0)
    mine = answered("--template", str(template), "--policy", "miss-distance", "--debris", "--miss-km", "0")
    assert mine["conjunctions"]["policy"]["name"] == "miss-distance"
    assert (mine["debris"] is not None, mine["close_approaches"]) == (True, None)
    none = answered("--grade", "none", "--no-debris", "--decay-days", "0", "--miss-km", "0")
    assert [none[key] for key in ("conjunctions", "debris", "decays", "close_approaches")] == [None] * 4


@pytest.mark.parametrize(("wrong", "reason"), [
    (["--policy", "nobody", "-o", "x.html"], "policy"), (["--grade", "purple", "-o", "x.html"], "grade"),
    (["--decay-days", "400", "-o", "x.html"], "at most 366"),
    (["--series", "x", "--since", "pyproject.toml"], "not JSON"),
    (["-o", "x.docx"], "none of the forms"), ([], "name the file"), (["-o", "x.pdf", "--light"], "an .html file only"),
    (["-o", "x.html", "--template", "no-such.toml"], "cannot be read"),
    (["-o", "x.html", "--marking", " "], "1 to 200"), (["-o", "x.html", "--since", "no-such.json"], "cannot be read"),
])  # fmt: skip
def test_what_cannot_be_asked_is_refused_with_the_way_out(
    database: str, wrong: list[str], reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, _, err = said(capsys, *ASKED, "--alliance", "NATO", "--database", database, *wrong)
    assert status == 2
    assert reason in err


def test_partners_need_an_alliance(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = said(capsys, *ASKED, "--owner", "FR", "--with", "DEU", "-o", "x.html", "--database", database)
    assert (status, "goes with an alliance" in err) == (2, True)


@pytest.mark.parametrize(("form", "start", "media_type"), [
    ("light", b"<!DOCTYPE html>", "text/html"), ("pdf", b"%PDF-", "application/pdf"),
    ("json", b"{", "application/json"),
])  # fmt: skip
def test_the_route_answers_with_the_file_in_it(client: AppClient, form: str, start: bytes, media_type: str) -> None:
    reply = client.post("/v1/briefings", {**BODY, "format": form, "marking": "M", "title": 'A "b"\r\n/../c'})
    assert reply.status_code == 200, reply.text
    answer = reply.json()
    assert answer["marking"] == "M"
    assert answer["catalogue"]["data_mode"] == "SIMULATED"
    file = answer["file"]
    assert base64.b64decode(file["content"]).startswith(start)
    assert file["media_type"].startswith(media_type)
    assert file["name"] == f"briefing-a-b-c-2026-01-02.{'html' if form == 'light' else form}"


@pytest.mark.parametrize("wrong", [
    {"format": "docx"}, {"sections": ["weather"]}, {"paper": "A5"}, {"alliance": None}, {"owner": "FR"},
    {"marking": ""}, {"alliance": None, "owner": "FR", "partners": "DEU"},
    {"region": "country:ATLANTIS"}, {"hours": -1}, {"extra": 1}, {"policy": "nobody"}, {"grade": "purple"},
    {"decay_days": 400.0}, {"own_policy": {"name": "x"}}, {"since": {"start": 1}},
])  # fmt: skip
def test_the_route_refuses_what_cannot_be_asked(client: AppClient, wrong: dict[str, Any]) -> None:
    reply = client.post("/v1/briefings", {**BODY, **wrong})
    assert reply.status_code == 422, reply.text
    assert reply.headers["content-type"] == "application/problem+json"


def test_the_route_asks_for_threats_and_tells_what_changed_since_an_earlier_answer(client: AppClient) -> None:
    own = {"name": "ours", "source": "made up", "screening_km": 30.0, "yellow": [{"miss_at_most_km": 30.0}]}
    asked = {**BODY, "alliance": "FRA", "format": "light", "miss_km": 0.0, "own_policy": own, "hours": 3.0}
    first = client.post("/v1/briefings", asked).json()
    assert first["conjunctions"]["policy"]["name"] == "ours"
    assert first["conjunctions"]["alerts_found"] > 0
    assert first["close_approaches"] is None
    assert {"debris", "decays"} <= {key for key, value in first.items() if value is not None}
    del first["file"]
    later = {**asked, "start": "2026-01-02T03:00:00Z", "since": first}
    told = client.post("/v1/briefings", later).json()
    assert told["since"]["before_start"] == first["start"]
    assert told["since"]["conjunctions"]["passed"] == first["conjunctions"]["alerts_found"]
    elsewhere = client.post("/v1/briefings", {**later, "region": "country:LV"})
    assert (elsewhere.status_code, "another region" in elsewhere.text) == (422, True)


def test_half_a_letter_in_a_text_is_refused_or_shown_never_a_fault(client: AppClient) -> None:
    async def ask() -> httpx2.Response:
        transport = httpx2.ASGITransport(app=client.app, raise_app_exceptions=False)
        content = json.dumps({**BODY, "format": "pdf", "marking": "x\ud800", "region_name": "\udfff"}).encode()
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as asker:
            return await asker.post("/v1/briefings", content=content, headers={"content-type": "application/json"})

    assert client.portal.call(ask).status_code in (200, 422)


def test_a_large_question_is_refused_and_a_file_is_fetched_from_its_job(
    client: AppClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    reply = client.post("/v1/briefings", {**BODY, "region": "world", "cell_km": 60.0, "hours": 700.0})
    assert reply.status_code == 413
    assert client.get("/v1/briefings/none/file").status_code == 404
    desk = client.app.state.desk
    file = {"name": "briefing-x.pdf", "media_type": "application/pdf", "content": base64.b64encode(b"%PDF-1").decode()}
    kinds = iter(["passes", "briefing"])

    class Job:
        kind = property(lambda self: next(kinds))

    monkeypatch.setattr(desk, "job", lambda job_id: Job())
    monkeypatch.setattr(desk, "result", lambda job_id: gzip.compress(json.dumps({"file": file}).encode()))
    assert client.get("/v1/briefings/some/file").status_code == 404
    fetched = client.get("/v1/briefings/some/file")
    assert fetched.status_code == 200
    assert fetched.content == b"%PDF-1"
    assert fetched.headers["content-disposition"] == 'attachment; filename="briefing-x.pdf"'
