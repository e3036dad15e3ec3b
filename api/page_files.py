"""The files of the page: as they are under `/static/NAME`, and to be kept under an address that changes with them.

Scripts are shortened there (page_scripts.py). `/?sources=1` runs the page with the scripts as they are.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.cesium import KEPT_FOR_A_YEAR
from api.page_scripts import shortened


class PageFiles(StaticFiles):
    """The folder's files; its scripts are read and shortened once. `kept_under` is where browsers may keep them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        self._index = (folder / "index.html").read_text(encoding="utf-8")
        self.scripts = {
            file.name: shortened(file.read_text(encoding="utf-8")).encode() for file in sorted(folder.glob("*.js"))
        }
        others = (file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file() and file.suffix != ".js")
        self.kept_under = sha256(b"\0".join([*self.scripts.values(), *others])).hexdigest()[:16]

    async def get_response(self, path: str, scope: Scope) -> Response:
        folder, _, name = path.rpartition("/")
        if folder != self.kept_under:
            return await super().get_response(path, scope)
        if name in self.scripts:
            response = Response(self.scripts[name], media_type="text/javascript")
        else:
            response = await super().get_response(name, scope)
        if response.status_code == 200:
            response.headers["Cache-Control"] = KEPT_FOR_A_YEAR
        return response

    def page(self, cesium: str, *, sources: bool = False) -> str:
        """`index.html`, told where CesiumJS is; every module is asked for at once, not one after the other."""
        links = "\n".join(f'  <link rel="modulepreload" href="/static/{name}">' for name in self.scripts)
        told = self._index.replace('data-cesium=""', f'data-cesium="{cesium}"').replace("</head>", f"{links}\n</head>")
        return told if sources else told.replace('"/static/', f'"/static/{self.kept_under}/')
