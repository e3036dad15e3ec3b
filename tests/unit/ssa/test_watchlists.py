"""Watchlists in the database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from orbits import Instant
from orbits.errors import InvalidValue
from ssa.catalogue import watchlists as module
from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.watchlists import Watchlist, Watchlists
from tests.made_up_sets import empty_database

NATO = Watchlist(
    "nato", "alliance:NATO", "STARLINK,ONEWEB", True, "public-sets", "yellow", 72.0,
    Instant.parse("2026-03-10T04:00:00.123456Z"),
)  # fmt: skip


@pytest.fixture
def kept(tmp_path: Path) -> Watchlists:
    return Watchlists(JobDatabase(empty_database(tmp_path / "catalogue.sqlite3")))


def test_what_is_saved_is_found_again(kept: Watchlists) -> None:
    assert kept.save(NATO)
    assert kept.find("nato") == NATO
    assert kept.save(replace(NATO, name="a station", watch="25544", without=None))
    assert [one.name for one in kept.all()] == ["a station", "nato"]


def test_saving_again_replaces(kept: Watchlists) -> None:
    kept.save(NATO)
    assert not kept.save(replace(NATO, hours=24.0))
    assert [one.hours for one in kept.all()] == [24.0]


def test_what_is_removed_is_gone(kept: Watchlists) -> None:
    kept.save(NATO)
    assert kept.remove("nato")
    assert not kept.remove("nato")
    assert kept.find("nato") is None


def test_a_full_shelf_says_so(kept: Watchlists, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WATCHLISTS", 1)
    kept.save(NATO)
    assert not kept.save(replace(NATO, hours=24.0))
    with pytest.raises(InvalidValue, match="remove one first"):
        kept.save(replace(NATO, name="another"))
