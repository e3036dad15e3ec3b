"""CelesTrak's usage policy, kept over restarts, crashes, processes and every fault of a network.

The server is a stand-in on the loopback interface (`celestrak_stand_in.py`). Time is an argument everywhere, so two
hours pass in no time; the promise under test is that no URL reaches the server twice within two hours.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orbits import Instant, InvalidValue
from ssa.catalogue.celestrak import CelesTrakSource
from ssa.catalogue.fetching import FetchLimits, user_agent
from ssa.catalogue.ledger import RequestLedger
from ssa.catalogue.sources import UpdateReport, update_catalogue
from ssa.catalogue.store import CatalogueStore
from tests.celestrak_stand_in import BEHAVIOURS, TWO_HOURS_S, CelesTrakStandIn, gzip_bomb
from tests.made_up_sets import as_csv, empty_database, made_up_sets

ROOT = Path(__file__).resolve().parents[2]
START = Instant.parse("2026-03-12T00:00:00Z")
RESTARTS = int(os.environ.get("SSA_RESTARTS", "200"))
SLOW = ("slow head", "slow body", "silent")
PATIENT = FetchLimits(total_time_s=10.0, connect_time_s=5.0, max_body_bytes=1_000_000)
IMPATIENT = FetchLimits(total_time_s=0.6, connect_time_s=0.5, max_body_bytes=1_000_000)
SATCAT_HEAD = (
    "OBJECT_NAME,OBJECT_ID,NORAD_CAT_ID,OBJECT_TYPE,OPS_STATUS_CODE,OWNER,LAUNCH_DATE,LAUNCH_SITE,DECAY_DATE\n"
)


def satcat(objects: int) -> bytes:
    rows = (
        f"MADE UP {n},2026-{n % 999 + 1:03d}A,{n},PAY,+,US,2026-01-{n % 28 + 1:02d},AFETR,\n"
        for n in range(1, objects + 1)
    )
    return (SATCAT_HEAD + "".join(rows)).encode()


@pytest.fixture
def server(monkeypatch):
    for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(variable, raising=False)
    groups = {"active": as_csv(made_up_sets(60)), "stations": as_csv(made_up_sets(12, version=1))}
    gzip_bomb()
    with CelesTrakStandIn(START, groups, satcat(60)) as running:
        yield running


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return empty_database(tmp_path / "catalogue.sqlite3")


def restart(
    server: CelesTrakStandIn, database: Path, at: Instant, groups=("active", "stations"), **options
) -> UpdateReport:
    """One life of a service: open the store, update, close. The server's clock is that of the world."""
    server.now = at
    limits = IMPATIENT if server.behaviour in SLOW else PATIENT
    with CatalogueStore.open(database) as store:
        source = CelesTrakSource(server.url, limits=limits, jitter=random.Random(7))
        return update_catalogue(store, source, groups, at=at, **options)


def shortest_gap_s(server: CelesTrakStandIn) -> float:
    gaps = [
        later.seconds_since(earlier)
        for times in server.times_asked().values()
        for earlier, later in itertools.pairwise(times)
    ]
    return min(gaps, default=float("inf"))


def outcomes(report: UpdateReport) -> list[str]:
    return [feed.outcome for feed in report.feeds]


def test_a_well_meant_update_fills_the_catalogue_with_one_request_a_feed(server, database):
    report = restart(server, database, START)
    assert outcomes(report) == ["imported", "imported", "imported"]
    assert report.changed
    assert not report.failed
    assert [request.url for request in server.asked] == [
        "/NORAD/elements/gp.php?GROUP=active&FORMAT=csv",
        "/NORAD/elements/gp.php?GROUP=stations&FORMAT=csv",
        "/pub/satcat.csv",
    ]
    assert {request.headers["user-agent"] for request in server.asked} == {user_agent()}
    assert user_agent().startswith("allied-ssa/0")
    with CatalogueStore.open(database) as store:
        served = store.load_snapshot()
    assert (len(served), served.source, served.owner[0]) == (60, "CelesTrak", "US")
    assert served.elements.epoch_jd_day[0] == made_up_sets(1, version=1).epoch_jd_day[0]


