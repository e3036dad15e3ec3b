"""What is propagated: the same objects, from the same lines of text, at the same times for every program.

Everything goes through TLE text once, since every program reads it: what its columns round away is then missing for all
alike. Catalogue numbers above 339,999 have no TLE spelling, so the text numbers its objects 1, 2, 3, ...
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from sgp4.api import Satrec

from orbits import ElementSets, Instant, Instants, TimeGrid
from orbits.arrays import Floats
from orbits.formats import write_element_sets

SEED = 1957
SGP4_XP = 4  # the ephemeris type that SGP4 must not propagate


@dataclass(frozen=True, eq=False)
class Objects:
    """Element sets in three spellings: TLE lines (two each), columns, and the records of the `sgp4` package."""

    lines: Sequence[str]
    elements: ElementSets
    satrecs: Sequence[Satrec]

    def __len__(self) -> int:
        return len(self.satrecs)


@dataclass(frozen=True, eq=False)
class Case:
    """One question asked of every program."""

    name: str
    times: TimeGrid | Instants
    is_deep: bool = False
    velocities: bool = True

    @property
    def instants(self) -> Instants:
        return self.times.instants if isinstance(self.times, TimeGrid) else self.times

    @property
    def start(self) -> Instant:
        """The start of a grid; 0 h of the first day of arbitrary times."""
        return self.times.start if isinstance(self.times, TimeGrid) else Instant(float(self.times.jd_day[0]), 0.0)

    @property
    def minutes(self) -> Floats:
        """Minutes since `start`, (t,)."""
        days = self.instants.jd_day - self.start.jd_day
        return (days + (self.instants.day_fraction - self.start.day_fraction)) * 1440.0


def cases(start: Instant) -> tuple[Case, ...]:
    """Grids fine, coarse and short, position alone, deep space, and times without a pattern."""
    day = TimeGrid(start, step_s=60, count=1440)
    # whole milliseconds: every program's own kind of time can hold them
    irregular_ms = np.sort(np.random.default_rng(SEED).choice(86_400_000, 1440, replace=False))
    return (
        Case("1,440 x 60 s", day),
        Case("1,440 x 60 s, position only", day, velocities=False),
        Case("1,440 x 5 s", TimeGrid(start, step_s=5, count=1440)),
        Case("200 x 437.3 s", TimeGrid(start, step_s=437.3, count=200)),
        Case("10 x 60 s", TimeGrid(start, step_s=60, count=10)),
        Case("1,440 arbitrary times", Instants.after(start, irregular_ms / 1000.0)),
        Case("deep space, 1,440 x 60 s", day, is_deep=True),
    )


def middle_day(elements: ElementSets) -> Instant:
    """0 h UTC of the day of the middle epoch."""
    return Instant(float(np.sort(elements.epoch_jd_day)[len(elements) // 2]), 0.0)


def drawn(catalogue: ElementSets, most: int = 4096) -> dict[bool, Objects]:
    """At most `most` near-earth (False) and `most` deep-space objects (True) that the `sgp4` package accepts."""
    newest = catalogue[catalogue.ephemeris_type != SGP4_XP].newest()
    text = write_element_sets(replace(newest, norad_id=np.arange(1, len(newest) + 1)), "tle")
    lines = text.splitlines()
    satrecs = [Satrec.twoline2rv(*pair) for pair in zip(lines[::2], lines[1::2], strict=True)]
    draw = np.random.default_rng(SEED)

    def chosen(method: str) -> Objects:
        rows = [row for row, satrec in enumerate(satrecs) if satrec.method == method and satrec.error == 0]
        rows = np.sort(draw.choice(rows, min(most, len(rows)), replace=False)) if rows else []
        return objects([line for row in rows for line in lines[2 * row : 2 * row + 2]])

    return {False: chosen("n"), True: chosen("d")}


def objects(lines: Sequence[str]) -> Objects:
    """The objects of some TLE lines, two each."""
    elements = ElementSets.read("\n".join(lines).encode()) if lines else ElementSets.concatenate([])
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return Objects(lines, elements, [Satrec.twoline2rv(*pair) for pair in pairs])
