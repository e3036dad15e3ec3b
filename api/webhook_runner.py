"""Checks watchlists for webhooks, and delivers what is new: a thread of the service.

A webhook is checked when the catalogue has changed and every `webhook_check_s` seconds. The question is that of POST
/v1/alerts, answered at once or by a job. Several servers may share a database: a check or an attempt is claimed there
first, so that one of them makes it; after a crash the next look makes it again, with the same delivery id.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import orjson

from api.catalogue_keeper import CatalogueKeeper
from api.errors import Busy, NoResult
from api.jobs.desk import JobDesk
from api.jobs.kinds.alerts import ALERTS
from api.kernels import KernelWarmth
from api.models.alerts import AlertsRequest
from api.settings import Settings
from orbits import Instant
from orbits.errors import OrbitsError
from ssa.alerts.changes import ToldAlert, changes
from ssa.catalogue.watchlists import Watchlist, Watchlists
from ssa.catalogue.webhook_post import post
from ssa.catalogue.webhooks import Delivery, Webhook, Webhooks
from ssa.errors import CatalogueError

LOOK_S = 2.0
AT_THE_SAME_TIME = 8
_log = logging.getLogger("api.webhooks")


class WebhookRunner:
    """The webhooks of one app; `clock` gives the time."""

    def __init__(
        self, settings: Settings, keeper: CatalogueKeeper, desk: JobDesk, warmth: KernelWarmth, shelf: Watchlists,
        hooks: Webhooks, *, clock: Callable[[], Instant] = Instant.now,
    ) -> None:  # fmt: skip
        self._settings, self._keeper, self._desk, self._warmth = settings, keeper, desk, warmth
        self._shelf, self._hooks, self._clock = shelf, hooks, clock
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="webhooks", daemon=True)

    def start(self) -> None:
        """Begin to look; nothing happens as long as there is no webhook."""
        self._thread.start()

    def stop(self) -> None:
        """End after what is under way."""
        self._stop.set()
        self._thread.join(15.0)

    def look(self) -> None:
        """Check what is due, then deliver what is due."""
        hooks = [one for one in self._hooks.all() if one.disabled is None]
        if hooks and self._warmth.is_ready:
            digest = self._keeper.snapshot().snapshot.digest
            for hook in hooks:
                if self._is_due(hook, digest) and self._hooks.claim_check(hook, at=self._clock(), digest=digest):
                    self._check(hook, digest)
        due = self._hooks.due(self._clock())
        if due:
            with ThreadPoolExecutor(AT_THE_SAME_TIME) as pool:
                list(pool.map(self._deliver, due))

    def _run(self) -> None:
        while not self._stop.wait(LOOK_S):
            try:
                self.look()
            except OrbitsError as error:  # an empty catalogue, a locked database: the next look may find it well
                _log.warning("looking after webhooks: %s", error)
            except Exception:
                _log.exception("looking after webhooks")

    def _is_due(self, hook: Webhook, digest: str) -> bool:
        if hook.checked is None or hook.catalogue_digest != digest:
            return True
        return self._clock().seconds_since(hook.checked) >= self._settings.webhook_check_s

    def _check(self, hook: Webhook, digest: str) -> None:
        """Ask the watchlist's question, and store what is new as a delivery."""
        at = self._clock()
        kept = self._shelf.find(hook.watchlist)
        if kept is None:
            self._hooks.checked(hook.id, at=at, digest=digest, note=f"there is no watchlist {hook.watchlist} any more")
            return
        try:
            answer = self._desk.answer(ALERTS, _question(kept, hook.grade, at), self._stop)
        except (OrbitsError, Busy, NoResult) as error:
            self._hooks.checked(hook.id, at=at, digest=digest, note=f"the check failed: {error}"[:1000])
            return
        if answer is None:  # stopping
            return
        standing = [
            ToldAlert.of(row["primary_id"], row["secondary_id"], Instant.parse(row["tca"]), row["grade"])
            for row in answer["alerts"]
        ]
        found = changes(
            self._hooks.told(hook.id), standing, at=at, is_whole=answer["alerts_found"] == len(answer["alerts"])
        )
        delivery_id = secrets.token_hex(16)
        body = None
        if found:
            rows = [
                {"change": "new" if before is None else "grade", "previous_grade": before, **answer["alerts"][place]}
                for place, before in sorted(found.previous.items())
            ]
            cleared = [
                {"primary_id": one.low_id, "secondary_id": one.high_id, "tca": one.tca.isoformat(3),
                 "previous_grade": one.grade}
                for one in found.cleared
            ]  # fmt: skip
            told = {name: answer[name] for name in ("start", "end", "policy", "counts", "catalogue", "caveats")}
            message = {
                "delivery": delivery_id, "webhook": hook.id, "watchlist": hook.watchlist, "grade": hook.grade,
                "at": at.isoformat(3), "alerts": rows, "cleared": cleared, **told,
            }  # fmt: skip
            body = orjson.dumps(message, option=orjson.OPT_SERIALIZE_NUMPY).decode()
        self._hooks.checked(
            hook.id, at=at, digest=digest, standing=found.standing, body=body, delivery_id=delivery_id,
            alerts=len(found.previous) + len(found.cleared),
        )  # fmt: skip

    def _deliver(self, due: tuple[Webhook, Delivery]) -> None:
        hook, delivery = due
        try:
            if not self._hooks.claim_attempt(delivery, at=self._clock()):
                return
            ended = post(
                hook.url, delivery.body.encode(), secret=hook.secret, delivery_id=delivery.id, at=self._clock(),
                private=self._settings.webhook_private,
            )  # fmt: skip
            self._hooks.attempted(delivery, at=self._clock(), status=ended.status, problem=ended.problem)
        except CatalogueError as error:  # then it is attempted again, with the same id
            _log.warning("delivering to webhook %s: %s", hook.id, error)


def _question(kept: Watchlist, grade: str, at: Instant) -> AlertsRequest:
    asked: dict[str, Any] = {
        "watch": kept.watch, "without": kept.without, "commercial": kept.commercial, "policy": kept.policy,
        "hours": kept.hours, "grade": grade, "start": at.isoformat(0),
    }  # fmt: skip
    return AlertsRequest.model_validate(asked)
