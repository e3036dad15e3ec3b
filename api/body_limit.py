"""Refuses bodies that are too long, before anything of them is kept."""

from __future__ import annotations

from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import Problem, TooLarge, problem_of
from api.responses import problem_answer


class _TooLong(Exception):
    pass


class BodyLimit:
    """ASGI middleware: 413 for a body of more than `most_bytes`, whether or not its length is told."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self._app = app
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        told = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if told.isdigit() and int(told) > self._most_bytes:
            await problem_answer(self._problem())(scope, receive, send)
            return
        read = 0

        async def counting() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._most_bytes:
                raise _TooLong
            return message

        async def unless_too_long(message: Message) -> None:
            if read <= self._most_bytes:  # else it is what the app makes of the broken body
                await send(message)

        with suppress(_TooLong):
            await self._app(scope, counting, unless_too_long)
        if read > self._most_bytes:
            await problem_answer(self._problem())(scope, receive, send)

    def _problem(self) -> Problem:
        found = problem_of(
            TooLarge("body", None, f"is longer than {self._most_bytes:,} bytes; send less, or set SSA_BODY_BYTES")
        )
        assert found is not None
        return found
