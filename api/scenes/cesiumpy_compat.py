"""cesiumpy 0.3.3 made usable with today's CesiumJS: the only module that imports it.

cesiumpy (2016) writes a scene as JavaScript. Here it imports without its geocoder, writes every text so that it stays
text, every number as a number, takes CesiumJS and the base map from this machine, closes its markup, and shows motion
through CZML. Import it from here, and draw as its own documents say:

>>> from api.scenes.cesiumpy_compat import CzmlSource, Globe, cesiumpy
>>> globe = Globe()
>>> _ = globe.entities.add(cesiumpy.Point((24.75, 59.44, 0), name='Tallinn "</script>'))
>>> "</script>" in " ".join(globe.script), "Tallinn" in " ".join(globe.script)
(False, True)

In a notebook a `Globe` or `Viewer` shows itself; `standalone_html` is the same as a file that needs no network.
What CesiumJS 1.144 cannot load any more (`BLOCKED`), and place names instead of coordinates, raise `InvalidValue`.
"""

from __future__ import annotations

import html
import json
import math
import re
import sys
import types
import warnings
from collections.abc import Iterable, Mapping
from importlib import import_module
from numbers import Real
from typing import Any, ClassVar

import numpy as np

from orbits.errors import InvalidValue

BLOCKED = {
    "Model": "Cesium.Model.fromGltf is gone from CesiumJS",
    "GoogleEarthImageryProvider": "its service is gone",
    "TileMapServiceImageryProvider": "CesiumJS loads it with fromUrl now; the base map here needs no provider",
    "CesiumTerrainProvider": "CesiumJS loads it with fromUrl now, and there is no terrain here",
    "SingleTileImageryProvider": "CesiumJS loads it with fromUrl now; the base map here needs no provider",
}
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")


class _NoGeocoder:
    """Stands for geopy's Google geocoder: a name of a place is never sent to anybody."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        pass

    def geocode(self, query: object) -> None:
        raise InvalidValue("position", query, "place names are not looked up; give longitude and latitude")


def _imported() -> Any:
    """cesiumpy, imported without geopy: the service that it would ask wants a key, and the import fails without one."""
    stubs = {name: types.ModuleType(name) for name in ("geopy", "geopy.geocoders")}
    stubs["geopy.geocoders"].GoogleV3 = _NoGeocoder  # type: ignore[attr-defined]
    before = {name: sys.modules.get(name) for name in stubs}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its sources are older than today's rules for text
        try:
            if "cesiumpy" not in sys.modules:
                sys.modules.update(stubs)
            import cesiumpy as module

            return module
        finally:
            for name, module in before.items():
                if module is None:
                    sys.modules.pop(name, None)
                else:
                    sys.modules[name] = module


def safe_text(text: str) -> str:
    """A text as a JavaScript literal that ends neither itself nor its script element.

    >>> safe_text('a"</script>')
    '"a\\\\"\\\\u003c/script\\\\u003e"'
    """
    return _harmless(json.dumps(text))


def _harmless(written: str) -> str:
    """JSON without the letters that mean something to HTML; they stand in texts only."""
    for letter in "<>&\u2028\u2029":
        written = written.replace(letter, f"\\u{ord(letter):04x}")
    return written


def _plain(value: Any) -> Any:
    """numpy's scalars and arrays as Python's own, whatever their width."""
    if isinstance(value, (np.generic, np.ndarray)):
        return value.tolist()
    return type(value)(_plain(one) for one in value) if type(value) in (list, tuple) else value


def to_javascript(value: Any) -> str:
    """A value as JavaScript: cesiumpy's objects, numbers, texts, and lists and mappings of them."""
    if isinstance(value, (_base._CesiumObject, _base._CesiumEnum)):
        return str(value.script)
    value = _plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return safe_text(value)
    if isinstance(value, Real):
        return json.dumps(_finite(value))
    if isinstance(value, Mapping):
        return "".join(_to_object(value)) or "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(to_javascript(one) for one in value)}]"
    raise InvalidValue("scene", value, "cannot be written as JavaScript")


def _finite(value: Any) -> Any:
    if not math.isfinite(value):
        raise InvalidValue("scene", value, "is no number that can be drawn")
    return value if isinstance(value, int) else float(value)


def _to_object(values: Mapping[Any, Any]) -> list[str]:
    """The parts of an object; what is None is left out, and nothing at all is the empty text."""
    parts = [
        f"{key if _IDENTIFIER.match(str(key)) else safe_text(str(key))} : {to_javascript(value)}"
        for key, value in values.items()
        if value is not None
    ]
    return ["{", ", ".join(parts), "}"] if parts else [""]


def _assign(self: Any, name: str, value: Any) -> None:
    """Attributes of cesiumpy's objects: numbers of numpy become Python's, and only finite ones are kept."""
    value = _plain(value)
    object.__setattr__(self, name, _finite(value) if isinstance(value, float) else value)


