"""States and territories by the codes and names of ISO 3166-1, which take no side in any dispute."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ssa.data import packaged_facts
from ssa.errors import UnknownName
from ssa.names import folded, nearest_names


@dataclass(frozen=True, slots=True)
class Country:
    """A state or territory of ISO 3166-1."""

    iso3: str
    iso2: str
    numeric: str
    name: str
    also: tuple[str, ...] = ()


@cache
def countries() -> dict[str, Country]:
    """All states of the packaged table by ISO alpha-3 code."""
    return {
        iso3: Country(iso3, row["alpha2"], row["numeric"], row["name"], tuple(row.get("also", ())))
        for iso3, row in packaged_facts("countries")["countries"].items()
    }


def find_country(name: str, field: str = "country") -> Country:
    """The state by ISO alpha-3 code or by name, in any case; raises `UnknownName` with the nearest names.

    >>> find_country("south korea").iso3
    'KOR'
    """
    spellings = _spellings()
    if folded(name) in spellings:
        return spellings[folded(name)]
    raise UnknownName(field, name, nearest_names(name, [row.name for row in countries().values()]))


@cache
def _spellings() -> dict[str, Country]:
    return {folded(text): row for row in countries().values() for text in (row.name, *row.also, row.iso3)}
