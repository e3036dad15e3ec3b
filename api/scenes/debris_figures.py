"""Pictures of debris answers as SVG: the density profile, the rose of flux, the matrix of owners.

Drawn from the answer alone, so that a picture says what the JSON says; no script, nothing from elsewhere, and the same
answer gives the same bytes.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from api.scenes.colour_scale import CIVIDIS
from api.scenes.svg_text import line, svg_text

_WIDTH, _INK, _FAINT, _ALARM, _EMPTY = 900.0, "#1c2126", "#d5d9dd", "#a01818", "#f3f4f5"
# Grey levels of about 60, 170, 115 and 225 of 255: told apart in black and white.
_CLASS_COLOURS = {"payload": "#1d3f75", "rocket body": "#e0a33c", "debris": "#6f757b", "unknown": "#f0e2b0"}
_LIMIT = "catalogued objects only"
_OWNERS_SHOWN = 18
_SPEED_CLASS_KM_S = 1.5  # the answer's steps of 0.5 km/s fit into it
_DECADES = 5


def density_svg(answer: dict[str, Any]) -> str:
    """Density against altitude, the classes stacked, as filled steps."""
    shells = answer["shells"]
    left, right, top, bottom = 84.0, _WIDTH - 30.0, 100.0, 520.0
    low, high = float(shells[0]["altitude_min_km"]), float(shells[-1]["altitude_max_km"])
    peak = max(max(shell["density_per_km3"] for shell in shells), 1e-15)
    most = _round_up(peak)
    parts = _opened("Spatial density of catalogued objects", answer, 580.0, f"{answer['objects_counted']:,} objects")

    def x(altitude: float) -> float:
        return left + (altitude - low) / (high - low) * (right - left)

    def y(density: float) -> float:
        return bottom - density / most * (bottom - top)

    for share in range(6):
        value = most * share / 5
        parts.append(_rule(left, y(value), right, y(value)))
        parts.append(line(f"{value * 1e9:.3g}", left - 8, y(value) + 4, text_anchor="end"))
    for altitude in _ticks(low, high):
        parts.append(line(f"{altitude:,.0f}", x(altitude), bottom + 18, text_anchor="middle"))
    floor = np.zeros(len(shells))
    for name, colour in _CLASS_COLOURS.items():
        roof = floor + np.array([shell["by_class_per_km3"][name] for shell in shells])
        if not roof.any():
            continue
        path = []
        for shell, height in zip(shells, roof, strict=True):
            path += [
                f"{x(shell['altitude_min_km']):.2f},{y(height):.2f}",
                f"{x(shell['altitude_max_km']):.2f},{y(height):.2f}",
            ]
        for shell, height in zip(reversed(shells), floor[::-1], strict=True):
            path += [
                f"{x(shell['altitude_max_km']):.2f},{y(height):.2f}",
                f"{x(shell['altitude_min_km']):.2f},{y(height):.2f}",
            ]
        parts.append(f'<polygon points="{" ".join(path)}" fill="{colour}" stroke="{_INK}" stroke-width="0.3"/>')
        floor = roof
    parts.append(line("Objects per billion km³", left, top - 12))
    parts.append(
        line("Altitude above the equatorial radius, km", (left + right) / 2, bottom + 38, text_anchor="middle")
    )
    return _closed(parts, _legend(list(_CLASS_COLOURS.items()), right - 420, top - 12))


def flux_svg(answer: dict[str, Any]) -> str:
    """Flux by azimuth of arrival as a rose around the satellite, coloured by relative speed."""
    rose = np.array(answer["by_speed_azimuth_per_m2_year"])
    azimuth, speeds = answer["azimuth_edges_deg"], answer["speed_edges_km_s"]
    middle_x, middle_y, reach = 400.0, 480.0, 350.0
    most = _round_up(max(float(rose.sum(axis=0).max()), 1e-15))
    said = (
        f"Orbit at {answer['altitude_km']:,.0f} km, {answer['inclination_deg']:g} deg; in all "
        f"{answer['flux_per_m2_year']:.3g} per m² and year, mean relative speed "
        f"{answer['mean_speed_km_s'] or 0.0:.1f} km/s"
    )
    parts = _opened("Flux of catalogued objects by azimuth of arrival", answer, 560.0, said)
    for share in (0.25, 0.5, 0.75, 1.0):
        radius = reach * math.sqrt(share)
        parts.append(
            f'<path d="M {middle_x - radius:.1f} {middle_y} A {radius:.1f} {radius:.1f} 0 0 1 {middle_x + radius:.1f} '
            f'{middle_y}" fill="none" stroke="{_FAINT}"/>'
        )
        parts.append(line(f"{most * share:.2g}", middle_x + radius, middle_y + 16, size_px=11.0, text_anchor="middle"))
    for column in range(len(azimuth) - 1):
        inner = 0.0
        classes = np.minimum((np.array(speeds[:-1]) / _SPEED_CLASS_KM_S + 1e-9).astype(int), len(CIVIDIS) - 1)
        for level, colour in enumerate(CIVIDIS):
            part = float(rose[classes == level, column].sum())
            outer = inner + part
            if part > 0.0:
                edges = (azimuth[column], azimuth[column + 1])
                parts.append(
                    _wedge(
                        middle_x,
                        middle_y,
                        reach * math.sqrt(inner / most),
                        reach * math.sqrt(outer / most),
                        edges,
                        colour,
                    )
                )
            inner = outer
    for angle in range(-90, 91, 30):
        turn = math.radians(angle)
        parts.append(line(f"{angle:+d}°" if angle else "0° ahead", middle_x + (reach + 16) * math.sin(turn),
                          middle_y - (reach + 12) * math.cos(turn), text_anchor="middle"))  # fmt: skip
    parts.append(
        line(
            "Seen from above: 0° is the direction of flight, + to the right. The area of a wedge is its flux; labels "
            "on the arcs: 1/(m² year) in 5° of azimuth.", 48, 540,
        )
    )  # fmt: skip
    legend = [
        (f"{_SPEED_CLASS_KM_S * place:.1f} to {_SPEED_CLASS_KM_S * (place + 1):.1f}", colour)
        for place, colour in enumerate(CIVIDIS[:-1])
    ]
    legend.append((f"{_SPEED_CLASS_KM_S * len(legend):.1f} and more", CIVIDIS[-1]))
    parts.append(line("Relative speed, km/s", 755.0, 128.0))
    return _closed(parts, _legend(legend, 775.0, 150.0, down=True))


def matrix_svg(answer: dict[str, Any]) -> str:
    """Expected collisions a year between owners, with avoidance, on a logarithmic scale: the owners most involved.

    With an alliance, its owners are the rows and those that they may collide with the columns.
    """
    exposure = answer["exposure"]
    names = answer["owner_names"]
    if exposure is None:
        matrix = np.array(answer["owners_residual"])
        rows = columns = _most_involved(matrix.sum(axis=0) + np.diag(matrix))
        row_names, title = names, "Expected collisions a year between objects of two owners"
        sums, whole = answer, "in all"
        told = f"The {len(rows)} owners most involved of {len(matrix)}"
    else:
        matrix = np.array(exposure["exposed_owners_residual"])
        rows, columns = _most_involved(matrix.sum(axis=1)), _most_involved(matrix.sum(axis=0))
        row_names, title = exposure["exposed_owner_names"], f"Expected collisions a year: {exposure['alliance']}"
        sums, whole = exposure, f"of its {exposure['objects']:,} objects"
        told = "Rows: its owners; columns: whose objects they may meet"
    prefix = "" if exposure is not None else "total_"
    residual, every = sums[f"residual_{prefix}collisions_per_year"], sums[f"{prefix}collisions_per_year"]
    side, left, top = 33.0, 92.0, 190.0
    height = top + side * max(len(rows), 8) + 50.0
    said = f"With avoidance: {residual:.3g} a year {whole}; nobody avoiding, {every:.3g}. {told}"
    parts = _opened(title, answer, height, said)
    highest = math.ceil(math.log10(max(float(matrix.max(initial=0.0)), 1e-12)))
    for place, column in enumerate(columns):
        x, y = left + side * place + 21, top - 8
        parts.append(line(names[column], x, y, most=14, transform=f"rotate(-60 {x:.1f} {y:.1f})"))
    for down, row in enumerate(rows):
        parts.append(line(row_names[row], left - 8, top + side * down + 21, most=12, text_anchor="end"))
        for right, column in enumerate(columns):
            value = float(matrix[row, column])
            level = math.floor(math.log10(value) - highest) + _DECADES if value > 0.0 else -1
            level = min(level, _DECADES - 1)
            colour = CIVIDIS[2 * level + 1] if level >= 0 else _EMPTY
            words = svg_text(f"{row_names[row]} and {names[column]}: {value:.3g} a year")
            x, y = left + side * right, top + side * down
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{side - 1:.1f}" height="{side - 1:.1f}" fill="{colour}">'
                f"<title>{words}</title></rect>"
            )
            if level >= 0:
                ink = "#ffffff" if level < 2 else _INK
                parts.append(
                    line(_short(value), x + side / 2 - 0.5, y + 20, size_px=10.0, text_anchor="middle", fill=ink)
                )
    legend = [
        (f"1e{highest - _DECADES + level} to 1e{highest - _DECADES + level + 1}", CIVIDIS[2 * level + 1])
        for level in range(_DECADES - 1, -1, -1)
    ]
    beside = left + side * max(len(columns), 1) + 18
    parts.append(line("A year", beside, top + 4))
    return _closed(parts, _legend([*legend, ("less", _EMPTY)], beside, top + 26, down=True))


def _most_involved(rates: Any) -> Any:
    """Places of the highest rates, none without a rate."""
    order = np.argsort(-rates, kind="stable")[:_OWNERS_SHOWN]
    return order[rates[order] > 0.0]


def _short(value: float) -> str:
    """A number in four signs: 3e-4.

    >>> _short(0.000314)
    '3e-4'
    """
    digit, _, power = f"{value:.0e}".partition("e")
    return f"{digit}e{int(power)}"


def _opened(title: str, answer: dict[str, Any], height: float, said: str, limit: str = _LIMIT) -> list[str]:
    stamp = answer["catalogue"]
    simulated = stamp["data_mode"] == "SIMULATED"
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH:.0f}" height="{height:.0f}" '
        f'viewBox="0 0 {_WIDTH:.0f} {height:.0f}" role="img" font-family="Helvetica, Arial, sans-serif" fill="{_INK}">',
        f"<title>{svg_text(title)}</title>",
        f'<rect width="{_WIDTH:.0f}" height="{height:.0f}" fill="#ffffff"/>',
        line(title, 48, 32, size_px=19.0, font_weight="bold"),
        line(said, 48, 53),
        line(f"Catalogue {stamp['data_mode']} as of {stamp['as_of']}; {limit}", 48, 70,
             fill=_ALARM if simulated else _INK),
    ]  # fmt: skip


def _closed(parts: list[str], legend: list[str]) -> str:
    return "\n".join([*parts, *legend, "</svg>\n"])


def _legend(entries: list[tuple[str, str]], x: float, y: float, *, down: bool = False) -> list[str]:
    parts = []
    for place, (words, colour) in enumerate(entries):
        at_x, at_y = (x, y + 20 * place) if down else (x + 105 * place, y)
        parts.append(f'<rect x="{at_x:.1f}" y="{at_y - 10:.1f}" width="12" height="12" fill="{colour}"/>')
        parts.append(line(words, at_x + 17, at_y, size_px=11.0 if down else 12.0))
    return parts


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{_FAINT}"/>'


def _wedge(x: float, y: float, inner: float, outer: float, azimuth_deg: tuple[float, float], colour: str) -> str:
    a, b = (math.radians(angle) for angle in azimuth_deg)

    def at(radius: float, angle: float) -> str:
        return f"{x + radius * math.sin(angle):.2f} {y - radius * math.cos(angle):.2f}"

    return (
        f'<path d="M {at(inner, a)} L {at(outer, a)} A {outer:.2f} {outer:.2f} 0 0 1 {at(outer, b)} '
        f'L {at(inner, b)} A {inner:.2f} {inner:.2f} 0 0 0 {at(inner, a)} Z" fill="{colour}"/>'
    )


def _round_up(value: float) -> float:
    """The next round number: 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(
        step * power
        for step in (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
        if step * power >= value * (1.0 - 1e-12)
    )


def _ticks(low: float, high: float, most: int = 12) -> list[float]:
    """Round places from `low` to `high`: steps of 1, 2 or 5 times a power of ten, at most `most` of them."""
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(part * power for part in (1.0, 2.0, 5.0, 10.0) if part * power >= rough * (1.0 - 1e-9))
    first = math.ceil(low / step) * step
    return [first + step * place for place in range(int((high - first) / step + 1e-9) + 1)]
