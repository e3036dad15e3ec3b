"""The published collision probabilities of `reference/pc_cases.json`, as encounters."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from ssa.conjunctions.encounter import Encounter
from ssa.conjunctions.states import ObjectState


def cases_of(shared: Path, kind: str = "state") -> list[dict[str, Any]]:
    document = json.loads((shared / "reference" / "pc_cases.json").read_text())
    return [case for case in document["cases"] if case["kind"] == kind]


def encounter_of_case(case: dict[str, Any]) -> Encounter:
    return Encounter(
        *(
            ObjectState(np.array(case[f"r{n}"]) / 1e3, np.array(case[f"v{n}"]) / 1e3, np.array(case[f"cov{n}"]) / 1e6)
            for n in (1, 2)
        )
    )


def published(case: dict[str, Any], *methods: str) -> dict[str, Any] | None:
    """The first published answer by one of these methods."""
    return next((one for one in case["expected"] if one["method"] in methods), None)


def within(value: float, answer: dict[str, Any]) -> bool:
    """Whether a value is within the answer's stated tolerance."""
    tolerance = answer["tolerance"]
    if "lo95" in tolerance:
        return tolerance["lo95"] <= value <= tolerance["hi95"]
    if "abs" in tolerance:
        return abs(value - answer["value"]) <= tolerance["abs"]
    return abs(value - answer["value"]) <= tolerance["rel"] * abs(answer["value"])
