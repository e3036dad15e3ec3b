"""The ledger of requests: no URL is asked again before its time, by any process, after any crash.

A request is claimed before it is made, in one write transaction: of any number of processes one gets the claim. A
claim counts as asked from that moment, so a process that dies before the answer has still used its turn. The holder
of the claim settles it with what came back.

Limits: the wait is counted on the machine's clock, the only one that survives a restart. A clock that ran ahead and
was set back would hold a URL for years; a wait longer than `LONGEST_WAIT_S` is therefore taken for such a fault, and
starts anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from orbits import Instant
from ssa.catalogue.database import Database, insert_into
from ssa.catalogue.tables import requests
from ssa.errors import SourceError

LONGEST_WAIT_S = 7 * 86400.0


@dataclass(frozen=True, slots=True)
class RequestRecord:
    """What the ledger knows of a URL: the last claim, its answer if one came, and when it may be asked again."""

    url: str
    claimed: Instant
    next_allowed: Instant
    answered: Instant | None = None
    status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    sha256: str | None = None
    note: str | None = None


class NotYet(SourceError):
    """A URL must not be asked again before `next_allowed`."""

    def __init__(self, record: RequestRecord) -> None:
        self.record = record
        self.next_allowed = record.next_allowed
        super().__init__(
            f"asking {record.url}: it was asked at {record.claimed.isoformat(0)} and may be asked again at "
            f"{record.next_allowed.isoformat(0)}; the catalogue that is held serves on"
        )


class RequestLedger:
    """The ledger in a catalogue database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def claim(self, url: str, *, at: Instant, wait_s: float) -> RequestRecord:
        """Take the right to ask `url` now; the record returned is that of the request before (claimed at `at` if none).

        Raises `NotYet` when the URL was claimed by anyone and its wait is not over.
        """
        with self._database.writing() as connection:
            before = _read(connection, url)
            if before is not None and at < before.next_allowed:
                if before.next_allowed.seconds_since(at) > LONGEST_WAIT_S:
                    before = _keep(connection, before, next_allowed=at.plus_s(wait_s))
                not_yet = NotYet(before)
            else:
                not_yet = None
                _write(
                    connection, url=url, claimed=at.isoformat(), next_allowed=at.plus_s(wait_s).isoformat(),
                    note="asked; no answer recorded yet",
                )  # fmt: skip
        if not_yet is not None:
            raise not_yet
        return before or RequestRecord(url, at, at.plus_s(wait_s))

    def settle(self, url: str, *, at: Instant, wait_s: float, status: int | None, note: str | None = None) -> Instant:
        """Write what came back of a claim, and return when the URL may be asked again: `wait_s` after `at`."""
        next_allowed = at.plus_s(min(wait_s, LONGEST_WAIT_S))
        with self._database.writing() as connection:
            connection.execute(
                requests.update()
                .where(requests.c.url == url)
                .values(answered=at.isoformat(), status=status, note=note, next_allowed=next_allowed.isoformat())
            )
        return next_allowed

    def remember(self, url: str, *, sha256: str, etag: str | None = None, last_modified: str | None = None) -> None:
        """Keep what the next request can be conditional on; only once the content was taken in, never before."""
        with self._database.writing() as connection:
            connection.execute(
                requests.update()
                .where(requests.c.url == url)
                .values(sha256=sha256, etag=etag, last_modified=last_modified)
            )

    def record_of(self, url: str) -> RequestRecord | None:
        """What the ledger knows of a URL; None when it was never asked."""
        with self._database.reading() as connection:
            return _read(connection, url)

    def records(self) -> tuple[RequestRecord, ...]:
        """Every URL, the last asked first."""
        with self._database.reading() as connection:
            found = connection.execute(select(requests).order_by(requests.c.claimed.desc(), requests.c.url))
            return tuple(_record(dict(row._mapping)) for row in found)


def _read(connection: Connection, url: str) -> RequestRecord | None:
    found = connection.execute(select(requests).where(requests.c.url == url)).one_or_none()
    return None if found is None else _record(dict(found._mapping))


def _record(columns: dict[str, object]) -> RequestRecord:
    for name in ("claimed", "next_allowed", "answered"):
        if columns[name] is not None:
            columns[name] = Instant.parse(str(columns[name]))
    return RequestRecord(**columns)  # type: ignore[arg-type]


def _keep(connection: Connection, record: RequestRecord, *, next_allowed: Instant) -> RequestRecord:
    _write(connection, url=record.url, claimed=record.claimed.isoformat(), next_allowed=next_allowed.isoformat())
    kept = _read(connection, record.url)
    assert kept is not None
    return kept


def _write(connection: Connection, **columns: object) -> None:
    insert = insert_into(connection, requests).values(**columns)
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=["url"], set_={name: insert.excluded[name] for name in columns if name != "url"}
        )
    )
