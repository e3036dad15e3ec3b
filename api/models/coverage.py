"""Questions and answers about coverage."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import DateText, TimeText
from api.models.answers import Answer
from api.models.passes import FailedObject
from api.models.queries import MAX_LISTED_CELLS, MAX_OWN_SENSORS, AsOf, Name
from api.windows import MAX_HOURS

MapMeasure = Literal[
    "covered_fraction", "mean_fold", "accesses", "max_gap_s", "mean_gap_s", "mean_revisit_s", "mean_response_s",
    "time_average_gap_s",
]  # fmt: skip


class SensorRequest(BaseModel):
    """A sensor of your own, as in a file of `--sensors` (docs/sensors.md): whose it is, and its rule. All its lists
    together and those of its fellows: at most 2,000 patterns of names and 20,000 catalogue numbers, else 413."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=100, description="None of the packaged sensors' names.")]
    use: Annotated[
        Literal["swath", "access", "service"],
        Field(description="swath: imaged in routine; access: what could be tasked; service: a link."),
    ]
    rule: Annotated[
        dict[str, Any],
        Field(
            description="A condition, or some joined by all_of, any_of and not: at most 32 levels, 512 conditions.",
            examples=[
                {"all_of": [{"rule": "off_nadir", "max_off_nadir_deg": 30}, {"not": {"rule": "satellite_sunlit"}}]}
            ],
        ),
    ]
    satellites: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=100)]], Field(description="Whole names; `*` for anything.")
    ] = []
    norad_ids: list[Annotated[int, Field(ge=1, le=999_999_999)]] = []
    owners: Annotated[list[Annotated[str, Field(max_length=20)]], Field(max_length=200)] = []
    missions: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=100)] = []
    sources: Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=20)] = []
    note: Annotated[str, Field(max_length=1000)] = ""


class CoverageRequest(BaseModel):
    """A region, a fleet and a window. Fleet: exactly one of `alliance`, `owner`, `objects` and `all`; `mission` narrows
    it. Sensor: each object's own, or one for all: `sensor`, `nadir_half_angle_deg` or `min_elevation_deg`. Cells x
    objects x hours: at most 200,000,000 as a job, 20,000,000 as a file, else 413. A sensor of n conditions counts n / 4
    times when that is more than 1, a mask with points d deg apart 17 / d times, up to 17."""

    model_config = ConfigDict(extra="forbid")

    region: Annotated[
        Annotated[str, Field(min_length=1, max_length=1_000_000)] | dict[str, Any],
        Field(
            description="A GeoJSON object of at most 10,000 positions, or world, country:NAME, box:W,S,E,N, "
            "circle:LAT,LON,KM, alliance:NAME.",
            examples=["country:LT"],
        ),
    ]
    region_name: Annotated[Name | None, Field(description="What the region is called, for maps and answers.")] = None
    alliance: Annotated[Name | None, Field(description="Fleet of an alliance or state, or of several: NATO+JPN.")] = (
        None
    )
    owner: Annotated[Name | None, Field(description="Payloads in operation of an owner code, such as FR.")] = None
    objects: Annotated[
        list[Annotated[int, Field(ge=1, le=999_999_999)]] | None,
        Field(min_length=1, max_length=10_000, description="Catalogue numbers."),
    ] = None
    all: Annotated[bool, Field(description="Every payload in operation.")] = False
    on: Annotated[DateText | None, Field(description="Members of alliances on that day; default: the start.")] = None
    commercial: Annotated[bool, Field(description="Count companies by the state of their seat, with `alliance`.")] = (
        False
    )
    partners: Annotated[
        Name | None,
        Field(description="Alliances or states, such as JPN,KOR,AUS, whose fleet is added and compared."),
    ] = None
    partners_on: Annotated[
        DateText | None, Field(description="Members of the partners' alliances on that day; default: as `on`.")
    ] = None
    mission: Annotated[Name | None, Field(description="Only objects of a mission, such as imaging.")] = None
    sensor: Annotated[Name | None, Field(description="One named sensor for the whole fleet.")] = None
    nadir_half_angle_deg: Annotated[
        float | None, Field(gt=0.0, le=90.0, allow_inf_nan=False, description="A cone about the nadir for all.")
    ] = None
    min_elevation_deg: Annotated[
        Annotated[float, Field(ge=-10.0, le=89.9, allow_inf_nan=False)] | Annotated[str, Field(max_length=8000)] | None,
        Field(description="Above that elevation, or above a horizon by azimuth, AZ:EL,AZ:EL (0:5,180:15), for all."),
    ] = None
    sensors: Annotated[
        list[SensorRequest] | None,
        Field(
            min_length=1,
            max_length=MAX_OWN_SENSORS,
            description="Sensors of your own, tried before the packaged ones; `sensor` may name one of them.",
        ),
    ] = None
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
    step_s: Annotated[
        float | None, Field(ge=1.0, le=86400.0, allow_inf_nan=False, description="Of the timeline; about 300 times.")
    ] = None
    cells: Annotated[bool, Field(description=f"List every cell, at most {MAX_LISTED_CELLS:,}.")] = False
    contribution: Annotated[bool, Field(description="Each owner's part: alone, marginal and Shapley value.")] = False
    format: Annotated[
        Literal["json", "csv", "geojson", "svg", "png"],
        Field(description="json; csv and geojson: the cells; svg and png: a map of `measure`."),
    ] = "json"
    measure: Annotated[MapMeasure, Field(description="What the map shades.")] = "covered_fraction"
    as_of: AsOf = None


