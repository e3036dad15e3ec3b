"""Answers about alliances: members on a day, and fleets."""

from __future__ import annotations

from pydantic import BaseModel

from api.models.answers import Answer


class AllianceRow(BaseModel):
    """One alliance of the list; `members` counts them on the day."""

    id: str
    name: str
    kind: str
    aliases: list[str]
    members: int
    established: str | None
    as_of: str | None
    origin: str


class AlliancesAnswer(Answer):
    """The alliances that are known."""

    on: str
    alliances: list[AllianceRow]


class MemberRow(BaseModel):
    """One member on the day."""

    iso3: str
    country: str
    joined: str | None
    left: str | None
    standing: str | None
    role: str | None
    note: str | None
    disputed: bool


class FleetCounts(BaseModel):
    """What counts for the alliance, and what does not, with reasons."""

    objects: int
    by_rule: dict[str, int]
    by_owner: dict[str, int]
    by_member: dict[str, int]
    shared: int
    listed: int
    left_out: dict[str, int]
    not_in_catalogue: list[int]


class AllianceAnswer(Answer):
    """An alliance on a day: members and fleet."""

    id: str
    name: str
    kind: str
    aliases: list[str]
    established: str | None
    as_of: str | None
    origin: str
    on: str
    note: str
    sources: list[str]
    checked: str
    members: list[MemberRow]
    fleet: FleetCounts
