"""Reads a snapshot, or the history of one object, out of the database as columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Integer, Table, cast, func, select, union_all

from orbits import ElementSets, Instant
from ssa.catalogue.recording import ELEMENT_COLUMNS, content_of
from ssa.catalogue.served import SERVED_FACTS, unpack_columns
from ssa.catalogue.snapshot import CatalogueSnapshot, DataMode
from ssa.catalogue.tables import FACT_COLUMNS, element_sets, ingests, objects, superseded_facts
from ssa.errors import EmptyCatalogue

_SETS = [element_sets.c[name] for name in ELEMENT_COLUMNS]
_FACTS = [objects.c[name] for name in FACT_COLUMNS]
_NAMED_SOURCES = 4
_NUMBERS_AT_ONCE = 500  # SQLite takes some thousand values in a statement


def served_mode(connection: Connection, as_of: Instant | None = None) -> tuple[DataMode, str, str]:
    """What is served: REAL as soon as any real set was taken in; with the time of the last import, and the sources.

    Raises `EmptyCatalogue` when no element set was accepted (up to `as_of`).
    """
    accepted = (ingests.c.outcome == "accepted", ingests.c.sets_read > 0)
    until = () if as_of is None else (ingests.c.started <= as_of.isoformat(),)
    found = connection.execute(
        select(ingests.c.data_mode, ingests.c.source, func.max(ingests.c.id))
        .where(*accepted, *until)
        .group_by(ingests.c.data_mode, ingests.c.source)
        .order_by(func.max(ingests.c.id).desc())
    ).all()
    if not found:
        first = connection.execute(select(func.min(ingests.c.started)).where(*accepted)).scalar()
        if first is not None:
            raise EmptyCatalogue(f"loading the catalogue as of {as_of}: the first import was at {first}; ask for later")
        raise EmptyCatalogue(
            "loading the catalogue: it is empty; fill it with `ssa catalogue update` (CelesTrak), with `ssa catalogue "
            "import FILE`, or without a network with `ssa catalogue update --source simulated`"
        )
    mode: DataMode = "REAL" if any(row[0] == "REAL" for row in found) else "SIMULATED"
    names = [row[1] for row in found if row[0] == mode]
    source = ", ".join(names[:_NAMED_SOURCES])
    if len(names) > _NAMED_SOURCES:
        source += f" and {len(names) - _NAMED_SOURCES} more"
    last = connection.execute(
        select(func.max(ingests.c.started)).where(ingests.c.outcome == "accepted", ingests.c.data_mode == mode, *until)
    ).scalar_one()
    return mode, last, source


def read_snapshot(connection: Connection, as_of: Instant | None = None) -> CatalogueSnapshot:
    """The snapshot that is served now, or the one that was served at `as_of`."""
    mode, last, source = served_mode(connection, as_of)
    if as_of is None or served_mode(connection)[:2] == (mode, last):
        columns = unpack_columns(connection, mode)
    else:
        columns = served_rows(connection, mode, as_of)
    return CatalogueSnapshot(
        elements=ElementSets(**{name: columns[name] for name in ELEMENT_COLUMNS}),
        **{name: columns[name] for name in SERVED_FACTS},
        as_of=Instant.parse(last) if as_of is None else as_of,
        data_mode=mode,
        source=source,
    )


def served_rows(connection: Connection, mode: DataMode, as_of: Instant | None = None) -> dict[str, Any]:
    """The columns of a snapshot, put together from the history: now by the pointers, earlier by a search."""
    rows: Sequence[Any]
    if as_of is None:
        rows = connection.execute(
            select(*_SETS, *_FACTS)
            .join(objects, objects.c.newest_set_id == element_sets.c.id)
            .where(objects.c.data_mode == mode)
            .order_by(objects.c.norad_id)
        ).all()
    else:
        rows = _rows_as_of(connection, mode, as_of)
    columns = list(zip(*rows, strict=True)) if rows else [()] * (len(_SETS) + len(_FACTS))
    facts = dict(zip(FACT_COLUMNS, columns[len(_SETS) :], strict=True))
    elements = _with_names(connection, _elements(columns[: len(_SETS)]), facts, mode, as_of)
    served: dict[str, Any] = {name: getattr(elements, name) for name in ELEMENT_COLUMNS}
    for name in SERVED_FACTS:
        served[name] = np.array(facts[name], dtype=np.float64 if name == "rcs_m2" else np.object_)
    return served


def read_history(connection: Connection, norad_id: int, mode: DataMode) -> ElementSets:
    """Every set held of one object, oldest epoch first."""
    rows = connection.execute(
        select(*_SETS)
        .where(element_sets.c.norad_id == norad_id, element_sets.c.data_mode == mode)
        .order_by(*_rank(descending=False))
    ).all()
    return _elements(list(zip(*rows, strict=True)) if rows else [()] * len(_SETS))


def read_histories(
    connection: Connection,
    norad_ids: Sequence[int],
    mode: DataMode,
    until: Instant,
    *,
    days: float,
    spacing_days: float,
) -> ElementSets:
    """Sets of objects accepted by `until`, of the last `days`: of each object the newest in each `spacing_days`."""
    sets = element_sets.c
    rows: list[Any] = []
    part = cast(sets.epoch_jd_day / spacing_days, Integer)
    place = func.row_number().over(partition_by=(sets.norad_id, part), order_by=_rank(descending=True))
    for low in range(0, len(norad_ids), _NUMBERS_AT_ONCE):
        some = list(norad_ids[low : low + _NUMBERS_AT_ONCE])
        ranked = (
            select(
                *_SETS, place.label("place"),
            )
            .where(
                sets.norad_id.in_(some), sets.data_mode == mode, sets.epoch_jd_day >= until.jd_day - days,
                sets.ingest_id.in_(_accepted_until(until)),
            )
            .subquery()
        )  # fmt: skip
        rows += connection.execute(
            select(*(ranked.c[name] for name in ELEMENT_COLUMNS)).where(ranked.c.place == 1)
        ).all()
    return _elements(list(zip(*rows, strict=True)) if rows else [()] * len(_SETS))


def newest_epochs(connection: Connection, mode: DataMode) -> dict[int, tuple[float, float]]:
    """Catalogue number to the epoch (two-part Julian date) of the set that is served."""
    found = connection.execute(
        select(element_sets.c.norad_id, element_sets.c.epoch_jd_day, element_sets.c.epoch_day_fraction)
        .join(objects, objects.c.newest_set_id == element_sets.c.id)
        .where(objects.c.data_mode == mode)
    )
    return {row[0]: (row[1], row[2]) for row in found}


def damaged_objects(connection: Connection) -> list[int]:
    """Catalogue numbers whose served set differs from the hash stored with it, or from the packed columns."""
    damaged: set[int] = set()
    modes: list[DataMode] = ["REAL", "SIMULATED"]
    for mode in modes:
        rows = connection.execute(
            select(*_SETS, element_sets.c.content)
            .join(objects, objects.c.newest_set_id == element_sets.c.id)
            .where(objects.c.data_mode == mode)
        ).all()
        if not rows:
            continue
        *columns, contents = zip(*rows, strict=True)
        elements = _elements(columns)
        hashes = content_of(elements)
        wrong = [found != bytes(stored) for found, stored in zip(hashes, contents, strict=True)]
        damaged.update(elements.norad_id[np.array(wrong)].tolist())
        fresh, served = served_rows(connection, mode), unpack_columns(connection, mode)
        for name, column in fresh.items():
            if column.shape != served[name].shape:
                return sorted({*damaged, *fresh["norad_id"].tolist()} ^ set(served["norad_id"].tolist()))
            equal = (column == served[name]) | ((column != column) & (served[name] != served[name]))
            damaged.update(fresh["norad_id"][~equal.astype(bool)].tolist())
    return sorted(damaged)


def _elements(columns: Sequence[Any]) -> ElementSets:
    typed: dict[str, Any] = {
        name: np.array(column, dtype=_dtype(name)) for name, column in zip(ELEMENT_COLUMNS, columns, strict=True)
    }
    return ElementSets(**typed)


def _dtype(name: str) -> type:
    kind = element_sets.c[name].type.python_type
    return {float: np.float64, int: np.int64}.get(kind, np.object_)


def _rank(*, descending: bool) -> list[Any]:
    """The order of `recording.py`, as SQL."""
    sets = element_sets.c
    order = [sets.epoch_jd_day, sets.epoch_day_fraction, sets.name != "", sets.element_set_number, sets.content]
    return [part.desc() if descending else part for part in order]


def _accepted_until(as_of: Instant) -> Any:
    return select(ingests.c.id).where(ingests.c.outcome == "accepted", ingests.c.started <= as_of.isoformat())


def _rows_as_of(connection: Connection, mode: DataMode, as_of: Instant) -> list[tuple[Any, ...]]:
    ranked = (
        select(
            element_sets,
            func.row_number()
            .over(partition_by=element_sets.c.norad_id, order_by=_rank(descending=True))
            .label("place"),
        )
        .where(element_sets.c.data_mode == mode, element_sets.c.ingest_id.in_(_accepted_until(as_of)))
        .subquery()
    )
    sets = connection.execute(
        select(*(ranked.c[name] for name in ELEMENT_COLUMNS)).where(ranked.c.place == 1).order_by(ranked.c.norad_id)
    ).all()
    versions = union_all(
        select(superseded_facts.c.ingest_id.label("version"), *_facts_of(superseded_facts)),
        select(objects.c.facts_ingest_id.label("version"), *_facts_of(objects)),
    ).subquery()
    known = connection.execute(
        select(versions).where(versions.c.version.in_(_accepted_until(as_of))).order_by(versions.c.version)
    )
    facts = {row.norad_id: tuple(row)[3:] for row in known if row.data_mode == mode}
    nothing = (None,) * len(FACT_COLUMNS)
    number_at = ELEMENT_COLUMNS.index("norad_id")
    return [(*row, *facts.get(row[number_at], nothing)) for row in sets]


def _facts_of(table: Table) -> list[Any]:
    return [table.c.data_mode, table.c.norad_id, *(table.c[name] for name in FACT_COLUMNS)]


def _with_names(
    connection: Connection, elements: ElementSets, facts: dict[str, Any], mode: DataMode, as_of: Instant | None
) -> ElementSets:
    """Names and designators that the newest set lacks: from the satellite catalogue, else from an older set."""
    columns = {name: getattr(elements, name) for name in ELEMENT_COLUMNS}
    for name in ("name", "object_id"):
        bare = columns[name] == ""
        if not bare.any():
            continue
        filled = np.where(bare, np.array([text or "" for text in facts[name]], dtype=object), columns[name])
        if (filled == "").any():
            older = _last_texts(connection, name, mode, as_of)
            filled = np.array(
                [text or older.get(number, "") for text, number in zip(filled, elements.norad_id, strict=True)],
                dtype=object,
            )
        columns[name] = filled
    return ElementSets(**columns)


def _last_texts(connection: Connection, name: str, mode: DataMode, as_of: Instant | None) -> dict[int, str]:
    where = [element_sets.c.data_mode == mode, element_sets.c[name] != ""]
    if as_of is not None:
        where.append(element_sets.c.ingest_id.in_(_accepted_until(as_of)))
    found = connection.execute(
        select(element_sets.c.norad_id, element_sets.c[name]).where(*where).order_by(*_rank(descending=False))
    )
    return {number: text for number, text in found}
