"""Node for the checks of the page's modules: a developer's tool, needed neither to install nor to run."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "api" / "static"
HERE = Path(__file__).resolve().parent
OLDEST = 20  # the first with a test runner that is not experimental


def node(*arguments: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs Node and returns what it said; skips the test where there is none, in CI too: nothing ships with it."""
    program = shutil.which("node")
    if program is None:
        pytest.skip("no Node: install nodejs to check the page's modules outside the browser")
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    if int(version.removeprefix("v").split(".")[0]) < OLDEST:
        pytest.skip(f"Node {version.strip()} is older than {OLDEST}")
    return subprocess.run(
        [program, *map(str, arguments)], capture_output=True, text=True, cwd=ROOT, input=text, timeout=120
    )
