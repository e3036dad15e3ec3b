"""Headers that every response carries: nothing from elsewhere runs or loads in the page, and nobody frames it."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# The page's own. `Cesium.js` compiles the templates of a library it carries when it is loaded ('unsafe-eval'), starts
# its workers from blobs, draws its tiles from them and writes one style sheet (its digest stands here) and attributes
# of style. Nothing else is let in: no script that stands in the page.
PAGE_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self' blob: 'unsafe-eval'; worker-src 'self' blob:; style-src 'self'; "
    "style-src-elem 'self' 'sha256-W9isZ7K65dw04+sGbSAyiFtvwt94eXJiQXtiU8lmkRg='; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self' data: blob:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class SecurityHeaders:
    """ASGI middleware that sets the headers where a response has not set its own."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
