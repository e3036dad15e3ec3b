"""Briefings: one value that holds what a commander is shown of a region, and its caveats."""

from ssa.briefing.question import compose_briefing
from ssa.briefing.value import Briefing

__all__ = ["Briefing", "compose_briefing"]
