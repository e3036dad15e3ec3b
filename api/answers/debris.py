"""The answers of `debris density`, `flux`, `risk` and `congestion`: figures with their basis, and what was left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from api.answers.envelope import age_caveats, answer
from orbits import InvalidValue
from orbits.arrays import Floats
from ssa.alliances import Alliance, find_alliance
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.debris.congestion import ShellRanking
from ssa.debris.criticality import criticality_of
from ssa.debris.density import DensityHistory, SpatialDensity
from ssa.debris.derelicts import DerelictRanking
from ssa.debris.flux import AZIMUTH_EDGES_DEG, SIZES_M, SPEED_EDGES_KM_S, OrbitFlux
from ssa.debris.population import Population
from ssa.debris.risk import DebrisRisk, Exposure
from ssa.debris.risk_check import PairCheck
from ssa.debris.size_rules import MASS_BASES, OBJECT_CLASSES, SIZE_BASES
from ssa.fleets import Fleet, fleet_of

LATITUDE_EDGES_DEG = np.arange(-90.0, 91.0, 5.0)


def figures(values: Floats | Sequence[float], digits: int = 5) -> list[float | None]:
    """Numbers to so many significant digits; None where there is none."""
    return [float(f"{value:.{digits - 1}e}") if np.isfinite(value) else None for value in np.asarray(values).tolist()]


def figure(value: float, digits: int = 5) -> float | None:
    """One number to so many significant digits."""
    return figures([value], digits)[0]


def density_answer(
    snapshot: CatalogueSnapshot, population: Population, density: SpatialDensity, history: DensityHistory | None,
    *, by_inclination: bool, by_latitude: bool,
) -> dict[str, Any]:  # fmt: skip
    """Density by shell and class, and where asked by inclination, by latitude and over earlier catalogues."""
    edges = density.shells.edges_km.tolist()
    per_km3, classes = figures(density.per_km3), density.by_class_per_km3
    body = {
        **_counted(population),
        "objects_in_shells": figure(density.objects_in_shells),
        "shells": [
            {
                "altitude_min_km": edges[row], "altitude_max_km": edges[row + 1], "density_per_km3": per_km3[row],
                "by_class_per_km3": dict(zip(OBJECT_CLASSES, figures(classes[row]), strict=True)),
            }
            for row in range(len(density.shells))
        ],
        "inclination_edges_deg": list(range(181)) if by_inclination else None,
        "by_inclination_per_km3": _rows(density.by_inclination_per_km3) if by_inclination else None,
        "latitude_edges_deg": LATITUDE_EDGES_DEG.tolist() if by_latitude else None,
        "by_latitude_per_km3": _rows(density.by_latitude_per_km3(LATITUDE_EDGES_DEG)) if by_latitude else None,
        "history": None if history is None else [
            {"as_of": moment.isoformat(0), "objects": objects, "density_per_km3": figures(row)}
            for moment, objects, row in zip(history.as_of, history.objects, history.per_km3, strict=True)
        ],
    }  # fmt: skip
    return _answer(snapshot, body, population.caveats[:1])


def flux_answer(snapshot: CatalogueSnapshot, population: Population, flux: OrbitFlux) -> dict[str, Any]:
    """Flux on an orbit: in all, by size, by speed and azimuth."""
    body = {
        **_counted(population),
        "altitude_km": flux.altitude_km,
        "inclination_deg": flux.inclination_deg,
        "flux_per_m2_year": figure(flux.per_m2_year),
        "density_per_km3": figure(flux.density_per_km3),
        "mean_speed_km_s": figure(flux.mean_speed_km_s),
        "mean_arrival_speed_km_s": figure(flux.mean_arrival_speed_km_s),
        "by_size": [
            {"diameter_min_m": size, "flux_per_m2_year": value}
            for size, value in zip(SIZES_M, figures(flux.by_size), strict=True)
        ],
        "speed_edges_km_s": SPEED_EDGES_KM_S.tolist(),
        "azimuth_edges_deg": AZIMUTH_EDGES_DEG.tolist(),
        "by_speed_azimuth_per_m2_year": _rows(flux.by_speed_azimuth),
    }
    told = ("catalogued objects only: pieces of 1 to 10 cm, which pierce a satellite, are some twenty times as many",)
    return _answer(snapshot, body, (*population.caveats, *told))


def risk_answer(
    snapshot: CatalogueSnapshot, risk: DebrisRisk, *, limit: int, years: float = 1.0, rows: Any = None,
    fleet: Fleet | None = None, exposure: Exposure | None = None, pairs: PairCheck | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Collision rates by object (`rows`, default all; the highest `limit` first) and by owner; a fleet's exposure."""
    population = risk.population
    chosen = np.arange(len(population)) if rows is None else rows
    chosen = chosen[np.argsort(-risk.rates.per_year[chosen], kind="stable")]
    listed = chosen[:limit]
    body = {
        **_counted(population),
        "avoidance_failure": risk.avoidance_failure,
        "years": years,
        "total_collisions_per_year": figure(risk.total_per_year),
        "residual_total_collisions_per_year": figure(risk.residual_total_per_year),
        "inferred_size_share": figure(risk.inferred_share),
        "default_size_share": figure(risk.default_share),
        "residual_inferred_size_share": figure(risk.residual_inferred_share),
        "residual_default_size_share": figure(risk.residual_default_share),
        "objects": _objects(risk, listed, years),
        "objects_not_listed": len(chosen) - len(listed),
        "owner_names": list(risk.owner_names),
        "owners": _rows(risk.owners_per_year),
        "owners_residual": _rows(risk.owners_residual_per_year),
        "exposure": None if exposure is None or fleet is None else _exposure(fleet, exposure),
        "all_pairs": None if pairs is None else {
            "total_collisions_per_year": figure(pairs.total_per_year),
            "residual_total_collisions_per_year": figure(pairs.residual_total_per_year),
            "owners": _rows(pairs.owners_per_year),
            "largest_owner_difference": figure(pairs.largest_difference(risk), 3),
        },
    }  # fmt: skip
    return _answer(snapshot, body, (*risk.caveats, *(fleet.caveats if fleet is not None else ())))