def test_200_restarts_within_two_hours_ask_once_per_group(server, database):
    for number in range(RESTARTS):
        report = restart(server, database, START.plus_s(number * TWO_HOURS_S / (RESTARTS + 1)))
        assert set(outcomes(report)) == {"imported" if number == 0 else "not yet"}
    assert {url: len(times) for url, times in server.times_asked().items()} == dict.fromkeys(
        (
            "/NORAD/elements/gp.php?GROUP=active&FORMAT=csv",
            "/NORAD/elements/gp.php?GROUP=stations&FORMAT=csv",
            "/pub/satcat.csv",
        ),
        1,
    )
    assert outcomes(restart(server, database, START.plus_s(TWO_HOURS_S + 5.0))) == ["imported", "imported", "unchanged"]


def test_200_restarts_through_every_fault_never_ask_twice_within_two_hours(server, database):
    draw = random.Random(20260312)
    at, met = START, set()
    calm = [kind for kind in BEHAVIOURS if kind not in SLOW]
    for _ in range(RESTARTS):
        server.behaviour = draw.choice(calm)
        server.retry_after = draw.choice([None, "30", "20000"])
        at = at.plus_s(draw.expovariate(1.0 / 900.0))
        before = len(server.asked)
        restart(server, database, at)
        if len(server.asked) > before:
            met.add(server.behaviour)
    assert len(met) > len(calm) // 2, "too few faults were met to prove anything"
    assert shortest_gap_s(server) >= TWO_HOURS_S
    with CatalogueStore.open(database) as store:
        store.check_integrity()


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_whatever_comes_back_the_url_is_asked_once_in_two_hours_and_the_old_snapshot_serves_on(
    behaviour, server, database
):
    restart(server, database, START)
    with CatalogueStore.open(database) as store:
        old = store.load_snapshot().digest
    server.asked.clear()
    server.behaviour = behaviour
    later = START.plus_s(10 * TWO_HOURS_S)
    began = time.monotonic()
    for minute in (0.0, 1.0, 30.0, 60.0, 119.0):
        report = restart(server, database, later.plus_s(60.0 * minute), groups=["active"])
        assert shortest_gap_s(server) == float("inf")
        if behaviour != "well":
            assert not report.changed
    assert time.monotonic() - began < 10.0
    assert len(server.asked) in (1, 2)
    with CatalogueStore.open(database) as store:
        assert store.load_snapshot().digest == old
        store.check_integrity()


@pytest.mark.parametrize(
    ("behaviour", "outcome", "said"),
    [
        ("not updated", "unchanged", "not updated since the last download"),
        ("not found", "empty", "holds no such element sets"),
        ("html", "quarantined", "a web page (HTML)"),
        ("empty", "quarantined", "the answer is empty"),
        ("moved", "failed", "it answered 301 and points to"),
        ("moved elsewhere", "failed", "192.0.2.1/; correct the address in the settings"),
        ("error", "failed", "it answered 500 ('Internal Server Error')"),
        ("overloaded", "failed", "it answered 503"),
        ("firewall", "failed", "it refuses this client (403)"),
        ("too often", "failed", "asked too often (429)"),
        ("slow head", "failed", "no whole answer within 0.6 s"),
        ("slow body", "failed", "no whole answer within 0.6 s"),
        ("cut", "failed", "the answer broke off"),
        ("cut gzip", "failed", "its gzip is cut off before its end"),
        ("too large", "failed", "more than 1000000 bytes"),
        ("gzip bomb", "failed", "more than 1000000 bytes"),
        ("no http", "failed", "the answer broke off"),
        ("silent", "failed", "no whole answer within 0.6 s"),
    ],
)
def test_every_fault_is_reported_as_what_it_is(behaviour, outcome, said, server, database):
    server.behaviour = behaviour
    report = restart(server, database, START, groups=["active"])
    first = report.feeds[0]
    assert first.outcome == outcome
    assert said in first.detail
    assert first.next_allowed is not None
    assert first.next_allowed.seconds_since(START) >= TWO_HOURS_S
    if outcome in ("unchanged", "empty", "failed"):
        assert report.feeds[1].outcome == "not asked", "whatever is not 200 ends the round"
        assert len(server.asked) == 1
    assert report.failed == (outcome in ("failed", "quarantined"))
    with CatalogueStore.open(database) as store:
        logged = [(ingest.outcome, ingest.reason) for ingest in store.ingests()]
    assert (outcome in ("failed", "quarantined")) == bool(logged)


