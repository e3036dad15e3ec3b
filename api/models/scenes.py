"""Questions and answers of the globe: key frames, and the catalogue in columns."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import DateText, TimeText
from api.models.answers import Answer
from api.models.passes import Site
from api.models.queries import AsOf, Name
from api.windows import MAX_HOURS

MAX_FRAMES = 60
MAX_FRAME_STATES = 2_000_000
MAX_ALLIANCES = 6
MAX_SKY_POINTS = 5_000


class FramesQuery(BaseModel):
    """When the frames are. Objects times frames: at most 2,000,000."""

    model_config = ConfigDict(extra="forbid")

    start: TimeText
    step_s: Annotated[float, Field(ge=1.0, le=3600.0, allow_inf_nan=False, description="Seconds between frames.")] = (
        60.0
    )
    count: Annotated[int, Field(ge=1, le=MAX_FRAMES, description="Frames.")] = 3
    as_of: AsOf = None


class ColumnsQuery(BaseModel):
    """The alliances whose objects are marked, in order of precedence."""

    model_config = ConfigDict(extra="forbid")

    alliance: Annotated[
        list[Name], Field(max_length=MAX_ALLIANCES, description="Alliance or state, or several joined by +; repeated.")
    ] = []
    on: Annotated[DateText | None, Field(description="Members on that day; default: today.")] = None
    commercial: Annotated[bool, Field(description="Count companies by the state of their seat.")] = False
    as_of: AsOf = None


class CodedColumn(BaseModel):
    """A column of few different values: row i has `values[codes[i]]`; a value may be null: not known."""

    values: list[str | None]
    codes: list[int]


class MarkedAlliance(BaseModel):
    """The rows that count for an alliance, and those that it shares with others."""

    asked: str
    id: str
    name: str
    on: str
    rows: list[int]
    shared: list[int]


class ColumnsAnswer(Answer):
    """The whole catalogue in columns, in the order of the rows of `/v1/frames`. Ages are counted to `at`."""

    at: str
    norad_id: list[int]
    name: list[str]
    object_id: list[str]
    owner: CodedColumn
    owner_names: dict[str, str]
    object_type: CodedColumn
    ops_status: CodedColumn
    mission: CodedColumn
    regime: CodedColumn
    epoch_age_days: list[float | None]
    inclination_deg: list[float | None]
    perigee_height_km: list[float | None]
    apogee_height_km: list[float | None]
    period_min: list[float | None]
    decayed_rows: list[int]
    alliances: list[MarkedAlliance]


class SkyQuery(BaseModel):
    """A site, a window and a step. Points: at most 5,000."""

    model_config = ConfigDict(extra="forbid")

    lat: Annotated[float, Field(ge=-90.0, le=90.0, allow_inf_nan=False, description="Latitude, deg north.")]
    lon: Annotated[float, Field(ge=-180.0, le=360.0, allow_inf_nan=False, description="Longitude, deg east.")]
    alt_m: Annotated[
        float, Field(ge=-12_000.0, le=100_000.0, allow_inf_nan=False, description="Height over the ellipsoid, m.")
    ] = 0.0
    start: TimeText
    hours: Annotated[
        float | None, Field(gt=0.0, le=MAX_HOURS, allow_inf_nan=False, description="Length; 24 without `end`.")
    ] = None
    end: TimeText | None = None
    step_s: Annotated[float, Field(ge=0.1, le=3600.0, allow_inf_nan=False, description="Seconds between points.")] = (
        20.0
    )
    as_of: AsOf = None


class SkyDot(BaseModel):
    """Where the object stands in the sky; null where SGP4 gives no state."""

    time: str
    azimuth_deg: float | None
    elevation_deg: float | None
    range_km: float | None
    sunlit: bool | None
    site_is_dark: bool


class SkyAnswer(Answer):
    """The path of one object through a site's sky, below the horizon, too."""

    norad_id: int
    name: str
    site: Site
    start: str
    end: str
    points: list[SkyDot]
