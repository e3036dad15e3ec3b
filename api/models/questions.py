"""Heavy questions, as the bodies of POST: limits of a field stand here, those of a whole question with its kind."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import DateText, NoradIdValue, TimeText
from api.models.queries import MAX_LISTED_PASSES, AsOf, Name
from api.selection import MAX_LISTED_OBJECTS
from api.windows import MAX_HOURS

MAX_ASKED_SITES = 1_000


class HeavyRequest(BaseModel):
    """A heavy question: what it does not know is refused."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    as_of: AsOf = None


class SiteRequest(BaseModel):
    """A site on the WGS84 ellipsoid."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    name: Annotated[str | None, Field(min_length=1, max_length=100)] = None
    latitude_deg: Annotated[float, Field(ge=-90.0, le=90.0)]
    longitude_deg: Annotated[float, Field(ge=-180.0, le=360.0)]
    altitude_m: Annotated[float, Field(ge=-12_000.0, le=100_000.0)] = 0.0


class PassesRequest(HeavyRequest):
    """Sites, objects (exactly one of `objects`, `alliance` and `all`) and a window."""

    sites: Annotated[list[SiteRequest], Field(min_length=1, max_length=MAX_ASKED_SITES)]
    objects: Annotated[
        list[NoradIdValue] | None,
        Field(min_length=1, max_length=MAX_LISTED_OBJECTS, description="Catalogue numbers."),
    ] = None
    alliance: Annotated[Name | None, Field(description="Fleet of an alliance or state, or of several: NATO+JPN.")] = (
        None
    )
    all: Annotated[bool, Field(description="Every object of the catalogue.")] = False
    on: Annotated[DateText | None, Field(description="Members of the alliance on that day; default: the start.")] = None
    commercial: Annotated[bool, Field(description="Count companies by the state of their seat, with `alliance`.")] = (
        False
    )
    mission: Annotated[Name | None, Field(description="Only objects of a mission, such as imaging.")] = None
    start: TimeText
    hours: Annotated[float | None, Field(gt=0.0, le=MAX_HOURS, description="Length; 24 without `end`.")] = None
    end: TimeText | None = None
    min_elevation: Annotated[
        str, Field(max_length=4000, description="Degrees (-10 to 89.9), or a horizon AZ:EL,AZ:EL,...")
    ] = "10"
    limit: Annotated[
        int,
        Field(
            ge=1,
            le=MAX_LISTED_PASSES,
            description="Passes listed, in order of rise; a caveat says when there are more.",
        ),
    ] = 10_000
