"""Pictures of break-ups and decay as SVG: the Gabbard diagram, and re-entry windows by object.

Drawn from the answer alone, so that a picture says what the JSON says.
"""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any

from api.scenes.debris_figures import _closed, _legend, _opened, _round_up, _rule, _ticks
from api.scenes.svg_text import line

_APOGEE, _PERIGEE, _BAND, _MIDDLE = "#1d3f75", "#c7661c", "#9db7d4", "#1c2126"
_SHOWN = 30


def gabbard_svg(answer: dict[str, Any]) -> str:
    """Apogee and perigee heights of the pieces against their period."""
    bound = [piece for piece in answer["fragments"] if piece["period_min"] is not None]
    pieces = [piece for piece in bound if piece["perigee_altitude_km"] > -500.0]
    periods = sorted(piece["period_min"] for piece in pieces) or [90.0]
    kept = periods[max(0, int(0.005 * len(periods)))], periods[min(len(periods) - 1, int(0.98 * len(periods)))]
    low, high = math.floor(kept[0]) - 1.0, math.ceil(kept[1]) + 1.0
    shown = [piece for piece in pieces if low <= piece["period_min"] <= high]
    roof = _round_up(max((piece["apogee_altitude_km"] for piece in shown), default=1000.0))
    left, right, top, bottom = 84.0, 870.0, 100.0, 520.0
    name = answer["parents"][0]["name"]
    said = (
        f"{name}: {answer['kind']} at {answer['altitude_km']:,.0f} km, {answer['at']}; {answer['pieces']:,} pieces of "
        f"{answer['smallest_m']:g} m and larger, {len(shown):,} shown"
    )
    parts = _opened("Gabbard diagram", answer, 580.0, said, "pieces are modelled, none is a catalogued object")

    def x(period: float) -> float:
        return float(left + (period - low) / (high - low) * (right - left))

    def y(height: float) -> float:
        return float(bottom - max(height, 0.0) / roof * (bottom - top))

    for height in _ticks(0.0, roof):
        parts.append(_rule(left, y(height), right, y(height)))
        parts.append(line(f"{height:,.0f}", left - 8, y(height) + 4, text_anchor="end"))
    for period in _ticks(low, high):
        parts.append(line(f"{period:,.0f}", x(period), bottom + 18, text_anchor="middle"))
    at_y = y(answer["altitude_km"])
    parts.append(f'<path d="M{left} {at_y:.1f}H{right}" stroke="{_MIDDLE}" stroke-width="0.8" stroke-dasharray="6 4"/>')
    parts.append(line("break-up", right, at_y - 5, text_anchor="end", size_px=11.0))
    filled, open_ = f'fill="{_APOGEE}" fill-opacity="0.75"', f'fill="none" stroke="{_PERIGEE}" stroke-width="0.9"'
    parts.append(f"<g {filled}>")
    parts += [_dot(x(piece["period_min"]), y(piece["apogee_altitude_km"])) for piece in shown]
    parts.append(f"</g><g {open_}>")
    parts += [_triangle(x(piece["period_min"]), y(piece["perigee_altitude_km"])) for piece in shown]
    parts.append("</g>")
    parts.append(line("Height above the equatorial radius, km", left, top - 12))
    parts.append(line("Period, minutes", (left + right) / 2, bottom + 38, text_anchor="middle"))
    legend = [
        f"<g {filled}>{_dot(right - 148, top - 16)}</g>", line("apogee", right - 140, top - 12),
        f"<g {open_}>{_triangle(right - 62, top - 16)}</g>", line("perigee", right - 54, top - 12),
    ]  # fmt: skip
    return _closed(parts, legend)


def _dot(x: float, y: float) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.2"/>'


def _triangle(x: float, y: float) -> str:
    return f'<path d="M{x:.1f} {y - 2.8:.1f}l2.6 4.6h-5.2z"/>'


def decay_svg(answer: dict[str, Any]) -> str:
    """The windows of the objects that come down soonest, on a line of years (days when all are soon)."""
    start = _moment(answer["start"])
    rows = [row for row in answer["windows"] if row["middle"] is not None][:_SHOWN]
    ends = [_days(row["latest"], start, answer["horizon_days"]) for row in rows]
    most = _round_up(max(ends, default=365.25) / 365.25) * 365.25 if max(ends, default=1e9) > 800 else _round_up(
        max(ends)
    )  # fmt: skip
    unit, words = (365.25, "years") if most > 800 else (1.0, "days")
    left, right, top = 330.0, 870.0, 110.0
    bottom = top + 22.0 * max(len(rows), 1)
    said = f"{len(rows):,} of {answer['objects_counted']:,} objects, the soonest; counted from {answer['start']}"
    parts = _opened("Re-entry windows", answer, bottom + 70.0, said, "drag only, nobody manoeuvring")

    def x(days: float) -> float:
        return left + min(max(days, 0.0), most) / most * (right - left)

    for tick in _ticks(0.0, most / unit, 10):
        parts.append(_rule(x(tick * unit), top - 8, x(tick * unit), bottom))
        parts.append(line(f"{tick:,.4g}", x(tick * unit), bottom + 18, text_anchor="middle"))
    for place, row in enumerate(rows):
        at_y = top + 22.0 * place
        first, last = _days(row["earliest"], start, most), _days(row["latest"], start, most)
        parts.append(line(f"{row['norad_id']} {row['name'][:28]}", left - 10, at_y + 10, text_anchor="end"))
        parts.append(
            f'<rect x="{x(first):.1f}" y="{at_y:.1f}" width="{max(x(last) - x(first), 1.5):.1f}" height="13" '
            f'fill="{_BAND}" stroke="{_MIDDLE}" stroke-width="0.5"/>'
        )
        if row["latest"] is None:  # open: it may stay up beyond the horizon
            parts.append(line(">", right + 4, at_y + 11))
        middle = x(_days(row["middle"], start, most))
        parts.append(f'<rect x="{middle - 1:.1f}" y="{at_y - 1:.1f}" width="2" height="15" fill="{_MIDDLE}"/>')
    parts.append(
        line(f"{words.capitalize()} after {start.date()}", (left + right) / 2, bottom + 38, text_anchor="middle")
    )
    if not rows:
        parts.append(line("None of them comes down within the years asked about.", left, top + 14))
    parts.append(line("> or later", right, top - 22, text_anchor="end"))
    return _closed(parts, _legend([("window", _BAND), ("middle", _MIDDLE)], right - 270, top - 22))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def _days(text: str | None, start: datetime, beyond: float) -> float:
    return beyond if text is None else (_moment(text) - start).total_seconds() / 86400.0
