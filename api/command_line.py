"""`ssa`: the command line. Each command is a module of `api.commands`; this one finds it, and turns errors into words.

Standard output holds the answer and nothing else; progress, notes and errors go to standard error. With `--json` the
answer, or the problem document, is one JSON object. Exit status: 0 done, 1 a finding that was asked for, 2 wrong usage
or bad input, 3 a source or the database failed, 141 the reader of a pipe left early.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Sequence
from itertools import pairwise

import typer

from api.commands import (
    alerts,
    briefing,
    catalogue,
    coverage,
    debris_breakup,
    jobs,
    navigation,
    passes,
    probability,
    propagate,
    screen,
    selfcheck,
    serve,
    warmup,
    webhooks,
    worker,
)
from api.commands.terminal import ReaderLeftError, print_json, say

_UsageError = typer.BadParameter.__bases__[0]  # typer's own base of every wrong call, under no public name

_BROKEN_PIPE = 141  # as the shell says of a program that SIGPIPE ended
_COLLECTOR_THRESHOLDS = (50_000, 20, 50)
_STAYING = (["serve"], ["worker"])  # these run for days and collect as Python does

app = typer.Typer(
    name="ssa",
    help="Space situational awareness by alliance: where satellites are, and who sees what.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(catalogue.app, name="catalogue")
app.add_typer(debris_breakup.app, name="debris")
app.add_typer(jobs.app, name="jobs")
app.add_typer(alerts.app, name="alerts")
app.add_typer(webhooks.app, name="webhooks")
for module in (
    propagate, passes, coverage, briefing, screen, probability, navigation, serve, worker, warmup, selfcheck,
):  # fmt: skip
    app.command(name=module.__name__.rpartition(".")[2])(module.command)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status; every error is told, none leaves this function."""
    try:
        return _run(arguments)
    except ReaderLeftError:  # 0 would say that no alert stands, 1 that one does
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - else the interpreter complains at its end
        return _BROKEN_PIPE


def _run(arguments: Sequence[str]) -> int:
    wants_json = "--json" in arguments or "--format=json" in arguments or ("--format", "json") in pairwise(arguments)
    try:
        status = app(list(arguments), standalone_mode=False, prog_name="ssa")
        return status if isinstance(status, int) else 0
    except typer.Exit as exit_:
        return exit_.exit_code
    except typer.Abort:
        say("Stopped.")
        return 130
    except ReaderLeftError:
        raise
    except Exception as error:
        return _tell(error, wants_json)


def _tell(error: Exception, wants_json: bool) -> int:
    from api.errors import INTERNAL, USAGE, FieldError, Problem, problem_of

    problem = problem_of(error)
    if problem is None and isinstance(error, _UsageError):
        context = getattr(error, "ctx", None)
        path = context.command_path if context else "ssa"
        wrong = getattr(getattr(error, "param", None), "name", None)
        said = str(getattr(error, "format_message", lambda: error)()).strip() or "Say which command."
        said = said if said.endswith(".") else f"{said}."
        errors = (FieldError(wrong, None, said),) if wrong else ()
        problem = Problem(USAGE, f"{said} See `{path} --help`.", errors)
    if problem is None:
        traceback.print_exception(error)
        problem = Problem(INTERNAL, f"{type(error).__name__}: {error}")
    if wants_json:
        print_json(problem.document())
    say(f"Error: {problem.detail}")
    return problem.kind.exit_status


def main() -> None:
    """The entry point of the console script.

    Modules and kernels are some 150,000 containers that live to the end. Looking through them for garbage after every
    700 new ones takes a tenth of a short command's time, and once more at the interpreter's end as much again.
    """
    if sys.argv[1:2] not in _STAYING:
        gc.set_threshold(*_COLLECTOR_THRESHOLDS)
    status = run(sys.argv[1:])
    gc.freeze()
    sys.exit(status)


if __name__ == "__main__":
    main()
