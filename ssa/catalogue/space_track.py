"""Space-Track through the `spacetrack` client: an optional source, for those who have an account.

The client keeps Space-Track's general limits (30 requests a minute, 300 an hour); the ledger adds those of each class
over processes and restarts: `gp` once an hour, at a minute of its own. Credentials are taken from
`SSA_SPACE_TRACK_USER` and `SSA_SPACE_TRACK_PASSWORD` and appear in no message.

Limits: element sets only; owners come from a SATCAT file or from CelesTrak. Space-Track's agreement does not allow
passing its data on.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Mapping, Sequence
from typing import Any

import httpx2

from orbits import Instant, InvalidValue
from ssa.catalogue.feeds import Delivery, Feed
from ssa.catalogue.fetching import MAX_BODY_BYTES, TOTAL_TIME_S, user_agent
from ssa.catalogue.ledger import RequestLedger
from ssa.errors import SourceError

SPACE_TRACK_URL = "https://www.space-track.org"
USER_VARIABLE = "SSA_SPACE_TRACK_USER"
PASSWORD_VARIABLE = "SSA_SPACE_TRACK_PASSWORD"  # noqa: S105 - the name of a variable
GP_WAIT_S = 3600.0  # API use guidelines: class gp once per hour
UNASKED_WAIT_S = 60.0  # a login that failed, or a server not reached: the class was not asked
JITTER_S = 900.0  # and not at the full hour
_GP_QUERY = {"decay_date": "null-val", "epoch": ">now-30", "orderby": "norad_cat_id", "format": "csv"}


class SpaceTrackSource:
    """The newest element sets of everything on orbit, class `gp`, as OMM in CSV."""

    name = "Space-Track"

    def __init__(
        self,
        user: str,
        password: str,
        *,
        base_url: str = SPACE_TRACK_URL,
        cache_folder: str | None = None,
        total_time_s: float = TOTAL_TIME_S,
        jitter: random.Random | None = None,
    ) -> None:
        self._credentials = (user, password)
        self._base_url = base_url.rstrip("/") + "/"
        self._cache_folder = cache_folder
        self._total_time_s = total_time_s
        self._jitter = jitter or random.Random()  # noqa: S311 - spreads requests, guards nothing

    @classmethod
    def from_environment(cls, variables: Mapping[str, str] | None = None) -> SpaceTrackSource:
        """The source with the credentials of the environment; raises `SourceError` when they or the client lack."""
        _client_package()
        known = os.environ if variables is None else variables
        user, password = known.get(USER_VARIABLE, ""), known.get(PASSWORD_VARIABLE, "")
        if not (user and password):
            raise SourceError(
                f"asking Space-Track: no account; set {USER_VARIABLE} and {PASSWORD_VARIABLE} (an account is free at "
                "https://www.space-track.org), or use CelesTrak"
            )
        return cls(user, password)

    def feeds(self, groups: Sequence[str] = ()) -> tuple[Feed, ...]:
        """The class `gp`; Space-Track has no groups."""
        if groups:
            raise InvalidValue("group", ", ".join(groups), "Space-Track has no groups; leave it out")
        return (Feed("class gp", f"{self._base_url}basicspacedata/query/class/gp", "elements"),)

    def fetch(self, feed: Feed, *, ledger: RequestLedger, at: Instant) -> Delivery:
        """Ask once, if an hour has passed; see `feeds.Source.fetch`."""
        package = _client_package()
        wait_s = GP_WAIT_S + self._jitter.uniform(0.0, JITTER_S)
        ledger.claim(feed.url, at=at, wait_s=wait_s)
        try:
            content = self._ask(package)
        except Exception as error:  # the client lets through whatever its HTTP library raises
            status = getattr(getattr(error, "response", None), "status_code", None)
            if isinstance(error, (package.AuthenticationError, httpx2.ConnectError, httpx2.ConnectTimeout)):
                wait_s = UNASKED_WAIT_S
            next_allowed = ledger.settle(feed.url, at=at, wait_s=wait_s, status=status, note=type(error).__name__)
            raise SourceError(
                f"asking Space-Track: {self._reason(error, package)}; not asked again before {next_allowed}"
            ) from None
        next_allowed = ledger.settle(feed.url, at=at, wait_s=wait_s, status=200)
        if not content.strip():
            return Delivery("empty", next_allowed, "the source holds no such element sets")
        return Delivery("delivered", next_allowed, content=content)

    def _ask(self, package: Any) -> bytes:
        user, password = self._credentials
        deadline = time.monotonic() + self._total_time_s
        client = httpx2.Client(
            timeout=self._total_time_s,
            headers={"User-Agent": user_agent()},
            event_hooks={"response": [_refuse_redirect]},
        )
        with package.SpaceTrackClient(
            identity=user, password=password, base_url=self._base_url, httpx_client=client,
            cache_path=self._cache_folder,
        ) as session:  # fmt: skip
            content = bytearray()
            for part in session.gp(**_GP_QUERY, iter_content=True):
                content += part if isinstance(part, bytes) else part.encode()
                if len(content) > MAX_BODY_BYTES:
                    raise SourceError(f"more than {MAX_BODY_BYTES} bytes")
                if time.monotonic() > deadline:
                    raise SourceError(f"no whole answer within {self._total_time_s:g} s")
            return bytes(content)

    def _reason(self, error: Exception, package: Any) -> str:
        if isinstance(error, package.AuthenticationError):
            return f"it does not accept the account; check {USER_VARIABLE} and {PASSWORD_VARIABLE}"
        text = str(error) if isinstance(error, SourceError) else f"{type(error).__name__}: {error}"
        for secret in self._credentials:
            text = text.replace(secret, "***") if secret else text
        return " ".join(text.split())[:300]


def _refuse_redirect(response: httpx2.Response) -> None:
    if response.is_redirect:
        where = response.headers.get("location", "another address")
        raise SourceError(f"it answered {response.status_code} and points to {where}; correct the address")


def _client_package() -> Any:
    try:
        import spacetrack
    except ImportError:
        raise SourceError(
            'asking Space-Track: its client is not installed; run: pip install "allied-ssa[space-track]"'
        ) from None
    return spacetrack