def congestion_answer(
    snapshot: CatalogueSnapshot, risk: DebrisRisk, ranking: ShellRanking, derelicts: Any, *, limit: int
) -> dict[str, Any]:
    """Shells by collision rate, and derelicts by the pieces that their collisions are expected to make."""
    edges = ranking.shells.edges_km.tolist()
    columns = {
        "objects": ranking.objects, "mass_kg": ranking.mass_kg, "density_per_km3": ranking.density_per_km3,
        "collisions_per_year": ranking.collisions_per_year,
        "residual_collisions_per_year": ranking.residual_collisions_per_year,
        "passes_within_km_per_year": ranking.passes_within_km_per_year,
    }  # fmt: skip
    shown = {name: figures(values) for name, values in columns.items()}
    body = {
        **_counted(risk.population),
        "avoidance_failure": risk.avoidance_failure,
        "shells": [
            {"altitude_min_km": edges[row], "altitude_max_km": edges[row + 1],
             **{name: values[row] for name, values in shown.items()}}
            for row in ranking.order.tolist()
        ],
        "derelicts": [
            {**row, "criticality_index": index}
            for row, index in zip(
                _objects(risk, derelicts[:limit], 1.0), figures(criticality_of(risk.population, derelicts[:limit])),
                strict=True,
            )
        ],
        "derelicts_not_listed": max(len(derelicts) - limit, 0),
    }  # fmt: skip
    return _answer(snapshot, body, risk.caveats)


def derelicts_answer(
    snapshot: CatalogueSnapshot, population: Population, fleet: Fleet, assets: int, found: DerelictRanking, *,
    avoidance_failure: float, smallest_m: float, limit: int,
) -> dict[str, Any]:  # fmt: skip
    """Derelicts by what their break-up would add to the risk of a fleet, the costliest first."""
    rows = found.rows[:limit]
    orbits = population.orbits
    columns = {
        "mass_kg": figures(population.mass_kg[rows], 3), "perigee_km": figures(orbits.perigee_altitude_km[rows]),
        "apogee_km": figures(orbits.apogee_altitude_km[rows]),
        "inclination_deg": figures(np.degrees(orbits.inclination_rad[rows])),
        "catastrophic_per_year": figures(found.catastrophic_per_year[:limit]),
        "added_per_year": figures(found.added_per_year[:limit]), "cost_index": figures(found.index[:limit]),
        "criticality_index": figures(criticality_of(population, rows)),
    }  # fmt: skip
    body = {
        **_counted(population),
        "alliance": fleet.alliance.name,
        "on": fleet.on.isoformat(),
        "fleet_objects": assets,
        "avoidance_failure": avoidance_failure,
        "smallest_m": smallest_m,
        "considered": found.considered,
        "computed": len(found),
        "derelicts": [
            {
                "norad_id": int(population.norad_id[row]), "name": str(population.name[row]),
                "owner": str(population.owner[row]), "object_class": OBJECT_CLASSES[population.object_class[row]],
                "mass_basis": MASS_BASES[population.mass_basis[row]], "pieces": int(found.pieces[place]),
                **{name: values[place] for name, values in columns.items()},
            }
            for place, row in enumerate(rows.tolist())
        ],
        "derelicts_not_listed": len(found) - len(rows),
    }  # fmt: skip
    told = (
        f"each value is good to a factor of 3 to 10, ranks are steadier; of {found.considered:,} derelicts the "
        f"{len(found):,} with the greatest chance times mass were broken up",
        "chance: collisions a year with anything heavy enough to break it at 10 km/s, of those with what manoeuvres "
        f"{avoidance_failure:g}; cost: collisions a year that its cloud would add to the fleet before drag, nodes "
        "taken as spread all round, nobody stepping aside",
    )
    return _answer(snapshot, body, (*population.caveats, *told, *fleet.caveats))


