"""Groups of objects whose part in a fleet is asked about: owners, members of an alliance, or each object by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from orbits.arrays import Booleans, read_only
from orbits.errors import InvalidValue
from ssa.coverage.intervals import AccessIntervals
from ssa.coverage.selection import by_group, rows_mask, together

Sharing = Literal["own group", "each"]


@dataclass(frozen=True, eq=False)
class Groups:
    """Named groups (g,) over the objects (n,) of a fleet; `member` (g, n) says which object belongs to which.

    An object of no group takes no part in any answer: `ungrouped` counts them.
    """

    names: tuple[str, ...]
    member: Booleans

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.names))
        object.__setattr__(self, "member", read_only(self.member, bool))
        if self.member.ndim != 2 or len(self.names) != len(self.member) or not self.names:
            raise InvalidValue("groups", self.member.shape, "give one or more names and a row of members for each")
        if len(set(self.names)) != len(self.names):
            raise InvalidValue("groups", ", ".join(self.names), "every group needs a name of its own")

    @classmethod
    def of(cls, rows: Mapping[str, Any], objects: int, *, shared: Sharing = "own group") -> Groups:
        """From a mapping of name to object rows (or masks) of a fleet of `objects`.

        An object named by several groups is `shared`: in a group of its own, named by all of them joined with `+`
        (default), or in `each` of them, where it is lost only when all of them go. To give it to one of them, name it
        there only. Raises `InvalidValue` for a row that is not there.

        >>> Groups.of({"FR": [0, 1], "ITA": [1, 2]}, 3).names
        ('FR', 'ITA', 'FR+ITA')
        >>> Groups.of({"FR": [0, 1], "ITA": [1, 2]}, 3, shared="each").member.sum(axis=1)
        array([2, 2])
        """
        names = list(rows)
        member = np.array([rows_mask(rows[name], objects, name) for name in names], dtype=bool).reshape(-1, objects)
        if shared == "own group":
            kinds: dict[str, list[int]] = {name: [] for name in names}
            for row in range(objects):
                owners = [name for name, holds in zip(names, member[:, row].tolist(), strict=True) if holds]
                if owners:
                    kinds.setdefault("+".join(owners), []).append(row)
            names = list(kinds)
            member = np.array([rows_mask(kinds[name], objects, name) for name in names], dtype=bool)
        return cls(tuple(names), member.reshape(len(names), objects))

    @classmethod
    def by_label(cls, labels: Sequence[Any]) -> Groups:
        """From one label for each object (n,), such as its owner code; groups stand in order of their names.

        >>> Groups.by_label(["US", "FR", "US"]).names
        ('FR', 'US')
        """
        texts = np.array([str(label) for label in labels], dtype=object)
        names = sorted(set(texts.tolist()))
        return cls(tuple(names), np.array([texts == name for name in names], dtype=bool).reshape(len(names), -1))

    @classmethod
    def each_object(cls, objects: int, names: Sequence[str] | None = None) -> Groups:
        """Every object as a group, named by its row or by `names`."""
        return cls(tuple(names or map(str, range(objects))), np.eye(objects, dtype=bool))

    def __len__(self) -> int:
        return len(self.names)

    @property
    def ungrouped(self) -> int:
        """How many objects belong to no group."""
        return int((~self.member.any(axis=0)).sum())

    def require_of(self, intervals: AccessIntervals) -> None:
        """Raise `InvalidValue` when the groups are of another number of objects."""
        if self.member.shape[1] != intervals.objects:
            raise InvalidValue("groups", self.member.shape[1], f"give groups of the {intervals.objects} objects")

    def as_objects(self, intervals: AccessIntervals) -> AccessIntervals:
        """The accesses of each group as those of one object: a group sees what any of its objects sees.

        Raises `InvalidValue` when the groups are of another number of objects.
        """
        self.require_of(intervals)
        left, parts = self.member.copy(), []
        while left.any():  # once, unless objects belong to several groups
            parts.append(by_group(intervals, np.where(left.any(axis=0), left.argmax(axis=0), -1), len(self)))
            left[left.argmax(axis=0), np.arange(intervals.objects)] = False
        found = by_group(intervals, np.full(intervals.objects, -1), len(self)) if not parts else parts[0]
        for part in parts[1:]:
            both = together(found, part)
            found = by_group(both, np.tile(np.arange(len(self)), 2), len(self))
        return found
