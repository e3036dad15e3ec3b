"""Answers about break-ups, decay and compliance, and their queries."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import DateText, TimeText
from api.models.answers import Answer
from api.models.queries import AsOf, Name

MAX_PIECE_ASSETS = 10_000_000
MAX_DECAY_OBJECTS = 2_000
Format = Annotated[Literal["json", "svg", "png"], Field(description="json, or a picture.")]


class FleetFields(BaseModel):
    """Whose fleet."""

    alliance: Annotated[Name | None, Field(description="Whose fleet.")] = None
    on: Annotated[DateText | None, Field(description="Members on that day; default: the catalogue's.")] = None
    commercial: Annotated[bool, Field(description="Count companies by the state of their seat, with `alliance`.")] = (
        False
    )


class _Query(FleetFields):
    model_config = ConfigDict(extra="forbid")

    as_of: AsOf = None


class BreakUpFields(FleetFields):
    """What breaks up, how, and whose hazard is asked for."""

    object: Annotated[int, Field(ge=1, le=999_999_999, description="Catalogue number of what breaks up.")]
    at: TimeText | None = None
    with_object: Annotated[
        int | None, Field(ge=1, le=999_999_999, description="What strikes it; it explodes without.")
    ] = None
    impactor_kg: Annotated[float | None, Field(gt=0.0, le=1e6, allow_inf_nan=False)] = None
    speed_km_s: Annotated[float | None, Field(gt=0.0, le=20.0, allow_inf_nan=False)] = None
    smallest_m: Annotated[float, Field(ge=0.05, le=1.0, allow_inf_nan=False, description="Smallest piece.")] = 0.1
    mass_kg: Annotated[float | None, Field(gt=0.0, le=1e6, allow_inf_nan=False, description="Of the object.")] = None
    scale: Annotated[float, Field(gt=0.0, le=10.0, allow_inf_nan=False, description="S of an explosion.")] = 1.0
    seed: Annotated[int, Field(ge=0, le=2**31, description="Another one draws another cloud.")] = 1


class BreakUpQuery(BreakUpFields, _Query):
    """What breaks up, how, and whose hazard is asked for. Pieces times assets: at most 10,000,000."""

    format: Format = "json"


class DecayQuery(_Query):
    """Objects or a fleet, at most 2,000, and how far to look."""

    objects: Annotated[str | None, Field(max_length=20_000, description="Catalogue numbers.")] = None
    years: Annotated[float, Field(gt=0.0, le=50.0, allow_inf_nan=False)] = 25.0
    limit: Annotated[int, Field(ge=1, le=MAX_DECAY_OBJECTS, description="Objects listed.")] = 100
    format: Format = "json"


class ComplianceQuery(_Query):
    """Objects or a fleet, at most 2,000."""

    objects: Annotated[str | None, Field(max_length=20_000, description="Catalogue numbers.")] = None
    limit: Annotated[int, Field(ge=1, le=MAX_DECAY_OBJECTS, description="Objects listed.")] = 100


class BreakUpReply(Answer):
    """Pieces with their orbits at the break-up; masses before and after; the hazard to a fleet where one was named."""

    at: str
    kind: str
    is_catastrophic: bool | None
    specific_energy_j_g: float | None
    altitude_km: float
    parents: list[dict[str, Any]]
    smallest_m: float
    pieces: int
    mass_of_pieces_kg: float
    mass_of_dust_kg: float
    mass_before_kg: float
    fall_at_once: int
    leave_earth: int
    fragments: list[dict[str, Any]]
    hazard: dict[str, Any] | None


class HistoryUsed(BaseModel):
    """Earlier element sets that the drag was looked for in."""

    objects: int = Field(description="Objects with two sets or more.")
    sets: int = Field(description="Sets given or held, beside those of the catalogue.")
    left_out: dict[str, int]


class DecayReply(Answer):
    """Re-entry windows, the soonest first; null where an object stays up for the horizon or is not computed."""

    start: str
    horizon_days: float
    objects_counted: int
    left_out: dict[str, int]
    history: HistoryUsed
    windows: list[dict[str, Any]]


class ComplianceReply(Answer):
    """Verdicts counted, by owner and by object; a life of null is longer than 26 years."""

    objects_counted: int
    left_out: dict[str, int]
    history: HistoryUsed
    verdicts: dict[str, dict[str, int]]
    by_owner: dict[str, dict[str, dict[str, int]]]
    objects: list[dict[str, Any]]
