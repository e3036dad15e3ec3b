"""The payload table of GCAT, J. McDowell's General Catalog of Artificial Space Objects (planet4589.org/space/gcat).

The table (`psatcat.tsv`) is tab-separated with a header line that begins with `#JCAT`; comment lines begin with `#`. A
JCAT number `S` + digits is the catalogue number. `Category` may join several codes with `/` and mark doubt with `?` or
`*`; `Class` holds letters: A amateur, B business, C civil, D defence. GCAT is under CC BY; none of it is packaged.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from orbits.errors import InvalidValue
from ssa.data import packaged_facts

_NEEDED = ("JCAT", "Class", "Category")
_MARKS_OF_DOUBT = re.compile(r"[?*]")


@dataclass(frozen=True, slots=True)
class GcatPayload:
    """One payload: its class letters and its category codes as GCAT writes them."""

    norad_id: int
    owner_class: str
    category: str


@dataclass(frozen=True, eq=False)
class GcatPayloads:
    """Payloads by catalogue number; `updated` is the date line of the table as written, or empty."""

    payloads: Mapping[int, GcatPayload]
    updated: str = ""

    def __len__(self) -> int:
        return len(self.payloads)

    def missions_of(self, norad_id: int) -> tuple[tuple[str, ...], str] | None:
        """All mission categories of an object and the evidence in words; None where GCAT says none that is known."""
        payload = self.payloads.get(norad_id)
        if payload is None:
            return None
        codes = packaged_facts("missions")["gcat_categories"]
        plain = _MARKS_OF_DOUBT.sub("", payload.category)
        found = tuple(dict.fromkeys(codes[code] for code in plain.split("/") if code in codes))
        doubt = ", which GCAT marks as doubtful" if "?" in payload.category else ""
        owner_class = f", class {payload.owner_class}" if payload.owner_class.strip("-") else ""
        return (found, f"GCAT category {payload.category}{owner_class}{doubt}") if found else None


def read_gcat_payloads(text: str) -> GcatPayloads:
    """The payloads of the text of `psatcat.tsv`; rows without a catalogue number (`S` + digits) are passed over.

    Raises `InvalidValue` when the text has no such header or no payload, or a row has too few columns.

    >>> table = "#JCAT\\tName\\tClass\\tCategory\\n" + "S44390\\tICEYE-X4\\tB\\tIMG-R\\n"
    >>> read_gcat_payloads(table).missions_of(44390)
    (('surveillance-sar',), 'GCAT category IMG-R, class B')
    """
    lines = text.removeprefix("\ufeff").splitlines()
    header = next((line for line in lines[:20] if line.startswith("#JCAT")), None)
    if header is None:
        raise InvalidValue("GCAT payloads", lines[0][:60] if lines else "", "has no header line that begins with #JCAT")
    columns = [name.strip() for name in header[1:].split("\t")]
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise InvalidValue("GCAT payloads", header[:60], f"lacks the columns {', '.join(missing)}")
    jcat, owner_class, category = (columns.index(name) for name in _NEEDED)
    payloads = {}
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or not line.strip():
            continue
        fields = line.split("\t")
        if len(fields) <= max(jcat, owner_class, category):
            reason = f"has {len(fields)} columns at line {number}, not {len(columns)}; is the file cut?"
            raise InvalidValue("GCAT payloads", line[:60], reason)
        found = re.fullmatch(r"S0*(\d{1,9})", fields[jcat].strip(), re.ASCII)
        if found:
            norad_id = int(found[1])
            payloads[norad_id] = GcatPayload(norad_id, fields[owner_class].strip(), fields[category].strip())
    if not payloads:
        raise InvalidValue("GCAT payloads", f"{len(lines)} lines", "holds no payload with a catalogue number")
    updated = next((line[1:].strip() for line in lines[:20] if line.startswith("# Updated")), "")
    return GcatPayloads(MappingProxyType(payloads), updated)
