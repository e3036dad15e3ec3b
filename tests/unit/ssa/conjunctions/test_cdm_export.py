"""Messages made of a screening: they read back the same, and give the probability that was written."""

from __future__ import annotations

import numpy as np
import pytest

from orbits import ElementSets, Instant, TimeSpan
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.conjunctions.assessment import collision_probability
from ssa.conjunctions.cdm import read_cdms
from ssa.conjunctions.cdm_encounter import encounter_of, hard_body_radius_of
from ssa.conjunctions.cdm_export import messages_of
from ssa.conjunctions.cdm_writer import write_cdm
from ssa.conjunctions.screening import screen
from tests.orbits_of_note import EPOCH, made_up
from tests.unit.ssa.conjunctions.test_screening import crowd


def snapshot_of(elements: ElementSets) -> CatalogueSnapshot:
    def column(text: str | None) -> np.ndarray:
        return np.array([text] * len(elements), dtype=object)

    return CatalogueSnapshot(
        elements=elements, owner=column("FR"), object_type=column("PAY"), ops_status=column("+"),
        launch_date=column(None), decay_date=column(None), rcs_m2=np.full(len(elements), 2.0),
        as_of=Instant.parse(EPOCH), data_mode="SIMULATED", source="made up",
    )  # fmt: skip


@pytest.mark.parametrize("form", ["kvn", "xml"])
def test_a_message_reads_back_the_same_and_gives_its_own_probability(form: str) -> None:
    elements = crowd(90)
    snapshot = snapshot_of(elements)
    found = screen(elements, TimeSpan.of(EPOCH, hours=6), miss_km=20.0)
    assert len(found) > 5
    for row, message in enumerate(messages_of(snapshot, found)):
        (read,) = read_cdms(write_cdm(message, form))  # type: ignore[arg-type]
        assert dict(read.relative) == dict(message.relative)
        assert [dict(one.fields) for one in read.objects] == [dict(one.fields) for one in message.objects]
        assert abs(read.tca.seconds_since(found.span.start) - found.tca_s[row]) < 1e-6
        encounter = encounter_of(read)
        assert np.linalg.norm(encounter.relative_position_km) == pytest.approx(found.miss_distance_km[row], abs=1e-4)
        radius = hard_body_radius_of(read).radius_m
        again = collision_probability(encounter, hard_body_radius_m=radius).methods["foster1992"].value
        assert again == pytest.approx(message.relative["COLLISION_PROBABILITY"], rel=1e-3, abs=1e-30)


def test_an_encounter_too_slow_for_a_straight_pass_has_no_probability_but_a_comment() -> None:
    """Two planes a tenth of a degree apart: they meet at the nodes, at 13 m/s."""
    orbit = {"mean_motion": 15.0, "eccentricity": 0.0005}
    one = made_up("ONE", norad_id=930_000_001, inclination=51.0, **orbit)  # type: ignore[arg-type]
    other = made_up("OTHER", norad_id=930_000_002, inclination=51.1, anomaly=270.008, **orbit)  # type: ignore[arg-type]
    elements = ElementSets.concatenate([one, other])
    found = screen(elements, TimeSpan.of(EPOCH, hours=6), miss_km=5.0)
    messages = list(messages_of(snapshot_of(elements), found))
    assert len(messages) >= 6
    assert found.relative_speed_km_s.max() < 0.02
    for message in messages:
        assert "COLLISION_PROBABILITY" not in message.relative
        assert any("too long for a straight pass" in text for _, text in message.comments)
        assert "COMMENT No COLLISION_PROBABILITY" in write_cdm(message)


def test_a_hostile_name_becomes_printable() -> None:
    elements = crowd(90)
    columns = {name: getattr(elements, name) for name in ElementSets.column_names()}
    columns["name"] = np.array([f"SAT\x1b[2J\u00e9 {k}" for k in range(len(elements))], dtype=object)
    hostile = ElementSets(**columns)
    found = screen(hostile, TimeSpan.of(EPOCH, hours=6), miss_km=20.0)
    first = next(messages_of(snapshot_of(hostile), found))
    assert "SAT?[2J?" in write_cdm(first)
