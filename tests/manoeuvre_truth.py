"""Events found in the element sets of eight satellites against their operators' manoeuvre times.

`python -m tests.manoeuvre_truth [SHARED]` prints precision, recall and false alarms a year, by threshold and by the
size of the burn. The operators give times only: the size of a burn is measured from the sets themselves, as the change
of the median size of three sets on either side: a burn across the plane, or one undone at once, counts as small.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from orbits import ElementSets, Instant
from orbits.arrays import Booleans, Floats
from orbits.constants import TAU, WGS72_MU_KM3_S2
from ssa.history.differences import in_history_order
from ssa.history.events import HistoryEvents, find_events
from tests.conftest import shared_folder

SATELLITES = (
    "Jason-1", "Jason-2", "CryoSat-2", "Sentinel-3A", "TOPEX", "Fengyun-2D", "Fengyun-2E", "Fengyun-2F",
)  # fmt: skip
SIZE_BINS_M_S = (
    (0.0, 0.00025), (0.00025, 0.0005), (0.0005, 0.001), (0.001, 0.003), (0.003, 0.01), (0.01, 0.1), (0.1, 9.0),
)  # fmt: skip
TOLERANCE_DAYS = 1.0  # a set's fit reaches over a day or more, so its epoch says little about when the orbit changed


@dataclass(frozen=True, eq=False)
class Agreement:
    """Burns (b,) found or not, events (e,) with a burn or without, and the years that the sets span."""

    satellite: str
    found: Booleans
    has_burn: Booleans
    burn_m_s: Floats
    years: float

    @property
    def recall(self) -> float:
        return float(self.found.mean())

    @property
    def precision(self) -> float:
        return float(self.has_burn.mean()) if len(self.has_burn) else 1.0

    @property
    def false_alarms_a_year(self) -> float:
        return float((~self.has_burn).sum() / self.years)


def history_of(shared: Path, satellite: str) -> tuple[ElementSets, Floats]:
    """The sets of a satellite, and its burns as Julian dates (those within the sets, three days from their ends)."""
    folder = shared / "data" / "manoeuvres"
    elements = in_history_order(ElementSets.read(folder / f"{satellite}.tle.gz"))
    text = (folder / f"manoeuvres_{satellite}.yaml").read_text()
    times = [Instant.parse(f"{found}Z") for found in re.findall(r"- (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)", text)]
    burns = np.array([time.jd_day + time.day_fraction for time in times])
    epoch = elements.epoch_jd_day + elements.epoch_day_fraction
    return elements, burns[(burns > epoch[0] + 3.0) & (burns < epoch[-1] - 3.0)]


def agreement(satellite: str, elements: ElementSets, burns: Floats, events: HistoryEvents) -> Agreement:
    """Which burns lie in an event's window, and which events hold a burn, both within the tolerance."""
    epoch = elements.epoch_jd_day + elements.epoch_day_fraction
    start = epoch[events.last_row_before] - TOLERANCE_DAYS
    end = epoch[events.first_row_after] + TOLERANCE_DAYS
    inside = (start[:, None] <= burns) & (burns <= end[:, None])
    return Agreement(
        satellite,
        inside.any(axis=0),
        inside.any(axis=1),
        burn_sizes_m_s(elements, burns),
        (epoch[-1] - epoch[0]) / 365.25,
    )


def burn_sizes_m_s(elements: ElementSets, burns: Floats) -> Floats:
    """The change of speed (b,) along the track that the sets show across each burn, from the change of size alone."""
    epoch = elements.epoch_jd_day + elements.epoch_day_fraction
    motion = elements.mean_motion_rev_day * TAU / 86400.0
    size_km = np.cbrt(WGS72_MU_KM3_S2 / motion**2)
    sizes = []
    for burn in burns:
        place = int(np.searchsorted(epoch, burn))
        before, after = slice(max(place - 3, 0), place), slice(place + 1, place + 4)
        longer = np.median(size_km[after]) - np.median(size_km[before])
        sizes.append(1e3 * abs(0.5 * motion[place - 1] * longer))
    return np.array(sizes)


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else shared_folder()
    histories = {name: history_of(shared, name) for name in SATELLITES}
    at_seven: list[Agreement] = []
    print("| satellite | burns | " + " | ".join(f"threshold {limit}" for limit in (5, 7, 10, 15)) + " |")
    print("| --- | ---: | --- | --- | --- | --- |")
    for name, (elements, burns) in histories.items():
        cells = []
        for limit in (5.0, 7.0, 10.0, 15.0):
            found = agreement(name, elements, burns, find_events(elements, threshold=limit))
            cells.append(f"{found.recall:.2f}, {found.precision:.2f}, {found.false_alarms_a_year:.1f}")
            if limit == 7.0:
                at_seven.append(found)
        print(f"| {name} | {len(burns)} | {' | '.join(cells)} |")
    print("\n| burn as the sets show it, m/s | " + " | ".join(("low orbit", "geosynchronous")) + " |")
    for low, high in SIZE_BINS_M_S:
        cells = []
        for kind in (at_seven[:5], at_seven[5:]):
            found = np.concatenate([one.found for one in kind])
            sizes = np.concatenate([one.burn_m_s for one in kind])
            chosen = (sizes >= low) & (sizes < high)
            cells.append(f"{found[chosen].mean():.2f} of {chosen.sum()}" if chosen.any() else "none")
        print(f"| {low:g} to {high:g} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
