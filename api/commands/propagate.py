"""`ssa propagate`: where objects are, in TEME and ITRS."""

from __future__ import annotations

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
from api.commands.terminal import print_caveats, print_json, print_table, say

MAX_STATES = 5_000_000  # of one answer; each is about 400 bytes of JSON


def command(
    objects: Objects = None,
    alliance: AllianceName = None,
    all_: Everything = False,
    on: On = None,
    commercial: Commercial = False,
    mission: Mission = None,
    groups: Groups = None,
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help="One time.")] = None,
    start: Start = None,
    end: Annotated[str | None, typer.Option("--end", metavar="TIME", help="The last time, with --start.")] = None,
    step: Annotated[float, typer.Option("--step", metavar="SECONDS", help="Between times, with --start.")] = 60.0,
    as_of: AsOf = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """States at one time, or at times a step apart, with SGP4's status for each."""
    from api.answers.states import states_answer
    from api.commands.questions import load_snapshot, own_groups, ready_kernels, selected
    from api.selection import Choice
    from orbits import InvalidValue
    from orbits.frames import teme_to_itrs
    from orbits.propagation import propagate

    times = _times(at, start, end, step)
    choice = Choice(objects, alliance, all_, on, commercial, mission, own_groups(groups))
    snapshot = load_snapshot(database, as_of)
    first = times[0] if hasattr(times, "jd_day") else times.start
    selection = selected(snapshot, choice, first)
    states = len(selection.objects) * len(times)
    if states > MAX_STATES:
        raise InvalidValue(
            "step", step, f"makes {states:,} states, more than {MAX_STATES:,}; take a longer step or ask in parts"
        )
    ready_kernels()
    teme = propagate(selection.objects.elements, times)
    found = states_answer(snapshot, selection, teme, teme_to_itrs(teme))
    if json:
        print_json(found)
        return
    print_table(
        (
            "Object",
            "Name",
            "Time (UTC)",
            "Status",
            "TEME x km",
            "y",
            "z",
            "vx km/s",
            "vy",
            "vz",
            "Lat deg",
            "Lon deg",
            "Alt km",
            "Age d",
        ),
        [_row(entry, state) for entry in found["objects"] for state in entry["states"]],
        right=(0, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13),
    )
    for failed in found["failed"]:
        say(f"Failed: {failed['norad_id']} {failed['name']}: SGP4 status {failed['status']}, {failed['reason']}")
    for skipped in found["skipped"]:
        say(f"Skipped: {skipped['norad_id']} {skipped['name'] or ''}: {skipped['reason']}")
    print_caveats(found["caveats"])


def _times(at: str | None, start: str | None, end: str | None, step: float) -> Any:
    from api.windows import moment
    from orbits import Instants, InvalidValue, TimeGrid, TimeSpan

    if at is not None:
        if start is not None or end is not None:
            raise InvalidValue("at", at, "goes alone; give --at, or --start with --end")
        return Instants.of([moment(at, "at")])
    if start is None or end is None:
        missing = "start" if start is None else "end"
        raise InvalidValue(missing, None, "is missing; give --at TIME, or --start TIME --end TIME [--step SECONDS]")
    return TimeGrid.over(TimeSpan(moment(start, "start"), moment(end, "end")), step_s=step)


def _row(entry: dict[str, Any], state: dict[str, Any]) -> list[str]:
    position, velocity = state["position_teme_km"], state["velocity_teme_km_s"]
    vectors = [f"{value:.3f}" for value in position] + [f"{value:.6f}" for value in velocity] if position else [""] * 6
    places = ((state["latitude_deg"], 4), (state["longitude_deg"], 4), (state["altitude_km"], 1))
    return [
        str(entry["norad_id"]),
        entry["name"],
        state["time"][:23].replace("T", " "),
        "ok" if state["status"] == 0 else f"{state['status']} {state['reason']}",
        *vectors,
        *("" if value is None else f"{value:.{digits}f}" for value, digits in places),
        f"{state['elements_age_days']:.2f}",
    ]
