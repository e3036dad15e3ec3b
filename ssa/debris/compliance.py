"""Who would be down in time: the 5-year and the 25-year rule for each object and each fleet, by the Sun's activity.

Life is counted from the catalogue's newest epoch, as if each object's mission ended then and nobody lowered its orbit:
natural decay only. A verdict looks at three scenarios of the Sun (`ssa.debris.solar_weather`) with the best drag known:
`pass` and `fail` hold under all three, `depends on the Sun` says that they differ. `is_sure` is whether the verdict
also holds over the whole band of the drag. Apart: objects that never come below 2,000 km (the rules are about low
orbits), and those whose apogee is too high for this computation.

Source: 47 CFR 25.283(e) (5 years after the mission, below 2,000 km, read 2026-11); IADC guidelines and ISO 24113
editions to 2023 (25 years; from memory).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from orbits import ElementSets
from orbits.arrays import Booleans, Floats, Integers, Texts, read_only
from ssa.debris.ballistics import Ballistics, ballistics_of
from ssa.debris.decay import HIGHEST_APOGEE_KM, fall_years, newest_epoch
from ssa.debris.mean_orbits import mean_orbits
from ssa.debris.population import Population
from ssa.debris.solar_weather import SCENARIOS

RULES_YEARS = (5.0, 25.0)
LOW_ORBIT_KM = 2000.0
VERDICTS = ("pass", "fail", "depends on the Sun", "not in low orbit", "not computed")
_HORIZON_YEARS = 26.0


@dataclass(frozen=True, eq=False)
class Compliance:
    """Rows (n,): life in years by scenario (n, 3; NaN is longer than 26 years), verdict by rule (n, 2) as an index."""

    norad_id: Integers
    name: Texts
    owner: Texts
    ballistics: Ballistics
    life_years: Floats
    verdict: Integers
    is_sure: Booleans
    is_manoeuvrable: Booleans
    perigee_altitude_km: Floats

    def __post_init__(self) -> None:
        for column, kind in (("life_years", np.float64), ("verdict", np.int64), ("is_sure", np.bool_)):
            object.__setattr__(self, column, read_only(getattr(self, column), kind))

    def __len__(self) -> int:
        return len(self.norad_id)

    def counts(self, rows: Booleans | None = None) -> dict[str, dict[str, int]]:
        """How many objects get each verdict, by rule."""
        chosen = self.verdict if rows is None else self.verdict[rows]
        return {
            f"{years:g}_years": {word: int((chosen[:, rule] == code).sum()) for code, word in enumerate(VERDICTS)}
            for rule, years in enumerate(RULES_YEARS)
        }

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be known to use it."""
        working = int(self.is_manoeuvrable.sum())
        unsure = int((~self.is_sure[:, 0] & (self.verdict[:, 0] < 3)).sum())
        told = (
            "lives are counted from now by natural decay alone: no verdict on any operator, who may lower an orbit at "
            "the end of its mission, and no legal opinion",
            working and f"{working:,} of the objects can manoeuvre and may be lowered before they die",
            unsure and f"{unsure:,} verdicts on the 5-year rule would change within the band of the drag assumed",
        )
        return tuple(str(text) for text in told if text)


def compliance_of(
    elements: ElementSets, population: Population, *, history: Mapping[int, ElementSets] | None = None,
    threads: int | None = None, report: Callable[[float], None] = lambda share: None,
) -> Compliance:  # fmt: skip
    """Verdicts on objects (n,), `population` having the same rows as `elements`; `history` as for `decay_windows`."""
    orbits = mean_orbits(elements)
    drag = ballistics_of(elements, population, history=history, report=lambda share: report(0.2 * share))
    high = orbits.perigee_altitude_km > LOW_ORBIT_KM
    skipped = ~high & ((orbits.apogee_altitude_km >= HIGHEST_APOGEE_KM) | ~np.isfinite(drag.value_m2_kg))
    rows = np.flatnonzero(~high & ~skipped)
    life = np.full((len(elements), 3), np.nan)
    ends = np.full((len(elements), 2), np.nan)
    start = newest_epoch(elements)

    def years(chosen: Integers, scenario: str, power: float, place: int) -> Floats:
        band = drag.value_m2_kg[chosen] * drag.factor[chosen] ** power
        return fall_years(
            elements[chosen], band, scenario, _HORIZON_YEARS, threads, start=start,
            report=lambda share: report(0.2 + 0.16 * (place + share)),
        )  # fmt: skip

    ends[rows, 0] = years(rows, "high", 1.0, 0)
    rows = rows[np.isfinite(ends[rows, 0])]  # the others outlive the horizon in every other case as well
    for column, scenario in reversed(list(enumerate(SCENARIOS))):
        life[rows, column] = years(rows, scenario, 0.0, 3 - column)
        rows = rows[np.isfinite(life[rows, column])]
    ends[rows, 1] = years(rows, "low", -1.0, 4)
    verdict = np.full((len(elements), 2), VERDICTS.index("not in low orbit"))
    sure = np.ones((len(elements), 2), dtype=np.bool_)
    for rule, most in enumerate(RULES_YEARS):
        in_time, band_in_time = np.nan_to_num(life, nan=np.inf) <= most, np.nan_to_num(ends, nan=np.inf) <= most
        said = np.where(in_time.all(axis=1), 0, np.where(in_time.any(axis=1), 2, 1))
        verdict[:, rule] = np.where(high, 3, np.where(skipped, 4, said))
        sure[:, rule] = high | (~skipped & (band_in_time[:, 0] == band_in_time[:, 1]))
    return Compliance(
        elements.norad_id, elements.name, population.owner, drag, life, verdict, sure, population.is_manoeuvrable,
        orbits.perigee_altitude_km,
    )  # fmt: skip
