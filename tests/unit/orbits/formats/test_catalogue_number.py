"""Catalogue numbers in text: nine digits, and Alpha-5."""

import pytest

from orbits import InvalidValue
from orbits.formats import format_alpha5, parse_alpha5, parse_catalogue_number


@pytest.mark.parametrize(
    ("number", "field"),
    [(5, "00005"), (99999, "99999"), (100000, "A0000"), (148493, "E8493"), (179999, "H9999"), (180000, "J0000"),
     (229999, "N9999"), (230000, "P0000"), (301928, "W1928"), (339999, "Z9999")],
)  # fmt: skip
def test_alpha5_has_a_letter_for_the_first_two_digits_and_skips_i_and_o(number: int, field: str) -> None:
    assert format_alpha5(number) == field
    assert parse_alpha5(field) == number


def test_every_number_up_to_339999_has_one_alpha5_spelling() -> None:
    spellings = [format_alpha5(number) for number in range(1, 340_000)]
    assert len(set(spellings)) == 339_999
    assert {len(field) for field in spellings} == {5}
    assert [parse_alpha5(field) for field in spellings] == list(range(1, 340_000))


@pytest.mark.parametrize("field", ["I0000", "O1234", "a0000", "AA000", "A000", "1A000", "A-001", "+1234", "٢٥٥٤٤",
                                   "00000", "     ", "A 000", "255440", "12 45", "1e103"])  # fmt: skip
def test_what_is_not_alpha5_is_refused(field: str) -> None:
    with pytest.raises(InvalidValue):
        parse_alpha5(field)


def test_leading_blanks_of_a_tle_field_are_zeros() -> None:
    assert parse_alpha5("  902") == 902


@pytest.mark.parametrize("number", [0, -1, 340_000, 799_501_621])
def test_a_number_that_a_tle_cannot_hold_is_refused_and_omm_named_as_the_way_out(number: int) -> None:
    with pytest.raises(InvalidValue, match="OMM"):
        format_alpha5(number)


@pytest.mark.parametrize("text", ["1", "25544", "100000", "270449", "799501621", "999999999"])
def test_plain_digits_up_to_nine_are_a_number(text: str) -> None:
    assert parse_catalogue_number(text) == int(text)


@pytest.mark.parametrize("text", ["", "0", "-1", "007", "+5", "1000000000", "25544.0", "1e5", "A0000", "٢٥٥٤٤", "²",
                                  " 5", "5 ", "1_000", "9" * 10_000])  # fmt: skip
def test_anything_else_is_refused_as_a_number(text: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_catalogue_number(text)
    assert caught.value.field == "norad_id"


def test_a_plus_sign_and_leading_zeros_are_for_ccsds_text_only() -> None:
    assert parse_catalogue_number("+00964", ccsds=True) == 964
    for text in ("000", "+", "0000000000", "00-5", "1000000000"):
        with pytest.raises(InvalidValue):
            parse_catalogue_number(text, ccsds=True)
