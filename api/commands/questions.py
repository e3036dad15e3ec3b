"""What the commands that compute have in common: open the catalogue, choose objects, ready the kernels."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from api.catalogue_keeper import snapshot_as_of
from api.groups import groups_from
from api.selection import Choice, Selection, select_objects
from orbits import ElementSets, Instant, InvalidValue
from ssa.alliances import Alliance
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.catalogue.store import CatalogueStore


def load_snapshot(database: str | None, as_of: str | None = None) -> CatalogueSnapshot:
    """The snapshot of the database that the command names, now or as of a time."""
    when = None if as_of is None else Instant.parse(as_of, "as_of")
    with CatalogueStore.open(database) as store:
        return store.load_snapshot() if when is None else snapshot_as_of(store, when)


def earlier_sets(database: str | None, norad_ids: Sequence[int], until: Instant) -> ElementSets:
    """Element sets that the database holds of objects by a time, thinned."""
    with CatalogueStore.open(database) as store:
        return store.element_histories(norad_ids, until)


def own_groups(file: str | None) -> tuple[Alliance, ...]:
    """The groups of the file that the option, or `SSA_GROUPS_FILE`, names."""
    return groups_from(file or os.environ.get("SSA_GROUPS_FILE") or None)


def selected(snapshot: CatalogueSnapshot, choice: Choice, at: Instant) -> Selection:
    """The objects that the command is about."""
    return select_objects(snapshot, choice, at=at)


def start_or_now(text: str | None) -> Instant:
    """The time of an option, or this second."""
    if text is not None:
        return Instant.parse(text, "start")
    return Instant.parse(Instant.now().isoformat(0))


def file_content(field: str, name: str) -> bytes:
    """The content of a file that an option names; raises `InvalidValue` for `field` when it cannot be read."""
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise InvalidValue(field, name, f"cannot be read: {error.strerror or error}") from None


def ready_kernels() -> None:
    """Load the kernels that are imported so far, with a progress bar where they must be compiled first."""
    from orbits.jit import uncompiled, warm_up

    if not uncompiled():
        return
    from api.commands.progress import shown_progress

    shown_progress(warm_up(), "Readying kernels", visible=sys.stderr.isatty())
