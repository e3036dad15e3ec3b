"""Writes element sets and facts as rows: history is appended, and the pointers follow the newest.

Which set of an object is newest: the latest epoch; of equal epochs one with a name, then the higher element set
number, then the larger content. No part of that is the order of import, so the same sets give the same catalogue in
whatever order they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import Any

import numpy as np
from sqlalchemy import Connection, func, select

from orbits import ElementSets, RefusedRecord
from ssa.catalogue.database import insert_into
from ssa.catalogue.ownership import SatelliteFacts
from ssa.catalogue.snapshot import DataMode
from ssa.catalogue.tables import FACT_COLUMNS, element_sets, objects, superseded_facts

ELEMENT_COLUMNS = ElementSets.column_names()
_NUMBERS = tuple(column.name for column in element_sets.columns if column.name in ELEMENT_COLUMNS)[4:]
_RANK = (
    element_sets.c.norad_id, element_sets.c.epoch_jd_day, element_sets.c.epoch_day_fraction, element_sets.c.name,
    element_sets.c.element_set_number, element_sets.c.content,
)  # fmt: skip


def content_of(elements: ElementSets) -> list[bytes]:
    """A 16-byte BLAKE2b of every row: its numbers bit by bit and its texts."""
    numbers = np.column_stack([elements.norad_id, *(getattr(elements, name).view(np.int64) for name in _NUMBERS)])
    packed = np.ascontiguousarray(numbers).tobytes()
    width = numbers.shape[1] * 8
    texts = zip(elements.name, elements.object_id, elements.classification, strict=True)
    return [
        blake2b(packed[row * width : row * width + width] + "\x1f".join(words).encode(), digest_size=16).digest()
        for row, words in enumerate(texts)
    ]


def storable(elements: ElementSets) -> ElementSets:
    """The same sets as the database gives them back: it has no negative zero and takes printable text only.

    Sets without a catalogue number (0, from a KVN or XML message that lacks it) are left out and refused.
    """
    columns: dict[str, Any] = {}
    for name in ELEMENT_COLUMNS:
        column = getattr(elements, name)
        if column.dtype == np.float64:
            column = column + 0.0
        elif column.dtype == np.object_ and not "".join(column).isprintable():
            column = ["".join(sign if sign.isprintable() else "?" for sign in text) for text in column]
        columns[name] = column
    stored = ElementSets(**columns, refused=elements.refused)
    nameless = stored.norad_id < 1
    if not nameless.any():
        return stored
    refused = [RefusedRecord(0, None, "a catalogue number", str(name)[:200]) for name in stored.name[nameless]]
    return replace(stored[~nameless], refused=(*elements.refused, *refused))


def record_elements(connection: Connection, elements: ElementSets, ingest_id: int, data_mode: DataMode) -> int:
    """Append the sets (`storable` ones) that are not held yet, point objects to their newest; returns how many."""
    first_id = int(connection.execute(select(func.coalesce(func.max(element_sets.c.id), 0))).scalar_one()) + 1
    columns: dict[str, Sequence[Any]] = {name: getattr(elements, name).tolist() for name in ELEMENT_COLUMNS}
    columns["id"] = range(first_id, first_id + len(elements))
    columns["content"] = content_of(elements)
    columns["ingest_id"] = [ingest_id] * len(elements)
    columns["data_mode"] = [data_mode] * len(elements)
    insert_columns(connection, insert_into(connection, element_sets).on_conflict_do_nothing(), columns)
    new = connection.execute(select(element_sets.c.id, *_RANK).where(element_sets.c.id >= first_id)).all()
    _follow_newest(connection, new, data_mode)
    return len(new)


def _follow_newest(connection: Connection, new: Sequence[Any], data_mode: DataMode) -> None:
    held = connection.execute(
        select(element_sets.c.id, *_RANK)
        .join(objects, objects.c.newest_set_id == element_sets.c.id)
        .where(objects.c.data_mode == data_mode)
    )
    newest: dict[int, tuple[Any, int]] = {row[1]: (_rank(row), row[0]) for row in held}
    moved: dict[int, int] = {}
    for row in new:
        rank = _rank(row)
        found = newest.get(row[1])
        if found is None or rank > found[0]:
            newest[row[1]] = (rank, row[0])
            moved[row[1]] = row[0]
    if moved:
        upsert = insert_into(connection, objects)
        insert_columns(
            connection,
            upsert.on_conflict_do_update(
                index_elements=["data_mode", "norad_id"], set_={"newest_set_id": upsert.excluded.newest_set_id}
            ),
            {
                "data_mode": [data_mode] * len(moved),
                "norad_id": list(moved),
                "newest_set_id": list(moved.values()),
            },
        )


def _rank(row: Any) -> tuple[float, float, bool, int, bytes]:
    return row[2], row[3], row[4] != "", row[5], bytes(row[6])


def record_facts(connection: Connection, facts: SatelliteFacts, ingest_id: int, data_mode: DataMode) -> int:
    """Merge what is newly said of objects, and keep what it supersedes; silence erases nothing.

    Returns of how many objects something new was said.
    """
    columns = (objects.c.norad_id, objects.c.facts_ingest_id, *(objects.c[name] for name in FACT_COLUMNS))
    held: dict[int, Any] = {
        row[0]: row for row in connection.execute(select(*columns).where(objects.c.data_mode == data_mode))
    }
    nothing = (None, None, *(None for _ in FACT_COLUMNS))
    merged_rows: dict[int, tuple[Any, ...]] = {}  # one row per object: PostgreSQL updates none twice in one statement
    superseded: list[tuple[Any, ...]] = []
    for number, *said in _said(facts):
        before = tuple(held.get(number, nothing))
        merged = tuple([old if now is None else now for now, old in zip(said, before[2:], strict=True)])
        if before[1] is None or merged != before[2:]:
            merged_rows[number] = (number, ingest_id, *merged)
            held[number] = merged_rows[number]
            if before[1] is not None and before[1] != ingest_id:
                superseded.append(before)
    if superseded:
        insert_columns(
            connection, insert_into(connection, superseded_facts), _by_column(superseded, data_mode, "ingest_id")
        )
    if merged_rows:
        upsert = insert_into(connection, objects)
        changed = {name: upsert.excluded[name] for name in ("facts_ingest_id", *FACT_COLUMNS)}
        insert_columns(
            connection,
            upsert.on_conflict_do_update(index_elements=["data_mode", "norad_id"], set_=changed),
            _by_column(list(merged_rows.values()), data_mode, "facts_ingest_id"),
        )
    return len(merged_rows)


def _by_column(rows: list[tuple[Any, ...]], data_mode: DataMode, ingest: str) -> dict[str, Sequence[Any]]:
    names = ("norad_id", ingest, *FACT_COLUMNS)
    return {"data_mode": [data_mode] * len(rows), **dict(zip(names, zip(*rows, strict=True), strict=True))}


def _said(facts: SatelliteFacts) -> Iterable[tuple[Any, ...]]:
    columns = [getattr(facts, name).tolist() for name in FACT_COLUMNS[:-1]]
    rcs = [None if np.isnan(area) else area for area in facts.rcs_m2.tolist()]
    return zip(facts.norad_id.tolist(), *columns, rcs, strict=True)


def insert_columns(connection: Connection, statement: Any, columns: dict[str, Sequence[Any]]) -> None:
    """Run an INSERT for every row of `columns`, of one length each.

    On SQLite the driver gets tuples: through dictionaries, 27,000 rows of 23 columns took four times as long.
    """
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(columns))
    if compiled.positiontup:
        rows = list(zip(*(columns[name] for name in compiled.positiontup), strict=True))
        if rows:
            connection.exec_driver_sql(str(compiled), rows)
    else:
        records = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        if records:
            connection.execute(statement, records)
