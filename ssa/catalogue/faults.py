"""Turns what a database driver raises into a `CatalogueError` that says what is wrong and what to do."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

from ssa.errors import CatalogueError


class CatalogueLocked(CatalogueError):
    """Another process held the database for longer than a caller waits; trying again later is right."""


# Primary result codes of SQLite, https://sqlite.org/rescode.html: the low byte of the extended code.
_LOCKED = (5, 6)
_WAYS_OUT = {
    5: "it was locked by another process for more than 5 s; try again when that import is done",
    6: "a table was locked by another use of it for more than 5 s; try again when that is done",
    8: "it is read-only; make the file and its folder writable, or give another with --database",
    10: "the disk failed or is full; make room or check the disk, then try again",
    11: "it is damaged; move the file away, restore a copy or fill a new one with `ssa catalogue update`",
    13: "the disk is full; make room, then try again",
    14: "it cannot be opened; check the path and its permissions, or give another with --database",
    23: "access was denied by the system; check the permissions of the file and its folder",
    26: "it is not a SQLite database, or its head is damaged; move the file away or give another with --database",
}


def catalogue_error(error: DBAPIError, database: str) -> CatalogueError:
    """The error to raise for `error`; what was stored is unchanged, because the transaction was rolled back."""
    code = getattr(error.orig, "sqlite_errorcode", None)
    way_out = _WAYS_OUT.get(code & 0xFF) if isinstance(code, int) else None
    if way_out is None and code is None and "malformed" in str(error.orig):
        way_out = _WAYS_OUT[11]
    if way_out is None and not isinstance(code, int):
        way_out = "check that the server runs and that the URL, user and rights are right"
    kind = CatalogueLocked if isinstance(code, int) and code & 0xFF in _LOCKED else CatalogueError
    return kind(
        f"using the database {database}: {way_out or 'it refused'}; what was stored is unchanged ({error.orig})"
    )
