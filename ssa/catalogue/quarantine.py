"""Tells a feed that looks wrong from one that can be taken in; the catalogue that is held serves on meanwhile.

A feed is put aside when it is not what was asked for (HTML, nothing, nothing readable), when it holds less than half
of the records that the same feed gave last time, or when every set in it is older than the one held of its object.
The first kind is never right. The others may be, once in a while (a group is split, a database was filled from a
later file): the import can then be repeated with `trust_shrunk=True`, or the file imported by hand.
"""

from __future__ import annotations

from collections.abc import Mapping

from orbits import ElementSets
from ssa.errors import FeedQuarantined

SMALLEST_SHARE = 0.5  # of the records of the last accepted feed of the same URL


def require_not_html(content: bytes, content_type: str = "") -> None:
    """Raise `FeedQuarantined` when bytes are a web page, or nothing at all, whatever was asked for."""
    head = content[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<!--")) or "text/html" in content_type:
        raise FeedQuarantined(
            "the answer is a web page (HTML), not element sets: a login, an error or a notice; open the address in a "
            "browser to read it"
        )
    if not head:
        raise FeedQuarantined("the answer is empty although its status says that all is well")


def require_enough(records: int, *, last_time: int | None) -> None:
    """Raise `FeedQuarantined` when a feed holds less than half of what it held last time."""
    if last_time and records < SMALLEST_SHARE * last_time:
        raise FeedQuarantined(
            f"the feed holds {records} records where it held {last_time} last time, less than "
            f"{SMALLEST_SHARE:.0%}; look at the source, or take it in as it is with trust_shrunk"
        )


def require_not_older(elements: ElementSets, held_epochs: Mapping[int, tuple[float, float]]) -> None:
    """Raise `FeedQuarantined` when every set is older than the one held of its object."""
    epochs = zip(elements.epoch_jd_day.tolist(), elements.epoch_day_fraction.tolist(), strict=True)
    for number, epoch in zip(elements.norad_id.tolist(), epochs, strict=True):
        held = held_epochs.get(number)
        if held is None or epoch >= held:
            return
    raise FeedQuarantined(
        f"every one of its {len(elements)} sets is older than the set held of the same object; look at the source, "
        "or take it in as it is with trust_shrunk"
    )
