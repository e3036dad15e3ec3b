"""Writing element sets: what each form carries, and what it refuses to cut down."""

import numpy as np
import pytest

from orbits import ElementSetError, ElementSets
from orbits.formats import detect_format, read_element_sets, write_element_sets

from . import made_up

FORMS = ("tle", "3le", "omm-csv", "omm-json", "omm-xml", "omm-kvn")
OMM_FORMS = FORMS[2:]


def one(**changed: object) -> ElementSets:
    """The made-up set with other values in some columns."""
    elements = read_element_sets(made_up.tle(name="0 MADE UP").encode())
    columns = {name: [value] for name, value in changed.items()}
    return ElementSets(**{name: columns.get(name, getattr(elements, name)) for name in elements.column_names()})


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_told_apart_and_reads_back_the_same(form: str) -> None:
    elements = ElementSets.concatenate([one(), one(norad_id=270449, object_id="")])
    text = write_element_sets(elements, form)
    assert detect_format(text.encode()) == ("tle" if form == "3le" else form)
    back = read_element_sets(text.encode())
    assert back.refused == ()
    for column in elements.column_names():
        if not (column == "name" and form == "tle"):
            assert getattr(back, column).tolist() == getattr(elements, column).tolist(), column


def test_a_canonical_tle_comes_back_as_the_same_text() -> None:
    text = made_up.tle(name="0 MADE UP") + made_up.tle("A0000", name="0 SECOND", one_45="-12345-6", one_34="-.00000000")
    assert write_element_sets(read_element_sets(text.encode()), "3le") == text


def test_values_are_rounded_to_the_columns_of_a_tle() -> None:
    elements = one(
        eccentricity=0.123456789, inclination_deg=51.60005001, raan_deg=359.99996, bstar_per_earth_radius=0.123456e-3,
        mean_motion_rev_day=15.123456786, epoch_day_fraction=0.123456786, mean_motion_ddot_rev_day3=9.99996e-5,
    )  # fmt: skip
    back = read_element_sets(write_element_sets(elements, "tle").encode())
    assert (back.eccentricity[0], back.inclination_deg[0], back.raan_deg[0]) == (0.1234568, 51.6001, 360.0)
    assert (back.bstar_per_earth_radius[0], back.mean_motion_rev_day[0]) == (0.12346e-3, 15.12345679)
    assert (back.epoch_day_fraction[0], back.mean_motion_ddot_rev_day3[0]) == (0.12345679, 1e-4)


@pytest.mark.parametrize(
    ("value", "field"),
    [(0.0, " 00000+0"), (0.22641e-3, " 22641-3"), (-0.5, "-50000+0"), (9.8765, " 98765+1"), (1e-10, " 10000-9"),
     (1e-12, " 00100-9"), (-1.2346e-11, "-01235-9"), (1e-16, " 00000+0"), (123456.0, " 12346+6")],
)  # fmt: skip
def test_the_drag_term_has_five_digits_and_a_power_of_ten(value: float, field: str) -> None:
    assert write_element_sets(one(bstar_per_earth_radius=value), "tle")[53:61] == field


@pytest.mark.parametrize(
    ("column", "value"),
    [("norad_id", 340_000), ("norad_id", 799_501_621), ("norad_id", 0), ("eccentricity", 0.99999996),
     ("mean_motion_rev_day", 100.0),
     ("mean_motion_dot_rev_day2", -1.5), ("bstar_per_earth_radius", 1e9), ("element_set_number", 10_000),
     ("revolution_at_epoch", 100_000), ("ephemeris_type", 10), ("object_id", "UNKNOWN"), ("object_id", "1998-067ABCD"),
     ("epoch_jd_day", 2473460.5), ("inclination_deg", -0.1), ("element_set_number", -1)],
)  # fmt: skip
def test_what_a_tle_cannot_hold_is_refused_and_omm_named_as_the_way_out(column: str, value: object) -> None:
    for form in ("tle", "3le"):
        with pytest.raises(ElementSetError, match=rf"writing {form}: object .*OMM") as caught:
            write_element_sets(one(**{column: value}), form)
        assert str(value)[:6] in str(caught.value)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("column", ["mean_anomaly_deg", "bstar_per_earth_radius", "epoch_day_fraction"])