def fleet_in(
    snapshot: CatalogueSnapshot, population: Population, name: str, *, on: str | None, commercial: bool,
    groups: tuple[Alliance, ...],
) -> tuple[Fleet, Any]:  # fmt: skip
    """The fleet of an alliance, and which objects of the population belong to it (n,)."""
    fleet = fleet_of(find_alliance(name, groups), snapshot, on=on, commercial=commercial)
    inside = np.isin(population.rows, fleet.rows)
    if not inside.any():
        raise InvalidValue("alliance", name, f"has no object in orbit in the catalogue of {snapshot.as_of.date()}")
    return fleet, inside


def _objects(risk: DebrisRisk, rows: Any, years: float) -> list[dict[str, Any]]:
    population, rates = risk.population, risk.rates
    columns = {
        "collisions_per_year": figures(rates.per_year[rows]),
        "residual_collisions_per_year": figures(risk.residual_per_year[rows]),
        "collision_probability": figures(risk.probability(years)[rows]),
        "catastrophic_fraction": figures(risk.catastrophic_fraction[rows]),
        "fragments_per_year": figures(rates.fragments_per_year[rows]),
        "residual_fragments_per_year": figures(risk.residual_fragments_per_year[rows]),
        "mean_collision_speed_km_s": figures(rates.mean_speed_km_s[rows]),
        "radius_m": figures(population.radius_m[rows], 3),
        "mass_kg": figures(population.mass_kg[rows], 3),
        "perigee_km": figures(population.orbits.perigee_altitude_km[rows]),
        "apogee_km": figures(population.orbits.apogee_altitude_km[rows]),
    }
    return [
        {
            "norad_id": int(population.norad_id[row]), "name": str(population.name[row]),
            "owner": str(population.owner[row]), "object_class": OBJECT_CLASSES[population.object_class[row]],
            "manoeuvres": bool(population.is_manoeuvrable[row]), "size_basis": SIZE_BASES[population.size_basis[row]],
            "mass_basis": MASS_BASES[population.mass_basis[row]],
            **{name: values[place] for name, values in columns.items()},
        }
        for place, row in enumerate(np.asarray(rows).tolist())
    ]  # fmt: skip


def _exposure(fleet: Fleet, exposure: Exposure) -> dict[str, Any]:
    by_owner = exposure.matrix_per_year.sum(axis=0)
    residual = exposure.matrix_residual_per_year.sum(axis=0)
    causes = [
        {"owner": exposure.owner_names[row], "collisions_per_year": figure(by_owner[row]),
         "residual_collisions_per_year": figure(residual[row])}
        for row in np.argsort(-residual, kind="stable").tolist() if by_owner[row] > 0.0
    ]  # fmt: skip
    return {
        "alliance": fleet.alliance.name,
        "on": fleet.on.isoformat(),
        "objects": exposure.objects,
        "collisions_per_year": figure(float(by_owner.sum())),
        "residual_collisions_per_year": figure(float(residual.sum())),
        "within_fleet_per_year": figure(exposure.within_fleet_per_year),
        "within_fleet_residual_per_year": figure(exposure.within_fleet_residual_per_year),
        "to_whose_objects": causes,
        "by_class_per_year": {word: figure(rate) for word, rate in exposure.by_class_per_year.items()},
        "by_class_residual_per_year": {
            word: figure(rate) for word, rate in exposure.by_class_residual_per_year.items()
        },
        "exposed_owner_names": list(exposure.fleet_owner_names),
        "exposed_owners": _rows(exposure.matrix_per_year),
        "exposed_owners_residual": _rows(exposure.matrix_residual_per_year),
    }


def _counted(population: Population) -> dict[str, Any]:
    return {"objects_counted": len(population), "left_out": dict(population.left_out), **population.counts()}


def _rows(matrix: Floats) -> list[list[float | None]]:
    return [figures(row) for row in matrix]


def _answer(snapshot: CatalogueSnapshot, body: dict[str, Any], caveats: Sequence[str]) -> dict[str, Any]:
    ages = age_caveats(snapshot, snapshot.as_of, snapshot.as_of)
    return answer(snapshot, snapshot.as_of, body, [*caveats, *ages])
