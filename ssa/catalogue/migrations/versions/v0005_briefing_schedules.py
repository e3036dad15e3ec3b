"""Briefing schedules: what is briefed each day, and the series that came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "briefing_schedules",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("time_utc", sa.String(5), nullable=False),
        sa.Column("keep", sa.Integer, nullable=False),
        sa.Column("next_run", sa.String(27), nullable=False),
        sa.Column("due", sa.String(27)),
        sa.Column("job_id", sa.String(32)),
        sa.Column("problem", sa.Text),
        sa.Column("changed", sa.String(27), nullable=False),
    )
    op.create_table(
        "scheduled_briefings",
        sa.Column("number", _ID, primary_key=True, autoincrement=True),
        sa.Column("schedule", sa.String(100), nullable=False),
        sa.Column("due", sa.String(27), nullable=False),
        sa.Column("made", sa.String(27), nullable=False),
        sa.Column("job_id", sa.String(32), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index("scheduled_briefings_by_schedule", "scheduled_briefings", ["schedule", "number"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("scheduled_briefings")
    op.drop_table("briefing_schedules")
