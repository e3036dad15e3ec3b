"""`kill -9` of workers and servers in the middle of a job: found again, done once, and the same answer.

`SSA_KILLS` (default 50) sets how often an import is killed elsewhere; jobs take seconds each and are killed a tenth as
often.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.job_queue import JobQueue, Total
from ssa.catalogue.job_records import JobRecord
from tests.faces import fill_simulated, serving

KILLS = max(2, int(os.environ.get("SSA_KILLS", "50")) // 10)
SETTINGS = {"SSA_AT_ONCE_S": "0", "SSA_JOB_LEASE_S": "2"}
QUESTION = {
    "sites": [{"latitude_deg": -60.0 + 0.8 * number, "longitude_deg": 2.5 * number} for number in range(144)],
    "all": True,
    "start": "2026-03-11T00:00:00Z",
    "hours": 24,
    "limit": 300,
}  # fmt: skip  - some three seconds of both cores


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("kill") / "catalogue.sqlite3"
    fill_simulated(file)
    return file


@pytest.fixture
def url(filled: Path, tmp_path: Path) -> str:
    file = tmp_path / "catalogue.sqlite3"
    file.write_bytes(filled.read_bytes())
    return f"sqlite:///{file}"


@pytest.fixture(scope="module")
def undisturbed(filled: Path) -> dict[str, Any]:
    file = filled.with_name("undisturbed.sqlite3")  # a database of its own: what was answered is not computed again
    file.write_bytes(filled.read_bytes())
    url = f"sqlite:///{file}"
    with serving(url, SSA_WORKERS="1", **SETTINGS) as (address, _):
        return answer_of(url, wait_for(url, ask(address), lambda job: job.is_final))


def ask(address: str, **changed: Any) -> str:
    response = httpx2.post(f"{address}/v1/passes", json=QUESTION | changed, timeout=30.0)
    assert response.status_code == 202, response.text
    return str(response.json()["id"])


@contextlib.contextmanager
def queue_of(url: str) -> Iterator[JobQueue]:
    database = JobDatabase(url)
    yield JobQueue(database)
    database.close()


def wait_for(url: str, job_id: str, wanted: Callable[[JobRecord], bool], timeout_s: float = 60.0) -> JobRecord:
    deadline = time.monotonic() + timeout_s
    with queue_of(url) as queue:
        while time.monotonic() < deadline:
            job = queue.job(job_id)
            assert job is not None
            if wanted(job):
                return job
            assert not job.is_final, job
            time.sleep(0.05)
    raise AssertionError(f"waited {timeout_s} s in vain: {job}")


def answer_of(url: str, job: JobRecord) -> dict[str, Any]:
    assert job.state == "done", job
    with queue_of(url) as queue:
        content = queue.result(job.number)
        assert content is not None
        return json.loads(gzip.decompress(content))


def children_of(pid: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(after_name[1]) == pid:
                found.append(int(folder.name))
    return found


def holder_of(job: JobRecord) -> int:
    assert job.holder is not None
    return int(job.holder.split()[0].rpartition(":")[2])


def begun(job: JobRecord) -> bool:
    return job.state == "running" and job.fraction > 0.0


def kill(server: subprocess.Popen[str], *, with_workers: bool) -> None:
    workers = children_of(server.pid)
    assert workers
    server.kill()
    if with_workers:
        for worker in workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
    server.wait()


def test_a_job_whose_worker_is_killed_at_any_moment_is_done_all_the_same(url: str, undisturbed: dict[str, Any]) -> None:
    draw = random.Random(20260310)
    with serving(url, SSA_WORKERS="1", SSA_JOB_ATTEMPTS="9", **SETTINGS) as (address, _):
        job_id = ask(address)
        with httpx2.stream("GET", f"{address}/v1/jobs/{job_id}/events", timeout=120.0) as stream:
            lines = stream.iter_lines()
            for killed in range(KILLS):
                job = wait_for(url, job_id, begun)
                assert job.attempts == killed + 1
                time.sleep(draw.uniform(0.0, 1.0))
                os.kill(holder_of(job), signal.SIGKILL)
                wait_for(url, job_id, lambda job, killed=killed: job.lost_leases == killed + 1)
            names = [line.removeprefix("event: ") for line in lines if line.startswith("event: ")]
        done = wait_for(url, job_id, lambda job: job.is_final)
        assert (done.attempts, done.lost_leases) == (KILLS + 1, KILLS)
        assert answer_of(url, done) == undisturbed
        assert names.count("restart") == KILLS
        assert names[-1] == "end"
        with queue_of(url) as queue:
            assert [(total.state, total.jobs) for total in queue.totals()] == [("done", 1)]


@pytest.mark.parametrize("with_workers", [True, False])
def test_a_job_is_found_again_by_the_next_server_after_the_first_was_killed(
    url: str, undisturbed: dict[str, Any], with_workers: bool
) -> None:
    with serving(url, SSA_WORKERS="1", **SETTINGS) as (address, server):
        job_id = ask(address)
        wait_for(url, job_id, begun)
        kill(server, with_workers=with_workers)
    with serving(url, SSA_WORKERS="1", **SETTINGS) as (address, _):
        done = wait_for(url, job_id, lambda job: job.is_final)
        assert done.attempts == 2
        # an orphan gives its job back in time; of the killed one the lease runs out
        assert done.lost_leases == int(with_workers)
        assert answer_of(url, done) == undisturbed
        assert httpx2.get(f"{address}/v1/jobs/{job_id}/result", timeout=30.0).json() == undisturbed


def test_a_server_that_is_told_to_stop_gives_its_jobs_back_and_leaves_no_process(url: str) -> None:
    with serving(url, SSA_WORKERS="2", **SETTINGS) as (address, server):
        job_id = ask(address)
        wait_for(url, job_id, begun)
        workers = children_of(server.pid)
        assert len(workers) == 2
        with httpx2.stream("GET", f"{address}/v1/jobs/{job_id}/events", timeout=30.0) as stream:
            server.terminate()
            assert any(line.startswith("event: ") for line in stream.iter_lines())
        assert server.wait(20) in (0, -signal.SIGTERM)
    assert [worker for worker in workers if Path(f"/proc/{worker}").exists()] == []
    job = wait_for(url, job_id, lambda job: True)
    assert (job.state, job.lost_leases) == ("queued", 0)


def test_a_job_that_is_the_death_of_its_workers_is_marked_and_the_next_is_done(url: str) -> None:
    with serving(url, SSA_WORKERS="1", SSA_JOB_ATTEMPTS="2", **SETTINGS) as (address, _):
        deadly, other = ask(address), ask(address, hours=3)
        for _ in range(2):
            os.kill(holder_of(wait_for(url, deadly, begun)), signal.SIGKILL)
            time.sleep(0.5)
        marked = wait_for(url, deadly, lambda job: job.is_final)
        assert marked.state == "interrupted"
        told = httpx2.get(f"{address}/v1/jobs/{deadly}").json()["job"]
        assert told["problem"]["type"].endswith("interrupted")
        assert "gone 2 times" in told["problem"]["detail"]
        assert wait_for(url, other, lambda job: job.is_final).state == "done"


def test_a_worker_that_hangs_loses_its_job_to_another_and_cannot_end_it_later(
    url: str, undisturbed: dict[str, Any]
) -> None:
    with serving(url, SSA_WORKERS="2", **SETTINGS) as (address, _):
        job_id = ask(address)
        hanging = holder_of(wait_for(url, job_id, begun))
        os.kill(hanging, signal.SIGSTOP)
        try:
            again = wait_for(url, job_id, lambda job: job.attempts == 2)
            assert holder_of(again) != hanging
        finally:
            os.kill(hanging, signal.SIGCONT)
        done = wait_for(url, job_id, lambda job: job.is_final)
        assert (done.attempts, done.lost_leases) == (2, 1)
        assert answer_of(url, done) == undisturbed


def test_two_servers_and_a_worker_on_one_database_do_each_job_once(url: str) -> None:
    with (
        serving(url, SSA_WORKERS="1", **SETTINGS) as (first, _),
        serving(url, SSA_WORKERS="1", **SETTINGS) as (second, _),
    ):
        asked = [ask(address, hours=1 + number) for number in range(5) for address in (first, second)]
        assert len(set(asked)) == 5
        done = [wait_for(url, job_id, lambda job: job.is_final) for job_id in asked]
        assert {(job.state, job.attempts) for job in done} == {("done", 1)}
        with queue_of(url) as queue:
            (total,) = queue.totals()
            assert isinstance(total, Total)
            assert (total.state, total.jobs) == ("done", 5)


def test_the_command_worker_computes_what_a_server_without_workers_took(url: str) -> None:
    import sys

    with serving(url, SSA_WORKERS="0", **SETTINGS) as (address, server):
        job_id = ask(address, hours=2)
        assert children_of(server.pid) == []
        command = [sys.executable, "-m", "api.command_line", "worker", "--workers", "1", "--database", url]
        worker = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            assert wait_for(url, job_id, lambda job: job.is_final).state == "done"
        finally:
            worker.send_signal(signal.SIGINT)
            _, said = worker.communicate(timeout=30)
        assert worker.returncode == 0
        assert "Computing jobs with 1 processes" in said
        assert "Traceback" not in said
