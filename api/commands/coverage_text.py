"""Coverage as people read it in a terminal: tables on standard output, the rest on standard error."""

from __future__ import annotations

from typing import Any

from api.commands.terminal import print_caveats, print_table, say
from api.scenes.words import duration, percent

_MOST_ROWS = 40
_ROWS = (
    ("covered_fraction", "Covered, share of area and time"), ("seen_fraction", "Seen at least once, share of area"),
    ("always_covered_fraction", "Never without access, share of area"),
    ("mean_fold", "Objects in access at once, mean"), ("max_fold", "Objects in access at once, most"),
    ("accesses", "Accesses of a cell, mean"), ("max_gap_s", "Longest gap, worst cell"),
    ("mean_max_gap_s", "Longest gap, mean over the area"), ("mean_gap_s", "Gap, mean"),
    ("mean_revisit_s", "Revisit, mean"), ("max_revisit_s", "Revisit, worst cell"),
    ("mean_response_s", "Response, mean"), ("max_response_s", "Response, longest"),
    ("time_average_gap_s", "Time average gap"), ("all_seen_after_s", "Until all was seen"),
)  # fmt: skip


def print_coverage(answer: dict[str, Any]) -> None:
    """The measures, the sensors in use, and each owner's part where it was asked for."""
    rows = [[words, _shown(name, answer["measures"][name])] for name, words in _ROWS]
    print_table(("Measure", "Value"), rows, right=(1,))
    sensors = sorted(answer["sensors"], key=lambda row: (-row["objects"], row["name"]))
    if sensors:
        print_table(
            ("Objects", "Sensor", "Basis", "Rule"),
            [[f"{row['objects']:,}", row["name"], row["basis"], row["rule"]] for row in sensors[:_MOST_ROWS]],
            right=(0,),
        )
    if answer["comparison"] is not None:
        _print_comparison(answer["comparison"], answer["measures"])
    if answer["contribution"] is not None:
        parts = [
            [
                row["owner"], row["owner_name"] or "", f"{row['objects']:,}", percent(row["alone_fraction"]),
                percent(row["marginal_fraction"]), percent(row["shapley_fraction"]),
            ]
            for row in answer["contribution"]
        ]  # fmt: skip
        columns = ("Owner", "Name", "Objects", "Covered alone", "Lost without", "Shapley part")
        print_table(columns, parts, right=(2, 3, 4, 5))


def _print_comparison(comparison: dict[str, Any], together: dict[str, Any]) -> None:
    ours, theirs = comparison["ours"], comparison["theirs"]
    sides = [
        [words, _shown(name, ours[name]), _shown(name, theirs[name]), _shown(name, together[name])]
        for name, words in _ROWS
        if name in ours
    ]
    only = [percent(comparison[name]) for name in ("only_ours_fraction", "only_theirs_fraction", "both_fraction")]
    rows = [
        ["Objects", f"{ours['objects']:,}", f"{theirs['objects']:,}",
         f"{ours['objects'] + theirs['objects'] - comparison['objects_of_both']:,}"],
        *sides, ["Covered by that side alone; last: by both", *only],
    ]  # fmt: skip
    print_table(("Comparison", ours["asked"], theirs["asked"], "together"), rows, right=(1, 2, 3))


def tell_rest(answer: dict[str, Any]) -> None:
    """Who was asked, the next look, what was left out, and the caveats."""
    stamp, region, look = answer["catalogue"], answer["region"], answer["next_look"]
    say(
        f"{region['name']}, {region['area_km2']:,.0f} km2 in {region['cells']:,} cells; {len(answer['fleet']):,} "
        f"objects of {answer['asked']}, {answer['use']}; {answer['start']} to {answer['end']}; catalogue "
        f"{stamp['data_mode']} as of {stamp['as_of']}"
    )
    if look["first_norad_id"] is not None:
        say(f"First look: {look['first_norad_id']} {look['first_name']}, after {duration(look['first_wait_s'])}")
    for failed in answer["failed"][:_MOST_ROWS]:
        when = f"from {failed['since']}" if failed["since"] else f"until {failed['until']}"
        say(f"Failed: {failed['norad_id']} {failed['name']}: {failed['reason']}, {when}")
    for number in answer["not_in_catalogue"][:_MOST_ROWS]:
        say(f"Skipped: {number}: not in the catalogue")
    for left in answer["without_sensor"][:_MOST_ROWS]:
        say(f"Without sensor: {left['norad_id']} {left['name']}: {left['reason']}")
    for key in ("failed", "not_in_catalogue", "without_sensor"):
        more = len(answer[key]) - _MOST_ROWS
        if more > 0:
            say(f"... and {more:,} more; --json lists all of them ({key})")
    for reason, count in answer["left_out"].items():
        say(f"Left out: {count:,}: {reason}")
    print_caveats(answer["caveats"])


def _shown(name: str, value: float | None) -> str:
    if name.endswith("_s"):
        return duration(value)
    if name.endswith("_fraction"):
        return percent(value)
    return "none" if value is None else f"{value:,.4g}"
