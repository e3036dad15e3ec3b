"""`ssa jobs`: heavy questions under way in the database, and their answers."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.options import Database, Json
from api.commands.terminal import print_json, print_table, print_text, say

if TYPE_CHECKING:
    from ssa.catalogue.job_queue import JobQueue

app = typer.Typer(help="Heavy questions that are computed as jobs.", no_args_is_help=True)
JobId = Annotated[str, typer.Argument(metavar="ID", help="Id of a job.")]


@app.command("list")
def list_(
    state: Annotated[str | None, typer.Option("--state", help="queued, running, done, failed, cancelled, ...")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")] = 100,
    database: Database = None,
    json: Json = False,
) -> None:
    """The jobs that are kept, the newest first."""
    from api.answers.jobs import job_row
    from orbits import InvalidValue
    from ssa.catalogue.job_records import STATES

    if state is not None and state not in STATES:
        raise InvalidValue("state", state, f"is none of {', '.join(STATES)}")
    with _queue(database) as queue:
        rows = [job_row(job) for job in queue.page(state=state, limit=limit)]
    if json:
        print_json({"jobs": rows})
    else:
        _print(rows)


@app.command()
def show(
    job_id: JobId,
    result: Annotated[bool, typer.Option("--result", help="The answer itself, as JSON.")] = False,
    database: Database = None,
    json: Json = False,
) -> None:
    """One job, or its answer."""
    from api.answers.jobs import job_row
    from api.errors import NoResult, NotFound

    with _queue(database) as queue:
        job = queue.job(job_id)
        content = None if job is None or not result else queue.result(job.number)
    if job is None:
        raise NotFound("job_id", job_id, "is no job of this database")
    row = job_row(job)
    if result:
        if content is None:
            raise NoResult(f"job {job.id} is {job.state}")
        print_text(gzip.decompress(content).decode() + "\n")
    elif json:
        print_json({"job": row})
    else:
        _print([row])
        if row["problem"]:
            say(f"Problem: {row['problem']['detail']}")


@app.command()
def cancel(job_id: JobId, database: Database = None, json: Json = False) -> None:
    """End a job that waits or runs; one that has ended stays as it is."""
    from api.answers.jobs import job_row
    from api.errors import NotFound
    from api.settings import Settings
    from orbits import Instant

    at = Instant.now()
    with _queue(database) as queue:
        job = queue.cancel(job_id, at=at, expires=at.plus_s(Settings().job_kept_h * 3600.0))
    if job is None:
        raise NotFound("job_id", job_id, "is no job of this database")
    if json:
        print_json({"job": job_row(job)})
    else:
        _print([job_row(job)])


@contextmanager
def _queue(database: str | None) -> Iterator[JobQueue]:
    from ssa.catalogue.job_database import JobDatabase
    from ssa.catalogue.job_queue import JobQueue

    with closing(JobDatabase(database)) as opened:
        yield JobQueue(opened)


def _print(rows: list[dict[str, Any]]) -> None:
    print_table(
        ("Job", "Kind", "State", "Done", "Left s", "Created (UTC)", "Finished"),
        [
            [
                row["id"],
                row["kind"],
                row["state"],
                f"{row['fraction']:.0%}",
                "" if row["seconds_left"] is None else f"{row['seconds_left']:,.0f}",
                row["created"][:19].replace("T", " "),
                (row["finished"] or "")[:19].replace("T", " "),
            ]
            for row in rows
        ],
        right=(3, 4),
    )