def test_numbers_that_are_not_finite_are_never_written(form: str, value: float, column: str) -> None:
    with pytest.raises(ElementSetError, match=column):
        write_element_sets(one(**{column: value}), form)


@pytest.mark.parametrize("form", OMM_FORMS)
def test_omm_carries_nine_digit_numbers_and_every_digit(form: str) -> None:
    elements = one(norad_id=999_999_999, eccentricity=0.1 + 0.2, bstar_per_earth_radius=-1.2345678901234567e-13,
                   epoch_day_fraction=1 / 3,
                   revolution_at_epoch=123_456)  # fmt: skip
    back = read_element_sets(write_element_sets(elements, form).encode())
    for column in elements.column_names():
        assert getattr(back, column)[0] == getattr(elements, column)[0], column


HOSTILE = [
    "A,B",
    'SAY "HI"',
    "<b>&amp;]]>",
    "=1+1",
    "@x",
    "+a",
    "-a",
    "[deg]",
    "COMMENT",
    "0 X",
    "ÜÑÍ 衛星 🛰",
    "\u202e",
    "x" * 300,
    "",
    "0",
    "NaN",
    "null",
]


@pytest.mark.parametrize("form", [form for form in FORMS if form != "tle"])
def test_names_come_back_as_they_were(form: str) -> None:
    elements = ElementSets.concatenate([one(name=name) for name in HOSTILE])
    back = read_element_sets(write_element_sets(elements, form).encode())
    assert (back.name.tolist(), back.refused) == (HOSTILE, ())


@pytest.mark.parametrize(
    ("form", "carries"), [("3le", False), ("omm-csv", True), ("omm-json", True), ("omm-xml", True), ("omm-kvn", False)]
)
def test_a_line_break_in_a_name_is_carried_or_refused(form: str, carries: bool) -> None:
    elements = one(name="TWO\r\nLINES")
    if carries:
        assert read_element_sets(write_element_sets(elements, form).encode()).name[0] == "TWO\r\nLINES"
    else:
        with pytest.raises(ElementSetError, match="line breaks"):
            write_element_sets(elements, form)


def test_xml_refuses_a_name_with_characters_that_xml_has_not() -> None:
    for name in ("A\x00B", "\x1b[2J", "\ufffe"):
        with pytest.raises(ElementSetError, match="XML"):
            write_element_sets(one(name=name), "omm-xml")


def test_a_name_that_a_spreadsheet_would_run_is_quoted_in_csv() -> None:
    assert '"=1+1"' in write_element_sets(one(name="=1+1"), "omm-csv")


def test_a_set_without_a_number_is_written_in_the_forms_that_may_lack_it() -> None:
    for form in ("omm-kvn", "omm-xml"):
        text = write_element_sets(one(norad_id=0), form)
        assert "NORAD_CAT_ID" not in text
        assert read_element_sets(text.encode()).norad_id[0] == 0
    for form in ("omm-csv", "omm-json"):
        with pytest.raises(ElementSetError, match="from 1 on"):
            write_element_sets(one(norad_id=0), form)


def test_sgp4_xp_is_written_with_its_own_keywords_in_messages() -> None:
    elements = one(ephemeris_type=4)
    for form in OMM_FORMS:
        text = write_element_sets(elements, form)
        assert ("BTERM" in text) == (form in ("omm-kvn", "omm-xml"))
        back = read_element_sets(text.encode())
        assert (back.ephemeris_type[0], back.bstar_per_earth_radius[0]) == (4, elements.bstar_per_earth_radius[0])


def test_an_unknown_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ElementSetError, match="omm-kvn"):
        write_element_sets(one(), "yaml")


@pytest.mark.parametrize("form", FORMS)
def test_no_sets_are_written_as_none(form: str) -> None:
    with pytest.raises(ElementSetError):
        read_element_sets(write_element_sets(one()[:0], form).encode())
