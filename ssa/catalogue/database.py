"""Opens the database and hands out transactions: many readers at once, one writer, nothing half written.

SQLite runs in WAL mode with `synchronous=FULL`: a reader sees the last committed state while an import runs, and a
commit survives a crash of the machine. A writer takes the write lock at the start (`BEGIN IMMEDIATE`), so that what
it read is still true when it writes. Whoever waits for the lock waits at most `LOCK_WAIT_S`.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from orbits.errors import InvalidValue
from ssa.catalogue.faults import catalogue_error
from ssa.catalogue.schema import bring_to_head, schema_revision
from ssa.catalogue.tables import SCHEMA_HEAD
from ssa.errors import CatalogueError

LOCK_WAIT_S = 5.0
_WRITES = "allied_ssa_writes"
# PostgreSQL advisory locks: imports run one at a time, as SQLite makes them; jobs are dealt out beside them
_IMPORT_LOCK = 0x55A_CA7
JOBS_LOCK = 0x55A_10B


def default_database_url() -> str:
    """`SSA_DATABASE_URL`, or else a SQLite file in the user's data folder; the only place that reads either."""
    from platformdirs import user_data_path

    given = os.environ.get("SSA_DATABASE_URL", "").strip()
    return given or f"sqlite:///{(user_data_path('allied-ssa', appauthor=False) / 'catalogue.sqlite3').as_posix()}"


def database_url(given: str | os.PathLike[str]) -> URL:
    """The URL of a database; a text without `://` is the path of a SQLite file.

    >>> database_url("catalogue.sqlite3").drivername
    'sqlite'
    """
    written = os.fspath(given)
    if "://" not in written:
        return URL.create("sqlite", database=written)
    try:
        url = make_url(written)
    except ArgumentError:
        raise InvalidValue("database", written, "is no database URL; write sqlite:///folder/file.sqlite3") from None
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise InvalidValue("database", url.drivername, "is not supported; use a sqlite or a postgresql URL")
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise InvalidValue("database", written, "forgets everything at the end; give the path of a file")
    return url


def insert_into(connection: Connection, table: Table) -> Any:
    """INSERT with an ON CONFLICT clause, which SQLite and PostgreSQL both have and standard SQL has not."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert  # takes 60 ms to import, which SQLite's users need not pay
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    return insert(table)


class Database:
    """One opened database; safe to share between threads, not across `fork`."""

    def __init__(self, url: URL, engine: Engine) -> None:
        self.url = url
        self.engine = engine
        self._file = _file_of(url)
        self._inode: tuple[int, int] | None = None

    @classmethod
    def open(cls, given: str | os.PathLike[str]) -> Database:
        """Open, create when absent, and bring to the newest schema.

        Raises `CatalogueError` when it cannot be opened, is damaged, locked, newer than the code, or not ours.
        """
        url = database_url(given)
        file = _file_of(url)
        if file is not None and not str(url.database).startswith("file:"):
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise CatalogueError(f"opening the database {file}: its folder cannot be made ({error})") from None
        database = cls(url, _engine(url))
        try:
            with database.reading() as connection:
                current = schema_revision(connection) == SCHEMA_HEAD
            if not current:
                with database.writing() as connection:
                    bring_to_head(connection)
        except BaseException:
            database.close()
            raise
        database._inode = database._identity()
        return database

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database, never blocked by a writer."""
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self, lock: int = _IMPORT_LOCK) -> Iterator[Connection]:
        """A transaction that alone may write: all of it is stored at the end, or none of it.

        Alone in the whole database on SQLite; alone among those that name the same `lock` on PostgreSQL.
        """
        with self._transaction(writes=True) as connection:
            if self.url.get_backend_name() == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": lock})
            yield connection

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        self._still_there()
        try:
            with (
                self.engine.connect().execution_options(**{_WRITES: writes}) as connection,
                connection.begin(),
            ):
                yield connection
        except DBAPIError as error:
            raise catalogue_error(error, self.name) from error
        except SQLAlchemyError as error:
            raise CatalogueError(f"using the database {self.name}: {error}") from error

    @property
    def name(self) -> str:
        """What to call it in messages: the file, or the URL without its password."""
        return str(self._file) if self._file is not None else self.url.render_as_string(hide_password=True)

    def _identity(self) -> tuple[int, int] | None:
        if self._file is None:
            return None
        try:
            found = self._file.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _still_there(self) -> None:
        """SQLite would go on writing to a removed file, and all of it would be lost with the process."""
        if self._inode is not None and self._identity() != self._inode:
            self.engine.dispose()
            raise CatalogueError(
                f"using the database {self.name}: the file was removed or replaced since it was opened; put it back "
                "or start again (an empty database is filled by `ssa catalogue update`)"
            )


def _file_of(url: URL) -> Path | None:
    if url.get_backend_name() != "sqlite":
        return None
    return Path(str(url.database).removeprefix("file:"))


def _engine(url: URL) -> Engine:
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True)
        engine = create_engine(url, connect_args={"timeout": LOCK_WAIT_S})
    except (NoSuchModuleError, ImportError) as error:
        raise CatalogueError(f"opening the database: its driver is not installed ({error})") from None
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver shall not begin transactions of its own
    cursor = connection.cursor()
    deadline = time.monotonic() + LOCK_WAIT_S
    while cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            break
        except Exception as error:  # SQLite does not wait for this lock by itself, however long its timeout
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-32000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
