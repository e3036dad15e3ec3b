"""What goes to the terminal: JSON and tables on standard output, everything else on standard error.

Names come from feeds and may hold anything: control characters never reach a terminal.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

_PIPE_WIDTH = 240  # columns, where no terminal says how wide it is: nothing is cut


class ReaderLeftError(Exception):
    """Whoever read the output, such as `head`, has seen enough; no `OSError`, since click ends those with status 1."""


def say(text: str) -> None:
    """A line on standard error."""
    try:
        print(harmless(text, keep="\n"), file=sys.stderr, flush=True)
    except BrokenPipeError:
        raise ReaderLeftError from None


def print_json(document: dict[str, Any]) -> None:
    """One JSON object on standard output."""
    import orjson

    shape = orjson.OPT_INDENT_2 if sys.stdout.isatty() else 0
    print_text(orjson.dumps(document, option=shape | orjson.OPT_APPEND_NEWLINE).decode())


def print_text(text: str) -> None:
    """Text on standard output as it is, line ends included."""
    try:
        sys.stdout.flush()
        binary = getattr(sys.stdout, "buffer", None)
        if binary is not None:
            binary.write(text.encode("utf-8", "replace"))
            binary.flush()
        else:
            sys.stdout.write(text)
    except BrokenPipeError:
        raise ReaderLeftError from None


def print_table(columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """A table on standard output; columns numbered in `right` are set to the right."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place in right else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in row))

    class PipedConsole(Console):
        def on_broken_pipe(self) -> None:
            """Rich would end with status 1, which here says that an alert stands."""
            raise ReaderLeftError

    PipedConsole(width=None if sys.stdout.isatty() else _PIPE_WIDTH).print(table)


def print_caveats(caveats: Iterable[str]) -> None:
    """The caveats of an answer, on standard error so that they never mix with it."""
    for caveat in caveats:
        say(f"Note: {caveat}")


def harmless(text: str, keep: str = "") -> str:
    """Text without characters that steer a terminal.

    >>> harmless("SAT" + chr(27) + "[2J")
    'SAT?[2J'
    """
    return "".join(letter if letter.isprintable() or letter in keep else "?" for letter in text)
