"""Watchlists that are kept: who is watched, for how long, by which policy."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from api.answers.watchlists import checked_watchlist, watchlist_row
from api.dependencies import Shelf
from api.errors import NotFound
from api.models.alerts import WatchlistBody, WatchlistReply, WatchlistsReply
from api.responses import JsonAnswer
from api.routers.documented import problems
from orbits import Instant

router = APIRouter(prefix="/v1/watchlists", tags=["alerts"])
ListName = Annotated[str, Path(min_length=1, max_length=100, description="Name of a watchlist.")]


@router.get("", response_model=WatchlistsReply, response_class=JsonAnswer, responses=problems(503))
def watchlists(shelf: Shelf) -> Response:
    """Every watchlist, by name."""
    return JsonAnswer({"watchlists": [watchlist_row(kept) for kept in shelf.all()]})


@router.get("/{name}", response_model=WatchlistReply, response_class=JsonAnswer, responses=problems(404, 422, 503))
def watchlist(name: ListName, shelf: Shelf) -> Response:
    """One watchlist."""
    kept = shelf.find(name)
    if kept is None:
        raise NotFound("name", name, "is no watchlist of this database")
    return JsonAnswer({"watchlist": watchlist_row(kept)})


@router.put(
    "/{name}",
    response_model=WatchlistReply,
    response_class=JsonAnswer,
    responses={**problems(400, 413, 422, 503), 201: {"model": WatchlistReply, "description": "Kept; it is new."}},
)
def keep_watchlist(name: ListName, body: WatchlistBody, shelf: Shelf) -> Response:
    """Keep a watchlist under this name, in place of the one there was; 1,000 at most."""
    wanted = checked_watchlist(name, **body.model_dump(), at=Instant.now())
    is_new = shelf.save(wanted)
    return JsonAnswer({"watchlist": watchlist_row(wanted)}, status_code=201 if is_new else 200)


@router.delete("/{name}", response_model=WatchlistReply, response_class=JsonAnswer, responses=problems(404, 422, 503))
def remove_watchlist(name: ListName, shelf: Shelf) -> Response:
    """Remove a watchlist; the answer is what it was."""
    kept = shelf.find(name)
    if kept is None or not shelf.remove(name):
        raise NotFound("name", name, "is no watchlist of this database")
    return JsonAnswer({"watchlist": watchlist_row(kept)})
