"""The catalogue on disk: imports are one transaction, snapshots are frozen values.

What is served. Of every object the set with the newest epoch among all accepted imports (up to `as_of`, if one is
given), with everything any SATCAT file said of it. REAL and SIMULATED never mix: a database that holds a real set
serves real sets only and takes no simulated ones; real sets imported over simulated ones replace them in what is
served. Objects that decayed by the satellite catalogue stay in, marked by their `decay_date`.

History is append-only. A snapshot `as_of` an earlier time is rebuilt from the imports up to then, equal to the last
bit (and in digest) to what was served. The time of an import is the `at` that the caller gave.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from types import TracebackType

from sqlalchemy import Connection, select

from orbits import ElementSets, Instant, InvalidValue, RefusedRecord
from ssa.catalogue import loading, recording
from ssa.catalogue.database import Database, default_database_url
from ssa.catalogue.faults import CatalogueLocked
from ssa.catalogue.ingests import (
    IngestReport,
    Origin,
    Outcome,
    finish_ingest,
    last_accepted,
    read_ingest,
    read_ingests,
    read_refusals,
    write_ingest,
)
from ssa.catalogue.ownership import SatelliteFacts
from ssa.catalogue.served import pack_columns
from ssa.catalogue.snapshot import CatalogueSnapshot, DataMode
from ssa.catalogue.tables import element_sets
from ssa.errors import CatalogueError, EmptyCatalogue


class CatalogueStore:
    """A catalogue database. Open it with `CatalogueStore.open`; threads may share one, processes open their own."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    def open(cls, url: str | os.PathLike[str] | None = None) -> CatalogueStore:
        """Open a database by URL or by the path of a SQLite file, creating it when absent.

        None means `SSA_DATABASE_URL`, or else a SQLite file in the user's data folder. Raises `CatalogueError` when it
        cannot be opened, is damaged, locked for more than 5 s, or was written by a newer version.
        """
        return cls(Database.open(default_database_url() if url is None else url))

    def close(self) -> None:
        """Give back the connections; the store cannot be used afterwards."""
        self.database.close()

    def __enter__(self) -> CatalogueStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def import_elements(
        self,
        elements: ElementSets,
        *,
        source: str,
        data_mode: DataMode,
        at: Instant,
        facts: SatelliteFacts | None = None,
        sha256: str | None = None,
        form: str | None = None,
        feed: str | None = None,
    ) -> IngestReport:
        """Take in element sets, and facts with them, in one transaction: all of it is stored, or nothing.

        `source` is what answers will name, `sha256` and `form` describe the bytes, `feed` is the URL they came from.
        Raises `InvalidValue` for an import without a set, `CatalogueError` when simulated sets meet real ones or the
        database fails; what was stored is then unchanged.
        """
        elements = recording.storable(elements)
        if not len(elements):
            raise InvalidValue("elements", "0 sets", "no set with a catalogue number; import_facts takes facts alone")

        def write(connection: Connection, ingest_id: int) -> tuple[int, int]:
            if data_mode == "SIMULATED" and _holds(connection, "REAL"):
                raise CatalogueError(
                    f"importing simulated elements into {self.database.name}: it holds real ones, and the two never "
                    "mix; give another database with --database or SSA_DATABASE_URL"
                )
            said = 0 if facts is None else recording.record_facts(connection, facts, ingest_id, data_mode)
            return recording.record_elements(connection, elements, ingest_id, data_mode), said

        return self._ingest(
            Origin(source, data_mode, at, sha256, form, feed), write, sets_read=len(elements),
            facts_read=0 if facts is None else len(facts),
            refused=(*elements.refused, *(facts.refused if facts is not None else ())),
        )  # fmt: skip

    def import_facts(
        self,
        facts: SatelliteFacts,
        *,
        source: str,
        at: Instant,
        data_mode: DataMode = "REAL",
        sha256: str | None = None,
        feed: str | None = None,
    ) -> IngestReport:
        """Take in facts alone, in one transaction; what they do not say stays as it was."""

        def write(connection: Connection, ingest_id: int) -> tuple[int, int]:
            return 0, recording.record_facts(connection, facts, ingest_id, data_mode)

        origin = Origin(source, data_mode, at, sha256, "satcat-csv", feed)
        return self._ingest(origin, write, sets_read=0, facts_read=len(facts), refused=facts.refused)

    def note_refused(self, origin: Origin, *, outcome: Outcome, reason: str) -> IngestReport:
        """Log an import that was quarantined or failed; the catalogue is unchanged."""
        with self.database.writing() as connection:
            return read_ingest(connection, write_ingest(connection, origin, outcome=outcome, reason=reason))

    def _ingest(
        self,
        origin: Origin,
        write: Callable[[Connection, int], tuple[int, int]],
        *,
        sets_read: int,
        facts_read: int,
        refused: tuple[RefusedRecord, ...],
    ) -> IngestReport:
        if origin.data_mode not in ("REAL", "SIMULATED"):
            raise InvalidValue("data_mode", origin.data_mode, "is neither REAL nor SIMULATED")
        began = time.monotonic()
        try:
            with self.database.writing() as connection:
                ingest_id = write_ingest(
                    connection, origin, outcome="accepted", sets_read=sets_read, facts_read=facts_read, refused=refused
                )
                sets_new, facts_new = write(connection, ingest_id)
                if sets_new or facts_new:
                    pack_columns(connection, origin.data_mode, loading.served_rows(connection, origin.data_mode))
                finished = origin.at.plus_s(time.monotonic() - began)
                finish_ingest(connection, ingest_id, finished=finished, sets_new=sets_new, facts_new=facts_new)
                return read_ingest(connection, ingest_id)
        except CatalogueLocked:
            raise
        except CatalogueError as error:
            # A database that failed may not take the note either; the caller is told in any case.
            with suppress(CatalogueError):
                self.note_refused(origin, outcome="failed", reason=str(error))
            raise

    def load_snapshot(self, as_of: Instant | None = None) -> CatalogueSnapshot:
        """The catalogue that is served now, or that was served at `as_of`, as one frozen value.

        Without `as_of` the snapshot bears the time of the last accepted import. Raises `EmptyCatalogue` when nothing
        was imported (by then).
        """
        with self.database.reading() as connection:
            return loading.read_snapshot(connection, as_of)

    def element_history(self, norad_id: int) -> ElementSets:
        """Every set held of one object, oldest epoch first; no row when the object is not known."""
        with self.database.reading() as connection:
            return loading.read_history(connection, norad_id, _mode_or_real(connection))

    def element_histories(
        self, norad_ids: Sequence[int], until: Instant, *, days: float = 240.0, spacing_days: float = 10.0
    ) -> ElementSets:
        """Sets held of many objects by `until`, of the last `days`, thinned to one in `spacing_days` of each."""
        with self.database.reading() as connection:
            return loading.read_histories(
                connection, norad_ids, _mode_or_real(connection), until, days=days, spacing_days=spacing_days
            )

    def newest_epochs(self, data_mode: DataMode) -> dict[int, tuple[float, float]]:
        """Catalogue number to the epoch, a two-part Julian date (UTC), of the newest set of that mode."""
        with self.database.reading() as connection:
            return loading.newest_epochs(connection, data_mode)

    def ingests(self, limit: int = 20) -> tuple[IngestReport, ...]:
        """The last imports, newest first, with those that were quarantined or failed."""
        with self.database.reading() as connection:
            return read_ingests(connection, limit)

    def refused_records(self, ingest_id: int) -> tuple[RefusedRecord, ...]:
        """What one import refused; the first 1,000 are kept."""
        with self.database.reading() as connection:
            return read_refusals(connection, ingest_id)

    def last_accepted(self, feed: str) -> IngestReport | None:
        """The last import that was accepted from a feed (a URL)."""
        with self.database.reading() as connection:
            return last_accepted(connection, feed)

    def check_integrity(self) -> None:
        """Read every page and every set that is served; raises `CatalogueError` when something is damaged.

        Each set carries a hash of its content, so that a flipped bit is found where SQLite itself would not see it.
        """
        with self.database.reading() as connection:
            if connection.dialect.name == "sqlite":
                found = connection.exec_driver_sql("PRAGMA quick_check").scalar()
                if found != "ok":
                    raise CatalogueError(
                        f"checking the database {self.database.name}: it is damaged ({found}); move the file away, "
                        "restore a copy or fill a new one with `ssa catalogue update`"
                    )
            damaged = loading.damaged_objects(connection)
        if damaged:
            raise CatalogueError(
                f"checking the database {self.database.name}: what it holds of {len(damaged)} objects differs from its "
                f"own hash or from what is served, the first of them {damaged[0]}; restore a copy or fill a new "
                "database with `ssa catalogue update`"
            )


def sha256_of(content: bytes) -> str:
    """The hash under which the log knows the bytes of a file or feed."""
    return hashlib.sha256(content).hexdigest()


def _holds(connection: Connection, mode: DataMode) -> bool:
    return (
        connection.execute(select(element_sets.c.id).where(element_sets.c.data_mode == mode).limit(1)).first()
        is not None
    )


def _mode_or_real(connection: Connection) -> DataMode:
    try:
        return loading.served_mode(connection)[0]
    except EmptyCatalogue:
        return "REAL"
