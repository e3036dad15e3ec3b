"""An alert in sentences that a duty officer can read and pass on: why, where, how sure, how old, what is at stake."""

from __future__ import annotations

from ssa.alerts.grading import Alerts
from ssa.alerts.policies import GRADES, Row
from ssa.conjunctions.hard_bodies import HardBodyRadii
from ssa.conjunctions.three_dimensional import METHOD

STALE_DAYS = 6.0
_WORTH_SAYING = 3.0  # times the probability, before dilution is worth a sentence
_SAYS_MANOEUVRES = ("Starlink", "station-kept", "kept in longitude")


def reasons(alerts: Alerts, place: int, radii: HardBodyRadii | None = None) -> tuple[str, ...]:
    """The sentences of one alert (`place` counts encounters), the reason for its grade first."""
    return (
        _grade(alerts, place), _pass(alerts, place), *_uncertainty(alerts, place), *_sets(alerts, place),
        *(_bodies(alerts, place, radii) if radii else ()), *_stake(alerts, place),
    )  # fmt: skip


def named(alerts: Alerts, row: int) -> str:
    """An object's name and number: `TERRASAR X (31698)`."""
    elements = alerts.encounters.elements
    return f"{elements.name[row].strip() or 'unnamed'} ({elements.norad_id[row]})"


def _grade(alerts: Alerts, place: int) -> str:
    name = GRADES[alerts.grade[place]]
    if alerts.row[place] < 0:
        return f"Green: no condition of {alerts.policy.title} for red or yellow is met."
    row = alerts.policy.rows(name)[alerts.row[place]]
    return f"{name.capitalize()} by {alerts.policy.title}: {' and '.join(_condition(alerts, place, row))}."


def _condition(alerts: Alerts, place: int, row: Row) -> list[str]:
    found, said = alerts.encounters, []
    for name, numbers in row:
        limit = numbers[0]
        if name == "probability_at_least":
            said.append(f"the probability of collision is {found.probability[place]:.1e}, at least {limit:.0e}")
        elif name == "maximum_probability_at_least":
            said.append(
                f"the probability could be up to {found.maximum_probability[place]:.1e} if the orbits were known "
                f"better or worse, at least {limit:.0e}"
            )
        elif name == "miss_at_most_km":
            said.append(f"the miss is {found.miss_distance_km[place]:.3f} km, at most {limit:g} km")
        elif name == "relative_speed_at_least_km_s":
            said.append(f"they pass at {found.relative_speed_km_s[place]:.3f} km/s, at least {limit:g} km/s")
        elif name == "inside_box_rtn_km":
            box = " x ".join(f"{half:g}" for half in numbers)
            said.append(f"it passes inside the box of {box} km (radial, along, across, to either side)")
        else:
            said.append(f"it is within {limit:g} hours")
    return said


def _pass(alerts: Alerts, place: int) -> str:
    found = alerts.encounters
    radial, along, across = found.miss_rtn_km[place].tolist()
    when = found.tca[place].isoformat(0).replace("T", " ").removesuffix("Z")
    where = ", ".join([
        f"{abs(radial):.3f} km {'above' if radial >= 0 else 'below'}",
        f"{abs(along):.3f} km {'ahead' if along >= 0 else 'behind'}",
        f"{abs(across):.3f} km to the {'left' if across >= 0 else 'right'}",
    ])  # fmt: skip
    return (
        f"{named(alerts, int(found.secondary_row[place]))} passes {named(alerts, int(found.primary_row[place]))} at "
        f"{found.miss_distance_km[place]:.3f} km on {when} UTC: {where} of it, at "
        f"{_speed(found.relative_speed_km_s[place])}."
    )


def _speed(km_s: float) -> str:
    return f"{km_s:.2f} km/s" if km_s >= 0.1 else f"{km_s * 1e3:.1f} m/s"


def _uncertainty(alerts: Alerts, place: int) -> list[str]:
    found = alerts.encounters
    radial, along, across = found.joint_sigma_rtn_km[place].tolist()
    said = [
        f"One sigma of the two together is {radial:.2g} km radial, {along:.2g} along, {across:.2g} across "
        f"({_bases(found.primary_basis[place], found.secondary_basis[place])})."
    ]
    if found.is_diluted[place] and found.maximum_probability[place] > _WORTH_SAYING * found.probability[place]:
        said.append(
            f"Diluted: the probability is {found.probability[place]:.1e} because little is known, and could rise to "
            f"{found.maximum_probability[place]:.1e} with better orbits; a low value is no all-clear."
        )
    if found.is_slow[place] and found.method[place] == METHOD:
        said.append(
            "They stay close for long against an orbit: the probability is the three-dimensional one, with curved "
            f"orbits ({found.probability[place]:.1e}); that of a straight pass "
            f"({found.straight_probability[place]:.1e}) does not apply."
        )
    elif found.is_slow[place]:
        said.append(
            "They stay close for long against an orbit, so the probability, which assumes a straight pass, may be far "
            "off: judge by distance."
        )
    return said


def _bases(mine: str, theirs: str) -> str:
    def kind(basis: str) -> str:
        return basis.partition(" (")[2].partition(")")[0] if basis.startswith("assumed") else basis

    first, second = kind(mine), kind(theirs)
    both = first if first == second else f"{first}; {second}"
    return f"assumed by kind of orbit and age: {both}" if mine.startswith("assumed") else both


def _sets(alerts: Alerts, place: int) -> list[str]:
    found = alerts.encounters
    pairs = (
        (int(found.primary_row[place]), float(found.primary_age_days[place]), str(found.primary_basis[place])),
        (int(found.secondary_row[place]), float(found.secondary_age_days[place]), str(found.secondary_basis[place])),
    )
    first, second = (round(age, 1) + 0.0 for _, age, _ in pairs)  # no negative zero
    said = [f"The element sets are {first:.1f} and {second:.1f} days old at that time."]
    for row, age, basis in pairs:
        if age > STALE_DAYS:
            said.append(f"The set of {named(alerts, row)} is old: look for a newer one first.")
        if any(word in basis for word in _SAYS_MANOEUVRES):
            said.append(f"{named(alerts, row)} may have moved, or may move before, by its own engines.")
    return said


def _bodies(alerts: Alerts, place: int, radii: HardBodyRadii) -> list[str]:
    rows = (int(alerts.encounters.primary_row[place]), int(alerts.encounters.secondary_row[place]))
    first, second = (f"{radii.radius_m[row]:.2g} m ({radii.basis[row]})" for row in rows)
    return [f"Hard-body radii: {first} and {second}."]


def _stake(alerts: Alerts, place: int) -> list[str]:
    if alerts.stakes is None:
        return []
    rows = (int(alerts.encounters.primary_row[place]), int(alerts.encounters.secondary_row[place]))
    said = []
    for row in rows:
        stake = alerts.stakes.said_of(int(alerts.encounters.elements.norad_id[row]))
        if stake is not None:
            said.append(f"At stake: {named(alerts, row)} {stake}.")
    return said
