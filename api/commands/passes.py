"""`ssa passes`: when satellites rise, culminate and set over sites."""

from __future__ import annotations

from enum import StrEnum
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
    Start,
)
from api.commands.terminal import print_caveats, print_json, print_table, print_text, say


class Form(StrEnum):
    """How passes are written."""

    table = "table"
    csv = "csv"
    ics = "ics"


def command(
    site: Annotated[
        list[str],
        typer.Option("--site", metavar="LAT,LON[,ALT_M]", help="A site, or NAME=LAT,LON[,ALT_M]; may be repeated."),
    ],
    objects: Objects = None,
    alliance: AllianceName = None,
    all_: Everything = False,
    on: On = None,
    commercial: Commercial = False,
    mission: Mission = None,
    groups: Groups = None,
    start: Start = None,
    hours: Annotated[float, typer.Option("--hours", metavar="H", help="Length of the window, up to 744.")] = 24.0,
    min_elevation: Annotated[
        str,
        typer.Option("--min-elevation", metavar="DEG", help="Lowest elevation, or a horizon: AZ:EL,AZ:EL,..."),
    ] = "10",
    form: Annotated[Form, typer.Option("--format", help="How passes are written.")] = Form.table,
    as_of: AsOf = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """Pass windows of satellites over sites, without a gap and without an invention."""
    from api.answers.passes import passes_answer
    from api.commands.questions import load_snapshot, own_groups, ready_kernels, selected, start_or_now
    from api.selection import Choice
    from api.sites import parse_site
    from api.windows import window
    from orbits.sites import HorizonMask
    from ssa.passes import find_passes

    span = window(start_or_now(start), hours=hours)
    sites = [parse_site(text) for text in site]
    mask = HorizonMask.parse(min_elevation)
    choice = Choice(objects, alliance, all_, on, commercial, mission, own_groups(groups))
    snapshot = load_snapshot(database, as_of)
    selection = selected(snapshot, choice, span.start)
    ready_kernels()
    found = passes_answer(snapshot, selection, find_passes(selection.objects.elements, sites, span, mask=mask))
    if json:
        print_json(found)
        return
    if form is Form.csv:
        from api.answers.passes_csv import passes_csv

        print_text(passes_csv(found))
    elif form is Form.ics:
        from api.answers.passes_ics import passes_ics

        print_text(passes_ics(found))
    else:
        _print_passes(found)
    _tell_rest(found)


_MOST_ROWS = 500  # in a terminal; laying out a table of 50,000 takes minutes and nobody reads it


def _print_passes(found: dict[str, Any]) -> None:
    several = len(found["sites"]) > 1
    columns = ["Object", "Name", "Rise (UTC)", "Az", "Highest", "El", "Range km", "Set", "Az", "± s", "Age d", "Light"]
    rows = []
    if len(found["passes"]) > _MOST_ROWS:
        say(f"The first {_MOST_ROWS} passes are shown; --json, --format csv and --format ics hold all of them.")
    for row in found["passes"][:_MOST_ROWS]:
        top, rise, sets = row["culmination"], row["rise"], row["set"]
        rows.append(
            [
                str(row["norad_id"]),
                row["name"],
                ("| " if row["cut_at_start"] else "") + rise["time"][:19].replace("T", " "),
                f"{rise['azimuth_deg']:.0f}",
                top["time"][11:19],
                f"{top['elevation_deg']:.1f}",
                f"{top['range_km']:,.0f}",
                sets["time"][11:19] + (" |" if row["cut_at_end"] else ""),
                f"{sets['azimuth_deg']:.0f}",
                "" if row["time_plus_minus_s"] is None else f"{row['time_plus_minus_s']:,.1f}",
                f"{row['elements_age_days']:.1f}",
                ("sunlit" if row["sunlit"] else "shadow") + (", dark" if row["site_is_dark"] else ""),
                *([row["site"]] if several else []),
            ]
        )
    print_table([*columns, "Site"] if several else columns, rows, right=(0, 3, 5, 6, 8, 9, 10))


def _tell_rest(found: dict[str, Any]) -> None:
    stamp = found["catalogue"]
    say(
        f"{found['passes_found']:,} passes of {found['objects_searched']:,} objects, {found['start']} to "
        f"{found['end']}; catalogue {stamp['data_mode']} as of {stamp['as_of']}"
    )
    for failed in found["failed"]:
        when = f"from {failed['since']}" if failed["since"] else f"until {failed['until']}"
        say(
            f"Failed: {failed['norad_id']} {failed['name']}: SGP4 status {failed['status']}, {failed['reason']}, {when}"
        )
    for skipped in found["skipped"]:
        say(f"Skipped: {skipped['norad_id']} {skipped['name'] or ''}: {skipped['reason']}")
    for reason, number in found["left_out"].items():
        say(f"Left out: {number:,}: {reason}")
    print_caveats(found["caveats"])
