"""Webhooks: where alerts of a watchlist are posted to, and how deliveries went."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.models.queries import MAX_PAGE
from ssa.catalogue.webhook_addresses import LONGEST_URL


class WebhookBody(BaseModel):
    """A webhook to register."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[
        str, Field(min_length=1, max_length=LONGEST_URL, description="https, or http to localhost; no redirects.")
    ]
    watchlist: Annotated[str, Field(min_length=1, max_length=100, description="Name of a watchlist that is kept.")]
    grade: Annotated[Literal["red", "yellow"], Field(description="The least grave that is posted.")] = "yellow"
    secret: Annotated[
        str | None,
        Field(min_length=16, max_length=100, pattern=r"^[\x21-\x7e]+$", description="Signs posts; made if not given."),
    ] = None


class WebhookRow(BaseModel):
    """A webhook; of its address, the host alone is shown, since paths may hold keys."""

    id: str
    url: str
    watchlist: str
    grade: str
    created: str
    checked: str | None = Field(description="When its watchlist was checked last.")
    failures: int = Field(description="Attempts that failed since the last that succeeded.")
    disabled: str | None = Field(description="Why nothing is posted any more; register it anew.")
    note: str | None = Field(description="What went wrong with the last check.")


class WebhookReply(BaseModel):
    """One webhook."""

    webhook: WebhookRow


class NewWebhook(WebhookReply):
    """A webhook that was registered, and the secret, which is not shown again."""

    secret: str


class WebhooksReply(BaseModel):
    """Every webhook, the oldest first."""

    webhooks: list[WebhookRow]


class DeliveriesQuery(BaseModel):
    """How many."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=MAX_PAGE, description="Deliveries listed, the newest first.")] = 50


class DeliveryRow(BaseModel):
    """One delivery; `id` is its Idempotency-Key."""

    id: str
    created: str
    alerts: int
    state: Literal["waiting", "delivered", "dropped"]
    attempts: int
    next_attempt: str | None
    last_attempt: str | None
    status: int | None = Field(description="HTTP status of the last answer.")
    note: str | None


class DeliveriesReply(BaseModel):
    """The log of a webhook."""

    deliveries: list[DeliveryRow]
