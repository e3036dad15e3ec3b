"""Facts that travel with the package; README.md beside them states origin, date and licence of each file.

This is the one place that reads them. They are small JSON tables, parsed once.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any


@cache
def packaged_facts(name: str) -> dict[str, Any]:
    """The table called `name`: `alliances`, `countries`, `owners` or `missions`. Callers never change it.

    >>> packaged_facts("countries")["countries"]["LTU"]["name"]
    'Lithuania'
    """
    table: dict[str, Any] = json.loads(resources.files(__name__).joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return table
