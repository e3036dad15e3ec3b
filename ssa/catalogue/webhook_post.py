"""One signed POST of a delivery, under a limit of time, without redirects, to an address that was looked at.

The signature is HMAC-SHA256 with the webhook's secret over the timestamp, a full stop and the body, as
`X-SSA-Signature: sha256=HEX`; a receiver that also compares `X-SSA-Timestamp` with its clock cannot be told an old
delivery again. `Idempotency-Key` is the delivery's id, the same at each attempt.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from dataclasses import dataclass

import httpx2

from orbits import Instant, InvalidValue
from ssa.catalogue.fetching import user_agent
from ssa.catalogue.webhook_addresses import checked_address, looked_up

TOTAL_TIME_S = 10.0
CONNECT_TIME_S = 5.0


@dataclass(frozen=True, slots=True)
class Posted:
    """How an attempt ended: the status that came back (None: none did), and what went wrong, if anything."""

    status: int | None
    problem: str | None

    @property
    def is_delivered(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """What `X-SSA-Signature` holds.

    >>> signature("secret", "2026-03-10T12:00:00Z", b"{}")[:20]
    'sha256=4fea51103d99a'
    """
    return "sha256=" + hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def post(
    url: str, body: bytes, *, secret: str, delivery_id: str, at: Instant, private: bool = False,
    total_time_s: float = TOTAL_TIME_S,
) -> Posted:  # fmt: skip
    """Post a delivery once. Call it outside an event loop."""
    timestamp = at.isoformat(0)
    headers = {
        "Content-Type": "application/json", "User-Agent": user_agent(), "Idempotency-Key": delivery_id,
        "X-SSA-Timestamp": timestamp, "X-SSA-Signature": signature(secret, timestamp, body),
    }  # fmt: skip
    try:
        return asyncio.run(_post(url, body, headers, private, total_time_s))
    except InvalidValue as error:
        return Posted(None, error.reason)


async def _post(url: str, body: bytes, headers: dict[str, str], private: bool, total_time_s: float) -> Posted:
    address = checked_address(url)
    try:
        async with asyncio.timeout(total_time_s):
            ip = await asyncio.to_thread(looked_up, address, private=private)
            there = f"[{ip}]" if ":" in ip else ip
            timeout = httpx2.Timeout(total_time_s, connect=CONNECT_TIME_S)
            async with (
                httpx2.AsyncClient(timeout=timeout, trust_env=False, follow_redirects=False) as client,
                client.stream(
                    "POST", f"{address.scheme}://{there}:{address.port}{address.target}", content=body,
                    headers={**headers, "Host": address.host_header}, extensions={"sni_hostname": address.host},
                ) as response,
            ):  # fmt: skip
                status = response.status_code  # the body of the answer is not read
    except TimeoutError:
        return Posted(None, f"no answer within {total_time_s:g} s")
    except (httpx2.TransportError, httpx2.InvalidURL) as error:
        return Posted(None, f"{type(error).__name__}: {error}"[:300])
    return Posted(status, None if 200 <= status < 300 else f"it answered {status}")
