"""Rules compiled to flat numeric programs, which the kernels of `ssa.access_kernels` evaluate.

`&` and `|` of margins are min and max, which distribute over each other: every rule is the largest of smallests,
without a change in its margin. So a program needs no stack. The form can be long for rules that join many alternatives;
beyond `MAX_CONDITIONS` a rule is refused.
"""

from __future__ import annotations

from itertools import product

import numpy as np

from orbits.arrays import Floats, read_only
from orbits.errors import InvalidValue
from ssa.access_kernels import (
    CLAUSE,
    CODE,
    DETIC,
    FIRST,
    SIGN,
    WIDTH,
    rule_margins_kernel,
    widest_central_angles_kernel,
)
from ssa.sensors.geometry import AccessGeometry
from ssa.sensors.rules import AccessRule, AllOf, AnyOf, Condition, Not, joined
from ssa.sensors.viewing import HORIZON

MAX_CONDITIONS = 512


def for_access(rule: AccessRule) -> AccessRule:
    """The rule with the target's horizon added, unless the rule itself says how low the satellite may stand.

    >>> from ssa.sensors.lighting import TARGET_DARK
    >>> str(for_access(TARGET_DARK))
    'Sun at most -6 deg high at the target and elevation at least 0 deg'
    """
    return rule if rule.keeps_above_horizon else rule & HORIZON


def compiled(rule: AccessRule) -> Floats:
    """The program (k, WIDTH) of a rule as it stands, read-only; for access, compile `for_access(rule)`.

    Raises `InvalidValue` for a rule whose program would hold more than `MAX_CONDITIONS` conditions.

    >>> from ssa.sensors.viewing import Elevation, NadirCone
    >>> compiled(Elevation(5) & NadirCone(30) | Elevation(60)).shape
    (3, 16)
    """
    clauses = [clause for clause in _clauses(rule) if clause]
    rows = []
    for number, clause in enumerate(clauses):
        for literal in clause:
            sign, condition = (-1.0, literal.condition) if isinstance(literal, Not) else (1.0, literal)
            assert isinstance(condition, Condition)
            code, is_detic, values = condition.row()
            rows.append(_row((code, sign, number, is_detic), values))
            rows.extend(_row((code, 1.0, number, False), values) for code, values in condition.more_rows())
    return read_only(np.stack(rows), np.float64)


def _row(head: tuple[float, float, float, float], values: tuple[float, ...]) -> Floats:
    row = np.zeros(WIDTH)
    row[[CODE, SIGN, CLAUSE, DETIC]] = head
    row[FIRST : FIRST + len(values)] = values
    return row


def _clauses(rule: AccessRule) -> list[tuple[AccessRule, ...]]:
    """The rule as alternatives of conditions that hold together."""
    if isinstance(rule, AnyOf):
        found = [clause for part in rule.parts for clause in _clauses(part)]
    elif isinstance(rule, AllOf):
        found = [()]
        for part in rule.parts:
            found = [
                tuple(dict.fromkeys((*before, *after))) for before, after in product(found, _clauses(part))
            ]  # fmt: skip
            _refuse_too_long(found)
    else:
        found = [(rule,)]
    _refuse_too_long(found)
    simplest = joined(AnyOf, *(joined(AllOf, *clause) for clause in found))
    alternatives = simplest.parts if isinstance(simplest, AnyOf) else (simplest,)
    return [clause.parts if isinstance(clause, AllOf) else (clause,) for clause in alternatives]


def _refuse_too_long(clauses: list[tuple[AccessRule, ...]]) -> None:
    count = sum(map(len, clauses))
    if count > MAX_CONDITIONS:
        raise InvalidValue("rule", f"{count} conditions", f"more than {MAX_CONDITIONS}; join fewer alternatives")


def margins(rule: AccessRule, geometry: AccessGeometry) -> Floats:
    """The rule's margin (...) in rad by its compiled program: what `rule.margin` gives, by the kernels."""
    rows = geometry.rows()
    found = np.empty(len(rows))
    rule_margins_kernel(compiled(rule), rows, found)
    return found.reshape(geometry.shape)


def widest_central_angle_deg(rule: AccessRule, satellite_radius_km: Floats | float) -> Floats:
    """The central angle (...) in deg between satellite and target beyond which the rule cannot hold, horizon included.

    For satellites at a geocentric radius (km); for an orbit give its largest. See `ssa.access_kernels`.

    >>> from ssa.sensors.viewing import Elevation
    >>> float(widest_central_angle_deg(Elevation(0), 6378.137 + 700).round(1))
    26.5
    """
    radii = np.asarray(satellite_radius_km, dtype=np.float64)
    flat = np.ascontiguousarray(radii.reshape(-1))
    found = np.empty(len(flat))
    widest_central_angles_kernel(compiled(for_access(rule)), flat, found)
    return np.degrees(found).reshape(radii.shape)
