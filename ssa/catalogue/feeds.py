"""What a source on the network offers and delivers: the shapes that CelesTrak and Space-Track share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from orbits import Instant, InvalidValue
from ssa.catalogue.ledger import RequestLedger

FeedKind = Literal["elements", "facts"]
_GROUP = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Feed:
    """One address of a source: `label` is what people call it, `url` what the ledger knows it by."""

    label: str
    url: str
    kind: FeedKind


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of asking for a feed.

    `delivered` has content; `unchanged` says that what is held is the newest; `empty` that the source holds nothing
    under this address. `must_stop` is true where the source's rules ask to make no further request now.
    """

    outcome: Literal["delivered", "unchanged", "empty"]
    next_allowed: Instant
    detail: str = ""
    content: bytes = b""
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None
    must_stop: bool = False


class Source(Protocol):
    """A source on the network."""

    @property
    def name(self) -> str:
        """What answers will call it."""
        ...

    def feeds(self, groups: Sequence[str]) -> tuple[Feed, ...]:
        """The addresses to ask for these groups (none: the source's default)."""
        ...

    def fetch(self, feed: Feed, *, ledger: RequestLedger, at: Instant) -> Delivery:
        """Ask once, if the ledger allows it.

        Raises `NotYet` when it does not, and `SourceError` when no delivery came; the ledger then knows the wait.
        """
        ...


def checked_group(group: str) -> str:
    """The group's name, or `InvalidValue` when it cannot be one."""
    if not _GROUP.fullmatch(group):
        raise InvalidValue("group", group, "is no group name; letters, digits and hyphens, such as active or gps-ops")
    return group
