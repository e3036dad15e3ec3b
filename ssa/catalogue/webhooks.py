"""Webhooks as the database keeps them: where alerts go, what was told, and the log of deliveries.

What a check found is stored in one transaction, the delivery and what it tells, so that a server that is killed
between the two tells nothing twice and forgets nothing. Deliveries of one webhook go out in their order.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from sqlalchemy import delete, func, insert, select, update

from orbits import Instant, InvalidValue
from ssa.alerts.changes import ToldAlert
from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.tables import webhook_deliveries, webhook_told, webhooks

MOST_WEBHOOKS = 100
MOST_FAILURES = 20  # attempts in a row, after which a webhook is disabled
KEPT_DELIVERIES = 200  # of one webhook
FIRST_PAUSE_S = 30.0
LONGEST_PAUSE_S = 3600.0
DeliveryState = Literal["waiting", "delivered", "dropped"]


@dataclass(frozen=True, slots=True)
class Webhook:
    """One webhook; `disabled` says why it is, `note` what went wrong with the last check."""

    id: str
    url: str
    watchlist: str
    grade: str
    secret: str
    created: Instant
    checked: Instant | None
    catalogue_digest: str | None
    failures: int
    disabled: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One delivery and how it went."""

    number: int
    id: str
    webhook_id: str
    body: str
    alerts: int
    created: Instant
    state: DeliveryState
    attempts: int
    next_attempt: Instant | None
    last_attempt: Instant | None
    status: int | None
    note: str | None


