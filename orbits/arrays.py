"""Read-only columns: values are frozen, and so are the arrays inside them."""

from __future__ import annotations

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
