"""How kernels are compiled: what only kernels call has no door for Python, and their digits are those of Python."""

from __future__ import annotations

import math
import operator

import numba
import numpy as np
import pytest
from numba import types
from numba.core import registry

from orbits import jit
from orbits.jit import inner
from orbits.sgp4_core.vector_kernels import copy_run


@inner
def hypotenuse(a, b):  # type: ignore[no-untyped-def]
    return math.sqrt(a * a + b * b)


@numba.njit
def hypotenuse_kernel(a, b):  # type: ignore[no-untyped-def]
    return hypotenuse(a, b)


@numba.njit
def copy_runs_kernel(source, target):  # type: ignore[no-untyped-def]
    """Runs of every length from 0 to 20, each into a row of its own."""
    for count in range(target.shape[0]):
        copy_run(source, 3, target, count * target.shape[1] * target.shape[2] + 2, count)


@pytest.mark.parametrize("arguments", [(3.0, 4.0), (3, 4)])
def test_python_cannot_call_what_only_kernels_call(arguments: tuple[float, float]) -> None:
    with pytest.raises(TypeError):
        hypotenuse(*arguments)
    assert hypotenuse.py_func(*arguments) == 5.0


def test_a_kernel_calls_it() -> None:
    assert hypotenuse_kernel(3.0, 4.0) == 5.0


def test_copied_runs_of_every_length_touch_nothing_beside_them() -> None:
    source, target = np.arange(40.0), np.full((21, 1, 24), -1.0)
    copy_runs_kernel(source, target)
    for count in range(21):
        expected = np.full(24, -1.0)
        expected[2 : 2 + count] = source[3 : 3 + count]
        assert np.array_equal(target[count, 0], expected)


@inner
def counted(values, first, is_doubled):  # type: ignore[no-untyped-def]
    return (values[first] * 2.0) if is_doubled else values[first]


@numba.njit
def counted_kernel(values):  # type: ignore[no-untyped-def]
    total, count = counted(values, 0, True), 0
    while count < 3:
        total += counted(values, count, is_doubled=False)
        count += 1
    return total + counted(values, 1, True)


def test_one_compilation_serves_all_whole_numbers_and_each_truth_value_has_its_own() -> None:
    assert counted_kernel(np.array([1.0, 10.0, 100.0])) == 2.0 + 111.0 + 20.0
    assert len(counted.signatures) == 2


def sums_of_much(values, count):  # type: ignore[no-untyped-def]
    total = 0.0
    for k in range(count):
        total += values[k] * 2.0 - math.sqrt(values[k]) / (k + 1)
        total = max(total, np.trunc(total)) if total > 0.5 else -total
    return total + np.clip(values, 0.0, 1.0)[2]


def test_what_is_remembered_of_types_is_what_numba_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Operations on numbers and arrays; never what is written in Python, whose code depends on its caller's flags."""
    monkeypatch.setattr(types.Function, "get_call_type", jit._remembered_call_type)
    monkeypatch.setattr(jit, "_call_types", {})
    remembering = numba.njit(sums_of_much)
    values = np.linspace(0.1, 3.0, 7)
    first = remembering(values, 7)
    assert remembering(values[::-1], 7) == sums_of_much(values[::-1], 7)  # an array of another layout
    assert first == sums_of_much(values, 7)
    context = registry.cpu_target.typing_context
    remembered = dict(jit._call_types)
    keys = {function_type.typing_key for function_type, _ in remembered}
    assert {operator.mul, operator.getitem, math.sqrt, np.trunc} <= keys
    assert np.clip not in keys
    for (function_type, arguments), found in remembered.items():
        assert jit._find_call_type(function_type, context, arguments, {}) == found
