"""Files into the catalogue, the quarantine's rules, and the names of the sources."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from orbits import ElementSetError, ElementSets, Instant, InvalidValue
from ssa.catalogue import quarantine
from ssa.catalogue.sources import FileSource, facts_of, update_catalogue
from ssa.catalogue.store import CatalogueStore
from ssa.errors import CatalogueError, FeedQuarantined, SourceError, UnknownName
from tests.made_up_sets import as_csv, empty_database, made_up_facts, made_up_sets, snapshot_by_hand

DAY_1 = Instant.parse("2026-03-10T06:00:00Z")


@pytest.fixture
def store(tmp_path: Path):
    with CatalogueStore.open(empty_database(tmp_path / "catalogue.sqlite3")) as opened:
        yield opened


def test_files_and_their_satellite_catalogue_are_taken_in_as_one(store, tmp_path):
    (tmp_path / "a.csv").write_bytes(as_csv(made_up_sets(5)))
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(as_csv(made_up_sets(4, first=100))))
    (tmp_path / "satcat.csv").write_bytes(b"NORAD_CAT_ID,OWNER\n1,US\n100,FR\nx,US\n")
    source = FileSource([tmp_path / "a.csv", tmp_path / "b.csv.gz"], satcat=[tmp_path / "satcat.csv"])
    report = source.import_into(store, at=DAY_1)
    assert (report.source, report.form) == ("file a.csv, b.csv.gz", "omm-csv")
    assert (report.sets_new, report.facts_new, report.refused) == (9, 2, 1)
    served = store.load_snapshot()
    assert [served.owner[0], served.owner[5]] == ["US", "FR"]
    assert len(store.ingests()) == 1


def test_a_satellite_catalogue_may_come_alone(store, tmp_path):
    (tmp_path / "satcat.csv").write_bytes(b"NORAD_CAT_ID,OWNER\n1,US\n")
    report = FileSource(satcat=[tmp_path / "satcat.csv"]).import_into(store, at=DAY_1)
    assert (report.source, report.facts_new) == ("file satcat.csv", 1)


def test_one_file_that_cannot_be_used_leaves_all_as_it_was(store, tmp_path):
    (tmp_path / "good.csv").write_bytes(as_csv(made_up_sets(5)))
    (tmp_path / "page.csv").write_bytes(b"<!DOCTYPE html><html></html>")
    with pytest.raises(ElementSetError, match=r"page\.csv: "):
        FileSource([tmp_path / "good.csv", tmp_path / "page.csv"]).import_into(store, at=DAY_1)
    with pytest.raises(InvalidValue, match=r"absent\.csv: cannot be read: No such file"):
        FileSource([tmp_path / "good.csv", tmp_path / "absent.csv"]).import_into(store, at=DAY_1)
    with pytest.raises(InvalidValue, match=r"cannot be read: Is a directory"):
        FileSource([tmp_path]).import_into(store, at=DAY_1)
    with pytest.raises(InvalidValue, match="give at least one file"):
        FileSource()
    assert store.ingests() == ()


@pytest.mark.parametrize(
    "content", [b"<html></html>", b"\xef\xbb\xbf \r\n<!doctype HTML>", b"<!-- login --><html>", b"", b"  \n"]
)
def test_a_web_page_or_nothing_is_quarantined(content):
    with pytest.raises(FeedQuarantined):
        quarantine.require_not_html(content)


def test_a_feed_is_enough_with_half_of_what_it_held():
    quarantine.require_enough(50, last_time=100)
    quarantine.require_enough(1, last_time=None)
    with pytest.raises(FeedQuarantined, match="49 records where it held 100 last time, less than 50%"):
        quarantine.require_enough(49, last_time=100)


def test_a_feed_is_old_only_when_every_set_is_older_than_the_one_held():
    sets = made_up_sets(3)
    held = {number: (sets.epoch_jd_day[0] + 1, 0.0) for number in (1, 2, 3)}
    with pytest.raises(FeedQuarantined, match="every one of its 3 sets is older"):
        quarantine.require_not_older(sets, held)
    quarantine.require_not_older(sets, {number: held[number] for number in (1, 2)})
    same = dict(zip((1, 2, 3), zip(sets.epoch_jd_day, sets.epoch_day_fraction, strict=True), strict=True))
    quarantine.require_not_older(sets, same)


def test_an_unknown_source_is_refused_and_the_known_ones_named(store):
    with pytest.raises(UnknownName, match="did you mean celestrak, space-track, simulated"):
        update_catalogue(store, "skynet", at=DAY_1)


def test_space_track_without_an_account_says_which_variables_to_set(store, monkeypatch):
    pytest.importorskip("spacetrack")
    monkeypatch.delenv("SSA_SPACE_TRACK_USER", raising=False)
    monkeypatch.delenv("SSA_SPACE_TRACK_PASSWORD", raising=False)
    with pytest.raises(SourceError, match="set SSA_SPACE_TRACK_USER and SSA_SPACE_TRACK_PASSWORD"):
        update_catalogue(store, "space-track", at=DAY_1)


def test_the_facts_of_a_snapshot_can_be_imported_again(store):
    snapshot = snapshot_by_hand(made_up_sets(6), made_up_facts(6))
    store.import_elements(snapshot.elements, source="t", data_mode="REAL", at=DAY_1, facts=facts_of(snapshot))
    assert store.load_snapshot().digest == snapshot.digest


def test_the_simulated_catalogue_fills_an_empty_database_and_never_a_real_one(store, tmp_path):
    pytest.importorskip("ssa.catalogue.simulated")
    report = update_catalogue(store, "simulated", at=DAY_1)
    served = store.load_snapshot()
    assert report.changed
    assert served.data_mode == "SIMULATED"
    assert len(served) > 1000
    with CatalogueStore.open(tmp_path / "real.sqlite3") as real:
        real.import_elements(made_up_sets(2), source="t", data_mode="REAL", at=DAY_1)
        with pytest.raises(CatalogueError, match="never mix"):
            update_catalogue(real, "simulated", at=DAY_1)


@pytest.mark.real_data
def test_a_whole_real_catalogue_is_imported_within_ten_seconds_and_loaded_within_one(store, shared):
    file = shared / "data" / "catalogs" / "gp_2024-11-01_on-orbit.csv.gz"
    began = time.perf_counter()
    report = FileSource([file]).import_into(store, at=Instant.parse("2024-11-01T00:00:00Z"))
    imported_s = time.perf_counter() - began
    began = time.perf_counter()
    served = store.load_snapshot()
    loaded_s = time.perf_counter() - began
    print(f"import of {report.sets_read} sets {imported_s:.2f} s, load {loaded_s:.3f} s")
    assert (report.sets_read, report.sets_new, report.refused, len(served)) == (26_834, 26_834, 0, 26_834)
    expected = ElementSets.read(file).newest()
    for name in ElementSets.column_names():
        assert np.array_equal(getattr(served.elements, name), getattr(expected, name)), name
    assert imported_s <= 10.0
    assert loaded_s <= 1.0


@pytest.mark.real_data
def test_two_real_catalogues_give_the_same_snapshot_in_either_order(store, tmp_path, shared):
    files = [
        shared / "data" / "catalogs" / name for name in ("gp_2026-03-10_active.csv.gz", "gp_2026-03-10_visual.json.gz")
    ]
    for file in files:
        FileSource([file]).import_into(store, at=DAY_1)
    with CatalogueStore.open(empty_database(tmp_path / "other.sqlite3")) as other:
        for file in reversed(files):
            FileSource([file]).import_into(other, at=DAY_1)
        assert other.load_snapshot().digest == store.load_snapshot().digest
        again = replace(made_up_sets(1), norad_id=np.array([25544]))
        other.import_elements(again, source="t", data_mode="REAL", at=DAY_1)
        assert len(other.element_history(25544)) == len(store.element_history(25544)) + 1
