"""Watchlists as the database keeps them: who is watched, for how long, by which policy, under a name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Row

from orbits import Instant, InvalidValue
from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.tables import watchlists

MOST_WATCHLISTS = 1000


@dataclass(frozen=True)
class Watchlist:
    """One watchlist; `watch` is text as a caller writes it, which is read anew of each catalogue."""

    name: str
    watch: str
    without: str | None
    commercial: bool
    policy: str
    grade: str
    hours: float
    changed: Instant


class Watchlists:
    """The watchlists of a database."""

    def __init__(self, database: JobDatabase) -> None:
        self._database = database

    def all(self) -> list[Watchlist]:
        """Every watchlist, by name."""
        with self._database.reading() as connection:
            return [_of(row) for row in connection.execute(select(watchlists).order_by(watchlists.c.name))]

    def find(self, name: str) -> Watchlist | None:
        """The watchlist of that name."""
        with self._database.reading() as connection:
            row = connection.execute(select(watchlists).where(watchlists.c.name == name)).first()
        return None if row is None else _of(row)

    def save(self, wanted: Watchlist) -> bool:
        """Store a watchlist in place of the one of its name; whether it is new.

        Raises `InvalidValue` past `MOST_WATCHLISTS`.
        """
        values = {
            "watch": wanted.watch, "without": wanted.without, "commercial": int(wanted.commercial),
            "policy": wanted.policy, "grade": wanted.grade, "hours": wanted.hours,
            "changed": wanted.changed.isoformat(6),
        }  # fmt: skip
        with self._database.writing() as connection:
            names = connection.execute(select(watchlists.c.name)).scalars().all()
            if wanted.name in names:
                connection.execute(update(watchlists).where(watchlists.c.name == wanted.name).values(**values))
                return False
            if len(names) >= MOST_WATCHLISTS:
                raise InvalidValue("name", wanted.name, f"{MOST_WATCHLISTS} watchlists are kept; remove one first")
            connection.execute(insert(watchlists).values(name=wanted.name, **values))
            return True

    def remove(self, name: str) -> bool:
        """Remove the watchlist of that name; whether there was one."""
        with self._database.writing() as connection:
            return connection.execute(delete(watchlists).where(watchlists.c.name == name)).rowcount > 0


def _of(row: Row[tuple[object, ...]]) -> Watchlist:
    values = row._mapping
    return Watchlist(
        name=str(values["name"]), watch=str(values["watch"]),
        without=None if values["without"] is None else str(values["without"]), commercial=bool(values["commercial"]),
        policy=str(values["policy"]), grade=str(values["grade"]), hours=float(str(values["hours"])),
        changed=Instant.parse(str(values["changed"])),
    )  # fmt: skip
