"""The answers of `debris breakup`, `decay` and `compliance`."""

from __future__ import annotations

from typing import Any

import numpy as np

from api.answers.columns import numbers
from api.answers.debris import figure, figures
from api.answers.envelope import answer
from orbits import InvalidValue
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.debris.ballistics import BALLISTIC_BASES
from ssa.debris.breakup_events import BreakUpEvent
from ssa.debris.cloud import BAND_FACTOR, EARLY_EDGES_DAYS, LATE_YEARS, CloudHazard
from ssa.debris.compliance import RULES_YEARS, VERDICTS, Compliance
from ssa.debris.decay import DecayWindows
from ssa.debris.element_history import ElementHistory
from ssa.debris.population import Population
from ssa.debris.solar_weather import SCENARIOS


def chosen_rows(population: Population, numbers_: list[int] | None, inside: Any) -> Any:
    """The rows of a population that a question is about: those listed, or those of a fleet."""
    if (numbers_ is None) == (inside is None):
        raise InvalidValue("objects", numbers_, "say whose: either objects or an alliance")
    if numbers_ is None:
        return np.flatnonzero(inside)
    missing = sorted(set(numbers_) - set(population.norad_id.tolist()))
    if missing:
        raise InvalidValue("objects", missing[0], "is not in orbit in this catalogue")
    return np.flatnonzero(np.isin(population.norad_id, numbers_))


def breakup_answer(
    snapshot: CatalogueSnapshot, event: BreakUpEvent, hazard: CloudHazard | None, *, assets: int = 50
) -> dict[str, Any]:
    """The pieces with their orbits at the break-up, and what they do to a fleet where one is given."""
    broken, pieces, orbits = event.break_up, event.break_up.fragments, event.orbits
    energy = broken.specific_energy_j_g
    columns = {
        "length_m": figures(pieces.length_m, 4), "area_m2": figures(pieces.area_m2, 4),
        "mass_kg": figures(pieces.mass_kg, 4), "ejection_m_s": figures(pieces.speed_m_s, 4),
        "period_min": numbers(orbits.period_min, 3), "perigee_altitude_km": numbers(orbits.perigee_altitude_km, 2),
        "apogee_altitude_km": numbers(orbits.apogee_altitude_km, 2),
        "parent": pieces.parent.tolist(), "is_remnant": pieces.is_remnant.tolist(),
    }  # fmt: skip
    body = {
        "at": event.at.isoformat(0), "kind": broken.kind, "is_catastrophic": broken.is_catastrophic,
        "specific_energy_j_g": None if energy is None else figure(energy), "altitude_km": round(event.altitude_km, 2),
        "parents": [
            {"norad_id": int(event.parents.norad_id[k]), "name": str(event.parents.name[k]),
             "mass_kg": figure(broken.bodies[k].mass_kg)} for k in range(len(event.parents))
        ],
        "smallest_m": broken.smallest_m, "pieces": len(pieces), "mass_of_pieces_kg": figure(pieces.mass_kg.sum(), 8),
        "mass_of_dust_kg": figure(broken.dust_kg, 8),
        "mass_before_kg": figure(sum(each.mass_kg for each in broken.bodies), 8),
        "fall_at_once": int(orbits.falls_at_once.sum()), "leave_earth": int(orbits.leaves_earth.sum()),
        "fragments": [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)],
        "hazard": None if hazard is None else _hazard(hazard, assets),
    }  # fmt: skip
    caveats = (*event.caveats, *(hazard.caveats if hazard else ()))
    return answer(snapshot, event.at, body, caveats)


