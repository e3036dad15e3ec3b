"""Answers about conjunctions that screenings found."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import DateText, NoradIdText, TimeText
from api.models.answers import Answer, CatalogueStamp
from api.models.probability import Dilution, Methods, Usage
from api.models.queries import MAX_PAGE, Name
from api.models.screening import ConjunctionRow

MAX_ASKED_OBJECTS = 100


class ConjunctionsQuery(BaseModel):
    """Which conjunctions of the screenings that are kept; every filter narrows it."""

    model_config = ConfigDict(extra="forbid")

    object: Annotated[
        list[NoradIdText],
        Field(max_length=MAX_ASKED_OBJECTS, description="Catalogue number of either; repeated."),
    ] = []
    alliance: Annotated[
        Name | None,
        Field(description="Either in the fleet of an alliance or state, or of several: NATO+JPN."),
    ] = None
    on: Annotated[DateText | None, Field(description="Members of the alliance on that day; default: today.")] = None
    commercial: Annotated[bool, Field(description="Count companies by the state of their seat, with `alliance`.")] = (
        False
    )
    start: Annotated[TimeText | None, Field(description="Closest approach at this time or later.")] = None
    end: Annotated[TimeText | None, Field(description="Closest approach at this time or earlier.")] = None
    miss_km: Annotated[
        float | None, Field(gt=0.0, le=200.0, allow_inf_nan=False, description="Not farther apart than this.")
    ] = None
    screening: Annotated[
        str | None, Field(min_length=1, max_length=64, description="Of this screening alone: the id of its job.")
    ] = None
    limit: Annotated[int, Field(ge=1, le=MAX_PAGE, description="Conjunctions of a page.")] = 100
    cursor: Annotated[
        str | None, Field(max_length=200, description="Where the page begins: `next` of the page before.")
    ] = None


class MetObject(BaseModel):
    """One of the two objects; `other_...` is the other one as seen from it, in its own RTN axes."""

    norad_id: int
    name: str
    object_id: str | None
    owner: str | None
    object_type: str | None
    ops_status: str | None
    epoch: str
    age_days: float = Field(description="From the epoch of its element set to the TCA.")
    position_teme_km: list[float]
    velocity_teme_km_s: list[float]
    other_rtn_km: list[float]
    other_velocity_rtn_km_s: list[float]
    sigma_rtn_km: list[float] = Field(description="One sigma: radial, transverse, normal.")
    covariance_basis: str
    hard_body_radius_m: float
    hard_body_radius_basis: str


class EncounterPlaneRow(BaseModel):
    """The encounter plane: where the secondary is, how uncertain both together, how large both together."""

    miss_km: list[float] = Field(description="x and y of the secondary.")
    covariance_km2: list[list[float]] = Field(description="[[xx, xy], [xy, yy]] of both together.")
    hard_body_radius_m: float = Field(description="Of both together.")
    axes_rtn: list[list[float]] = Field(description="x and y as unit vectors in the primary's RTN axes.")
    axes_note: str


class ConjunctionProbability(BaseModel):
    """The value to use with its method (null where none applies), and all methods with the usage test."""

    value: float | None
    method: str
    covariance_basis: list[str] = Field(description="Of the primary's and of the secondary's.")
    hard_body_radius_m: float
    methods: Methods
    refused: dict[str, str]
    dilution: Dilution
    usage: Usage


class ConjunctionFiles(BaseModel):
    """Addresses of the same as files."""

    cdm: str
    czml: str


class ConjunctionInFull(BaseModel):
    """One conjunction; the miss is the secondary's place relative to the primary."""

    id: str
    primary_id: int
    primary_name: str
    primary_owner: str | None
    primary_type: str | None
    secondary_id: int
    secondary_name: str
    secondary_owner: str | None
    secondary_type: str | None
    tca: str
    is_closest_approach: bool = Field(description="False where a window cut the approach: the distance still falls.")
    miss_distance_km: float
    miss_rtn_km: list[float] = Field(description="Radial, transverse, normal of the primary.")
    relative_speed_km_s: float
    relative_velocity_rtn_km_s: list[float]
    approach_angle_deg: float = Field(description="Between the velocities; 180 is head-on.")
    primary_age_days: float
    secondary_age_days: float
    latitude_deg: float
    longitude_deg: float
    altitude_km: float
    primary: MetObject
    secondary: MetObject
    encounter_plane: EncounterPlaneRow | None
    probability: ConjunctionProbability
    files: ConjunctionFiles


class ConjunctionAnswer(Answer):
    """One conjunction in full."""

    conjunction: ConjunctionInFull


class ListedConjunction(ConjunctionRow):
    """A conjunction as its screening lists it."""

    screening: str = Field(description="Id of the screening's job.")


class KeptScreening(BaseModel):
    """A finished screening whose conjunctions are listed."""

    screening: str
    start: str
    end: str
    miss_km: float
    primaries: str
    secondaries: str
    conjunctions_found: int
    conjunctions_kept: int = Field(description="The nearest, where it found more than its limit.")
    catalogue: CatalogueStamp
    finished: str | None


class ConjunctionsAnswer(Answer):
    """A page of conjunctions in order of time. `catalogue` is what is served now; each screening has its own."""

    total: int
    conjunctions: list[ListedConjunction]
    screenings: list[KeptScreening]
    left_out: dict[str, int]
    next: str | None
