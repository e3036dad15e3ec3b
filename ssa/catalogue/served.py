"""The served snapshot, packed by column: written at the end of every import, in its transaction.

It says nothing that the history does not say; it is there so that loading takes a twentieth of a second instead of
one, and the same however long the history is. `check_integrity` of the store compares the two.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from sqlalchemy import Connection, insert, select

from orbits import ElementSets
from ssa.catalogue.snapshot import DataMode
from ssa.catalogue.tables import FACT_COLUMNS, served_columns

SERVED_FACTS = FACT_COLUMNS[2:]
_BETWEEN = "\x1f"
_UNKNOWN = "\x00"


def pack_columns(connection: Connection, mode: DataMode, columns: dict[str, Any]) -> None:
    """Replace the packed snapshot of a data mode."""
    connection.execute(served_columns.delete().where(served_columns.c.data_mode == mode))
    connection.execute(
        insert(served_columns),
        [{"data_mode": mode, "name": name, "content": _packed(column)} for name, column in columns.items()],
    )


def unpack_columns(connection: Connection, mode: DataMode) -> dict[str, Any]:
    """The columns that `pack_columns` wrote."""
    found = connection.execute(
        select(served_columns.c.name, served_columns.c.content).where(served_columns.c.data_mode == mode)
    )
    packed = {name: bytes(content) for name, content in found}
    rows = len(packed["norad_id"]) // 8
    columns: dict[str, Any] = {}
    for name in (*ElementSets.column_names(), *SERVED_FACTS):
        kind = packed[name][:1]
        columns[name] = (
            np.array(_texts(packed[name][1:], rows), dtype=object)
            if kind == b"t"
            else np.frombuffer(packed[name], dtype="<f8" if kind == b"f" else "<i8", offset=1)
        )
    return columns


def _packed(column: Any) -> bytes:
    if column.dtype == np.object_:
        return b"t" + _BETWEEN.join([_UNKNOWN if text is None else text for text in column]).encode()
    kind = "<f8" if column.dtype == np.float64 else "<i8"
    return kind[1:2].encode() + bytes(column.astype(kind).tobytes())


def _texts(content: bytes, rows: int) -> list[str | None]:
    if not rows:
        return []
    return [None if text == _UNKNOWN else text for text in content.decode().split(_BETWEEN)]
