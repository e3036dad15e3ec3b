"""`ssa alerts`: graded conjunctions of what is watched, and the watchlists that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import AsOf, Commercial, Database, Groups, Json, On, Start
from api.commands.terminal import print_json, say

if TYPE_CHECKING:
    from ssa.catalogue.watchlists import Watchlist, Watchlists

app = typer.Typer(help="Conjunctions of what is watched, graded by a policy.", no_args_is_help=True)

_WHAT = "alliance:NAME, owner:CODE, or catalogue numbers."
Hours = Annotated[float, typer.Option("--hours", metavar="H", help="Length of the window, up to 168.")]
PolicyName = Annotated[
    str, typer.Option("--policy", metavar="NAME", help="A policy's name, or (check) a file of your own, JSON or TOML.")
]
Grade = Annotated[
    str, typer.Option("--grade", metavar="GRADE", help="red, yellow or green: the least grave that is an alert.")
]
Without = Annotated[
    str | None, typer.Option("--without", metavar="NAMES", help="Do not watch objects so named: STARLINK,ONEWEB.")
]
ListName = Annotated[str, typer.Argument(metavar="NAME", help="Name of a watchlist.")]


@app.command()
def check(
    watch: Annotated[str | None, typer.Option("--watch", metavar="WHAT", help=_WHAT)] = None,
    watchlist: Annotated[
        str | None,
        typer.Option(
            "--watchlist",
            metavar="NAME",
            help="A watchlist that is kept, with its own settings; those given here stand.",
        ),
    ] = None,
    hours: Hours | None = None,
    start: Start = None,
    policy: PolicyName | None = None,
    grade: Grade | None = None,
    stakes: Annotated[
        Path | None,
        typer.Option(
            "--stakes",
            metavar="FILE",
            help="What is at stake: `ssa coverage --contribution --json`, or numbers by object.",
        ),
    ] = None,
    same_family: Annotated[
        bool, typer.Option("--same-family", help="Pairs inside one operator's constellation, too.")
    ] = False,
    without: Without = None,
    on: On = None,
    commercial: Commercial = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many alerts are listed at most.")] = 1000,
    groups: Groups = None,
    as_of: AsOf = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """Screen what is watched, grade what comes near, say why. Exit status 1 when an alert of the grade stands."""
    from api.answers.alerts import alerts_answer
    from api.commands.alerts_text import print_alerts, tell_rest
    from api.commands.questions import load_snapshot, own_groups, ready_kernels, start_or_now
    from api.watching import chosen_policy, chosen_stakes, watch_hours, watched
    from api.windows import window
    from orbits import InvalidValue
    from ssa.alerts.check import check_alerts
    from ssa.alerts.grading import grade_number
    from ssa.alerts.policies import DEFAULT_POLICY

    if (watch is None) == (watchlist is None):
        raise InvalidValue("watch", watch, "give either --watch or --watchlist")
    if watchlist is not None:
        if without is not None or commercial:
            raise InvalidValue(
                "watchlist", watchlist, "has its own --without and --commercial; give --watch for others"
            )
        with _shelf(database) as shelf:
            kept = _found(shelf, watchlist)
        watch, without, commercial = kept.watch, kept.without, kept.commercial
        hours = kept.hours if hours is None else hours
        policy, grade = policy or kept.policy, grade or kept.grade
    assert watch is not None
    hours, policy, grade = 72.0 if hours is None else hours, policy or DEFAULT_POLICY, grade or "yellow"
    grade_number(grade)
    rules = chosen_policy(policy)
    span = window(start_or_now(start), hours=watch_hours(hours))
    snapshot = load_snapshot(database, as_of)
    candidates = watched(
        snapshot, watch, on=on or span.start.date(), commercial=commercial, without=without, groups=own_groups(groups)
    )
    at_stake = None if stakes is None else chosen_stakes(stakes)
    ready_kernels()
    found = alerts_answer(
        check_alerts(candidates, span, rules, same_family=same_family, stakes=at_stake), grade=grade, limit=limit
    )
    if json:
        print_json(found)
    else:
        print_alerts(found)
        tell_rest(found)
    if found["alerts_found"]:
        raise typer.Exit(1)


@app.command()
def policies(json: Json = False) -> None:
    """The policies that travel with the package, with their sources."""
    from api.answers.alerts import policy_row
    from api.commands.alerts_text import print_policies
    from ssa.alerts.policies import packaged_policies

    rows = [policy_row(policy) for policy in packaged_policies()]
    if json:
        print_json({"policies": rows})
    else:
        print_policies(rows)


@app.command("list")
def list_(database: Database = None, json: Json = False) -> None:
    """The watchlists that are kept."""
    from api.answers.watchlists import watchlist_row
    from api.commands.alerts_text import print_watchlists

    with _shelf(database) as shelf:
        rows = [watchlist_row(kept) for kept in shelf.all()]
    if json:
        print_json({"watchlists": rows})
    else:
        print_watchlists(rows)


@app.command()
def save(
    name: ListName,
    watch: Annotated[str, typer.Option("--watch", metavar="WHAT", help=_WHAT)],
    without: Without = None,
    commercial: Commercial = False,
    policy: PolicyName = "public-sets",
    grade: Grade = "yellow",
    hours: Hours = 72.0,
    database: Database = None,
    json: Json = False,
) -> None:
    """Keep a watchlist under a name, in place of the one there was."""
    from api.answers.watchlists import checked_watchlist, watchlist_row
    from orbits import Instant

    wanted = checked_watchlist(
        name, watch=watch, without=without, commercial=commercial, policy=policy, grade=grade, hours=hours,
        at=Instant.now(),
    )  # fmt: skip
    with _shelf(database) as shelf:
        is_new = shelf.save(wanted)
    if json:
        print_json({"watchlist": watchlist_row(wanted)})
    else:
        say(f"{'Kept' if is_new else 'Changed'}: {name}")


@app.command()
def remove(name: ListName, database: Database = None, json: Json = False) -> None:
    """Remove a watchlist."""
    from api.answers.watchlists import watchlist_row

    with _shelf(database) as shelf:
        kept = _found(shelf, name)
        shelf.remove(name)
    if json:
        print_json({"watchlist": watchlist_row(kept)})
    else:
        say(f"Removed: {name}")


def _found(shelf: Watchlists, name: str) -> Watchlist:
    from ssa.errors import UnknownName

    kept = shelf.find(name)
    if kept is None:
        raise UnknownName("watchlist", name, [one.name for one in shelf.all()][:10])
    return kept


@contextmanager
def _shelf(database: str | None) -> Iterator[Watchlists]:
    from ssa.catalogue.job_database import JobDatabase
    from ssa.catalogue.watchlists import Watchlists

    with closing(JobDatabase(database)) as opened:
        yield Watchlists(opened)
