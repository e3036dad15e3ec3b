"""`ssa briefing`: what a commander asks of a region, as one file that opens anywhere."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.coverage import Use
from api.commands.options import (
    AllianceName,
    AsOf,
    Commercial,
    Database,
    Groups,
    Json,
    Mission,
    Objects,
    On,
    RegionName,
    Start,
)
from api.commands.terminal import print_json, print_text, say


class PaperSize(StrEnum):
    """Sizes of paper."""

    A4 = "A4"
    letter = "Letter"


def command(
    region: Annotated[
        str,
        typer.Option(
            "--region", metavar="REGION",
            help="world, country:NAME, box:W,S,E,N, circle:LAT,LON,KM, alliance:NAME, or a GeoJSON file.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="The file: .html, .pdf or .json."),
    ] = None,
    alliance: AllianceName = None,
    partners: Annotated[
        str | None,
        typer.Option("--with", metavar="NAMES", help="Partners of the alliance, such as JPN,KOR; both are compared."),
    ] = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="CODE", help="An owner code, such as FR.")] = None,
    objects: Objects = None,
    on: On = None,
    commercial: Commercial = False,
    mission: Mission = None,
    sensors: Annotated[
        Path | None, typer.Option("--sensors", metavar="FILE", help="Sensors of your own, JSON or TOML.")
    ] = None,
    use: Annotated[
        Use, typer.Option("--use", help="access: what could be tasked; swath: what a pass images in routine.")
    ] = Use.access,
    start: Start = None,
    hours: Annotated[float, typer.Option("--hours", metavar="H", help="Length of the window, up to 744.")] = 24.0,
    cell_km: Annotated[
        float | None, typer.Option("--cell-km", metavar="KM", help="Side of a cell; about 1,000 cells without.")
    ] = None,
    miss_km: Annotated[
        float | None,
        typer.Option("--miss-km", metavar="KM", help="Approaches of other objects within it; 5 without, 0: none."),
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option("--policy", metavar="NAME", help="Grades conjunctions: a policy's name or file; public-sets."),
    ] = None,
    grade: Annotated[
        str | None,
        typer.Option("--grade", metavar="GRADE", help="red, yellow or green: the least grave told; none: no grades."),
    ] = None,
    debris: Annotated[
        bool | None, typer.Option("--debris/--no-debris", help="Expected collisions with catalogued objects.")
    ] = None,
    decay_days: Annotated[
        float | None,
        typer.Option("--decay-days", metavar="D", help="What may come down within; 60 without, 0: left out."),
    ] = None,
    region_name: RegionName = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The title.")] = None,
    marking: Annotated[
        str | None, typer.Option("--marking", metavar="TEXT", help="Stands on every page, above and below.")
    ] = None,
    paper: Annotated[PaperSize | None, typer.Option("--paper", help="Size of the paper; A4 without.")] = None,
    light: Annotated[bool, typer.Option("--light", help="HTML without the globe, for mail.")] = False,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="FILE", help="Title, marking, sections, paper in a TOML file.")
    ] = None,
    since: Annotated[
        Path | None, typer.Option("--since", metavar="FILE", help="JSON of an earlier briefing: tell what changed.")
    ] = None,
    series: Annotated[
        Path | None,
        typer.Option("--series", metavar="FOLDER", help="Add HTML and JSON there, told against the last one there."),
    ] = None,
    figures: Annotated[
        Path | None, typer.Option("--figures", metavar="FOLDER", help="Also every figure, as SVG and PNG.")
    ] = None,
    groups: Groups = None,
    as_of: AsOf = None,
    database: Database = None,
    json: Json = False,
) -> None:  # fmt: skip
    """A briefing on a region: coverage, gaps, who adds what, threats to the satellites; one file without a network."""
    from api.answers.briefing import briefing_answer
    from api.briefing_choice import DEFAULT_MISSION, briefing_question, threats_asked
    from api.briefing_series import last_before, series_stem
    from api.briefing_template import BriefingTemplate, checked_text, read_template
    from api.commands.coverage import own_sensors_of
    from api.commands.questions import file_content, load_snapshot, own_groups, ready_kernels, start_or_now
    from api.fleet_choice import FleetChoice
    from api.scenes.briefing_files import Form, Layout, briefing_figures, briefing_file
    from api.watching import chosen_policy
    from api.windows import window
    from orbits import InvalidValue
    from ssa.briefing import compose_briefing  # noqa: F401 - its kernels are readied below
    from ssa.regions import parse_region
    from ssa.structured_text import parsed

    if output is None and not json and figures is None and series is None:
        raise InvalidValue("output", None, "name the file: -o FILE.html, FILE.pdf or FILE.json; or ask for --json")
    form = _form(output, light)
    said = BriefingTemplate()
    if template is not None:
        said = read_template(file_content("template", str(template)), template.name)
    texts = {
        name: checked_text(name, given) if given is not None else getattr(said, name)
        for name, given in (("title", title), ("marking", marking), ("region_name", region_name))
    }
    wanted = said.threats({
        "miss_km": miss_km, "policy": policy, "grade": grade, "debris": debris, "decay_days": decay_days
    })  # fmt: skip
    threats = threats_asked(**{**wanted, "policy": chosen_policy(wanted["policy"])})
    before = None if since is None else parsed(
        file_content("since", str(since)), "json", kind="earlier briefing", file=since.name
    )  # fmt: skip
    if series is not None and since is not None:
        raise InvalidValue("since", str(since), "goes without --series, which finds the last one itself")
    span = window(start_or_now(start), hours=hours)
    known = own_groups(groups)
    place = parse_region(
        region, on=on or span.start.date(), load=lambda name: file_content("region", name), groups=known
    )
    choice = FleetChoice(
        objects=objects, alliance=alliance, owner=owner, on=on, commercial=commercial,
        mission=mission or said.mission or DEFAULT_MISSION, use=use.value, groups=known,
        own_sensors=own_sensors_of(sensors),
    )  # fmt: skip
    question = briefing_question(
        load_snapshot(database, as_of), place, choice, span, partners=partners, cell_km=cell_km,
        region_name=texts["region_name"], title=texts["title"], threats=threats,
    )  # fmt: skip
    ready_kernels()
    if series is not None:
        before = last_before(series, question.region.name, span.start)
    found = question.composed()
    answer = briefing_answer(found, marking=texts["marking"], before=before)
    layout = Layout(paper=paper.value if paper else said.paper or "A4", sections=said.sections)
    if form == "html" and said.light:
        form = "light"
    if output is not None:
        _write(output, briefing_file(found, answer, form, layout))
    if series is not None:
        page: Form = "light" if light or said.light else "html"
        files: dict[str, Form] = {"html": page, "json": "json"}
        for suffix, kind in files.items():
            _write(series / f"{series_stem(answer)}.{suffix}", briefing_file(found, answer, kind, layout))
    if figures is not None:
        for name, content in briefing_figures(found, answer, layout).items():
            _write(figures / name, content)
    if json:
        print_json(answer)
    else:
        _tell(answer, output or series)


def _form(output: Path | None, light: bool) -> Any:
    from orbits import InvalidValue

    suffix = output.suffix.lower() if output is not None else ".json"
    form = {".html": "html", ".htm": "html", ".pdf": "pdf", ".json": "json"}.get(suffix)
    if form is None:
        raise InvalidValue(
            "output", str(output), "is none of the forms of a briefing; end it with .html, .pdf or .json"
        )
    if light and output is not None and form != "html":
        raise InvalidValue("light", True, "goes with an .html file only")
    return "light" if light and form == "html" else form


def _write(file: Path, content: bytes) -> None:
    from orbits import InvalidValue

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise InvalidValue("output", str(file), f"cannot be written: {error.strerror or error}") from None


def _tell(answer: dict[str, Any], output: Path | None) -> None:
    """The bottom line on standard output, the rest beside it."""
    from api.commands.terminal import harmless, print_caveats

    lines = [line["text"] for line in answer["bottom_line"]]
    if answer["since"] is not None:
        lines += answer["since"]["said"]
    print_text("".join(f"{harmless(line)}\n" for line in lines))
    if output is not None:
        say(f"Written: {output}")
    print_caveats(answer["caveats"])
