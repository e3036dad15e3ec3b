"""The database under faults: locked, full, removed, damaged, read-only, newer, another program's, raced for."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from orbits import Instant, InvalidValue
from ssa.catalogue import database
from ssa.catalogue.database import Database, database_url, default_database_url, insert_into
from ssa.catalogue.faults import CatalogueLocked
from ssa.catalogue.store import CatalogueStore
from ssa.catalogue.tables import SCHEMA_HEAD, element_sets, metadata, objects
from ssa.errors import CatalogueError
from tests.made_up_sets import made_up_facts, made_up_sets

ROOT = Path(__file__).resolve().parents[3]
DAY_1 = Instant.parse("2026-03-10T06:00:00Z")
DAY_2 = Instant.parse("2026-03-11T06:00:00Z")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "catalogue.sqlite3"


@pytest.fixture
def filled(file: Path) -> Path:
    with CatalogueStore.open(file) as store:
        store.import_elements(made_up_sets(400), source="test", data_mode="REAL", at=DAY_1, facts=made_up_facts(400))
    return file


def bytes_of(file: Path) -> bytes:
    return file.read_bytes()


def test_the_steps_lead_to_the_tables_that_the_code_uses(file):
    opened = Database.open(file)
    with opened.reading() as connection:
        context = MigrationContext.configure(connection)
        assert context.get_current_revision() == SCHEMA_HEAD
        assert compare_metadata(context, metadata) == []
    opened.close()


def test_a_database_written_by_a_newer_version_is_refused_unchanged_and_the_way_out_said(filled):
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = bytes_of(filled)
    with pytest.raises(
        CatalogueError, match=rf"schema is 9999, newer than {SCHEMA_HEAD}.*nothing was changed\. Upgrade allied-ssa"
    ):
        CatalogueStore.open(filled)
    assert bytes_of(filled) == before


def test_a_database_of_another_program_is_left_untouched(file):
    file.parent.mkdir()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE recipes (id)")
    connection.close()
    with pytest.raises(CatalogueError, match=r"tables of another program \(recipes\).*SSA_DATABASE_URL"):
        CatalogueStore.open(file)
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]
    connection.close()


def test_a_file_that_is_no_database_is_refused_unchanged(file):
    file.parent.mkdir()
    file.write_bytes(b"no database at all " * 500)
    with pytest.raises(CatalogueError, match=r"not a SQLite database"):
        CatalogueStore.open(file)
    assert file.read_bytes() == b"no database at all " * 500


def test_a_damaged_page_is_an_error_that_says_so(filled):
    content = bytearray(bytes_of(filled))
    content[4096:] = bytes(index * 7 % 251 for index in range(len(content) - 4096))
    filled.write_bytes(content)
    with pytest.raises(CatalogueError, match="damaged"), CatalogueStore.open(filled) as store:
        store.load_snapshot()


def test_a_flipped_value_that_sqlite_does_not_see_is_found_by_the_integrity_check(filled):
    with CatalogueStore.open(filled) as store:
        store.check_integrity()
    with sqlite3.connect(filled) as connection:
        connection.execute("UPDATE element_sets SET eccentricity = eccentricity + 1e-16 WHERE norad_id = 17")
    connection.close()
    with CatalogueStore.open(filled) as store, pytest.raises(CatalogueError, match=r"1 objects.*the first of them 17"):
        store.check_integrity()


def test_a_truncated_file_is_found_by_the_integrity_check(filled):
    filled.write_bytes(bytes_of(filled)[: filled.stat().st_size // 4096 * 2048])
    with pytest.raises(CatalogueError, match="damaged"), CatalogueStore.open(filled) as store:
        store.check_integrity()


def test_a_file_removed_while_open_is_noticed_before_anything_is_lost_in_it(filled):
    with CatalogueStore.open(filled) as store:
        filled.unlink()
        with pytest.raises(CatalogueError, match="removed or replaced since it was opened"):
            store.import_elements(made_up_sets(2, version=1), source="test", data_mode="REAL", at=DAY_2)
        with pytest.raises(CatalogueError, match="removed or replaced"):
            store.load_snapshot()


def test_a_read_only_database_is_read_and_an_import_says_that_it_is_read_only(filled):
    with CatalogueStore.open(f"sqlite:///file:{filled}?mode=ro&uri=true") as store:
        assert len(store.load_snapshot()) == 400
        with pytest.raises(CatalogueError, match=r"it is read-only; make the file and its folder writable"):
            store.import_elements(made_up_sets(2, version=1), source="test", data_mode="REAL", at=DAY_2)
        assert len(store.element_history(1)) == 1


def test_a_folder_that_cannot_be_made_is_an_error_that_names_it(tmp_path):
    (tmp_path / "file").write_text("a file, not a folder")
    with pytest.raises(CatalogueError, match="its folder cannot be made"):
        CatalogueStore.open(tmp_path / "file" / "catalogue.sqlite3")
    with pytest.raises(CatalogueError, match="cannot be opened"):
        CatalogueStore.open(tmp_path)


def test_a_lock_held_too_long_is_an_error_and_readers_do_not_wait_for_it(filled, monkeypatch):
    monkeypatch.setattr(database, "LOCK_WAIT_S", 0.4)  # the product waits 5 s
    holder = sqlite3.connect(filled, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    holder.execute("DELETE FROM served_columns")
    with CatalogueStore.open(filled) as store:
        before = time.monotonic()
        assert len(store.load_snapshot()) == 400
        assert time.monotonic() - before < 0.4
        with pytest.raises(CatalogueLocked, match="locked by another process"):
            store.import_elements(made_up_sets(2, version=1), source="test", data_mode="REAL", at=DAY_2)
        assert time.monotonic() - before >= 0.4
        holder.execute("ROLLBACK")
        holder.close()
        store.import_elements(made_up_sets(2, version=1), source="test", data_mode="REAL", at=DAY_2)
        assert [report.outcome for report in store.ingests()] == ["accepted", "accepted"]
    assert database._IMPORT_LOCK < 2**63  # PostgreSQL's advisory locks are 64-bit


def test_readers_are_served_the_old_snapshot_throughout_an_import(filled):
    with CatalogueStore.open(filled) as store:
        old = store.load_snapshot().digest
        importing = threading.Thread(
            target=store.import_elements,
            args=(made_up_sets(12_000, version=1),),
            kwargs={"source": "test", "data_mode": "REAL", "at": DAY_2},
        )
        seen: list[tuple[str, float]] = []
        importing.start()
        while importing.is_alive():
            began = time.monotonic()
            seen.append((store.load_snapshot().digest, time.monotonic() - began))
        importing.join()
        new = store.load_snapshot().digest
    digests = [digest for digest, _ in seen]
    assert digests.count(old) >= 3, "the import was over before anyone read: make it larger"
    assert set(digests) <= {old, new}
    assert digests == sorted(digests, key=lambda digest: digest == new), "old, then new, never back"
    assert max(waited for _, waited in seen) < 2.0


FULL_DISK = """
import resource, sys
from orbits import Instant
from ssa.catalogue.store import CatalogueStore
from ssa.errors import CatalogueError
from tests.made_up_sets import made_up_facts, made_up_sets
with CatalogueStore.open(sys.argv[1]) as store:
    old = store.load_snapshot().digest
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
    try:
        store.import_elements(made_up_sets(6000, version=1), source="full", data_mode="REAL",
                              at=Instant.parse("2026-03-11T06:00:00Z"), facts=made_up_facts(6000, version=1))
        print("imported")
    except CatalogueError as error:
        print("refused", error)
    assert store.load_snapshot().digest == old
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.check_integrity()
    assert store.load_snapshot().digest == old
    store.import_elements(made_up_sets(6000, version=1), source="room again", data_mode="REAL",
                          at=Instant.parse("2026-03-11T06:00:00Z"))
    assert len(store.load_snapshot()) == 6000
    store.check_integrity()
