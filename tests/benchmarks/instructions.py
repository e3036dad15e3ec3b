"""Instructions of the processor for each state, counted one by one, where a virtual machine has no counters.

    python -m tests.benchmarks.instructions [CATALOGUE]

A forked process asks for states and is stepped through by its parent (ptrace, Linux on x86-64 only; some minutes). Two
numbers of objects are asked about: their difference is what states cost, the rest is Python's own. Instructions with
vectors count once, as do slow ones: this says how much work there is, not how long it takes.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
from collections.abc import Callable
from contextlib import suppress

from orbits import propagate
from tests.benchmarks.coverage_accesses import load
from tests.benchmarks.propagation_cases import Case, Objects, cases, drawn, middle_day

_TRACE_ME, _SINGLE_STEP = 0, 9
_FEW_STATES, _MORE_STATES = 5_000, 15_000


def instructions_of(work: Callable[[], object]) -> int:
    """How many instructions `work` takes in a forked process."""
    ptrace = ctypes.CDLL(None, use_errno=True).ptrace
    ptrace.argtypes, ptrace.restype = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p], ctypes.c_long
    child = os.fork()
    if child == 0:
        try:
            ptrace(_TRACE_ME, 0, None, None)
            os.kill(os.getpid(), signal.SIGSTOP)
            work()
            os.kill(os.getpid(), signal.SIGSTOP)
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    steps = 0
    try:
        while True:
            if ptrace(_SINGLE_STEP, child, None, None) != 0:
                raise OSError(ctypes.get_errno(), "ptrace refuses to step; containers often forbid it")
            _, status = os.waitpid(child, 0)
            if os.WIFSTOPPED(status) and os.WSTOPSIG(status) == signal.SIGSTOP:
                return steps
            if not os.WIFSTOPPED(status) or os.WSTOPSIG(status) != signal.SIGTRAP:
                raise RuntimeError(f"the work that is counted failed (wait status {status})")
            steps += 1
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


def asked(case: Case, objects: Objects, count: int) -> Callable[[], object]:
    """A question about the first `count` objects, asked twice already: kernels, records and memory are ready."""
    elements = objects.elements[:count]
    out = propagate(elements, case.times, velocities=case.velocities, threads=1)

    def ask() -> object:
        return propagate(elements, case.times, velocities=case.velocities, threads=1, out=out)

    ask()
    return ask


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("catalogue", nargs="?", help="an element set file; the simulated catalogue without one")
    elements, _ = load(parser.parse_args().catalogue)
    sets = drawn(elements, _MORE_STATES // 10)
    for case in cases(middle_day(elements)):
        times = len(case.instants)
        few, more = (max(2, states // times) for states in (_FEW_STATES, _MORE_STATES))
        counted = [instructions_of(asked(case, sets[case.is_deep], count)) for count in (few, more)]
        print(f"{case.name:32s} {(counted[1] - counted[0]) / ((more - few) * times):7.1f} instructions a state")


if __name__ == "__main__":
    main()
