"""Access rules: conditions on where satellite, target and Sun are, whose margin is positive inside; and, or, not.

A rule is a frozen value. `a & b` holds where both do (the smaller margin), `a | b` where one does (the larger), `~a`
where `a` does not (the margin turned). `~` goes through `&` and `|` by De Morgan's laws to single conditions, so
`~~a == a` and `~(a & b) == ~a | ~b`; equality does not ask for the order of parts.

Margins are in radians and continuous; `ssa.access_kernels` lists where they have kinks. A condition that looks down
from the satellite or up from the target holds only above the target's horizon; `~` of one holds behind the Earth,
too, so an engine asks `for_access`, which adds the horizon where a rule does not imply one.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import reduce
from typing import Any, ClassVar

import numpy as np

from orbits.arrays import Floats
from ssa.sensors.geometry import AccessGeometry


class AccessRule(ABC):
    """A condition on satellite, target and Sun. Single conditions, `AllOf`, `AnyOf` and `Not` are rules."""

    __slots__ = ()

    @abstractmethod
    def margin(self, geometry: AccessGeometry) -> Floats:
        """How far inside the rule each geometry is (...), in rad: positive inside, zero at the edge."""

    @property
    @abstractmethod
    def keeps_above_horizon(self) -> bool:
        """Whether the rule itself says how low over the target's horizon the satellite may stand."""

    @property
    @abstractmethod
    def needs_sun(self) -> bool:
        """Whether the margin depends on the Sun."""

    @abstractmethod
    def as_json(self) -> dict[str, Any]:
        """The rule as a JSON object that `rule_from_json` reads."""

    @abstractmethod
    def __str__(self) -> str: ...

    def __and__(self, other: AccessRule) -> AccessRule:
        return joined(AllOf, self, other) if isinstance(other, AccessRule) else NotImplemented

    def __or__(self, other: AccessRule) -> AccessRule:
        return joined(AnyOf, self, other) if isinstance(other, AccessRule) else NotImplemented

    def __invert__(self) -> AccessRule:
        return Not(self)


class Condition(AccessRule):
    """A single condition: one row of a program. `NAME` is its name in JSON."""

    __slots__ = ()
    NAME: ClassVar[str]

    @abstractmethod
    def row(self) -> tuple[int, bool, tuple[float, ...]]:
        """For `ssa.access_kernels`: the code, whether its nadir is the geodetic one, the parameters."""

    def more_rows(self) -> tuple[tuple[int, tuple[float, ...]], ...]:
        """Codes and parameters of rows that follow its own, for a condition whose parameters one row cannot hold."""
        return ()

    @property
    def needs_sun(self) -> bool:
        return False

    def words_for_not(self) -> str:
        """The opposite in words."""
        return f"not {self}"

    def as_json(self) -> dict[str, Any]:
        values = {part.name: getattr(self, part.name) for part in fields(self)}  # type: ignore[arg-type]
        return {"rule": self.NAME} | {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Not(AccessRule):
    """Where one condition does not hold. Made by `~`, which never wraps a compound rule."""

    condition: AccessRule

    def margin(self, geometry: AccessGeometry) -> Floats:
        return np.asarray(-self.condition.margin(geometry))

    @property
    def keeps_above_horizon(self) -> bool:
        return False

    @property
    def needs_sun(self) -> bool:
        return self.condition.needs_sun

    def as_json(self) -> dict[str, Any]:
        return {"not": self.condition.as_json()}

    def __invert__(self) -> AccessRule:
        return self.condition

    def __str__(self) -> str:
        return self.condition.words_for_not() if isinstance(self.condition, Condition) else f"not ({self.condition})"


@dataclass(frozen=True, slots=True, eq=False)
class Compound(AccessRule):
    """Two or more different rules joined; the order is kept for reading and means nothing."""

    parts: tuple[AccessRule, ...]
    KEY: ClassVar[str]
    WORD: ClassVar[str]

    @property
    def needs_sun(self) -> bool:
        return any(part.needs_sun for part in self.parts)

    def as_json(self) -> dict[str, Any]:
        return {self.KEY: [part.as_json() for part in self.parts]}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Compound) and type(other) is type(self) and set(self.parts) == set(other.parts)

    def __hash__(self) -> int:
        return hash((self.KEY, frozenset(self.parts)))

    def __str__(self) -> str:
        return f" {self.WORD} ".join(f"({part})" if isinstance(part, Compound) else str(part) for part in self.parts)


class AllOf(Compound):
    """Where every part holds: the smallest margin. Made by `&`."""

    __slots__ = ()
    KEY: ClassVar[str] = "all_of"
    WORD: ClassVar[str] = "and"

    def margin(self, geometry: AccessGeometry) -> Floats:
        return reduce(_smaller, (part.margin(geometry) for part in self.parts))

    @property
    def keeps_above_horizon(self) -> bool:
        return any(part.keeps_above_horizon for part in self.parts)

    def __invert__(self) -> AccessRule:
        return joined(AnyOf, *(~part for part in self.parts))


class AnyOf(Compound):
    """Where some part holds: the largest margin. Made by `|`."""

    __slots__ = ()
    KEY: ClassVar[str] = "any_of"
    WORD: ClassVar[str] = "or"

    def margin(self, geometry: AccessGeometry) -> Floats:
        return reduce(_larger, (part.margin(geometry) for part in self.parts))

    @property
    def keeps_above_horizon(self) -> bool:
        return all(part.keeps_above_horizon for part in self.parts)

    def __invert__(self) -> AccessRule:
        return joined(AllOf, *(~part for part in self.parts))


_smaller: Callable[[Floats, Floats], Floats] = np.minimum
_larger: Callable[[Floats, Floats], Floats] = np.maximum


def joined(kind: type[Compound], *parts: AccessRule) -> AccessRule:
    """The parts joined by `AllOf` or `AnyOf`: nested ones of the same kind opened, doubles dropped, a lone one itself.

    A part that adds nothing is dropped too: `a & (a | b)` is `a`, and `a | (a & b)` is `a`.
    """
    opened: list[AccessRule] = []
    for part in parts:
        opened.extend(part.parts if isinstance(part, Compound) and type(part) is kind else (part,))
    other = AnyOf if kind is AllOf else AllOf
    pieces = {part: _pieces(part, other) for part in opened}
    kept = tuple(part for part, held in pieces.items() if not any(held > less for less in pieces.values()))
    return kept[0] if len(kept) == 1 else kind(kept)


def _pieces(part: AccessRule, kind: type[Compound]) -> frozenset[AccessRule]:
    return frozenset(part.parts) if isinstance(part, Compound) and type(part) is kind else frozenset((part,))
