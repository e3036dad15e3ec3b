"""Answers about objects: facts, element sets, states."""

from __future__ import annotations

from pydantic import BaseModel, Field

from api.models.answers import Answer, Skipped


class SpaceObject(BaseModel):
    """One object: what the satellite catalogue says of it, and its mean orbit."""

    norad_id: int
    name: str
    object_id: str | None
    owner: str | None
    owner_name: str | None
    object_type: str | None
    ops_status: str | None
    launch_date: str | None
    decay_date: str | None
    rcs_m2: float | None
    mission: str
    mission_evidence: str
    regime: str
    period_min: float | None
    inclination_deg: float
    eccentricity: float
    perigee_height_km: float | None
    apogee_height_km: float | None
    epoch: str
    epoch_age_days: float | None


class ObjectsAnswer(Answer):
    """A page of objects."""

    total: int = Field(description="Objects that match, on all pages.")
    objects: list[SpaceObject]
    next: str | None = Field(description="The address of the next page; also in the `Link` header.")


class ObjectAnswer(Answer):
    """One object."""

    object: SpaceObject


class ElementSet(BaseModel):
    """One element set: SGP4 mean elements, TEME of epoch."""

    norad_id: int
    name: str
    object_id: str
    classification: str
    epoch: str
    mean_motion_rev_day: float
    eccentricity: float
    inclination_deg: float
    raan_deg: float
    argument_of_perigee_deg: float
    mean_anomaly_deg: float
    bstar_per_earth_radius: float
    mean_motion_dot_rev_day2: float
    mean_motion_ddot_rev_day3: float
    ephemeris_type: int
    element_set_number: int
    revolution_at_epoch: int


class ElementsAnswer(Answer):
    """Every element set held of an object, oldest first."""

    norad_id: int
    elements: list[ElementSet]


class State(BaseModel):
    """One state; the vectors are null where `status` is not 0."""

    time: str
    elements_age_days: float | None
    status: int
    reason: str
    position_teme_km: list[float] | None
    velocity_teme_km_s: list[float] | None
    position_itrs_km: list[float] | None
    velocity_itrs_km_s: list[float] | None
    latitude_deg: float | None
    longitude_deg: float | None
    altitude_km: float | None


class ObjectStates(BaseModel):
    """The states of one object."""

    norad_id: int
    name: str
    epoch: str
    states: list[State]


class FailedStates(BaseModel):
    """States that SGP4 could not give."""

    norad_id: int
    name: str
    status: int
    reason: str
    states: int


class StatesAnswer(Answer):
    """States of objects at times."""

    start: str
    end: str
    objects: list[ObjectStates]
    failed: list[FailedStates]
    skipped: list[Skipped]
    left_out: dict[str, int]
