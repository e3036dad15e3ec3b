"""The log of what was taken in: every import, accepted, quarantined or failed, with its counts and reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Row, insert, select

from orbits import Instant, RefusedRecord
from ssa.catalogue.snapshot import DataMode
from ssa.catalogue.tables import ingests, refused_records

Outcome = Literal["accepted", "quarantined", "failed"]
KEPT_REFUSALS = 1000  # of one import; the count stays complete


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an import comes from: what answers will name, the bytes' hash and form, the URL if it was one."""

    source: str
    data_mode: DataMode
    at: Instant
    sha256: str | None = None
    form: str | None = None
    feed: str | None = None


@dataclass(frozen=True, slots=True)
class IngestReport:
    """One line of the log.

    `sets_read` counts the element sets that a reader accepted, `sets_new` those that were not held yet; `facts_read`
    counts the objects that a satellite catalogue spoke of, `facts_new` those of which it said something new;
    `refused` counts damaged records of both. `feed` is the URL it came from, None for a file. `finished` is the
    `started` that the caller gave plus the seconds the import took.
    """

    ingest_id: int
    source: str
    feed: str | None
    data_mode: DataMode
    form: str | None
    sha256: str | None
    started: Instant
    finished: Instant
    outcome: Outcome
    reason: str | None
    sets_read: int
    sets_new: int
    facts_read: int
    facts_new: int
    refused: int

    @property
    def sets_already_known(self) -> int:
        """How many of the sets read were held before."""
        return self.sets_read - self.sets_new if self.outcome == "accepted" else 0


def write_ingest(
    connection: Connection,
    origin: Origin,
    *,
    outcome: Outcome,
    reason: str | None = None,
    sets_read: int = 0,
    facts_read: int = 0,
    refused: Sequence[RefusedRecord] = (),
) -> int:
    """Append a line to the log, with the first refused records, and return its number."""
    key = connection.execute(
        insert(ingests).values(
            source=origin.source, feed=origin.feed, data_mode=origin.data_mode, form=origin.form, sha256=origin.sha256,
            started=origin.at.isoformat(), finished=origin.at.isoformat(), outcome=outcome,
            reason=reason and reason[:2000], sets_read=sets_read, sets_new=0, facts_read=facts_read, facts_new=0,
            refused=len(refused),
        )
    ).inserted_primary_key  # fmt: skip
    assert key is not None
    ingest_id = int(key[0])
    _write_refusals(connection, ingest_id, refused)
    return ingest_id


def finish_ingest(connection: Connection, ingest_id: int, *, finished: Instant, sets_new: int, facts_new: int) -> None:
    """Write what an import came to, in the line that `write_ingest` began."""
    connection.execute(
        ingests.update()
        .where(ingests.c.id == ingest_id)
        .values(finished=finished.isoformat(), sets_new=sets_new, facts_new=facts_new)
    )


def _write_refusals(connection: Connection, ingest_id: int, refused: Sequence[RefusedRecord]) -> None:
    rows = [
        {
            "ingest_id": ingest_id,
            "position": position,
            "line": record.line,
            "column_number": record.column,
            "expected": record.expected,
            "text": record.text[:200].encode("utf-8", "replace").decode(),
        }
        for position, record in enumerate(refused[:KEPT_REFUSALS])
    ]
    if rows:
        connection.execute(insert(refused_records), rows)


def read_ingests(connection: Connection, limit: int) -> tuple[IngestReport, ...]:
    """The last `limit` lines, newest first."""
    return tuple(_report(row) for row in connection.execute(select(ingests).order_by(ingests.c.id.desc()).limit(limit)))


def read_ingest(connection: Connection, ingest_id: int) -> IngestReport:
    """One line of the log."""
    return _report(connection.execute(select(ingests).where(ingests.c.id == ingest_id)).one())


def read_refusals(connection: Connection, ingest_id: int) -> tuple[RefusedRecord, ...]:
    """The refused records that were kept of one import."""
    found = connection.execute(
        select(refused_records).where(refused_records.c.ingest_id == ingest_id).order_by(refused_records.c.position)
    )
    return tuple(RefusedRecord(row.line, row.column_number, row.expected, row.text) for row in found)


def last_accepted(connection: Connection, feed: str) -> IngestReport | None:
    """The last import of a feed that was taken in."""
    found = connection.execute(
        select(ingests)
        .where(ingests.c.feed == feed, ingests.c.outcome == "accepted")
        .order_by(ingests.c.id.desc())
        .limit(1)
    ).one_or_none()
    return None if found is None else _report(found)


def _report(row: Row[tuple[object, ...]]) -> IngestReport:
    columns = dict(row._mapping)
    columns["ingest_id"] = columns.pop("id")
    for column in ("started", "finished"):
        columns[column] = Instant.parse(columns[column])
    return IngestReport(**columns)
