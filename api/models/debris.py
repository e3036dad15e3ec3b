"""Answers about debris, and their queries."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import DateText, TimeText
from api.models.answers import Answer
from api.models.queries import AsOf, Name

MAX_SHELLS = 2_000
MAX_LISTED = 50_000
MAX_BROKEN_UP = 1_000
MAX_CLOUD_ASSETS = 500_000
MAX_EARLIER = 12
Format = Annotated[Literal["json", "svg", "png"], Field(description="json, or a picture.")]
Failure = Annotated[
    float,
    Field(ge=0.0, le=1.0, allow_inf_nan=False, description="Share of collisions left when one of two manoeuvres."),
]


class _DebrisQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    format: Format = "json"
    as_of: AsOf = None


class DensityQuery(_DebrisQuery):
    """Shells from one altitude to another; at most 2,000."""

    altitude_min_km: Annotated[float, Field(ge=0.0, le=99_000.0, allow_inf_nan=False)] = 150.0
    altitude_max_km: Annotated[float, Field(gt=0.0, le=100_000.0, allow_inf_nan=False)] = 2050.0
    width_km: Annotated[float, Field(ge=1.0, le=10_000.0, allow_inf_nan=False, description="Of a shell.")] = 10.0
    by_inclination: Annotated[bool, Field(description="By degree of inclination, too.")] = False
    by_latitude: Annotated[bool, Field(description="By latitude in steps of 5 deg, too.")] = False
    at: Annotated[
        list[TimeText], Field(max_length=MAX_EARLIER, description="The catalogue as of that time, too; repeat it.")
    ] = []


class FluxFields(BaseModel):
    """A circular orbit."""

    altitude_km: Annotated[float, Field(ge=100.0, le=45_000.0, allow_inf_nan=False)]
    inclination_deg: Annotated[float, Field(ge=0.0, le=180.0, allow_inf_nan=False)]


class FluxQuery(FluxFields, _DebrisQuery):
    """A circular orbit."""


class RiskFields(BaseModel):
    """Whose risk, and how it is counted."""

    alliance: Annotated[Name | None, Field(description="Fleet whose objects are listed, with its exposure.")] = None
    on: Annotated[DateText | None, Field(description="Members on that day; default: the catalogue's.")] = None
    commercial: Annotated[bool, Field(description="Count companies by the state of their seat, with `alliance`.")] = (
        False
    )
    avoidance_failure: Failure = 0.01
    years: Annotated[
        float, Field(gt=0.0, le=1000.0, allow_inf_nan=False, description="Of `collision_probability`.")
    ] = 1.0
    limit: Annotated[int, Field(ge=1, le=MAX_LISTED, description="Objects listed, the highest rates first.")] = 100


class RiskQuery(RiskFields, _DebrisQuery):
    """Whose risk, and how it is counted."""


class CongestionFields(BaseModel):
    """How the rankings are counted."""

    avoidance_failure: Failure = 0.01
    limit: Annotated[int, Field(ge=1, le=MAX_LISTED, description="Derelicts listed.")] = 50


class CongestionQuery(CongestionFields, _DebrisQuery):
    """How the rankings are counted."""

    format: Annotated[Literal["json"], Field(description="json.")] = "json"


class DerelictsFields(BaseModel):
    """Whose fleet, and how many derelicts are broken up for it."""

    alliance: Annotated[Name, Field(description="Fleet of an alliance or state, or of several: NATO+JPN.")]
    on: Annotated[DateText | None, Field(description="Members on that day; default: the catalogue's.")] = None
    commercial: Annotated[bool, Field(description="Count companies by the state of their seat.")] = False
    computed: Annotated[
        int,
        Field(ge=1, le=MAX_BROKEN_UP, description="Derelicts broken up: those with the greatest chance x mass^0.75."),
    ] = 100
    avoidance_failure: Failure = 0.01
    smallest_m: Annotated[float, Field(ge=0.05, le=1.0, allow_inf_nan=False, description="Smallest piece.")] = 0.1
    seed: Annotated[int, Field(ge=0, le=2**31, description="Another one draws other clouds.")] = 1
    limit: Annotated[int, Field(ge=1, le=MAX_BROKEN_UP, description="Derelicts listed.")] = 50


class DerelictsQuery(DerelictsFields, _DebrisQuery):
    """Whose fleet, and how many derelicts are broken up for it. Derelicts x objects of it: at most 500,000."""

    computed: Annotated[
        int,
        Field(ge=1, le=MAX_BROKEN_UP, description="Derelicts broken up: those with the greatest chance x mass^0.75."),
    ] = 25
    format: Annotated[Literal["json"], Field(description="json.")] = "json"


class _Counted(Answer):
    objects_counted: int
    left_out: dict[str, int]
    objects_by_class: dict[str, int]
    radii_by_basis: dict[str, int]


class DensityShell(BaseModel):
    """One shell of altitude."""

    altitude_min_km: float
    altitude_max_km: float
    density_per_km3: float
    by_class_per_km3: dict[str, float]


class DensityReply(_Counted):
    """Spatial density of catalogued objects."""

    objects_in_shells: float = Field(description="Mean number of objects between the lowest and the highest edge.")
    shells: list[DensityShell]
    inclination_edges_deg: list[float] | None
    by_inclination_per_km3: list[list[float]] | None = Field(
        description="A row for each shell; rows sum to the density."
    )
    latitude_edges_deg: list[float] | None
    by_latitude_per_km3: list[list[float]] | None = Field(description="A row for each shell.")
    history: list[dict[str, Any]] | None


class SizeFlux(BaseModel):
    """Flux of objects of a diameter and larger."""

    diameter_min_m: float
    flux_per_m2_year: float


class FluxReply(_Counted):
    """Flux on a circular orbit."""

    altitude_km: float
    inclination_deg: float
    flux_per_m2_year: float
    density_per_km3: float
    mean_speed_km_s: float | None
    mean_arrival_speed_km_s: float | None
    by_size: list[SizeFlux]
    speed_edges_km_s: list[float]
    azimuth_edges_deg: list[float]
    by_speed_azimuth_per_m2_year: list[list[float]]


class ObjectRisk(BaseModel):
    """One object; `fragments_per_year` are expected pieces of 10 cm and larger."""

    norad_id: int
    name: str
    owner: str
    object_class: str
    manoeuvres: bool
    size_basis: str
    mass_basis: str
    collisions_per_year: float
    residual_collisions_per_year: float
    collision_probability: float
    catastrophic_fraction: float | None
    fragments_per_year: float
    residual_fragments_per_year: float
    mean_collision_speed_km_s: float | None
    radius_m: float
    mass_kg: float
    perigee_km: float
    apogee_km: float


class Derelict(ObjectRisk):
    """A body that nobody steers."""

    criticality_index: float | None = Field(
        description="After Rossi et al. 2015, docs/debris.md; null outside low orbit."
    )


class CostlyDerelict(BaseModel):
    """What the break-up of a derelict would cost the fleet."""

    norad_id: int
    name: str
    owner: str
    object_class: str
    mass_kg: float
    mass_basis: str
    perigee_km: float
    apogee_km: float
    inclination_deg: float
    catastrophic_per_year: float = Field(description="Collisions that would break it up.")
    added_per_year: float = Field(description="Collisions a year that its cloud would add to the fleet.")
    pieces: int = Field(description="Of its cloud, that stay in orbit.")
    cost_index: float = Field(description="Both multiplied, per year squared: for ranking only.")
    criticality_index: float | None


class DerelictsReply(Answer):
    """Derelicts by what their break-up would cost a fleet, the costliest first."""

    objects_counted: int
    left_out: dict[str, int]
    objects_by_class: dict[str, int]
    radii_by_basis: dict[str, int]
    alliance: str
    on: str
    fleet_objects: int
    avoidance_failure: float
    smallest_m: float
    considered: int = Field(description="Bodies that nobody steers, with perigee below 2,000 km.")
    computed: int = Field(description="Of them, those that were broken up.")
    derelicts: list[CostlyDerelict]
    derelicts_not_listed: int


class PairCheck(BaseModel):
    """The same rates counted pair by pair."""

    total_collisions_per_year: float
    residual_total_collisions_per_year: float
    owners: list[list[float]]
    largest_owner_difference: float = Field(
        description="Relative, between two owners with at least a thousandth of the total."
    )


class Cause(BaseModel):
    """Whose objects a fleet may collide with."""

    owner: str
    collisions_per_year: float
    residual_collisions_per_year: float


class FleetExposure(BaseModel):
    """A fleet's expected collisions, and with whose objects."""

    alliance: str
    on: str
    objects: int
    collisions_per_year: float
    residual_collisions_per_year: float
    within_fleet_per_year: float
    within_fleet_residual_per_year: float
    to_whose_objects: list[Cause]
    by_class_per_year: dict[str, float]
    by_class_residual_per_year: dict[str, float]
    exposed_owner_names: list[str]
    exposed_owners: list[list[float]] = Field(description="Rows: the fleet's owners; columns: `owner_names`.")
    exposed_owners_residual: list[list[float]]


class RiskReply(_Counted):
    """Expected collisions a year."""

    avoidance_failure: float
    years: float
    total_collisions_per_year: float
    residual_total_collisions_per_year: float
    inferred_size_share: float
    default_size_share: float
    residual_inferred_size_share: float
    residual_default_size_share: float
    objects: list[ObjectRisk]
    objects_not_listed: int
    owner_names: list[str]
    owners: list[list[float]] = Field(description="Symmetric; the upper triangle with the diagonal is the total.")
    owners_residual: list[list[float]]
    exposure: FleetExposure | None
    all_pairs: PairCheck | None


class CongestedShell(BaseModel):
    """One shell."""

    altitude_min_km: float
    altitude_max_km: float
    objects: float
    mass_kg: float
    density_per_km3: float
    collisions_per_year: float
    residual_collisions_per_year: float
    passes_within_km_per_year: float


class CongestionReply(_Counted):
    """Shells and derelicts, the worst first."""

    avoidance_failure: float
    shells: list[CongestedShell]
    derelicts: list[Derelict]
    derelicts_not_listed: int
