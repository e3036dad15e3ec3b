"""What this package raises: every error says what was being done, the value met, and the way out."""

from __future__ import annotations

from dataclasses import dataclass


class OrbitsError(Exception):
    """Base of every error that `orbits` raises on purpose."""


class InvalidValue(OrbitsError, ValueError):
    """A value that a caller gave cannot be used.

    `field` is the name the caller knows it by, `value` what was given, `reason` what is wrong with it and what to
    give instead. The faces turn it into exit status 2 or a 422 problem document.

    >>> str(InvalidValue("latitude_deg", 91, "outside -90 to 90"))
    'latitude_deg: 91: outside -90 to 90'
    """

    def __init__(self, field: str, value: object, reason: str) -> None:
        self.field = field
        self.value = value
        self.reason = reason
        shown = "" if value is None else str(value)
        if len(shown) > 120:
            shown = shown[:117] + "..."
        super().__init__(": ".join(part for part in (field, shown, reason) if part))


@dataclass(frozen=True)
class RefusedRecord:
    """One damaged record of a file: where it stands, what was expected there, and what stood there.

    `line` and `column` count from 1; `column` is None when no single place is to blame. `text` is the line or the
    field itself, shortened to 200 characters.
    """

    line: int
    column: int | None
    expected: str
    text: str

    def __str__(self) -> str:
        place = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{place}: expected {self.expected}, found {self.text!r}"


class ElementSetError(OrbitsError, ValueError):
    """A text holds no usable element set, or a set cannot be written in the form asked for."""

    def __init__(self, message: str, refused: tuple[RefusedRecord, ...] = ()) -> None:
        self.refused = refused
        super().__init__(message)
