"""Keeps the snapshot that the service answers from, and takes the next one as soon as an import is done.

A request never waits for an import: it gets the snapshot that is held, whole. Whether there is news is asked of the
database at most once in `check_s` seconds, by one thread, with one small query.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence

from api.answers.objects import ServedSnapshot
from orbits import ElementSets, Instant, InvalidValue
from ssa.catalogue.ingests import IngestReport
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.catalogue.store import CatalogueStore
from ssa.errors import CatalogueError, EmptyCatalogue

_KEPT_EARLIER = 2  # snapshots of earlier times that are kept at hand


def snapshot_as_of(store: CatalogueStore, when: Instant) -> CatalogueSnapshot:
    """What was served at `when`; raises `InvalidValue` when that is before the first import of a filled catalogue."""
    try:
        return store.load_snapshot(when)
    except EmptyCatalogue as error:
        store.load_snapshot()  # where there is nothing now either, that is what is wrong
        raise InvalidValue("as_of", when, str(error)) from None


class CatalogueKeeper:
    """The catalogue as the service sees it; safe to use from many threads."""

    def __init__(self, database_url: str | None, *, check_s: float = 1.0) -> None:
        self._url = database_url
        self._check_s = check_s
        self._lock = threading.Lock()
        self._store: CatalogueStore | None = None
        self._held: ServedSnapshot | None = None
        self._last_ingest: int | None = None
        self._checked_s = -1e9
        self._earlier: OrderedDict[Instant, ServedSnapshot] = OrderedDict()

    def snapshot(self, as_of: Instant | None = None) -> ServedSnapshot:
        """What is served now, or what was served at `as_of`.

        Raises `EmptyCatalogue` when there is nothing (yet), `CatalogueError` when the database cannot be read,
        `InvalidValue` when `as_of` is before the first import.
        """
        if as_of is not None:
            return self._as_of(as_of)
        held = self._held
        if held is not None and (time.monotonic() - self._checked_s < self._check_s or self._lock.locked()):
            return held
        with self._lock:
            if self._held is None or time.monotonic() - self._checked_s >= self._check_s:
                self._take_newest()
            assert self._held is not None
            return self._held

    def history(self, norad_id: int) -> ElementSets:
        """Every element set held of one object, oldest first."""
        return self._opened().element_history(norad_id)

    def histories(self, norad_ids: Sequence[int], until: Instant) -> ElementSets:
        """Element sets held of many objects by `until`, thinned; see `CatalogueStore.element_histories`."""
        return self._opened().element_histories(norad_ids, until)

    def ingests(self, limit: int) -> Sequence[IngestReport]:
        """The last imports, newest first."""
        return self._opened().ingests(limit)

    def close(self) -> None:
        """Give back the connections."""
        store, self._store = self._store, None
        if store is not None:
            store.close()

    def _take_newest(self) -> None:
        try:
            newest = self._opened().ingests(1)
            if not newest:
                raise EmptyCatalogue(
                    "loading the catalogue: it is empty; fill it with `ssa catalogue update` (CelesTrak), with `ssa "
                    "catalogue import FILE`, or without a network with `ssa catalogue update --source simulated`"
                )
            if self._held is None or newest[0].ingest_id != self._last_ingest:
                self._held = ServedSnapshot(self._opened().load_snapshot())
                self._last_ingest = newest[0].ingest_id
                self._earlier.clear()
        except CatalogueError:
            self.close()  # a database that was removed or replaced is opened anew by the next request
            self._held = None
            raise
        self._checked_s = time.monotonic()

    def _as_of(self, when: Instant) -> ServedSnapshot:
        with self._lock:
            if when not in self._earlier:
                self._earlier[when] = ServedSnapshot(snapshot_as_of(self._opened(), when))
                while len(self._earlier) > _KEPT_EARLIER:
                    self._earlier.popitem(last=False)
            self._earlier.move_to_end(when)
            return self._earlier[when]

    def _opened(self) -> CatalogueStore:
        store = self._store
        if store is None:
            store = self._store = CatalogueStore.open(self._url)
        return store
