"""What a body breaks into: an explosion or a collision by NASA's Standard Break-up Model, mass conserved.

Mass is conserved so: pieces are drawn down to `smallest_m`; the heaviest are struck out while the sum exceeds what
breaks; the mass that the model puts into smaller pieces (to 1 mm) stands in `dust_kg`; what is then left goes into
remnants: several large ones (catastrophic collisions, our choice: up to 8 of growing mass), one where a body explodes
(with a piece's speed) or is only holed (keeping its orbit). Pieces, dust and remnants sum to the masses that went in.

Limits: counts are good to a factor of 2 to 4 (Fengyun-1C left 4 times, Cosmos 1408 as many as the model says); speeds
are isotropic, so momentum is conserved on average only; S = 1 of explosions stands for stages of 600 to 1,000 kg.

Source: `ssa.debris.breakup_laws`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from orbits.arrays import Booleans, Floats, Integers, read_only
from orbits.errors import InvalidValue
from ssa.debris import breakup_laws as laws
from ssa.draws import Draws

SMALLEST_DRAWN_M = 0.005  # smaller pieces are counted by mass only
MOST_PIECES = 200_000
_DUST_FROM_M = 1e-3
_MOST_REMNANTS = 8
_NEGLIGIBLE = 1e-9


@dataclass(frozen=True, kw_only=True)
class Body:
    """What breaks: its mass, the diameter of its mean cross-section, and whether it is a rocket body."""

    mass_kg: float
    length_m: float
    is_rocket_body: bool = False

    def __post_init__(self) -> None:
        for field in ("mass_kg", "length_m"):
            value = getattr(self, field)
            if not (np.isfinite(value) and value > 0.0):
                raise InvalidValue(field, value, "give a positive number")


@dataclass(frozen=True, eq=False)
class Fragments:
    """Pieces (n,), the largest first within each body; `ejection_km_s` (n, 3) is relative to the parent."""

    length_m: Floats
    area_m2: Floats
    mass_kg: Floats
    ejection_km_s: Floats
    parent: Integers
    is_remnant: Booleans

    def __post_init__(self) -> None:
        kinds = {"parent": np.int64, "is_remnant": np.bool_}
        for column in self.__dataclass_fields__:
            object.__setattr__(self, column, read_only(getattr(self, column), kinds.get(column, np.float64)))

    def __len__(self) -> int:
        return len(self.length_m)

    @property
    def area_to_mass_m2_kg(self) -> Floats:
        """Mean cross-section over mass (n,)."""
        return np.asarray(self.area_m2 / self.mass_kg)

    @property
    def speed_m_s(self) -> Floats:
        """Ejection speed (n,)."""
        return np.asarray(np.linalg.norm(self.ejection_km_s, axis=1) * 1e3)

    @classmethod
    def joined(cls, parts: Sequence[Fragments]) -> Fragments:
        """The pieces of several bodies, in order."""
        names = ("length_m", "area_m2", "mass_kg", "ejection_km_s", "parent", "is_remnant")
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


@dataclass(frozen=True, eq=False)
class BreakUp:
    """One event: `kind` is "explosion" or "collision"; `dust_kg` holds what is smaller than `smallest_m`."""

    kind: str
    fragments: Fragments
    bodies: tuple[Body, ...]
    smallest_m: float
    dust_kg: float
    expected_pieces: float
    specific_energy_j_g: float | None
    is_catastrophic: bool | None
    seed: int

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be known to use it."""
        return (
            "the number of pieces is good to a factor of 2 to 4: catalogued pieces were 4 times the model's for "
            "Fengyun-1C, 1.9 times for Iridium 33 and Cosmos 2251, about as many for Cosmos 1408",
            "sizes, masses and speeds are one draw of the model's distributions; another seed draws another cloud",
        )


