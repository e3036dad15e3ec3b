"""`ssa selfcheck`: this installation against independent programs, and against itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from api.commands.options import Database, Json
from api.commands.terminal import print_json, print_table

if TYPE_CHECKING:
    from api.checks import Check


def command(database: Database = None, json: Json = False) -> None:
    """Check SGP4, frames, tables, kernels and the database; exit status 1 when something is found."""
    from orbits import Instant
    from ssa.catalogue.store import CatalogueStore

    at = Instant.now()
    with CatalogueStore.open(database) as store:
        snapshot, checks = _checks(store, at)
    findings = sum(check.outcome == "finding" for check in checks)
    if json:
        print_json(
            {
                "catalogue": snapshot.provenance(at) if snapshot is not None else None,
                "caveats": ["A check finds what it looks for: see each detail for what was compared, and how closely."],
                "findings": findings,
                "checks": [check.row() for check in checks],
            }
        )
    else:
        print_table(("Check", "Outcome", "What was compared"), [(c.name, c.outcome, c.detail) for c in checks])
        print("Nothing found." if not findings else f"{findings} finding{'s' if findings > 1 else ''}.")
    if findings:
        raise typer.Exit(1)


def _checks(store: Any, at: Any) -> tuple[Any, list[Check]]:
    from api.checks import Check
    from api.checks.propagation import catalogue_sample_check, verification_check
    from api.checks.surroundings import database_check, frames_check, kernel_check, orientation_check
    from ssa.errors import CatalogueError, EmptyCatalogue

    checks = [kernel_check(), verification_check(), frames_check(at), orientation_check(at), database_check(store)]
    try:
        snapshot = store.load_snapshot()
    except EmptyCatalogue as error:
        return None, [*checks, Check("SGP4 on the catalogue", "skipped", str(error), {})]
    except CatalogueError as error:
        return None, [*checks, Check("SGP4 on the catalogue", "finding", str(error), {})]
    return snapshot, [*checks, catalogue_sample_check(snapshot)]
