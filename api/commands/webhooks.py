"""`ssa webhooks`: where alerts of a watchlist are posted to, and how it went. The posting is done by `ssa serve`."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.options import Database, Json
from api.commands.terminal import print_json, print_table, print_text, say

if TYPE_CHECKING:
    from ssa.catalogue.job_database import JobDatabase

app = typer.Typer(help="Where alerts of a watchlist are posted to; `ssa serve` does the posting.", no_args_is_help=True)

WebhookId = Annotated[str, typer.Argument(metavar="ID", help="Id of a webhook, or as much of it as no other has.")]


@app.command("list")
def list_(database: Database = None, json: Json = False) -> None:
    """The webhooks that are kept, the oldest first."""
    from api.answers.webhooks import webhook_row
    from ssa.catalogue.webhooks import Webhooks

    with _opened(database) as kept:
        rows = [webhook_row(hook) for hook in Webhooks(kept).all()]
    if json:
        print_json({"webhooks": rows})
        return
    print_table(
        ("Id", "To", "Watchlist", "Grade", "Checked (UTC)", "Failures", "Note"),
        [
            [row["id"][:8], row["url"], row["watchlist"], row["grade"], _moment(row["checked"]), str(row["failures"]),
             row["disabled"] or row["note"] or ""]
            for row in rows
        ],
        right=(5,),
    )  # fmt: skip


@app.command()
def add(
    url: Annotated[str, typer.Argument(metavar="URL", help="https, or http to localhost; no redirects are followed.")],
    watchlist: Annotated[str, typer.Option("--watchlist", metavar="NAME", help="A watchlist that is kept.")],
    grade: Annotated[str, typer.Option("--grade", metavar="GRADE", help="red or yellow: the least that is posted.")] = (
        "yellow"
    ),
    database: Database = None,
    json: Json = False,
) -> None:
    """Post new, changed and ended alerts of a watchlist to an address. The secret that signs them is told once."""
    from api.answers.webhooks import register, webhook_row
    from ssa.catalogue.watchlists import Watchlists
    from ssa.catalogue.webhooks import Webhooks

    with _opened(database) as kept:
        made = register(Webhooks(kept), Watchlists(kept), url=url, watchlist=watchlist, grade=grade, secret=None)
    if json:
        print_json({"webhook": webhook_row(made), "secret": made.secret})
    else:
        say(f"Added {made.id[:8]}: {made.grade} alerts of {made.watchlist}. The secret, which is not told again:")
        print_text(f"{made.secret}\n")


@app.command()
def remove(webhook_id: WebhookId, database: Database = None, json: Json = False) -> None:
    """Remove a webhook with its log."""
    from api.answers.webhooks import webhook_row
    from ssa.catalogue.webhooks import Webhooks

    with _opened(database) as kept:
        hook = Webhooks(kept).get(webhook_id)
        Webhooks(kept).remove(hook.id)
    if json:
        print_json({"webhook": webhook_row(hook)})
    else:
        say(f"Removed: {hook.id[:8]}")


@app.command()
def log(
    webhook_id: WebhookId,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Deliveries listed, the newest first.")] = 50,
    database: Database = None,
    json: Json = False,
) -> None:
    """What was posted and how it went; the last 200 are kept."""
    from api.answers.webhooks import delivery_row
    from ssa.catalogue.webhooks import Webhooks

    with _opened(database) as kept:
        hook = Webhooks(kept).get(webhook_id)
        rows = [delivery_row(one) for one in Webhooks(kept).deliveries(hook.id, limit)]
    if json:
        print_json({"deliveries": rows})
        return
    print_table(
        ("Created (UTC)", "Alerts", "State", "Attempts", "Last attempt", "Next attempt", "HTTP", "Note"),
        [
            [_moment(row["created"]), str(row["alerts"]), row["state"], str(row["attempts"]),
             _moment(row["last_attempt"]), _moment(row["next_attempt"]), str(row["status"] or ""), row["note"] or ""]
            for row in rows
        ],
        right=(1, 3),
    )  # fmt: skip


def _moment(told: str | None) -> str:
    return "" if told is None else told[:19].replace("T", " ")


def _opened(database: str | None) -> closing[JobDatabase]:
    from ssa.catalogue.job_database import JobDatabase

    return closing(JobDatabase(database))
