"""From sources into the catalogue: files by hand, CelesTrak and Space-Track politely, the simulated catalogue.

An update asks every feed of a source whose time has come, the one that waited longest first, and stops where the
source's rules say stop. Whatever fails, is quarantined or must wait is reported; the catalogue then serves on as it
was. No outcome of a feed is an exception: the report holds them all.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from orbits import ElementSetError, ElementSets, Instant, InvalidValue
from ssa.catalogue import quarantine
from ssa.catalogue.feeds import Delivery, Feed, Source
from ssa.catalogue.ingests import IngestReport, Origin
from ssa.catalogue.ledger import NotYet, RequestLedger
from ssa.catalogue.ownership import FACT_TEXTS, SatelliteFacts, read_satellite_facts
from ssa.catalogue.snapshot import CatalogueSnapshot, DataMode
from ssa.catalogue.store import CatalogueStore, sha256_of
from ssa.errors import FeedQuarantined, SourceError, UnknownName

SOURCE_NAMES = ("celestrak", "space-track", "simulated")
FeedOutcome = Literal["imported", "unchanged", "empty", "not yet", "quarantined", "failed", "not asked"]


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What came of one feed: `detail` says why, `ingest` is the import if one was made."""

    label: str
    url: str | None
    outcome: FeedOutcome
    detail: str
    next_allowed: Instant | None = None
    ingest: IngestReport | None = None


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What came of an update, feed by feed, in the order asked."""

    source: str
    feeds: tuple[FeedReport, ...]

    @property
    def failed(self) -> bool:
        """True when a feed failed or was quarantined: the face then ends with status 3."""
        return any(feed.outcome in ("failed", "quarantined") for feed in self.feeds)

    @property
    def changed(self) -> bool:
        """True when something was imported."""
        return any(feed.outcome == "imported" for feed in self.feeds)


class FileSource:
    """Files of element sets in any form that `ElementSets.read` knows, and SATCAT files, taken in together."""

    def __init__(
        self, files: Sequence[str | os.PathLike[str]] = (), *, satcat: Sequence[str | os.PathLike[str]] = ()
    ) -> None:
        if not (files or satcat):
            raise InvalidValue("file", "none", "give at least one file of element sets or one SATCAT file")
        self._files = [Path(file) for file in files]
        self._satcat = [Path(file) for file in satcat]

    def import_into(self, store: CatalogueStore, *, at: Instant, data_mode: DataMode = "REAL") -> IngestReport:
        """Read all files, then import them in one transaction: a file that cannot be used leaves all as it was.

        Raises `InvalidValue` for a file that cannot be read, `ElementSetError` for one without a sound element set.
        """
        from orbits.formats import detect_format, read_element_sets

        whole = hashlib.sha256()
        parts, forms = [], []
        for file in self._files:
            content = _content_of(file)
            whole.update(content)
            try:
                parts.append(read_element_sets(content))
                forms.append(detect_format(content))
            except ElementSetError as error:
                raise ElementSetError(f"{file.name}: {error}", error.refused) from None
        said = []
        for file in self._satcat:
            content = _content_of(file)
            whole.update(content)
            said.append(read_satellite_facts(content))
        facts = SatelliteFacts.concatenate(said) if said else None
        source = "file " + ", ".join(dict.fromkeys(file.name for file in self._files or self._satcat))
        if not parts:
            assert facts is not None
            return store.import_facts(facts, source=source, at=at, data_mode=data_mode, sha256=whole.hexdigest())
        return store.import_elements(
            parts[0] if len(parts) == 1 else ElementSets.concatenate(parts), source=source, data_mode=data_mode, at=at,
            facts=facts, sha256=whole.hexdigest(), form=", ".join(dict.fromkeys(forms)),
        )  # fmt: skip


def update_catalogue(
    store: CatalogueStore,
    source: str | Source,
    groups: Sequence[str] = (),
    *,
    at: Instant,
    trust_shrunk: bool = False,
) -> UpdateReport:
    """Bring the catalogue up to date from a source, by its name (celestrak, space-track, simulated) or as a value.

    `at` is the time by which waits are counted. `trust_shrunk` takes in a feed that lost most of its records or is
    older than what is held, which is quarantined otherwise. Raises `SourceError` when the source cannot be used at
    all (no account, client not installed), `CatalogueError` when the database fails.
    """
    if isinstance(source, str):
        if source == "simulated":
            return _update_simulated(store, groups, at=at)
        source = source_named(source)
    ledger = RequestLedger(store.database)
    feeds = source.feeds(groups)
    asked = {feed.url: record.claimed.isoformat() for feed in feeds if (record := ledger.record_of(feed.url))}
    reports: list[FeedReport] = []
    stopped_by: str | None = None
    for feed in sorted(feeds, key=lambda feed: asked.get(feed.url, "")):
        if stopped_by is not None:
            reports.append(
                FeedReport(
                    feed.label, feed.url, "not asked", f"{stopped_by} was refused; {source.name} asks to stop then"
                )
            )
            continue
        report, must_stop = _update_feed(store, source, feed, ledger=ledger, at=at, trust_shrunk=trust_shrunk)
        reports.append(report)
        if must_stop:
            stopped_by = feed.label
    return UpdateReport(source.name, tuple(reports))


def source_named(name: str) -> Source:
    """The source of that name with its default settings."""
    if name == "celestrak":
        from ssa.catalogue.celestrak import CelesTrakSource

        return CelesTrakSource()
    if name == "space-track":
        from ssa.catalogue.space_track import SpaceTrackSource

        return SpaceTrackSource.from_environment()
    raise UnknownName("source", name, list(SOURCE_NAMES))


def _update_feed(
    store: CatalogueStore, source: Source, feed: Feed, *, ledger: RequestLedger, at: Instant, trust_shrunk: bool
) -> tuple[FeedReport, bool]:
    try:
        delivery = source.fetch(feed, ledger=ledger, at=at)
    except NotYet as error:
        return FeedReport(feed.label, feed.url, "not yet", str(error), error.next_allowed), False
    except SourceError as error:
        store.note_refused(Origin(source.name, "REAL", at, feed=feed.url), outcome="failed", reason=str(error))
        record = ledger.record_of(feed.url)
        return FeedReport(feed.label, feed.url, "failed", str(error), record.next_allowed if record else None), True
    if delivery.outcome != "delivered":
        return (
            FeedReport(feed.label, feed.url, delivery.outcome, delivery.detail, delivery.next_allowed),
            delivery.must_stop,
        )
    sha256 = sha256_of(delivery.content)
    try:
        ingest = _take_in(store, source, feed, delivery, at=at, sha256=sha256, trust_shrunk=trust_shrunk)
    except FeedQuarantined as error:
        origin = Origin(source.name, "REAL", at, sha256=sha256, feed=feed.url)
        note = store.note_refused(origin, outcome="quarantined", reason=str(error))
        return FeedReport(feed.label, feed.url, "quarantined", str(error), delivery.next_allowed, note), False
    ledger.remember(feed.url, sha256=sha256, etag=delivery.etag, last_modified=delivery.last_modified)
    said = f"{ingest.sets_new} new of {ingest.sets_read} sets" if feed.kind == "elements" else (
        f"something new of {ingest.facts_new} of {ingest.facts_read} objects"
    )  # fmt: skip
    return FeedReport(feed.label, feed.url, "imported", said, delivery.next_allowed, ingest), False


def _take_in(
    store: CatalogueStore,
    source: Source,
    feed: Feed,
    delivery: Delivery,
    *,
    at: Instant,
    sha256: str,
    trust_shrunk: bool,
) -> IngestReport:
    from orbits.formats import detect_format, read_element_sets

    quarantine.require_not_html(delivery.content, delivery.content_type)
    before = store.last_accepted(feed.url)
    try:
        if feed.kind == "facts":
            facts = read_satellite_facts(delivery.content)
            if not trust_shrunk:
                quarantine.require_enough(len(facts), last_time=before.facts_read if before else None)
            return store.import_facts(facts, source=source.name, at=at, sha256=sha256, feed=feed.url)
        elements = read_element_sets(delivery.content)
        form = detect_format(delivery.content)
    except (ElementSetError, InvalidValue) as error:
        raise FeedQuarantined(f"nothing in the answer can be read: {error}") from None
    if not trust_shrunk:
        quarantine.require_enough(len(elements), last_time=before.sets_read if before else None)
        quarantine.require_not_older(elements, store.newest_epochs("REAL"))
    return store.import_elements(
        elements, source=source.name, data_mode="REAL", at=at, sha256=sha256, form=form, feed=feed.url
    )


def _update_simulated(store: CatalogueStore, groups: Sequence[str], *, at: Instant) -> UpdateReport:
    if groups:
        raise InvalidValue("group", ", ".join(groups), "the simulated catalogue has no groups; leave it out")
    from ssa.catalogue.simulated import simulated_catalogue

    # elements of the day itself, so that passes asked about today are not those of an old catalogue
    snapshot = simulated_catalogue(epoch=Instant.of_date(at.date()))
    ingest = store.import_elements(
        snapshot.elements, source=snapshot.source, data_mode="SIMULATED", at=at, facts=facts_of(snapshot)
    )
    detail = f"{ingest.sets_new} new of {ingest.sets_read} sets"
    return UpdateReport(snapshot.source, (FeedReport("simulated catalogue", None, "imported", detail, None, ingest),))


def facts_of(snapshot: CatalogueSnapshot) -> SatelliteFacts:
    """What a snapshot says of its objects, as facts to import."""
    texts = {name: getattr(snapshot, name) for name in FACT_TEXTS if hasattr(snapshot, name)}
    return SatelliteFacts.of(snapshot.elements.norad_id, **texts, rcs_m2=snapshot.rcs_m2)


def _content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise InvalidValue("file", str(file), f"cannot be read: {error.strerror or error}") from None
