"""astroz's own screening of the same element sets, for `screening`."""

from __future__ import annotations

import time
from typing import Any

from orbits import ElementSets, TimeSpan


def astroz_seconds(elements: ElementSets, span: TimeSpan, miss_km: float) -> tuple[float, Any]:
    """Processor seconds of its screening at the step that is quickest for it (half a minute), and its answer."""
    import astroz

    from orbits.formats.writers import write_element_sets

    text = write_element_sets(elements, "tle")
    constellation = astroz.Constellation(text)
    before = time.process_time()
    found = astroz.screen(
        constellation, span.duration_s / 60.0, threshold=miss_km, step=0.5, start_time=span.start.datetime()
    )
    return time.process_time() - before, found
