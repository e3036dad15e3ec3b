"""Dilution of precision over a region and over the world, one core: nanoseconds for each point and epoch.

    python -m tests.benchmarks.navigation

Simulated catalogue, 24 h at 60 s, kernels warm, medians of five runs by the clock of the processor; the kernel alone,
and the whole with positions and measures. Prints the figures and adds them to `benchmarks.json`.
"""

from __future__ import annotations

import time

import numpy as np

from orbits import TimeGrid
from orbits.jit import warm_up
from ssa import CellGrid, parse_region
from ssa.catalogue.simulated import simulated_catalogue
from ssa.navigation import navigation_fleet, navigation_over
from ssa.navigation.dop import Points, satellite_positions_km
from ssa.navigation.dop_kernels import BLOCK, dop_kernel
from tests.benchmarks.figures import alternated, keep

ROUNDS = 5


def main() -> None:
    for _ in warm_up():
        pass
    snapshot = simulated_catalogue()
    times = TimeGrid(start=snapshot.as_of, step_s=60.0, count=1440)
    regions = {"lithuania": CellGrid.over(parse_region("country:LT")), "world": CellGrid.world(500.0)}
    figures: dict[str, object] = {"epochs": len(times)}
    for place, cells in regions.items():
        for systems in ("GPS", "GPS,GALILEO", "all"):
            fleet = navigation_fleet(snapshot, systems, times.start)
            points, satellites = Points.of(cells), satellite_positions_km(fleet.elements, times)
            dops = np.empty((6, BLOCK, len(times)))

            def kernel(points=points, satellites=satellites, fleet=fleet, dops=dops) -> None:
                dop_kernel(
                    satellites,
                    fleet.system,
                    points.position_itrs_km,
                    points.up_itrs,
                    np.radians(5.0),
                    0,
                    0,
                    BLOCK,
                    dops,
                )

            def whole(fleet=fleet, cells=cells) -> None:
                navigation_over(fleet, cells, times, threads=1)

            taken = alternated({"kernel": kernel, "whole": whole}, ROUNDS, time.process_time)
            kernel_ns = taken["kernel"].median * 1e9 / (BLOCK * len(times))
            whole_ns = taken["whole"].median * 1e9 / (len(cells) * len(times))
            in_view = float(dops[0].mean())
            figures[f"{place}_{systems.replace(',', '_').lower()}"] = {
                "satellites": len(fleet), "in_view": in_view, "kernel_ns": kernel_ns, "whole_ns": whole_ns,
            }  # fmt: skip
            print(
                f"{place:10s} {systems:12s} {len(fleet):4d} satellites, {in_view:5.1f} in view: "
                f"kernel {kernel_ns:6.1f} ns, whole {whole_ns:6.1f} ns per point and epoch"
            )
    keep("navigation", figures)


if __name__ == "__main__":
    main()
