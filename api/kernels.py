"""Readies the compiled kernels that questions need, and says how far that is."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable

from api.errors import NotReady

# Those that build on the same states first: one process compiles them, and what they share only once; meanwhile a
# second one goes through the others from the end (`orbits.jit.warm_up`).
_MODULES = (
    "orbits.own_times",
    "ssa.passes",
    "ssa.coverage.question",
    "ssa.conjunctions.assessment",
    "ssa.conjunctions.monte_carlo",
    "ssa.conjunctions.screening",
    "ssa.coverage.coalitions",
    "ssa.coverage.maps",
    "ssa.coverage.measures",
    "ssa.debris.ballistics",
    "ssa.debris.cloud",
    "ssa.debris.risk",
    "ssa.debris.risk_cubes",
    "ssa.debris.risk_pairs",
    "ssa.navigation.measures",
)


def register_kernels() -> None:
    """Import every module with kernels: `warm_up` readies those that are registered."""
    for name in _MODULES:
        importlib.import_module(name)


def warm_kernels(report: Callable[[int, int, str], None] = lambda done, total, name: None) -> None:
    """Compile, or load from the cache, every kernel of the project; `report(done, total, name)` before each."""
    from orbits.jit import warm_up

    register_kernels()
    for done, total, name in warm_up():
        report(done, total, name)


class KernelWarmth:
    """Whether the kernels of this process are ready: warmed in a thread, so that a server answers at once."""

    def __init__(self) -> None:
        self.done, self.total = 0, 0
        self.failure: str | None = None
        self._ready = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def is_ready(self) -> bool:
        return self._ready.is_set()

    def start(self) -> None:
        """Begin to warm, once."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._warm, name="warming kernels", daemon=True)
            self._thread.start()

    def require(self) -> None:
        """Raise `NotReady` while kernels are being compiled, or when they cannot be."""
        if self.failure is not None:
            raise NotReady(f"kernels cannot be compiled: {self.failure}; see `ssa selfcheck`")
        if not self.is_ready:
            raise NotReady(f"kernels are being compiled, {self.done} of {self.total or '?'} done; ask again soon")

    def wait(self, timeout_s: float) -> bool:
        """Wait until the kernels are ready; false when they are not by then."""
        return self._ready.wait(timeout_s)

    def _warm(self) -> None:
        try:
            warm_kernels(self._report)
        except Exception as error:  # shown by /readyz; the server lives on
            self.failure = f"{type(error).__name__}: {error}"
            return
        self._ready.set()

    def _report(self, done: int, total: int, name: str) -> None:
        self.done, self.total = done, total
