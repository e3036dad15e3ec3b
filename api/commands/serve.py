"""`ssa serve`: the HTTP service and its page."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from api.commands.options import Database
from api.commands.terminal import say

_STOP_S = 5
_MAX_HEAD_BYTES = 262_144  # a query with every parameter at its longest fits, so that what is too long is told why


def command(
    host: Annotated[str | None, typer.Option("--host", help="Address to serve on (SSA_HOST).")] = None,
    port: Annotated[int | None, typer.Option("--port", help="Port; 0 takes a free one (SSA_PORT).")] = None,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="First fill an empty catalogue and compile every kernel.")
    ] = False,
    database: Database = None,
) -> None:
    """Serve the page, the routes under /v1 and the OpenAPI document, until stopped with Ctrl-C."""
    import uvicorn

    from api.app import create_app
    from api.preparation import fill_when_empty, warm_with_progress
    from api.settings import Settings
    from ssa.catalogue.store import CatalogueStore

    given = {"host": host, "port": port, "database_url": database}
    settings = Settings().model_copy(update={name: value for name, value in given.items() if value is not None})
    with CatalogueStore.open(settings.database_url) as store:  # what cannot be opened is told now, not by every answer
        if prepare:
            fill_when_empty(store, say)
    if prepare:
        warm_with_progress(say)
    listening = _listen(settings.host, settings.port)
    address = f"http://{_named(settings.host)}:{listening.getsockname()[1]}"
    app = create_app(settings)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, http="h11",
        h11_max_incomplete_event_size=_MAX_HEAD_BYTES, timeout_graceful_shutdown=_STOP_S,
    )  # fmt: skip
    server = uvicorn.Server(config)
    app.state.desk.watch.is_stopping = lambda: server.should_exit  # streams of events end, and the server can
    say(f"Serving on {address} (Ctrl-C to stop)")
    if settings.host not in ("127.0.0.1", "::1", "localhost"):
        say("Note: others can reach this address, and nobody is asked who they are.")
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()


def _listen(host: str, port: int) -> socket.socket:
    from orbits import InvalidValue

    listening: socket.socket | None = None
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()  # binding alone does not tell that another server listens there
    except (OSError, OverflowError) as error:
        if listening is not None:
            listening.close()
        reason = f"cannot be served on ({error}); give another with --host and --port"
        raise InvalidValue("port", f"{host}:{port}", reason) from None
    return listening


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host
