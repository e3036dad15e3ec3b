"""Alerts in a terminal: a table, the gravest in sentences, and what was left out."""

from __future__ import annotations

from typing import Any

from api.commands.terminal import print_caveats, print_table, print_text, say

_MOST_ROWS = 200  # in a terminal
_MOST_TOLD = 10  # with their reasons
_MOST_SKIPPED = 5


def print_policies(rows: list[dict[str, Any]]) -> None:
    """Each policy with its source and the conditions of its grades."""
    for row in rows:
        source = f"{row['source'][0].upper()}{row['source'][1:]}"
        print_text(f"{row['name']}: {row['title']}. {source} ({row['standing']}).\n")
        for grade in ("red", "yellow"):
            print_text(f"  {grade}: " + " or ".join(_conditions(one) for one in row[grade]) + "\n")


def print_watchlists(rows: list[dict[str, Any]]) -> None:
    """The watchlists that are kept."""
    print_table(
        ("Name", "Watch", "Without", "Companies", "Policy", "Grade", "Hours"),
        [
            [row["name"], row["watch"][:60], row["without"] or "", "yes" if row["commercial"] else "", row["policy"],
             row["grade"], f"{row['hours']:g}"]
            for row in rows
        ],
        right=(6,),
    )  # fmt: skip


def _conditions(row: dict[str, Any]) -> str:
    return " and ".join(f"{name.replace('_', ' ')} {value}" for name, value in row.items())


def print_alerts(found: dict[str, Any]) -> None:
    """The table, then the gravest in sentences."""
    rows = found["alerts"]
    if len(rows) > _MOST_ROWS:
        say(f"The gravest {_MOST_ROWS} of {len(rows):,} alerts are shown; --json holds all of them.")
    print_table(
        ("Grade", "Closest (UTC)", "Primary", "Secondary", "Miss km", "R", "T", "N", "km/s", "Pc", "Pc max", "Age d"),
        [
            [
                row["grade"].upper() if row["grade"] == "red" else row["grade"],
                row["tca"][:19].replace("T", " "),
                f"{row['primary_id']} {row['primary_name'][:22]}",
                f"{row['secondary_id']} {row['secondary_name'][:22]}",
                f"{row['miss_distance_km']:.3f}",
                *(f"{part:+.2f}" for part in row["miss_rtn_km"]),
                f"{row['relative_speed_km_s']:.2f}",
                _power(row["probability"]),
                _power(row["maximum_probability"]),
                f"{round(row['primary_age_days'], 1) + 0.0:.1f}/{round(row['secondary_age_days'], 1) + 0.0:.1f}",
            ]
            for row in rows[:_MOST_ROWS]
        ],
        right=(4, 5, 6, 7, 8, 9, 10, 11),
    )
    for row in rows[:_MOST_TOLD]:
        print_text(
            "\n"
            + "\n".join(f"  {sentence}" if place else sentence for place, sentence in enumerate(row["reasons"]))
            + "\n"
        )
    if len(rows) > _MOST_TOLD:
        say(f"The reasons of the gravest {_MOST_TOLD} are written out; --json holds those of all.")


def _power(value: float | None) -> str:
    return "none" if value is None else f"{value:.1e}"


def tell_rest(found: dict[str, Any]) -> None:
    """Counts, what was left out or skipped, and the caveats."""
    stamp, counts = found["catalogue"], found["counts"]
    graded = ", ".join(f"{number:,} {name}" for name, number in counts.items())
    say(
        f"{graded}, of {found['screened']['approaches']:,} approaches within {found['screened']['reach_km']:g} km; "
        f"{found['watched']['objects']:,} objects watched ({found['watched']['asked']}), {found['start'][:16]} to "
        f"{found['end'][:16]}; catalogue {stamp['data_mode']} as of {stamp['as_of']}"
    )
    for reason, number in found["left_out"].items():
        say(f"Left out: {number:,}: {reason}")
    for skipped in found["skipped"][:_MOST_SKIPPED]:
        say(f"Skipped: {skipped['norad_id']} {skipped.get('name') or ''}: {skipped['reason']}")
    if found["skipped_count"] > _MOST_SKIPPED:
        for reason, number in found["skipped_reasons"].items():
            say(f"Skipped in all: {number:,}: {reason}")
    if found["stays"]:
        say(f"{len(found['stays']):,} pairs stay near one another (docked, in formation, or drifting by); see --json")
    print_caveats(found["caveats"])
