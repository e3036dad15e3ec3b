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
