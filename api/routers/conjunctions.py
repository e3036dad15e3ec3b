"""Conjunctions that screenings found: listed, one in full, as a message and as a scene."""

from __future__ import annotations

import base64
import binascii
import math
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api.answers.conjunctions import CONJUNCTIONS, conjunction_answer, conjunctions_answer
from api.conjunction_ids import ConjunctionName
from api.dependencies import Found, Heavy, Keeper, OwnGroups, Warmth
from api.errors import NotFound
from api.found_conjunctions import Filter, FoundConjunctions, listing, seconds_of
from api.models.conjunctions import ConjunctionAnswer, ConjunctionsAnswer, ConjunctionsQuery
from api.responses import JsonAnswer, file_answer
from api.routers.documented import problems
from api.windows import moment
from orbits import Instant, InvalidValue
from ssa.alliances import Alliance, find_alliance
from ssa.candidates import of_alliance
from ssa.catalogue.snapshot import CatalogueSnapshot

router = APIRouter(prefix=CONJUNCTIONS, tags=["conjunctions"])
ConjunctionId = Annotated[
    str, Path(min_length=1, max_length=100, description="`id` of a conjunction in the answer of a screening.")
]


def _file(media_type: str, shape: str) -> dict[int | str, dict[str, Any]]:
    return {**problems(404, 422, 503), 200: {"content": {media_type: {"schema": {"type": shape}}}}}


@router.get("", response_model=ConjunctionsAnswer, response_class=JsonAnswer, responses=problems(404, 422, 503))
async def conjunctions(
    request: Request, query: Annotated[ConjunctionsQuery, Query()], keeper: Keeper, groups: OwnGroups, heavy: Heavy,
    found: Found,
) -> Response:  # fmt: skip
    """The conjunctions of finished screenings, in order of time; `next` leads to the page after it.

    Of at most 50 screenings and 200,000 conjunctions, the newest screenings first.
    """
    body, cursor = await heavy.compute(_listed, query, keeper, groups, found)
    link = None
    if cursor is not None:
        kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
        link = f"{request.url.path}?{urlencode([*kept, ('cursor', cursor)])}"
    return JsonAnswer({**body, "next": link}, headers={"Link": f'<{link}>; rel="next"'} if link else None)


def _listed(
    query: ConjunctionsQuery, keeper: Keeper, groups: tuple[Alliance, ...], found: FoundConjunctions
) -> tuple[dict[str, Any], str | None]:
    if query.alliance is None and (query.on is not None or query.commercial):
        raise InvalidValue("on" if query.on else "commercial", query.on or True, "goes with an alliance only")
    now = Instant.now()
    snapshot = keeper.snapshot().snapshot
    members: frozenset[int] | None = None
    caveats: tuple[str, ...] = ()
    if query.alliance is not None:
        fleet = of_alliance(
            find_alliance(query.alliance, groups), snapshot, on=query.on or now.date(), commercial=query.commercial
        )
        members, caveats = frozenset(snapshot.elements.norad_id[fleet.rows].tolist()), fleet.caveats
    shelf = found.shelf(query.screening)
    if query.screening is not None and not shelf.screenings:
        reason = "is no finished screening that is kept; see /v1/jobs?kind=screenings"
        raise NotFound("screening", query.screening, reason)
    asked = Filter(
        objects=frozenset(query.object) or None, alliance=members, miss_km=query.miss_km,
        from_s=None if query.start is None else seconds_of(moment(query.start, "start")),
        to_s=None if query.end is None else seconds_of(moment(query.end, "end")),
    )  # fmt: skip
    chosen = listing(shelf, asked)
    first = 0 if query.cursor is None else chosen.after(_key_of(query.cursor))
    last = min(first + query.limit, len(chosen.places))
    body = conjunctions_answer(snapshot, now, shelf, chosen, slice(first, last), caveats)
    return body, _cursor_of(chosen.keys[last - 1].tolist()) if last < len(chosen.places) else None


def _cursor_of(key: list[float]) -> str:
    return base64.urlsafe_b64encode(" ".join(map(repr, key)).encode()).decode()


def _key_of(cursor: str) -> tuple[float, ...]:
    try:
        text = base64.b64decode(cursor.encode("ascii"), altchars=b"-_", validate=True).decode("ascii")
        key = tuple(float(part) for part in text.split(" "))
    except (ValueError, binascii.Error):
        key = ()
    if len(key) != 4 or not all(map(math.isfinite, key)):
        raise InvalidValue("cursor", cursor, "is not one that this service gave; take it from `next`")
    return key


@router.get("/{conjunction_id}.cdm", response_class=Response, responses=_file("text/plain", "string"))
async def conjunction_message(conjunction_id: ConjunctionId, keeper: Keeper, heavy: Heavy, warmth: Warmth) -> Response:
    """The conjunction as a Conjunction Data Message (CCSDS 508.0-B-1, KVN)."""
    warmth.require()
    return await heavy.compute(_message, conjunction_id, keeper)


@router.get("/{conjunction_id}.czml", response_class=Response, responses=_file("application/czml+json", "array"))
async def conjunction_scene(conjunction_id: ConjunctionId, keeper: Keeper, heavy: Heavy, warmth: Warmth) -> Response:
    """Both objects for five minutes to either side, Earth-fixed, with the closest approach marked."""
    warmth.require()
    return await heavy.compute(_scene, conjunction_id, keeper)


@router.get(
    "/{conjunction_id}", response_model=ConjunctionAnswer, response_class=JsonAnswer, responses=problems(404, 422, 503)
)
async def conjunction(conjunction_id: ConjunctionId, keeper: Keeper, heavy: Heavy, warmth: Warmth) -> Response:
    """One conjunction in full: geometry, encounter plane, probabilities by method with their covariance basis.

    Worked out anew from the element sets of the catalogue that the id names, as long as the database holds it.
    """
    warmth.require()
    return await heavy.compute(_in_full, conjunction_id, keeper)


def _in_full(text: str, keeper: Keeper) -> Response:
    snapshot, one = _examined(text, keeper)
    return JsonAnswer(conjunction_answer(text, snapshot, one))


def _message(text: str, keeper: Keeper) -> Response:
    from ssa.conjunctions.cdm_export import messages_of
    from ssa.conjunctions.cdm_writer import write_cdm

    _, one = _examined(text, keeper)
    (message,) = messages_of(one.snapshot, one.found)
    return file_answer(write_cdm(message), "text/plain", f"{text}.cdm")


def _scene(text: str, keeper: Keeper) -> Response:
    from api.scenes.conjunction_czml import conjunction_czml

    _, one = _examined(text, keeper)
    return JsonAnswer(conjunction_czml(one), media_type="application/czml+json")


def _examined(text: str, keeper: Keeper) -> tuple[CatalogueSnapshot, Any]:
    """The catalogue and the conjunction that an id names; raises `NotFound`."""
    from ssa.conjunctions.examination import examine

    name = ConjunctionName.parse(text)
    snapshot = name.snapshot(keeper)
    try:
        return snapshot, examine(snapshot, name.primary_id, name.secondary_id, name.tca)
    except InvalidValue as error:
        raise NotFound("conjunction_id", text, str(error)) from None
