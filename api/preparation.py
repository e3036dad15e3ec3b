"""Readies a machine for `make run`: something in the catalogue, and every kernel compiled.

An empty catalogue is filled from CelesTrak when it can be reached within a few seconds, else with the simulated one,
so that the service has answers on a machine without a network, too. A catalogue that holds anything is left alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from orbits import Instant
from ssa.catalogue.feeds import Source
from ssa.catalogue.store import CatalogueStore
from ssa.errors import EmptyCatalogue, SourceError

REACHED_WITHIN_S = 5.0


def fill_when_empty(store: CatalogueStore, say: Callable[[str], None], *, source: Source | None = None) -> None:
    """Fill an empty catalogue from `source` (default: CelesTrak), or with the simulated one; `say` tells of it."""
    from ssa.catalogue.celestrak import CelesTrakSource
    from ssa.catalogue.fetching import FetchLimits
    from ssa.catalogue.sources import update_catalogue

    if _objects(store):
        return
    asked = source or CelesTrakSource(limits=FetchLimits(connect_time_s=REACHED_WITHIN_S, tries=1))
    say(f"The catalogue is empty: asking {asked.name}")
    try:
        report = update_catalogue(store, asked, at=Instant.now())
    except SourceError as error:
        say(str(error))
    else:
        for feed in report.feeds:
            say(f"{feed.label}: {feed.outcome}{', ' + feed.detail if feed.detail else ''}")
    if not _objects(store):
        say(f"{asked.name} gave nothing: filling the catalogue with the simulated one, and every answer will say so")
        update_catalogue(store, "simulated", at=Instant.now())
    say(f"The catalogue holds {_objects(store):,} objects")


def warm_with_progress(say: Callable[[str], None]) -> int:
    """Compile every kernel, with a progress bar on a terminal; returns how many there are."""
    from api.commands.progress import shown_progress
    from api.kernels import register_kernels
    from orbits.jit import warm_up

    register_kernels()

    visible = sys.stderr.isatty()
    if not visible:
        say("Readying kernels; the first time this takes a minute or two")
    return shown_progress(warm_up(), "Readying kernels", visible=visible)


def _objects(store: CatalogueStore) -> int:
    try:
        return len(store.load_snapshot())
    except EmptyCatalogue:
        return 0
