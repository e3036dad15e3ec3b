"""A server on the loopback interface that behaves as CelesTrak's policy says, and as networks do when they fail.

It counts requests by its own clock (`now`, set by the test), refuses a group that was downloaded less than two hours
ago, and can be told to misbehave per path. Its sets are made up. It runs in the test's process, on a real socket.
"""

from __future__ import annotations

import gzip
import threading
import time
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from orbits import Instant

TWO_HOURS_S = 7200.0
NOT_UPDATED = (
    "GP data has not updated since your last successful download of GROUP={group}. Data is updated once every 2 hours."
)
PAGE = b"<!DOCTYPE html>\n<html><head><title>Notice</title></head><body>We are moving.</body></html>"
BEHAVIOURS = (
    "well", "not updated", "not found", "html", "empty", "moved", "moved elsewhere", "error", "overloaded", "firewall",
    "too often", "slow head", "slow body", "cut", "cut gzip", "too large", "gzip bomb", "no http", "silent",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One request as it arrived."""

    url: str
    at: Instant
    headers: dict[str, str]


@dataclass
class CelesTrakStandIn:
    """Start it with `with`; `behaviour` may be changed at any time."""

    now: Instant
    groups: dict[str, bytes] = field(default_factory=dict)
    satcat: bytes = b""
    satcat_modified: str = "Tue, 10 Mar 2026 00:00:00 GMT"
    behaviour: str = "well"
    asked: list[Asked] = field(default_factory=list)
    retry_after: str | None = None
    answer_after_s: float = 0.0
    _downloaded: dict[str, Instant] = field(default_factory=dict)

    def __enter__(self) -> CelesTrakStandIn:
        self.ended = threading.Event()
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                stand_in.answer(self)

            def log_message(self, *_args: Any) -> None:
                return

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_args: Any) -> None:
                return  # a client that hangs up early is what some tests are about

        self.server = Server(("127.0.0.1", 0), Handler)
        self.serving = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})
        self.serving.start()
        return self

    def __exit__(self, *_args: object) -> None:
        self.ended.set()
        self.server.shutdown()
        self.serving.join()
        self.server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def times_asked(self) -> dict[str, list[Instant]]:
        """Per path and query, when it was asked."""
        times: dict[str, list[Instant]] = {}
        for request in list(self.asked):
            times.setdefault(request.url, []).append(request.at)
        return times

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(Asked(handler.path, self.now, {name.lower(): text for name, text in handler.headers.items()}))
        self.ended.wait(self.answer_after_s)
        parts = urlsplit(handler.path)
        if self.behaviour != "well":
            self._misbehave(handler, parts)
        elif parts.path == "/NORAD/elements/gp.php":
            self._gp(handler, parse_qs(parts.query))
        elif parts.path == "/pub/satcat.csv":
            if handler.headers.get("If-Modified-Since") == self.satcat_modified:
                send(handler, 304, b"")
            else:
                send(handler, 200, self.satcat, "text/csv", {"Last-Modified": self.satcat_modified})
        else:
            send(handler, 404, b"no such page")

    def _gp(self, handler: BaseHTTPRequestHandler, query: dict[str, list[str]]) -> None:
        group = query.get("GROUP", [""])[0]
        last = self._downloaded.get(group)
        if group not in self.groups or query.get("FORMAT") != ["csv"]:
            send(handler, 404, b"No GP data found")
        elif last is not None and self.now.seconds_since(last) < TWO_HOURS_S:
            send(handler, 403, NOT_UPDATED.format(group=group).encode())
        else:
            self._downloaded[group] = self.now
            packed = "gzip" in handler.headers.get("Accept-Encoding", "")
            content = gzip.compress(self.groups[group], 1) if packed else self.groups[group]
            send(handler, 200, content, "text/csv", {"Content-Encoding": "gzip"} if packed else {})

    def _misbehave(self, handler: BaseHTTPRequestHandler, parts: Any) -> None:
        whole = next(iter(self.groups.values()), b"") if "gp.php" in parts.path else self.satcat
        extra = {"Retry-After": self.retry_after} if self.retry_after else {}
        if self.behaviour == "not updated":
            send(handler, 403, NOT_UPDATED.format(group="X").encode())
        elif self.behaviour == "not found":
            send(handler, 404, b"No GP data found")
        elif self.behaviour == "html":
            send(handler, 200, PAGE, "text/csv")
        elif self.behaviour == "empty":
            send(handler, 200, b"", "text/csv")
        elif self.behaviour == "moved":
            send(handler, 301, b"", headers={"Location": self.url + "/elsewhere" + handler.path})
        elif self.behaviour == "moved elsewhere":
            send(handler, 302, b"", headers={"Location": "http://192.0.2.1/"})
        elif self.behaviour == "error":
            send(handler, 500, b"Internal Server Error", headers=extra)
        elif self.behaviour == "overloaded":
            send(handler, 503, b"Service Unavailable", headers=extra)
        elif self.behaviour == "firewall":
            send(handler, 403, b"Forbidden", "text/html")
        elif self.behaviour == "too often":
            send(handler, 429, b"Too Many Requests", headers=extra)
        elif self.behaviour == "cut":
            send(handler, 200, whole[: len(whole) // 2], "text/csv", length=len(whole))
        elif self.behaviour == "cut gzip":
            packed = gzip.compress(whole)
            send(handler, 200, packed[: len(packed) // 2], "text/csv", {"Content-Encoding": "gzip"})
        elif self.behaviour == "gzip bomb":
            send(handler, 200, gzip_bomb(), "text/csv", {"Content-Encoding": "gzip"})
        elif self.behaviour == "too large":
            begin(handler, 200, length=1 << 40)
            while not self.ended.is_set():
                handler.wfile.write(b"0" * 65536)
        elif self.behaviour == "slow head":
            self._drip(handler, b"HTTP/1.1 200 OK\r\nX-Padding: " + b"x" * 4096)
        elif self.behaviour == "slow body":
            begin(handler, 200, length=len(whole))
            self._drip(handler, whole)
        elif self.behaviour == "no http":
            handler.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
            handler.close_connection = True
        elif self.behaviour == "silent":
            self.ended.wait(30.0)
        else:
            raise ValueError(self.behaviour)

    def _drip(self, handler: BaseHTTPRequestHandler, content: bytes) -> None:
        for place in range(len(content)):
            if self.ended.is_set():
                return
            handler.wfile.write(content[place : place + 1])
            handler.wfile.flush()
            time.sleep(0.02)


@cache
def gzip_bomb() -> bytes:
    """About 80 kB that unpack to 80 MB."""
    return gzip.compress(b"0" * (80 << 20), 9)


def begin(handler: BaseHTTPRequestHandler, status: int, *, length: int, headers: dict[str, str] | None = None) -> None:
    handler.send_response(status)
    for name, text in {"Content-Length": str(length), "Connection": "close", **(headers or {})}.items():
        handler.send_header(name, text)
    handler.end_headers()
    handler.close_connection = True


def send(
    handler: BaseHTTPRequestHandler,
    status: int,
    content: bytes,
    content_type: str = "text/plain",
    headers: dict[str, str] | None = None,
    length: int | None = None,
) -> None:
    begin(
        handler, status, length=len(content) if length is None else length,
        headers={"Content-Type": content_type, **(headers or {})},
    )  # fmt: skip
    handler.wfile.write(content)
