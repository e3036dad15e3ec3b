"""One HTTP request towards a source, under every limit: time, size, no redirects, no repetition once it arrived.

A request that reached the server is never sent again here: a source that counts requests has counted it, whatever
became of the answer. Only a connection that could not be made (refused, no route, no name, time-out) is tried again,
at most `TRIES` times.

Call it outside an event loop (it runs one of its own, because that is what can put one deadline over name look-up,
connection, head and body).
"""

from __future__ import annotations

import asyncio
import email.utils
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from importlib.metadata import PackageNotFoundError, version

import httpx2
import stamina

from orbits import Instant
from ssa.errors import SourceError

MAX_BODY_BYTES = 64 * 1024 * 1024
TOTAL_TIME_S = 60.0
CONNECT_TIME_S = 10.0
TRIES = 3
PROJECT_NAME = "allied-ssa"


class Unreached(SourceError):
    """The server was not reached: no request arrived there, so the turn is not used up."""


class BrokenAnswer(SourceError):
    """The server was reached, and no whole answer came back: cut, too slow, too large, or not HTTP."""

    def __init__(self, message: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: `content` is unpacked, header names are lower case."""

    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The beginning of the body as one line of text, for messages."""
        return " ".join(self.content[:300].decode("utf-8", "replace").split())

    def retry_after_s(self, at: Instant) -> float | None:
        """Seconds that the server asks to wait, from `at`; None when it does not say, or says it wrongly."""
        said = self.headers.get("retry-after", "").strip()
        if said.isascii() and said.isdigit():
            return float(said[:9])
        try:
            when = email.utils.parsedate_to_datetime(said)
        except (TypeError, ValueError):
            return None
        return max(0.0, Instant.parse(when if when.tzinfo else when.replace(tzinfo=UTC)).seconds_since(at))


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """How long and how much a request may take."""

    total_time_s: float = TOTAL_TIME_S
    connect_time_s: float = CONNECT_TIME_S
    max_body_bytes: int = MAX_BODY_BYTES
    tries: int = TRIES


def user_agent() -> str:
    """The name under which the project asks, with its version."""
    try:
        return f"{PROJECT_NAME}/{version(PROJECT_NAME)} (satellite coverage service; one request per update)"
    except PackageNotFoundError:
        return f"{PROJECT_NAME}/unreleased"


def fetch(url: str, *, headers: Mapping[str, str] | None = None, limits: FetchLimits | None = None) -> Answer:
    """GET `url` and return the whole answer, whatever its status; redirects are not followed.

    Raises `Unreached` when no connection could be made, `BrokenAnswer` when the answer is cut, slow or too large.
    """
    chosen = limits or FetchLimits()
    return asyncio.run(_fetch(url, dict(headers or {}), chosen))


async def _fetch(url: str, headers: dict[str, str], limits: FetchLimits) -> Answer:
    timeout = httpx2.Timeout(limits.total_time_s, connect=limits.connect_time_s)
    sent = {"User-Agent": user_agent(), "Accept-Encoding": "gzip", **headers}
    unreached: httpx2.TransportError | None = None
    try:
        async with asyncio.timeout(limits.total_time_s), httpx2.AsyncClient(timeout=timeout, headers=sent) as client:
            retries = stamina.retry_context(
                on=(httpx2.ConnectError, httpx2.ConnectTimeout), attempts=limits.tries, timeout=limits.total_time_s,
                wait_initial=0.2, wait_max=3.0, wait_jitter=0.5,
            )  # fmt: skip
            async for attempt in retries:
                with attempt:
                    return await _ask(client, url, limits)
    except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
        unreached = error
    except TimeoutError:
        raise BrokenAnswer(f"asking {url}: no whole answer within {limits.total_time_s:g} s") from None
    except (httpx2.InvalidURL, httpx2.UnsupportedProtocol) as error:
        raise Unreached(f"asking {url}: it is no address that can be asked ({error})") from None
    except httpx2.TransportError as error:
        raise BrokenAnswer(f"asking {url}: the answer broke off ({type(error).__name__}: {error})") from None
    raise Unreached(f"asking {url}: the server cannot be reached ({unreached}); check the network, then try again")


async def _ask(client: httpx2.AsyncClient, url: str, limits: FetchLimits) -> Answer:
    async with client.stream("GET", url, follow_redirects=False) as response:
        content = await _body(response, limits.max_body_bytes)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(url, response.status_code, headers, content)


async def _body(response: httpx2.Response, most: int) -> bytes:
    """The body, unpacked here and not by the client, so that a small packed body cannot fill the memory."""
    packed = response.headers.get("content-encoding", "").strip().lower() in ("gzip", "x-gzip")
    unpacking = zlib.decompressobj(wbits=31) if packed else None
    parts: list[bytes] = []
    size = arrived = 0
    async for chunk in response.aiter_raw():
        arrived += len(chunk)
        if unpacking is not None:
            try:
                chunk = unpacking.decompress(chunk, most - size + 1)
            except zlib.error as error:
                raise BrokenAnswer(
                    f"asking {response.url}: its gzip is damaged ({error})", response.status_code
                ) from None
        size += len(chunk)
        parts.append(chunk)
        if size > most:
            raise BrokenAnswer(f"asking {response.url}: more than {most} bytes", response.status_code)
    if unpacking is not None and unpacking.unused_data:
        raise BrokenAnswer(f"asking {response.url}: its gzip goes on after its end", response.status_code)
    if unpacking is not None and arrived and not unpacking.eof:
        raise BrokenAnswer(f"asking {response.url}: its gzip is cut off before its end", response.status_code)
    return b"".join(parts)
