"""Rules from JSON objects, as `AccessRule.as_json` writes them; every refusal names the place, the value, the way out.

{"all_of": [{"rule": "nadir_cone", "half_angle_deg": 30}, {"not": {"rule": "satellite_sunlit"}}]}
"""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

from orbits.errors import InvalidValue
from ssa.errors import UnknownName
from ssa.names import nearest_names
from ssa.sensors.elevation_mask import ElevationMask
from ssa.sensors.fields_of_view import ConicalField, RectangularField
from ssa.sensors.lighting import SatelliteSunlit, SunElevation
from ssa.sensors.radar import SarAnnulus, Squint
from ssa.sensors.rules import AccessRule, AllOf, AnyOf, Condition, joined
from ssa.sensors.viewing import Distance, Elevation, NadirCone, OffNadir

CONDITIONS: dict[str, type[Condition]] = {
    kind.NAME: kind
    for kind in (
        Elevation, ElevationMask, NadirCone, OffNadir, Distance, SarAnnulus, Squint, ConicalField, RectangularField,
        SunElevation, SatelliteSunlit,
    )
}  # fmt: skip
_MAX_DEPTH = 32
_JOINTS: dict[str, type[AllOf] | type[AnyOf]] = {"all_of": AllOf, "any_of": AnyOf}


def rule_from_json(content: Any, place: str = "rule") -> AccessRule:
    """The rule of a JSON object.

    Raises `InvalidValue` (or `UnknownName`) whose `field` is the place, such as `rule.all_of[1].half_angle_deg`.

    >>> str(rule_from_json({"any_of": [{"rule": "elevation", "min_elevation_deg": 10},
    ...                                {"not": {"rule": "satellite_sunlit"}}]}))
    "elevation at least 10 deg or satellite in the Earth's shadow"
    """
    return _rule(content, place, 0)


def _rule(content: Any, place: str, depth: int) -> AccessRule:
    if depth > _MAX_DEPTH:
        raise InvalidValue(place, f"{depth} levels", f"is nested too deeply; use at most {_MAX_DEPTH} levels")
    if not isinstance(content, dict):
        raise InvalidValue(place, repr(content)[:80], 'is not a rule; write {"rule": "elevation", ...}')
    heads = [key for key in ("rule", "all_of", "any_of", "not") if key in content]
    if len(heads) != 1:
        said = " and ".join(heads) or ", ".join(map(str, content)) or "an empty object"
        raise InvalidValue(place, said, "is not a rule; give exactly one of rule, all_of, any_of and not")
    head = heads[0]
    if head == "rule":
        return _condition(content, place)
    if len(content) > 1:
        other = next(key for key in content if key != head)
        raise InvalidValue(place, other, f"stands beside {head}; put it into a rule of its own")
    if head == "not":
        return ~_rule(content["not"], f"{place}.not", depth + 1)
    parts = content[head]
    if not isinstance(parts, list) or not parts:
        raise InvalidValue(f"{place}.{head}", repr(parts)[:80], "must be a list of one or more rules")
    return joined(_JOINTS[head], *(_rule(part, f"{place}.{head}[{k}]", depth + 1) for k, part in enumerate(parts)))


def _condition(content: dict[str, Any], place: str) -> Condition:
    name = content["rule"]
    if not isinstance(name, str) or name not in CONDITIONS:
        raise UnknownName(f"{place}.rule", name, nearest_names(name, CONDITIONS) or sorted(CONDITIONS))
    kind = CONDITIONS[name]
    known = {part.name: part for part in fields(kind)}  # type: ignore[arg-type]
    for key in content:
        if key != "rule" and key not in known:
            nearest = nearest_names(key, known) or sorted(known)
            raise UnknownName(f"{place} ({name})", key, nearest)
    missing = [key for key, part in known.items() if part.default is MISSING and key not in content]
    if missing:
        raise InvalidValue(f"{place}.{missing[0]}", None, f"is missing; {name} needs it")
    try:
        return kind(**{key: value for key, value in content.items() if key != "rule"})
    except UnknownName as error:
        raise UnknownName(f"{place}.{error.field}", error.value, error.nearest) from None
    except InvalidValue as error:
        raise InvalidValue(f"{place}.{error.field}", error.value, error.reason) from None
