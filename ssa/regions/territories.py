"""Regions of countries and of alliances, from packaged outlines (`ssa.regions.outlines` says what they are)."""

from __future__ import annotations

from datetime import date

import shapely

from orbits.errors import InvalidValue
from ssa.alliances import Alliance, find_alliance, members, membership_caveats
from ssa.regions.outlines import OUTLINE_CAVEAT, Outline, find_outline, outlines
from ssa.regions.region import Region

# Where the outline of a state is most likely to surprise. Natural Earth 1:50m as packaged, checked in tests.
_DRAWN_APART = {
    "UKR": "Ukraine is drawn with Crimea (UN resolution 68/262), which Natural Earth draws with Russia",
    "RUS": "Russia is drawn without Crimea (UN resolution 68/262), unlike in Natural Earth",
    "CYP": "Cyprus is drawn without Northern Cyprus, which has an outline of its own",
    "SOM": "Somalia is drawn without Somaliland, which has an outline of its own",
    "SRB": "Serbia is drawn without Kosovo, which has an outline of its own",
    "MAR": "Morocco is drawn without Western Sahara, which has an outline of its own",
    "IND": "India and Pakistan are drawn to the line of control; the Siachen Glacier has an outline of its own",
    "PAK": "India and Pakistan are drawn to the line of control; the Siachen Glacier has an outline of its own",
}


def country(name: str, *, with_territories: bool = False) -> Region:
    """A country or territory by ISO 3166-1 code (two or three letters) or name.

    `with_territories` adds the territories with codes of their own that the state administers (Greenland to Denmark);
    without it a caveat names them. Raises `UnknownName`.

    >>> round(country("LS").area_km2, -2), country("Denmark").caveats[-1]
    (30000.0, 'without territories that have outlines of their own: Faroe Islands, Greenland')
    """
    outline = find_outline(name)
    return _joined(outline.name, [outline], with_territories)


def alliance_territory(
    alliance: Alliance | str, on: date | str, *, with_territories: bool = False, name: str | None = None
) -> Region:
    """The territory of an alliance's members on a day, as one region.

    Raises `UnknownName` for an alliance that is not known and `InvalidValue` when no state was a member on that day.

    >>> round(alliance_territory("EU", on="2026-03-10").area_km2, -5)
    4200000.0
    """
    group = find_alliance(alliance) if isinstance(alliance, str) else alliance
    states = members(group, on)
    if not states:
        raise InvalidValue("on", on, f"{group.name} has no member states on that day, and so no territory")
    region = _joined(name or f"{group.name} ({on})", [find_outline(state.iso3) for state in states], with_territories)
    return Region(region.name, region.shape, (*region.caveats, *membership_caveats(group, on)))


def _joined(name: str, own: list[Outline], with_territories: bool) -> Region:
    held = {outline.iso3 for outline in own}
    belonging = [row for row in outlines() if row.territory_of in held and (row.iso3 is None or row.iso3 not in held)]
    caveats = [OUTLINE_CAVEAT, *dict.fromkeys(_DRAWN_APART[row.iso3] for row in own if row.iso3 in _DRAWN_APART)]
    if belonging and not with_territories:
        told = ", ".join(sorted(row.name for row in belonging))
        caveats.append(f"without territories that have outlines of their own: {told}")
    drawn = [*own, *(belonging if with_territories else [])]
    shape = drawn[0].shape if len(drawn) == 1 else shapely.union_all([row.shape for row in drawn])
    return Region(name, shape, tuple(caveats))
