"""The ledger: one claim at a time for a URL, remembered, and robust against a clock that jumps."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from orbits import Instant
from ssa.catalogue.database import Database
from ssa.catalogue.ledger import LONGEST_WAIT_S, NotYet, RequestLedger
from tests.made_up_sets import empty_database

URL = "https://source.example/feed"
START = Instant.parse("2026-03-10T06:00:00Z")


@pytest.fixture
def database(tmp_path: Path):
    opened = Database.open(empty_database(tmp_path / "catalogue.sqlite3"))
    yield opened
    opened.close()


def test_a_claim_holds_until_its_time_and_is_told_when_that_is(database):
    ledger = RequestLedger(database)
    ledger.claim(URL, at=START, wait_s=7200.0)
    with pytest.raises(NotYet, match=r"asked at 2026-03-10T06:00:00Z and may be asked again at 2026-03-10T08:00:00Z"):
        ledger.claim(URL, at=START.plus_s(7199.0), wait_s=7200.0)
    assert ledger.claim(URL, at=START.plus_s(7200.0), wait_s=7200.0).claimed == START
    ledger.claim("https://source.example/other", at=START, wait_s=7200.0)
    assert [record.url for record in ledger.records()] == [URL, "https://source.example/other"]


def test_a_claim_survives_the_process_that_made_it(database, tmp_path):
    RequestLedger(database).claim(URL, at=START, wait_s=7200.0)
    database.close()
    again = Database.open(tmp_path / "catalogue.sqlite3")
    with pytest.raises(NotYet) as refused:
        RequestLedger(again).claim(URL, at=START.plus_s(60.0), wait_s=7200.0)
    assert refused.value.record.note == "asked; no answer recorded yet"
    again.close()


def test_an_answer_sets_the_wait_and_what_was_taken_in_is_remembered(database):
    ledger = RequestLedger(database)
    ledger.claim(URL, at=START, wait_s=7200.0)
    next_allowed = ledger.settle(URL, at=START.plus_s(2.0), wait_s=9000.0, status=429, note="too often")
    assert next_allowed == START.plus_s(9002.0)
    ledger.remember(URL, sha256="ab" * 32, etag='"x"', last_modified="Tue, 10 Mar 2026 00:00:00 GMT")
    with pytest.raises(NotYet):
        ledger.claim(URL, at=START.plus_s(9001.0), wait_s=7200.0)
    before = ledger.claim(URL, at=START.plus_s(9002.0), wait_s=7200.0)
    assert (before.status, before.etag, before.note) == (429, '"x"', "too often")
    record = ledger.record_of(URL)
    assert record is not None
    assert record.last_modified == "Tue, 10 Mar 2026 00:00:00 GMT"


@pytest.mark.parametrize("years", [1, 50])
def test_a_clock_that_ran_ahead_and_was_set_back_holds_a_url_for_one_wait_more_not_for_years(database, years):
    ledger = RequestLedger(database)
    ledger.claim(URL, at=START.plus_s(years * 365.25 * 86400.0), wait_s=7200.0)
    with pytest.raises(NotYet) as refused:
        ledger.claim(URL, at=START, wait_s=7200.0)
    assert refused.value.next_allowed == START.plus_s(7200.0)
    ledger.claim(URL, at=START.plus_s(7200.0), wait_s=7200.0)


def test_no_server_can_ask_for_a_longer_wait_than_a_week(database):
    ledger = RequestLedger(database)
    ledger.claim(URL, at=START, wait_s=7200.0)
    assert ledger.settle(URL, at=START, wait_s=1e12, status=429) == START.plus_s(LONGEST_WAIT_S)


def test_of_many_threads_that_claim_at_once_one_gets_it(database):
    ledger = RequestLedger(database)
    got: list[bool] = []
    gate = threading.Barrier(8)

    def claim() -> None:
        gate.wait()
        try:
            ledger.claim(URL, at=START, wait_s=7200.0)
            got.append(True)
        except NotYet:
            got.append(False)

    threads = [threading.Thread(target=claim) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [False] * 7 + [True]
