"""The question and the answer about the probability of collision of one encounter."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

MAX_MESSAGE_CHARACTERS = 1_000_000
MAX_MESSAGES = 100
_Number = Annotated[float, Field(allow_inf_nan=False, ge=-1e18, le=1e18)]
_Kilometres = Annotated[float, Field(allow_inf_nan=False, ge=-1e7, le=1e7)]
_Speed = Annotated[float, Field(allow_inf_nan=False, ge=-1e3, le=1e3)]
_Matrix = Annotated[
    list[Annotated[list[_Number], Field(min_length=3, max_length=6)]], Field(min_length=3, max_length=6)
]


class StateQuestion(BaseModel):
    """One object: position and velocity in axes that both objects share and that do not turn; one covariance."""

    model_config = ConfigDict(extra="forbid")
    position_km: Annotated[list[_Kilometres], Field(min_length=3, max_length=3)]
    velocity_km_s: Annotated[list[_Speed], Field(min_length=3, max_length=3)]
    covariance_rtn_m2: Annotated[
        _Matrix | None, Field(description="3x3 or 6x6 in the object's own RTN axes: m2, m2/s, m2/s2.")
    ] = None
    covariance_m2: Annotated[_Matrix | None, Field(description="3x3 or 6x6 in the axes of the states.")] = None


class ProbabilityQuestion(BaseModel):
    """Either `cdm`, or `primary` and `secondary` with `hard_body_radius_m`."""

    model_config = ConfigDict(extra="forbid")
    cdm: Annotated[
        str | None,
        Field(
            min_length=1,
            max_length=MAX_MESSAGE_CHARACTERS,
            description="CDM text, KVN, XML or JSON; up to 100 messages.",
        ),
    ] = None
    primary: StateQuestion | None = None
    secondary: StateQuestion | None = None
    hard_body_radius_m: Annotated[
        float | None,
        Field(ge=0.0, le=1e6, allow_inf_nan=False, description="Combined radius, m; default: the message's own."),
    ] = None


class MethodValue(BaseModel):
    """A probability by one method; bounds are of the numbers, not of the assumptions."""

    value: float
    lower: float | None
    upper: float | None
    assumptions: list[str]


class Methods(BaseModel):
    """The methods; null where one does not apply, with the reason in `refused`."""

    foster1992: MethodValue | None
    chan1997: MethodValue | None
    alfano2005: MethodValue | None
    patera2001: MethodValue | None
    maximum: MethodValue | None
    three_dimensional: MethodValue | None


class Usage(BaseModel):
    """Whether the two-dimensional methods apply (null: cannot be told), and why not."""

    two_dimensional_applies: bool | None
    margin: float | None
    duration_s: float | None
    duration_of_period: float | None
    offset_of_period: float | None
    three_over_two_dimensional: float | None
    bend_of_sigma: float | None
    covariance_repaired: bool
    reasons: list[str]
    use: str


class Plane(BaseModel):
    """The encounter plane."""

    miss_km: float
    sigma_small_km: float
    sigma_large_km: float
    mahalanobis: float


class Dilution(BaseModel):
    """Where the maximum lies: the factor on the deviations, the small deviation there, whether the given is larger."""

    scale: float | None
    sigma_small_km: float | None
    is_diluted: bool | None


class ProbabilityResult(BaseModel):
    """One message or encounter."""

    file: str | None
    message_id: str | None
    tca: str | None
    objects: list[str] | None
    hard_body_radius_m: float
    hard_body_radius_source: str
    miss_distance_km: float
    relative_speed_km_s: float
    plane: Plane | None
    methods: Methods
    refused: dict[str, str]
    dilution: Dilution
    usage: Usage
    message_probability: float | None
    message_probability_method: str | None
    notes: list[str]


class ProbabilityAnswer(BaseModel):
    """Results, in order. `catalogue` is null: none was used."""

    catalogue: None
    caveats: list[str]
    results: list[ProbabilityResult]
    skipped: list[dict[str, Any]]
