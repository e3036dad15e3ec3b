"""The main job on a real catalogue: import it with owners, ask for an alliance's passes over a site, by both faces."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.command_line import run
from tests.faces import started

pytestmark = pytest.mark.real_data
QUESTION = ["--alliance", "NATO", "--site", "54.9,23.9", "--start", "2026-03-11T00:00:00Z", "--hours", "24"]


def test_passes_of_nato_over_kaunas_are_the_same_by_terminal_and_over_http(
    shared: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    database = ["--database", f"sqlite:///{tmp_path / 'catalogue.sqlite3'}", "--json"]
    folder = shared / "data"
    status = run(
        [
            "catalogue", "import", str(folder / "catalogs" / "gp_2026-03-10_merged.csv.gz"),
            "--satcat", str(folder / "satcat" / "satcat_owner_type_2026-06-14.csv.gz"),
            "--as-of", "2026-03-10T12:00:00Z", *database,
        ]
    )  # fmt: skip
    imported = json.loads(capfd.readouterr().out)
    assert status == 0
    assert imported["ingest"]["refused"] == 0
    assert imported["ingest"]["sets_new"] == imported["catalogue"]["objects"] > 20_000

    assert run(["passes", *QUESTION, *database]) == 0
    found = json.loads(capfd.readouterr().out, parse_constant=pytest.fail)
    objects = found["catalogue"]["objects"]
    assert found["objects_searched"] + sum(found["left_out"].values()) + len(found["skipped"]) == objects
    assert found["objects_searched"] > 10_000
    assert found["passes_found"] == len(found["passes"]) > 40_000
    rises = [row["rise"]["time"] for row in found["passes"]]
    assert rises == sorted(rises)
    for row in found["passes"]:
        assert found["start"] <= row["rise"]["time"] <= row["culmination"]["time"] <= row["set"]["time"] <= found["end"]
        assert row["culmination"]["elevation_deg"] >= 10.0 - 1e-4
        # an edge that is not cut stands on the mask
        assert row["cut_at_start"] or row["rise"]["elevation_deg"] == pytest.approx(10.0, abs=1e-3)
        assert row["cut_at_end"] or row["set"]["elevation_deg"] == pytest.approx(10.0, abs=1e-3)

    with started(database[1]) as client:
        over_http = client.get(
            "/v1/passes", alliance="NATO", site="54.9,23.9", start="2026-03-11T00:00:00Z", hours=24, limit=50_000
        ).json()
    assert over_http["catalogue"]["digest"] == found["catalogue"]["digest"]
    assert over_http["passes"] == found["passes"][:50_000]
