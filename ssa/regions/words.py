"""Regions as people write them on a command line or in a query.

`world`, `country:NAME`, `box:W,S,E,N`, `circle:LAT,LON,KM`, `alliance:NAME`, GeoJSON itself, or the name of a GeoJSON
file, which the caller reads: nothing here opens a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import PurePath

from orbits.errors import InvalidValue
from ssa.alliances import Alliance, find_alliance
from ssa.regions.drawn import box, circle, world
from ssa.regions.geojson import region_from_geojson
from ssa.regions.region import Region
from ssa.regions.territories import alliance_territory, country

_FORMS = "write world, country:NAME, box:W,S,E,N, circle:LAT,LON,KM, alliance:NAME, or a GeoJSON file"


def parse_region(
    text: str,
    *,
    on: date | str | None = None,
    load: Callable[[str], str | bytes] | None = None,
    groups: Iterable[Alliance] = (),
) -> Region:
    """The region that `text` names.

    `on` is the day of membership for `alliance:NAME`; `groups` are a user's own. `load` turns a file's name into its
    content; without it file names are refused, as a service must. Raises `InvalidValue` (and `UnknownName`).

    >>> parse_region("box:20,53,29,60").name, parse_region("country:ee").name
    ('box 20,53,29,60', 'Estonia')
    """
    words = text.strip()
    kind, colon, rest = (part.strip() for part in words.partition(":"))
    if words.casefold() == "world":
        return world()
    if words.startswith("{"):
        return region_from_geojson(words)
    if colon and kind.casefold() in ("country", "box", "circle", "alliance"):
        return _by_kind(kind.casefold(), rest, on, groups)
    if load is None or not words:
        raise InvalidValue("region", text, f"is not a region; {_FORMS}")
    if not words.casefold().endswith((".geojson", ".json")):
        raise InvalidValue("region", text, f"is not a region and no .geojson or .json file; {_FORMS}")
    region = region_from_geojson(load(words))
    return region if region.name != "region" else Region(PurePath(words).stem, region.shape, region.caveats)


def _by_kind(kind: str, rest: str, on: date | str | None, groups: Iterable[Alliance]) -> Region:
    if kind == "country":
        return country(rest)
    if kind == "box":
        return box(*_numbers(kind, rest, 4, "box:W,S,E,N, such as box:20,53,29,60"))
    if kind == "circle":
        return circle(*_numbers(kind, rest, 3, "circle:LAT,LON,KM, such as circle:54.9,23.9,300"))
    if on is None:
        raise InvalidValue("on", None, "an alliance's territory is that of its members on a day; give the day")
    return alliance_territory(find_alliance(rest, groups), on)


def _numbers(kind: str, rest: str, count: int, form: str) -> list[float]:
    try:
        numbers = [float(part) for part in rest.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count:
        raise InvalidValue("region", f"{kind}:{rest}", f"write it as {form}")
    return numbers