def explode(body: Body, *, smallest_m: float = 0.1, scale: float = 1.0, seed: int = 1) -> BreakUp:
    """The pieces of an explosion; `scale` is S, the strength of its kind of event (0.1 to 1 in the literature).

    >>> event = explode(Body(mass_kg=1000, length_m=5.0, is_rocket_body=True))
    >>> bool(abs(event.fragments.mass_kg.sum() + event.dust_kg - 1000) < 1e-9)
    True
    """
    _check(smallest_m, (body,))
    if not (np.isfinite(scale) and 0.0 < scale <= 100.0):
        raise InvalidValue("scale", scale, "give a number above 0, to 100; 1 is an upper stage of 600 to 1,000 kg")
    draws = Draws(seed)
    longest = max(body.length_m, 1.01 * smallest_m)
    expected = laws.explosion_count(smallest_m, scale) - laws.explosion_count(longest, scale)
    pieces, dust = _pieces(body, 0, body.mass_kg, expected, smallest_m, longest, False, 1, draws)
    return BreakUp("explosion", pieces, (body,), smallest_m, dust, expected, None, None, seed)


def collide(
    first: Body, second: Body, *, relative_speed_km_s: float, smallest_m: float = 0.1, seed: int = 1
) -> BreakUp:
    """The pieces of a collision of two bodies; `parent` 0 is `first`.

    Catastrophic (at least 40 J per gram of the heavier): each body gives pieces in proportion to its mass. Otherwise
    the lighter one is gone in the dust, and the heavier loses lighter mass times speed squared (in km/s) at most.
    """
    _check(smallest_m, (first, second))
    if not (np.isfinite(relative_speed_km_s) and 0.0 < relative_speed_km_s <= 20.0):
        raise InvalidValue("relative_speed_km_s", relative_speed_km_s, "give a speed above 0, to 20 km/s")
    bodies = (first, second)
    heavier = 0 if first.mass_kg >= second.mass_kg else 1
    masses = {"heavier_kg": bodies[heavier].mass_kg, "lighter_kg": bodies[1 - heavier].mass_kg}
    energy = laws.specific_energy_j_g(**masses, relative_speed_km_s=relative_speed_km_s)
    catastrophic = laws.is_catastrophic(**masses, relative_speed_km_s=relative_speed_km_s)
    mass = laws.collision_mass_kg(**masses, relative_speed_km_s=relative_speed_km_s)
    draws = Draws(seed)
    longest = max(max(body.length_m for body in bodies), 1.01 * smallest_m)
    expected = laws.collision_count(smallest_m, mass) - laws.collision_count(longest, mass)
    parts, dust = [], 0.0
    if catastrophic:
        for index, body in enumerate(bodies):
            share = body.mass_kg / mass
            own_longest = max(body.length_m, 1.01 * smallest_m)
            own = share * (laws.collision_count(smallest_m, mass) - laws.collision_count(own_longest, mass))
            found, lost = _pieces(body, index, body.mass_kg, own, smallest_m, own_longest, True, _MOST_REMNANTS, draws)
            parts.append(found)
            dust += lost
    else:
        body = bodies[heavier]
        longest = max(min(body.length_m, longest), 1.01 * smallest_m)
        found, dust = _pieces(body, heavier, min(mass, body.mass_kg), expected, smallest_m, longest, True, 0, draws)
        parts.append(found)
        dust += masses["lighter_kg"]
        parts.append(_whole(body, heavier, body.mass_kg - float(found.mass_kg.sum()) - dust + masses["lighter_kg"]))
    return BreakUp("collision", Fragments.joined(parts), bodies, smallest_m, dust, expected, energy, catastrophic, seed)


def _check(smallest_m: float, bodies: tuple[Body, ...]) -> None:
    if not (np.isfinite(smallest_m) and SMALLEST_DRAWN_M <= smallest_m <= 1.0):
        raise InvalidValue("smallest_m", smallest_m, f"give a length from {SMALLEST_DRAWN_M:g} to 1 m")


