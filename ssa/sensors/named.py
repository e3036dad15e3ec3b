"""Named sensors: a rule with a name, what it answers (swath, access, service), for which satellites, by which source.

A *swath* is what a pass images in routine, an *access* what could be tasked, a *service* a link to the ground. They are
different answers: a satellite of 18 km swath and 45 deg of agility images less than 2 % of the width it has access to.

Limits: published figures, none a commitment of an operator, some not confirmed in their text (`checked`). Rows of basis
`assumed` stand for a mission where nothing is published; every answer names the sensor and so says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Literal

from orbits.arrays import Floats
from ssa.data import packaged_facts
from ssa.errors import UnknownName
from ssa.names import folded, nearest_names, without_mark
from ssa.sensors.json_form import rule_from_json
from ssa.sensors.program import compiled, for_access
from ssa.sensors.rules import AccessRule

Use = Literal["swath", "access", "service"]
USES = ("swath", "access", "service")
Basis = Literal["published", "assumed", "given"]


@dataclass(frozen=True)
class Sensor:
    """A rule with a name, as the answers name it.

    `satellites` are patterns on an object's name, with `owners` (owner codes; empty: any), `norad_ids` objects by
    number. `missions` are the categories of `ssa.missions` that the sensor serves, empty for any; `regimes` the kinds
    of orbit (empty: any). `altitude_km` and `swath_km` are those of the published figures.
    """

    name: str
    use: Use
    rule: AccessRule
    basis: Basis = "given"
    missions: tuple[str, ...] = ()
    satellites: tuple[re.Pattern[str], ...] = ()
    owners: tuple[str, ...] = ()
    norad_ids: tuple[int, ...] = ()
    regimes: tuple[str, ...] = ()
    altitude_km: float | None = None
    swath_km: float | None = None
    checked: str = ""
    sources: tuple[str, ...] = ()
    note: str = ""

    def is_of(self, name: str, owner: str | None, norad_id: int) -> bool:
        """Whether the sensor names this object, by number or by name and owner."""
        if norad_id in self.norad_ids:
            return True
        plain = without_mark(name).upper()
        owned = not self.owners or owner is None or owner in self.owners
        return owned and any(pattern.search(plain) for pattern in self.satellites)

    @cached_property
    def program(self) -> Floats:
        """The rule compiled for access: its horizon is in it (see `ssa.sensors.program`)."""
        return compiled(for_access(self.rule))

    def __str__(self) -> str:
        return f"{self.name}: {self.rule}"


@cache
def all_sensors() -> tuple[Sensor, ...]:
    """Every packaged sensor in the order in which they are tried, the assumed ones last."""
    return tuple(_sensor(row) for row in packaged_facts("sensors")["sensors"])


def _sensor(row: dict[str, Any]) -> Sensor:
    def texts(key: str) -> tuple[str, ...]:
        return tuple(row.get(key, ()))

    return Sensor(
        row["name"], row["use"], rule_from_json(row["rule"], row["name"]), row["basis"], texts("missions"),
        tuple(re.compile(pattern) for pattern in row["satellites"]), texts("owners"), regimes=texts("regimes"),
        altitude_km=row.get("altitude_km"), swath_km=row.get("swath_km"), checked=row["checked"],
        sources=texts("sources"), note=row.get("note", ""),
    )  # fmt: skip


def find_sensor(name: str, own: Iterable[Sensor] = ()) -> Sensor:
    """The sensor of a name, in any case, the caller's `own` before the packaged ones.

    Raises `UnknownName` with the nearest names.

    >>> str(find_sensor("sentinel-1 iw swath"))
    'SENTINEL-1 IW swath: incidence 29.1 to 46 deg on the right'
    """
    known = (*own, *all_sensors())
    for sensor in known:
        if folded(sensor.name) == folded(name):
            return sensor
    raise UnknownName("sensor", name, nearest_names(name, [sensor.name for sensor in known]))
