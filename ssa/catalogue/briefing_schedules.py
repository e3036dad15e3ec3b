"""Briefing schedules as the database keeps them: what is briefed each day at a time of UTC, and the last ones made.

A schedule whose time has come is *due*: its time is kept until the job of it has ended, so that a process that dies in
between loses nothing, and the next time is set on, so that no two processes begin it twice. Of times that were missed
only the last is made up for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, insert, select, update
from sqlalchemy.engine import Row

from orbits import Instant, InvalidValue
from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.tables import briefing_schedules, scheduled_briefings

MOST_SCHEDULES, MOST_KEPT = 100, 100
_DAY_S = 86400.0


@dataclass(frozen=True)
class BriefingSchedule:
    """One schedule; `request` is JSON that this room stores and never reads, `due` the time that is under way."""

    name: str
    request: str
    time_utc: str
    keep: int
    next_run: Instant
    changed: Instant
    due: Instant | None = None
    job_id: str | None = None
    problem: str | None = None


@dataclass(frozen=True)
class ScheduledBriefing:
    """One of a series: the time it was due, when it was made, and the job that made it."""

    number: int
    schedule: str
    due: Instant
    made: Instant
    job_id: str


def next_time(time_utc: str, after: Instant) -> Instant:
    """The first moment after `after` at which it is so many hours and minutes of UTC.

    >>> next_time("04:05", Instant.parse("2026-03-10T04:05:00Z")).isoformat(0)
    '2026-03-11T04:05:00Z'
    """
    there = Instant.parse(f"{after.isoformat(0)[:10]}T{time_utc}:00Z")
    return there if there.seconds_since(after) > 0.0 else there.plus_s(_DAY_S)


class BriefingSchedules:
    """The schedules of a database, and their series."""

    def __init__(self, database: JobDatabase) -> None:
        self._database = database

    def all(self) -> list[BriefingSchedule]:
        """Every schedule, by name."""
        with self._database.reading() as connection:
            rows = connection.execute(select(briefing_schedules).order_by(briefing_schedules.c.name))
            return [_of(row) for row in rows]

    def find(self, name: str) -> BriefingSchedule | None:
        """The schedule of that name."""
        with self._database.reading() as connection:
            row = connection.execute(select(briefing_schedules).where(briefing_schedules.c.name == name)).first()
        return None if row is None else _of(row)

    def save(self, wanted: BriefingSchedule) -> bool:
        """Store a schedule in place of the one of its name, whose series stays; whether it is new.

        Raises `InvalidValue` past `MOST_SCHEDULES`.
        """
        values = {
            "request": wanted.request, "time_utc": wanted.time_utc, "keep": wanted.keep,
            "next_run": wanted.next_run.isoformat(6), "due": None, "job_id": None, "problem": None,
            "changed": wanted.changed.isoformat(6),
        }  # fmt: skip
        table = briefing_schedules
        with self._database.writing() as connection:
            names = connection.execute(select(table.c.name)).scalars().all()
            if wanted.name in names:
                connection.execute(update(table).where(table.c.name == wanted.name).values(**values))
                return False
            if len(names) >= MOST_SCHEDULES:
                raise InvalidValue("name", wanted.name, f"{MOST_SCHEDULES} schedules are kept; remove one first")
            connection.execute(insert(table).values(name=wanted.name, **values))
            return True

    def remove(self, name: str) -> bool:
        """Remove a schedule with its series; whether there was one."""
        with self._database.writing() as connection:
            connection.execute(delete(scheduled_briefings).where(scheduled_briefings.c.schedule == name))
            return connection.execute(
                delete(briefing_schedules).where(briefing_schedules.c.name == name)
            ).rowcount > 0  # fmt: skip

    def fall_due(self, at: Instant) -> None:
        """Mark every schedule whose time has come by the last of its times up to `at`, and set the next one."""
        table, now = briefing_schedules, at.isoformat(6)
        with self._database.reading() as connection:
            if not connection.execute(select(table.c.name).where(table.c.next_run <= now)).first():
                return
        with self._database.writing() as connection:
            for row in connection.execute(select(table).where(table.c.next_run <= now)).all():
                schedule = _of(row)
                coming = next_time(schedule.time_utc, at)
                connection.execute(
                    update(table).where(table.c.name == schedule.name).values(
                        next_run=coming.isoformat(6), due=coming.plus_s(-_DAY_S).isoformat(6), job_id=None
                    )
                )  # fmt: skip

    def under_way(self) -> list[BriefingSchedule]:
        """The schedules that are due, whether their job is asked for or not."""
        table = briefing_schedules
        with self._database.reading() as connection:
            rows = connection.execute(select(table).where(table.c.due.is_not(None)).order_by(table.c.name))
            return [_of(row) for row in rows]

    def begun(self, schedule: BriefingSchedule, job_id: str) -> None:
        """Note the job of a schedule that is due."""
        self._change(schedule, job_id=job_id)

    def failed(self, schedule: BriefingSchedule, why: str) -> None:
        """Note why there is no briefing of a time that was due."""
        self._change(schedule, due=None, job_id=None, problem=why[:2000])

    def made(self, schedule: BriefingSchedule, content: bytes, *, at: Instant) -> None:
        """Add a briefing to the series, and take away those that are more than are kept."""
        assert schedule.due is not None
        assert schedule.job_id is not None
        table, name = scheduled_briefings, schedule.name
        with self._database.writing() as connection:
            changed = connection.execute(
                update(briefing_schedules).where(*_same(schedule)).values(due=None, job_id=None, problem=None)
            )
            if not changed.rowcount:  # somebody else has stored it, or the schedule is another one by now
                return
            connection.execute(
                insert(table).values(
                    schedule=name, due=schedule.due.isoformat(6), made=at.isoformat(6), job_id=schedule.job_id,
                    content=content,
                )
            )  # fmt: skip
            kept = select(table.c.number).where(table.c.schedule == name).order_by(table.c.number.desc())
            numbers = connection.execute(kept).scalars().all()[schedule.keep :]
            connection.execute(delete(table).where(table.c.number.in_(numbers)))

    def series(self, name: str | None = None) -> Sequence[ScheduledBriefing]:
        """What was made of one schedule or of all, the newest first."""
        table = scheduled_briefings
        columns = select(table.c.number, table.c.schedule, table.c.due, table.c.made, table.c.job_id)
        chosen = columns if name is None else columns.where(table.c.schedule == name)
        with self._database.reading() as connection:
            return [
                ScheduledBriefing(number, schedule, Instant.parse(due), Instant.parse(made), job_id)
                for number, schedule, due, made, job_id in connection.execute(chosen.order_by(table.c.number.desc()))
            ]

    def content(self, name: str, number: int | None = None) -> bytes | None:
        """The answer of one of a series, gzip of JSON (default: of the newest); None when there is none."""
        table = scheduled_briefings
        chosen = select(table.c.content).where(table.c.schedule == name).order_by(table.c.number.desc()).limit(1)
        if number is not None:
            chosen = chosen.where(table.c.number == number)
        with self._database.reading() as connection:
            found = connection.execute(chosen).scalar_one_or_none()
        return None if found is None else bytes(found)

    def _change(self, schedule: BriefingSchedule, **values: str | None) -> None:
        with self._database.writing() as connection:
            connection.execute(update(briefing_schedules).where(*_same(schedule)).values(**values))


def _same(schedule: BriefingSchedule) -> tuple[ColumnElement[bool], ...]:
    """That the schedule is as it was read: not changed since, and due at the same time with the same job."""
    table = briefing_schedules.c
    due = None if schedule.due is None else schedule.due.isoformat(6)
    return (
        table.name == schedule.name, table.changed == schedule.changed.isoformat(6), table.due == due,
        table.job_id == schedule.job_id if schedule.job_id is not None else table.job_id.is_(None),
    )  # fmt: skip


def _of(row: Row[tuple[object, ...]]) -> BriefingSchedule:
    values = row._mapping

    def text(name: str) -> str | None:
        return None if values[name] is None else str(values[name])

    due = text("due")
    return BriefingSchedule(
        name=str(values["name"]), request=str(values["request"]), time_utc=str(values["time_utc"]),
        keep=int(str(values["keep"])), next_run=Instant.parse(str(values["next_run"])),
        changed=Instant.parse(str(values["changed"])), due=None if due is None else Instant.parse(due),
        job_id=text("job_id"), problem=text("problem"),
    )  # fmt: skip
