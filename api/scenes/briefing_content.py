"""What a briefing shows, as headings, pictures, tables and lines: HTML and PDF are made from the same content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.scenes import briefing_charts as charts
from api.scenes.briefing_blocks import Block, Lines, Picture, Section, Table, lines
from api.scenes.briefing_map import TRACKS_NAMED, coverage_figure, tracks_figure
from api.scenes.briefing_threats import conjunctions_section, debris_section, decays_section
from ssa.briefing.tracks import Tracks
from ssa.briefing.value import FORMS, Briefing
from ssa.words import clock, count, days, duration, percent, place

NAMES = (
    "bottom_line", "since", "globe", "coverage", "gaps", "contribution", "looks", "conjunctions", "debris", "decays",
    "ages", "method", "inputs",
)  # fmt: skip
LOOKS_SHOWN, GAPS_SHOWN = 30, 8
_MEASURES = (
    "covered_fraction", "seen_fraction", "always_covered_fraction", "mean_fold", "max_fold", "accesses", "max_gap_s",
    "mean_max_gap_s", "mean_gap_s", "mean_revisit_s", "mean_response_s", "max_response_s", "all_seen_after_s",
)  # fmt: skip
_COMPARED = ("covered_fraction", "mean_fold", "max_gap_s", "mean_gap_s", "max_response_s")


def value_shown(name: str, value: Any) -> str:
    """A measure in words, by the unit in its name."""
    if value is None:
        return "none"
    if name.endswith("_fraction"):
        return percent(value)
    if name.endswith("_s"):
        return duration(value)
    if name.endswith("_per_year"):
        return FORMS["once_in"](value)
    return count(value) if isinstance(value, int) else f"{value:.4g}"


def sections(
    found: Briefing, answer: Mapping[str, Any], tracks: Tracks, texts: Mapping[str, str],
    chosen: Sequence[str] | None = None,
) -> tuple[Section, ...]:  # fmt: skip
    """Every section that has something to show, in order; or the `chosen` ones of `NAMES`, in theirs."""
    made = (
        _bottom_line(answer, texts), _since(answer, texts), _globe(found, tracks, texts),
        _coverage(found, answer, texts), _gaps(answer, texts), _contribution(answer, texts),
        _looks(found, answer, texts), conjunctions_section(found, answer, texts), debris_section(answer, texts),
        decays_section(answer, texts),
        _ages(answer, texts), _method(answer, texts), _inputs(answer, texts),
    )  # fmt: skip
    there = {section.name: section for section in made if section is not None}
    return tuple(there[name] for name in (NAMES if chosen is None else chosen) if name in there)


def _bottom_line(answer: Mapping[str, Any], texts: Mapping[str, str]) -> Section:
    told = lines(tuple(line["text"] for line in answer["bottom_line"]), large=True)
    return Section("bottom_line", texts["part.bottom_line"], (told,))


def _since(answer: Mapping[str, Any], texts: Mapping[str, str]) -> Section | None:
    since = answer.get("since")
    if since is None:
        return None
    rows = tuple(
        (texts.get(f"measure.{row['name']}", row["name"]), value_shown(row["name"], row["before"]),
         value_shown(row["name"], row["now"]))
        for row in (*since["measures"], *since["threats"])
    )  # fmt: skip
    columns = (texts["column.measure"], texts["column.before"], texts["column.now"])
    heading = texts["since.table"].format(start=clock(since["before_start"]), end=clock(since["before_end"]))
    blocks: list[Block] = [Table(heading, columns, rows, (2.4, 1.0, 1.0), frozenset([1, 2]))] if rows else []
    blocks.append(lines(tuple(since["said"]), listed=True))
    return Section("since", texts["part.since"], tuple(blocks))


def _globe(found: Briefing, tracks: Tracks, texts: Mapping[str, str]) -> Section:
    drawn = min(TRACKS_NAMED, len(tracks.tracks))
    caption = texts["figure.globe_flat"].format(count=drawn) if drawn else texts["figure.globe_none"]
    figure = Picture("tracks", tracks_figure(found.coverage, tracks, caption), caption)
    return Section("globe", texts["part.globe"], (figure,))


def _coverage(found: Briefing, answer: Mapping[str, Any], texts: Mapping[str, str]) -> Section:
    measures = answer["coverage"]["measures"]
    rows = ((texts["measure.objects"], count(answer["objects"])), *(
        (texts[f"measure.{name}"], value_shown(name, measures[name])) for name in _MEASURES
    ))  # fmt: skip
    columns = (texts["column.measure"], texts["column.value"])
    return Section("coverage", texts["part.coverage"], (
        Picture("map", coverage_figure(found.coverage, texts["figure.map"]), texts["figure.map"]),
        Table("", columns, rows, (2.2, 1.0), frozenset([1])),
        Picture("timeline", charts.timeline_chart(answer, texts["figure.timeline"]), texts["figure.timeline"]),
    ))  # fmt: skip


def _gaps(answer: Mapping[str, Any], texts: Mapping[str, str]) -> Section:
    blocks: list[Block] = []
    for name, key in (("region", "gaps_region"), ("places", "gaps_cells")):
        rows = answer["blind_times"][name][:GAPS_SHOWN]
        if not rows:
            blocks.append(Lines((texts[f"none.{key}"],)))
            continue
        columns = [texts["column.start"], texts["column.end"], texts["column.length"]]
        columns += [texts["column.place"]] if name == "places" else []
        told = []
        for row in rows:
            cut = f" ({texts['column.cut']})" if row["cut_at_start"] or row["cut_at_end"] else ""
            cells = [clock(row["start"]), clock(row["end"]), duration(row["length_s"]) + cut]
            told.append((*cells, place(row["latitude_deg"], row["longitude_deg"])) if name == "places" else (*cells,))
        widths = (1.0, 1.0, 1.6, 1.4)[: len(columns)]
        blocks.append(Table(texts[f"table.{key}"], tuple(columns), tuple(told), widths, frozenset()))
    return Section("gaps", texts["part.gaps"], tuple(blocks))


def _contribution(answer: Mapping[str, Any], texts: Mapping[str, str]) -> Section:
    parts = answer["coverage"]["contribution"]
    blocks: list[Block] = []
    if answer["partners"] is not None:
        blocks.append(_partners(answer["partners"], texts))
    if parts:
        blocks.append(Picture("owners", charts.owners_chart(answer, texts["figure.contribution"]),
                              texts["figure.contribution"]))  # fmt: skip
        columns = tuple(texts[f"column.{name}"] for name in ("owner", "objects", "alone", "lost", "shapley"))
        rows = tuple(
            (row["owner_name"] or row["owner"], count(row["objects"]), percent(row["alone_fraction"]),
             percent(row["marginal_fraction"]), percent(row["shapley_fraction"]))
            for row in parts
        )  # fmt: skip
        blocks.append(Table(texts["table.owners"], columns, rows, (2.0, 1.0, 1.0, 1.2, 1.0), frozenset(range(1, 5))))
    if answer["losses"] is not None and answer["losses"]["worst_fraction"][0] > 0.0:
        orders = answer["losses"]["method"].partition("random: ")[2].partition(" ")[0]
        caption = texts["figure.loss"].format(orders=orders)
        blocks.append(Picture("losses", charts.losses_chart(answer, caption), caption))
        blocks.append(_losses(answer["losses"], texts))
    return Section("contribution", texts["part.contribution"], tuple(blocks or [Lines((texts["none.contribution"],))]))


def _partners(partners: Mapping[str, Any], texts: Mapping[str, str]) -> Table:
    columns = (texts["column.measure"], texts["column.without"], texts["column.with"])
    rows = tuple(
        (texts[f"measure.{name}"], value_shown(name, partners["without"][name]),
         value_shown(name, partners["with"][name]))
        for name in _COMPARED
    )  # fmt: skip
    title = f"{texts['table.partners']}: {partners['core']} / {partners['whole']}"
    return Table(title, columns, rows, (2.2, 1.0, 1.0), frozenset([1, 2]))


def _losses(losses: Mapping[str, Any], texts: Mapping[str, str]) -> Table:
    columns = tuple(texts[f"column.{name}"] for name in ("losses", "last", "owner", "left"))
    rows = tuple(
        (str(number), row["name"], row["owner"] or "?", percent(losses["worst_fraction"][number]))
        for number, row in enumerate(losses["lost"], start=1)
    )
    return Table(texts["table.losses"], columns, rows, (0.6, 2.4, 0.8, 1.0), frozenset([0, 3]))


def _looks(found: Briefing, answer: Mapping[str, Any], texts: Mapping[str, str]) -> Section:
    rows = answer["looks"][:LOOKS_SHOWN]
    if not rows:
        return Section("looks", texts["part.looks"], (Lines((texts["none.looks"],)),))
    columns = tuple(texts[f"column.{name}"] for name in ("start", "length", "object", "owner", "sensor", "area"))
    told = tuple(
        (clock(row["start"]), duration(row["length_s"]), row["name"], row["owner"] or "?", row["sensor"],
         percent(row["area_fraction"]))
        for row in rows
    )  # fmt: skip
    title = texts["table.looks"].format(shown=count(len(rows)), found=count(answer["looks_found"]))
    return Section("looks", texts["part.looks"], (
        Picture("looks", charts.looks_chart(answer, found, texts["figure.looks"]), texts["figure.looks"]),
        Table(title, columns, told, (1.25, 0.85, 2.2, 0.7, 2.2, 0.9), frozenset([1, 5])),
    ))  # fmt: skip


def _ages(answer: Mapping[str, Any], texts: Mapping[str, str]) -> Section | None:
    ages = answer["element_ages"]
    if ages["median_days"] is None:
        return None
    columns = tuple(texts[f"column.{name}"] for name in ("object", "owner", "age"))
    rows = tuple((row["name"], row["owner"] or "?", days(row["age_days"])) for row in ages["oldest"])
    return Section("ages", texts["part.ages"], (
        Picture("ages", charts.ages_chart(answer, texts["figure.ages"]), texts["figure.ages"]),
        Table(texts["table.oldest"], columns, rows, (2.4, 0.8, 0.8), frozenset([2])),
    ))  # fmt: skip


def _method(answer: Mapping[str, Any], texts: Mapping[str, str]) -> Section:
    coverage = answer["coverage"]
    said = (
        texts["method.access"].format(cells=count(coverage["region"]["cells"])), texts["method.age"],
        *(_sentence(caveat) for caveat in answer["caveats"]),
    )  # fmt: skip
    sensor_columns = tuple(texts[f"column.{name}"] for name in ("sensor", "objects", "basis", "rule"))
    sensors = tuple(
        (row["name"], count(row["objects"]), row["basis"], row["rule"])
        for row in sorted(coverage["sensors"], key=lambda row: (-row["objects"], row["name"]))
    )
    left_columns = (texts["column.reason"], texts["column.count"])
    left = tuple((_sentence(reason), count(number)) for reason, number in coverage["left_out"].items())
    blocks: list[Block] = [Lines(said, listed=True)]
    if sensors:
        blocks.append(Table(texts["table.sensors"], sensor_columns, sensors, (1.7, 0.8, 0.8, 3.4), frozenset([1])))
    if left:
        blocks.append(Table(texts["table.left_out"], left_columns, left, (4.0, 0.8), frozenset([1])))
    return Section("method", texts["part.method"], tuple(blocks))


def _inputs(answer: Mapping[str, Any], texts: Mapping[str, str]) -> Section:
    stamp, region = answer["catalogue"], answer["coverage"]["region"]
    return Section("inputs", texts["part.inputs"], (Lines((
        texts["inputs.window"].format(start=answer["start"], end=answer["end"]),
        texts["inputs.region"].format(name=region["name"], area=count(round(region["area_km2"])),
                                      cells=count(region["cells"])),
        texts["inputs.fleet"].format(asked=answer["coverage"]["asked"], mission=answer["mission"] or "any",
                                     use=answer["coverage"]["use"]),
        texts["inputs.catalogue"].format(mode=stamp["data_mode"], as_of=stamp["as_of"], objects=count(stamp["objects"]),
                                         source=stamp["source"]),
        texts["inputs.catalogue_digest"].format(digest=stamp["digest"]),
        texts["inputs.digest"].format(digest=answer["inputs_digest"], version=answer["software"]),
        texts["method.same"], texts["frame.credits"],
    ), listed=True),))  # fmt: skip


def _sentence(text: str) -> str:
    """A caveat as a sentence."""
    said = text[:1].upper() + text[1:]
    return said if said.endswith((".", "!", "?")) else f"{said}."


def pictures(made: Sequence[Section]) -> dict[str, str]:
    """Every figure by name, as SVG."""
    return {block.name: block.svg for section in made for block in section.blocks if isinstance(block, Picture)}
