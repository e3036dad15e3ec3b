"""Fleets with sensors: which sensor each object is taken to carry, and why; and who is left out, and why.

Order of evidence, the first that fits: a sensor given for the whole fleet; a user's own sensors, by number or name; the
packaged sensors, by name and owner; an assumed sensor of the object's mission and kind of orbit. A name alone is not
enough: where the object's mission is known and is none that the sensor serves, the sensor is not taken. Nothing is
assumed where a mission says little of a sensor (weather, science, technology) or is unknown.

`use` is the question. `access`: what could be tasked; an imager with a fixed view is taken with its swath, as nothing
of it can be pointed. `swath`: what is imaged in routine; an object that images by tasking only is left out.
Communication and navigation satellites are taken with their service for either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import numpy as np

from orbits.arrays import Integers, Texts, read_only
from ssa.candidates import Candidates
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.errors import UnknownName
from ssa.missions import Missions, mission_categories, missions
from ssa.regimes import regimes_of
from ssa.sensors.named import Sensor, Use, all_sensors

Question = Literal["access", "swath"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An object of the fleet and mission asked for that has no sensor to answer with."""

    norad_id: int
    name: str
    owner: str | None
    mission: str
    reason: str


@dataclass(frozen=True, eq=False)
class SensorFleet:
    """Objects with their sensors, as columns of one row per object (k,), read-only, in the order of the catalogue.

    `rows` are rows of `snapshot`; `sensor_row` those of `sensors`, the different sensors in use; `why` says how each
    was found. `without_sensor` lists the objects that serve the mission and have none; `left_out` counts all the rest
    of the catalogue by reason.
    """

    snapshot: CatalogueSnapshot
    asked: str
    use: Question
    rows: Integers
    sensor_row: Integers
    sensors: tuple[Sensor, ...]
    why: Texts
    without_sensor: tuple[LeftOut, ...]
    left_out: Mapping[str, int]
    not_in_catalogue: tuple[int, ...]
    caveats: tuple[str, ...]

    def __post_init__(self) -> None:
        for column, dtype in (("rows", np.int64), ("sensor_row", np.int64), ("why", np.object_)):
            object.__setattr__(self, column, read_only(getattr(self, column), dtype))
        object.__setattr__(self, "left_out", MappingProxyType(dict(self.left_out)))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def objects(self) -> CatalogueSnapshot:
        """The objects with a sensor, as a part of the catalogue."""
        return self.snapshot[self.rows]

    def counts(self) -> dict[str, int]:
        """How many objects have each sensor, the most first."""
        named = Counter(self.sensors[row].name for row in self.sensor_row.tolist())
        return dict(sorted(named.items(), key=lambda item: (-item[1], item[0])))

    def counts_without(self) -> dict[str, int]:
        """How many objects have no sensor, by reason, the most first."""
        return dict(Counter(one.reason for one in self.without_sensor).most_common())

    def described(self) -> list[dict[str, Any]]:
        """The answer's `fleet`: norad_id, name, owner, sensor and why, object by object."""
        objects = self.objects
        columns = (objects.elements.norad_id.tolist(), objects.elements.name, objects.owner, self.sensor_row, self.why)
        return [
            {"norad_id": norad_id, "name": name, "owner": owner, "sensor": self.sensors[sensor].name, "why": why}
            for norad_id, name, owner, sensor, why in zip(*columns, strict=True)
        ]


