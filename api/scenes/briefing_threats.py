"""The sections of a briefing on what threatens the fleet: conjunctions, debris, and what may come down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.scenes.briefing_blocks import Block, Lines, Picture, Section, Table, lines
from api.scenes.threat_charts import approaches_chart, debris_chart, decays_chart
from ssa.briefing.value import FORMS, Briefing
from ssa.words import clock, count, percent

ALERTS_SHOWN, ALERTS_EXPLAINED, APPROACHES_SHOWN, OWNERS_SHOWN, EXPOSED_SHOWN = 12, 3, 8, 8, 8
FLEET_SHOWN, LARGE_SHOWN = 8, 12
Texts = Mapping[str, str]


def conjunctions_section(found: Briefing, answer: Mapping[str, Any], texts: Texts) -> Section | None:
    """Graded conjunctions with their reasons, then every approach as a figure and the closest ones."""
    near, graded = answer["close_approaches"], answer["conjunctions"]
    if near is None and graded is None:
        return None
    blocks: list[Block] = [] if graded is None else _graded(graded, texts)
    if near is not None:
        blocks += _near(found, answer, texts)
    return Section("conjunctions", texts["part.conjunctions"], tuple(blocks))


def _graded(graded: Mapping[str, Any], texts: Texts) -> list[Block]:
    left_out = ", ".join(f"{count(number)} {reason}" for reason, number in graded["left_out"].items())
    told = lines((texts["method.alerts"].format(
        policy=graded["policy"]["title"], red=count(graded["counts"]["red"]), yellow=count(graded["counts"]["yellow"]),
        green=count(graded["counts"]["green"]), method=graded["probability_method"],
        left_out=left_out or texts["word.nothing"],
    ),))  # fmt: skip
    rows = graded["alerts"][:ALERTS_SHOWN]
    if not rows:
        return [Lines((texts["none.alerts"].format(grade=graded["grade"]),)), told]
    columns = ("time", "grade", "object", "other", "miss", "speed", "probability", "most")
    cells = tuple(
        (clock(row["tca"]), row["grade"], row["primary_name"], row["secondary_name"],
         f"{row['miss_distance_km']:.2f} km", f"{row['relative_speed_km_s']:.1f} km/s",
         FORMS["probability"](row["probability"]), FORMS["probability"](row["maximum_probability"]))
        for row in rows
    )  # fmt: skip
    heading = texts["table.alerts"].format(
        shown=count(len(rows)), found=count(graded["alerts_found"]), grade=graded["grade"]
    )
    return [
        Table(heading, tuple(texts[f"column.{name}"] for name in columns), cells,
              (1.2, 0.75, 1.8, 1.8, 0.9, 1.05, 1.2, 1.2), frozenset(range(4, 8))),
        lines(tuple(" ".join(row["reasons"]) for row in rows[:ALERTS_EXPLAINED]), listed=True),
        told,
    ]  # fmt: skip


def _near(found: Briefing, answer: Mapping[str, Any], texts: Texts) -> list[Block]:
    near = answer["close_approaches"]
    within = f"{near['within_km']:g}"
    told = lines((texts["method.conjunctions"].format(
        searched=count(near["searched"]), stays=count(near["stays"]), decayed=count(near["decayed"]),
        skipped=count(near["skipped"]),
    ),))  # fmt: skip
    if not near["found"] or found.approaches is None:
        return [Lines((texts["none.conjunctions"].format(within=within),)), told]
    rows = near["closest"][:APPROACHES_SHOWN]
    names = ("time", "miss", "speed", "object", "other", "ages")
    cells = tuple(
        (clock(row["tca"]), f"{row['miss_distance_km']:.2f} km", f"{row['relative_speed_km_s']:.1f} km/s",
         row["primary_name"], f"{row['secondary_name']} ({row['secondary_type'] or '?'})",
         f"{row['primary_age_days']:.1f}, {row['secondary_age_days']:.1f} d")
        for row in rows
    )  # fmt: skip
    caption = texts["figure.conjunctions"].format(within=within)
    heading = texts["table.conjunctions"].format(shown=count(len(rows)), found=count(near["found"]), within=within)
    return [
        Picture("conjunctions", approaches_chart(answer, found.approaches, caption), caption),
        Table(heading, tuple(texts[f"column.{name}"] for name in names), cells, (1.25, 0.85, 1.0, 2.0, 2.6, 1.0),
              frozenset([1, 2])),
        told,
    ]  # fmt: skip


def debris_section(answer: Mapping[str, Any], texts: Texts) -> Section | None:
    """Expected collisions: with whose objects, and who of the fleet is most exposed."""
    debris = answer["debris"]
    if debris is None:
        return None
    told = lines((texts["method.debris"].format(
        objects=count(debris["objects"]), counted=count(debris["objects_counted"]),
        once=FORMS["once_in"](debris["collisions_per_year"]),
        residual=FORMS["once_in"](debris["residual_collisions_per_year"]), failure=percent(debris["avoidance_failure"]),
        catastrophic=percent(debris["catastrophic_fraction"]), inferred=percent(debris["inferred_size_share"]),
    ),))  # fmt: skip
    owners = debris["to_whose_objects"]
    rows: list[tuple[str, ...]] = [
        (row["owner_name"] or row["owner"], _rate(row["collisions_per_year"]),
         _rate(row["residual_collisions_per_year"]))
        for row in owners[:OWNERS_SHOWN]
    ]  # fmt: skip
    rest = owners[OWNERS_SHOWN:]
    if rest:
        sums = [sum(row[name] for row in rest) for name in ("collisions_per_year", "residual_collisions_per_year")]
        rows.append((f"{len(rest)} {texts['column.others']}", *map(_rate, sums)))
    exposed = debris["most_exposed"][:EXPOSED_SHOWN]
    cells = tuple(
        (row["name"], row["owner"], _orbit(row), _rate(row["collisions_per_year"]),
         _rate(row["residual_collisions_per_year"]), percent(row["catastrophic_fraction"]))
        for row in exposed
    )  # fmt: skip
    names = ("object", "owner", "orbit", "unavoided", "avoided", "break")
    heading = texts["table.exposed"].format(shown=count(len(exposed)), found=count(debris["objects"]))
    return Section("debris", texts["part.debris"], (
        Picture("debris", debris_chart(answer, texts["figure.debris"]), texts["figure.debris"]),
        Table(texts["table.debris"], tuple(texts[f"column.{name}"] for name in ("owner", "unavoided", "avoided")),
              tuple(rows), (2.6, 1.2, 1.2), frozenset([1, 2])),
        Table(heading, tuple(texts[f"column.{name}"] for name in names), cells, (2.0, 0.7, 1.3, 1.1, 1.2, 0.9),
              frozenset([3, 4, 5])),
        told,
    ))  # fmt: skip


def decays_section(answer: Mapping[str, Any], texts: Texts) -> Section | None:
    """Windows of the fleet's satellites and of large objects that are due."""
    decays = answer["decays"]
    if decays is None:
        return None
    days = f"{decays['days']:g}"
    left_out = "; ".join(f"{count(number)} {reason}" for reason, number in decays["left_out"].items())
    told = lines((
        texts["method.decays"].format(looked=count(decays["looked_at"]), left_out=left_out or texts["word.nothing"]),
    ))  # fmt: skip
    fleet, large = decays["fleet"][:FLEET_SHOWN], decays["large"][:LARGE_SHOWN]
    if not fleet and not large:
        return Section("decays", texts["part.decays"], (Lines((texts["none.decays"].format(days=days),)), told))
    blocks: list[Block] = [
        Picture("decays", decays_chart(answer, fleet, large, texts["figure.decays"]), texts["figure.decays"])
    ]
    yes_no = {True: texts["word.yes"], False: texts["word.no"]}
    for part, rows, found in (("fleet", fleet, decays["fleet_due"]), ("large", large, decays["large_due"])):
        if not rows:
            continue
        names = ["object" if part == "fleet" else "kind", "owner", "orbit", "early", "middle", "late"]
        names += ["steers"] if part == "fleet" else ["mass", "over"]
        told_rows: list[tuple[str, ...]] = []
        for row in rows:
            when = [_date(row[name], texts) for name in ("earliest", "middle", "latest")]
            last = [yes_no[row["manoeuvres"]]] if part == "fleet" else [_mass(row), yes_no[row["reaches_region"]]]
            told_rows.append((row["name"], row["owner"], _orbit(row), *when, *last))
        heading = texts[f"table.decays_{part}"].format(days=days, shown=count(len(rows)), found=count(found))
        widths = (2.0, 0.7, 1.2, 0.8, 0.8, 0.8, 0.7) if part == "fleet" else (2.0, 0.7, 1.2, 0.8, 0.8, 0.8, 0.7, 0.9)
        blocks.append(Table(heading, tuple(texts[f"column.{name}"] for name in names), tuple(told_rows), widths))
    return Section("decays", texts["part.decays"], (*blocks, told))


def _rate(per_year: float | None) -> str:
    """Collisions in 1,000 years: `440`, `0.057`."""
    return "?" if per_year is None else f"{float(f'{per_year * 1000.0:.2g}'):,g}"


def _orbit(row: Mapping[str, Any]) -> str:
    low, high = row["perigee_km"], row["apogee_km"]
    return "?" if low is None or high is None else f"{low:.0f} × {high:.0f}"


def _date(time: str | None, texts: Texts) -> str:
    return texts["word.later"] if time is None else clock(time).rpartition(" ")[0]


def _mass(row: Mapping[str, Any]) -> str:
    if row["mass_kg"] is None:
        return "?"
    return f"{row['mass_kg'] / 1000.0:.2g} t{'?' if row['mass_basis'] == 'default' else ''}"
