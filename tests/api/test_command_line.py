"""`ssa`: answers on standard output, everything else on standard error, and the exit status of the contract."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from orbits.formats import write_element_sets
from tests.faces import DECAYING, GEO_VISIBLE, LEO, AppClient, real_elements

START = "2026-03-10T06:00:00Z"
PASSES = ["passes", "--site", "54.9,23.9", "--start", START, "--hours", "24"]


def test_passes_as_json_are_the_answer_of_the_service(ssa: Any, real: AppClient) -> None:
    done = ssa(*PASSES, "--all", "--json")
    assert done.status == 0
    assert done.err == ""
    over_http = real.get("/v1/passes", site="54.9,23.9", all=True, start=START, hours=24).json()
    assert done.json == over_http


def test_passes_as_a_table_name_what_is_needed_and_steer_no_terminal(ssa: Any) -> None:
    done = ssa(*PASSES, "--all")
    assert done.status == 0
    assert "CIRCULAR LEO" in done.out
    assert chr(27) not in done.out + done.err
    assert "12 objects" not in done.err
    assert "10 objects" in done.err
    assert "Skipped: 90009 GONE: decayed on 2026-03-01" in done.err
    assert "Note: Element sets are good to about 1 km" in done.err


def test_passes_as_csv_and_ics_have_nothing_else_on_standard_output(ssa: Any) -> None:
    count = ssa(*PASSES, "--all", "--json").json["passes_found"]
    rows = list(csv.DictReader(io.StringIO(ssa(*PASSES, "--all", "--format", "csv").out)))
    assert len(rows) == count
    calendar = ssa(*PASSES, "--all", "--format", "ics").out
    assert calendar.startswith("BEGIN:VCALENDAR\r\n")
    assert calendar.endswith("END:VCALENDAR\r\n")
    assert calendar.count("BEGIN:VEVENT") == count


def test_propagate_gives_states_in_teme_and_itrs_with_their_status(ssa: Any, real: AppClient) -> None:
    done = ssa("propagate", "--objects", f"{LEO},{DECAYING},7", "--at", "2026-05-30T00:00:00Z", "--json")
    assert done.status == 0
    first, second = done.json["objects"]
    assert first["states"][0]["status"] == 0
    assert len(first["states"][0]["position_itrs_km"]) == 3
    assert second["states"][0]["position_teme_km"] is None
    assert done.json["failed"][0]["norad_id"] == DECAYING
    assert done.json["skipped"] == [{"norad_id": 7, "name": None, "reason": "not in the catalogue"}]
    grid = ssa("propagate", "--objects", str(LEO), "--start", START, "--end", "2026-03-10T07:00:00Z", "--json").json
    over_http = real.get(f"/v1/objects/{LEO}/ephemeris", start=START, hours=1).json()
    assert grid["objects"] == over_http["objects"]


def test_propagate_as_a_table_shows_a_row_for_each_state(ssa: Any) -> None:
    done = ssa(
        "propagate", "--objects", str(GEO_VISIBLE), "--start", START, "--end", "2026-03-10T07:00:00Z", "--step", "1800"
    )
    assert done.status == 0
    assert done.out.count("GEO AT 20 E") == 3


def test_catalogue_info_counts_what_is_held(ssa: Any) -> None:
    told = ssa("catalogue", "info", "--json").json
    assert told["catalogue"]["objects"] == len(real_elements())
    assert told["by_type"] == {"PAY": 8, "DEB": 1, "R/B": 1, "unknown": 1}
    assert sum(band["objects"] for band in told["by_age"]) == len(real_elements())
    assert "11 objects, REAL, as of 2026-03-10T04:00:00Z" in ssa("catalogue", "info").out


def test_import_takes_files_of_different_forms_and_facts_in_one_go(ssa: Any, tmp_path: Path) -> None:
    elements = real_elements()
    (tmp_path / "first.txt").write_text(write_element_sets(elements[:4], "3le"), encoding="utf-8")
    (tmp_path / "second.txt").write_bytes(gzip.compress(write_element_sets(elements[4:8], "omm-csv").encode()))
    (tmp_path / "satcat.csv").write_text(f"NORAD_CAT_ID,OWNER,OBJECT_TYPE\n{LEO},FR,PAY\n", encoding="utf-8")
    into = ["--database", str(tmp_path / "new.sqlite3"), "--json"]
    done = ssa(
        "catalogue", "import", str(tmp_path / "first.txt"), str(tmp_path / "second.txt"), "--satcat",
        str(tmp_path / "satcat.csv"), "--as-of", "2026-03-10T04:00:00Z", *into,
    )  # fmt: skip
    assert done.status == 0
    assert (done.json["ingest"]["sets_new"], done.json["ingest"]["facts_new"]) == (8, 1)
    assert done.json["catalogue"]["as_of"] == "2026-03-10T04:00:00Z"
    assert ssa("catalogue", "info", *into).json["by_owner"] == {"unknown": 7, "FR": 1}


def test_import_lists_damaged_records_and_loads_their_neighbours(ssa: Any, tmp_path: Path) -> None:
    lines = write_element_sets(real_elements()[:3], "tle").splitlines()
    lines[2] = lines[2][:-1] + str((int(lines[2][-1]) + 1) % 10)  # a wrong checksum
    file = tmp_path / "damaged.tle"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = ssa("catalogue", "import", str(file), "--database", str(tmp_path / "new.sqlite3"), "--json")
    assert done.status == 0
    assert (done.json["ingest"]["sets_new"], done.json["ingest"]["refused"]) == (2, 1)
    assert done.json["refused_records"][0]["line"] == 3
    assert "1 damaged records were refused" in done.json["caveats"][0]


def test_update_from_the_simulated_source_fills_an_empty_catalogue_and_says_so(ssa: Any, tmp_path: Path) -> None:
    into = ["--database", str(tmp_path / "new.sqlite3"), "--json"]
    done = ssa("catalogue", "update", "--source", "simulated", *into)
    assert done.status == 0
    assert done.json["catalogue"]["data_mode"] == "SIMULATED"
    assert done.json["caveats"][0].startswith("SIMULATED catalogue")
    again = ssa("catalogue", "update", "--source", "simulated", "--when-empty", *into)
    assert (again.status, again.json["feeds"]) == (0, [])


def test_warmup_readies_the_kernels(ssa: Any) -> None:
    done = ssa("warmup", "--json")
    assert done.status == 0
    assert done.json["kernels"] >= 5


def test_selfcheck_finds_nothing_in_a_sound_installation(ssa: Any) -> None:
    done = ssa("selfcheck", "--json")
    checks = {check["name"]: check for check in done.json["checks"]}
    found = [check for check in done.json["checks"] if check["outcome"] == "finding"]
    # old tables of the Earth's orientation are a finding of the day the test runs on, not of the installation
    assert [check["name"] for check in found if check["name"] != "Earth orientation"] == []
    assert done.status == (1 if found else 0)
    assert checks["SGP4 verification file"]["figures"]["states"] > 700
    assert checks["SGP4 on the catalogue"]["figures"]["objects"] == len(real_elements())
    assert checks["TEME to ITRS"]["figures"]["worst_m"] < 1.0


def test_selfcheck_ends_with_1_when_the_database_is_damaged(ssa: Any, real_database: str, tmp_path: Path) -> None:
    file = tmp_path / "damaged.sqlite3"
    shutil.copy(real_database.removeprefix("sqlite:///"), file)
    connection = sqlite3.connect(file)
    connection.execute("UPDATE element_sets SET inclination_deg = 12.5 WHERE norad_id = ?", (LEO,))
    connection.commit()
    connection.close()
    done = ssa("selfcheck", "--database", str(file), "--json")
    assert done.status == 1
    (found,) = [check for check in done.json["checks"] if check["name"] == "Database"]
    assert found["outcome"] == "finding"
    assert str(LEO) in found["detail"]


def test_a_groups_file_adds_groups_of_ones_own(ssa: Any, tmp_path: Path) -> None:
    file = tmp_path / "groups.toml"
    file.write_text(f'[[groups]]\nid = "watch"\nname = "Watch"\nnorad_ids = [{LEO}, {GEO_VISIBLE}]\n', encoding="utf-8")
    found = ssa(*PASSES, "--alliance", "watch", "--groups", str(file), "--json").json
    assert found["objects_searched"] == 2
    assert found["selection"]["counted_by"] == {"named-catalogue-number": 2}


def test_help_is_there_for_every_command_and_ends_with_0(ssa: Any) -> None:
    for command in ([], ["catalogue"], ["catalogue", "import"], ["passes"], ["propagate"], ["serve"], ["selfcheck"]):
        done = ssa(*command, "--help")
        assert done.status == 0
        assert "Usage: ssa" in done.out


def test_the_console_script_runs_as_a_process_and_keeps_its_streams_apart(real_database: str) -> None:
    command = [sys.executable, "-m", "api.command_line", *PASSES, "--objects", str(LEO), "--database", real_database]
    for extra, status in ((["--json"], 0), (["--json", "--mission", "nonsense"], 2)):
        done = subprocess.run([*command, *extra], capture_output=True, check=False, env=os.environ)
        assert done.returncode == status, done.stderr.decode()
        assert isinstance(json.loads(done.stdout), dict)


def test_help_imports_nothing_that_is_slow() -> None:
    code = "import sys; from api.command_line import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    slow = {"numpy", "numba", "sqlalchemy", "fastapi", "uvicorn", "httpx2", "skyfield"}
    assert slow & set(done.stderr.split()) == set()