def _data_source(self: Any) -> str:
    options = "".join(_to_object(self._property_dict))
    return f"{self._klass}.load({safe_text(self.sourceUri)}{', ' + options if options else ''})"


def _pin(self: Any) -> str:
    kind = "fromColor(" if self.text is None else f"fromText({safe_text(self.text)}, "
    return f"new Cesium.PinBuilder().{kind}{self.color.script}, {to_javascript(self.size)})"


def _css_colour(self: Any) -> str:
    plain = f"Cesium.Color.fromCssColorString({safe_text(self.name)})"
    return plain if self.alpha is None else f"{plain}.withAlpha({to_javascript(self.alpha)})"


def _blocked(name: str, why: str) -> Any:
    def refuse(self: Any, *arguments: Any, **options: Any) -> None:
        raise InvalidValue("scene", name, f"cannot be used: {why}")

    return refuse


def _patch() -> None:
    common: Any
    traits: Any
    pins: Any
    colours: Any
    geocode: Any
    pages: Any = import_module("cesiumpy.util.html")
    common, traits = (import_module(f"cesiumpy.util.{name}") for name in ("common", "trait"))
    pins, colours, geocode = (
        import_module(f"cesiumpy.{name}") for name in ("entities.pinbuilder", "entities.color", "extension.geocode")
    )
    listlike = common.validate_listlike
    common.to_jsscalar, common.to_jsobject = to_javascript, _to_object
    common.is_numeric = lambda value: isinstance(value, Real) and not isinstance(value, bool)
    common.validate_listlike = lambda value, key: _plain(list(listlike(value, key)))
    pages._check_uri = lambda uri: True  # an address, not a file of this machine
    traits._HTMLObject.__setattr__ = _assign
    cesiumpy.datasource.DataSource.script = property(_data_source)
    pins.Pin.script = property(_pin)
    pins.Icon.script = property(lambda self: safe_text(self.image))
    plain_colour = colours.CssColor.script
    colours.CssColor.script = property(_css_colour)
    colours.ColorConstant.script = plain_colour  # Cesium.Color.NAME, of a fixed list
    geocode._GEOCODER = _NoGeocoder()
    for name, why in BLOCKED.items():
        getattr(cesiumpy, name).__init__ = _blocked(name, why)


cesiumpy: Any = _imported()
_base: Any = import_module("cesiumpy.base")
_patch()
_Object: Any = _base._CesiumObject
_Czml: Any = cesiumpy.CzmlDataSource
_Viewer: Any = cesiumpy.Viewer
_Widget: Any = cesiumpy.CesiumWidget
_Material: Any = cesiumpy.entities.material.Material


class RawScript(_Object):  # type: ignore[misc]
    """A JavaScript expression of our own, for what cesiumpy has no class for; never a caller's text."""

    def __init__(self, expression: str) -> None:
        self.expression = expression

    @property
    def script(self) -> str:
        return self.expression


class Overlay(_Material):  # type: ignore[misc]
    """A material: a picture by its address, see-through where the picture is."""

    def __init__(self, address: str) -> None:
        self.address = address

    @property
    def script(self) -> str:
        return f"new Cesium.ImageMaterialProperty({{image : {safe_text(self.address)}, transparent : true}})"


class CzmlSource(_Czml):  # type: ignore[misc]
    """CZML packets, written into the page: clock, motion, paths, labels. Add it to `dataSources`."""

    def __init__(self, packets: Iterable[Mapping[str, Any]]) -> None:
        super().__init__("packets of this page")
        self.packets = list(packets)

    @property
    def script(self) -> str:
        return f"Cesium.CzmlDataSource.load({_harmless(json.dumps(self.packets, allow_nan=False))})"


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
        if not _IDENTIFIER.match(divid):
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
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>'
        f"{html.escape(title)}</title>\n{head}\n<style>html, body {{ margin: 0; height: 100%; }}</style></head>\n"
        f"<body>\n{body}\n</body></html>\n"
    )


def _options(listed: list[str]) -> list[str]:
    return [name for name in listed if name not in ("imageryProvider", "terrainExaggeration")] + ["baseLayer"]


class Viewer(_LocalScene, _Viewer):  # type: ignore[misc]
    """cesiumpy's Viewer, with the controls of CesiumJS; for a page of a server that serves CesiumJS at `base_url`."""

    _klass = "Cesium.Viewer"
    # sky and help are made of files
    _carried: ClassVar[Mapping[str, Any]] = {
        "skyBox": False,
        "skyAtmosphere": False,
        "navigationHelpButton": False,
    }  # both are made of files
    _props = _options(cesiumpy.Viewer._props)

    def __init__(self, divid: str = "globe", *, base_url: str = "/cesium/", **options: Any) -> None:
        off = {"baseLayerPicker": False, "geocoder": False, "infoBox": False}  # the info box would show names as HTML
        super().__init__(divid, base_url=base_url, **{**off, **options})


class Globe(_LocalScene, _Widget):  # type: ignore[misc]
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
