"""Questions and answers about briefings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import DateText, TimeText
from api.models.answers import Answer
from api.models.queries import AsOf, Name
from api.windows import MAX_HOURS

ShortText = Annotated[str, Field(min_length=1, max_length=200)]


class BriefingRequest(BaseModel):
    """A region, a fleet (exactly one of `alliance`, `owner` and `objects`) and a window; and how the file looks."""

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
    partners: Annotated[Name | None, Field(description="Partners of the alliance: JPN+KOR; both are compared.")] = None
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
    start: TimeText
    hours: Annotated[
        float | None, Field(gt=0.0, le=MAX_HOURS, allow_inf_nan=False, description="Length; 24 without `end`.")
    ] = None
    end: TimeText | None = None
    cell_km: Annotated[
        float | None, Field(ge=0.01, le=10_000.0, allow_inf_nan=False, description="Side of a cell; about 1,000 cells.")
    ] = None
    miss_km: Annotated[
        float,
        Field(ge=0.0, le=50.0, allow_inf_nan=False, description="Approaches of other objects within it; 0: left out."),
    ] = 5.0
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
    since: dict[str, Any] | None
    file: BriefingFile
