"""The door for questions that compute: a few at a time, in threads, never on the event loop.

Kernels release the interpreter's lock, so that light requests go on beside them. Whoever finds the waiting room full
is told so at once (`Busy`, 503 with `Retry-After`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import anyio
import anyio.to_thread

from api.errors import Busy

Answer = TypeVar("Answer")


class HeavyWork:
    """At most `places` questions at the same time, and `waiting` more in front of the door."""

    def __init__(self, places: int, waiting: int) -> None:
        self._places = places
        self._most = places + waiting
        self._present = 0
        self._limiter: anyio.CapacityLimiter | None = None

    async def compute(self, question: Callable[..., Answer], *arguments: Any, **named: Any) -> Answer:
        """Run `question` in a thread and return its answer; raises `Busy` when too many wait already."""
        if self._present >= self._most:
            raise Busy(
                f"{self._present} heavy questions are being computed or wait; ask again in {Busy.retry_after_s} s"
            )
        if self._limiter is None:
            self._limiter = anyio.CapacityLimiter(self._places)
        self._present += 1
        try:
            return await anyio.to_thread.run_sync(partial(question, *arguments, **named), limiter=self._limiter)
        finally:
            self._present -= 1
