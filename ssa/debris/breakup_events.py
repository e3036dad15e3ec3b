"""Break-up of objects of a catalogue: which body, where it is at that moment, what it leaves.

The state is SGP4's. Mass and size are those of the population, mostly inferred: the answer says how. A collision is
computed at the first body's state, with the speed that the two orbits have there when no speed is given.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from orbits import Instant, InvalidValue, propagate
from orbits.arrays import Floats, read_only
from orbits.times import InstantLike, Instants
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.debris import breakup_laws as laws
from ssa.debris.breakup import Body, BreakUp, collide, explode
from ssa.debris.breakup_orbits import FullOrbits, orbits_after
from ssa.debris.mean_orbits import EARTH_RADIUS_KM
from ssa.debris.population import Population
from ssa.debris.size_rules import MASS_BASES, OBJECT_CLASSES

_ROCKET_BODY = OBJECT_CLASSES.index("rocket body")


@dataclass(frozen=True, eq=False)
class BreakUpEvent:
    """A break-up of catalogued objects at a time: `orbits` are those of `break_up.fragments`, at that moment."""

    parents: Population
    at: Instant
    break_up: BreakUp
    position_teme_km: Floats
    velocity_teme_km_s: Floats
    orbits: FullOrbits
    caveats: tuple[str, ...]

    def __post_init__(self) -> None:
        for column in ("position_teme_km", "velocity_teme_km_s"):
            object.__setattr__(self, column, read_only(getattr(self, column), np.float64))

    @property
    def altitude_km(self) -> float:
        """Height of the break-up above a sphere of the equatorial radius."""
        return float(np.linalg.norm(self.position_teme_km[0]) - EARTH_RADIUS_KM)


def break_up_object(
    snapshot: CatalogueSnapshot, population: Population, norad_id: int, *, at: InstantLike,
    with_norad_id: int | None = None, impactor_kg: float | None = None, relative_speed_km_s: float | None = None,
    smallest_m: float = 0.1, scale: float = 1.0, mass_kg: float | None = None, seed: int = 1,
) -> BreakUpEvent:  # fmt: skip
    """What the object leaves when it explodes, or when another (or a mass without orbit) strikes it.

    `with_norad_id` is the other body of the catalogue, taken to be at the same place; its own velocity, turned into
    the place's horizon plane, gives the speed unless `relative_speed_km_s` says one. `impactor_kg` is a mass that is
    not in the catalogue, with the speed given, or 10 km/s. `mass_kg` replaces the population's mass of the object.
    Raises `InvalidValue` for an object that is not in orbit, and where SGP4 has no state.
    """
    when = Instant.parse(at, "at")
    if with_norad_id is not None and impactor_kg is not None:
        raise InvalidValue("impactor_kg", impactor_kg, "goes without another object; give one of both")
    rows = [_row(population, "norad_id", norad_id)]
    if with_norad_id is not None:
        if with_norad_id == norad_id:
            raise InvalidValue("with_norad_id", with_norad_id, "is the object itself; give another one")
        rows.append(_row(population, "with_norad_id", with_norad_id))
    parents = population[rows]
    position, velocity = _states(snapshot, parents, when)
    bodies = [_body(parents, index) for index in range(len(parents))]
    if mass_kg is not None:
        bodies[0] = Body(mass_kg=mass_kg, length_m=bodies[0].length_m, is_rocket_body=bodies[0].is_rocket_body)
    if len(bodies) == 1 and impactor_kg is None:
        event = explode(bodies[0], smallest_m=smallest_m, scale=scale, seed=seed)
    else:
        if len(bodies) == 1:
            assert impactor_kg is not None
            bodies.append(Body(mass_kg=impactor_kg, length_m=_length_of(impactor_kg)))
            speed = relative_speed_km_s or 10.0
        else:
            velocity[1] = _velocity_there(position, velocity)
            speed = relative_speed_km_s or float(np.linalg.norm(velocity[1] - velocity[0]))
        event = collide(bodies[0], bodies[1], relative_speed_km_s=speed, smallest_m=smallest_m, seed=seed)
    parent = np.minimum(event.fragments.parent, len(parents) - 1)
    return BreakUpEvent(
        parents, when, event, position, velocity,
        orbits_after(position[np.zeros(len(parent), dtype=int)], velocity[parent], event.fragments.ejection_km_s),
        (*event.caveats, *_mass_caveats(parents, mass_kg)),
    )  # fmt: skip


def expected_pieces(
    population: Population, norad_id: int, *, with_norad_id: int | None = None, impactor_kg: float | None = None,
    relative_speed_km_s: float | None = None, smallest_m: float = 0.1, scale: float = 1.0,
    mass_kg: float | None = None,
) -> float:  # fmt: skip
    """About how many pieces `break_up_object` would draw: the model's count, before any is struck out.

    Two objects of a catalogue are taken to meet at 15 km/s unless a speed is given: the most that low orbits have.
    Raises `InvalidValue` for an object that is not in orbit.
    """
    mass = mass_kg or float(population.mass_kg[_row(population, "object", norad_id)])
    other = impactor_kg
    if with_norad_id is not None:
        other = float(population.mass_kg[_row(population, "with_norad_id", with_norad_id)])
    if other is None:
        return laws.explosion_count(smallest_m, scale)
    whole = laws.collision_mass_kg(
        heavier_kg=max(mass, other), lighter_kg=min(mass, other),
        relative_speed_km_s=relative_speed_km_s or (10.0 if with_norad_id is None else 15.0),
    )  # fmt: skip
    return laws.collision_count(smallest_m, whole)


def _row(population: Population, field: str, norad_id: int) -> int:
    found = np.flatnonzero(population.norad_id == norad_id)
    if not len(found):
        raise InvalidValue(field, norad_id, "is not in orbit in this catalogue; see `ssa catalogue info`")
    return int(found[0])


def _body(parents: Population, index: int) -> Body:
    return Body(
        mass_kg=float(parents.mass_kg[index]), length_m=float(2.0 * parents.radius_m[index]),
        is_rocket_body=int(parents.object_class[index]) == _ROCKET_BODY,
    )  # fmt: skip


def _length_of(mass_kg: float) -> float:
    """The diameter of a sphere of 2,800 kg/m3: an impactor is taken to be solid metal."""
    return float((6.0 * mass_kg / (np.pi * 2800.0)) ** (1.0 / 3.0))


def _states(snapshot: CatalogueSnapshot, parents: Population, at: Instant) -> tuple[Floats, Floats]:
    found = propagate(snapshot.elements[parents.rows], Instants.of([at]))
    for index in np.flatnonzero(found.status[:, 0] != 0).tolist():
        raise InvalidValue(
            "at", at.isoformat(0), f"SGP4 has no state of {int(parents.norad_id[index])} then (status "
            f"{int(found.status[index, 0])}); choose a time nearer to its epoch",
        )  # fmt: skip
    assert found.velocity_teme_km_s is not None
    return found.position_teme_km[:, 0].copy(), found.velocity_teme_km_s[:, 0].copy()


def _velocity_there(position: Floats, velocity: Floats) -> Floats:
    """The second body's velocity turned so that its orbit plane holds the first body's place: radius kept to radius."""

    def frame(r: Floats, v: Floats) -> Floats:
        up = r / np.linalg.norm(r)
        across = np.cross(r, v)
        across /= np.linalg.norm(across)
        return np.stack([up, np.cross(across, up), across])

    up = position[0] / np.linalg.norm(position[0])
    normal = np.cross(position[1], velocity[1])
    normal -= up * (normal @ up)  # the plane's normal, tilted as little as it takes
    normal /= np.linalg.norm(normal)
    radial, along, _ = frame(position[1], velocity[1]) @ velocity[1]
    found: Floats = radial * up + along * np.cross(normal, up)
    return found


def _mass_caveats(parents: Population, mass_kg: float | None) -> tuple[str, ...]:
    told = []
    for index in range(len(parents)):
        if index == 0 and mass_kg is not None:
            continue
        basis = MASS_BASES[int(parents.mass_basis[index])]
        if basis in ("inferred from size", "default"):
            low, high = parents.mass_factors[index]
            told.append(
                f"the mass of {int(parents.norad_id[index])} ({parents.mass_kg[index]:,.0f} kg) is "
                f"{'inferred from its size' if basis != 'default' else 'a default of its class'}; the true one may be "
                f"{low:g} to {high:g} times as much"
            )
    return tuple(told)
