"""Which objects a question is about, and that every object is accounted for."""

from __future__ import annotations

import pytest

from api.selection import Choice, select_objects
from orbits import Instant, InvalidValue
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.errors import UnknownName
from tests.made_up_catalogue import made_up_catalogue

AT = Instant.parse("2026-03-10T06:00:00Z")
ROWS = [
    (11, "ICEYE-X1", "FIN", "PAY", "+"), (12, "PLEIADES 1A", "FR", "PAY", "+"), (13, "GAOFEN 1", "PRC", "PAY", "+"),
    (14, "SOME R/B", "FR", "R/B", None), (15, "OLD SAT", "FR", "PAY", "-"),
]  # fmt: skip


@pytest.fixture
def snapshot() -> CatalogueSnapshot:
    return made_up_catalogue(ROWS)


@pytest.mark.parametrize("text", ["13,11,13", "13 11", " 13;11\n", "13,,11,"])
def test_numbers_may_be_set_apart_by_commas_blanks_or_semicolons_and_count_once(
    snapshot: CatalogueSnapshot, text: str
) -> None:
    selection = select_objects(snapshot, Choice(objects=text), at=AT)
    assert selection.objects.elements.norad_id.tolist() == [13, 11]


def test_every_object_of_the_catalogue_is_chosen_or_left_out_with_a_reason(snapshot: CatalogueSnapshot) -> None:
    selection = select_objects(snapshot, Choice(alliance="NATO", mission="imaging"), at=AT)
    assert selection.objects.elements.norad_id.tolist() == [11, 12]
    assert len(selection.objects) + sum(selection.left_out.values()) == len(ROWS)
    assert selection.described["on"] == "2026-03-10"
    assert selection.described["mission"] == "imaging"


def test_members_are_those_of_the_day_of_the_question(snapshot: CatalogueSnapshot) -> None:
    before_finland = select_objects(snapshot, Choice(alliance="NATO", on="2023-04-03"), at=AT)
    assert before_finland.objects.elements.norad_id.tolist() == [12]


def test_objects_that_decayed_before_are_skipped_by_name_and_those_that_decay_later_are_not() -> None:
    gone = made_up_catalogue(ROWS[:1], decayed="2026-03-09")
    selection = select_objects(gone, Choice(everything=True), at=AT)
    assert (len(selection.objects), selection.skipped[0].norad_id) == (0, 11)
    later = made_up_catalogue(ROWS[:1], decayed="2026-03-10")
    assert len(select_objects(later, Choice(everything=True), at=AT).objects) == 1


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        (Choice(), "objects"),
        (Choice(objects="11", everything=True), "objects"),
        (Choice(objects="11", alliance="NATO"), "objects"),
        (Choice(objects="99"), "objects"),
        (Choice(objects="x"), "objects"),
        (Choice(objects="11", on="2026-03-10"), "on"),
        (Choice(everything=True, commercial=True), "commercial"),
        (Choice(objects=",".join(["11"] * 10_001)), "objects"),
    ],
)
def test_choices_that_say_nothing_or_too_much_are_refused(
    snapshot: CatalogueSnapshot, choice: Choice, field: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        select_objects(snapshot, choice, at=AT)
    assert refused.value.field == field


def test_an_unknown_mission_offers_the_nearest(snapshot: CatalogueSnapshot) -> None:
    with pytest.raises(UnknownName, match="imaging"):
        select_objects(snapshot, Choice(everything=True, mission="imagin"), at=AT)
