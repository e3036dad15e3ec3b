"""Queries: every limit stands here, so that the OpenAPI document states it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import DateText, TimeText
from api.windows import MAX_HOURS

MAX_PAGE = 1000
MAX_LISTED_PASSES = 50_000
MAX_SITES = 50
MAX_OBJECT_SITE_DAYS = 100_000.0
MAX_POINTS = 50_000
MAX_CELL_EPOCHS = 5_000_000
MAX_LISTED_CELLS = 20_000
MAX_CELL_OBJECT_HOURS = 20_000_000
MAX_OWN_SENSORS = 100
MAX_SENSOR_PATTERNS = 2_000
MAX_SENSOR_NUMBERS = 20_000

AsOf = Annotated[TimeText | None, Field(description="The catalogue as it was at that time; default: now.")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Finite = Field(allow_inf_nan=False)


class _Query(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CatalogueQuery(_Query):
    """Which state of the catalogue."""

    as_of: AsOf = None


class ObjectsQuery(_Query):
    """A search in the catalogue; every filter narrows it."""

    q: Annotated[Name | None, Field(description="Words that name, designator or catalogue number must all hold.")] = (
        None
    )
    owner: Annotated[Name | None, Field(description="Owner code, such as FR or PRC.")] = None
    alliance: Annotated[Name | None, Field(description="Fleet of an alliance or state, or of several: NATO+JPN.")] = (
        None
    )
    on: Annotated[DateText | None, Field(description="Members of the alliance on that day; default: today.")] = None
    commercial: Annotated[bool, Field(description="Count companies by the state of their seat, with `alliance`.")] = (
        False
    )
    object_type: Literal["PAY", "R/B", "DEB", "UNK", "unknown"] | None = None
    mission: Annotated[Name | None, Field(description="Mission, such as imaging or communication.")] = None
    regime: Literal["LEO", "MEO", "GEO", "HEO", "OTHER"] | None = None
    inclination_min_deg: Annotated[float | None, Field(ge=0.0, le=180.0, allow_inf_nan=False)] = None
    inclination_max_deg: Annotated[float | None, Field(ge=0.0, le=180.0, allow_inf_nan=False)] = None
    height_min_km: Annotated[
        float | None, Field(ge=0.0, le=1e6, allow_inf_nan=False, description="Perigee height at least this.")
    ] = None
    height_max_km: Annotated[
        float | None, Field(ge=0.0, le=1e6, allow_inf_nan=False, description="Apogee height at most this.")
    ] = None
    limit: Annotated[int, Field(ge=1, le=MAX_PAGE, description="Objects of a page.")] = 100
    cursor: Annotated[
        str | None, Field(max_length=100, description="Where the page begins: `next` of the page before.")
    ] = None
    as_of: AsOf = None


class ElementsQuery(_Query):
    """The form of an object's element sets."""

    format: Annotated[
        Literal["json", "csv", "tle", "3le", "xml", "kvn"],
        Field(description="json, or OMM as csv, xml, kvn, or tle, 3le (numbers up to 339,999)."),
    ] = "json"


class EphemerisQuery(_Query):
    """The window, step and form of an ephemeris."""

    start: TimeText
    hours: Annotated[
        float | None, Field(gt=0.0, le=MAX_HOURS, allow_inf_nan=False, description="Length; 24 without `end`.")
    ] = None
    end: TimeText | None = None
    step_s: Annotated[
        float, Field(ge=0.001, le=86400.0, allow_inf_nan=False, description="Seconds between states.")
    ] = 60.0
    format: Annotated[
        Literal["json", "czml", "oem"],
        Field(description="json: TEME and ITRS; czml: Earth-fixed; oem: OEM 2.0 in TEME."),
    ] = "json"
    as_of: AsOf = None


class AlliancesQuery(_Query):
    """The day for which members are counted."""

    on: Annotated[DateText | None, Field(description="Members on that day; default: today.")] = None


class AllianceQuery(AlliancesQuery):
    """The day, and whether companies count."""

    commercial: Annotated[bool, Field(description="Count companies by the state of their seat.")] = False
    as_of: AsOf = None


class PassesQuery(_Query):
    """Sites, objects and a window. Sites: `lat` and `lon`, or any number of `site`. Objects: exactly one of `objects`,
    `alliance` and `all`. Objects times sites times days: at most 100,000 (the command line has no such limit)."""

    lat: Annotated[float | None, Field(ge=-90.0, le=90.0, allow_inf_nan=False, description="Latitude, deg north.")] = (
        None
    )
    lon: Annotated[
        float | None, Field(ge=-180.0, le=360.0, allow_inf_nan=False, description="Longitude, deg east.")
    ] = None
    alt_m: Annotated[
        float | None,
        Field(ge=-12_000.0, le=100_000.0, allow_inf_nan=False, description="Height over the ellipsoid, m."),
    ] = None
    site: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=100)]],
        Field(max_length=MAX_SITES, description="LAT,LON or LAT,LON,ALT_M, or NAME=LAT,LON[,ALT_M]; may be repeated."),
    ] = []
    objects: Annotated[
        str | None, Field(min_length=1, max_length=6_000, description="Catalogue numbers: 25544,48274.")
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
    hours: Annotated[
        float | None, Field(gt=0.0, le=MAX_HOURS, allow_inf_nan=False, description="Length; 24 without `end`.")
    ] = None
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
    format: Literal["json", "csv", "ics"] = "json"
    as_of: AsOf = None


class NavigationQuery(_Query):
    """A region, systems and a window. Cells times epochs: at most 5,000,000 (the command line has 60,000,000)."""

    region: Annotated[
        str,
        Field(
            min_length=1, max_length=20_000,
            description="world, country:NAME, box:W,S,E,N, circle:LAT,LON,KM, alliance:NAME or GeoJSON.",
        ),
    ]  # fmt: skip
    systems: Annotated[
        str, Field(min_length=1, max_length=200, description="GPS, GALILEO, GLONASS, BEIDOU, QZSS, NAVIC, or all.")
    ] = "GPS"
    start: TimeText
    hours: Annotated[
        float | None, Field(gt=0.0, le=MAX_HOURS, allow_inf_nan=False, description="Length; 24 without `end`.")
    ] = None
    end: TimeText | None = None
    step_s: Annotated[float, Field(ge=1.0, le=86400.0, allow_inf_nan=False, description="Seconds between epochs.")] = (
        300.0
    )
    cell_km: Annotated[
        float | None, Field(ge=0.01, le=10_000.0, allow_inf_nan=False, description="Side of a cell; about 1,000 cells.")
    ] = None
    min_elevation: Annotated[
        float, Field(ge=0.0, le=89.0, allow_inf_nan=False, description="Lowest elevation used, deg.")
    ] = 5.0
    max_pdop: Annotated[
        float, Field(ge=1.0, le=1000.0, allow_inf_nan=False, description="Available means PDOP up to this.")
    ] = 6.0
    own_clocks: Annotated[bool, Field(description="Each further system costs an unknown: its clock.")] = False
    reserves: Annotated[
        bool, Field(description="Use spares, backups, partly working and newly launched satellites, too.")
    ] = False
    without: Annotated[
        str | None, Field(min_length=1, max_length=2_000, description="Catalogue numbers lost, to compare.")
    ] = None
    without_systems: Annotated[
        str | None, Field(min_length=1, max_length=200, description="Systems lost, to compare.")
    ] = None
    on: Annotated[DateText | None, Field(description="Members of alliance:NAME on that day; default: the start.")] = (
        None
    )
    cells: Annotated[bool, Field(description="List every cell, at most 20,000.")] = False
    as_of: AsOf = None