def _pieces(
    body: Body, parent: int, mass_kg: float, expected: float, smallest_m: float, longest_m: float, collision: bool,
    remnants: int, draws: Draws,
) -> tuple[Fragments, float]:  # fmt: skip
    """Pieces and remnants of `mass_kg` of a body, and the mass of its dust; without remnants the rest is not here."""
    count = int(np.floor(expected + draws.uniform(1)[0]))
    if count > MOST_PIECES:
        raise InvalidValue(
            "smallest_m", smallest_m, f"gives {count:,} pieces, more than {MOST_PIECES:,}; give a larger size"
        )
    power = laws.COLLISION_POWER if collision else laws.EXPLOSION_POWER
    length = -np.sort(-laws.draw_lengths_m(count, smallest_m, longest_m, power, draws))
    chi = laws.draw_log_area_to_mass(length, body.is_rocket_body, draws)
    area = laws.area_m2(length)
    mass = area / 10.0**chi
    kept = _within(mass, mass_kg)
    length, chi, area, mass = length[kept], chi[kept], area[kept], mass[kept]
    per_m = expected / (smallest_m**-power - longest_m**-power)  # N(>= length) = per_m length^-power
    left = mass_kg - float(mass.sum())
    dust = min(_dust_kg(per_m, power, smallest_m, body.is_rocket_body), left)
    rest = _remnant_masses(left - dust, remnants, mass_kg) if remnants else np.zeros(0)
    if not len(rest) and remnants:
        dust = left
    rest_length = np.minimum(body.length_m * (rest / body.mass_kg) ** (1.0 / 3.0), body.length_m)
    rest_area = laws.area_m2(rest_length)
    all_chi = np.concatenate([np.log10(rest_area / rest) if len(rest) else rest, chi])
    log_speed = laws.middle_log_speed(all_chi, collision) + laws.LOG_SPEED_SPREAD * draws.normal(len(all_chi))
    ejection = draws.directions(len(all_chi)) * (10.0**log_speed / 1e3)[:, None]
    found = Fragments(
        np.concatenate([rest_length, length]), np.concatenate([rest_area, area]), np.concatenate([rest, mass]),
        ejection, np.full(len(all_chi), parent), np.arange(len(all_chi)) < len(rest),
    )  # fmt: skip
    return found, dust


def _within(mass: Floats, most_kg: float) -> Integers:
    """The rows that are kept when the heaviest pieces are struck out until the sum is at most `most_kg`."""
    order = np.argsort(mass, kind="stable")
    fits = np.cumsum(mass[order]) <= most_kg
    return np.sort(order[fits])


def _dust_kg(per_m: float, power: float, smallest_m: float, rocket_body: bool) -> float:
    """The mass of pieces from 1 mm to `smallest_m`: mean mass times number, over 200 classes of size."""
    edges = np.geomspace(_DUST_FROM_M, smallest_m, 201)
    counts = per_m * (edges[:-1] ** -power - edges[1:] ** -power)
    return float((counts * laws.mean_mass_kg(np.sqrt(edges[:-1] * edges[1:]), rocket_body)).sum())


def _remnant_masses(left_kg: float, most: int, whole_kg: float) -> Floats:
    """What is left as `most` masses in the ratio 1 : 2 : 3 ..., the heaviest first; fewer when it is little."""
    if left_kg <= _NEGLIGIBLE * whole_kg:
        return np.zeros(0)
    count = max(1, min(most, int(np.ceil(8.0 * left_kg / whole_kg))))
    return np.asarray(np.arange(count, 0, -1) * (left_kg / (count * (count + 1) / 2)), dtype=np.float64)


def _whole(body: Body, parent: int, mass_kg: float) -> Fragments:
    """What is left of a body that was only holed: it keeps its orbit."""
    if mass_kg <= _NEGLIGIBLE * body.mass_kg:
        nothing = np.zeros(0)
        none = np.zeros(0, dtype=np.bool_)
        return Fragments(nothing, nothing, nothing, np.zeros((0, 3)), np.zeros(0, dtype=np.int64), none)
    return Fragments(
        np.array([body.length_m]), laws.area_m2(np.array([body.length_m])), np.array([mass_kg]), np.zeros((1, 3)),
        np.array([parent]), np.array([True]),
    )  # fmt: skip
