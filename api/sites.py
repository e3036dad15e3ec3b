"""Sites as callers write them: `LAT,LON[,ALT_M]`, with a name before an equals sign if wanted."""

from __future__ import annotations

from orbits.sites import GroundSite


def parse_site(text: str) -> GroundSite:
    """A site from `54.9,23.9,90` or `Kaunas=54.9,23.9,90`; raises `InvalidValue`.

    >>> parse_site("Kaunas=54.9,23.9").name
    'Kaunas'
    """
    name, equals, place = text.rpartition("=")
    return GroundSite.parse(place.strip(), name.strip() or None) if equals else GroundSite.parse(text.strip())
