"""What every test may ask for: the real data beside the project, and a rule about skips."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path:
    """The folder with the real catalogues: `SSA_SHARED`, or `../shared` beside the project."""
    return Path(os.environ.get("SSA_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared folder; without it the test is skipped, and in CI (`CI=true`) it fails."""
    folder = shared_folder()
    if not (folder / "data").is_dir():
        reason = "no real data: set SSA_SHARED to the folder that holds data/ and reference/"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
