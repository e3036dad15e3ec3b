"""Checks of this installation against independent programs and against itself: what `ssa selfcheck` runs.

The oracles are the packages `sgp4` (Vallado's C++) and `skyfield`; nothing that answers a question uses them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Outcome = Literal["ok", "finding", "skipped"]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its outcome, what it means in words, and the figures it rests on (units in their names)."""

    name: str
    outcome: Outcome
    detail: str
    figures: dict[str, Any]

    def row(self) -> dict[str, Any]:
        return {"name": self.name, "outcome": self.outcome, "detail": self.detail, "figures": self.figures}


def judged(name: str, ok: bool, detail: str, **figures: Any) -> Check:
    """A check that is `ok` or a finding."""
    return Check(name, "ok" if ok else "finding", detail, figures)
