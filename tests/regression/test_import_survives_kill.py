"""`kill -9` at random moments of an import: the old snapshot whole, or the new one whole, never a mixture.

A launcher process forks a fresh importer for every attempt (a fork is quick where a new interpreter is not); the test
kills the importer after a drawn delay and looks at what is served. `SSA_KILLS` makes it as long as one likes.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from orbits import Instant
from ssa.catalogue.store import CatalogueStore
from tests.made_up_sets import made_up_facts, made_up_sets, snapshot_by_hand

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("SSA_KILLS", "50"))
OBJECTS = 1500
START = Instant.parse("2026-03-10T06:00:00Z")


def import_version(store: CatalogueStore, version: int) -> None:
    store.import_elements(
        made_up_sets(OBJECTS, version=version), source="kill test", data_mode="REAL",
        at=START.plus_s(60.0 * version), facts=made_up_facts(OBJECTS, version=version),
    )  # fmt: skip


def digest_of(version: int) -> str:
    return snapshot_by_hand(made_up_sets(OBJECTS, version=version), made_up_facts(OBJECTS, version=version)).digest


def launch() -> None:
    """Fork an importer for every version number that comes in; say when it begins and how it ends."""
    for line in sys.stdin:
        if (child := os.fork()) == 0:
            with CatalogueStore.open(sys.argv[1]) as store:
                print("begins", os.getpid(), flush=True)
                import_version(store, int(line))
            print("imported", flush=True)
            signal.pause()  # to be killed: a process that had gone could not be
        print("ended", os.waitpid(child, 0)[1], flush=True)


def test_an_import_killed_at_any_moment_leaves_the_old_snapshot_whole_or_the_new_one(tmp_path):
    database = tmp_path / "catalogue.sqlite3"
    draw = random.Random(20260310)
    launcher = subprocess.Popen(
        [sys.executable, "-m", "tests.regression.test_import_survives_kill", str(database)], cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert launcher.stdin is not None
    assert launcher.stdout is not None

    def attempt(version: int, kill_after_s: float | None) -> float:
        launcher.stdin.write(f"{version}\n")
        launcher.stdin.flush()
        said, pid = launcher.stdout.readline().split()
        assert said == "begins"
        began = time.monotonic()
        if kill_after_s is None:
            assert launcher.stdout.readline() == "imported\n"
        else:
            time.sleep(kill_after_s)
        took_s = time.monotonic() - began
        os.kill(int(pid), signal.SIGKILL)
        ended = launcher.stdout.readline().split()
        if ended == ["imported"]:
            ended = launcher.stdout.readline().split()
        assert ended == ["ended", str(int(signal.SIGKILL))]
        return took_s

    try:
        attempt(0, None)
        whole_s = min(attempt(version, None) for version in (1, 2, 3))
        held, outcomes = 3, []
        for _ in range(KILLS):
            # Three in four anywhere in the import, the others near the commit at its end (later on a busy machine).
            share = draw.uniform(0.0, 1.0) if draw.random() < 0.75 else draw.uniform(0.8, 2.5)
            attempt(held + 1, whole_s * share)
            with CatalogueStore.open(database) as store:
                began = time.monotonic()
                served = store.load_snapshot()
                assert time.monotonic() - began < 5.0
                assert served.digest in (digest_of(held), digest_of(held + 1))
                outcomes.append("new" if served.digest == digest_of(held + 1) else "old")
                assert len(store.ingests(1000)) == 4 + outcomes.count("new")
                store.check_integrity()
            held += outcomes[-1] == "new"
    finally:
        launcher.stdin.close()
        launcher.wait(timeout=30)
        launcher.stdout.close()
    print(f"{KILLS} kills over {whole_s:.2f} s: {outcomes.count('old')} old, {outcomes.count('new')} new")
    assert outcomes.count("old") >= KILLS // 5
    assert outcomes.count("new") >= 1


if __name__ == "__main__":
    launch()
