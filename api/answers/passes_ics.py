"""Passes as an iCalendar file (RFC 5545), one event each: equal input makes equal bytes.

`DTSTAMP` is the catalogue's own time, and the `UID` is made of the object, the site and the culmination to the minute,
so that a calendar that imports the same answer twice holds each pass once.
"""

from __future__ import annotations

import hashlib
from typing import Any

_MAX_LINE_OCTETS = 75  # RFC 5545, 3.1
_HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//allied-ssa//passes//EN", "CALSCALE:GREGORIAN")


def passes_ics(answer: dict[str, Any]) -> str:
    """The passes of an answer as a calendar, times in UTC."""
    stamp = _time(answer["catalogue"]["as_of"])
    places = {site["name"]: f"{site['latitude_deg']:.6f};{site['longitude_deg']:.6f}" for site in answer["sites"]}
    simulated = answer["catalogue"]["data_mode"] == "SIMULATED"
    lines = [*_HEAD, f"X-WR-CALNAME:{_text('Satellite passes' + (' (SIMULATED)' if simulated else ''))}"]
    for row in answer["passes"]:
        lines += _event(row, stamp, places[row["site"]], simulated)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _event(row: dict[str, Any], stamp: str, place: str, simulated: bool) -> list[str]:
    top = row["culmination"]
    identity = f"{row['norad_id']} {place} {top['time'][:16]}"
    cuts = [text for key, text in (("cut_at_start", "under way at the window's start"),
                                   ("cut_at_end", "goes on after the window's end")) if row[key]]  # fmt: skip
    told = [
        f"Rise {row['rise']['time']} at {row['rise']['azimuth_deg']:.0f} deg",
        f"Culmination {top['time']}: elevation {top['elevation_deg']:.1f} deg, azimuth {top['azimuth_deg']:.0f} deg, "
        f"range {top['range_km']:.0f} km",
        f"Set {row['set']['time']} at {row['set']['azimuth_deg']:.0f} deg",
        f"Times plus-minus {row['time_plus_minus_s']} s (one sigma); elements {row['elements_age_days']} days old",
        f"Satellite {'sunlit' if row['sunlit'] else 'in shadow'}, site {'dark' if row['site_is_dark'] else 'not dark'}",
        *cuts,
    ]
    name = f"{row['name'] or row['norad_id']} over {row['site']}, {top['elevation_deg']:.0f} deg"
    return [
        "BEGIN:VEVENT",
        f"UID:{hashlib.sha256(identity.encode()).hexdigest()[:32]}@allied-ssa",
        f"DTSTAMP:{stamp}",
        f"DTSTART:{_time(row['rise']['time'])}",
        f"DTEND:{_time(row['set']['time'])}",
        f"SUMMARY:{_text(f'SIMULATED {name}' if simulated else name)}",
        f"LOCATION:{_text(row['site'])}",
        f"GEO:{place}",
        f"DESCRIPTION:{_text(chr(10).join(told))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _time(iso: str) -> str:
    """`2026-03-11T00:00:01.500Z` as `20260311T000001Z`: a calendar holds whole seconds, the fraction is dropped."""
    return iso[:19].replace("-", "").replace(":", "") + "Z"


def _text(value: str) -> str:
    """RFC 5545, 3.3.11: backslash, semicolon, comma and line break escaped; other control characters dropped."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "".join(
        "\\n" if letter == "\n" else letter
        for letter in escaped
        if letter == "\n" or (letter >= " " and letter != "\x7f")
    )


def _folded(line: str) -> str:
    """RFC 5545, 3.1: lines of at most 75 octets, continued with a blank, never within a character."""
    pieces, piece, octets = [], "", 0
    for letter in line:
        width = len(letter.encode("utf-8", "replace"))
        if octets + width > _MAX_LINE_OCTETS:
            pieces.append(piece)
            piece, octets = " ", 1
        piece += letter
        octets += width
    return "\r\n".join((*pieces, piece))
