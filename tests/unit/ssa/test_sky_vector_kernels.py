"""Bits of a table of states against plain NumPy, and the derivatives that deep space takes for velocities."""

from __future__ import annotations

import numpy as np
import pytest
from numba import njit, types

from orbits.jit import f8, i8, out
from ssa.passes_kernels import difference_velocities
from ssa.sky_vector_kernels import ABOVE, CLIMBS, EVENT, NEAR, WORD, lowest_bit, mark_states

SITE, UP = np.array([3500.0, 2000.0, 4900.0]), np.array([0.55, 0.31, 0.775])
UP = UP / np.linalg.norm(UP)
WORDS = 5


@njit(types.void(out(f8), i8, i8, out(f8), out(f8), f8, f8, f8, out(i8)))
def marked(table, stride, count, place, up, plane_km, floor_km, square_sine, words):
    mark_states(
        table, stride, count, (place[0], place[1], place[2]), (up[0], up[1], up[2]), plane_km, floor_km, square_sine,
        words, count + 1,
    )  # fmt: skip


@njit(types.int64(types.int64))
def lowest(word):
    return lowest_bit(word)


def bits_of(words: np.ndarray, row: int) -> np.ndarray:
    return np.unpackbits(words[row, :WORDS].view(np.uint8), bitorder="little").astype(bool)


@pytest.mark.parametrize("mask_deg", [0.0, 10.0, 60.0])
def test_bits_are_those_of_plain_formulas_and_events_their_changes(mask_deg: float) -> None:
    random = np.random.default_rng(5)
    count = WORDS * WORD
    turn = np.linspace(0.0, 18.0, count) + random.uniform(0.0, 0.02, count)
    axes = np.linalg.qr(random.normal(size=(3, 3)))[0]
    table = np.empty((6, count))
    table[:3] = 7000.0 * (np.outer(axes[0], np.cos(turn)) + np.outer(SITE / np.linalg.norm(SITE), np.sin(turn)))
    table[3:] = 7.5 * random.normal(size=(3, count))
    words = np.full((4, WORDS + 1), -1, dtype=np.int64)
    sine = np.sin(np.radians(mask_deg))
    floor_km, plane_km = -400.0, float(SITE @ UP)
    marked(table.ravel(), count, WORDS, SITE, UP, plane_km, floor_km, sine * sine, words.ravel())

    line = table[:3] - SITE[:, None]
    distance = np.linalg.norm(line, axis=0)
    height = UP @ line
    near = height > floor_km
    rate = (UP @ table[3:] - height * np.sum(line * table[3:], axis=0) / distance**2) / distance
    above, climbs = (height / distance >= sine) & near, (rate > 0.0) & near
    assert 0 < above.sum() < near.sum() < count
    assert np.array_equal(bits_of(words, NEAR), near)
    assert np.array_equal(bits_of(words, ABOVE), above)
    assert np.array_equal(bits_of(words, CLIMBS), climbs)
    event = np.zeros(count, dtype=bool)
    for k in range(count - 1):
        both_above, peak = above[k] and above[k + 1], climbs[k] and not climbs[k + 1]
        dip = not climbs[k] and climbs[k + 1] and both_above
        event[k] = near[k] and near[k + 1] and (above[k] != above[k + 1] or peak or dip)
    assert np.array_equal(bits_of(words, EVENT), event)
    assert not words[: NEAR + 1, WORDS].any()


@pytest.mark.parametrize("place", [0, 1, 31, 62, 63])
def test_the_lowest_bit_is_found_in_the_whole_word(place: int) -> None:
    word = (-1 << place) if place < 63 else -(2**63)
    assert lowest(word) == place


def test_differences_of_positions_are_velocities_to_the_tables_ends() -> None:
    step_s, rate = 48.0, 0.056 / 48.0
    seconds = np.arange(200) * step_s
    table = np.empty((6, 200))
    table[:3] = 42_000.0 * np.array([np.cos(rate * seconds), np.sin(rate * seconds), np.cos(rate * seconds + 1.0)])
    truth = 42_000.0 * rate * np.array([-np.sin(rate * seconds), np.cos(rate * seconds), -np.sin(rate * seconds + 1.0)])
    difference_velocities.py_func(table, 200, step_s)
    speed = 42_000.0 * rate
    assert np.abs(table[3:] - truth)[:, 2:-2].max() < 4e-7 * speed
    assert np.abs(table[3:] - truth).max() < 3e-6 * speed
