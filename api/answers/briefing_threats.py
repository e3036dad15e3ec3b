"""The keys `conjunctions`, `debris` and `decays` of a briefing's answer; null where they were not asked for."""

from __future__ import annotations

from typing import Any

import numpy as np

from api.answers.alerts import alerts_answer
from api.answers.columns import number
from api.answers.debris import figure, figures
from ssa.briefing.bottom_line import PROBABILITY_METHOD, significant
from ssa.briefing.decays import Decays
from ssa.briefing.exposure import FleetExposure
from ssa.briefing.value import Briefing
from ssa.debris.ballistics import BALLISTIC_BASES
from ssa.debris.size_rules import MASS_BASES, OBJECT_CLASSES, SIZE_BASES
from ssa.owners import owners

MOST_ALERTS, MOST_EXPOSED, MOST_DUE = 100, 20, 50


def conjunctions_answer(found: Briefing) -> dict[str, Any] | None:
    """The answer of POST /v1/alerts in short: counts in place of the lists of what stays or was not screened."""
    graded = found.conjunctions
    if graded is None:
        return None
    told = alerts_answer(graded.check, grade=graded.grade, limit=MOST_ALERTS)
    for name in ("catalogue", "caveats", "start", "end", "watched"):
        del told[name]
    stays, skipped = told.pop("stays"), told.pop("skipped")
    pairs = {(row["primary_id"], row["secondary_id"]) for row in stays}
    return told | {
        "probability_method": PROBABILITY_METHOD,
        "stays": len(pairs),
        "skipped": len(skipped),
        "fleet_skipped": graded.fleet_skipped,
    }


def debris_answer(found: FleetExposure | None) -> dict[str, Any] | None:
    """Expected collisions a year of the fleet, to whose objects, and the satellites most exposed."""
    if found is None:
        return None
    risk, exposure = found.risk, found.exposure
    by_owner = exposure.matrix_per_year.sum(axis=0)
    residual = exposure.matrix_residual_per_year.sum(axis=0)
    order = sorted(range(len(by_owner)), key=lambda row: (-by_owner[row], exposure.owner_names[row]))
    known = owners()
    return {
        "objects": exposure.objects,
        "not_counted": found.not_counted,
        "collisions_per_year": significant(found.collisions_per_year),
        "residual_collisions_per_year": significant(found.residual_per_year),
        "catastrophic_fraction": number(found.catastrophic_fraction, 9) if found.catastrophic_fraction else 0.0,
        "within_fleet_per_year": figure(exposure.within_fleet_per_year),
        "avoidance_failure": risk.avoidance_failure,
        "objects_counted": len(risk.population),
        "inferred_size_share": figure(risk.inferred_share),
        "to_whose_objects": [
            {
                "owner": exposure.owner_names[row],
                "owner_name": known[code].name if (code := exposure.owner_names[row]) in known else None,
                "collisions_per_year": figure(by_owner[row]), "residual_collisions_per_year": figure(residual[row]),
            }
            for row in order if by_owner[row] > 0.0
        ],
        "by_class_per_year": {word: figure(rate) for word, rate in exposure.by_class_per_year.items()},
        "by_class_residual_per_year": {
            word: figure(rate) for word, rate in exposure.by_class_residual_per_year.items()
        },
        "most_exposed": _most_exposed(found),
    }  # fmt: skip


def _most_exposed(found: FleetExposure) -> list[dict[str, Any]]:
    risk, rows = found.risk, found.rows[:MOST_EXPOSED]
    people = risk.population
    columns = {
        "collisions_per_year": figures(risk.rates.per_year[rows]),
        "residual_collisions_per_year": figures(risk.residual_per_year[rows]),
        "catastrophic_fraction": figures(risk.catastrophic_fraction[rows]),
        "perigee_km": figures(people.orbits.perigee_altitude_km[rows], 4),
        "apogee_km": figures(people.orbits.apogee_altitude_km[rows], 4),
        "radius_m": figures(people.radius_m[rows], 3),
    }
    return [
        {
            "norad_id": int(people.norad_id[row]), "name": str(people.name[row]), "owner": str(people.owner[row]),
            "manoeuvres": bool(people.is_manoeuvrable[row]), "size_basis": SIZE_BASES[people.size_basis[row]],
            **{name: values[place] for name, values in columns.items()},
        }
        for place, row in enumerate(rows.tolist())
    ]  # fmt: skip


def decays_answer(found: Decays | None) -> dict[str, Any] | None:
    """What may come down: the fleet's satellites, and large objects, the soonest first; counts of the rest."""
    if found is None:
        return None
    fleet, large = found.due_of_fleet, found.due_large
    return {
        "days": found.days,
        "looked_at": len(found.windows),
        "fleet_due": len(fleet),
        "large_due": len(large),
        "large_due_reaching_region": int(found.reaches_region[large].sum()),
        "fleet": [_decay(found, place) for place in fleet[:MOST_DUE].tolist()],
        "large": [_decay(found, place) for place in large[:MOST_DUE].tolist()],
        "left_out": dict(found.left_out),
    }


def _decay(found: Decays, place: int) -> dict[str, Any]:
    windows, people = found.windows, found.population

    def day(days: float) -> str | None:
        return windows.start.plus_s(days * 86400.0).isoformat(0) if days == days else None

    return {
        "norad_id": int(windows.norad_id[place]), "name": str(windows.name[place]),
        "owner": str(people.owner[place]), "object_class": OBJECT_CLASSES[people.object_class[place]],
        "mass_kg": figure(people.mass_kg[place], 3), "mass_basis": MASS_BASES[people.mass_basis[place]],
        "earliest": day(float(windows.earliest_days[place])), "middle": day(float(windows.middle_days[place])),
        "latest": day(float(windows.latest_days[place])),
        "perigee_km": figure(windows.perigee_altitude_km[place], 4),
        "apogee_km": figure(windows.apogee_altitude_km[place], 4),
        "inclination_deg": number(float(np.degrees(people.orbits.inclination_rad[place])), 2),
        "reaches_region": bool(found.reaches_region[place]), "manoeuvres": bool(windows.is_manoeuvrable[place]),
        "drag_basis": BALLISTIC_BASES[windows.ballistics.basis[place]],
        "elements_age_days": number(windows.elements_age_days[place], 3),
    }  # fmt: skip
