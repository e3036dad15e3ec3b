"""The catalogue as a whole."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.answers.catalogue import catalogue_answer
from api.dependencies import Keeper, instant_of
from api.models.answers import CatalogueAnswer
from api.models.queries import CatalogueQuery
from api.responses import JsonAnswer
from api.routers.documented import problems
from orbits import Instant

router = APIRouter(prefix="/v1", tags=["catalogue"])


@router.get("/catalogue", response_model=CatalogueAnswer, response_class=JsonAnswer, responses=problems(422, 503))
def catalogue(query: Annotated[CatalogueQuery, Query()], keeper: Keeper) -> Response:
    """Counts by type, owner, orbit, mission and age of elements; the last imports, quarantined and failed ones too."""
    when = instant_of(query.as_of)
    served = keeper.snapshot(when)
    return JsonAnswer(catalogue_answer(served, keeper.ingests(20), at=when or Instant.now()))
