"""The path of an object through a site's sky, point by point, for a picture of a pass."""

from __future__ import annotations

from typing import Any

from api.answers.columns import numbers
from api.answers.envelope import age_caveats, answer
from orbits import TimeGrid
from orbits.frames import teme_to_itrs
from orbits.propagation import propagate
from orbits.sites import GroundSite
from orbits.sunlight import CIVIL_TWILIGHT_DEG, is_sunlit, sun_elevation_deg, sun_teme_km
from orbits.topocentric import look_at
from ssa.catalogue.snapshot import CatalogueSnapshot

SKY_CAVEAT = "Directions are geometric: no refraction (0.5 deg at the horizon, less than 0.1 deg above 10 deg)."


def sky_answer(
    snapshot: CatalogueSnapshot, chosen: CatalogueSnapshot, site: GroundSite, grid: TimeGrid
) -> dict[str, Any]:
    """Azimuth, elevation, range and light of one object at every time of the grid; null where SGP4 gives no state."""
    instants = grid.instants
    teme = propagate(chosen.elements, grid, threads=1)
    seen = look_at(teme_to_itrs(teme), site)
    sunlit = is_sunlit(teme.position_teme_km, sun_teme_km(instants))[0]
    dark = sun_elevation_deg(site, instants) < CIVIL_TWILIGHT_DEG
    columns = zip(
        (instants[place].isoformat(3) for place in range(len(instants))), numbers(seen.azimuth_deg[0], 4),
        numbers(seen.elevation_deg[0], 4), numbers(seen.range_km[0], 3), sunlit.tolist(), dark.tolist(), strict=True,
    )  # fmt: skip
    body = {
        "norad_id": int(chosen.elements.norad_id[0]),
        "name": str(chosen.elements.name[0]),
        "site": {
            "name": site.name,
            "latitude_deg": site.latitude_deg,
            "longitude_deg": site.longitude_deg,
            "altitude_m": site.altitude_m,
        },
        "start": instants[0].isoformat(3),
        "end": instants[len(instants) - 1].isoformat(3),
        "points": [
            {
                "time": time,
                "azimuth_deg": azimuth,
                "elevation_deg": elevation,
                "range_km": distance,
                "sunlit": lit if azimuth is not None else None,
                "site_is_dark": night,
            }
            for time, azimuth, elevation, distance, lit, night in columns
        ],
    }
    caveats = (SKY_CAVEAT, *age_caveats(chosen, instants[0], instants[len(instants) - 1]))
    return answer(snapshot, instants[0], body, caveats)
