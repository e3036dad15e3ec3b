"""Jobs: the queue with its leases, results, partial results, and totals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_REAL = sa.Float(precision=53)
_TABLES = ("jobs", "job_results", "job_partials", "job_totals")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "jobs",
        sa.Column("number", _ID, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("request", sa.Text, nullable=False),
        sa.Column("request_digest", sa.String(64), nullable=False),
        sa.Column("catalogue_digest", sa.String(64), nullable=False),
        sa.Column("catalogue_as_of", sa.String(27), nullable=False),
        sa.Column("idempotency_key", sa.String(255)),
        sa.Column("estimated_s", _REAL, nullable=False),
        sa.Column("state", sa.String(11), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lost_leases", sa.Integer, nullable=False),
        sa.Column("holder", sa.String(120)),
        sa.Column("beat", sa.Integer, nullable=False),
        sa.Column("fraction", _REAL, nullable=False),
        sa.Column("elapsed_s", _REAL),
        sa.Column("partials", sa.Integer, nullable=False),
        sa.Column("partials_dropped", sa.Integer, nullable=False),
        sa.Column("created", sa.String(27), nullable=False),
        *(sa.Column(name, sa.String(27)) for name in ("started", "finished", "expires")),
        sa.Column("problem", sa.Text),
    )
    op.create_index("jobs_by_id", "jobs", ["id"], unique=True)
    op.create_index("jobs_by_state", "jobs", ["state", "number"])
    op.create_index("jobs_by_question", "jobs", ["request_digest", "catalogue_digest"])
    op.create_index("jobs_by_key", "jobs", ["idempotency_key"])
    op.create_table(
        "job_results",
        sa.Column("job_number", _ID, sa.ForeignKey("jobs.number"), primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "job_partials",
        sa.Column("job_number", _ID, sa.ForeignKey("jobs.number"), primary_key=True, autoincrement=False),
        sa.Column("attempt", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "job_totals",
        sa.Column("kind", sa.String(40), primary_key=True),
        sa.Column("state", sa.String(11), primary_key=True),
        sa.Column("jobs", sa.BigInteger, nullable=False),
        sa.Column("seconds", _REAL, nullable=False),
    )


def downgrade() -> None:
    """Drop the tables, those that point before those pointed to."""
    for table in reversed(_TABLES):
        op.drop_table(table)
