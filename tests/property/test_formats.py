"""Laws of the formats, and attacks on the readers.

`SSA_FUZZ_EXAMPLES` sets how many damaged texts each attack tries (default 300; run once with 200,000 by hand).
"""

from __future__ import annotations

import os
import re

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orbits import ElementSetError, ElementSets
from orbits.formats import explain, format_alpha5, read_element_sets, write_element_sets
from orbits.formats.epochs import ccsds_epoch, format_ccsds_epoch

from .damaged_texts import FORMS, SETS, TEXTS, damaged, text_values_of

FUZZ_EXAMPLES = int(os.environ.get("SSA_FUZZ_EXAMPLES", "300"))
OMM_FORMS = ("omm-csv", "omm-json", "omm-xml", "omm-kvn")

numbers = st.integers(1, 999_999_999)
angles = st.floats(0.0, 360.0)
any_finite = st.floats(allow_nan=False, allow_infinity=False)
tidy_text = st.text(st.characters(codec="utf-8", exclude_characters="\n"), max_size=40).map(
    lambda text: text.strip(" \t\r\n")
)
xml_text = st.text(
    st.characters(codec="utf-8", min_codepoint=0x20, exclude_categories=("Cs",), exclude_characters="\ufffe\uffff"),
    max_size=40,
).map(lambda text: text.strip(" "))
counts = st.integers(0, 999_999_999)
# The fraction of an epoch that is printed with 12 decimals of a second.
fractions = (
    st.integers(0, 86_400 * 10**12 - 1)
    .map(lambda picoseconds: picoseconds / (86_400 * 10**12))
    .filter(lambda f: f < 1.0)
)


@st.composite
def element_sets(draw: st.DrawFn, names: st.SearchStrategy[str] = tidy_text) -> ElementSets:
    size = draw(st.integers(1, 4))

    def column(values: st.SearchStrategy[object]) -> list[object]:
        return draw(st.lists(values, min_size=size, max_size=size))

    return ElementSets(
        norad_id=column(numbers), name=column(names), object_id=column(names),
        classification=column(st.sampled_from("UCS")),
        epoch_jd_day=column(st.integers(2435840, 2500000).map(lambda day: day + 0.5)),
        epoch_day_fraction=column(fractions),
        mean_motion_rev_day=column(st.floats(1e-6, 20.0)), eccentricity=column(st.floats(0.0, 1.0, exclude_max=True)),
        inclination_deg=column(st.floats(0.0, 180.0)), raan_deg=column(angles), argument_of_perigee_deg=column(angles),
        mean_anomaly_deg=column(angles), bstar_per_earth_radius=column(any_finite),
        mean_motion_dot_rev_day2=column(any_finite),
        mean_motion_ddot_rev_day3=column(any_finite), ephemeris_type=column(st.integers(0, 9)),
        element_set_number=column(counts),
        revolution_at_epoch=column(counts),
    )  # fmt: skip


def same(one: ElementSets, other: ElementSets, without: tuple[str, ...] = ()) -> bool:
    return all(
        getattr(one, name).tolist() == getattr(other, name).tolist()
        for name in one.column_names()
        if name not in without
    )


@pytest.mark.parametrize("form", ["omm-csv", "omm-json"])
@given(
    elements=element_sets(st.text(st.characters(codec="utf-8"), max_size=40).map(lambda text: text.strip(" \t\r\n")))
)
def test_reading_what_was_written_gives_every_value_back(form: str, elements: ElementSets) -> None:
    back = read_element_sets(write_element_sets(elements, form).encode())
    assert back.refused == ()
    assert same(back, elements)


@given(elements=element_sets(xml_text))
def test_reading_xml_that_was_written_gives_every_value_back(elements: ElementSets) -> None:
    assert same(read_element_sets(write_element_sets(elements, "omm-xml").encode()), elements)


@given(elements=element_sets())
def test_reading_kvn_that_was_written_gives_every_value_back(elements: ElementSets) -> None:
    assert same(read_element_sets(write_element_sets(elements, "omm-kvn").encode()), elements)


def implied(mantissas: st.SearchStrategy[int]) -> st.SearchStrategy[float]:
    """What five digits and a power of ten from -9 to 9 can say."""
    return st.builds(lambda m, e: float(f"{m / 1e5:.5f}e{e}"), mantissas, st.integers(-9, 9))


