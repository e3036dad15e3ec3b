"""cesiumpy 0.3.3 made usable with today's CesiumJS: the only module that imports it.

cesiumpy (2016) writes a scene as JavaScript. Here it imports without its geocoder, writes every text so that it stays
text, every number as a number, takes CesiumJS and the base map from this machine, closes its markup, and shows motion
through CZML. Import it from here, and draw as its own documents say:

>>> from api.scenes.cesium_globe import Globe
>>> from api.scenes.cesiumpy_compat import cesiumpy
>>> globe = Globe()
>>> _ = globe.entities.add(cesiumpy.Point((24.75, 59.44, 0), name='Tallinn "</script>'))
>>> "</script>" in " ".join(globe.script), "Tallinn" in " ".join(globe.script)
(False, True)

`api.scenes.cesium_globe` has the `Globe` and the `Viewer` to draw on.
What CesiumJS 1.144 cannot load any more (`BLOCKED`), and place names instead of coordinates, raise `InvalidValue`.
"""

from __future__ import annotations

import json
import re
import sys
import types
import warnings
from collections.abc import Iterable, Mapping
from importlib import import_module
from numbers import Real
from typing import Any

from api.scenes.javascript import finite, harmless, plain, safe_text
from orbits.errors import InvalidValue

BLOCKED = {
    "Model": "Cesium.Model.fromGltf is gone from CesiumJS",
    "GoogleEarthImageryProvider": "its service is gone",
    "TileMapServiceImageryProvider": "CesiumJS loads it with fromUrl now; the base map here needs no provider",
    "CesiumTerrainProvider": "CesiumJS loads it with fromUrl now, and there is no terrain here",
    "SingleTileImageryProvider": "CesiumJS loads it with fromUrl now; the base map here needs no provider",
}
IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")


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


def to_javascript(value: Any) -> str:
    """A value as JavaScript: cesiumpy's objects, numbers, texts, and lists and mappings of them."""
    if isinstance(value, (_base._CesiumObject, _base._CesiumEnum)):
        return str(value.script)
    value = plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return safe_text(value)
    if isinstance(value, Real):
        return json.dumps(finite(value))
    if isinstance(value, Mapping):
        return "".join(_to_object(value)) or "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(to_javascript(one) for one in value)}]"
    raise InvalidValue("scene", value, "cannot be written as JavaScript")


def _to_object(values: Mapping[Any, Any]) -> list[str]:
    """The parts of an object; what is None is left out, and nothing at all is the empty text."""
    parts = [
        f"{key if IDENTIFIER.match(str(key)) else safe_text(str(key))} : {to_javascript(value)}"
        for key, value in values.items()
        if value is not None
    ]
    return ["{", ", ".join(parts), "}"] if parts else [""]


def _assign(self: Any, name: str, value: Any) -> None:
    """Attributes of cesiumpy's objects: numbers of numpy become Python's, and only finite ones are kept."""
    value = plain(value)
    object.__setattr__(self, name, finite(value) if isinstance(value, float) else value)


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
    common.validate_listlike = lambda value, key: plain(list(listlike(value, key)))
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
        return f"Cesium.CzmlDataSource.load({harmless(json.dumps(self.packets, allow_nan=False))})"