def test_a_refusal_waits_two_hours_and_a_little_more(server, database):
    server.behaviour = "not updated"
    report = restart(server, database, START)
    wait_s = report.feeds[0].next_allowed.seconds_since(START)
    assert TWO_HOURS_S < wait_s < TWO_HOURS_S + 660.0


@pytest.mark.parametrize(
    ("said", "wait_s"),
    [
        ("86400", 86_400.0),
        ("Fri, 13 Mar 2026 00:00:00 GMT", 86_400.0),
        ("60", 7200.0),
        ("-5", 7200.0),
        ("soon", 7200.0),
        ("99999999999", 7 * 86_400.0),
    ],
)
def test_retry_after_is_kept_and_never_shortens_the_two_hours(said, wait_s, server, database):
    server.behaviour, server.retry_after = "too often", said
    report = restart(server, database, START, groups=["active"])
    assert wait_s - 2.0 <= report.feeds[0].next_allowed.seconds_since(START) <= wait_s + 660.0


def test_a_server_that_cannot_be_reached_uses_up_no_turn(database):
    with CelesTrakStandIn(START) as gone:
        address = gone.url
    limits = FetchLimits(total_time_s=3.0, connect_time_s=0.5, tries=2)
    with CatalogueStore.open(database) as store:
        source = CelesTrakSource(address, limits=limits)
        report = update_catalogue(store, source, ["active"], at=START)
        assert outcomes(report) == ["failed", "not asked"]
        assert "cannot be reached" in report.feeds[0].detail
        assert report.feeds[0].next_allowed == START.plus_s(60.0)
        again = update_catalogue(store, source, ["active"], at=START.plus_s(59.0))
        assert {feed.label: feed.outcome for feed in again.feeds}["group active"] in ("not yet", "not asked")
        assert (
            RequestLedger(store.database).claim(report.feeds[0].url, at=START.plus_s(61.0), wait_s=1.0).status is None
        )


def test_the_group_that_waited_longest_is_asked_first_so_that_none_starves(server, database):
    server.behaviour = "not found"
    asked = []
    for round_ in range(6):
        restart(server, database, START.plus_s(round_ * 2.2 * TWO_HOURS_S))
        asked.append(server.asked[-1].url)
    assert len(server.asked) == 6
    assert len(set(asked[:3])) == len(set(asked[3:])) == 3


def test_the_satellite_catalogue_is_asked_for_only_if_modified(server, database):
    restart(server, database, START)
    later = START.plus_s(2 * TWO_HOURS_S)
    assert outcomes(restart(server, database, later)) == ["imported", "imported", "unchanged"]
    assert server.asked[-1].headers["if-modified-since"] == server.satcat_modified
    server.satcat_modified = "Wed, 11 Mar 2026 00:00:00 GMT"
    assert outcomes(restart(server, database, later.plus_s(2 * TWO_HOURS_S)))[-1] == "imported"


def test_a_satellite_catalogue_that_was_not_taken_in_is_asked_for_whole_again(server, database):
    server.satcat = b"NORAD_CAT_ID,OWNER\nx,US\n"
    assert outcomes(restart(server, database, START))[-1] == "quarantined"
    restart(server, database, START.plus_s(2 * TWO_HOURS_S))
    assert "if-modified-since" not in server.asked[-1].headers


