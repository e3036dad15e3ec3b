"""Makes `ssa/data/country_outlines.json.gz` from the npm package `world-atlas` 2.0.2.

    npm pack world-atlas@2.0.2
    python -m tests.make_country_outlines world-atlas-2.0.2.tgz

The package holds Natural Earth's countries as TopoJSON: arcs that neighbours share, in steps of 0.0036 deg, and rings
that were stitched together across the antimeridian and round the south pole. Here rings are laid out in the plane again
(running on past 180 degrees, closed over the pole), rounded to 1e-4 deg and written as differences. Natural Earth's
pinhole round the south pole goes. What 1:50m lacks and the project's table of states has (Tuvalu) comes from 1:10m.
The same package gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import sys
import tarfile
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from ssa.countries import countries
from ssa.regions.plane import closed_over_the_pole, unwrapped

STEPS_PER_DEG = 10_000
OUT = Path(__file__).resolve().parents[1] / "ssa" / "data" / "country_outlines.json.gz"

# What the project's table of states does not have. By ISO 3166-1 numeric code or, without one, Natural Earth's name:
# alpha-3, alpha-2, name, the state that administers it. Codes: ISO 3166-1, compared with pycountry on
# 2026-11-24; XKX and XK are user-assigned. The administering state is a fact of who runs it, not a statement of title.
TERRITORIES = {
    "010": ("ATA", "AQ", "Antarctica", None),
    "016": ("ASM", "AS", "American Samoa", "USA"),
    "060": ("BMU", "BM", "Bermuda", "GBR"),
    "086": ("IOT", "IO", "British Indian Ocean Territory", "GBR"),
    "092": ("VGB", "VG", "British Virgin Islands", "GBR"),
    "136": ("CYM", "KY", "Cayman Islands", "GBR"),
    "184": ("COK", "CK", "Cook Islands", "NZL"),
    "234": ("FRO", "FO", "Faroe Islands", "DNK"),
    "238": ("FLK", "FK", "Falkland Islands (Malvinas)", "GBR"),
    "239": ("SGS", "GS", "South Georgia and the South Sandwich Islands", "GBR"),
    "248": ("ALA", "AX", "Åland Islands", "FIN"),
    "258": ("PYF", "PF", "French Polynesia", "FRA"),
    "260": ("ATF", "TF", "French Southern Territories", "FRA"),
    "304": ("GRL", "GL", "Greenland", "DNK"),
    "316": ("GUM", "GU", "Guam", "USA"),
    "334": ("HMD", "HM", "Heard Island and McDonald Islands", "AUS"),
    "344": ("HKG", "HK", "Hong Kong", "CHN"),
    "446": ("MAC", "MO", "Macao", "CHN"),
    "500": ("MSR", "MS", "Montserrat", "GBR"),
    "531": ("CUW", "CW", "Curaçao", "NLD"),
    "533": ("ABW", "AW", "Aruba", "NLD"),
    "534": ("SXM", "SX", "Sint Maarten (Dutch part)", "NLD"),
    "540": ("NCL", "NC", "New Caledonia", "FRA"),
    "570": ("NIU", "NU", "Niue", "NZL"),
    "574": ("NFK", "NF", "Norfolk Island", "AUS"),
    "580": ("MNP", "MP", "Northern Mariana Islands", "USA"),
    "612": ("PCN", "PN", "Pitcairn", "GBR"),
    "630": ("PRI", "PR", "Puerto Rico", "USA"),
    "652": ("BLM", "BL", "Saint Barthélemy", "FRA"),
    "654": ("SHN", "SH", "Saint Helena, Ascension and Tristan da Cunha", "GBR"),
    "660": ("AIA", "AI", "Anguilla", "GBR"),
    "663": ("MAF", "MF", "Saint Martin (French part)", "FRA"),
    "666": ("SPM", "PM", "Saint Pierre and Miquelon", "FRA"),
    "796": ("TCA", "TC", "Turks and Caicos Islands", "GBR"),
    "831": ("GGY", "GG", "Guernsey", "GBR"),
    "832": ("JEY", "JE", "Jersey", "GBR"),
    "833": ("IMN", "IM", "Isle of Man", "GBR"),
    "850": ("VIR", "VI", "United States Virgin Islands", "USA"),
    "876": ("WLF", "WF", "Wallis and Futuna", "FRA"),
    "Indian Ocean Ter.": (None, None, "Christmas and Cocos Islands", "AUS"),
    "Kosovo": ("XKX", "XK", "Kosovo", None),
    "N. Cyprus": (None, None, "Northern Cyprus", None),
    "Siachen Glacier": (None, None, "Siachen Glacier", None),
    "Somaliland": (None, None, "Somaliland", None),
}


def outlines_of(topology: dict[str, Any]) -> dict[str, tuple[str, list[list[list[int]]]]]:
    """Natural Earth's name and the polygons (rings as flat whole numbers) by numeric code, or by name without one."""
    scale, offset = np.array(topology["transform"]["scale"]), np.array(topology["transform"]["translate"])
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + offset for arc in topology["arcs"]]
    found: dict[str, tuple[str, list[list[list[int]]]]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        name = geometry["properties"]["name"]
        laid_out = [rings for polygon in polygons if (rings := _polygon(polygon, arcs))]
        _, earlier = found.setdefault(geometry.get("id") or name, (name, []))
        earlier.extend(laid_out)
    return found


def _polygon(arc_numbers: list[list[int]], arcs: list[np.ndarray]) -> list[list[int]]:
    rings, near = [], 0.0
    for ring in arc_numbers:
        pieces = [arcs[k] if k >= 0 else arcs[~k][::-1] for k in ring]
        points = np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])])
        longitude, latitude = unwrapped(points[:, 0]), points[:, 1]
        if np.all(latitude < -89.9):
            continue  # the pinhole round the pole
        longitude, latitude = closed_over_the_pole(longitude, latitude, -90.0)
        middle = (longitude.min() + longitude.max()) / 2.0
        turns = np.round((middle - near) / 360.0)
        longitude = longitude - 360.0 * turns
        if not rings:
            near = middle - 360.0 * turns  # holes go where their outline went
        whole = np.round(np.stack([longitude, latitude], axis=1) * STEPS_PER_DEG).astype(int)
        moved = np.concatenate([[True], np.any(np.diff(whole, axis=0) != 0, axis=1)])
        whole = whole[moved]
        if len(whole) < 4:
            if not rings:
                return []  # an island smaller than a step
            continue
        rings.append(np.concatenate([whole[:1], np.diff(whole, axis=0)]).reshape(-1).tolist())
    return rings


