"""The files of the page: scripts slimmed (page_scripts.py), under an address that changes whenever one of them does."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from api.cesium import KEPT_FOR_A_YEAR
from api.page_scripts import slimmed


class PageFiles(StaticFiles):
    """The folder's files; its scripts are read and slimmed once. `kept_under` says where browsers may keep them."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        self.scripts = {
            file.name: slimmed(file.read_text(encoding="utf-8")).encode() for file in sorted(folder.glob("*.js"))
        }
        others = (file.read_bytes() for file in sorted(folder.iterdir()) if file.is_file() and file.suffix != ".js")
        self.kept_under = sha256(b"\0".join([*self.scripts.values(), *others])).hexdigest()[:16]

    async def get_response(self, path: str, scope: Scope) -> Response:
        folder, _, name = path.rpartition("/")
        is_kept = folder == self.kept_under
        response = self._script(name, scope) if folder in ("", self.kept_under) and name in self.scripts else None
        if response is None:
            response = await super().get_response(name if is_kept else path, scope)
        if is_kept and response.status_code == 200:
            response.headers["Cache-Control"] = KEPT_FOR_A_YEAR
        return response

    def _script(self, name: str, scope: Scope) -> Response:
        content = self.scripts[name]
        tag = f'"{sha256(content).hexdigest()[:32]}"'
        response = Response(content, media_type="text/javascript", headers={"ETag": tag})
        asked = dict(scope["headers"]).get(b"if-none-match", b"").decode("latin-1")
        if tag in (one.strip().removeprefix("W/") for one in asked.split(",")):
            return NotModifiedResponse(response.headers)
        return response

    def page(self, written: str) -> str:
        """`index.html` with the kept addresses, and every module asked for at once, not one after the other."""
        links = "\n".join(f'  <link rel="modulepreload" href="/static/{name}">' for name in self.scripts)
        return written.replace("</head>", f"{links}\n</head>").replace('"/static/', f'"/static/{self.kept_under}/')
