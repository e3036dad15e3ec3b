"""Answers about passes."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from api.models.answers import Answer, Skipped


class SkyPoint(BaseModel):
    """Where a satellite stands in the site's sky."""

    time: str
    azimuth_deg: float | None
    elevation_deg: float | None
    range_km: float | None
    range_rate_km_s: float | None


class Pass(BaseModel):
    """One pass; rise and set are the window's ends where they are cut. `sunlit` and `site_is_dark` at culmination."""

    norad_id: int
    name: str
    site: str
    rise: SkyPoint
    culmination: SkyPoint
    set: SkyPoint
    other_culminations: list[SkyPoint]
    cut_at_start: bool
    cut_at_end: bool
    duration_s: float
    elements_age_days: float
    sunlit: bool
    site_is_dark: bool
    time_plus_minus_s: float | None = Field(description="One sigma of rise and set, from the age of the elements.")


class FailedObject(BaseModel):
    """An object without states in a part of the window."""

    norad_id: int
    name: str
    status: int
    reason: str
    since: str | None
    until: str | None


class Site(BaseModel):
    """A site on the WGS84 ellipsoid."""

    name: str
    latitude_deg: float
    longitude_deg: float
    altitude_m: float


class HorizonPoint(BaseModel):
    """One point of the horizon mask."""

    azimuth_deg: float
    elevation_deg: float


class PassesAnswer(Answer):
    """Pass windows, in order of rise."""

    start: str
    end: str
    sites: list[Site]
    min_elevation: list[HorizonPoint]
    selection: dict[str, Any]
    objects_searched: int
    passes_found: int
    passes: list[Pass]
    failed: list[FailedObject]
    skipped: list[Skipped]
    left_out: dict[str, int]
