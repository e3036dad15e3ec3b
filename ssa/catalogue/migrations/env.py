"""Alembic's entry: runs the steps on the connection, and inside the transaction, that `schema.py` hands over."""

from __future__ import annotations

from alembic import context

from ssa.catalogue.tables import metadata


def run() -> None:
    """Run the steps that were asked for."""
    context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name under which alembic loads this file; imported otherwise, it does nothing
    run()
