"""`in_slices`: work shared out over threads that stay from call to call."""

from __future__ import annotations

import os
import threading
import time

import numpy as np
import pytest

from orbits.jit import in_slices


@pytest.mark.parametrize("threads", [1, 2, 3, 8])
@pytest.mark.parametrize("count", [0, 1, 7, 1000])
def test_every_number_is_in_one_slice(count: int, threads: int) -> None:
    times = np.zeros(count, dtype=np.int64)

    def work(first: int, last: int) -> None:
        times[first:last] += 1

    in_slices(work, count, threads)
    assert (times == 1).all()


def test_both_threads_work() -> None:
    seen: set[int] = set()

    def work(first: int, last: int) -> None:
        seen.add(threading.get_ident())
        time.sleep(0.01)

    in_slices(work, 16, 2)
    assert len(seen) == 2


@pytest.mark.parametrize("where", ["caller", "helper"])
def test_an_error_is_raised_after_every_thread_has_stopped(where: str) -> None:
    """Else a thread might still write to arrays that the caller has given up."""
    caller, busy = threading.get_ident(), [0]

    def work(first: int, last: int) -> None:
        busy[0] += 1
        try:
            time.sleep(0.005)
            if (threading.get_ident() == caller) == (where == "caller"):
                raise ArithmeticError(where)
            time.sleep(0.02)
        finally:
            busy[0] -= 1

    with pytest.raises(ArithmeticError, match=where):
        in_slices(work, 16, 2)
    assert busy[0] == 0


def test_slices_of_slices_wait_for_nobody() -> None:
    """A helper that shares out its own slices finds no other helper free and does them itself."""
    times = np.zeros((8, 100), dtype=np.int64)

    def inner_work(row: int, first: int, last: int) -> None:
        time.sleep(0.001)
        times[row, first:last] += 1

    def work(first: int, last: int) -> None:
        for row in range(first, last):
            in_slices(lambda begin, end, row=row: inner_work(row, begin, end), 100, 2)  # type: ignore[misc]

    in_slices(work, 8, 2, slices=8)
    assert (times == 1).all()


def test_callers_at_the_same_time_each_get_their_own_answer() -> None:
    sums = np.zeros(6)

    def ask(caller: int) -> None:
        parts: list[int] = []

        def work(first: int, last: int) -> None:
            time.sleep(0.001)
            parts.append(sum(range(first, last)))

        in_slices(work, 50, 2)
        sums[caller] = sum(parts)

    callers = [threading.Thread(target=ask, args=(caller,)) for caller in range(len(sums))]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert (sums == 1225).all()


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_has_helpers_of_its_own() -> None:
    in_slices(lambda first, last: time.sleep(0.001), 16, 2)
    child = os.fork()
    if child == 0:
        done: list[int] = []
        in_slices(lambda first, last: done.append(last - first), 16, 2)
        os._exit(0 if sum(done) == 16 else 1)
    deadline = time.monotonic() + 20.0
    while time.monotonic() < deadline:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            assert os.waitstatus_to_exitcode(status) == 0
            return
        time.sleep(0.01)
    os.kill(child, 9)
    os.waitpid(child, 0)
    raise AssertionError("the forked process waits for threads that it has not got")
