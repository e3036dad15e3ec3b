"""Where CesiumJS is: the build that the `cesiumkit` package carries, or a folder that a deployment names.

Only the folder is used; the package is not imported. Where there is none the page draws a flat map, and says why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from orbits import InvalidValue

_IN_PACKAGE = Path("vendor") / "cesium"
_VERSION = re.compile(rb"Version (\d+(?:\.\d+)+)")
KEPT_FOR_A_YEAR = f"public, max-age={365 * 86_400}, immutable"


@dataclass(frozen=True, slots=True)
class CesiumBuild:
    """A folder with `Cesium.js`, and the version written at the head of that file."""

    folder: Path
    version: str

    @property
    def address(self) -> str:
        """Where the service mounts it; the version is in the path, so that browsers may keep the files."""
        return f"/cesium/{self.version}"


def cesium_build(folder: Path | None = None) -> CesiumBuild | None:
    """The build in `folder`, or the packaged one; None where the package is absent.

    Raises `InvalidValue` for a folder that was named and holds no `Cesium.js`.
    """
    if folder is None:
        spec = find_spec("cesiumkit")
        if spec is None or spec.origin is None:
            return None
        packaged = Path(spec.origin).parent / _IN_PACKAGE
        return CesiumBuild(packaged, _version_of(packaged)) if (packaged / "Cesium.js").is_file() else None
    if not (folder / "Cesium.js").is_file():
        raise InvalidValue("SSA_CESIUM_DIR", folder, "holds no Cesium.js; name a folder Build/Cesium, or none")
    return CesiumBuild(folder, _version_of(folder))


def _version_of(folder: Path) -> str:
    with (folder / "Cesium.js").open("rb") as file:
        found = _VERSION.search(file.read(4096))
    return found[1].decode() if found else "unknown"


class KeptFiles(StaticFiles):
    """Files whose address changes when they do: a browser may keep them for a year."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code == 200:
            response.headers["Cache-Control"] = KEPT_FOR_A_YEAR
        return response
