"""Answers: the keys that every caller may rely on; what all have in common, the catalogue and health."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field


class CatalogueStamp(BaseModel):
    """The catalogue that an answer was computed from."""

    as_of: str
    digest: str = Field(description="SHA-256 of everything in it: equal digests, equal answers.")
    data_mode: Literal["REAL", "SIMULATED"]
    objects: int
    oldest_epoch_age_days: float | None
    newest_epoch_age_days: float | None
    source: str


class Answer(BaseModel):
    """What every answer carries."""

    catalogue: CatalogueStamp
    caveats: list[str] = Field(description="What must be known to use this answer.")


class FieldProblem(BaseModel):
    """One field that is wrong."""

    field: str
    value: Any
    reason: str


class ProblemDocument(BaseModel):
    """A problem (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem]


class Ingest(BaseModel):
    """One line of the log of imports."""

    ingest_id: int
    source: str
    feed: str | None
    data_mode: str
    form: str | None
    sha256: str | None
    started: str
    outcome: str
    reason: str | None
    sets_read: int
    sets_new: int
    sets_already_known: int
    facts_read: int
    facts_new: int
    refused: int


class AgeBand(BaseModel):
    """How many element sets have an age in a band."""

    from_days: float | None
    to_days: float | None
    objects: int


class CatalogueAnswer(Answer):
    """What is in the catalogue."""

    by_type: dict[str, int]
    by_owner: dict[str, int]
    owner_names: dict[str, str]
    by_regime: dict[str, int]
    by_mission: dict[str, int]
    by_age: list[AgeBand]
    decayed: int
    ingests: list[Ingest]


class Skipped(BaseModel):
    """An object that was asked for and has no answer."""

    norad_id: int
    name: str | None
    reason: str


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """The service can answer questions."""

    status: Literal["ready"]
    kernels: int
    objects: int
    data_mode: Literal["REAL", "SIMULATED"]
