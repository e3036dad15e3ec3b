"""Facts that travel with the package; README.md beside them states origin, date and licence of each file.

This is the one place that reads them: small JSON tables, parsed once, and a packed one whose user keeps what it holds.
"""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def packaged_facts(name: str) -> dict[str, Any]:
    """The table called `name`, such as `alliances`, `constellations` or `sensors`. Callers never change it.

    >>> packaged_facts("countries")["countries"]["LTU"]["name"]
    'Lithuania'
    """
    table: dict[str, Any] = json.loads(resources.files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return table


def packed_facts(name: str) -> dict[str, Any]:
    """The gzip-packed table called `name`: `country_outlines`. Read anew at each call.

    >>> packed_facts("country_outlines")["steps_per_deg"]
    10000
    """
    table: dict[str, Any] = json.loads(
        gzip.decompress(resources.files(__name__).joinpath(f"{name}.json.gz").read_bytes())
    )
    return table
