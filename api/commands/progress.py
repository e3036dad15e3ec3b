"""A progress bar on standard error, with the time left."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

Found = TypeVar("Found")


def shown_progress(steps: Iterator[tuple[int, int, str]], title: str, *, visible: bool, transient: bool = True) -> int:
    """Run through `steps` of (done, total, name of what is being done) and return how many there were."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("left"), TimeRemainingColumn(),
        TextColumn("elapsed"), TimeElapsedColumn(),
    )  # fmt: skip
    last = 0
    with Progress(*columns, console=Console(stderr=True), transient=transient, disable=not visible) as progress:
        task = progress.add_task(title, total=None)
        for done, total, name in steps:
            short = name.rpartition(".")[2]
            progress.update(task, completed=done, total=total, description=f"{title} {short}".rstrip())
            last = total
    return last


def with_progress(work: Callable[[Callable[[float], None]], Found], title: str) -> Found:
    """Run `work(report)`, which reports the share done (0 to 1), with a bar on standard error where somebody looks."""
    if not sys.stderr.isatty():
        return work(lambda share: None)
    heard: SimpleQueue[float | None] = SimpleQueue()
    found: list[Found] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work(heard.put))
        except BaseException as error:
            failed.append(error)
        finally:
            heard.put(None)

    def steps() -> Iterator[tuple[int, int, str]]:
        while (share := heard.get()) is not None:
            yield int(1000 * share), 1000, ""

    thread = Thread(target=run, daemon=True)
    thread.start()
    shown_progress(steps(), title, visible=True)
    thread.join()
    if failed:
        raise failed[0]
    return found[0]
