"""Sensors of a user's own, from JSON or TOML.

The text holds a list `sensors`; each has a `name`, a `use` (swath, access or service) and a `rule` in the form of
`ssa.sensors.json_form`, and may have `satellites` (names, `*` for anything), `norad_ids`, `owners` (owner codes),
`missions` (categories or groups of them), `sources` and `note`. In TOML:

    [[sensors]]
    name = "BALTSAT camera access"
    use = "access"
    satellites = ["BALTSAT-*"]
    rule = { all_of = [
        { rule = "off_nadir", max_off_nadir_deg = 30 },
        { rule = "sun_elevation", min_sun_elevation_deg = 10 },
    ] }

This module reads text; whoever calls it opens the file.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from typing import Any, Literal

from orbits.elements import MAX_NORAD_ID
from orbits.errors import InvalidValue
from ssa.errors import UnknownName
from ssa.missions import mission_categories
from ssa.names import folded, nearest_names
from ssa.owners import find_owner
from ssa.sensors.json_form import rule_from_json
from ssa.sensors.named import USES, Sensor, all_sensors
from ssa.sensors.program import compiled, for_access
from ssa.structured_text import parsed

KEYS = ("name", "use", "rule", "satellites", "norad_ids", "owners", "missions", "sources", "note")


def read_sensors(text: str | bytes, form: Literal["json", "toml"], *, file: str = "sensors file") -> tuple[Sensor, ...]:
    """The sensors of a text in the form described above; `file` is what errors call it.

    Raises `InvalidValue` (or `UnknownName`) whose `field` is file and place: `my.toml: sensors[1].rule.side`.

    >>> rule = {"rule": "elevation", "min_elevation_deg": 20}
    >>> import json
    >>> text = json.dumps({"sensors": [{"name": "DOME service", "use": "service", "rule": rule}]})
    >>> str(read_sensors(text, "json")[0])
    'DOME service: elevation at least 20 deg'
    """
    document = parsed(text, form, kind="sensors file", file=file)
    rows = document.get("sensors") if isinstance(document, dict) else None
    if not isinstance(rows, list) or not rows:
        raise InvalidValue(file, _shown(document), "has no list called sensors with at least one sensor in it")
    for key in document:
        if key != "sensors":
            raise UnknownName(file, key, ["sensors"])
    return sensors_of(rows, f"{file}: sensors")


def sensors_of(rows: Sequence[Any], place: str = "sensors") -> tuple[Sensor, ...]:
    """The sensors of a list that was read already; `place` is what errors call it.

    Raises `InvalidValue` (or `UnknownName`) whose `field` is the place: `sensors[1].rule.side`.
    """
    taken = {folded(sensor.name): "a packaged sensor" for sensor in all_sensors()}
    found = []
    for number, row in enumerate(rows):
        sensor = _sensor(row, f"{place}[{number}]")
        if folded(sensor.name) in taken:
            reason = f"is the name of {taken[folded(sensor.name)]}; choose another"
            raise InvalidValue(f"{place}[{number}].name", sensor.name, reason)
        taken[folded(sensor.name)] = f"sensors[{number}]"
        found.append(sensor)
    return tuple(found)


def _sensor(row: Any, place: str) -> Sensor:
    if not isinstance(row, dict):
        raise InvalidValue(place, _shown(row), "is not a table with a name, a use and a rule")
    for key in row:
        if key not in KEYS:
            raise UnknownName(place, key, nearest_names(key, KEYS) or list(KEYS))
    for key in ("name", "use", "rule"):
        if key not in row:
            raise InvalidValue(f"{place}.{key}", None, "is missing; every sensor has a name, a use and a rule")
    name, use = row["name"], row["use"]
    if not isinstance(name, str) or not folded(name) or len(name) > 100:
        raise InvalidValue(f"{place}.name", _shown(name), "must be text of 1 to 100 characters")
    if use not in USES:
        raise UnknownName(f"{place}.use", use, list(USES))
    note = row.get("note", "")
    if not isinstance(note, str):
        raise InvalidValue(f"{place}.note", _shown(note), "must be text")
    patterns = [_whole_name(text) for text in _texts(row, "satellites", place)]
    rule = rule_from_json(row["rule"], f"{place}.rule")
    try:
        compiled(for_access(rule))
    except InvalidValue as error:
        raise InvalidValue(f"{place}.rule", error.value, error.reason) from None
    return Sensor(
        name=name.strip(), use=use, rule=rule, basis="given",
        satellites=tuple(patterns), owners=_owners(row, place), missions=_missions(row, place),
        norad_ids=_norad_ids(row, place), sources=_texts(row, "sources", place), checked="given by the user", note=note,
    )  # fmt: skip


def _whole_name(text: str) -> re.Pattern[str]:
    return re.compile("^" + fnmatch.translate(text.strip().upper()))


def _owners(row: dict[str, Any], place: str) -> tuple[str, ...]:
    codes = _texts(row, "owners", place)
    for number, code in enumerate(codes):
        try:
            find_owner(code)
        except UnknownName as error:
            raise UnknownName(f"{place}.owners[{number}]", code, error.nearest) from None
    return codes


def _missions(row: dict[str, Any], place: str) -> tuple[str, ...]:
    found: list[str] = []
    for number, mission in enumerate(_texts(row, "missions", place)):
        try:
            found.extend(mission_categories(mission))
        except UnknownName as error:
            raise UnknownName(f"{place}.missions[{number}]", mission, error.nearest) from None
    return tuple(dict.fromkeys(found))


def _norad_ids(row: dict[str, Any], place: str) -> tuple[int, ...]:
    values = _entries(row, "norad_ids", place)
    for number, value in enumerate(values):
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_NORAD_ID:
            reason = f"is not a catalogue number; give an integer from 1 to {MAX_NORAD_ID}"
            raise InvalidValue(f"{place}.norad_ids[{number}]", _shown(value), reason)
    return tuple(values)


def _texts(row: dict[str, Any], key: str, place: str) -> tuple[str, ...]:
    values = _entries(row, key, place)
    for number, value in enumerate(values):
        if not isinstance(value, str) or not value.strip():
            raise InvalidValue(f"{place}.{key}[{number}]", _shown(value), "must be text")
    return tuple(values)


def _entries(row: dict[str, Any], key: str, place: str) -> list[Any]:
    values = row.get(key, [])
    if not isinstance(values, list):
        raise InvalidValue(f"{place}.{key}", _shown(values), "must be a list")
    return values


def _shown(value: Any) -> str:
    return "nothing" if value is None else repr(value)[:80]
