"""Brings a database to the schema that this version of the code knows, inside the caller's write transaction.

An empty database gets every step, an older one the steps it lacks; a newer one, or one that belongs to another
program, is refused untouched.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, String, column, inspect, select, table

from ssa.catalogue.tables import SCHEMA_HEAD
from ssa.errors import CatalogueError

STEPS_FOLDER = Path(__file__).resolve().parent / "migrations"
_ALEMBIC = "alembic_version"


def schema_revision(connection: Connection) -> str | None:
    """The revision written in the database, or None when it holds no table at all.

    Raises `CatalogueError` when it holds tables but no revision: it is another program's.
    """
    names = inspect(connection).get_table_names()
    if not names:
        return None
    if _ALEMBIC in names:
        written = column("version_num", String)
        found = connection.execute(select(written).select_from(table(_ALEMBIC, written))).scalar()
        if found is not None:
            return str(found)
    if set(names) <= {_ALEMBIC}:
        return None
    raise CatalogueError(
        f"opening the database: it holds tables of another program ({', '.join(sorted(names)[:5])}) and was left "
        "untouched; give another file with --database or SSA_DATABASE_URL"
    )


def bring_to_head(connection: Connection) -> None:
    """Run the steps that are missing; call it inside a write transaction, so that two processes cannot both do so.

    Raises `CatalogueError` when the database's revision is unknown to this code, which means that it is newer.
    """
    found = schema_revision(connection)
    if found == SCHEMA_HEAD:
        return
    from alembic import command  # half a second to import, and needed once in a database's life
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(STEPS_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise CatalogueError(
            f"opening the database: its schema is {found}, newer than {SCHEMA_HEAD}, the newest that this version of "
            "allied-ssa knows; nothing was changed. Upgrade allied-ssa, or give another database with --database or "
            "SSA_DATABASE_URL"
        )
    command.upgrade(config, "head")
