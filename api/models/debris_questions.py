"""Questions about debris as the bodies of POST: those of the GET routes, with a table of sizes, and larger."""

from __future__ import annotations

from typing import Annotated

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import NoradIdValue
from api.models.debris import MAX_LISTED, CongestionFields, DerelictsFields, FluxFields, RiskFields
from api.models.debris_breakup import BreakUpFields, FleetFields
from api.models.questions import HeavyRequest
from api.selection import MAX_LISTED_OBJECTS
from ssa.debris.known_sizes import KnownSizes

MAX_SIZES = 20_000
MAX_PIECE_ASSETS = 200_000_000.0
MAX_CLOUD_ASSETS = 20_000_000.0
MAX_DECAY_OBJECTS = 50_000.0
MAX_PAIR_OBJECTS = 60_000.0
_Amount = Annotated[float | None, Field(gt=0.0, lt=1e7, allow_inf_nan=False)]


class SizeRow(BaseModel):
    """What is known of an object; null where nothing is."""

    model_config = ConfigDict(extra="forbid")

    norad_id: NoradIdValue
    radius_m: _Amount = None
    mass_kg: _Amount = None


class SizedRequest(HeavyRequest):
    """A question with sizes of the asker's own, which go before all others."""

    sizes: Annotated[
        list[SizeRow] | None, Field(max_length=MAX_SIZES, description="Radii and masses of your own, at most 20,000.")
    ] = None

    @property
    def known_sizes(self) -> KnownSizes | None:
        """The table, None without a row."""
        rows = self.sizes
        if not rows:
            return None

        def column(name: str) -> np.ndarray:
            values = [getattr(row, name) for row in rows]
            return np.array([np.nan if value is None else value for value in values])

        numbers = np.array([row.norad_id for row in rows], dtype=np.int64)
        return KnownSizes.of(numbers, column("radius_m"), column("mass_kg"))


class FluxRequest(FluxFields, SizedRequest):
    """A circular orbit."""


class RiskRequest(RiskFields, SizedRequest):
    """Whose risk, and how it is counted."""

    all_pairs: Annotated[
        bool, Field(description="Count pair by pair as well, as a check; some ten seconds of one core.")
    ] = False


class CongestionRequest(CongestionFields, SizedRequest):
    """How the rankings are counted."""


class DerelictsRequest(DerelictsFields, SizedRequest):
    """Whose fleet, and how many derelicts are broken up."""


class BreakUpRequest(BreakUpFields, SizedRequest):
    """What breaks up, how, and whose hazard is asked for. Pieces x assets: at most 200,000,000."""


class _ListedRequest(FleetFields, SizedRequest):
    objects: Annotated[
        list[NoradIdValue] | None,
        Field(min_length=1, max_length=MAX_LISTED_OBJECTS, description="Catalogue numbers."),
    ] = None
    limit: Annotated[int, Field(ge=1, le=MAX_LISTED, description="Objects listed.")] = 100


class DecayRequest(_ListedRequest):
    """Objects or a fleet, at most 50,000, and how far to look."""

    years: Annotated[float, Field(gt=0.0, le=100.0, allow_inf_nan=False)] = 25.0


class ComplianceRequest(_ListedRequest):
    """Objects or a fleet, at most 50,000."""
