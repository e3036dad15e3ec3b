"""Hard-body radii from what the catalogue says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ssa.conjunctions.hard_bodies import hard_body_radii
from tests.made_up_catalogue import made_up_catalogue


def test_a_radius_is_known_or_from_the_cross_section_or_assumed() -> None:
    snapshot = made_up_catalogue([
        (25544, "ISS (ZARYA)", "ISS", "PAY", "+"), (30001, "SAT", "FR", "PAY", "+"), (30002, "SAT 2", "FR", "PAY", "+"),
        (30003, "A DEB", "FR", "DEB", None), (30004, "B R/B", "FR", "R/B", None), (30005, "?", None, None, None),
    ])  # fmt: skip
    snapshot = replace(snapshot, rcs_m2=np.array([400.0, np.pi, np.nan, np.pi * 0.01, np.nan, 0.0]))
    found = hard_body_radii(snapshot)
    assert found.radius_m.tolist() == pytest.approx([66.1, 3.75, 4.0, 0.1, 4.0, 1.0])
    assert found.basis.tolist() == [
        "published", "from its radar cross-section", "assumed for type PAY", "from its radar cross-section",
        "assumed for type R/B", "assumed for type UNK",
    ]  # fmt: skip


def test_a_cross_section_beyond_reason_is_held_within_bounds() -> None:
    snapshot = made_up_catalogue([(1, "A", "US", "PAY", "+"), (2, "B", "US", "DEB", None)])
    found = hard_body_radii(replace(snapshot, rcs_m2=np.array([1e5, 1e-9])))
    assert found.radius_m.tolist() == [30.0, 0.05]
