"""`ssa` when something is wrong: words with the way out, the exit status of the contract, the problem document."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from api.errors import TYPE_PREFIX

START = "2026-03-10T06:00:00Z"
PASSES = ["passes", "--site", "54.9,23.9", "--start", START, "--hours", "24"]

WRONG: dict[str, tuple[list[str], str, str]] = {
    "an option that is none": ([*PASSES, "--everything"], "usage", "--everything"),
    "a command that is none": (["pass"], "usage", "pass"),
    "no site": (["passes", "--all"], "usage", "--site"),
    "words for hours": ([*PASSES[:-1], "long", "--all"], "usage", "--hours"),
    "a format that is none": ([*PASSES, "--all", "--format", "xls"], "usage", "xls"),
    "a latitude past the pole": (["passes", "--site", "91,0", "--all"], "invalid-value", "outside -90 to 90"),
    "a naive start": ([*PASSES[:3], "--start", "2026-03-10T06:00:00", "--all"], "invalid-value", "no time zone"),
    "ten years": ([*PASSES[:-1], "87600", "--all"], "invalid-value", "ask in parts"),
    "a negative length": ([*PASSES[:-1], "-3", "--all"], "invalid-value", "positive"),
    "a length that is no number": ([*PASSES[:-1], "nan", "--all"], "invalid-value", "positive"),
    "a reversed window": (
        ["propagate", "--objects", "1", "--start", START, "--end", "2026-03-09T00:00:00Z"],
        "invalid-value", "later end",
    ),
    "no time": (["propagate", "--objects", "1"], "invalid-value", "--at TIME"),
    "no objects": (PASSES, "invalid-value", "exactly one of"),
    "objects nobody knows": ([*PASSES, "--objects", "7,8"], "invalid-value", "none of them"),
    "an alliance nobody knows": ([*PASSES, "--alliance", "NATOO"], "unknown-name", "NATO"),
    "a mission nobody knows": ([*PASSES, "--all", "--mission", "imagin"], "unknown-name", "imaging"),
    "a file that is not there": (["catalogue", "import", "nowhere.tle"], "invalid-value", "cannot be read"),
    "no file": (["catalogue", "import"], "invalid-value", "at least one file"),
    "a source nobody knows": (["catalogue", "update", "--source", "celestrack"], "unknown-name", "celestrak"),
    "groups that are not there": ([*PASSES, "--all", "--groups", "nowhere.json"], "invalid-value", "cannot be read"),
    "too many states": (
        ["propagate", "--all", "--start", START, "--end", "2026-03-20T06:00:00Z", "--step", "0.001"],
        "invalid-value", "longer step",
    ),
    "a port that is taken or none": (["serve", "--host", "203.0.113.1", "--port", "1"], "invalid-value", "--port"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_calls_end_with_2_and_say_the_way_out(ssa: Any, wrong: str) -> None:
    arguments, name, words = WRONG[wrong]
    told = ssa(*arguments)
    assert (told.status, told.out) == (2, "")
    assert told.err.startswith("Error: ")
    assert words in told.err
    assert "Traceback" not in told.err
    if wrong.startswith("a port"):
        return  # `serve` has no --json
    as_json = ssa(*arguments, "--json")
    assert as_json.status == 2
    assert as_json.json["type"] == TYPE_PREFIX + name
    assert words in as_json.json["detail"]
    assert set(as_json.json) == {"type", "title", "status", "detail", "errors"}


def test_a_file_that_holds_no_element_set_ends_with_2_and_changes_nothing(ssa: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.tle"
    page.write_text("<!DOCTYPE html><html><body>Please log in</body></html>", encoding="utf-8")
    before = ssa("catalogue", "info", "--json").json["catalogue"]["digest"]
    done = ssa("catalogue", "import", str(page), "--json")
    assert done.status == 2
    assert done.json["type"] == TYPE_PREFIX + "element-sets"
    assert "HTML" in done.json["detail"]
    assert ssa("catalogue", "info", "--json").json["catalogue"]["digest"] == before


def broken_database(kind: str, folder: Path, sound: str) -> Path:
    file = folder / "broken.sqlite3"
    if kind == "a newer schema":
        shutil.copy(sound.removeprefix("sqlite:///"), file)
        connection = sqlite3.connect(file)
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
        connection.close()
    elif kind == "no database":
        file.write_bytes(b"notes" * 1000)
    elif kind == "a folder":
        file.mkdir()
    return file


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("a newer schema", "database", "Upgrade allied-ssa"),
        ("no database", "database", "not a SQLite database"),
        ("a folder", "database", "--database"),
        ("an empty one", "empty-catalogue", "ssa catalogue update"),
    ],
)
def test_a_database_that_cannot_be_used_ends_with_3(
    ssa: Any, kind: str, name: str, words: str, tmp_path: Path, real_database: str
) -> None:
    file = broken_database(kind, tmp_path, real_database)
    done = ssa(*PASSES, "--all", "--database", str(file), "--json")
    assert done.status == 3
    assert done.json["type"] == TYPE_PREFIX + name
    assert words in done.json["detail"]


def test_a_source_that_cannot_be_used_ends_with_3(ssa: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSA_SPACE_TRACK_USER", raising=False)
    done = ssa("catalogue", "update", "--source", "space-track", "--database", str(tmp_path / "a.sqlite3"), "--json")
    assert done.status == 3
    assert done.json["type"] == TYPE_PREFIX + "source"
    assert "SSA_SPACE_TRACK_USER" in done.json["detail"]
