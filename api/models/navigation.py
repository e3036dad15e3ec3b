"""Answers about navigation."""

from __future__ import annotations

from pydantic import BaseModel, Field

from api.models.answers import Answer, Skipped


class NavigationRegion(BaseModel):
    """The region, and how finely it was asked."""

    name: str
    area_km2: float
    cells: int
    cell_km: float | None


class UsedSatellite(BaseModel):
    """A satellite behind the answer."""

    norad_id: int
    name: str
    elements_age_days: float | None


class NavigationSystem(BaseModel):
    """One system: the satellites used, and those left out with the reason."""

    system: str
    name: str
    used: list[UsedSatellite]
    left_out: list[Skipped]


class NavigationMeasures(BaseModel):
    """Over the region and the window; null where there is no solution. Dilutions are means by area; `p95_pdop`,
    `worst_pdop` and `longest_outage_s` are those of the worst cell."""

    mean_satellites: float | None
    min_satellites: float | None
    available_fraction: float | None
    least_available_fraction: float | None
    solved_fraction: float | None
    mean_gdop: float | None
    mean_pdop: float | None
    mean_hdop: float | None
    mean_vdop: float | None
    mean_tdop: float | None
    p95_pdop: float | None
    worst_pdop: float | None
    longest_outage_s: float | None


class NavigationEpoch(BaseModel):
    """The region at one epoch; `worst_pdop` is null where a cell has no solution."""

    time: str
    mean_satellites: float | None
    mean_pdop: float | None
    worst_pdop: float | None
    available_fraction: float | None


class NavigationOutage(BaseModel):
    """The same question with a part of the satellites lost."""

    without: list[int]
    without_systems: list[str]
    measures: NavigationMeasures
    available_lost_fraction: float | None
    area_worse_fraction: float | None


class NavigationCell(BaseModel):
    """One cell over the window."""

    latitude_deg: float
    longitude_deg: float
    area_km2: float | None
    mean_satellites: float | None
    min_satellites: float | None
    available_fraction: float | None
    solved_fraction: float | None
    mean_gdop: float | None
    mean_pdop: float | None
    mean_hdop: float | None
    mean_vdop: float | None
    mean_tdop: float | None
    p95_pdop: float | None
    worst_pdop: float | None
    longest_outage_s: float | None


class NavigationReply(Answer):
    """Satellites in view and dilution of precision over a region."""

    start: str
    end: str
    step_s: float
    epochs: int
    region: NavigationRegion
    min_elevation_deg: float
    max_pdop: float = Field(description="Available means a PDOP up to this.")
    own_clocks: bool
    systems: list[NavigationSystem]
    measures: NavigationMeasures
    timeline: list[NavigationEpoch]
    outage: NavigationOutage | None
    cells: list[NavigationCell] | None
