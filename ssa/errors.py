"""What `ssa` raises beyond a wrong value (`orbits.InvalidValue`): each maps to one exit status and one problem type."""

from __future__ import annotations

from orbits.errors import InvalidValue, OrbitsError


class SsaError(OrbitsError):
    """Base of the errors that are not the caller's wrong value."""


class UnknownName(InvalidValue):
    """A name that is not known; the nearest known ones are offered."""

    def __init__(self, field: str, value: object, nearest: list[str]) -> None:
        self.nearest = nearest
        hint = f"did you mean {', '.join(nearest)}?" if nearest else "nothing is called like it"
        super().__init__(field, value, f"is not known; {hint}")


class TooMuch(InvalidValue):
    """More than is answered at once: the reason names the limit and the way out."""


class CatalogueError(SsaError):
    """The database cannot be used: missing, locked, damaged, full, or written by a newer version."""


class EmptyCatalogue(CatalogueError):
    """The database holds no element set yet."""


class SourceError(SsaError):
    """A source could not be read, or must not be asked again yet."""


class FeedQuarantined(SourceError):
    """A feed arrived but looks wrong (shrunk, HTML, older than what is held): kept aside, the catalogue unchanged."""


class ConjunctionMessageError(SsaError, ValueError):
    """A conjunction message cannot be read, written or used: the text says what, where, and the way out."""
