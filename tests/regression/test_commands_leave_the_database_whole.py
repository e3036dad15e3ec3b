"""When a command has ended, its SQLite file holds all: nothing waits in a log beside it that a copy would lack."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = (
    "alerts save night --watch 25544",
    "alerts list",
    "webhooks add https://hooks.example.org/x --watchlist night",
    "webhooks list",
    "jobs list",
    "alerts remove night",
)


def test_no_log_is_left_beside_the_file(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite3"
    for command in COMMANDS:
        ran = subprocess.run(
            [sys.executable, "-m", "api.command_line", *command.split()], timeout=60.0, capture_output=True, text=True,
            env={**os.environ, "SSA_DATABASE_URL": f"sqlite:///{file}"}, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        assert [found.name for found in tmp_path.iterdir()] == [file.name], command
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(file.read_bytes())
    with sqlite3.connect(copy) as connection:
        assert connection.execute("SELECT count(*) FROM webhooks").fetchone() == (1,)


@pytest.mark.parametrize("command", ["alerts policies", "alerts list", "alerts policies --json"])
def test_a_reader_that_leaves_early_is_no_finding_and_no_all_clear(tmp_path: Path, command: str) -> None:
    """Status 1 would say that an alert stands, 0 that none does."""
    line = f"'{sys.executable}' -m api.command_line {command} 2>&1 | true; echo ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "SSA_DATABASE_URL": f"sqlite:///{tmp_path / 'catalogue.sqlite3'}"}
    ran = subprocess.run(
        ["bash", "-c", line], timeout=60.0, capture_output=True, text=True, env=environment, check=True
    )
    assert ran.stdout.strip() == "141", ran.stderr
