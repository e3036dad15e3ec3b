"""A map of coverage as SVG: cells shaded by a measure, with outlines, a legend with units, and what it was made from.

No script, no style sheet, nothing from elsewhere; the same answer gives the same bytes. Cells are drawn whole and cut
at the region's outline.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from api.scenes.azimuthal_frame import Frame, frame_around
from api.scenes.colour_scale import ColourScale
from api.scenes.graticule import Graticule
from api.scenes.map_frame import MapFrame, cell_edges
from api.scenes.svg_text import line, svg_text
from orbits.arrays import Integers
from ssa.coverage.question import Coverage
from ssa.regions.outlines import outlines

TITLES = {
    "covered_fraction": "Share of time with access", "mean_fold": "Objects in access at once, mean",
    "accesses": "Number of accesses", "max_gap_s": "Longest gap without access", "mean_gap_s": "Mean gap",
    "mean_revisit_s": "Mean revisit time", "mean_response_s": "Mean wait for access",
    "time_average_gap_s": "Time average gap",
}  # fmt: skip
_MARGIN_PX, _HEAD_PX, _FOOT_PX, _LEAST_WIDTH_PX, _LETTER_PX = 48.0, 121.0, 96.0, 820.0, 6.4
_SEAM_PX, _LABEL_PX = 0.6, 14.0
_SEA, _LAND, _COAST, _BORDER, _INK, _NONE, _ALARM = (
    "#eef2f5",
    "#ffffff",
    "#8a929a",
    "#4a5258",
    "#1c2126",
    "#c9cdd1",
    "#a01818",
)


def coverage_map_svg(answer: dict[str, Any], found: Coverage, measure: str = "covered_fraction") -> str:
    """The map of one measure of `TITLES`, of the coverage that `answer` tells of."""
    values = np.asarray(getattr(found.cell_measures, measure), dtype=np.float64)
    scale = ColourScale.of(values, measure)
    frame = frame_around(found.cells)
    width_px = max(frame.width_px + 2 * _MARGIN_PX, _LEAST_WIDTH_PX)
    graticule = frame.graticule()
    head_px = _HEAD_PX + (_LABEL_PX if any(label.y_px < 0.0 for label in graticule.labels) else 0.0)
    height_px = head_px + frame.height_px + _FOOT_PX
    left_px = (width_px - frame.width_px) / 2.0
    title = f"{TITLES[measure]}: {answer['region']['name']}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width_px:.0f}" height="{height_px:.0f}" '
        f'viewBox="0 0 {width_px:.0f} {height_px:.0f}" role="img" font-family="Helvetica, Arial, sans-serif" '
        f'fill="{_INK}">',
        f"<title>{svg_text(title)}</title>",
        f'<rect width="{width_px:.0f}" height="{height_px:.0f}" fill="#ffffff"/>',
        *_head(answer, title, width_px),
        f'<g transform="translate({left_px:.1f} {head_px:.1f})">',
        *_map(found, frame, scale, scale.classes(values), graticule),
        "</g>",
        *_foot(scale, bool(np.isnan(values).any()), width_px, head_px + frame.height_px),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _head(answer: dict[str, Any], title: str, width_px: float) -> list[str]:
    stamp, fleet, region = answer["catalogue"], answer["fleet"], answer["region"]
    most = int((width_px - 2 * _MARGIN_PX) / _LETTER_PX)
    age = _ages([row["elements_age_days"] for row in fleet if row["elements_age_days"] is not None])
    meaning = "what could be tasked" if answer["use"] == "access" else "what a pass images in routine"
    lines = [
        f"Fleet: {answer['asked']}",
        f"{len(fleet):,} objects; {answer['use']}: {meaning}",
        f"{answer['start'][:16].replace('T', ' ')} to {answer['end'][:16].replace('T', ' ')} UTC; "
        f"{region['area_km2']:,.0f} km² in {region['cells']:,} cells",
        f"Catalogue {stamp['data_mode']} as of {stamp['as_of']}{age}",
    ]
    simulated = stamp["data_mode"] == "SIMULATED"
    colours = [_INK, _INK, _INK, _ALARM if simulated else _INK]
    return [
        line(title, _MARGIN_PX, 32.0, size_px=19.0, most=int(most * 0.62), font_weight="bold"),
        *(
            line(text, _MARGIN_PX, 54.0 + 17.0 * row, most=most, fill=colours[row])
            for row, text in enumerate(lines)
        ),
    ]  # fmt: skip


def _ages(days: list[float]) -> str:
    """How far the epochs of the element sets used lie from the window's start, in words."""
    if not days:
        return ""
    low, high = min(days), max(days)
    if low < 0.0 < high:
        return f"; element sets used are from {high:.1f} d before the start to {-low:.1f} d after it"
    near, far = sorted((abs(low), abs(high)))
    span = f"{near:.1f}" if f"{near:.1f}" == f"{far:.1f}" else f"{near:.1f} to {far:.1f}"
    return f"; element sets used are from {span} d {'after' if high <= 0.0 else 'before'} the start"