"""


@pytest.mark.parametrize("room_bytes", [0, 30_000, 300_000, 1_500_000])
def test_a_disk_that_fills_during_an_import_leaves_the_old_snapshot_whole(filled, room_bytes):
    limit = max(filled.stat().st_size, 4096) if room_bytes == 0 else room_bytes
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(filled), str(limit)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("refused using the database")
    assert "the disk" in done.stdout
    assert "what was stored is unchanged" in done.stdout


RACE = """
import sys
from ssa.catalogue.store import CatalogueStore
sys.stdin.readline()
with CatalogueStore.open(sys.argv[1]) as store:
    print(store.ingests())
"""


def test_five_processes_may_open_a_fresh_database_at_once(file):
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", RACE, str(file)], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(5)
    ]  # fmt: skip
    time.sleep(1.0)  # until most have started up
    said = [racer.communicate("go\n", timeout=60) for racer in racers]
    assert [out.strip() for out, _ in said] == ["()"] * 5, [err for _, err in said]


def test_the_default_database_lies_in_the_users_data_folder_unless_the_environment_names_one(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("SSA_DATABASE_URL", "")
    assert default_database_url().startswith("sqlite:///")
    assert default_database_url().endswith("allied-ssa/catalogue.sqlite3")
    monkeypatch.setenv("SSA_DATABASE_URL", f"sqlite:///{tmp_path}/named.sqlite3")
    CatalogueStore.open().close()
    assert (tmp_path / "named.sqlite3").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("mysql://host/name", "use a sqlite or a postgresql URL"),
        ("sqlite://", "forgets everything at the end"),
        ("sqlite:///:memory:", "forgets everything at the end"),
        ("://", "is no database URL"),
    ],
)
def test_a_database_url_that_cannot_be_used_is_refused_with_the_way_out(given, said):
    with pytest.raises(InvalidValue, match=said):
        database_url(given)


def test_a_postgresql_that_cannot_be_used_is_an_error_that_hides_the_password():
    with pytest.raises(CatalogueError) as error:
        CatalogueStore.open("postgresql+psycopg://user:secret@127.0.0.1:9/name")
    assert "secret" not in str(error.value)


def test_tables_and_upserts_can_be_said_to_postgresql():
    dialect = postgresql.dialect()
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect)).strip().startswith("CREATE TABLE")
        for index in table.indexes:
            assert "INDEX" in str(CreateIndex(index).compile(dialect=dialect))

    class Connection:
        dialect = postgresql.dialect()

    for table in (objects, element_sets):
        statement = insert_into(Connection(), table).on_conflict_do_nothing()  # type: ignore[arg-type]
        assert "ON CONFLICT DO NOTHING" in str(statement.compile(dialect=dialect))
