"""Globes and viewers drawn with cesiumpy: CesiumJS and the base map of this machine, closed markup, whole pages.

In a notebook a `Globe` or `Viewer` shows itself; `standalone_html` is the same as a file that needs no network.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any, ClassVar

from api.scenes.cesiumpy_compat import IDENTIFIER, RawScript, cesiumpy
from api.scenes.javascript import safe_text
from orbits.errors import InvalidValue

_CesiumpyViewer: Any = cesiumpy.Viewer
_CesiumpyWidget: Any = cesiumpy.CesiumWidget


class _LocalScene:
    """What `Viewer` and `Globe` add to cesiumpy's classes.

    `base_url` is where the folder of CesiumJS is served, for pages of a server. The scene is `window.viewer` then.
    """

    _varname = "viewer"
    _served_map = (
        "Cesium.ImageryLayer.fromProviderAsync(Cesium.TileMapServiceImageryProvider.fromUrl("
        "Cesium.buildModuleUrl('Assets/Textures/NaturalEarthII')))"
    )
    _carried: ClassVar[Mapping[str, Any]] = {}  # options of a page that carries all it needs

    def __init__(self, divid: str = "globe", *, base_url: str = "/cesium/", **options: Any) -> None:
        if not IDENTIFIER.match(divid):
            raise InvalidValue("divid", divid, "give a name of letters, digits, - and _")
        for name in ("imageryProvider", "terrainExaggeration"):
            if options.get(name) is not None:
                raise InvalidValue("scene", name, "is ignored by CesiumJS now; the base map is Natural Earth II")
        self.base_url = base_url if base_url.endswith("/") else f"{base_url}/"
        self.baseLayer: Any = RawScript(self._served_map)
        super().__init__(divid, **options)  # type: ignore[call-arg]

    @property
    def _load_scripts(self) -> list[str]:
        address = html.escape(self.base_url, quote=True)
        return [
            f"<script>window.CESIUM_BASE_URL = {safe_text(self.base_url)};</script>",
            f'<script src="{address}Cesium.js"></script>',
            f'<link rel="stylesheet" href="{address}Widgets/widgets.css">',
        ]

    @property
    def container(self) -> str:
        div: Any = self.div  # type: ignore[attr-defined]
        width, height = (html.escape(size, quote=True) for size in (div.width, div.height))
        return f'<div id="{div.divid}" style="width:{width}; height:{height};"></div>'

    @property
    def _camera_script(self) -> str:
        """The camera stands where it should from the first picture on; without a place the entities are looked at."""
        where = self.camera.script  # type: ignore[attr-defined]
        return f"viewer.camera.setView({where});" if where else super()._camera_script  # type: ignore[misc]

    @property
    def script(self) -> list[str]:
        lines = ["Cesium.Ion.defaultAccessToken = undefined;", *super().script, "window.viewer = viewer;"]  # type: ignore[misc]
        return [re.sub(r"</(?=script)", r"<\\/", line, flags=re.IGNORECASE) for line in lines if line]

    def carried_script(self) -> str:
        """The script for a page that carries CesiumJS and the base map in itself (`offlineCesium` has run)."""
        options = {"baseLayer": RawScript("offlineBaseMap('cesium-map')"), **self._carried}
        before = {name: getattr(self, name) for name in options}
        for name, value in options.items():
            setattr(self, name, value)
        try:
            return "\n".join(self.script)
        finally:
            for name, value in before.items():
                setattr(self, name, value)

    def to_html(self, title: str = "Globe") -> str:
        """A whole page for a server that serves CesiumJS at `base_url`."""
        body = [self.container, "<script>", *self.script, "</script>"]
        return _document(title, "\n".join(self._load_scripts), "\n".join(body))

    def standalone_html(self, title: str = "Globe") -> str:
        """A whole page of about 2.8 MB that asks nothing of anybody, from disk too."""
        from api.scenes.cesium_assets import base_map, offline_script, packed_cesium, widget_style

        head = f"<style>{widget_style()}</style>"
        body = [
            self.container,
            f'<script id="cesium-js" type="application/octet-stream;base64">{packed_cesium()}</script>',
            f'<script id="cesium-map" type="image/jpeg;base64">{base_map()}</script>',
            f"<script>{offline_script()}</script>",
            "<script>offlineCesium('cesium-js').then(() => {",
            self.carried_script(),
            "}).catch((error) => {",
            f"  document.getElementById({safe_text(self.div.divid)}).textContent = `No globe: ${{error.message}}`;",  # type: ignore[attr-defined]
            "});</script>",
        ]
        return _document(title, head, "\n".join(body))

    def _repr_html_(self) -> str:
        page = html.escape(self.standalone_html(), quote=True)
        return f'<iframe srcdoc="{page}" style="width:100%; height:480px; border:0;"></iframe>'


def _document(title: str, head: str, body: str) -> str:
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>'
        f"{html.escape(title)}</title>\n{head}\n<style>html, body {{ margin: 0; height: 100%; }}</style></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )


def _options(listed: list[str]) -> list[str]:
    return [name for name in listed if name not in ("imageryProvider", "terrainExaggeration")] + ["baseLayer"]


class Viewer(_LocalScene, _CesiumpyViewer):  # type: ignore[misc]
    """cesiumpy's Viewer, with the controls of CesiumJS; for a page of a server that serves CesiumJS at `base_url`."""

    _klass = "Cesium.Viewer"
    _carried: ClassVar[Mapping[str, Any]] = {
        "skyBox": False,
        "skyAtmosphere": False,
        "navigationHelpButton": False,
    }  # all of them are made of files
    _props = _options(cesiumpy.Viewer._props)

    def __init__(self, divid: str = "globe", *, base_url: str = "/cesium/", **options: Any) -> None:
        # the info box would show names as HTML
        names = ("baseLayerPicker", "geocoder", "infoBox", "navigationInstructionsInitiallyVisible")
        super().__init__(divid, base_url=base_url, **{**dict.fromkeys(names, False), **options})


class Globe(_LocalScene, _CesiumpyWidget):  # type: ignore[misc]
    """cesiumpy's CesiumWidget: the bare globe, without controls, sky and files of images; for pages of one file."""

    _klass = "Cesium.CesiumWidget"
    _props = _options(cesiumpy.CesiumWidget._props)
    _light = (  # what costs most without a graphics processor, and shows nothing that a briefing needs
        "viewer.scene.globe.showGroundAtmosphere = false; viewer.scene.fog.enabled = false; "
        "viewer.scene.msaaSamples = 1;"
    )

    def __init__(self, divid: str = "globe", *, base_url: str = "/cesium/", **options: Any) -> None:
        super().__init__(divid, base_url=base_url, **options)
        self.skyBox = self.skyAtmosphere = False
        self.scripts.add(self._light)
        self.creditContainer = RawScript("document.createElement('div')")  # its logo is a file; credits stand as text
