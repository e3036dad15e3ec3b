"""Opportunities to look, in the shape of the Sensor Tasking API (STAPI), read-only: nothing can be ordered here.

Shape: github.com/stapi-spec/stapi-spec, version 0.2.0, docs/spec/opportunity and docs/spec/collection, read on
2026-11-29: a GeoJSON FeatureCollection of `stapi_type` `OpportunityCollection`, whose features are of `stapi_type`
`Opportunity` and carry `geometry`, `bbox`, and in their properties `product_id` and `datetime`, an interval
`start/end`. One thing is left out that the specification requires: a `create-order` link, for there is nothing to order
at. Names of our own stand in the properties with their units; `numberReturned` is that of OGC API Features.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from orbits.errors import InvalidValue
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.selection import over_region

STAPI_VERSION = "0.2.0"
CAVEAT = "a geometric chance to look, not a promise: cloud, duty, tasking and priority are not known"


def opportunities(
    intervals: AccessIntervals,
    *,
    product_id: str,
    geometry: Mapping[str, Any],
    bbox: Sequence[float],
    objects: Sequence[Mapping[str, Any]],
    limit: int | None = None,
) -> dict[str, Any]:
    """A FeatureCollection of the region's opportunities, one for each pass of each object over any part of it, by time.

    `geometry` and `bbox` are those asked about; `objects` (n,) has one mapping for each object, such as
    `{"norad_id": 40697, "name": "SENTINEL-2A"}`, which goes into the feature's properties. `limit` keeps the first,
    and `numberMatched` counts them all. `area_fraction` is the share of the region's area that the pass has in view at
    some time. Raises `InvalidValue` when `objects` are not those of the intervals, and for a negative limit.

    >>> from orbits.times import TimeSpan
    >>> hour = TimeSpan.of("2026-03-10T00:00:00Z", hours=1)
    >>> seen = AccessIntervals.of([(0, 0, 60, 120), (0, 1, 90, 150)], span=hour, objects=1, cell_area_km2=[1, 1])
    >>> point = {"type": "Point", "coordinates": [23.9, 54.9]}
    >>> found = opportunities(seen, product_id="in-view", geometry=point, bbox=[23.9, 54.9, 23.9, 54.9],
    ...                       objects=[{"norad_id": 40697}])
    >>> found["features"][0]["properties"]["datetime"]
    '2026-03-10T00:01:00.000Z/2026-03-10T00:02:30.000Z'
    """
    if len(objects) != intervals.objects:
        raise InvalidValue("objects", len(objects), f"give one mapping for each of the {intervals.objects} objects")
    if limit is not None and limit < 0:
        raise InvalidValue("limit", limit, "give 0 or more")
    passes = over_region(intervals)
    by_object = np.argsort(intervals.object_row, kind="stable")
    edges = np.searchsorted(intervals.object_row[by_object], np.arange(intervals.objects + 1))
    order = np.lexsort((passes.object_row, passes.start_s))
    features = []
    for row in order[:limit].tolist():
        who = int(passes.object_row[row])
        own = by_object[edges[who] : edges[who + 1]]  # its accesses to any cell
        meets = (intervals.start_s[own] < passes.end_s[row]) & (intervals.end_s[own] > passes.start_s[row])
        seen = np.unique(intervals.cell_row[own][meets])
        area_fraction = 1.0 if len(seen) == intervals.cells else float(intervals.weights[seen].sum())
        feature = _feature(passes, row, product_id, dict(objects[who]), area_fraction)
        features.append(feature | {"geometry": dict(geometry), "bbox": list(bbox)})
    return {
        "type": "FeatureCollection",
        "stapi_type": "OpportunityCollection",
        "stapi_version": STAPI_VERSION,
        "features": features,
        "links": [],
        "numberMatched": len(passes),
        "numberReturned": len(features),
        "caveats": [CAVEAT],
    }


def _feature(
    passes: AccessIntervals, row: int, product_id: str, said: dict[str, Any], area_fraction: float
) -> dict[str, Any]:
    start, end = (passes.span.start.plus_s(float(s)).isoformat(3) for s in (passes.start_s[row], passes.end_s[row]))
    return {
        "type": "Feature",
        "stapi_type": "Opportunity",
        "stapi_version": STAPI_VERSION,
        "id": f"{product_id}-{said.get('norad_id', int(passes.object_row[row]))}-{start}",
        "properties": {
            "product_id": product_id,
            "datetime": f"{start}/{end}",
            **said,
            "duration_s": float(passes.end_s[row] - passes.start_s[row]),
            "area_fraction": area_fraction,
            "cut_at_start": bool(passes.cut_at_start[row]),
            "cut_at_end": bool(passes.cut_at_end[row]),
        },
        "links": [],
    }
