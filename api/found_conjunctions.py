"""The conjunctions of finished screenings, as columns to filter and rows to list.

Screenings are jobs that are done; their answers never change, so each is unpacked once and kept at hand, the newest
screenings first, up to so many rows in all. Rows are kept as the JSON that they are listed as.
"""

from __future__ import annotations

import gzip
import threading
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson

from orbits import Instant
from orbits.arrays import Floats, Integers
from ssa.catalogue.job_queue import JobQueue
from ssa.catalogue.job_records import JobRecord

KIND = "screenings"
MAX_SCREENINGS = 50
MAX_ROWS = 200_000
_SAME_S = 0.01  # a pair's approaches this near in time are one, as in a screening
_HEAD = ("start", "end", "miss_km", "primaries", "secondaries", "conjunctions_found", "catalogue")


@dataclass(frozen=True, eq=False)
class FoundRows:
    """One screening: what it asked, and its conjunctions as columns (c,) with each row's JSON."""

    job: JobRecord
    head: dict[str, Any]
    primary_id: Integers
    secondary_id: Integers
    tca_s: Floats
    miss_km: Floats
    ids: tuple[str, ...]
    rows: tuple[bytes, ...]

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, eq=False)
class Shelf:
    """Screenings that are listed, the newest first, and how many older ones are not."""

    screenings: tuple[FoundRows, ...]
    not_listed: int


@dataclass(frozen=True, eq=False)
class Filter:
    """What is asked for; None: everything. Times in seconds since 2000, objects by catalogue number."""

    objects: frozenset[int] | None = None
    alliance: frozenset[int] | None = None
    from_s: float | None = None
    to_s: float | None = None
    miss_km: float | None = None


@dataclass(frozen=True, eq=False)
class Listing:
    """Places (n, 2) of the conjunctions asked for, as screening and row, in order of time; the others by reason.

    `keys` (n, 4) order them: time, primary, secondary, number of the job. They stay when other screenings come.
    """

    places: Integers
    keys: Floats
    left_out: dict[str, int] = field(default_factory=dict)

    def after(self, key: tuple[float, ...]) -> int:
        """How many come up to a key and with it."""
        return bisect_right(range(len(self.keys)), key, key=lambda place: tuple(self.keys[place].tolist()))


class FoundConjunctions:
    """What screenings found; safe to use from many threads."""

    def __init__(self, queue: JobQueue, *, most_rows: int = MAX_ROWS) -> None:
        self._queue = queue
        self._most_rows = most_rows
        self._lock = threading.Lock()
        self._unpacked: dict[int, FoundRows] = {}

    def shelf(self, job_id: str | None = None) -> Shelf:
        """The newest finished screenings, as many as there is room for; or the one of an id, which may be missing."""
        if job_id is not None:
            job = self._queue.job(job_id)
            found = None if job is None or job.kind != KIND or job.state != "done" else self._rows_of(job)
            return Shelf(() if found is None else (found,), 0)
        jobs = self._queue.page(state="done", kind=KIND, limit=MAX_SCREENINGS + 1)
        listed: list[FoundRows] = []
        room = self._most_rows
        for job in jobs[:MAX_SCREENINGS]:
            found = self._rows_of(job)
            if found is None:
                continue  # removed meanwhile
            room -= len(found)
            if room < 0 and listed:
                break
            listed.append(found)
        with self._lock:
            kept = {one.job.number for one in listed}
            self._unpacked = {number: rows for number, rows in self._unpacked.items() if number in kept}
        return Shelf(tuple(listed), len(jobs) - len(listed))

    def _rows_of(self, job: JobRecord) -> FoundRows | None:
        with self._lock:
            held = self._unpacked.get(job.number)
        if held is None:
            content = self._queue.result(job.number)
            if content is None:
                return None
            held = _unpacked(job, orjson.loads(gzip.decompress(content)))
            with self._lock:
                self._unpacked[job.number] = held
        return held