def _map(found: Coverage, frame: Frame, scale: ColourScale, classes: Integers, graticule: Graticule) -> list[str]:
    size = f'width="{frame.width_px:.1f}" height="{frame.height_px:.1f}"'
    region = frame.path([found.region.shape])
    land = frame.path(outline.shape for outline in outlines())
    edge = f'<path d="{land}" fill="none" stroke="{_BORDER}" stroke-width="0.7" stroke-linejoin="round"/>'
    return [
        f'<defs><clipPath id="frame"><rect {size}/></clipPath>'
        f'<clipPath id="region"><path clip-rule="evenodd" d="{region}"/></clipPath></defs>',
        f'<rect {size} fill="{_SEA}"/>',
        '<g clip-path="url(#frame)">',
        f'<path d="{land}" fill="{_LAND}" fill-rule="evenodd"/>',
        '<g clip-path="url(#region)">',
        *_cells(found, frame, scale, classes),
        "</g>",
        edge,
        f'<path d="{region}" fill="none" stroke="{_INK}" stroke-width="1.4" stroke-linejoin="round"/>',
        "</g>",
        *_graticule(graticule),
        f'<rect {size} fill="none" stroke="{_INK}" stroke-width="1"/>',
    ]


def _cells(found: Coverage, frame: Frame, scale: ColourScale, classes: Integers) -> list[str]:
    """One path for each class; neighbours of one class in one row are drawn as one cell."""
    west, east, south, north = cell_edges(found.cells)
    left = frame.turned(west)
    order = np.lexsort((left, north, classes))
    drawn: dict[int, list[str]] = {}
    columns = (classes, south, north, left, left + (east - west))
    open_: tuple[Any, ...] | None = None  # class, south, north, west, east
    for row in [*order.tolist(), None]:
        cell = None if row is None else tuple(column[row].item() for column in columns)
        if open_ and cell and open_[:3] == cell[:3] and abs(cell[3] - open_[4]) < 1e-9:
            open_ = (*open_[:4], cell[4])
            continue
        if open_:
            kind, bottom, top, first, last = open_
            drawn.setdefault(kind, []).append(frame.cell_path(first, last, bottom, top))
        open_ = cell
    # straight cells meet on whole pixels; a hair of the same colour closes the seams of others
    seam = "" if isinstance(frame, MapFrame) else f' stroke-width="{_SEAM_PX:g}" stroke="'
    paths = []
    for kind, cells in sorted(drawn.items()):
        colour = scale.colours[kind] if kind >= 0 else _NONE
        edge = f'{seam}{colour}"' if seam else ' shape-rendering="crispEdges"'
        paths.append(f'<path fill="{colour}"{edge} d="{"".join(cells)}"/>')
    return paths


def _graticule(graticule: Graticule) -> list[str]:
    parts = []
    for points in graticule.lines:
        drawn = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        parts.append(f'<path d="M{drawn}" fill="none" stroke="{_COAST}" stroke-width="0.4"/>')
    for label in graticule.labels:
        if label.is_on_map:
            width = _LETTER_PX * len(label.words) + 4.0
            x, y = label.x_px - width / 2.0, label.y_px - 9.5
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="12.5" fill="#fff" fill-opacity="0.75"/>'
            )
        parts.append(line(label.words, label.x_px, label.y_px, size_px=10.0, text_anchor=label.anchor))
    return parts


def _foot(scale: ColourScale, has_none: bool, width_px: float, top_px: float) -> list[str]:
    """The legend with its unit, and what the picture is not."""
    box_px, y = 46.0, top_px + 30.0
    parts, labels = [], scale.labels()
    for place, colour in enumerate(scale.colours):
        x = _MARGIN_PX + place * box_px
        parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{box_px:g}" height="12" fill="{colour}"/>')
    for place, label in enumerate(labels):
        x = _MARGIN_PX + (place * box_px if len(labels) > 1 else box_px / 2.0)
        parts.append(line(label, x, y + 25.0, size_px=10.5, text_anchor="middle"))
    end = _MARGIN_PX + len(scale.colours) * box_px
    parts.append(line(scale.unit, end + 10.0, y + 10.5))
    if has_none:
        x = end + 130.0
        parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="18" height="12" fill="{_NONE}"/>')
        parts.append(line("no value: not seen, or once only", x + 24.0, y + 10.5, size_px=10.5))
    said = (
        "An access is a chance to look, found by geometry, not a promise. Outlines: Natural Earth 1:50 million, no "
        "statement on borders."
    )
    most = int((width_px - 2 * _MARGIN_PX) / 5.0)
    parts.append(line(said, _MARGIN_PX, y + 50.0, size_px=10.0, most=most, fill="#555b61"))
    return parts
