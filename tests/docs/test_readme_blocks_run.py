"""Every Python block of the READMEs runs as it stands, in a folder of its own that holds a catalogue file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from orbits.formats import write_element_sets
from tests.orbits_of_note import all_eight

ROOT = Path(__file__).resolve().parents[2]
READMES = (
    "README.md", "orbits/README.md", "ssa/README.md",
    "docs/coverage-measures.md", "docs/navigation.md", "docs/probability.md", "docs/screening.md", "docs/sensors.md",
    "docs/briefings.md",
)  # fmt: skip
BLOCKS = [
    pytest.param(block, id=f"{name}-{number}")
    for name in READMES
    for number, block in enumerate(re.findall(r"```python\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.S))
]


def test_each_readme_shows_how_it_is_used() -> None:
    assert len(BLOCKS) >= len(READMES)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_block_runs(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gzip

    (tmp_path / "catalogue.csv.gz").write_bytes(gzip.compress(write_element_sets(all_eight(), "omm-csv").encode()))
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "README", "exec"), {"__name__": "readme"})
