"""Where webhooks may go: names are looked up, and every address they stand for must be allowed."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from orbits import InvalidValue
from ssa.catalogue.webhook_addresses import checked_address, looked_up


def standing_for(monkeypatch: pytest.MonkeyPatch, *ips: str) -> None:
    """Names stand for these addresses: no test may depend on somebody's name server."""

    def found(host: str, port: int, **_: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.mark.parametrize(
    "ip", ["169.254.169.254", "fe80::1%eth0", "127.0.0.1", "::1", "0.0.0.0", "224.0.0.1", "240.0.0.1"]
)
@pytest.mark.parametrize("private", [False, True])
def test_a_name_that_stands_for_a_forbidden_address_is_refused(
    monkeypatch: pytest.MonkeyPatch, ip: str, private: bool
) -> None:
    standing_for(monkeypatch, "93.184.215.14", ip)
    with pytest.raises(InvalidValue, match=r"nothing is posted to|this machine"):
        looked_up(checked_address("https://example.org/"), private=private)


def test_private_networks_are_for_the_operator_to_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    standing_for(monkeypatch, "10.1.2.3")
    address = checked_address("https://hooks.internal/in?x=1")
    with pytest.raises(InvalidValue, match="SSA_WEBHOOK_PRIVATE"):
        looked_up(address)
    assert looked_up(address, private=True) == "10.1.2.3"
    assert (address.target, address.host_header, address.port) == ("/in?x=1", "hooks.internal", 443)


def test_localhost_is_this_machine_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    address = checked_address("http://localhost:8080/in")
    assert address.is_own
    assert address.host_header == "localhost:8080"
    standing_for(monkeypatch, "127.0.0.1")
    assert looked_up(address) == "127.0.0.1"
    standing_for(monkeypatch, "93.184.215.14")
    with pytest.raises(InvalidValue, match="nothing is posted to"):
        looked_up(address)


def test_a_public_address_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    standing_for(monkeypatch, "93.184.215.14")
    assert looked_up(checked_address("https://example.org")) == "93.184.215.14"