def move_crimea(outlines: dict[str, tuple[str, list[list[list[int]]]]]) -> None:
    """Put Crimea, which Natural Earth draws with Russia, to Ukraine: UN General Assembly resolution 68/262 (2014)."""

    def shape_of(rings: list[list[int]]) -> shapely.Polygon:
        laid = [np.cumsum(np.array(ring).reshape(-1, 2), axis=0) for ring in rings]
        return shapely.Polygon(laid[0], laid[1:])

    def rings_of(shape: shapely.Polygon) -> list[list[int]]:
        wholes = [np.round(shapely.get_coordinates(ring)).astype(int) for ring in (shape.exterior, *shape.interiors)]
        return [np.concatenate([whole[:1], np.diff(whole, axis=0)]).reshape(-1).tolist() for whole in wholes]

    west, south, east, north = (round(degrees * STEPS_PER_DEG) for degrees in (32.4, 44.3, 36.7, 46.3))
    peninsula = shapely.box(west, south, east, north)
    russia, ukraine = outlines["643"][1], outlines["804"][1]
    moved = [rings for rings in russia if peninsula.contains(shape_of(rings))]
    if len(moved) != 1:
        raise SystemExit(f"{len(moved)} polygons of Russia lie in Crimea's box; one was expected")
    russia.remove(moved[0])
    whole = shapely.union_all([shape_of(rings) for rings in (*ukraine, *moved)])
    ukraine[:] = [rings_of(part) for part in getattr(whole, "geoms", [whole])]


def table_of(fifty: dict[str, Any], ten: dict[str, Any]) -> dict[str, Any]:
    """The whole content of the data file."""
    coarse, fine = outlines_of(fifty), outlines_of(ten)
    states = {row.numeric: row for row in countries().values()}
    for numeric in states:
        if numeric not in coarse:
            coarse[numeric] = fine[numeric]
    move_crimea(coarse)
    rows = []
    for key, (drawn_as, polygons) in coarse.items():
        iso3, iso2, name, of = TERRITORIES.get(key, (None, None, drawn_as, None))
        if key in states:
            iso3, iso2, name = states[key].iso3, states[key].iso2, states[key].name
        elif key not in TERRITORIES:
            raise SystemExit(f"{key} {drawn_as} is neither in the table of states nor among the territories")
        rows.append(
            {"iso3": iso3, "iso2": iso2, "name": name, "drawn_as": drawn_as, "territory_of": of, "polygons": polygons}
        )
    return {
        "origin": "Natural Earth 1:50m admin-0 countries (Tuvalu: 1:10m; Crimea: Ukraine), from npm world-atlas 2.0.2",
        "licence": "Natural Earth: public domain; world-atlas: ISC, Copyright 2013-2019 Michael Bostock",
        "steps_per_deg": STEPS_PER_DEG,
        "outlines": sorted(rows, key=lambda row: (row["iso3"] or "~", row["name"])),
    }  # fmt: skip


def packed(table: dict[str, Any]) -> bytes:
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def main(package: str) -> None:
    with tarfile.open(package) as archive:
        fifty, ten = (
            json.loads(archive.extractfile(f"package/countries-{scale}m.json").read())  # type: ignore[union-attr]
            for scale in (50, 10)
        )
    OUT.write_bytes(packed(table_of(fifty, ten)))
    print(f"{OUT}: {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1])
