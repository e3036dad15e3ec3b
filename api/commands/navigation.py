"""`ssa navigation`: satellites in view and dilution of precision over a region."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from api.commands.options import AsOf, Database, Groups, Json, On, Start
from api.commands.terminal import print_caveats, print_json, print_table, say


def command(
    region: Annotated[
        str,
        typer.Option(
            "--region", metavar="REGION",
            help="world, country:NAME, box:W,S,E,N, circle:LAT,LON,KM, alliance:NAME, or a GeoJSON file.",
        ),
    ],
    systems: Annotated[
        str, typer.Option("--systems", metavar="NAMES", help="GPS, GALILEO, GLONASS, BEIDOU, QZSS, NAVIC, or all.")
    ] = "GPS",
    start: Start = None,
    hours: Annotated[float, typer.Option("--hours", metavar="H", help="Length of the window, up to 744.")] = 24.0,
    step_s: Annotated[float, typer.Option("--step", metavar="SECONDS", help="Seconds between epochs.")] = 300.0,
    cell_km: Annotated[
        float | None, typer.Option("--cell-km", metavar="KM", help="Side of a cell; about 1,000 cells without.")
    ] = None,
    min_elevation: Annotated[
        float, typer.Option("--min-elevation", metavar="DEG", help="Lowest elevation used.")
    ] = 5.0,
    max_pdop: Annotated[
        float, typer.Option("--max-pdop", metavar="NUMBER", help="Available means a PDOP up to this.")
    ] = 6.0,
    own_clocks: Annotated[
        bool, typer.Option("--own-clocks", help="Each further system costs an unknown: its clock.")
    ] = False,
    reserves: Annotated[
        bool, typer.Option("--reserves", help="Use spares, backups, partly working and new satellites, too.")
    ] = False,
    without: Annotated[
        str | None, typer.Option("--without", metavar="IDS", help="Satellites lost, by catalogue number, to compare.")
    ] = None,
    without_systems: Annotated[
        str | None, typer.Option("--without-systems", metavar="NAMES", help="Systems lost, to compare.")
    ] = None,
    on: On = None,
    groups: Groups = None,
    cells: Annotated[bool, typer.Option("--cells", help="List every cell, with --json.")] = False,
    as_of: AsOf = None,
    database: Database = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Satellites in view, dilution of precision and availability of navigation systems over a region."""
    from api.answers.navigation import navigation_answer
    from api.commands.questions import file_content, load_snapshot, own_groups, ready_kernels, start_or_now
    from api.selection import listed_numbers
    from api.windows import window
    from ssa.navigation import navigation_of
    from ssa.regions import parse_region

    span = window(start_or_now(start), hours=hours)
    place = parse_region(
        region, on=on or span.start.date(), load=lambda name: file_content("region", name), groups=own_groups(groups)
    )
    lost = listed_numbers("without", without)
    snapshot = load_snapshot(database, as_of)
    ready_kernels()
    answer = navigation_of(
        snapshot, place, span, systems, step_s=step_s, cell_km=cell_km, mask_deg=min_elevation, most_pdop=max_pdop,
        own_clocks=own_clocks, include_reserves=reserves, without=lost, without_systems=without_systems or (),
    )  # fmt: skip
    found = navigation_answer(snapshot, span, answer, cells=cells)
    if json:
        print_json(found)
        return
    _print_measures(found)
    _tell_rest(found)


_ROWS = (
    ("mean_satellites", "Satellites in view, mean"), ("min_satellites", "Satellites in view, least"),
    ("available_fraction", "Available, share of area and time"),
    ("least_available_fraction", "Available, worst cell"), ("mean_pdop", "PDOP, mean"),
    ("p95_pdop", "PDOP, 95 %, worst cell"), ("worst_pdop", "PDOP, worst"), ("mean_gdop", "GDOP, mean"),
    ("mean_hdop", "HDOP, mean"), ("mean_vdop", "VDOP, mean"), ("mean_tdop", "TDOP, mean"),
    ("longest_outage_s", "Longest outage, s"),
)  # fmt: skip


def _print_measures(found: dict[str, Any]) -> None:
    loss = found["outage"]
    columns = ["Measure", "Value", *(["After the loss"] if loss else [])]
    measures = [found["measures"], *([loss["measures"]] if loss else [])]
    rows = [[words, *(_shown(each[name]) for each in measures)] for name, words in _ROWS]
    print_table(columns, rows, right=(1, 2))


def _shown(value: float | None) -> str:
    return "no solution" if value is None else f"{value:,.4g}"


def _tell_rest(found: dict[str, Any]) -> None:
    stamp, region = found["catalogue"], found["region"]
    for system in found["systems"]:
        say(f"{system['name']}: {len(system['used'])} satellites used, {len(system['left_out'])} left out")
        for left in system["left_out"]:
            say(f"Left out: {left['norad_id']} {left['name']}: {left['reason']}")
    say(
        f"{region['name']}, {region['cells']:,} cells, {found['epochs']:,} epochs from {found['start']} to "
        f"{found['end']}; catalogue {stamp['data_mode']} as of {stamp['as_of']}"
    )
    print_caveats(found["caveats"])
