"""CesiumJS and its base map, from the wheel of `cesiumkit`: the folder to serve, and what a page of one file carries.

The files are found without importing `cesiumkit`. Licences: CesiumJS is Apache-2.0 (LICENSE.md in the folder lists its
parts), Natural Earth II is in the public domain.
"""

from __future__ import annotations

import base64
import gzip
import io
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from orbits.errors import InvalidValue
from ssa.regions.outlines import outlines

CESIUM_VERSION = "1.144"  # whose names the page of one file uses, public or not
BASE_MAP_CREDIT = "Natural Earth II"
_TILE_PX, _COLUMNS, _ROWS, _LEVEL = 256, 8, 4, 2  # the finest level of the base map in the wheel
_QUALITY = 80
_BORDER = (20, 24, 30, 150)


@cache
def cesium_folder() -> Path:
    """The folder that holds `Cesium.js`; raises `InvalidValue` when it is not there, or of another version."""
    found = find_spec("cesiumkit")
    folders = list(found.submodule_search_locations or []) if found else []
    folder = Path(folders[0]) / "vendor" / "cesium" if folders else Path("cesiumkit")
    if not (folder / "Cesium.js").is_file():
        raise InvalidValue("cesium", str(folder), "holds no Cesium.js; install cesiumkit==1.0.0")
    with (folder / "Cesium.js").open("rb") as file:
        head = file.read(4096)
    if b"Version " + CESIUM_VERSION.encode() not in head:
        raise InvalidValue("cesium", str(folder), f"is not CesiumJS {CESIUM_VERSION}; install cesiumkit==1.0.0")
    return folder


@cache
def packed_cesium() -> str:
    """`Cesium.js`, gzip in base64 (2.3 MB); the same bytes each time."""
    content = (cesium_folder() / "Cesium.js").read_bytes()
    return base64.b64encode(gzip.compress(content, compresslevel=9, mtime=0)).decode()


@cache
def base_map() -> str:
    """The Earth with borders on one equirectangular picture of 2048 x 1024, JPEG in base64 (about 0.5 MB)."""
    from PIL import Image

    folder = cesium_folder() / "Assets" / "Textures" / "NaturalEarthII" / str(_LEVEL)
    whole = Image.new("RGB", (_COLUMNS * _TILE_PX, _ROWS * _TILE_PX))
    for column in range(_COLUMNS):
        for row in range(_ROWS):  # rows count from the south
            with Image.open(folder / str(column) / f"{row}.jpg") as tile:
                whole.paste(tile, (column * _TILE_PX, (_ROWS - 1 - row) * _TILE_PX))
    _draw_borders(whole)
    written = io.BytesIO()
    whole.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return base64.b64encode(written.getvalue()).decode()


def _draw_borders(whole: Any) -> None:
    """Coasts and borders, thin and dark: the picture itself shows none."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(whole, "RGBA")
    scale = whole.width / 360.0
    for outline in outlines():
        for ring in shapely.get_rings(shapely.get_parts(outline.shape)):
            points = shapely.get_coordinates(ring)
            for turn in (-360.0, 0.0, 360.0):
                x, y = (points[:, 0] + turn + 180.0) * scale, (90.0 - points[:, 1]) * scale
                if x.max() > 0.0 and x.min() < whole.width and np.ptp(y) > 1.0:
                    draw.line(list(zip(x.tolist(), y.tolist(), strict=True)), fill=_BORDER, width=1)


@cache
def offline_script() -> str:
    """The script by which a page of one file starts CesiumJS."""
    return (Path(__file__).resolve().parents[1] / "templates" / "offline_cesium.js").read_text(encoding="utf-8")


@cache
def widget_style() -> str:
    """The style sheet of the bare globe."""
    return (cesium_folder() / "Widgets" / "CesiumWidget" / "CesiumWidget.css").read_text(encoding="utf-8")
