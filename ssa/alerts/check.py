"""`check_alerts`: screen what is watched against the catalogue, and grade what comes near.

The screening is that of `ssa.conjunctions.screening`, to the distance that the policy names, or of the paths through
its box. Nothing within is missed; what could not be screened, because SGP4 gives it no state in a part of the window
or its element set is too old, is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from orbits import TimeSpan
from ssa.alerts.grading import Stakes
from ssa.alerts.policies import Policy
from ssa.alerts.watch import WatchReport, grade_watch
from ssa.candidates import Candidates
from ssa.conjunctions.screening import Screening, require_screened, screen
from ssa.conjunctions.volumes import Box

_WHOLE_WINDOW = 0.999  # of it, for a pair that flies together


@dataclass(frozen=True, eq=False)
class AlertCheck:
    """A watch's report with the screening behind it; `left_out` counts encounters by reason."""

    report: WatchReport
    screening: Screening
    candidates: Candidates
    left_out: Mapping[str, int]
    caveats: tuple[str, ...]

    def is_watched(self, row: int) -> bool:
        """Whether an object of the snapshot is watched."""
        return bool(np.isin(row, self.candidates.rows))


def check_alerts(
    candidates: Candidates, span: TimeSpan, policy: Policy, *, same_family: bool = False, stakes: Stakes | None = None,
    threads: int | None = None, report: Callable[[float], None] = lambda done: None,
) -> AlertCheck:  # fmt: skip
    """Every conjunction of the candidates with anything in their snapshot in the window, graded by the policy.

    `report` hears the share that is done. Raises `InvalidValue` where none of the candidates could be screened.
    """
    found = screen(
        candidates.snapshot.elements, span, miss_km=policy.screening_reach_km,
        volume=None if policy.box_rtn_km is None else Box(*policy.box_rtn_km), primaries=candidates.rows,
        threads=threads, report=report,
    )  # fmt: skip
    require_screened(found, candidates.rows)
    return graded(candidates, found, policy, same_family=same_family, stakes=stakes, threads=threads)


def graded(
    candidates: Candidates, found: Screening, policy: Policy, *, same_family: bool = False,
    stakes: Stakes | None = None, threads: int | None = None,
) -> AlertCheck:  # fmt: skip
    """The conjunctions of a screening of the candidates' snapshot to the policy's distance or box, graded."""
    snapshot, span, stays = candidates.snapshot, found.span, found.stays
    whole = stays.end_s - stays.start_s >= _WHOLE_WINDOW * span.duration_s
    together = zip(stays.primary_row[whole].tolist(), stays.secondary_row[whole].tolist(), strict=True)
    report = grade_watch(
        snapshot, span, policy, primary_row=found.primary_row, secondary_row=found.secondary_row, tca_s=found.tca_s,
        together=together, same_family=same_family, stakes=stakes, threads=threads,
    )  # fmt: skip
    left_out = {**found.counts, **report.left_out}
    return AlertCheck(report, found, candidates, left_out, (*report.caveats, *candidates.caveats, *found.caveats))
