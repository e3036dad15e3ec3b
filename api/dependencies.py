"""What routes are given: the catalogue, the door for heavy work, the user's groups; and how query values are read."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Header, Path, Request
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema

from api.catalogue_keeper import CatalogueKeeper
from api.found_conjunctions import FoundConjunctions
from api.heavy_work import HeavyWork
from api.jobs.desk import JobDesk
from api.kernels import KernelWarmth
from api.windows import moment
from orbits import Instant, InvalidValue
from orbits.elements import MAX_NORAD_ID
from orbits.formats import parse_catalogue_number
from ssa.alliances import Alliance
from ssa.catalogue.watchlists import Watchlists
from ssa.catalogue.webhooks import Webhooks
from ssa.recorded_dates import calendar_day


def _keeper(request: Request) -> CatalogueKeeper:
    return request.app.state.keeper  # type: ignore[no-any-return]


def _heavy(request: Request) -> HeavyWork:
    return request.app.state.heavy  # type: ignore[no-any-return]


def _groups(request: Request) -> tuple[Alliance, ...]:
    return request.app.state.groups  # type: ignore[no-any-return]


def _desk(request: Request) -> JobDesk:
    return request.app.state.desk  # type: ignore[no-any-return]


def _warmth(request: Request) -> KernelWarmth:
    return request.app.state.warmth  # type: ignore[no-any-return]


def _shelf(request: Request) -> Watchlists:
    return request.app.state.shelf  # type: ignore[no-any-return]


def _found(request: Request) -> FoundConjunctions:
    return request.app.state.found  # type: ignore[no-any-return]


def _hooks(request: Request) -> Webhooks:
    return request.app.state.hooks  # type: ignore[no-any-return]


Keeper = Annotated[CatalogueKeeper, Depends(_keeper)]
Heavy = Annotated[HeavyWork, Depends(_heavy)]
OwnGroups = Annotated[tuple[Alliance, ...], Depends(_groups)]
Shelf = Annotated[Watchlists, Depends(_shelf)]
Found = Annotated[FoundConjunctions, Depends(_found)]
Hooks = Annotated[Webhooks, Depends(_hooks)]
Warmth = Annotated[KernelWarmth, Depends(_warmth)]
Desk = Annotated[JobDesk, Depends(_desk)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", min_length=1, max_length=255, pattern=r"^[\x21-\x7e]+$",
        description="The same key and question again give the same job, whatever the catalogue is by then.",
    ),
]  # fmt: skip


def _time_text(text: str, info: ValidationInfo) -> str:
    moment(text, info.field_name or "time")
    return text


def _date_text(text: str, info: ValidationInfo) -> str:
    try:
        calendar_day(text)
    except InvalidValue as error:
        raise InvalidValue(info.field_name or "date", text, error.reason) from None
    return text


def _number(given: Any) -> Any:
    return parse_catalogue_number(given) if isinstance(given, str) else given


TimeText = Annotated[
    str,
    AfterValidator(_time_text),
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "description": "ISO 8601 with Z or an offset, from 1957-10-04 to 2100-01-01.",
            "examples": ["2026-03-11T00:00:00Z"],
        }
    ),
]
DateText = Annotated[
    str,
    AfterValidator(_date_text),
    WithJsonSchema(
        {"type": "string", "format": "date", "description": "A day of the calendar.", "examples": ["2026-03-11"]}
    ),
]
NoradId = Annotated[
    int,
    BeforeValidator(_number),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MAX_NORAD_ID}),
    Path(description="Catalogue number."),
]
NoradIdText = Annotated[
    int, BeforeValidator(_number), WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MAX_NORAD_ID})
]
NoradIdValue = Annotated[int, Field(ge=1, le=MAX_NORAD_ID, strict=True)]


def instant_of(text: str | None) -> Instant | None:
    """The instant of a text that was checked before."""
    return None if text is None else Instant.parse(text)