class CoverageRegion(BaseModel):
    """The region, and how finely it was asked."""

    name: str
    area_km2: float
    cells: int
    cell_km: float | None


class CoverageObject(BaseModel):
    """An object of the fleet, its sensor and why it has it; `cell_accesses` counts its accesses to single cells."""

    norad_id: int
    name: str
    owner: str | None
    sensor: str
    why: str
    elements_age_days: float | None
    cell_accesses: int


class CoverageSensor(BaseModel):
    """A sensor in use."""

    name: str
    use: str
    basis: Literal["published", "assumed", "given"]
    rule: str
    objects: int


class WithoutSensor(BaseModel):
    """An object that serves the mission and has no known sensor."""

    norad_id: int
    name: str
    owner: str | None
    mission: str
    reason: str


class CoverageMeasures(BaseModel):
    """Over the region and the window, by area; definitions in docs/coverage-measures.md. Null: there is none."""

    covered_fraction: Annotated[
        float, Field(description="Share of area and time in access: each cell's share of the window, weighed by area.")
    ]
    mean_fold: float
    max_gap_s: float
    mean_gap_s: float
    mean_revisit_s: float | None
    max_response_s: float
    time_average_gap_s: float
    seen_fraction: Annotated[float, Field(description="Share of the area in access at least once in the window.")]
    always_covered_fraction: float
    max_fold: int
    fold_fraction: list[float]
    accesses: float
    object_accesses: float
    mean_max_gap_s: float
    max_revisit_s: float | None
    revisited_fraction: float
    mean_response_s: float
    all_seen_after_s: float | None


class LongGap(BaseModel):
    """A stretch in which a cell is unseen."""

    latitude_deg: float
    longitude_deg: float
    start: str
    end: str
    length_s: float
    cut_at_start: bool
    cut_at_end: bool


class CoverageGaps(BaseModel):
    """All gaps of all cells: how many, the length that a share of them does not exceed (by area), the ten longest."""

    count: int
    p50_s: float | None
    p90_s: float | None
    p95_s: float | None
    longest: list[LongGap]


class FirstLook(BaseModel):
    """From the window's start on: the first look at any cell and by whom, the mean wait, and until all were seen."""

    after: str
    first_wait_s: float | None
    first_norad_id: int | None
    first_name: str | None
    mean_wait_s: float | None
    all_seen_wait_s: float | None
    unseen_fraction: float


class CoverageTime(BaseModel):
    """The region at one time: share of area in access, share seen once up to then, objects in access."""

    time: str
    covered_fraction: float
    seen_fraction: float
    mean_fold: float


class OwnerPart(BaseModel):
    """An owner's part in the covered fraction: alone, what would be lost without it, and its fair part."""

    owner: str
    owner_name: str | None
    objects: int
    alone_fraction: float
    marginal_fraction: float
    shapley_fraction: float | None
    shapley_standard_error_fraction: float | None


class ContractMeasures(BaseModel):
    """The promised measures of a fleet over the region; null: there is none."""

    covered_fraction: float
    mean_fold: float
    max_gap_s: float
    mean_gap_s: float
    mean_revisit_s: float | None
    max_response_s: float
    time_average_gap_s: float


class MeasureChanges(BaseModel):
    """Measures with the partners less those without them; null where one of the two has none."""

    covered_fraction: float | None
    mean_fold: float | None
    max_gap_s: float | None
    mean_gap_s: float | None
    mean_revisit_s: float | None
    max_response_s: float | None
    time_average_gap_s: float | None


class CoverageSide(ContractMeasures):
    """One of the two fleets that are compared."""

    asked: str
    objects: int
    seen_fraction: float


class CoverageComparison(BaseModel):
    """The fleet asked for and its partners', apart; the answer's measures are those of both. Shares of area and time:
    what only one of them covers, and what each of the two does."""

    ours: CoverageSide
    theirs: CoverageSide
    objects_of_both: int
    only_ours_fraction: float
    only_theirs_fraction: float
    both_fraction: float
    gained: MeasureChanges


class CoverageCell(BaseModel):
    """One cell over the window; the edges are those of the whole cell, `east_deg` may pass 180."""

    latitude_deg: float
    longitude_deg: float
    area_km2: float | None
    covered_fraction: float
    mean_fold: float
    max_fold: int
    accesses: int
    max_gap_s: float
    mean_gap_s: float
    mean_revisit_s: float | None
    max_revisit_s: float | None
    mean_response_s: float
    max_response_s: float
    time_average_gap_s: float
    first_seen_s: float | None
    west_deg: float | None
    south_deg: float | None
    east_deg: float | None
    north_deg: float | None


class CoverageReply(Answer):
    """Who can see what of a region, when and how often."""

    start: str
    end: str
    region: CoverageRegion
    asked: str
    use: str
    fleet: list[CoverageObject]
    sensors: list[CoverageSensor]
    without_sensor: list[WithoutSensor]
    left_out: dict[str, int]
    not_in_catalogue: list[int]
    failed: list[FailedObject]
    measures: CoverageMeasures
    gaps: CoverageGaps
    next_look: FirstLook
    step_s: float
    timeline: list[CoverageTime]
    contribution: list[OwnerPart] | None
    contribution_method: str | None
    comparison: CoverageComparison | None
    cells: list[CoverageCell] | None
