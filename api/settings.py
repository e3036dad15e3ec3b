"""What a deployment may set: environment variables with the prefix `SSA_`, described in `README.md` here."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Settings of the service; each is also an environment variable, `SSA_` and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="SSA_", extra="ignore", frozen=True)

    database_url: Annotated[str | None, Field(description="Database; default: SQLite in the user's data folder")] = None
    host: Annotated[str, Field(description="Address to serve on")] = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535, description="Port to serve on; 0 takes a free one")] = 8000
    groups_file: Annotated[Path | None, Field(description="A user's own groups of states, JSON or TOML")] = None
    catalogue_check_s: Annotated[
        float, Field(ge=0.0, description="Seconds for which the database is not asked for news again")
    ] = 1.0
    heavy_questions: Annotated[int, Field(ge=1, le=64, description="Heavy questions computed at the same time")] = 2
    waiting_questions: Annotated[
        int, Field(ge=0, le=1000, description="Heavy questions that may wait; more are told to come back (503)")
    ] = 16
    body_bytes: Annotated[int, Field(ge=1024, le=1 << 30, description="Longest body of a request, bytes")] = 2 << 20
    at_once_s: Annotated[
        float,
        Field(ge=0.0, le=60.0, description="A question of at most so many seconds is answered at once, not by a job"),
    ] = 2.0
    workers: Annotated[
        int, Field(ge=0, le=64, description="Processes that compute jobs; 0: only `ssa worker` does")
    ] = 2
    queued_jobs: Annotated[
        int, Field(ge=1, le=100_000, description="Jobs that may wait; more are told to come back")
    ] = 100
    job_lease_s: Annotated[
        float,
        Field(ge=1.0, le=3600.0, description="Seconds without a sign of life after which a job is given to another"),
    ] = 20.0
    job_attempts: Annotated[
        int,
        Field(ge=1, le=100, description="Times that a job is begun while whoever computes it is gone without a word"),
    ] = 3
    job_result_bytes: Annotated[
        int, Field(ge=1024, le=1 << 29, description="Largest result of a job as it is stored (gzip), bytes")
    ] = 64 << 20
    job_kept_h: Annotated[float, Field(gt=0.0, le=8760.0, description="Hours for which a job that ended is kept")] = (
        24.0
    )
    webhook_check_s: Annotated[
        float, Field(ge=0.0, le=86400.0, description="Seconds between checks of a webhook's watchlist; 0: no webhooks")
    ] = 900.0
    webhook_private: Annotated[bool, Field(description="Webhooks may be posted to addresses of private networks")] = (
        False
    )
    cesium_dir: Annotated[
        Path | None, Field(description="A build of CesiumJS (the folder of Cesium.js); default: the packaged one")
    ] = None
    event_streams: Annotated[
        int, Field(ge=1, le=100_000, description="Streams of events open at the same time; more are told to come back")
    ] = 1000
