"""Counts how jobs ended, in the transaction that ends them."""

from __future__ import annotations

from sqlalchemy import Connection

from ssa.catalogue.database import insert_into
from ssa.catalogue.tables import job_totals


def count_ended(connection: Connection, kind: str, state: str, seconds: float | None) -> None:
    """One more job of that kind ended in that state, after so many seconds of work."""
    one = insert_into(connection, job_totals).values(kind=kind, state=state, jobs=1, seconds=seconds or 0.0)
    connection.execute(
        one.on_conflict_do_update(
            index_elements=["kind", "state"],
            set_={
                "jobs": job_totals.c.jobs + one.excluded.jobs,
                "seconds": job_totals.c.seconds + one.excluded.seconds,
            },
        )
    )
