"""Read-only columns: values are frozen, and so are the arrays inside them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Booleans = npt.NDArray[np.bool_]
Statuses = npt.NDArray[np.uint8]
Texts = npt.NDArray[np.object_]


def read_only(values: Any, dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """A read-only, C-contiguous array of `dtype`; the caller's own array is never changed and never shared writable.

    >>> read_only([1, 2], np.float64).flags.writeable
    False
    """
    given = np.asarray(values, dtype=dtype)
    column = np.ascontiguousarray(given)
    if column.flags.writeable and (column is values or column.base is not None):
        column = column.copy()
    column.flags.writeable = False
    return column


CACHE_LINE_BYTES = 64


def aligned_zeros(*shape: int, dtype: npt.DTypeLike = np.float64) -> npt.NDArray[Any]:
    """Zeros that begin at a whole line of the processor's caches: a vector that lies across two lines costs two.

    NumPy's own large arrays begin 16 bytes behind one.

    >>> aligned_zeros(3, 5).ctypes.data % 64
    0
    """
    return _aligned(np.zeros, shape, np.dtype(dtype))


def aligned_empty(*shape: int, dtype: npt.DTypeLike = np.float64) -> npt.NDArray[Any]:
    """The same without the zeros, for what is filled in any case."""
    return _aligned(np.empty, shape, np.dtype(dtype))


def _aligned(
    allocate: Callable[[int, npt.DTypeLike], npt.NDArray[Any]], shape: tuple[int, ...], dtype: np.dtype[Any]
) -> npt.NDArray[Any]:
    size = math.prod(shape) * dtype.itemsize
    room = allocate(size + CACHE_LINE_BYTES, np.uint8)
    lead = -room.ctypes.data % CACHE_LINE_BYTES
    return room[lead : lead + size].view(dtype).reshape(shape)
