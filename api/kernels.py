"""Readies the compiled kernels that questions need, and says how far that is."""

from __future__ import annotations

import threading
from collections.abc import Callable

from api.errors import NotReady


def register_kernels() -> None:
    """Import every module with kernels: `warm_up` readies those that are registered."""
    import orbits.own_times  # noqa: F401
    import ssa.conjunctions.assessment
    import ssa.conjunctions.monte_carlo
    import ssa.conjunctions.screening
    import ssa.coverage.coalitions
    import ssa.coverage.maps
    import ssa.coverage.measures
    import ssa.coverage.question
    import ssa.debris.ballistics
    import ssa.debris.cloud
    import ssa.debris.risk
    import ssa.debris.risk_cubes
    import ssa.debris.risk_pairs
    import ssa.navigation.measures
    import ssa.passes  # noqa: F401


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
