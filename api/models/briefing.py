"""Questions and answers about briefings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import DateText, TimeText
from api.models.answers import Answer
from api.models.queries import AsOf, Name
from api.windows import MAX_HOURS
from ssa.alerts.policies import DEFAULT_POLICY
from ssa.briefing.decays import DEFAULT_DAYS, MOST_DAYS

ShortText = Annotated[str, Field(min_length=1, max_length=200)]


class BriefingChoice(BaseModel):
    """A region, a fleet (exactly one of `alliance`, `owner` and `objects`), threats, and how the file looks."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    region: Annotated[
        Annotated[str, Field(min_length=1, max_length=1_000_000)] | dict[str, Any],
        Field(
            description="A GeoJSON object of at most 10,000 positions, or world, country:NAME, box:W,S,E,N, "
            "circle:LAT,LON,KM, alliance:NAME.",
            examples=["country:LT"],
        ),
    ]
    region_name: Annotated[ShortText | None, Field(description="What the region is called.")] = None
    alliance: Annotated[Name | None, Field(description="Fleet of an alliance or state, or of several: NATO+JPN.")] = (
        None
    )
    partners: Annotated[
        Name | None, Field(description="Partners of the alliance, such as JPN,KOR; both are compared.")
    ] = None
    owner: Annotated[Name | None, Field(description="Payloads in operation of an owner code, such as FR.")] = None
    objects: Annotated[
        list[Annotated[int, Field(ge=1, le=999_999_999)]] | None,
        Field(min_length=1, max_length=10_000, description="Catalogue numbers."),
    ] = None
    on: Annotated[DateText | None, Field(description="Members of alliances on that day; default: the start.")] = None
    commercial: Annotated[bool, Field(description="Count companies by the state of their seat, with `alliance`.")] = (
        False
    )
    mission: Annotated[Name, Field(description="Only objects of a mission.")] = "imaging"
    use: Annotated[
        Literal["access", "swath"],
        Field(description="access: what could be tasked; swath: what a pass images in routine."),
    ] = "access"
    hours: Annotated[
        float | None, Field(gt=0.0, le=MAX_HOURS, allow_inf_nan=False, description="Length; 24 without `end`.")
    ] = None
    cell_km: Annotated[
        float | None, Field(ge=0.01, le=10_000.0, allow_inf_nan=False, description="Side of a cell; about 1,000 cells.")
    ] = None
    miss_km: Annotated[
        float,
        Field(ge=0.0, le=50.0, allow_inf_nan=False, description="Approaches of other objects within it; 0: left out."),
    ] = 5.0
    policy: Annotated[Name, Field(description="Grades conjunctions: a policy that travels with the package.")] = (
        DEFAULT_POLICY
    )
    own_policy: Annotated[
        dict[str, Any] | None, Field(description="A policy of your own: the keys of a policy file, docs/alerts.md.")
    ] = None
    grade: Annotated[
        Literal["red", "yellow", "green", "none"],
        Field(description="The least grave conjunctions that are told one by one; none: no grades."),
    ] = "yellow"
    debris: Annotated[bool, Field(description="Expected collisions with catalogued objects.")] = True
    decay_days: Annotated[
        float, Field(ge=0.0, le=MOST_DAYS, allow_inf_nan=False, description="What may come down within; 0: left out.")
    ] = DEFAULT_DAYS
    title: Annotated[ShortText | None, Field(description="The title.")] = None
    marking: Annotated[ShortText | None, Field(description="Stands on every page, above and below.")] = None
    format: Annotated[
        Literal["html", "light", "pdf", "json"],
        Field(description="The file: HTML with a globe, HTML without it, PDF, or the answer itself."),
    ] = "html"
    paper: Annotated[Literal["A4", "Letter"], Field(description="Size of the paper.")] = "A4"
    sections: Annotated[
        list[Annotated[str, Field(max_length=40)]] | None,
        Field(min_length=1, max_length=20, description="Names of sections, in their order; all without."),
    ] = None


class BriefingRequest(BriefingChoice):
    """A briefing on a window; `hours` or `end` says how long it is."""

    start: TimeText
    end: TimeText | None = None
    since: Annotated[
        dict[str, Any] | None, Field(description="The answer of an earlier briefing on the region: what has changed.")
    ] = None
    as_of: AsOf = None


class TracedNumber(BaseModel):
    """A number or name of a sentence: `shown` is `value` in its `form`; `key` is where it stands in this answer."""

    key: str
    form: str
    value: Any
    shown: str


class BottomLine(BaseModel):
    """A sentence of the bottom line."""

    text: str
    numbers: list[TracedNumber]


class BriefingFile(BaseModel):
    """The file: GET /v1/briefings/{job_id}/file gives it as it is; here it is base64."""

    name: str
    media_type: str
    content: str


class BriefingReply(Answer):
    """A briefing. `coverage` is the answer of POST /v1/coverage without its catalogue and caveats."""

    briefing_format: int
    title: str
    marking: str | None
    software: str
    inputs_digest: str
    start: str
    end: str
    window_s: float
    mission: str | None
    objects: int
    bottom_line: list[BottomLine]
    coverage: dict[str, Any]
    blind_times: dict[str, list[dict[str, Any]]]
    losses: dict[str, Any] | None
    partners: dict[str, Any] | None
    looks_found: int
    looks: list[dict[str, Any]]
    element_ages: dict[str, Any]
    close_approaches: dict[str, Any] | None
    conjunctions: dict[str, Any] | None
    debris: dict[str, Any] | None
    decays: dict[str, Any] | None
    since: dict[str, Any] | None
    file: BriefingFile
