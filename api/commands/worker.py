"""`ssa worker`: computes jobs without serving, beside a server or on another machine with the same database."""

from __future__ import annotations

import signal
import threading
from typing import Annotated

import typer

from api.commands.options import Database
from api.commands.terminal import say


def command(
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, max=64, help="How many processes (SSA_WORKERS).")
    ] = None,
    database: Database = None,
) -> None:
    """Compute jobs until stopped with Ctrl-C; what is under way then goes back into the queue."""
    from api.jobs.pool import WorkerPool
    from api.settings import Settings
    from ssa.catalogue.store import CatalogueStore

    given = {"workers": workers, "database_url": database}
    settings = Settings().model_copy(update={name: value for name, value in given.items() if value is not None})
    settings = settings.model_copy(update={"workers": max(settings.workers, 1)})
    with CatalogueStore.open(settings.database_url):  # what cannot be opened is told now
        pass
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    pool = WorkerPool(settings)
    pool.start()
    say(f"Computing jobs with {settings.workers} processes (Ctrl-C to stop)")
    while not stop.wait(0.5):
        pass
    pool.stop()
