"""Questions and answers about conjunctions."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from api.dependencies import DateText, TimeText
from api.models.answers import Answer
from api.models.queries import Name
from api.models.questions import HeavyRequest
from api.windows import MAX_HOURS

MAX_LISTED_CONJUNCTIONS = 50_000
_SIDE = "all, alliance:NAME, owner:CODE, or catalogue numbers such as 25544,48274."
ObjectType = Literal["PAY", "R/B", "DEB", "UNK"]
Sizes = Annotated[
    list[Annotated[float, Field(gt=0.0, le=200.0)]],
    Field(min_length=3, max_length=3, description="Radial, transverse, normal half sizes about the primary, km."),
]


class ScreeningRequest(HeavyRequest):
    """Primaries, secondaries, a window, and a distance or a volume. Objects of the catalogue x hours: at most
    30,000,000."""

    primaries: Annotated[str, Field(min_length=1, max_length=200_000, description=_SIDE)] = "all"
    secondaries: Annotated[str, Field(min_length=1, max_length=200_000, description=_SIDE)] = "all"
    start: TimeText
    hours: Annotated[float | None, Field(gt=0.0, le=MAX_HOURS, description="Length; 24 without `end`.")] = None
    end: TimeText | None = None
    miss_km: Annotated[
        float | None, Field(ge=0.001, le=200.0, description="Distance below which an approach counts; 5.")
    ] = None
    box_rtn_km: Sizes | None = None
    ellipsoid_rtn_km: Sizes | None = None
    debris_on_debris: Annotated[bool, Field(description="Pairs of debris and rocket bodies, too.")] = True
    same_fleet: Annotated[bool, Field(description="Pairs inside one operator's constellation, too.")] = True
    mission: Annotated[Name | None, Field(description="Primaries that serve a mission, such as imaging.")] = None
    active_only: Annotated[bool, Field(description="Primaries that the catalogue calls operational payloads.")] = False
    primary_types: Annotated[tuple[ObjectType, ...], Field(max_length=4, description="Primaries of these types.")] = ()
    secondary_types: Annotated[tuple[ObjectType, ...], Field(max_length=4, description="And secondaries.")] = ()
    min_relative_speed_km_s: Annotated[float | None, Field(ge=0.0, le=25.0)] = None
    max_age_days: Annotated[
        float, Field(gt=0.0, le=3650.0, description="Element sets farther from the start are not used, and listed.")
    ] = 30.0
    on: Annotated[DateText | None, Field(description="Members of alliances on that day; default: the start.")] = None
    commercial: Annotated[bool, Field(description="Count companies by the state of their seat.")] = False
    limit: Annotated[
        int, Field(ge=1, le=MAX_LISTED_CONJUNCTIONS, description="Conjunctions listed: the nearest, in order of time.")
    ] = 10_000


class ConjunctionRow(BaseModel):
    """One approach: the secondary relative to the primary at the time of closest approach (TCA)."""

    id: str = Field(description="Names it in /v1/conjunctions.")
    primary_id: int
    primary_name: str
    primary_owner: str | None
    primary_type: str | None
    secondary_id: int
    secondary_name: str
    secondary_owner: str | None
    secondary_type: str | None
    tca: str
    miss_distance_km: float
    miss_rtn_km: list[float] = Field(description="Radial, transverse, normal of the primary.")
    relative_speed_km_s: float
    relative_velocity_rtn_km_s: list[float]
    approach_angle_deg: float = Field(description="Between the velocities; 180 is head-on.")
    primary_age_days: float = Field(description="From the epoch of its element set to the TCA.")
    secondary_age_days: float
    latitude_deg: float
    longitude_deg: float
    altitude_km: float
    cut_at_start: bool
    cut_at_end: bool


class StayRow(BaseModel):
    """A pair that stays within the distance for more than a quarter of a revolution."""

    primary_id: int
    primary_name: str
    secondary_id: int
    secondary_name: str
    start: str
    end: str
    closest: str
    min_distance_km: float
    cut_at_start: bool
    cut_at_end: bool


class SkippedRow(BaseModel):
    """An object that was not screened, or not for the whole window."""

    norad_id: int
    name: str
    reason: str


class ScreeningAnswer(Answer):
    """Conjunctions in order of time."""

    start: str
    end: str
    miss_km: float = Field(description="Distance screened; of a volume, its farthest point.")
    primaries: str
    secondaries: str
    conjunctions_found: int
    conjunctions: list[ConjunctionRow]
    stays: list[StayRow]
    skipped: list[SkippedRow] = Field(description="The first 100.")
    skipped_count: int
    skipped_reasons: dict[str, int]
    left_out: dict[str, int]
