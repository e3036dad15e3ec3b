"""What `ssa serve --prepare` does first: fill what is empty, leave what is not, work without a network."""

from __future__ import annotations

from pathlib import Path

from api.preparation import fill_when_empty
from orbits import Instant
from orbits.formats import write_element_sets
from ssa.catalogue.celestrak import CelesTrakSource
from ssa.catalogue.fetching import FetchLimits
from ssa.catalogue.store import CatalogueStore
from tests.celestrak_stand_in import CelesTrakStandIn
from tests.faces import IMPORTED_AT, fill_real, real_elements

QUICK = FetchLimits(connect_time_s=2.0, total_time_s=10.0, tries=1)


def filled(file: Path, address: str) -> tuple[CatalogueStore, list[str]]:
    store, said = CatalogueStore.open(f"sqlite:///{file}"), []
    fill_when_empty(store, said.append, source=CelesTrakSource(address, limits=QUICK))
    return store, said


def test_an_empty_catalogue_is_filled_from_the_source_when_it_answers(tmp_path: Path) -> None:
    feed = write_element_sets(real_elements(), "omm-csv").encode()
    with CelesTrakStandIn(now=Instant.now(), groups={"active": feed}) as celestrak:
        store, said = filled(tmp_path / "a.sqlite3", celestrak.url)
    with store:
        assert store.load_snapshot().data_mode == "REAL"
        assert len(store.load_snapshot()) == len(real_elements())
    assert "asking CelesTrak" in said[0]


def test_without_a_network_it_is_filled_with_the_simulated_catalogue_and_that_is_said(tmp_path: Path) -> None:
    store, said = filled(tmp_path / "a.sqlite3", "http://127.0.0.1:1")
    with store:
        assert store.load_snapshot().data_mode == "SIMULATED"
    assert any("simulated" in line for line in said)
    assert any("cannot be reached" in line for line in said)


def test_a_source_that_misbehaves_is_told_and_the_simulated_catalogue_serves(tmp_path: Path) -> None:
    with CelesTrakStandIn(now=Instant.now(), behaviour="html") as celestrak:
        store, said = filled(tmp_path / "a.sqlite3", celestrak.url)
    with store:
        assert store.load_snapshot().data_mode == "SIMULATED"
    assert any("HTML" in line for line in said)


def test_a_catalogue_that_holds_anything_is_left_alone_and_nobody_is_asked(tmp_path: Path) -> None:
    fill_real(tmp_path / "a.sqlite3")
    with CelesTrakStandIn(now=Instant.now()) as celestrak:
        store, said = filled(tmp_path / "a.sqlite3", celestrak.url)
        assert celestrak.asked == []
    with store:
        assert store.load_snapshot().as_of == IMPORTED_AT
    assert said == []
