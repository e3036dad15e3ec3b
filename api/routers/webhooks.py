"""Webhooks: alerts of a watchlist, posted to whoever wants to be told."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.answers.webhooks import delivery_row, register, webhook_row
from api.dependencies import Hooks, Shelf
from api.errors import NotFound
from api.models.webhooks import DeliveriesQuery, DeliveriesReply, NewWebhook, WebhookBody, WebhookReply, WebhooksReply
from api.responses import JsonAnswer
from api.routers.documented import problems
from ssa.catalogue.webhooks import Webhook, Webhooks

router = APIRouter(prefix="/v1/webhooks", tags=["alerts"])
WebhookId = Annotated[str, Path(min_length=1, max_length=64, description="Id of a webhook.")]


@router.get("", response_model=WebhooksReply, response_class=JsonAnswer, responses=problems(503))
def webhooks(hooks: Hooks) -> Response:
    """Every webhook, the oldest first."""
    return JsonAnswer({"webhooks": [webhook_row(one) for one in hooks.all()]})


@router.post(
    "", response_model=NewWebhook, response_class=JsonAnswer, status_code=201, responses=problems(400, 413, 422, 503)
)
def register_webhook(body: WebhookBody, hooks: Hooks, shelf: Shelf) -> Response:
    """Register an address for the alerts of a watchlist; 100 at most. The secret is told now and never again.

    Posted are alerts that are new, whose grade changed, or that stand no more, since the last post; docs/alerts.md.
    """
    made = register(hooks, shelf, **body.model_dump())
    return JsonAnswer(
        {"webhook": webhook_row(made), "secret": made.secret}, status_code=201,
        headers={"Location": f"{router.prefix}/{made.id}"},
    )  # fmt: skip


@router.get("/{webhook_id}", response_model=WebhookReply, response_class=JsonAnswer, responses=problems(404, 422, 503))
def webhook(webhook_id: WebhookId, hooks: Hooks) -> Response:
    """One webhook."""
    return JsonAnswer({"webhook": webhook_row(_required(webhook_id, hooks))})


@router.delete(
    "/{webhook_id}", response_model=WebhookReply, response_class=JsonAnswer, responses=problems(404, 422, 503)
)
def remove_webhook(webhook_id: WebhookId, hooks: Hooks) -> Response:
    """Remove a webhook with its log; the answer is what it was."""
    found = _required(webhook_id, hooks)
    hooks.remove(webhook_id)
    return JsonAnswer({"webhook": webhook_row(found)})


@router.get(
    "/{webhook_id}/deliveries", response_model=DeliveriesReply, response_class=JsonAnswer,
    responses=problems(404, 422, 503),
)  # fmt: skip
def deliveries(webhook_id: WebhookId, query: Annotated[DeliveriesQuery, Query()], hooks: Hooks) -> Response:
    """What was posted and how it went, the newest first; the last 200 are kept."""
    _required(webhook_id, hooks)
    return JsonAnswer({"deliveries": [delivery_row(one) for one in hooks.deliveries(webhook_id, query.limit)]})


def _required(webhook_id: str, hooks: Webhooks) -> Webhook:
    found = hooks.find(webhook_id)
    if found is None:
        raise NotFound("webhook_id", webhook_id, "is no webhook of this database")
    return found
