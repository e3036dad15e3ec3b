"""The database as jobs use it: opened when first needed, and opened anew after it was removed or failed."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from ssa.catalogue.database import JOBS_LOCK, Database, default_database_url
from ssa.catalogue.faults import CatalogueLocked
from ssa.errors import CatalogueError


class JobDatabase:
    """Safe to share between threads, not across `fork`."""

    def __init__(self, url: str | os.PathLike[str] | None = None) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._database: Database | None = None

    def close(self) -> None:
        """Give back the connections; the next use opens new ones."""
        with self._lock:
            database, self._database = self._database, None
        if database is not None:
            database.close()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state."""
        with self._closing_what_failed(), self._opened().reading() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that alone may change jobs."""
        with self._closing_what_failed(), self._opened().writing(JOBS_LOCK) as connection:
            yield connection

    @contextmanager
    def _closing_what_failed(self) -> Iterator[None]:
        try:
            yield
        except CatalogueLocked:
            raise
        except CatalogueError:
            self.close()
            raise

    def _opened(self) -> Database:
        with self._lock:
            if self._database is None:
                self._database = Database.open(default_database_url() if self._url is None else self._url)
            return self._database
