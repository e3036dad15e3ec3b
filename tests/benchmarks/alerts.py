"""A watch over an alliance: how its time is shared between screening and grading.

    python -m tests.benchmarks.alerts

NATO's fleet in the simulated catalogue (30,000 objects) for six hours, kernels warm, one thread, processor time; added
to `benchmarks.json`. `seconds_an_object_hour` is what a watch costs for each object of the catalogue and hour.
"""

from __future__ import annotations

import time

from orbits import TimeSpan
from ssa.alerts import check_alerts, find_policy
from ssa.alerts.watch import grade_watch
from ssa.alliances import find_alliance
from ssa.candidates import of_alliance
from ssa.catalogue.simulated import simulated_catalogue
from tests.benchmarks.figures import keep

HOURS = 6.0


def main() -> None:
    snapshot = simulated_catalogue()
    watched = of_alliance(find_alliance("NATO"), snapshot)
    span, policy = TimeSpan.of(snapshot.as_of, hours=HOURS), find_policy("public-sets")
    check_alerts(watched, TimeSpan.of(snapshot.as_of, hours=0.2), policy, threads=1)
    begun = time.process_time()
    found = check_alerts(watched, span, policy, threads=1)
    whole = time.process_time() - begun
    screening = found.screening
    begun = time.process_time()
    grade_watch(
        snapshot, span, policy, primary_row=screening.primary_row, secondary_row=screening.secondary_row,
        tca_s=screening.tca_s, threads=1,
    )  # fmt: skip
    grading = time.process_time() - begun
    figures = {
        "objects": float(len(snapshot)), "watched": float(len(watched)), "hours": HOURS,
        "approaches": float(len(screening)), "seconds": whole, "grading_share": grading / whole,
        "seconds_an_object_hour": whole / len(snapshot) / HOURS,
    }  # fmt: skip
    for name, value in figures.items():
        print(f"{name:24s} {value:12,.4g}")
    keep("alerts", figures)


if __name__ == "__main__":
    main()
