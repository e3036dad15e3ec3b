"""First schema: history of element sets and facts, pointers, ingest log, request ledger."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_REAL = sa.Float(precision=53)
_FACTS = ("name", "object_id", "owner", "object_type", "ops_status", "launch_date", "decay_date")
_ELEMENTS = (
    "epoch_jd_day", "epoch_day_fraction", "mean_motion_rev_day", "eccentricity", "inclination_deg", "raan_deg",
    "argument_of_perigee_deg", "mean_anomaly_deg", "bstar_per_earth_radius", "mean_motion_dot_rev_day2",
    "mean_motion_ddot_rev_day3",
)  # fmt: skip
_TABLES = (
    "ingests", "refused_records", "element_sets", "objects", "superseded_facts", "served_columns", "requests",
)  # fmt: skip


def _fact_columns() -> list[sa.Column[Any]]:
    return [*(sa.Column(name, sa.Text) for name in _FACTS), sa.Column("rcs_m2", _REAL)]


def upgrade() -> None:
    """Create every table."""
    op.create_table(
        "ingests",
        sa.Column("id", _ID, primary_key=True, autoincrement=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("feed", sa.Text),
        sa.Column("data_mode", sa.String(9), nullable=False),
        sa.Column("form", sa.Text),
        sa.Column("sha256", sa.String(64)),
        sa.Column("started", sa.String(27), nullable=False),
        sa.Column("finished", sa.String(27), nullable=False),
        sa.Column("outcome", sa.String(11), nullable=False),
        sa.Column("reason", sa.Text),
        *(
            sa.Column(name, sa.Integer, nullable=False)
            for name in ("sets_read", "sets_new", "facts_read", "facts_new", "refused")
        ),
    )
    op.create_index("ingests_by_feed", "ingests", ["feed", "outcome"])
    op.create_table(
        "refused_records",
        sa.Column("ingest_id", _ID, sa.ForeignKey("ingests.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("line", sa.Integer, nullable=False),
        sa.Column("column_number", sa.Integer),
        sa.Column("expected", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "element_sets",
        sa.Column("id", _ID, primary_key=True, autoincrement=False),
        sa.Column("ingest_id", _ID, sa.ForeignKey("ingests.id"), nullable=False),
        sa.Column("data_mode", sa.String(9), nullable=False),
        sa.Column("norad_id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("name", "object_id", "classification")),
        *(sa.Column(name, _REAL, nullable=False) for name in _ELEMENTS),
        *(
            sa.Column(name, sa.BigInteger, nullable=False)
            for name in ("ephemeris_type", "element_set_number", "revolution_at_epoch")
        ),
        sa.Column("content", sa.LargeBinary(16), nullable=False),
    )
    op.create_index(
        "one_set_per_object_epoch_and_content",
        "element_sets",
        ["norad_id", "data_mode", "epoch_jd_day", "epoch_day_fraction", "content"],
        unique=True,
    )
    op.create_table(
        "objects",
        sa.Column("data_mode", sa.String(9), primary_key=True),
        sa.Column("norad_id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("newest_set_id", _ID, sa.ForeignKey("element_sets.id")),
        sa.Column("facts_ingest_id", _ID, sa.ForeignKey("ingests.id")),
        *_fact_columns(),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "superseded_facts",
        sa.Column("ingest_id", _ID, sa.ForeignKey("ingests.id"), primary_key=True),
        sa.Column("data_mode", sa.String(9), primary_key=True),
        sa.Column("norad_id", sa.Integer, primary_key=True, autoincrement=False),
        *_fact_columns(),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "served_columns",
        sa.Column("data_mode", sa.String(9), primary_key=True),
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "requests",
        sa.Column("url", sa.Text, primary_key=True),
        sa.Column("claimed", sa.String(27), nullable=False),
        sa.Column("next_allowed", sa.String(27), nullable=False),
        sa.Column("answered", sa.String(27)),
        sa.Column("status", sa.Integer),
        sa.Column("etag", sa.Text),
        sa.Column("last_modified", sa.Text),
        sa.Column("sha256", sa.String(64)),
        sa.Column("note", sa.Text),
    )


def downgrade() -> None:
    """Drop every table, those that point before those pointed to."""
    for table in reversed(_TABLES):
        op.drop_table(table)
