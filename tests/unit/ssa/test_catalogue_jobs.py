"""Jobs in the database: who may do what in which state, leases whose holders are gone, equal questions, quotas.

On SQLite; on PostgreSQL too where `SSA_TEST_POSTGRESQL` holds the URL of an empty database.
"""

from __future__ import annotations

import itertools
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from orbits import Instant, InvalidValue
from ssa.catalogue.job_database import JobDatabase
from ssa.catalogue.job_leases import JobLeases, Lease, LeaseLost, LeaseWatch
from ssa.catalogue.job_queue import JobQueue, QueueFull, Total
from ssa.catalogue.job_records import FINAL, JobRecord, NewJob, remove_jobs
from ssa.catalogue.tables import job_totals, jobs

AT = Instant.parse("2026-03-10T06:00:00Z")
LATER = AT.plus_s(86400.0)
URLS = ["sqlite", *filter(None, [os.environ.get("SSA_TEST_POSTGRESQL")])]
_numbers = itertools.count()


def question(text: str = "a", *, catalogue: str = "c", key: str | None = None, kind: str = "passes") -> NewJob:
    return NewJob(kind, f'"{text}"', text, catalogue, AT, 10.0, key)


@pytest.fixture(params=URLS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[JobDatabase]:
    url = f"sqlite:///{tmp_path / 'jobs.sqlite3'}" if request.param == "sqlite" else request.param
    opened = JobDatabase(url)
    with opened.writing() as connection:
        remove_jobs(connection, list(connection.execute(jobs.select().with_only_columns(jobs.c.number)).scalars()))
        connection.execute(job_totals.delete())
    yield opened
    opened.close()


@pytest.fixture
def queue(database: JobDatabase) -> JobQueue:
    return JobQueue(database)


@pytest.fixture
def leases(database: JobDatabase) -> JobLeases:
    return JobLeases(database)


def submit(queue: JobQueue, new: NewJob | None = None) -> JobRecord:
    return queue.submit(new or question(str(next(_numbers))), at=AT, most_queued=1000)[0]


def claimed(leases: JobLeases, worker: str = "w") -> Lease:
    lease = leases.claim(worker, at=AT)
    assert lease is not None
    return lease


def expire(leases: JobLeases, seen: JobRecord, *, most_lost: int = 3) -> bool:
    return leases.expire(seen, most_lost=most_lost, problem="{}", at=AT, expires=LATER)


def test_a_job_goes_from_the_queue_to_its_result(queue: JobQueue, leases: JobLeases) -> None:
    job = submit(queue)
    assert (job.state, job.attempts, job.left_s) == ("queued", 0, None)
    lease = claimed(leases)
    assert leases.claim("other", at=AT) is None
    leases.beat(lease, fraction=0.25, elapsed_s=10.0, partials=[b"1", b"2"])
    leases.beat(lease, fraction=0.5, elapsed_s=20.0, partials=[b"3"], dropped=1)
    seen = queue.job(job.id)
    assert seen is not None
    assert (seen.state, seen.fraction, seen.left_s, seen.partials, seen.partials_dropped) == (
        "running",
        0.5,
        20.0,
        3,
        1,
    )
    assert queue.partials(job.number, 1, 1) == [(2, b"2"), (3, b"3")]
    leases.finish(lease, b"result", elapsed_s=30.0, at=AT, expires=LATER)
    done = queue.job(job.id)
    assert done is not None
    assert (done.state, done.fraction, done.holder, done.expires) == ("done", 1.0, None, LATER)
    assert queue.result(job.number) == b"result"
    assert queue.totals() == [Total("passes", "done", 1, 30.0)]
    assert done.version > seen.version > job.version


def test_jobs_are_begun_in_the_order_in_which_they_were_asked(queue: JobQueue, leases: JobLeases) -> None:
    asked = [submit(queue).id for _ in range(5)]
    assert [claimed(leases).job.id for _ in range(5)] == asked
    assert [job.id for job in queue.page(limit=3)] == asked[:1:-1]
    assert [job.id for job in queue.page(before=queue.page(limit=3)[-1].number)] == asked[1::-1]
    assert queue.page(state="queued") == []


def test_the_same_question_of_the_same_catalogue_is_the_same_job_until_it_ends_badly(
    queue: JobQueue, leases: JobLeases
) -> None:
    first = submit(queue, question("a"))
    assert queue.submit(question("a"), at=LATER, most_queued=9) == (first, True)
    assert submit(queue, question("a", catalogue="another")).id != first.id
    leases.finish(claimed(leases), b"", elapsed_s=1.0, at=AT, expires=LATER)
    assert submit(queue, question("a")).id == first.id
    second = submit(queue, question("b"))
    queue.cancel(second.id, at=AT, expires=LATER)
    assert submit(queue, question("b")).id != second.id


def test_a_key_gives_the_same_job_for_the_same_question_and_is_refused_for_another(queue: JobQueue) -> None:
    first = submit(queue, question("a", key="k"))
    queue.cancel(first.id, at=AT, expires=LATER)
    assert submit(queue, question("a", catalogue="newer", key="k")).id == first.id
    with pytest.raises(InvalidValue, match="Idempotency-Key: k: was used for another question"):
        submit(queue, question("b", key="k"))


def test_a_queue_that_is_full_refuses_and_still_gives_what_is_there(queue: JobQueue) -> None:
    first = submit(queue, question("a"))
    with pytest.raises(QueueFull, match="1 jobs wait already"):
        queue.submit(question("b"), at=AT, most_queued=1)
    assert queue.submit(question("a"), at=AT, most_queued=1) == (first, True)


def test_a_cancelled_job_is_lost_to_its_holder_at_once(queue: JobQueue, leases: JobLeases) -> None:
    job = submit(queue)
    lease = claimed(leases)
    cancelled = queue.cancel(job.id, at=AT, expires=LATER)
    assert cancelled is not None
    assert cancelled.state == "cancelled"
    assert not leases.is_held(lease)
    with pytest.raises(LeaseLost):
        leases.beat(lease, fraction=0.5, elapsed_s=1.0, partials=[b"1"])
    with pytest.raises(LeaseLost):
        leases.finish(lease, b"late", elapsed_s=1.0, at=AT, expires=LATER)
    assert queue.result(job.number) is None
    assert queue.partials(job.number, 1, 0) == []
    assert queue.cancel(job.id, at=LATER, expires=LATER) == cancelled
    assert queue.cancel("none", at=AT, expires=LATER) is None


def test_what_has_ended_is_removed_with_its_result_by_hand_or_when_its_time_is_over(
    queue: JobQueue, leases: JobLeases
) -> None:
    by_hand, in_time, waiting = submit(queue), submit(queue), submit(queue)
    for _ in range(2):
        leases.finish(claimed(leases), b"result", elapsed_s=1.0, at=AT, expires=LATER)
    queue.remove(waiting.id)
    queue.remove(by_hand.id)
    assert [job.id for job in queue.page()] == [waiting.id, in_time.id]
    assert queue.remove_expired(AT) == 0
    assert queue.remove_expired(LATER.plus_s(1.0)) == 1
    assert [job.id for job in queue.page()] == [waiting.id]
    assert queue.result(in_time.number) is None
    assert queue.counts() == {"queued": 1}
    assert queue.totals() == [Total("passes", "done", 2, 2.0)]


def test_a_job_whose_holder_is_gone_is_begun_anew_and_at_last_marked(queue: JobQueue, leases: JobLeases) -> None:
    job = submit(queue)
    for attempt in (1, 2, 3):
        lease = claimed(leases, f"w{attempt}")
        assert lease.job.attempts == attempt
        leases.beat(lease, fraction=0.5, elapsed_s=1.0, partials=[b"1"])
        (held,) = leases.held_by(f"w{attempt}")
        assert expire(leases, held)
        with pytest.raises(LeaseLost):
            leases.beat(lease, fraction=0.6, elapsed_s=2.0)
    ended = queue.job(job.id)
    assert ended is not None
    assert (ended.state, ended.attempts, ended.lost_leases, ended.problem) == ("interrupted", 3, 3, "{}")
    assert leases.claim("w", at=AT) is None


def test_a_job_given_back_blames_nobody(queue: JobQueue, leases: JobLeases) -> None:
    job = submit(queue)
    for _ in range(5):
        leases.give_back(claimed(leases))
    again = queue.job(job.id)
    assert again is not None
    assert (again.state, again.attempts, again.lost_leases) == ("queued", 5, 0)


def test_a_lease_that_moved_since_it_was_seen_does_not_run_out(queue: JobQueue, leases: JobLeases) -> None:
    submit(queue)
    lease = claimed(leases)
    (seen,) = leases.running()
    leases.beat(lease, fraction=0.0, elapsed_s=1.0)
    assert not expire(leases, seen)
    assert leases.is_held(lease)


def test_the_watch_tells_a_holder_that_is_gone_from_one_that_lives(queue: JobQueue, leases: JobLeases) -> None:
    alive, gone = submit(queue), submit(queue)
    keeper = claimed(leases, "alive")
    claimed(leases, "gone")
    clock = [0.0]
    watch = LeaseWatch(leases, 10.0, lambda: clock[0])
    stale: list[str] = []
    for now in range(0, 14, 2):
        clock[0] = float(now)
        leases.beat(keeper, fraction=0.0, elapsed_s=float(now))
        stale += [job.id for job in watch.stale()]
    assert set(stale) == {gone.id}
    assert alive.id not in stale


def test_a_watch_that_slept_itself_blames_nobody_for_it(queue: JobQueue, leases: JobLeases) -> None:
    submit(queue)
    claimed(leases)
    clock = [0.0]
    watch = LeaseWatch(leases, 10.0, lambda: clock[0])
    assert watch.stale() == []
    clock[0] = 1000.0
    assert watch.stale() == []
    for now in (1004.0, 1008.0):
        clock[0] = now
        assert watch.stale() == []
    clock[0] = 1011.0
    assert len(watch.stale()) == 1


def test_many_workers_at_once_get_every_job_once(queue: JobQueue, leases: JobLeases) -> None:
    asked = [submit(queue).id for _ in range(40)]
    taken: list[str] = []

    def work(name: str) -> None:
        while (lease := leases.claim(name, at=AT)) is not None:
            taken.append(lease.job.id)

    workers = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == sorted(asked)


def test_equal_questions_asked_at_once_become_one_job(queue: JobQueue) -> None:
    found: list[tuple[JobRecord, bool]] = []
    askers = [
        threading.Thread(target=lambda: found.append(queue.submit(question("a"), at=AT, most_queued=9)))
        for _ in range(6)
    ]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len({job.id for job, _ in found}) == 1
    assert sorted(existing for _, existing in found) == [False, *[True] * 5]


def lease_machine(database: JobDatabase) -> type[RuleBasedStateMachine]:
    """Workers, askers and watches in any order; the model remembers which lease is the valid one of each job."""

    class Machine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            with database.writing() as connection:
                remove_jobs(
                    connection, list(connection.execute(jobs.select().with_only_columns(jobs.c.number)).scalars())
                )
            self.queue, self.leases = JobQueue(database), JobLeases(database)
            self.expected: dict[str, str] = {}
            self.valid: dict[str, Lease] = {}
            self.all_leases: list[Lease] = []
            self.seen: list[JobRecord] = []
            self.lost: dict[str, int] = {}

        @rule(text=st.sampled_from("abc"))
        def ask(self, text: str) -> None:
            job, existing = self.queue.submit(question(text), at=AT, most_queued=99)
            known = {one.id for one in self.queue.page() if one.request_digest == text and one.id in self.expected}
            good = {one for one in known if self.expected[one] in ("queued", "running", "done")}
            assert existing == (job.id in self.expected) == bool(good)
            self.expected.setdefault(job.id, "queued")

        @rule(worker=st.sampled_from(["w1", "w2"]))
        def claim(self, worker: str) -> None:
            lease = self.leases.claim(worker, at=AT)
            assert (lease is None) == ("queued" not in self.expected.values())
            if lease is not None:
                assert self.expected[lease.job.id] == "queued"
                self.expected[lease.job.id] = "running"
                self.valid[lease.job.id] = lease
                self.all_leases.append(lease)

        @rule(choice=st.integers(0, 1_000), step=st.sampled_from(["beat", "finish", "fail", "give back"]))
        def step(self, choice: int, step: str) -> None:
            if not self.all_leases:
                return
            lease = self.all_leases[choice % len(self.all_leases)]
            is_valid = self.valid.get(lease.job.id) is lease
            assert self.leases.is_held(lease) == is_valid
            try:
                if step == "beat":
                    self.leases.beat(lease, fraction=choice / 1000, elapsed_s=1.0, partials=[b"1"] * (choice % 3))
                elif step == "give back":
                    self.leases.give_back(lease)
                    assert self.leases.is_held(lease) is False
                    if not is_valid:
                        return
                elif step == "finish":
                    self.leases.finish(lease, b"r", elapsed_s=1.0, at=AT, expires=LATER)
                else:
                    self.leases.fail(lease, "{}", elapsed_s=1.0, at=AT, expires=LATER)
            except LeaseLost:
                assert not is_valid
                return
            assert is_valid
            if step != "beat":
                del self.valid[lease.job.id]
                ends = {"finish": "done", "fail": "failed", "give back": "queued"}
                self.expected[lease.job.id] = ends[step]

        @rule()
        def look(self) -> None:
            self.seen = self.leases.running()

        @rule()
        def expire(self) -> None:
            now = {job.number: job for job in self.leases.running()}
            for seen in self.seen:
                current = now.get(seen.number)
                unmoved = current is not None and (current.holder, current.beat) == (seen.holder, seen.beat)
                assert expire(self.leases, seen, most_lost=2) == unmoved
                if unmoved:
                    del self.valid[seen.id]
                    self.lost[seen.id] = self.lost.get(seen.id, 0) + 1
                    self.expected[seen.id] = "queued" if self.lost[seen.id] < 2 else "interrupted"

        @rule(choice=st.integers(0, 1_000))
        def cancel(self, choice: int) -> None:
            if self.expected:
                job_id = list(self.expected)[choice % len(self.expected)]
                self.queue.cancel(job_id, at=AT, expires=LATER)
                if self.expected[job_id] not in FINAL:
                    self.expected[job_id] = "cancelled"
                    self.valid.pop(job_id, None)

        @invariant()
        def the_database_says_what_the_model_says(self) -> None:
            found = {job.id: job for job in self.queue.page(limit=1000)}
            assert {job_id: job.state for job_id, job in found.items()} == self.expected
            for job in found.values():
                assert (job.holder is not None) == (job.state == "running")
                assert (self.queue.result(job.number) is not None) == (job.state == "done")
                assert (job.expires is not None) == job.is_final
                assert len(self.queue.partials(job.number, job.attempts, 0, 10_000)) == job.partials

    return Machine


def test_no_order_of_events_lets_two_hold_a_job_or_loses_one(database: JobDatabase) -> None:
    run_state_machine_as_test(
        lease_machine(database),
        settings=settings(
            max_examples=15, stateful_step_count=25, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
