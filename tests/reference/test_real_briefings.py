"""Briefings on the real catalogue of March 2026: NATO over the Baltic states, with partners over the North Pacific, and
the African Union over the Sahel. Coarser cells than a user gets, so that the three take some seconds together.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
import shapely

from api.scenes.briefing_page import briefing_html
from api.scenes.briefing_pdf import briefing_pdf
from orbits import TimeSpan
from ssa.alerts.policies import find_policy
from ssa.alliances import find_alliance
from ssa.briefing import Briefing, compose_briefing
from ssa.briefing.value import FORMS
from ssa.candidates import of_alliance
from ssa.regions import Region
from ssa.regions.outlines import find_outline
from ssa.sensor_fleets import SensorFleet, equip
from tests.made_up_briefing import shown
from tests.real_catalogue import catalogue_of_march_2026
from tests.unit.ssa.test_briefing import at

pytestmark = pytest.mark.real_data
LARGEST_LIGHT = 300_000


def joined(*codes: str) -> shapely.Geometry:
    return shapely.union_all([find_outline(code).shape for code in codes])


CASES = {
    "Baltic states": (("NATO", None), joined("EST", "LVA", "LTU"), 25.0),
    "North Pacific": (("NATO", "JPN+KOR+AUS"), shapely.box(150.0, 30.0, 220.0, 60.0), 250.0),
    "Sahel": (("African Union", None), joined("MRT", "MLI", "BFA", "NER", "TCD", "SEN"), 130.0),
}


def composed(shared: Path, name: str) -> Briefing:
    snapshot = catalogue_of_march_2026(shared)
    (alliance, partners), shape, cell_km = CASES[name]
    span = TimeSpan.of("2026-03-10T12:00:00Z", hours=24)

    def fleet(asked: str) -> SensorFleet:
        return equip(of_alliance(find_alliance(asked), snapshot, on=span.start.date()), mission="imaging")

    return compose_briefing(
        Region(name, shape), cell_km, fleet(f"{alliance}+{partners}" if partners else alliance), span,
        mission="imaging", core=fleet(alliance) if partners else None, miss_km=5.0, policy=find_policy("public-sets"),
        debris=True, decay_days=60.0,
    )  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_three_cases_are_traced_small_and_whole(shared: Path, name: str) -> None:
    found = composed(shared, name)
    answer, tracks, made = shown(found, marking="EXERCISE")
    assert len(found.bottom_line) == 5
    for line in answer["bottom_line"]:
        for number in line["numbers"]:
            assert FORMS[number["form"]](at(answer, number["key"])) == number["shown"]
    assert len(briefing_html(found, answer, made, tracks, light=True).encode()) <= LARGEST_LIGHT
    document = pypdfium2.PdfDocument(briefing_pdf(answer, made))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    assert 4 <= len(pages) <= 12
    assert all(text.count("EXERCISE") == 2 for text in pages)
    assert sum(answer["conjunctions"]["counts"].values()) >= 10
    assert 0.0 < answer["debris"]["residual_collisions_per_year"] <= answer["debris"]["collisions_per_year"]
    assert answer["decays"]["large_due"] >= 5  # stages below 300 km come down within weeks
    if name == "North Pacific":
        both = answer["partners"]
        assert both["with"]["covered_fraction"] > both["without"]["covered_fraction"]
        assert any("With partners" in line["text"] for line in answer["bottom_line"])
