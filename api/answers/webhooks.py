"""Webhooks registered, and told with their deliveries as JSON; neither secrets nor paths of addresses are told."""

from __future__ import annotations

from typing import Any

from orbits import Instant, InvalidValue
from ssa.catalogue.watchlists import Watchlists
from ssa.catalogue.webhook_addresses import checked_address
from ssa.catalogue.webhooks import Delivery, Webhook, Webhooks
from ssa.errors import UnknownName

POSTED_GRADES = ("red", "yellow")


def webhook_row(hook: Webhook) -> dict[str, Any]:
    """One webhook."""
    address = checked_address(hook.url)
    return {
        "id": hook.id, "url": f"{address.scheme}://{address.host_header}/...", "watchlist": hook.watchlist,
        "grade": hook.grade, "created": hook.created.isoformat(3), "checked": _text(hook.checked),
        "failures": hook.failures, "disabled": hook.disabled, "note": hook.note,
    }  # fmt: skip


def register(
    hooks: Webhooks, shelf: Watchlists, *, url: str, watchlist: str, grade: str, secret: str | None
) -> Webhook:
    """Keep a webhook for a watchlist there is; raises `InvalidValue` for the address and grade, and `UnknownName`."""
    checked_address(url)
    if grade not in POSTED_GRADES:
        raise InvalidValue("grade", grade, f"must be {' or '.join(POSTED_GRADES)}")
    if shelf.find(watchlist) is None:
        raise UnknownName("watchlist", watchlist, [one.name for one in shelf.all()][:10])
    return hooks.register(url=url, watchlist=watchlist, grade=grade, secret=secret, at=Instant.now())


def delivery_row(one: Delivery) -> dict[str, Any]:
    """One line of the log."""
    return {
        "id": one.id, "created": one.created.isoformat(3), "alerts": one.alerts, "state": one.state,
        "attempts": one.attempts, "next_attempt": _text(one.next_attempt), "last_attempt": _text(one.last_attempt),
        "status": one.status, "note": one.note,
    }  # fmt: skip


def _text(when: Instant | None) -> str | None:
    return None if when is None else when.isoformat(3)