@st.composite
def sets_that_a_tle_carries(draw: st.DrawFn) -> ElementSets:
    elements = draw(element_sets())
    size = len(elements)

    def column(values: st.SearchStrategy[object]) -> list[object]:
        return draw(st.lists(values, min_size=size, max_size=size))

    def printed(last: int, scale: int, first: int = 0) -> st.SearchStrategy[float]:
        return st.integers(first, last).map(lambda n: n / scale)

    mantissas = st.one_of(st.just(0), st.integers(10_000, 99_999), st.integers(-99_999, -10_000))
    designators = st.builds(
        lambda year, launch, piece: f"{year}-{launch:03d}{piece}", st.integers(1957, 2056), st.integers(0, 999),
        st.text("ABCDEFGHJKLMNPQRSTUVWXYZ", max_size=3),
    )  # fmt: skip
    columns = {name: getattr(elements, name) for name in elements.column_names()}
    columns |= {
        "norad_id": column(st.integers(1, 339_999)), "object_id": column(designators | st.just("")),
        "epoch_jd_day": column(st.integers(2435839, 2472362).map(lambda day: day + 0.5)),
        "epoch_day_fraction": column(printed(99_999_999, 10**8)), "mean_motion_rev_day": column(printed(20 * 10**8,
        10**8, 1)),
        "eccentricity": column(printed(9_999_999, 10**7)), "inclination_deg": column(printed(1_800_000, 10_000)),
        "raan_deg": column(printed(3_600_000, 10_000)), "argument_of_perigee_deg": column(printed(3_600_000, 10_000)),
        "mean_anomaly_deg": column(printed(3_600_000, 10_000)), "bstar_per_earth_radius": column(implied(mantissas)),
        "mean_motion_dot_rev_day2": column(printed(99_999_999, 10**8, -99_999_999)),
        "mean_motion_ddot_rev_day3": column(implied(mantissas)), "element_set_number": column(st.integers(0, 9999)),
        "revolution_at_epoch": column(st.integers(0, 99_999)),
    }  # fmt: skip
    return ElementSets(**columns)


@given(elements=sets_that_a_tle_carries())
def test_a_tle_gives_back_every_value_that_it_can_print_and_then_the_same_text(elements: ElementSets) -> None:
    text = write_element_sets(elements, "3le")
    assert all(len(line) == 69 for line in text.split("\n") if line[:2] in ("1 ", "2 ") and len(line) > 60)
    back = read_element_sets(text.encode())
    assert back.refused == ()
    assert same(back, elements)
    assert write_element_sets(back, "3le") == text


@given(elements=element_sets(), form=st.sampled_from(OMM_FORMS))
def test_a_form_in_between_changes_nothing(elements: ElementSets, form: str) -> None:
    try:
        text = write_element_sets(elements, form)
    except ElementSetError:  # a name that the form does not carry
        assert form in ("omm-xml", "omm-kvn")
        return
    between = read_element_sets(text.encode())
    assert write_element_sets(between, "omm-json") == write_element_sets(elements, "omm-json")


@given(day=st.integers(2435840, 5000000), fraction=fractions)
def test_an_epoch_read_from_what_was_written_is_the_same_float(day: int, fraction: float) -> None:
    assert ccsds_epoch(format_ccsds_epoch(day + 0.5, fraction)) == (day + 0.5, fraction)


@given(number=st.integers(-10, 400_000))
def test_alpha5_orders_numbers_as_text(number: int) -> None:
    if 1 <= number < 339_999:
        assert format_alpha5(number) < format_alpha5(number + 1)


fuzz = settings(max_examples=FUZZ_EXAMPLES, suppress_health_check=list(HealthCheck), deadline=None)


@pytest.mark.parametrize("form", FORMS)
@fuzz
@given(draw=st.data())
def test_a_damaged_text_gives_right_records_or_refusals_and_nothing_else(form: str, draw: st.DataObject) -> None:
    """No exception but ours, no NaN, and every record that loads says what some record of the damaged text says."""
    content = draw.draw(damaged(form))
    try:
        elements = read_element_sets(content)
    except ElementSetError:
        return
    check(form, content, elements)


def check(form: str, content: bytes, elements: ElementSets) -> None:
    for name in elements.column_names():
        column = getattr(elements, name)
        if column.dtype == np.float64:
            assert np.isfinite(column).all(), name
    assert ((elements.norad_id >= 0) & (elements.norad_id <= 999_999_999)).all()
    assert (elements.mean_motion_rev_day > 0).all()
    assert ((elements.eccentricity >= 0) & (elements.eccentricity < 1)).all()
    for refused in elements.refused:
        assert refused.line >= 1
        assert len(refused.text) <= 200
        assert explain(refused)
        refused.text.encode()
    rows = [{name: getattr(elements, name)[row].item() for name in VALUES} for row in range(len(elements))]
    # A reader keeps nothing from one text to the next: what the sound text says can only come from this text too.
    strange = [values for values in rows if values not in SOUND_VALUES]
    stated = text_values_of(form, content) if strange else []
    assert not [values for values in strange if values not in stated]
    intact = [name for name in SETS if re.search(re.escape(name.encode()), content)]
    assert len(elements) + len(elements.refused) >= min(1, len(intact))


VALUES = (
    "norad_id", "mean_motion_rev_day", "eccentricity", "inclination_deg", "raan_deg", "argument_of_perigee_deg",
    "mean_anomaly_deg", "bstar_per_earth_radius",
)  # fmt: skip
SOUND_VALUES = text_values_of("omm-csv", TEXTS["omm-csv"].encode())
