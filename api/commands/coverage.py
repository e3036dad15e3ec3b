"""`ssa coverage`: who sees what of a region, when, how often, and who would be missed."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.options import (
    AllianceName,
    AsOf,
    Commercial,
    Database,
    Everything,
    Groups,
    Json,
    Mission,
    Objects,
    On,
    RegionName,
    Start,
)
from api.commands.terminal import print_json, print_text


class Form(StrEnum):
    """How coverage is written."""

    text = "text"
    json = "json"
    csv = "csv"
    geojson = "geojson"
    svg = "svg"
    png = "png"


class Use(StrEnum):
    """What is asked of a sensor."""

    access = "access"
    swath = "swath"


class MapMeasure(StrEnum):
    """What a map shades."""

    covered_fraction = "covered_fraction"
    mean_fold = "mean_fold"
    accesses = "accesses"
    max_gap_s = "max_gap_s"
    mean_gap_s = "mean_gap_s"
    mean_revisit_s = "mean_revisit_s"
    mean_response_s = "mean_response_s"
    time_average_gap_s = "time_average_gap_s"


def command(
    region: Annotated[
        str,
        typer.Option(
            "--region", metavar="REGION",
            help="world, country:NAME, box:W,S,E,N, circle:LAT,LON,KM, alliance:NAME, or a GeoJSON file.",
        ),
    ],
    alliance: AllianceName = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="CODE", help="An owner code, such as FR.")] = None,
    objects: Objects = None,
    all_: Everything = False,
    on: On = None,
    commercial: Commercial = False,
    partners: Annotated[
        str | None,
        typer.Option("--with", metavar="NAMES", help="Add and compare the fleet of partners, such as JPN,KOR,AUS."),
    ] = None,
    partners_on: Annotated[
        str | None, typer.Option("--with-on", metavar="DATE", help="Members of the partners' alliances on that day.")
    ] = None,
    mission: Mission = None,
    sensor: Annotated[
        str | None, typer.Option("--sensor", metavar="NAME", help="One named sensor for the whole fleet.")
    ] = None,
    nadir_half_angle: Annotated[
        float | None, typer.Option("--nadir-half-angle", metavar="DEG", help="A cone about the nadir for all.")
    ] = None,
    min_elevation: Annotated[
        str | None,
        typer.Option("--min-elevation", metavar="DEG", help="Above that elevation, or a horizon AZ:EL,AZ:EL, for all."),
    ] = None,
    sensors: Annotated[
        Path | None, typer.Option("--sensors", metavar="FILE", help="Sensors of your own, JSON or TOML.")
    ] = None,
    use: Annotated[
        Use, typer.Option("--use", help="access: what could be tasked; swath: what a pass images in routine.")
    ] = Use.access,
    region_name: RegionName = None,
    start: Start = None,
    hours: Annotated[float, typer.Option("--hours", metavar="H", help="Length of the window, up to 744.")] = 24.0,
    cell_km: Annotated[
        float | None, typer.Option("--cell-km", metavar="KM", help="Side of a cell; about 1,000 cells without.")
    ] = None,
    step_s: Annotated[
        float | None, typer.Option("--step", metavar="SECONDS", help="Of the timeline; about 300 times without.")
    ] = None,
    cells: Annotated[bool, typer.Option("--cells", help="List every cell, in JSON.")] = False,
    contribution: Annotated[
        bool, typer.Option("--contribution", help="Each owner's part: alone, marginal and Shapley value.")
    ] = False,
    measure: Annotated[MapMeasure, typer.Option("--measure", help="What a map shades.")] = MapMeasure.covered_fraction,
    form: Annotated[
        Form, typer.Option("--format", help="text; json; csv and geojson: the cells; svg and png: a map.")
    ] = Form.text,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there, not to standard output.")
    ] = None,
    groups: Groups = None,
    as_of: AsOf = None,
    database: Database = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Coverage, gaps, revisit and response of a fleet over a region, with each owner's part in it."""
    from api.answers.coverage import coverage_answer
    from api.briefing_template import checked_text
    from api.commands.coverage_text import print_coverage, tell_rest
    from api.commands.progress import with_progress
    from api.commands.questions import file_content, load_snapshot, own_groups, ready_kernels, start_or_now
    from api.fleet_choice import FleetChoice, choose_fleet, choose_sides
    from api.windows import window
    from orbits import InvalidValue
    from ssa.coverage.question import SEARCH_SHARE, coverage_of
    from ssa.regions import Region, parse_region

    chosen = Form.json if json else form
    if output is None and chosen is Form.png:
        raise InvalidValue("output", None, "a PNG is no text; say where it goes with --output FILE")
    if output is not None and chosen is Form.text:
        raise InvalidValue("output", str(output), "goes with a format: --format json, csv, geojson, svg or png")
    span = window(start_or_now(start), hours=hours)
    known = own_groups(groups)
    place = parse_region(
        region, on=on or span.start.date(), load=lambda name: file_content("region", name), groups=known
    )
    if region_name is not None:
        place = Region(checked_text("region_name", region_name), place.shape, place.caveats)
    choice = FleetChoice(
        objects=objects, alliance=alliance, owner=owner, everything=all_, on=on, commercial=commercial,
        partners=partners, partners_on=partners_on, mission=mission,
        sensor=sensor, nadir_half_angle_deg=nadir_half_angle, min_elevation_deg=min_elevation, use=use.value,
        groups=known, own_sensors=own_sensors_of(sensors),
    )  # fmt: skip
    snapshot = load_snapshot(database, as_of)
    fleet = choose_fleet(snapshot, choice, at=span.start)
    sides = choose_sides(snapshot, choice, fleet, at=span.start)
    ready_kernels()
    found = with_progress(
        lambda report: coverage_of(
            place, cell_km, fleet, span, step_s=step_s, contribution=contribution, sides=sides,
            report=lambda share: report(SEARCH_SHARE * share),
        ),
        "Coverage",
    )  # fmt: skip
    answer = coverage_answer(snapshot, found, cells=cells or chosen is Form.csv)
    if chosen is Form.text:
        print_coverage(answer)
        tell_rest(answer)
        return
    if chosen is Form.json and output is None:
        print_json(answer)
        return
    text = _written(chosen, answer, found, measure.value)
    if output is None:
        print_text(str(text))
    else:
        _write(output, text)
    tell_rest(answer)


def own_sensors_of(file: Path | None) -> Any:
    if file is None:
        return ()
    from api.commands.questions import file_content
    from ssa.sensors import read_sensors

    content = file_content("sensors", str(file))
    return read_sensors(content, "toml" if file.suffix.lower() == ".toml" else "json", file=file.name)


def _written(form: Form, answer: dict[str, Any], found: Any, measure: str) -> str | bytes:
    from api.answers.coverage_files import coverage_csv, coverage_geojson

    if form is Form.csv:
        return coverage_csv(answer)
    if form is Form.geojson:
        return coverage_geojson(answer, found)
    if form in (Form.svg, Form.png):
        from api.scenes.coverage_map import coverage_map_svg
        from api.scenes.png import png_of

        drawn = coverage_map_svg(answer, found, measure)
        return drawn if form is Form.svg else png_of(drawn)
    import orjson

    return orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def _write(output: Path, content: str | bytes) -> None:
    from orbits import InvalidValue

    try:
        output.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))
    except OSError as error:
        raise InvalidValue("output", str(output), f"cannot be written: {error.strerror or error}") from None
