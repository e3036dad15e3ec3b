"""Which addresses a webhook may have: what a stranger writes must not make this service ask its own surroundings.

`https` to any public address; `http` to this machine alone, by the names `localhost`, `127.0.0.1` and `::1`. Names are
looked up before each delivery, every address found must be allowed, and the connection goes to the address that was
looked at, so that a name cannot point elsewhere in between. Link-local addresses, where clouds keep their metadata,
multicast, reserved and unspecified ones are never allowed; private networks only where the operator says so.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from orbits import InvalidValue

LONGEST_URL = 2000
_OWN_NAMES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class WebhookAddress:
    """A checked address in its parts; `is_own` says that it is this machine."""

    url: str
    scheme: str
    host: str
    port: int
    target: str
    is_own: bool

    @property
    def host_header(self) -> str:
        """Host and port as HTTP names them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == (443 if self.scheme == "https" else 80) else f"{host}:{self.port}"


def checked_address(url: str) -> WebhookAddress:
    """Take a URL apart; raises `InvalidValue` for one that no webhook may have, whatever its name stands for."""
    if len(url) > LONGEST_URL or any(ord(character) <= 32 or ord(character) > 126 for character in url):
        raise InvalidValue("url", url, f"must be at most {LONGEST_URL} printable ASCII characters without spaces")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError as error:
        raise InvalidValue("url", url, f"cannot be read: {error}") from None
    if parts.scheme not in ("https", "http") or not host:
        raise InvalidValue("url", url, "must begin with https:// and name a host")
    if parts.username is not None or parts.password is not None or parts.fragment or "\\" in url:
        raise InvalidValue("url", url, "must hold no user, password, fragment or backslash; requests are signed")
    is_own = host in _OWN_NAMES
    if parts.scheme == "http" and not is_own:
        raise InvalidValue("url", url, "must be https; http is for this machine alone (localhost)")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    number = port if port is not None else 443 if parts.scheme == "https" else 80
    address = WebhookAddress(url, parts.scheme, host, number, target, is_own)
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return address
    _require(address, host, private=True)
    return address


def looked_up(address: WebhookAddress, *, private: bool = False) -> str:
    """The IP address to connect to; raises `InvalidValue` when the name has none, or one that is not allowed.

    `private` allows addresses of private networks.
    """
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InvalidValue("url", address.url, f"its host cannot be looked up ({error})") from None
    ips = [str(entry[4][0]) for entry in found]
    for ip in ips:
        _require(address, ip, private=private)
    return ips[0]


def _require(address: WebhookAddress, ip: str, *, private: bool) -> None:
    number = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped is not None:
        number = number.ipv4_mapped
    if number.is_loopback:
        if address.is_own:
            return
        raise InvalidValue("url", address.url, f"{ip} is this machine; write localhost to mean it")
    if address.is_own or number.is_link_local or number.is_multicast or number.is_unspecified or number.is_reserved:
        raise InvalidValue("url", address.url, f"{ip} is an address that nothing is posted to")
    if not number.is_global and not (private and number.is_private):
        reason = f"{ip} is no public address; the operator may allow private networks (SSA_WEBHOOK_PRIVATE)"
        raise InvalidValue("url", address.url, reason)
