"""Alerts: the question, and the answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import DateText, TimeText
from api.models.answers import Answer
from api.models.queries import Name
from api.models.questions import HeavyRequest
from api.watching import MOST_HOURS
from ssa.alerts.policies import DEFAULT_POLICY

MAX_WATCH_HOURS = MOST_HOURS
MAX_LISTED_ALERTS = 10_000
MAX_STAKES = 20_000


class AlertsRequest(HeavyRequest):
    """What is watched, when, and by which policy (`policy` by name, or `own_policy`)."""

    watch: Annotated[
        str | None,
        Field(min_length=1, max_length=100_000, description="alliance:NAME, owner:CODE, or catalogue numbers."),
    ] = None
    watchlist: Annotated[
        Name | None,
        Field(description="A watchlist that is kept, with its own policy, grade and hours where none are given."),
    ] = None
    start: TimeText
    hours: Annotated[float, Field(gt=0.0, le=MAX_WATCH_HOURS)] = 72.0
    policy: Annotated[Name, Field(description="Name of a policy that travels with the package.")] = DEFAULT_POLICY
    own_policy: Annotated[
        dict[str, Any] | None, Field(description="A policy of your own: the keys of a policy file, docs/alerts.md.")
    ] = None
    grade: Annotated[Literal["red", "yellow", "green"], Field(description="The least grave that is listed.")] = "yellow"
    stakes: Annotated[
        dict[int, float] | None,
        Field(max_length=MAX_STAKES, description="What is at stake in each object, by catalogue number."),
    ] = None
    stakes_label: Annotated[
        str | None, Field(max_length=200, description="Finishes the sentence: adds {stake:.1%} to the coverage.")
    ] = None
    without: Annotated[
        str | None, Field(max_length=1000, description="Do not watch objects whose names begin so: STARLINK,ONEWEB.")
    ] = None
    same_family: Annotated[bool, Field(description="Pairs inside one operator's constellation, too.")] = False
    on: Annotated[DateText | None, Field(description="Members of the alliance on that day; default: the start.")] = None
    commercial: Annotated[bool, Field(description="Count companies by the state of their seat, with an alliance.")] = (
        False
    )
    limit: Annotated[int, Field(ge=1, le=MAX_LISTED_ALERTS, description="Alerts listed, the gravest first.")] = 1000


class WatchedObjects(BaseModel):
    """Who is watched."""

    asked: str
    objects: int
    left_out: dict[str, int] = Field(description="Objects that were asked for and are not watched, by reason.")
    not_in_catalogue: list[int]


class PolicyRow(BaseModel):
    """A policy: the rows of a grade are alternatives, the conditions of a row must all hold."""

    name: str
    title: str
    source: str
    standing: str
    rank_by: str
    red: list[dict[str, Any]]
    yellow: list[dict[str, Any]]
    screening_km: float | None
    screening_box_rtn_km: list[float] | None


class AlertCounts(BaseModel):
    """How many encounters have each grade."""

    red: int
    yellow: int
    green: int


class AlertRow(BaseModel):
    """One graded conjunction; the miss is secondary less primary in the primary's RTN, sigma that of both together."""

    grade: Literal["red", "yellow", "green"]
    primary_id: int
    primary_name: str
    secondary_id: int
    secondary_name: str
    secondary_is_watched: bool
    tca: str
    miss_distance_km: float | None
    miss_rtn_km: list[float | None]
    relative_speed_km_s: float | None
    probability: float | None
    maximum_probability: float | None
    is_diluted: bool
    is_slow: bool
    probability_method: str = Field(description="three_dimensional where the usage test refuses a straight pass.")
    straight_probability: float | None = Field(description="That of a straight pass (Foster 1992).")
    sigma_rtn_km: list[float | None]
    hard_body_radius_m: float | None
    primary_radius_basis: str
    secondary_radius_basis: str
    primary_age_days: float | None
    secondary_age_days: float | None
    primary_covariance_basis: str
    secondary_covariance_basis: str
    stands_for: int = Field(description="Encounters with a group that flies together, told as one.")
    reasons: list[str]


class StayRow(BaseModel):
    """A pair that stays near one another: docked, in formation, or drifting by; never an alert."""

    primary_id: int
    secondary_id: int
    start: str
    end: str
    min_distance_km: float | None


class SkippedRow(BaseModel):
    """An object that was not screened, or not for the whole window."""

    norad_id: int
    name: str | None = None
    reason: str


class ScreenedRow(BaseModel):
    """What was screened."""

    approaches: int
    reach_km: float | None


class AlertsReply(Answer):
    """Graded conjunctions of what is watched, the gravest first."""

    start: str
    end: str
    watched: WatchedObjects
    policy: PolicyRow
    grade: str
    counts: AlertCounts
    alerts_found: int
    alerts: list[AlertRow]
    stays: list[StayRow]
    left_out: dict[str, int] = Field(description="Encounters that are not graded, by reason.")
    skipped: list[SkippedRow] = Field(description="The first 100.")
    skipped_count: int
    skipped_reasons: dict[str, int]
    screened: ScreenedRow
    covariance_basis: list[str]


class PoliciesReply(BaseModel):
    """The policies that travel with the package."""

    policies: list[PolicyRow]


class WatchlistBody(BaseModel):
    """What a watchlist holds beside its name; the same meanings as in POST /v1/alerts."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    watch: Annotated[str, Field(min_length=1, max_length=100_000, description="alliance:NAME, owner:CODE, or numbers.")]
    without: Annotated[str | None, Field(max_length=1000)] = None
    commercial: bool = False
    policy: Name = DEFAULT_POLICY
    grade: Literal["red", "yellow", "green"] = "yellow"
    hours: Annotated[float, Field(gt=0.0, le=MAX_WATCH_HOURS)] = 72.0


class WatchlistRow(WatchlistBody):
    """A watchlist that is kept."""

    name: str
    changed: str


class WatchlistsReply(BaseModel):
    """Every watchlist, by name."""

    watchlists: list[WatchlistRow]


class WatchlistReply(BaseModel):
    """One watchlist."""

    watchlist: WatchlistRow
