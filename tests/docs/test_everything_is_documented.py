"""Every route, command, option, setting and problem stands in `api/README.md`, and nothing that is not there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

import orbits.errors
import ssa.errors
from api.app import create_app
from api.command_line import app
from api.errors import HTTP_PROBLEMS, INTERNAL, KINDS, USAGE, problem_of
from api.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "api" / "README.md").read_text(encoding="utf-8")
EVERYWHERE = {"--json", "--database", "--help"}  # said once, above the table


def commands() -> Iterator[tuple[str, Any]]:
    def below(name: str, command: Any) -> Iterator[tuple[str, Any]]:
        for child, found in getattr(command, "commands", {}).items():
            yield from below(f"{name} {child}", found)
        if not getattr(command, "commands", None):
            yield name, command

    return below("ssa", typer.main.get_command(app))


COMMANDS = dict(commands())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_table_with_its_options(name: str) -> None:
    lines = [line for line in README.splitlines() if line.startswith(f"| `{name}")]
    assert len(lines) == 1, f"{name} has no row of its own"
    options = {text for option in COMMANDS[name].params for text in option.opts if text.startswith("--")}
    said = lines[0]
    if "as for `passes`" in said:
        said += next(line for line in README.splitlines() if line.startswith("| `ssa passes`"))
    missing = [option for option in sorted(options - EVERYWHERE) if f"`{option}" not in said]
    assert missing == []
    unknown = set(re.findall(r"(--[a-z-]+)", lines[0])) - options
    assert unknown == set()


def test_every_route_stands_in_the_table_and_no_other() -> None:
    section = README.partition("## Routes")[2].partition("## Problems")[0]
    told = set(
        re.findall(r"`(/[^`?]*)`", "\n".join(line.split("|")[1] for line in section.splitlines() if "|" in line))
    )
    served = set(create_app(Settings(database_url="sqlite:////nowhere/at/all.sqlite3")).openapi()["paths"])
    assert told == served | {"/"}


def test_every_setting_stands_in_the_table() -> None:
    section = README.partition("## Settings")[2]
    told = set(re.findall(r"`(SSA_[A-Z_]+)`", section))
    assert {f"SSA_{name.upper()}" for name in Settings.model_fields} <= told


def test_every_problem_stands_in_the_table_with_its_status_and_no_other() -> None:
    section = README.partition("## Problems")[2].partition("## Settings")[0]
    told = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        names = re.findall(r"`([a-z-]+)`", cells[1]) if len(cells) > 4 and "urn:" not in line else []
        statuses = [int(text) for text in re.findall(r"\d+", cells[2])] if names else []
        told |= {name: (status, int(cells[3])) for name, status in zip(names, statuses, strict=True)}
    kinds = (*KINDS, INTERNAL, USAGE, *HTTP_PROBLEMS.values())
    assert told == {kind.name: (kind.status, kind.exit_status) for kind in kinds}


@pytest.mark.parametrize("module", [orbits.errors, ssa.errors])
def test_every_error_of_the_packages_has_a_row_in_the_table_of_problems(module: Any) -> None:
    bases = {"OrbitsError", "SsaError"}  # never raised themselves
    found = [value for value in vars(module).values() if isinstance(value, type) and issubclass(value, Exception)]
    assert found
    for kind in found:
        if kind.__name__ not in bases:
            error = kind.__new__(kind)
            error.field, error.value, error.reason, error.refused = "field", 1, "reason", ()
            assert problem_of(error) is not None, kind


def told_commands() -> list[str]:
    """The lines of the READMEs that call `ssa`."""
    texts = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "api/README.md")]
    return re.findall(r"^ssa .+$", "\n".join(texts), re.MULTILINE)


@pytest.mark.parametrize("line", told_commands())
def test_every_command_that_a_readme_shows_can_be_called_as_it_stands(line: str) -> None:
    words = shlex.split(line.partition(" #")[0])
    name = next(name for name in COMMANDS if words[: len(name.split())] == name.split())
    # parses every option and argument, and raises for one that is not there; runs nothing
    COMMANDS[name].make_context(name, words[len(name.split()) :])


def test_the_readmes_show_commands() -> None:
    assert len(told_commands()) >= 4