class Webhooks:
    """The webhooks of a database."""

    def __init__(self, database: JobDatabase) -> None:
        self._database = database

    def register(self, *, url: str, watchlist: str, grade: str, secret: str | None, at: Instant) -> Webhook:
        """Keep a new webhook; a secret is made where none is given. Raises `InvalidValue` past `MOST_WEBHOOKS`."""
        made = secrets.token_hex(16)
        with self._database.writing() as connection:
            if connection.execute(select(func.count()).select_from(webhooks)).scalar_one() >= MOST_WEBHOOKS:
                raise InvalidValue("url", url, f"{MOST_WEBHOOKS} webhooks are kept; remove one first")
            connection.execute(
                insert(webhooks).values(
                    id=made, url=url, watchlist=watchlist, grade=grade, secret=secret or secrets.token_urlsafe(32),
                    created=at.isoformat(), failures=0,
                )
            )  # fmt: skip
            row = connection.execute(select(webhooks).where(webhooks.c.id == made)).one()
        return _of(Webhook, row)

    def all(self) -> list[Webhook]:
        """Every webhook, the oldest first."""
        with self._database.reading() as connection:
            found = connection.execute(select(webhooks).order_by(webhooks.c.created, webhooks.c.id))
            return [_of(Webhook, row) for row in found]

    def find(self, webhook_id: str) -> Webhook | None:
        """The webhook of that id."""
        with self._database.reading() as connection:
            row = connection.execute(select(webhooks).where(webhooks.c.id == webhook_id)).first()
        return None if row is None else _of(Webhook, row)

    def get(self, begins: str) -> Webhook:
        """The one webhook whose id begins so; raises `InvalidValue` where none or several do."""
        found = [one for one in self.all() if begins and one.id.startswith(begins)]
        if len(found) != 1:
            said = "is no webhook of this database" if not found else f"begins {len(found)} ids; write more of it"
            raise InvalidValue("webhook_id", begins, said)
        return found[0]

    def remove(self, webhook_id: str) -> bool:
        """Remove a webhook with its log; whether there was one."""
        with self._database.writing() as connection:
            for table in (webhook_told, webhook_deliveries):
                connection.execute(delete(table).where(table.c.webhook_id == webhook_id))
            return connection.execute(delete(webhooks).where(webhooks.c.id == webhook_id)).rowcount > 0

    def told(self, webhook_id: str) -> list[ToldAlert]:
        """What it was told last."""
        with self._database.reading() as connection:
            found = connection.execute(select(webhook_told).where(webhook_told.c.webhook_id == webhook_id))
            return [ToldAlert(row.low_id, row.high_id, Instant.parse(row.tca), row.grade) for row in found]

    def claim_check(self, hook: Webhook, *, at: Instant, digest: str) -> bool:
        """Whether it falls to the caller to check this webhook; another server may have been quicker."""
        seen = None if hook.checked is None else hook.checked.isoformat()
        with self._database.writing() as connection:
            mine = update(webhooks).where(webhooks.c.id == hook.id, webhooks.c.checked.is_not_distinct_from(seen))
            return connection.execute(mine.values(checked=at.isoformat(), catalogue_digest=digest)).rowcount > 0

    def claim_attempt(self, delivery: Delivery, *, at: Instant) -> bool:
        """Whether it falls to the caller to make this attempt; if it is killed, the next is made after a minute."""
        kept = webhook_deliveries.c
        with self._database.writing() as connection:
            mine = update(webhook_deliveries).where(
                kept.number == delivery.number, kept.attempts == delivery.attempts, kept.state == "waiting",
                kept.next_attempt == (delivery.next_attempt and delivery.next_attempt.isoformat()),
            )  # fmt: skip
            return connection.execute(mine.values(next_attempt=at.plus_s(60.0).isoformat())).rowcount > 0

    def checked(
        self, webhook_id: str, *, at: Instant, digest: str | None, standing: Iterable[ToldAlert] | None = None,
        body: str | None = None, delivery_id: str = "", alerts: int = 0, note: str | None = None,
    ) -> None:  # fmt: skip
        """A check was made: remember what stands (None: as before), and put the delivery into the queue, if any."""
        with self._database.writing() as connection:
            values = {"checked": at.isoformat(), "catalogue_digest": digest, "note": note}
            if not connection.execute(update(webhooks).where(webhooks.c.id == webhook_id).values(**values)).rowcount:
                return  # removed meanwhile
            if standing is not None:
                connection.execute(delete(webhook_told).where(webhook_told.c.webhook_id == webhook_id))
                rows = {(one.low_id, one.high_id, one.tca.isoformat()): one.grade for one in standing}
                if rows:
                    names = ("low_id", "high_id", "tca")
                    connection.execute(
                        insert(webhook_told),
                        [
                            {"webhook_id": webhook_id, "grade": grade, **dict(zip(names, key, strict=True))}
                            for key, grade in rows.items()
                        ],
                    )
            if body is not None:
                connection.execute(
                    insert(webhook_deliveries).values(
                        id=delivery_id, webhook_id=webhook_id, body=body, alerts=alerts, created=at.isoformat(),
                        state="waiting", attempts=0, next_attempt=at.isoformat(),
                    )
                )  # fmt: skip
                _forget_old(connection, webhook_id)

    def due(self, at: Instant) -> list[tuple[Webhook, Delivery]]:
        """The first waiting delivery of each enabled webhook, where its time has come."""
        waiting = webhook_deliveries.c
        with self._database.reading() as connection:
            first = (
                select(func.min(waiting.number))
                .where(waiting.state == "waiting")
                .group_by(waiting.webhook_id)
            )  # fmt: skip
            found = connection.execute(
                select(webhook_deliveries).where(waiting.number.in_(first), waiting.next_attempt <= at.isoformat())
            )
            deliveries = [_of(Delivery, row) for row in found]
        owners = {one.id: one for one in self.all()}
        pairs = [(owners[one.webhook_id], one) for one in deliveries if one.webhook_id in owners]
        return [(owner, one) for owner, one in pairs if owner.disabled is None]

    def attempted(self, delivery: Delivery, *, at: Instant, status: int | None, problem: str | None) -> None:
        """An attempt was made: delivered where there is no problem, else again later, until the webhook is disabled."""
        kept = webhook_deliveries.c
        with self._database.writing() as connection:
            attempts = delivery.attempts + 1
            values: dict[str, Any] = {
                "attempts": attempts, "last_attempt": at.isoformat(), "status": status, "note": problem,
            }  # fmt: skip
            if problem is None:
                values |= {"state": "delivered", "next_attempt": None}
            else:
                values |= {"next_attempt": at.plus_s(pause_s(attempts)).isoformat()}
            connection.execute(update(webhook_deliveries).where(kept.number == delivery.number).values(**values))
            row = connection.execute(select(webhooks).where(webhooks.c.id == delivery.webhook_id)).first()
            if row is None:
                return
            failures = 0 if problem is None else row.failures + 1
            changed: dict[str, Any] = {"failures": failures}
            if failures >= MOST_FAILURES or status == 410:  # Gone
                changed["disabled"] = f"{failures} attempts in a row failed, the last at {at.isoformat(0)}: {problem}"
                waiting = (kept.webhook_id == delivery.webhook_id, kept.state == "waiting")
                connection.execute(
                    update(webhook_deliveries).where(*waiting).values(state="dropped", next_attempt=None)
                )
            connection.execute(update(webhooks).where(webhooks.c.id == delivery.webhook_id).values(**changed))

    def deliveries(self, webhook_id: str, limit: int) -> list[Delivery]:
        """The log of a webhook, the newest first."""
        kept = webhook_deliveries.c
        chosen = select(webhook_deliveries).where(kept.webhook_id == webhook_id).order_by(kept.number.desc())
        with self._database.reading() as connection:
            return [_of(Delivery, row) for row in connection.execute(chosen.limit(limit))]


def pause_s(attempts: int) -> float:
    """Seconds until the next attempt: doubled each time, up to an hour.

    >>> [pause_s(attempts) for attempts in (1, 2, 8, 20)]
    [30.0, 60.0, 3600.0, 3600.0]
    """
    return float(min(FIRST_PAUSE_S * 2.0 ** (attempts - 1), LONGEST_PAUSE_S))


def _forget_old(connection: Any, webhook_id: str) -> None:
    kept = webhook_deliveries.c
    old = (
        select(kept.number)
        .where(kept.webhook_id == webhook_id)
        .order_by(kept.number.desc())
        .offset(KEPT_DELIVERIES)
        .limit(1)
    )
    number = connection.execute(old).scalar_one_or_none()
    if number is not None:
        connection.execute(delete(webhook_deliveries).where(kept.webhook_id == webhook_id, kept.number <= number))


_Kept = TypeVar("_Kept")
_TIMES = ("created", "checked", "next_attempt", "last_attempt")


def _of(kind: type[_Kept], row: Any) -> _Kept:
    columns = dict(row._mapping)
    for name in _TIMES:
        if columns.get(name) is not None:
            columns[name] = Instant.parse(columns[name])
    return kind(**columns)
