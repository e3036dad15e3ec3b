"""Regions from GeoJSON (RFC 7946): Polygon, MultiPolygon, Feature, FeatureCollection and collections of them.

Inside is decided in the longitude-latitude plane, with edges straight in it; the winding of rings says nothing. A
region across the antimeridian is written with longitudes past 180, or cut there. Polygons that overlap are joined.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely

from orbits.errors import InvalidValue
from ssa.regions.region import Region
from ssa.regions.ring_checks import checked_polygon, checked_ring, ring_place

MOST_VERTICES = 10_000
_DEEPEST, _LONGEST_NAME = 4, 120
_WANTED = "give a Polygon, a MultiPolygon, or a Feature or FeatureCollection of them"


def region_from_geojson(content: str | bytes | dict[str, Any], name: str | None = None) -> Region:
    """The region that a GeoJSON text or object draws.

    `name` is what to call it; else its `properties.name` or `name` counts, else it is "region". Raises `InvalidValue`,
    naming polygon, ring and position, for what cannot be used, and above 10,000 positions.

    >>> square = {"type": "Polygon", "coordinates": [[[179, 0], [181, 0], [181, 1], [179, 1], [179, 0]]]}
    >>> bool(region_from_geojson(square).contains(0.5, -179.5))
    True
    """
    tree = content if isinstance(content, dict) else _parsed(content)
    _refuse_other_frames(tree)
    drawn = list(_polygons(tree, "", 0))
    if not drawn:
        raise InvalidValue("region", name, f"holds no polygon; {_WANTED}")
    count = sum(len(ring) if isinstance(ring, list) else 1 for rings, _ in drawn for ring in rings)
    if count > MOST_VERTICES:
        raise InvalidValue("region", f"{count} positions", f"at most {MOST_VERTICES} are taken; simplify the outline")
    polygons, caveats = [], []
    for rings, place in drawn:
        checked = [checked_ring(ring, ring_place(place, k)) for k, ring in enumerate(rings)]
        polygons.append(checked_polygon(checked, place))
        longest = max(float(np.max(np.abs(np.diff(ring[:, 0])))) for ring in checked)
        if longest > 180.0:
            caveats.append(
                f"{place} has an edge over {longest:g} degrees of longitude, taken as it stands; if it should cross "
                "the antimeridian, write longitudes past 180 (190, not -170)"
            )
    return Region(_name(tree, name), shapely.union_all(polygons), tuple(caveats))


def _parsed(content: str | bytes) -> dict[str, Any]:
    try:
        text = content.decode("utf-8-sig") if isinstance(content, bytes) else content.lstrip("\ufeff")
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:  # json's and UTF-8's errors are ValueErrors
        reason = str(error) if isinstance(error, ValueError) else "is nested too deeply"
        raise InvalidValue("region", None, f"is not GeoJSON: {reason}; {_WANTED}") from None
    if not isinstance(tree, dict):
        raise InvalidValue("region", None, f"is not a GeoJSON object; {_WANTED}")
    return tree


def _refuse_other_frames(tree: dict[str, Any]) -> None:
    """The `crs` member of old GeoJSON may name the frame that RFC 7946 has anyway, and no other."""
    crs = json.dumps(tree.get("crs"), default=str)
    if tree.get("crs") is not None and not any(known in crs for known in ("CRS84", "EPSG::4326", "EPSG:4326")):
        reason = "is in another coordinate system; convert it to longitude and latitude on WGS84 (EPSG:4326)"
        raise InvalidValue("region", crs, reason)


def _polygons(tree: Any, place: str, depth: int) -> Iterator[tuple[list[Any], str]]:
    """The ring lists of all polygons below a GeoJSON object, with the words that lead to each."""
    kind = tree.get("type") if isinstance(tree, dict) else None
    if depth > _DEEPEST:
        raise InvalidValue("region", f"{place}{kind}", "is nested too deeply")
    if kind == "FeatureCollection" or kind == "GeometryCollection":
        member, word = ("features", "feature") if kind == "FeatureCollection" else ("geometries", "geometry")
        for number, child in enumerate(_list_of(tree, member, place), 1):
            yield from _polygons(child, f"{place}{word} {number}, ", depth + 1)
    elif kind == "Feature":
        if tree.get("geometry") is not None:  # null: a feature that is nowhere
            yield from _polygons(tree["geometry"], place, depth + 1)
    elif kind == "Polygon":
        yield _rings_of(tree.get("coordinates"), f"{place}polygon"), f"{place}polygon"
    elif kind == "MultiPolygon":
        for number, rings in enumerate(_list_of(tree, "coordinates", place), 1):
            yield _rings_of(rings, f"{place}polygon {number}"), f"{place}polygon {number}"
    else:
        raise InvalidValue("region", f"{place}{kind or 'no type'}", f"is no area; {_WANTED}")


def _list_of(tree: dict[str, Any], member: str, place: str) -> list[Any]:
    if not isinstance(tree.get(member), list):
        raise InvalidValue("region", f"{place}{tree['type']}", f"has no list called {member}")
    found: list[Any] = tree[member]
    return found


def _rings_of(rings: Any, place: str) -> list[Any]:
    if not isinstance(rings, list) or not rings:
        raise InvalidValue("region", place, "has no ring; its first ring is its outline, the others holes")
    return rings


def _name(tree: dict[str, Any], given: str | None) -> str:
    features = tree.get("features") or []
    alone = features[0] if len(features) == 1 and isinstance(features[0], dict) else tree
    properties = alone.get("properties")
    told = properties.get("name") if isinstance(properties, dict) else None
    for candidate in (given, told, tree.get("name")):
        if isinstance(candidate, str) and candidate.strip():
            whole = candidate.encode("utf-8", "replace").decode()  # JSON may hold half of a surrogate pair
            return " ".join(whole.split())[:_LONGEST_NAME]
    return "region"