def test_a_feed_that_shrinks_or_grows_old_is_quarantined_until_it_is_trusted(server, database):
    restart(server, database, START, groups=["active"])
    server.groups["active"] = as_csv(made_up_sets(29, version=2))
    later = START.plus_s(2 * TWO_HOURS_S)
    report = restart(server, database, later, groups=["active"])
    assert report.feeds[0].outcome == "quarantined"
    assert "29 records where it held 60" in report.feeds[0].detail
    with CatalogueStore.open(database) as store:
        note = store.ingests(1)[0]
        assert (note.outcome, note.sha256 is not None, note.feed) == ("quarantined", True, report.feeds[0].url)
        assert store.load_snapshot().elements.epoch_jd_day[0] == made_up_sets(1).epoch_jd_day[0]
    trusted = restart(server, database, later.plus_s(2 * TWO_HOURS_S), groups=["active"], trust_shrunk=True)
    assert trusted.feeds[0].outcome == "imported"
    server.groups["active"] = as_csv(made_up_sets(60))
    older = restart(server, database, later.plus_s(4 * TWO_HOURS_S), groups=["active"])
    assert outcomes(older)[0] == "imported", "31 of its sets are of objects whose newest they are"
    server.groups["active"] = as_csv(made_up_sets(29, version=0, seed=3))
    last = restart(server, database, later.plus_s(6 * TWO_HOURS_S), groups=["active"])
    assert last.feeds[0].outcome == "quarantined"


def test_a_group_that_cannot_be_a_group_is_refused_before_anything_is_asked(server, database):
    with pytest.raises(InvalidValue, match="is no group name"):
        restart(server, database, START, groups=["active&FORMAT=tle"])
    assert server.asked == []


LIFE = """
import sys
from orbits import Instant
from ssa.catalogue.celestrak import CelesTrakSource
from ssa.catalogue.sources import update_catalogue
from ssa.catalogue.store import CatalogueStore
store = CatalogueStore.open(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
report = update_catalogue(store, CelesTrakSource(sys.argv[2]), ["active", "stations"], at=Instant.parse(sys.argv[3]))
print(*[feed.outcome for feed in report.feeds], sep=";")
"""


def start_life(server: CelesTrakStandIn, database: Path, at: Instant) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", LIFE, str(database), server.url, at.isoformat()], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def test_processes_that_start_at_once_ask_once_together(server, database):
    server.answer_after_s = 0.3
    for wave in range(2):
        at = START.plus_s(wave * (TWO_HOURS_S + 120.0))
        server.now = at
        lives = [start_life(server, database, at) for _ in range(6 if wave == 0 else 3)]
        for life in lives:
            assert life.stdout is not None
            assert life.stdout.readline() == "ready\n"
        for life in lives:
            assert life.stdin is not None
            life.stdin.write("go\n")
            life.stdin.flush()
        said = [life.communicate(timeout=60) for life in lives]
        assert [err for _, err in said] == [""] * len(lives)
        results = [feed for out, _ in said for feed in out.strip().split(";")]
        assert len(results) == 3 * len(lives)
        assert results.count("not yet") == 3 * (len(lives) - 1)
    assert {len(times) for times in server.times_asked().values()} == {2}
    assert shortest_gap_s(server) >= TWO_HOURS_S


def test_a_process_killed_while_it_waits_for_the_answer_has_used_its_turn(server, database):
    server.answer_after_s = 20.0
    life = start_life(server, database, START)
    assert life.stdout is not None
    assert life.stdin is not None
    life.stdout.readline()
    life.stdin.write("go\n")
    life.stdin.flush()
    deadline = time.monotonic() + 30.0
    while not server.asked and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(life.pid, signal.SIGKILL)
    life.communicate(timeout=30)
    server.answer_after_s = 0.0
    report = restart(server, database, START.plus_s(600.0))
    assert outcomes(report) == ["imported", "imported", "not yet"]  # the one that was asked waits longest to be asked
    assert shortest_gap_s(server) == float("inf")
    with CatalogueStore.open(database) as store:
        record = RequestLedger(store.database).record_of(report.feeds[-1].url)
    assert record is not None
    assert record.note == "asked; no answer recorded yet"