def _hazard(hazard: CloudHazard, most: int) -> dict[str, Any]:
    first, late = hazard.first_14_days, hazard.late_rate_per_year
    order = np.argsort(-(first + late[:, 0] / 12.0), kind="stable")[:most]
    early = hazard.early_rate_per_year.sum(axis=0)
    return {
        "assets": len(hazard),
        "band_factor": BAND_FACTOR,
        "first_14_days": [
            {"from_days": EARLY_EDGES_DAYS[k], "to_days": EARLY_EDGES_DAYS[k + 1],
             "collisions_per_year": figure(early[k]), "pairs_counted": int(hazard.pairs_counted[k])}
            for k in range(len(early))
        ],
        "expected_in_14_days": figure(first.sum()),
        "later": [
            {"years": round(years, 4), "collisions_per_year": figure(late[:, k].sum()),
             "lower": figure(late[:, k].sum() / BAND_FACTOR), "upper": figure(late[:, k].sum() * BAND_FACTOR),
             "pieces_left": int(hazard.pieces_left[k])} for k, years in enumerate(LATE_YEARS)
        ],
        "by_asset": [
            {"norad_id": int(hazard.norad_id[k]), "name": str(hazard.name[k]), "owner": str(hazard.owner[k]),
             "expected_in_14_days": figure(first[k]), "collisions_per_year": figures(late[k])} for k in order.tolist()
        ],
    }  # fmt: skip


def decay_answer(
    snapshot: CatalogueSnapshot, found: DecayWindows, history: ElementHistory, *, limit: int
) -> dict[str, Any]:
    """Windows, the soonest first; those that stay up, or are not computed, at the end."""
    order = np.argsort(np.where(np.isnan(found.middle_days), np.inf, found.middle_days), kind="stable")[:limit]

    def date(days: float) -> str | None:
        return None if np.isnan(days) else found.start.plus_s(float(days) * 86400.0).isoformat(0)

    rows = [
        {
            "norad_id": int(found.norad_id[k]), "name": str(found.name[k]),
            "earliest": date(found.earliest_days[k]), "middle": date(found.middle_days[k]),
            "latest": date(found.latest_days[k]), "middle_days": figure(found.middle_days[k]),
            "is_computed": bool(found.is_computed[k]), "manoeuvres": bool(found.is_manoeuvrable[k]),
            "ballistic_m2_kg": figure(found.ballistics.value_m2_kg[k], 3),
            "ballistic_basis": BALLISTIC_BASES[found.ballistics.basis[k]],
            "perigee_altitude_km": figure(found.perigee_altitude_km[k]),
            "apogee_altitude_km": figure(found.apogee_altitude_km[k]),
            "elements_age_days": figure(found.elements_age_days[k], 4),
        }
        for k in order.tolist()
    ]  # fmt: skip
    body = {
        "start": found.start.isoformat(0), "horizon_days": found.horizon_days, "objects_counted": len(found),
        "left_out": {"not computed": int((~found.is_computed).sum())}, "history": _used(history), "windows": rows,
    }  # fmt: skip
    return answer(snapshot, found.start, body, found.caveats)


def compliance_answer(
    snapshot: CatalogueSnapshot, found: Compliance, history: ElementHistory, *, limit: int
) -> dict[str, Any]:
    """Counts by verdict and owner; objects, failures first."""
    order = np.argsort(-(found.verdict[:, 0] == VERDICTS.index("fail")).astype(int), kind="stable")[:limit]
    rows = [
        {
            "norad_id": int(found.norad_id[k]), "name": str(found.name[k]), "owner": str(found.owner[k]),
            "life_years": dict(zip(SCENARIOS, figures(found.life_years[k], 3), strict=True)),
            "verdicts": {f"{years:g}_years": VERDICTS[found.verdict[k, r]] for r, years in enumerate(RULES_YEARS)},
            "is_sure": {f"{years:g}_years": bool(found.is_sure[k, r]) for r, years in enumerate(RULES_YEARS)},
            "manoeuvres": bool(found.is_manoeuvrable[k]),
            "ballistic_basis": BALLISTIC_BASES[found.ballistics.basis[k]],
            "perigee_altitude_km": figure(found.perigee_altitude_km[k]),
        }
        for k in order.tolist()
    ]  # fmt: skip
    skipped = int((found.verdict[:, 0] == VERDICTS.index("not computed")).sum())
    body = {
        "objects_counted": len(found), "left_out": {"not computed": skipped}, "history": _used(history),
        "verdicts": found.counts(),
        "by_owner": {
            str(owner): found.counts(found.owner == owner) for owner in sorted(set(found.owner.tolist()))
        },
        "objects": rows,
    }  # fmt: skip
    return answer(snapshot, snapshot.as_of, body, found.caveats)


def _used(history: ElementHistory) -> dict[str, Any]:
    return {"objects": len(history), "sets": history.sets, "left_out": dict(history.left_out)}
