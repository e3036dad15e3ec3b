"""How far an element set may be from its object: one sigma in km along each of the object's own axes, by age.

Nobody publishes covariances with public element sets. The error at epoch is a published table by kind of orbit
(Flohrer, Krag and Klinkrad 2008, table 2); its growth with age is published for low orbits (Aida and Kirschner 2013)
and fitted by this project elsewhere, to differences between sets of one object (docs/element-accuracy.md, with the
shares of real errors inside 1, 2 and 3 sigma). The two add as independent errors, sigma^2 = epoch^2 + (a t + b t^2)^2.
Ages count both ways: a set from the future is taken to be as wrong as an old one.

Below 500 km the air decides, and with it the Sun: the real error of a week may be three times the figure or a third.
Objects that thrust every week (Starlink, station-kept geosynchronous ones) have rows of their own; other manoeuvres
are in no figure. The figures widen answers; they never support a manoeuvre decision.
"""

from __future__ import annotations

from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from orbits import ElementSets
from orbits.arrays import Booleans, Floats, Integers, Texts, read_only
from ssa.data import packaged_facts
from ssa.regimes import heights_km

_CLASSES: WeakKeyDictionary[ElementSets, Integers] = WeakKeyDictionary()  # names are slow to look through
ECCENTRIC = 0.1  # Flohrer's bound between circular and eccentric orbits


@cache
def _rows() -> tuple[tuple[dict[str, Any], ...], Floats, Floats]:
    """Every row of growth, with its rates (k, 3) km/day and (k, 3) km/day^2."""
    facts = packaged_facts("element_accuracy")
    rows = (*facts["growth"], *facts["growth_eccentric"], *facts["station_kept"]["rows"], *facts["manoeuvring"])
    return rows, np.array([row["km_day"] for row in rows]), np.array([row["km_day2"] for row in rows])


def error_classes() -> tuple[str, ...]:
    """The names of the kinds of orbit, in the order of `error_class_of`.

    >>> error_classes()[0]
    'decaying, perigee below 350 km'
    """
    return tuple(row["class"] for row in _rows()[0])


def error_class_of(elements: ElementSets) -> Integers:
    """Which row of `error_classes()` each element set falls in (n,): by perigee, eccentricity, and name."""
    known = _CLASSES.get(elements)
    if known is not None:
        return known
    facts = packaged_facts("element_accuracy")
    perigee, _ = heights_km(elements)
    round_rows, eccentric_rows = len(facts["growth"]), len(facts["growth_eccentric"])
    found = np.searchsorted(_limits(facts["growth"]), perigee, side="right")
    eccentric = elements.eccentricity >= ECCENTRIC
    found[eccentric] = round_rows + np.searchsorted(
        _limits(facts["growth_eccentric"]), perigee[eccentric], side="right"
    )
    kept, place = facts["station_kept"], round_rows + eccentric_rows
    slowest, fastest = kept["mean_motion_rev_day"]
    may_be_kept = (
        (elements.mean_motion_rev_day >= slowest) & (elements.mean_motion_rev_day <= fastest)
        & (elements.eccentricity < kept["eccentricity_below"]) & ~_named(elements.name, kept["not_named"])
    )  # fmt: skip
    tilts = _limits(kept["rows"], "inclination_below_deg")
    found[may_be_kept] = place + np.searchsorted(tilts, elements.inclination_deg[may_be_kept], side="right")
    for word in dict.fromkeys(row["named"] for row in facts["manoeuvring"]):
        chosen = [row for row in facts["manoeuvring"] if row["named"] == word]
        first = place + len(kept["rows"]) + facts["manoeuvring"].index(chosen[0])
        mask = _named(elements.name, [word]) & ~_named(elements.name, kept["not_named"])
        found[mask] = first + np.searchsorted(_limits(chosen), perigee[mask], side="right")
    _CLASSES[elements] = read_only(found, np.int64)
    return _CLASSES[elements]


def epoch_sigma_rtn_km(elements: ElementSets) -> Floats:
    """One sigma at epoch (n, 3) in km, radial, transverse, normal, of each element set."""
    rows, _, _ = _rows()
    table = packaged_facts("element_accuracy")["at_epoch"]
    perigee, _ = heights_km(elements)
    height = np.searchsorted(_limits(table, "perigee_below_km"), perigee, side="right")
    tilt = np.searchsorted(_limits(table, "inclination_below_deg"), elements.inclination_deg, side="right")
    cells = np.stack([_filled(table[name]) for name in ("eccentricity_below_0.1_rtn_m", "eccentricity_from_0.1_rtn_m")])
    eccentric = elements.eccentricity >= ECCENTRIC
    sigma = cells[eccentric.astype(int), height, tilt] / 1e3
    sigma[~eccentric & (perigee < 25_000.0)] *= table["scale_round_below_25000_km_rtn"]
    kind = error_class_of(elements)
    for number, row in enumerate(rows):
        if row.get("at_epoch_km"):
            sigma[kind == number] = row["at_epoch_km"]
    return np.asarray(sigma)


def sigma_rtn_km(elements: ElementSets, rows: Integers, age_days: Floats) -> Floats:
    """One sigma (m, 3) in km along each axis for the element sets in `rows` (m,) at `age_days` (m,), either sign."""
    return np.asarray(np.hypot(epoch_sigma_rtn_km(elements)[rows], growth_rtn_km(elements, rows, age_days)))


def growth_rtn_km(elements: ElementSets, rows: Integers, age_days: Floats) -> Floats:
    """What age adds (m, 3) in km to the error at epoch, as an independent error: a t + b t^2."""
    _, linear, square = _rows()
    kind = error_class_of(elements)[rows]
    age = np.abs(np.asarray(age_days, dtype=np.float64))[:, None]
    return np.asarray(linear[kind] * age + square[kind] * age * age)


def error_growth(elements: ElementSets) -> Floats:
    """What `element_error_km` needs for any age, for kernels: (n, 9).

    For each axis a sigma at epoch (km), growth by days of age (km/day) and by days squared (km/day^2).
    """
    _, linear, square = _rows()
    kind = error_class_of(elements)
    table = np.stack([epoch_sigma_rtn_km(elements), linear[kind], square[kind]], axis=2)
    return np.ascontiguousarray(table.reshape(len(elements), 9))


def element_error_km(elements: ElementSets, rows: Integers, age_days: Floats) -> Floats:
    """The largest of the three sigmas (m,) in km, mostly the one along the track: what moves a pass in time."""
    return np.asarray(sigma_rtn_km(elements, rows, age_days).max(axis=1))


def _limits(rows: Any, name: str = "perigee_below_km") -> Floats:
    values = rows[name] if isinstance(rows, dict) else [row[name] for row in rows]
    return np.array([value for value in values if value is not None], dtype=np.float64)


def _filled(cells: list[list[list[float] | None]]) -> Floats:
    """Cells (3, 3, 3), those without a figure taken from the next lower inclination."""
    filled = []
    for line in cells:
        known: list[list[float]] = []
        for cell in line:
            known.append(cell if cell is not None else known[-1])
        filled.append(known)
    return np.array(filled, dtype=np.float64)


def _named(names: Texts, words: list[str]) -> Booleans:
    return np.fromiter((any(word in name for word in words) for name in names.tolist()), dtype=bool, count=len(names))
