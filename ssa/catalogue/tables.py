"""The tables of the database: append-only history, pointers to what is served now, the ledger of requests, and jobs.

Times are ISO 8601 text in UTC with six decimals, so that their order as text is their order in time. Floats are
64-bit on both SQLite and PostgreSQL and come back bit by bit. `data_mode` stands in every key: a simulated object
and a real one may share a catalogue number and never share a row.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA_HEAD = "0004"  # the newest revision in migrations/versions; a test compares them

metadata = MetaData()

_Id = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER is SQLite's own row number
_Real = Float(precision=53)

ingests = Table(
    "ingests",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("source", Text, nullable=False),
    Column("feed", Text, nullable=True),  # the URL, where it came from one
    Column("data_mode", String(9), nullable=False),
    Column("form", Text, nullable=True),
    Column("sha256", String(64), nullable=True),
    Column("started", String(27), nullable=False),
    Column("finished", String(27), nullable=False),
    Column("outcome", String(11), nullable=False),  # accepted, quarantined, failed
    Column("reason", Text, nullable=True),
    Column("sets_read", Integer, nullable=False),
    Column("sets_new", Integer, nullable=False),
    Column("facts_read", Integer, nullable=False),
    Column("facts_new", Integer, nullable=False),
    Column("refused", Integer, nullable=False),
    Index("ingests_by_feed", "feed", "outcome"),
)

refused_records = Table(
    "refused_records",
    metadata,
    Column("ingest_id", _Id, ForeignKey("ingests.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("line", Integer, nullable=False),
    Column("column_number", Integer, nullable=True),
    Column("expected", Text, nullable=False),
    Column("text", Text, nullable=False),
)

element_sets = Table(
    "element_sets",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=False),
    Column("ingest_id", _Id, ForeignKey("ingests.id"), nullable=False),
    Column("data_mode", String(9), nullable=False),
    Column("norad_id", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("object_id", Text, nullable=False),
    Column("classification", Text, nullable=False),
    Column("epoch_jd_day", _Real, nullable=False),
    Column("epoch_day_fraction", _Real, nullable=False),
    Column("mean_motion_rev_day", _Real, nullable=False),
    Column("eccentricity", _Real, nullable=False),
    Column("inclination_deg", _Real, nullable=False),
    Column("raan_deg", _Real, nullable=False),
    Column("argument_of_perigee_deg", _Real, nullable=False),
    Column("mean_anomaly_deg", _Real, nullable=False),
    Column("bstar_per_earth_radius", _Real, nullable=False),
    Column("mean_motion_dot_rev_day2", _Real, nullable=False),
    Column("mean_motion_ddot_rev_day3", _Real, nullable=False),
    Column("ephemeris_type", BigInteger, nullable=False),
    Column("element_set_number", BigInteger, nullable=False),
    Column("revolution_at_epoch", BigInteger, nullable=False),
    Column("content", LargeBinary(16), nullable=False),  # BLAKE2b of the whole row, see recording.py
    Index(
        "one_set_per_object_epoch_and_content",
        "norad_id", "data_mode", "epoch_jd_day", "epoch_day_fraction", "content",
        unique=True,
    ),
)  # fmt: skip

FACT_COLUMNS = ("name", "object_id", "owner", "object_type", "ops_status", "launch_date", "decay_date", "rcs_m2")


def _facts() -> list[Column[object]]:
    return [Column(name, _Real if name == "rcs_m2" else Text, nullable=True) for name in FACT_COLUMNS]


objects = Table(  # what is served now, one row per object
    "objects",
    metadata,
    Column("data_mode", String(9), primary_key=True),
    Column("norad_id", Integer, primary_key=True, autoincrement=False),
    Column("newest_set_id", _Id, ForeignKey("element_sets.id"), nullable=True),
    Column("facts_ingest_id", _Id, ForeignKey("ingests.id"), nullable=True),
    *_facts(),
    sqlite_with_rowid=False,
)

superseded_facts = Table(  # what was known of an object from one import until a later one changed it
    "superseded_facts",
    metadata,
    Column("ingest_id", _Id, ForeignKey("ingests.id"), primary_key=True),
    Column("data_mode", String(9), primary_key=True),
    Column("norad_id", Integer, primary_key=True, autoincrement=False),
    *_facts(),
    sqlite_with_rowid=False,
)

served_columns = Table(  # the snapshot that is served, packed by column for loading; see served.py
    "served_columns",
    metadata,
    Column("data_mode", String(9), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

requests = Table(  # the ledger: what was asked of whom, and when it may be asked again
    "requests",
    metadata,
    Column("url", Text, primary_key=True),
    Column("claimed", String(27), nullable=False),
    Column("next_allowed", String(27), nullable=False),
    Column("answered", String(27), nullable=True),
    Column("status", Integer, nullable=True),
    Column("etag", Text, nullable=True),
    Column("last_modified", Text, nullable=True),
    Column("sha256", String(64), nullable=True),
    Column("note", Text, nullable=True),
)

jobs = Table(  # questions that are computed outside of a request; see job_records.py
    "jobs",
    metadata,
    Column("number", _Id, primary_key=True, autoincrement=True),  # the order in which they were asked
    Column("id", String(32), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("request", Text, nullable=False),  # JSON
    Column("request_digest", String(64), nullable=False),
    Column("catalogue_digest", String(64), nullable=False),
    Column("catalogue_as_of", String(27), nullable=False),
    Column("idempotency_key", String(255), nullable=True),
    Column("estimated_s", _Real, nullable=False),
    Column("state", String(11), nullable=False),
    Column("version", Integer, nullable=False),  # counts what is to be seen from outside
    Column("attempts", Integer, nullable=False),  # times it was begun
    Column("lost_leases", Integer, nullable=False),  # times its holder was gone
    Column("holder", String(120), nullable=True),  # who computes it: the lease
    Column("beat", Integer, nullable=False),  # which the holder keeps counting
    Column("fraction", _Real, nullable=False),
    Column("elapsed_s", _Real, nullable=True),
    Column("partials", Integer, nullable=False),  # chunks of this attempt
    Column("partials_dropped", Integer, nullable=False),
    Column("created", String(27), nullable=False),
    Column("started", String(27), nullable=True),
    Column("finished", String(27), nullable=True),
    Column("expires", String(27), nullable=True),
    Column("problem", Text, nullable=True),  # JSON
    Index("jobs_by_id", "id", unique=True),
    Index("jobs_by_state", "state", "number"),
    Index("jobs_by_question", "request_digest", "catalogue_digest"),
    Index("jobs_by_key", "idempotency_key"),
)

job_results = Table(
    "job_results",
    metadata,
    Column("job_number", _Id, ForeignKey("jobs.number"), primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),  # gzip of JSON
)

job_partials = Table(
    "job_partials",
    metadata,
    Column("job_number", _Id, ForeignKey("jobs.number"), primary_key=True, autoincrement=False),
    Column("attempt", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("content", LargeBinary, nullable=False),  # JSON
)

job_totals = Table(  # for the metrics: what ended how, also after the jobs themselves are gone
    "job_totals",
    metadata,
    Column("kind", String(40), primary_key=True),
    Column("state", String(11), primary_key=True),
    Column("jobs", BigInteger, nullable=False),
    Column("seconds", _Real, nullable=False),
)

watchlists = Table(
    "watchlists",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("watch", Text, nullable=False),  # as a caller writes it: alliance:NATO, owner:FR, 25544,48274
    Column("without", Text, nullable=True),
    Column("commercial", Integer, nullable=False),  # 0 or 1
    Column("policy", String(100), nullable=False),
    Column("grade", String(6), nullable=False),
    Column("hours", _Real, nullable=False),
    Column("changed", String(27), nullable=False),
)

webhooks = Table(  # where alerts of a watchlist are posted to; see webhooks.py
    "webhooks",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("url", Text, nullable=False),
    Column("watchlist", String(100), nullable=False),
    Column("grade", String(6), nullable=False),
    Column("secret", String(100), nullable=False),  # signs what is posted, so it cannot be kept as a hash
    Column("created", String(27), nullable=False),
    Column("checked", String(27), nullable=True),
    Column("catalogue_digest", String(64), nullable=True),  # of the last check
    Column("failures", Integer, nullable=False),  # attempts since the last that succeeded
    Column("disabled", Text, nullable=True),  # why
    Column("note", Text, nullable=True),  # what went wrong with the last check
)

webhook_told = Table(  # the alerts that a webhook was told last, with their grades
    "webhook_told",
    metadata,
    Column("webhook_id", String(32), ForeignKey("webhooks.id"), primary_key=True),
    Column("low_id", Integer, primary_key=True, autoincrement=False),
    Column("high_id", Integer, primary_key=True, autoincrement=False),
    Column("tca", String(27), primary_key=True),
    Column("grade", String(6), nullable=False),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("number", _Id, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False),
    Column("webhook_id", String(32), ForeignKey("webhooks.id"), nullable=False),
    Column("body", Text, nullable=False),  # JSON
    Column("alerts", Integer, nullable=False),
    Column("created", String(27), nullable=False),
    Column("state", String(9), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("next_attempt", String(27), nullable=True),
    Column("last_attempt", String(27), nullable=True),
    Column("status", Integer, nullable=True),
    Column("note", Text, nullable=True),
    Index("webhook_deliveries_by_webhook", "webhook_id", "number"),
)
