"""Every named sensor, every rule and every key of a sensors file stand in docs/sensors.md, as they are."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from ssa.sensors import read_sensors
from ssa.sensors.json_form import CONDITIONS
from ssa.sensors.sensors_file import KEYS
from tests.docs.sensor_table import table

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "sensors.md").read_text(encoding="utf-8")


def test_the_table_of_named_sensors_is_that_of_the_package():
    assert PAGE.partition("## Named sensors")[2].partition("\n| ")[2] == table().removeprefix("| ") + "\n"


@pytest.mark.parametrize("name", CONDITIONS)
def test_every_rule_has_a_row_with_its_fields_in_order(name):
    kind = CONDITIONS[name]
    call = f"`{kind.__name__}({', '.join(part.name for part in fields(kind))})`"
    assert [line for line in PAGE.splitlines() if line.startswith(f"| {call} | `{name}` |")], call


def test_every_key_of_a_sensors_file_is_told_and_the_example_is_read():
    section = PAGE.partition("## Sensors of your own")[2].partition("## Named sensors")[0]
    assert all(f"`{key}`" in section or f"\n{key} =" in section for key in KEYS)
    assert read_sensors(section.partition("```toml\n")[2].partition("```")[0], "toml")[0].use == "access"
