"""Which fleet with which sensors a coverage question is about, from what a caller wrote."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from api.selection import listed_numbers
from orbits import HorizonMask, Instant, InvalidValue
from ssa.alliances import Alliance, find_alliance
from ssa.candidates import Candidates, joined, of_alliance, of_everything, of_list, of_owner
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.coverage.partners import Sides
from ssa.missions import Missions, missions
from ssa.sensor_fleets import SensorFleet, equip
from ssa.sensors import Elevation, ElevationMask, NadirCone, Sensor, find_sensor


@dataclass(frozen=True, slots=True, kw_only=True)
class FleetChoice:
    """What a caller asked for: exactly one of `objects`, `alliance`, `owner` and `everything`; at most one sensor.

    `min_elevation_deg` is a number or a horizon by azimuth, `AZ:EL,AZ:EL`. `partners` are alliances or states joined by
    commas or `+`, whose fleet is added and compared; `partners_on` their day.
    """

    objects: str | None = None
    alliance: str | None = None
    owner: str | None = None
    everything: bool = False
    on: str | None = None
    commercial: bool = False
    partners: str | None = None
    partners_on: str | None = None
    mission: str | None = None
    sensor: str | None = None
    nadir_half_angle_deg: float | None = None
    min_elevation_deg: float | str | None = None
    use: Literal["access", "swath"] = "access"
    groups: tuple[Alliance, ...] = ()
    own_sensors: Sequence[Sensor] = ()


def choose_fleet(
    snapshot: CatalogueSnapshot,
    choice: FleetChoice,
    *,
    at: Instant,
    missions_of: Callable[[CatalogueSnapshot], Missions] = missions,
) -> SensorFleet:
    """The objects of a choice, each with its sensor, for a question about the time from `at` on.

    Raises `InvalidValue` for none or several kinds of objects or sensors at once, `UnknownName` for unknown names.
    """
    sensor = _sensor(choice)
    candidates = _candidates(snapshot, choice, at)
    partners = _partners(snapshot, choice, at)
    if partners is not None:
        candidates = joined(candidates, partners)
    return equip(
        candidates, use=choice.use, mission=choice.mission, sensor=sensor, own_sensors=choice.own_sensors,
        missions_of=missions_of(snapshot),
    )  # fmt: skip


def choose_sides(snapshot: CatalogueSnapshot, choice: FleetChoice, fleet: SensorFleet, *, at: Instant) -> Sides | None:
    """Which objects of the fleet chosen are the asker's and which the partners'; None where no partners were given."""
    theirs = _partners(snapshot, choice, at)
    if theirs is None:
        return None
    ours = _candidates(snapshot, choice, at)
    return Sides(ours.asked, theirs.asked, np.isin(fleet.rows, ours.rows), np.isin(fleet.rows, theirs.rows))


def joined_names(partners: str) -> str:
    """Partners as one alliance: commas, which read better in a list, and `+` both join.

    >>> joined_names("JPN, KOR")
    'JPN+KOR'
    """
    return "+".join(part.strip() for part in partners.replace("+", ",").split(","))


def _partners(snapshot: CatalogueSnapshot, choice: FleetChoice, at: Instant) -> Candidates | None:
    if choice.partners is None:
        if choice.partners_on is not None:
            raise InvalidValue("partners_on", choice.partners_on, "goes with partners; give them, or leave it out")
        return None
    names = joined_names(choice.partners)
    day = choice.partners_on or choice.on or at.date()
    return of_alliance(find_alliance(names, choice.groups), snapshot, on=day, commercial=choice.commercial)


def _candidates(snapshot: CatalogueSnapshot, choice: FleetChoice, at: Instant) -> Candidates:
    given = [name for name in ("objects", "alliance", "owner") if getattr(choice, name) is not None]
    given += ["all"] if choice.everything else []
    if len(given) != 1:
        said = " and ".join(given) or "none of them"
        raise InvalidValue("objects", said, "say whose: exactly one of alliance, owner, objects and all")
    if choice.commercial and choice.alliance is None and choice.partners is None:
        raise InvalidValue("commercial", True, "goes with an alliance only; give one, or leave it out")
    day = choice.on or at.date()
    if choice.alliance is not None:
        alliance = find_alliance(choice.alliance, choice.groups)
        return of_alliance(alliance, snapshot, on=day, commercial=choice.commercial)
    if choice.owner is not None:
        return of_owner(choice.owner, snapshot, on=day)
    if choice.objects is not None:
        return of_list(listed_numbers("objects", choice.objects), snapshot, on=day)
    return of_everything(snapshot, on=day)


def _sensor(choice: FleetChoice) -> Sensor | None:
    """The sensor for the whole fleet, None where each object is to have its own."""
    names = ("sensor", "nadir_half_angle_deg", "min_elevation_deg")
    given = [name for name in names if getattr(choice, name) is not None]
    if len(given) > 1:
        raise InvalidValue("sensor", " and ".join(given), "give one sensor for the whole fleet, or none")
    if choice.sensor is not None:
        return find_sensor(choice.sensor, choice.own_sensors)
    if choice.nadir_half_angle_deg is not None:
        try:
            cone = NadirCone(choice.nadir_half_angle_deg)
        except InvalidValue as error:
            raise InvalidValue("nadir_half_angle_deg", error.value, error.reason) from None
        return Sensor(f"nadir cone of {choice.nadir_half_angle_deg:g} deg", choice.use, cone)
    if choice.min_elevation_deg is not None:
        return _elevation(choice.min_elevation_deg, choice.use)
    return None


def _elevation(asked: float | str, use: Literal["access", "swath"]) -> Sensor:
    """Above an elevation, or above a horizon by azimuth."""
    try:
        mask = HorizonMask.parse(asked) if isinstance(asked, str) else HorizonMask.level(asked)
        if mask.is_level:
            return Sensor(f"elevation of {mask.lowest_deg:g} deg or more", use, Elevation(mask.lowest_deg))
        return Sensor(f"elevation above a horizon of {len(mask.points)} points", use, ElevationMask(mask))
    except InvalidValue as error:
        raise InvalidValue("min_elevation_deg", error.value, error.reason) from None
