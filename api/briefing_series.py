"""A folder of briefings, one for each run: every new one is told against the last one before it.

Whoever runs the command each day (cron, a systemd timer) has a series; nothing here waits or remembers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from orbits import Instant, InvalidValue
from ssa.briefing.difference import same_subject

MOST_BYTES = 64 << 20  # of one earlier briefing; larger files are none


def last_before(folder: Path, region: str, start: Instant) -> Any:
    """The answer of the newest briefing of the folder on this region that began before `start`; None for none.

    Files that are no briefing are passed over. Raises `InvalidValue` when the folder cannot be read.
    """
    newest: tuple[Instant, Any] | None = None
    try:
        files = sorted(folder.glob("*.json")) if folder.exists() else []
        for file in files:
            if file.stat().st_size > MOST_BYTES:
                continue
            try:
                answer = orjson.loads(file.read_bytes())
            except orjson.JSONDecodeError:
                continue
            began = same_subject(answer, region)
            if began is not None and began.seconds_since(start) < 0.0 and (newest is None or newest[0] < began):
                newest = began, answer
    except OSError as error:
        raise InvalidValue("series", str(folder), f"cannot be read: {error.strerror or error}") from None
    return None if newest is None else newest[1]


def series_stem(answer: dict[str, Any]) -> str:
    """The name of this run's files: the region in plain letters, and the window's start."""
    region = answer["coverage"]["region"]["name"].lower()
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in region)
    words = "-".join(part for part in plain.split("-") if part)[:40] or "region"
    start = answer["start"][:16].replace("-", "").replace(":", "")
    return f"briefing-{words}-{start}Z"
