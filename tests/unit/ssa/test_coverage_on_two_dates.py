"""One alliance on two dates: another fleet, and so other coverage. Finland joined NATO on 2023-04-04."""

from __future__ import annotations

import pytest

from orbits import TimeSpan
from ssa import coverage_of, equip, find_alliance, parse_region
from ssa.candidates import of_alliance
from ssa.catalogue.simulated import simulated_catalogue
from tests.real_catalogue import catalogue_of_march_2026

BEFORE, AFTER = "2023-04-03", "2023-04-04"


def snapshots():
    return [
        pytest.param("simulated", id="simulated"),
        pytest.param("real", id="real", marks=pytest.mark.real_data),
    ]


@pytest.mark.parametrize("which", snapshots())
def test_an_alliance_that_grew_has_the_new_members_satellites_and_sees_more(which, request):
    if which == "simulated":
        snapshot = simulated_catalogue()
    else:
        snapshot = catalogue_of_march_2026(request.getfixturevalue("shared"))
    span = TimeSpan.of(snapshot.as_of, hours=12)
    region = parse_region("country:FI")
    fleets, found = [], []
    for day in (BEFORE, AFTER):
        fleet = equip(of_alliance(find_alliance("NATO"), snapshot, on=day), mission="imaging")
        who = zip(fleet.objects.owner, fleet.objects.launch_date, strict=True)
        fleets.append(dict(zip(fleet.objects.elements.norad_id.tolist(), who, strict=True)))
        found.append(coverage_of(region, 120.0, fleet, span, contribution=False))
    early, late = fleets
    assert early.items() <= late.items()
    new = [who for number, who in late.items() if number not in early]
    assert sum(owner == "FIN" for owner, _ in new) > 5
    assert all(launched == AFTER for owner, launched in new if owner != "FIN")  # the day's own launches
    before, after = (one.measures for one in found)
    assert after.covered_fraction > before.covered_fraction
    assert after.mean_fold > before.mean_fold
    assert after.time_average_gap_s < before.time_average_gap_s
    assert after.max_gap_s <= before.max_gap_s
    # each cell's own seconds grow or stay: nobody left
    assert (found[1].cell_measures.covered_fraction >= found[0].cell_measures.covered_fraction - 1e-12).all()