def listing(shelf: Shelf, asked: Filter) -> Listing:
    """What fits, each conjunction once: of those that several screenings found, the newest screening's."""
    if not shelf.screenings:
        return Listing(np.empty((0, 2), dtype=np.int64), np.empty((0, 4)))
    sizes = [len(one) for one in shelf.screenings]
    places = np.column_stack(
        [np.repeat(np.arange(len(sizes)), sizes), np.concatenate([np.arange(size) for size in sizes])]
    ).astype(np.int64)
    one, other, tca, miss = (
        np.concatenate([getattr(found, name) for found in shelf.screenings])
        for name in ("primary_id", "secondary_id", "tca_s", "miss_km")
    )
    digests = [found.job.catalogue_digest for found in shelf.screenings]
    catalogue = np.repeat([digests.index(digest) for digest in digests], sizes)
    left_out: dict[str, int] = {}
    kept = np.ones(len(one), dtype=bool)

    def keep(fits: Any, reason: str) -> None:
        gone = kept & ~fits
        if gone.any():
            left_out[reason] = int(gone.sum())
        kept[gone] = False

    low, high = np.minimum(one, other), np.maximum(one, other)
    order = np.lexsort((tca, high, low, catalogue))
    begins = np.ones(len(order), dtype=bool)
    begins[1:] = (
        (np.diff(low[order]) != 0) | (np.diff(high[order]) != 0) | (np.diff(catalogue[order]) != 0)
        | (np.diff(tca[order]) >= _SAME_S)
    )  # fmt: skip
    approach = np.cumsum(begins)
    newest = np.lexsort((places[order, 0], approach))  # screenings count from the newest
    again = np.ones(len(one), dtype=bool)
    again[order[newest[np.append(True, np.diff(approach[newest]) != 0)]]] = False
    keep(~again, "found by several screenings, listed once")
    if asked.objects is not None:
        numbers = sorted(asked.objects)
        keep(np.isin(one, numbers) | np.isin(other, numbers), "of other objects")
    if asked.alliance is not None:
        numbers = sorted(asked.alliance)
        keep(np.isin(one, numbers) | np.isin(other, numbers), "of no object of the alliance")
    if asked.from_s is not None:
        keep(tca >= asked.from_s, "before the start")
    if asked.to_s is not None:
        keep(tca <= asked.to_s, "after the end")
    if asked.miss_km is not None:
        keep(miss <= asked.miss_km, f"farther apart than {asked.miss_km:g} km")
    chosen = np.flatnonzero(kept)
    number = np.array([found.job.number for found in shelf.screenings])[places[chosen, 0]]
    ordered = np.lexsort((number, other[chosen], one[chosen], tca[chosen]))
    keys = np.stack([tca[chosen], one[chosen], other[chosen], number], axis=1)[ordered]
    return Listing(places[chosen[ordered]], keys, left_out)


def seconds_of(when: Instant) -> float:
    """Seconds from 2000 on, as conjunctions are compared; good to a microsecond."""
    return when.seconds_since(_EPOCH)


_EPOCH = Instant.parse("2000-01-01T00:00:00Z")


def _unpacked(job: JobRecord, answer: dict[str, Any]) -> FoundRows:
    rows = answer["conjunctions"]
    start = seconds_of(Instant.parse(answer["start"]))
    tca = [row["tca"] for row in rows]
    moments = np.array([text.rstrip("Z") for text in tca], dtype="datetime64[us]")
    first = np.datetime64(answer["start"].rstrip("Z"), "us")
    return FoundRows(
        job=job,
        head={
            "screening": job.id,
            **{name: answer[name] for name in _HEAD},
            "conjunctions_kept": len(rows),
            "finished": None if job.finished is None else job.finished.isoformat(3),
        },
        primary_id=np.array([row["primary_id"] for row in rows], dtype=np.int64),
        secondary_id=np.array([row["secondary_id"] for row in rows], dtype=np.int64),
        tca_s=start + (moments - first).astype(np.int64) / 1e6,
        miss_km=np.array([row["miss_distance_km"] for row in rows], dtype=np.float64),
        ids=tuple(row["id"] for row in rows),
        rows=tuple(orjson.dumps({**row, "screening": job.id}) for row in rows),
    )
