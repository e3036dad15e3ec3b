"""Webhooks and deliveries as JSON; neither secrets nor paths of addresses are told."""

from __future__ import annotations

from typing import Any

from orbits import Instant
from ssa.catalogue.webhook_addresses import checked_address
from ssa.catalogue.webhooks import Delivery, Webhook


def webhook_row(hook: Webhook) -> dict[str, Any]:
    """One webhook."""
    address = checked_address(hook.url)
    return {
        "id": hook.id, "url": f"{address.scheme}://{address.host_header}/...", "watchlist": hook.watchlist,
        "grade": hook.grade, "created": hook.created.isoformat(3), "checked": _text(hook.checked),
        "failures": hook.failures, "disabled": hook.disabled, "note": hook.note,
    }  # fmt: skip


def delivery_row(one: Delivery) -> dict[str, Any]:
    """One line of the log."""
    return {
        "id": one.id, "created": one.created.isoformat(3), "alerts": one.alerts, "state": one.state,
        "attempts": one.attempts, "next_attempt": _text(one.next_attempt), "last_attempt": _text(one.last_attempt),
        "status": one.status, "note": one.note,
    }  # fmt: skip


def _text(when: Instant | None) -> str | None:
    return None if when is None else when.isoformat(3)