def equip(
    candidates: Candidates,
    *,
    use: Question = "access",
    mission: str | None = None,
    sensor: Sensor | None = None,
    own_sensors: Sequence[Sensor] = (),
    missions_of: Missions | None = None,
) -> SensorFleet:
    """Give every candidate that serves `mission` its sensor.

    `sensor` is used for all of them, whatever they are; `own_sensors` come before the packaged ones. `missions_of` are
    the missions of the candidates' snapshot, by default told from names. Raises `UnknownName` for an unknown mission or
    use.
    """
    if use not in ("access", "swath"):
        raise UnknownName("use", use, ["access", "swath"])
    snapshot = candidates.snapshot
    told = missions(snapshot) if missions_of is None else missions_of
    left_out = Counter(candidates.left_out)
    rows = candidates.rows
    if mission is not None:
        serving = told.serving(mission)[rows]
        for row in rows[~serving].tolist():
            unknown = told.category[row] == "unknown"
            left_out["mission not known" if unknown else f"mission is not {mission}"] += 1
        rows = rows[serving]
    wanted = frozenset(mission_categories(mission)) if mission is not None else None
    regimes = regimes_of(snapshot.elements[rows])
    taken: list[tuple[int, Sensor, str]] = []
    without: list[LeftOut] = []
    for row, regime in zip(rows.tolist(), regimes, strict=True):
        known = _Known(
            int(snapshot.elements.norad_id[row]), str(snapshot.elements.name[row]), snapshot.owner[row],
            tuple(told.categories[row]), str(regime), str(told.why[row]),
        )  # fmt: skip
        found, why = (sensor, "given for the whole fleet") if sensor else _choose(known, wanted, use, own_sensors)
        if found is None:
            without.append(LeftOut(known.norad_id, known.name, known.owner, known.missions[0], why))
        else:
            taken.append((row, found, why))
    used = tuple(dict.fromkeys(found for _, found, _ in taken))
    place = {one: number for number, one in enumerate(used)}
    return SensorFleet(
        snapshot=snapshot, asked=candidates.asked, use=use,
        rows=np.array([row for row, _, _ in taken], dtype=np.int64),
        sensor_row=np.array([place[one] for _, one, _ in taken], dtype=np.int64), sensors=used,
        why=np.array([why for _, _, why in taken], dtype=np.object_), without_sensor=tuple(without),
        left_out=dict(left_out.most_common()), not_in_catalogue=candidates.not_in_catalogue,
        caveats=(*candidates.caveats, *_caveats(taken, use, mission, told, sensor)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    norad_id: int
    name: str
    owner: str | None
    missions: tuple[str, ...]
    regime: str
    why_mission: str


def _choose(
    known: _Known, wanted: frozenset[str] | None, use: Question, own_sensors: Sequence[Sensor]
) -> tuple[Sensor | None, str]:
    """The sensor and how it was found, or None and why there is none."""
    unknown = known.missions == ("unknown",)
    asked = [name for name in known.missions if wanted is None or name in wanted]
    named = [one for one in (*own_sensors, *all_sensors()) if one.is_of(known.name, known.owner, known.norad_id)]
    fitting = [one for one in named if unknown or not one.missions or not set(asked).isdisjoint(one.missions)]
    for one in _in_question(fitting, use):
        return one, _why(one, known, use)
    if fitting:
        names = ", ".join(one.name for one in fitting)
        return None, f"no routine swath is known: it images where it is tasked ({names}); ask for access"
    for mission in asked:
        for one in _in_question(all_sensors(), use):
            if one.basis == "assumed" and mission in one.missions and known.regime in (one.regimes or (known.regime,)):
                return one, f"assumed for {mission}: {known.why_mission}"
    if named:
        served = ", ".join(dict.fromkeys(name for one in named for name in one.missions))
        return None, f"{named[0].name} fits its name, but serves {served}, not {', '.join(known.missions)}"
    if unknown:
        return None, f"no known sensor: mission not known ({known.why_mission})"
    return None, f"no known sensor for {known.missions[0]} in {known.regime}{_as(use)}"


def _as(use: Question) -> str:
    return " with a routine swath; ask for access" if use == "swath" else ""


def _in_question(sensors: Sequence[Sensor], use: Question) -> list[Sensor]:
    """The sensors that answer the question, the most direct first, each in its order."""
    uses: tuple[Use, ...] = ("access", "swath", "service") if use == "access" else ("swath", "service")
    return sorted((one for one in sensors if one.use in uses), key=lambda one: uses.index(one.use))


def _why(one: Sensor, known: _Known, use: Question) -> str:
    whose = "a sensor of the user's" if one.basis == "given" else "named sensor"
    how = "by catalogue number" if known.norad_id in one.norad_ids else "by name"
    owner = f" and owner {known.owner}" if one.owners and known.owner and how == "by name" else ""
    fixed = ", which has a fixed view: its swath is all it has access to"
    return f"{whose}, {how}{owner}" + (fixed if use == "access" and one.use == "swath" else "")


def _caveats(
    taken: list[tuple[int, Sensor, str]], use: Question, mission: str | None, told: Missions, given: Sensor | None
) -> list[str]:
    assumed = sum(one.basis == "assumed" for _, one, _ in taken)
    doubtful = sum("not re-read" in one.checked for _, one, _ in taken)
    misfits = sum(
        bool(one.missions) and set(told.categories[row]).isdisjoint(one.missions) for row, one, _ in taken if given
    )
    meaning = {
        "access": "access: what could be tasked, one target at a time; not what was or will be imaged",
        "swath": "swath: what a pass images in routine; duty cycles and clouds are not counted",
    }
    daylight = any(one.rule.needs_sun for _, one, _ in taken)
    said = [
        bool(taken) and meaning[use],
        mission and "missions are told from names and public lists: names are hints, and dual use is common",
        assumed and f"{assumed} of {len(taken)} objects have an assumed sensor, named so",
        doubtful and f"{doubtful} of {len(taken)} objects have a published sensor whose figures were not read again",
        misfits and f"{misfits} objects are given a sensor that does not serve their mission",
        daylight
        and not given
        and "daylight is the Sun's centre above the horizon at the target; operators ask for more",
    ]
    return [text for text in said if isinstance(text, str)]
