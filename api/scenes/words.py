"""Numbers as people read them."""

from ssa.words import duration, percent

__all__ = ["duration", "percent"]
