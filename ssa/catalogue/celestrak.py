"""CelesTrak, under its usage policy: a group is asked for once per two hours, and any refusal ends the round.

Rules kept (usage policy at https://celestrak.org/NORAD/documentation/gp-data-formats.php and notices of May 2026):
data change every two hours, so one address is asked once in two hours, over all processes and restarts; 301 means
that the address is wrong and is not followed; 403 "GP data has not updated" is no outage: what is held is the newest,
and the next request waits two hours and a little more; 404 "No GP data found" is an empty answer; whatever is not 200
stops the round. The request that reached CelesTrak is not repeated, not after a 5xx and not after a cut answer.
CelesTrak asks that its data be not republished in bulk; the answers name it as the source.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence

from orbits import Instant
from ssa.catalogue.feeds import Delivery, Feed, checked_group
from ssa.catalogue.fetching import Answer, BrokenAnswer, FetchLimits, Unreached, fetch
from ssa.catalogue.ledger import RequestLedger
from ssa.errors import SourceError

CELESTRAK_URL = "https://celestrak.org"
DEFAULT_GROUPS = ("active",)
UPDATE_WAIT_S = 7200.0  # "Data is updated once every 2 hours"
JITTER_S = 600.0  # after a refusal, so that many clients do not come back at once
UNREACHED_WAIT_S = 60.0  # nothing arrived there: this only keeps a loop from spinning
SATCAT_PATH = "/pub/satcat.csv"


class CelesTrakSource:
    """GP groups and the satellite catalogue of CelesTrak, or of a server at `base_url` that behaves like it."""

    name = "CelesTrak"

    def __init__(
        self,
        base_url: str = CELESTRAK_URL,
        *,
        limits: FetchLimits | None = None,
        with_facts: bool = True,
        jitter: random.Random | None = None,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._limits = limits or FetchLimits()
        self._with_facts = with_facts
        self._jitter = jitter or random.Random()  # noqa: S311 - spreads requests, guards nothing

    def feeds(self, groups: Sequence[str] = ()) -> tuple[Feed, ...]:
        """The GP groups as CSV (default: active), then the satellite catalogue."""
        asked = [
            Feed(f"group {group}", f"{self._base_url}/NORAD/elements/gp.php?GROUP={group}&FORMAT=csv", "elements")
            for group in dict.fromkeys(checked_group(group) for group in groups or DEFAULT_GROUPS)
        ]
        if self._with_facts:
            asked.append(Feed("satellite catalogue", self._base_url + SATCAT_PATH, "facts"))
        return tuple(asked)

    def fetch(self, feed: Feed, *, ledger: RequestLedger, at: Instant) -> Delivery:
        """Ask once, if two hours have passed; see `feeds.Source.fetch`."""
        before = ledger.claim(feed.url, at=at, wait_s=UPDATE_WAIT_S)
        conditions = {}
        if feed.kind == "facts":
            if before.last_modified:
                conditions["If-Modified-Since"] = before.last_modified
            if before.etag:
                conditions["If-None-Match"] = before.etag
        began = time.monotonic()
        try:
            answer = fetch(feed.url, headers=conditions, limits=self._limits)
        except Unreached as error:
            ledger.settle(feed.url, at=at, wait_s=UNREACHED_WAIT_S, status=None, note=str(error))
            raise
        except BrokenAnswer as error:
            ended = at.plus_s(time.monotonic() - began)
            ledger.settle(feed.url, at=ended, wait_s=self._after_refusal_s(), status=error.status, note=str(error))
            raise
        return self._judge(feed, answer, ledger=ledger, at=at.plus_s(time.monotonic() - began))

    def _judge(self, feed: Feed, answer: Answer, *, ledger: RequestLedger, at: Instant) -> Delivery:
        not_found = answer.text.startswith("No GP data found")
        wait_s = UPDATE_WAIT_S if answer.status in (200, 304) else self._after_refusal_s()
        wait_s = max(wait_s, answer.retry_after_s(at) or 0.0)
        shown = answer.text[:160]
        next_allowed = ledger.settle(feed.url, at=at, wait_s=wait_s, status=answer.status, note=shown)
        if not_found and answer.status in (200, 404):
            return Delivery("empty", next_allowed, "the source holds no such element sets", must_stop=True)
        if answer.status == 200:
            return Delivery(
                "delivered", next_allowed, content=answer.content, content_type=answer.headers.get("content-type", ""),
                etag=answer.headers.get("etag"), last_modified=answer.headers.get("last-modified"),
            )  # fmt: skip
        if answer.status == 304:
            return Delivery("unchanged", next_allowed, "not modified since it was last taken in")
        if answer.status == 403 and "not updated" in answer.text:
            return Delivery("unchanged", next_allowed, "not updated since the last download", must_stop=True)
        raise SourceError(f"asking {feed.url}: {self._meaning(answer)}; not asked again before {next_allowed}")

    def _after_refusal_s(self) -> float:
        return UPDATE_WAIT_S + self._jitter.uniform(0.0, JITTER_S)

    @staticmethod
    def _meaning(answer: Answer) -> str:
        shown = f" ({answer.text[:160]!r})" if answer.content else ""
        if 300 <= answer.status < 400:
            where = answer.headers.get("location", "another address")
            return f"it answered {answer.status} and points to {where}; correct the address in the settings"
        if answer.status == 403:
            return f"it refuses this client (403){shown}; if it goes on, ask its operator"
        if answer.status == 429:
            return f"it was asked too often (429){shown}"
        return f"it answered {answer.status}{shown}"
