"""Webhooks: where alerts are posted to, what was told, and the log of deliveries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    identity = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "webhooks",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("watchlist", sa.String(100), nullable=False),
        sa.Column("grade", sa.String(6), nullable=False),
        sa.Column("secret", sa.String(100), nullable=False),
        sa.Column("created", sa.String(27), nullable=False),
        sa.Column("checked", sa.String(27)),
        sa.Column("catalogue_digest", sa.String(64)),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("disabled", sa.Text),
        sa.Column("note", sa.Text),
    )
    op.create_table(
        "webhook_told",
        sa.Column("webhook_id", sa.String(32), sa.ForeignKey("webhooks.id"), primary_key=True),
        sa.Column("low_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("high_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("tca", sa.String(27), primary_key=True),
        sa.Column("grade", sa.String(6), nullable=False),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("number", identity, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("webhook_id", sa.String(32), sa.ForeignKey("webhooks.id"), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("alerts", sa.Integer, nullable=False),
        sa.Column("created", sa.String(27), nullable=False),
        sa.Column("state", sa.String(9), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("next_attempt", sa.String(27)),
        sa.Column("last_attempt", sa.String(27)),
        sa.Column("status", sa.Integer),
        sa.Column("note", sa.Text),
        sa.Index("webhook_deliveries_by_webhook", "webhook_id", "number"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for name in ("webhook_deliveries", "webhook_told", "webhooks"):
        op.drop_table(name)
