"""One message from its keywords, one at a time, whatever form they came in; the lenient part of reading is here."""

from __future__ import annotations

import math
from difflib import get_close_matches

from ssa.conjunctions.cdm import CdmObject, ConjunctionDataMessage, frozen
from ssa.conjunctions.cdm_keywords import BY_NAME, CONVERSIONS, MESSAGE_GROUPS, OBJECT_GROUPS, Keyword
from ssa.errors import ConjunctionMessageError

_UNKNOWN_VALUES = frozenset(("", "NAN", "N/A", "NONE", "NULL", "UNKNOWN"))
_MOST_FIELDS = 10_000  # of one message: more is no message


class MessageBuilder:
    """Collects what one message says. `line` counts from 1; `which` is 0 before the objects, then 1 or 2."""

    def __init__(self, line: int) -> None:
        self.line = line
        self.which = 0
        self.version = "1.0"
        self._fields: tuple[dict[str, str | float], ...] = ({}, {}, {})
        self._comments: tuple[list[tuple[str, str]], ...] = ([], [], [])
        self._waiting: list[str] = []
        self._group = "header"
        self._unknown: list[tuple[int, str, str]] = []
        self._blank: list[str] = []
        self._units: dict[str, int] = {}
        self._count = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet."""
        return self._count == 0 and not self._waiting

    def comment(self, text: str) -> None:
        """A comment; it belongs to the group of the next keyword."""
        self._waiting.append(text)

    def add(self, name: str, value: str, unit: str | None = None, *, line: int, which: int | None = None) -> None:
        """A keyword and its value. Raises `ConjunctionMessageError` for a number that is none, or a doubled keyword."""
        self._count += 1
        if self._count > _MOST_FIELDS:
            raise ConjunctionMessageError(
                f"reading a CDM: line {line}: more than {_MOST_FIELDS:,} keywords in a message"
            )
        if name == "CCSDS_CDM_VERS":
            self.version = value
            return
        if name == "OBJECT":
            number = value.strip().upper().removeprefix("OBJECT")
            if number not in ("1", "2"):
                raise _wrong(line, "OBJECT", value, "OBJECT1 or OBJECT2")
            self.which = int(number)
        keyword = BY_NAME.get(name)
        at = self.which if which is None else which
        if keyword is None:
            self._flush(at)
            self._unknown.append((at, name, value))
            return
        at = 0 if keyword.group in MESSAGE_GROUPS else at
        if at == 0 and keyword.group not in MESSAGE_GROUPS:
            raise ConjunctionMessageError(
                f"reading a CDM: line {line}: {name} stands before OBJECT = OBJECT1; say which object it is of"
            )
        if name in self._fields[at]:
            raise ConjunctionMessageError(
                f"reading a CDM: line {line}: {name} stands there twice{f' in object {at}' if at else ''}; keep one"
            )
        read = self._value(keyword, value, unit, line)
        if read is not None:
            self._group = keyword.group
            self._flush(at)  # only now: a blank field leaves no group behind that its comment could belong to
            self._fields[at][name] = read

    def _flush(self, at: int) -> None:
        if self._group in MESSAGE_GROUPS and at:
            self._group = "metadata"
        for text in self._waiting:
            self._comments[at].append((self._group, text))
        self._waiting = []

    def _value(self, keyword: Keyword, value: str, unit: str | None, line: int) -> str | float | None:
        if not keyword.is_number:
            upper = " ".join(value.upper().split())
            if keyword.words and upper in keyword.words:
                return upper
            return value if value else None
        if value.strip().upper() in _UNKNOWN_VALUES:
            self._blank.append(keyword.name)
            return None
        try:
            number = float(value)
        except ValueError:
            raise _wrong(line, keyword.name, value, "a number") from None
        if not math.isfinite(number):
            raise _wrong(line, keyword.name, value, "a finite number")
        return number * self._factor(keyword, unit, line)

    def _factor(self, keyword: Keyword, unit: str | None, line: int) -> float:
        standard = keyword.unit or ""
        if unit is None:
            return 1.0
        given = unit.strip().lower().replace("^", "**").replace(" ", "")
        if given == standard.lower():
            return 1.0
        if (given, standard) in CONVERSIONS:
            said = f"{unit} turned into {standard}"
            self._units[said] = self._units.get(said, 0) + 1
            return CONVERSIONS[given, standard]
        # such as [m] for m/s in files of CARA: the number is right, its label cut short
        if not standard or not given or standard.startswith(given + "/") or given in ("n/a", "none", "percent", "days"):
            said = f"[{unit}] read as {standard or 'no unit'}"
            self._units[said] = self._units.get(said, 0) + 1
            return 1.0
        raise _wrong(line, keyword.name, f"[{unit}]", f"the unit [{standard}]")

    def message(self) -> ConjunctionDataMessage:
        """The message. Raises `ConjunctionMessageError` where it has no TCA or not both objects."""
        self._flush(self.which)
        top, first, second = self._fields
        if "TCA" not in top:
            near = get_close_matches("TCA", [name for _, name, _ in self._unknown], 1)
            raise ConjunctionMessageError(
                f"reading a CDM: the message from line {self.line} on has no TCA"
                f"{f' (is {near[0]} meant?)' if near else ''}; is it a CDM?"
            )
        if not first or not second:
            missing = "OBJECT1" if not first else "OBJECT2"
            raise ConjunctionMessageError(
                f"reading a CDM: the message from line {self.line} on has no {missing}; a conjunction has two objects"
            )
        first.setdefault("OBJECT", "OBJECT1")
        second.setdefault("OBJECT", "OBJECT2")
        notes = [f"{count} values: {said}" for said, count in self._units.items()]
        if self._blank:
            notes.append(f"{len(self._blank)} values are NaN or blank and taken as not known, such as {self._blank[0]}")
        if self._unknown:
            notes.append(f"{len(self._unknown)} keywords are not of the standard, such as {self._unknown[0][1]}")
        groups = {name: keyword.group for name, keyword in BY_NAME.items()}
        return ConjunctionDataMessage(
            frozen({name: value for name, value in top.items() if groups[name] == "header"}),
            frozen({name: value for name, value in top.items() if groups[name] == "relative"}),
            (CdmObject(frozen(first), self._in_order(1)), CdmObject(frozen(second), self._in_order(2))),
            self._in_order(0), tuple(self._unknown), tuple(notes), self.version,
        )  # fmt: skip

    def _in_order(self, at: int) -> tuple[tuple[str, str], ...]:
        order = MESSAGE_GROUPS + OBJECT_GROUPS
        return tuple(sorted(self._comments[at], key=lambda comment: order.index(comment[0])))


def _wrong(line: int, name: str, value: str, wanted: str) -> ConjunctionMessageError:
    return ConjunctionMessageError(f"reading a CDM: line {line}: {name} is {value[:80]!r}; expected {wanted}")
