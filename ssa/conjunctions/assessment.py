"""One encounter by every method, with the test that says which of the numbers may be used."""

from __future__ import annotations

from dataclasses import dataclass

from ssa.conjunctions.encounter import Encounter, EncounterPlane, encounter_plane
from ssa.conjunctions.maximum_probability import MaximumProbability, maximum_probability
from ssa.conjunctions.probability import (
    CollisionProbability,
    alfano2005,
    chan1997,
    checked_radius_km,
    foster1992,
    patera2001,
)
from ssa.conjunctions.three_dimensional import ThreeDimensionalProbability, three_dimensional
from ssa.conjunctions.usage import UsageTest, usage_of_plane

_NO_PLANE = "the relative speed is 0: there is no encounter plane"


@dataclass(frozen=True, eq=False)
class CollisionAssessment:
    """What is known of one encounter: a probability for each method, the usage test, and what they rest on."""

    encounter: Encounter
    hard_body_radius_m: float
    plane: EncounterPlane | None
    foster1992: CollisionProbability
    chan1997: CollisionProbability
    alfano2005: CollisionProbability
    patera2001: CollisionProbability
    maximum: MaximumProbability
    three_dimensional: ThreeDimensionalProbability
    usage: UsageTest

    @property
    def methods(self) -> dict[str, CollisionProbability]:
        """The methods by name."""
        names = ("foster1992", "chan1997", "alfano2005", "patera2001", "maximum", "three_dimensional")
        return {name: getattr(self, name) for name in names}

    @property
    def best(self) -> CollisionProbability:
        """The value to use: Foster's where the usage test passes, else the three-dimensional one."""
        return self.foster1992 if self.usage.applies else self.three_dimensional


def collision_probability(encounter: Encounter, *, hard_body_radius_m: float) -> CollisionAssessment:
    """Assess an encounter by every method that is fast enough to be asked at once (`monte_carlo` is not among them).

    Methods that do not apply have no value and say why. Raises `InvalidValue` for a radius outside 0 to 1,000 km.
    """
    checked_radius_km(hard_body_radius_m)
    plane = encounter_plane(encounter, hard_body_radius_m)
    curved = three_dimensional(encounter, hard_body_radius_m)
    if plane is None:
        two = {
            name: CollisionProbability.refused(name, _NO_PLANE)
            for name in ("foster1992", "chan1997", "alfano2005", "patera2001")
        }
        maximum = MaximumProbability("maximum", None, None, None, (), (_NO_PLANE,))
    else:
        two = {one.__name__: one(plane, hard_body_radius_m) for one in (foster1992, chan1997, alfano2005, patera2001)}
        maximum = maximum_probability(plane, hard_body_radius_m)
    usage = usage_of_plane(encounter, plane, two["foster1992"], curved)
    return CollisionAssessment(
        encounter, float(hard_body_radius_m), plane, two["foster1992"], two["chan1997"], two["alfano2005"],
        two["patera2001"], maximum, curved, usage,
    )  # fmt: skip
