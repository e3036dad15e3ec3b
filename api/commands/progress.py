"""A progress bar on standard error, with the time left."""

from __future__ import annotations

from collections.abc import Iterator


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
