"""Watchlists: who is watched, by which policy."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "watchlists",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("watch", sa.Text, nullable=False),
        sa.Column("without", sa.Text),
        sa.Column("commercial", sa.Integer, nullable=False),
        sa.Column("policy", sa.String(100), nullable=False),
        sa.Column("grade", sa.String(6), nullable=False),
        sa.Column("hours", sa.Float(precision=53), nullable=False),
        sa.Column("changed", sa.String(27), nullable=False),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("watchlists")
