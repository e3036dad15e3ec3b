"""`ssa catalogue`: fill the database from files or sources, and say what is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.options import AsOf, Database, Json
from api.commands.terminal import harmless, print_caveats, print_json, print_table, say

if TYPE_CHECKING:
    from orbits import Instant
    from ssa.catalogue.store import CatalogueStore

app = typer.Typer(help="The catalogue of objects: fill it, and see what is in it.", no_args_is_help=True)
_SHOWN_REFUSALS = 20


@app.command("import")
def import_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="FILE...", help="TLE, 2LE, 3LE, or OMM in CSV, JSON, XML, KVN; gzip of each."),
    ] = None,
    satcat: Annotated[
        list[Path] | None, typer.Option("--satcat", metavar="FILE", help="SATCAT CSV: owners, types, dates.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="TIME", help="The time of the import; default: now.")
    ] = None,
    simulated: Annotated[
        bool, typer.Option("--simulated", help="The files hold made-up objects: every answer will say so.")
    ] = False,
    database: Database = None,
    json: Json = False,
) -> None:
    """Take in files, in one transaction: all of them, or nothing."""
    from api.answers.catalogue import ingest_row
    from api.answers.envelope import answer
    from orbits import Instant
    from ssa.catalogue.sources import FileSource
    from ssa.catalogue.store import CatalogueStore

    at = Instant.now() if as_of is None else Instant.parse(as_of, "as_of")
    source = FileSource(files or [], satcat=satcat or [])
    with CatalogueStore.open(database) as store:
        report = source.import_into(store, at=at, data_mode="SIMULATED" if simulated else "REAL")
        refused = store.refused_records(report.ingest_id)[:_SHOWN_REFUSALS]
        caveats = (
            [f"{report.refused:,} damaged records were refused, their neighbours loaded."] if report.refused else []
        )
        rows = [
            {"line": record.line, "column": record.column, "expected": record.expected, "text": record.text}
            for record in refused
        ]
        body = {"ingest": ingest_row(report), "refused_records": rows}
        if json:
            snapshot = _snapshot_or_none(store)
            print_json(
                answer(snapshot, at, body, caveats) if snapshot else {"catalogue": None, "caveats": caveats, **body}
            )
            return
    for record in refused:
        say(f"Refused: {record}")
    print_caveats(caveats)
    print(
        f"Imported {report.sets_new:,} new element sets of {report.sets_read:,} read, "
        f"and something new of {report.facts_new:,} objects."
    )


@app.command()
def update(
    source: Annotated[str, typer.Option("--source", help="celestrak, space-track or simulated.")] = "celestrak",
    group: Annotated[
        list[str] | None, typer.Option("--group", metavar="NAME", help="A group of the source; may be repeated.")
    ] = None,
    when_empty: Annotated[
        bool, typer.Option("--when-empty", help="Do nothing when the catalogue holds anything.")
    ] = False,
    or_simulated: Annotated[
        bool,
        typer.Option("--or-simulated", help="Fill an empty catalogue with the simulated one when the source fails."),
    ] = False,
    trust_shrunk: Annotated[
        bool, typer.Option("--trust-shrunk", help="Take in a feed that lost most of its records.")
    ] = False,
    database: Database = None,
    json: Json = False,
) -> None:
    """Fetch from a source, politely: never before its time, and never again after a refusal."""
    from orbits import Instant
    from ssa.catalogue.sources import update_catalogue
    from ssa.catalogue.store import CatalogueStore
    from ssa.errors import SourceError

    at = Instant.now()
    with CatalogueStore.open(database) as store:
        reports: list[Any] = []
        caveats: list[str] = []
        if when_empty and _snapshot_or_none(store) is not None:
            caveats.append("The catalogue holds objects already: nothing was asked for.")
        else:
            try:
                reports.append(update_catalogue(store, source, group or (), at=at, trust_shrunk=trust_shrunk))
            except SourceError as error:
                if not or_simulated:
                    raise
                caveats.append(str(error))
            if or_simulated and _snapshot_or_none(store) is None:
                reports.append(update_catalogue(store, "simulated", at=at))
                caveats.append("The source gave nothing: the catalogue was filled with the simulated one.")
        snapshot = _snapshot_or_none(store)
    _tell_update(snapshot, at, reports, caveats, json)
    if reports and reports[-1].failed:
        raise typer.Exit(3)


def _tell_update(snapshot: Any, at: Instant, reports: list[Any], caveats: list[str], json: bool) -> None:
    from api.answers.catalogue import ingest_row
    from api.answers.envelope import answer

    feeds = [
        {
            "source": report.source,
            "label": feed.label,
            "url": feed.url,
            "outcome": feed.outcome,
            "detail": feed.detail,
            "next_allowed": feed.next_allowed.isoformat(0) if feed.next_allowed else None,
            "ingest": ingest_row(feed.ingest) if feed.ingest else None,
        }
        for report in reports
        for feed in report.feeds
    ]
    if json:
        body = {"feeds": feeds}
        print_json(answer(snapshot, at, body, caveats) if snapshot else {"catalogue": None, "caveats": caveats, **body})
        return
    print_caveats(caveats)
    if feeds:
        keys = ("source", "label", "outcome", "detail", "next_allowed")
        print_table(
            ("Source", "Feed", "Outcome", "Detail", "Again from"),
            [[str(feed[key] or "") for key in keys] for feed in feeds],
        )


@app.command()
def info(as_of: AsOf = None, database: Database = None, json: Json = False) -> None:
    """What is in the catalogue: objects by type, owner, orbit and age; the last imports."""
    from api.answers.catalogue import catalogue_answer
    from api.answers.objects import ServedSnapshot
    from api.catalogue_keeper import snapshot_as_of
    from orbits import Instant
    from ssa.catalogue.store import CatalogueStore

    when = None if as_of is None else Instant.parse(as_of, "as_of")
    with CatalogueStore.open(database) as store:
        snapshot = store.load_snapshot() if when is None else snapshot_as_of(store, when)
        found = catalogue_answer(ServedSnapshot(snapshot), store.ingests(10), at=when or Instant.now())
    if json:
        print_json(found)
        return
    stamp = found["catalogue"]
    print(
        f"{stamp['objects']:,} objects, {stamp['data_mode']}, as of {stamp['as_of']}, from {harmless(stamp['source'])}"
    )
    print(
        f"Element sets {stamp['newest_epoch_age_days']:,.1f} to {stamp['oldest_epoch_age_days']:,.1f} days old; "
        f"digest {stamp['digest'][:16]}"
    )
    names = found["owner_names"]
    for title, counts in (
        ("Type", found["by_type"]),
        ("Orbit", found["by_regime"]),
        ("Mission", found["by_mission"]),
        ("Owner", found["by_owner"]),
    ):
        shown = list(counts.items())[:12]
        rest = sum(counts.values()) - sum(number for _, number in shown)
        rows = [
            [f"{key} {names.get(key, '') if title == 'Owner' else ''}".strip(), f"{number:,}"] for key, number in shown
        ]
        print_table((title, "Objects"), [*rows, ["others", f"{rest:,}"]] if rest else rows, right=(1,))
    print_table(
        ("Import", "Source", "Outcome", "Read", "New", "Refused"),
        [
            [
                row["started"],
                row["source"],
                row["outcome"],
                f"{row['sets_read']:,}",
                f"{row['sets_new']:,}",
                f"{row['refused']:,}",
            ]
            for row in found["ingests"]
        ],
        right=(3, 4, 5),
    )
    print_caveats(found["caveats"])


def _snapshot_or_none(store: CatalogueStore) -> Any:
    from ssa.errors import EmptyCatalogue

    try:
        return store.load_snapshot()
    except EmptyCatalogue:
        return None
