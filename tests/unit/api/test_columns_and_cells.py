"""Columns for JSON and cells for CSV: rounding, times, NaN, and what a spreadsheet would run."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answers.columns import iso_texts, number, numbers
from api.answers.passes_csv import cells
from api.errors import shown_value
from orbits import Instant


@given(seconds=st.floats(-40 * 86400.0, 40 * 86400.0), fraction=st.floats(0.0, 0.999_999))
def test_times_as_a_column_are_those_of_the_instants_themselves(seconds: float, fraction: float) -> None:
    start = Instant(2461109.5, fraction)
    (text,) = iso_texts(start, np.array([seconds]))
    # both round to a millisecond, at most one apart where the two sums differ in their last bit
    assert abs(Instant.parse(text).seconds_since(start.plus_s(seconds))) <= 0.000_51
    assert text.endswith("Z")
    assert len(text) == 24


def test_times_do_not_round_to_second_60() -> None:
    assert iso_texts(Instant.parse("2026-12-31T23:59:59.9996Z"), np.array([0.0])) == ["2027-01-01T00:00:00.000Z"]


def test_numbers_that_are_none_are_null_and_zero_has_no_sign() -> None:
    assert numbers([1.23456, math.nan, math.inf, -0.0001], 2) == [1.23, None, None, 0.0]
    assert str(number(-0.0001, 2)) == "0.0"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_a_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert cells([text]) == [f"'{text}"]


def test_numbers_and_plain_texts_are_left_as_they_are() -> None:
    assert cells(["ISS (ZARYA)", -4.5, 7, True, False, None]) == ["ISS (ZARYA)", -4.5, 7, "true", "false", ""]


@given(st.one_of(st.floats(), st.integers(), st.text(max_size=500), st.none(), st.booleans(), st.binary(max_size=5)))
def test_any_value_met_can_be_shown_in_a_problem_document(value: object) -> None:
    shown = shown_value(value)
    assert len(json.dumps(shown, allow_nan=False)) <= 1300
    if isinstance(shown, str):
        assert len(shown) <= 200
