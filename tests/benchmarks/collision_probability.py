"""Collision probabilities by the hundred thousand, and single encounters by the methods that take longer.

    python -m tests.benchmarks.collision_probability

200,000 made-up encounters like those of a screening (miss up to 5 km, deviations 10 m to 3 km, radii 1 to 20 m), and
as many hard ones (radius 0.01 to 100 times the small deviation). One core; kernels warm; medians. Added to
`benchmarks.json`.
"""

from __future__ import annotations

import numpy as np

from ssa.conjunctions.batch import planes_of, probabilities_in_plane
from ssa.conjunctions.monte_carlo import monte_carlo
from ssa.conjunctions.three_dimensional import three_dimensional
from tests.benchmarks.figures import keep, timed
from tests.made_up_encounters import crossing

COUNT, RUNS = 200_000, 5


def main() -> None:
    rng = np.random.default_rng(1)
    small, large = 10.0 ** rng.uniform(-2.0, -0.5, COUNT), 10.0 ** rng.uniform(-1.0, 0.5, COUNT)
    turn, miss = rng.uniform(0.0, 2.0 * np.pi, COUNT), 5.0 * np.sqrt(rng.random(COUNT))
    usual = (miss * np.cos(turn), miss * np.sin(turn), large, small, rng.uniform(1.0, 20.0, COUNT))
    hard_radius_m = 1e3 * small * 10.0 ** rng.uniform(-2.0, 2.0, COUNT)
    hard = (rng.normal(size=COUNT) * large, rng.normal(size=COUNT) * small, large, small, hard_radius_m)
    figures: dict[str, float] = {"encounters": COUNT}
    for kind, columns in (("usual", usual), ("hard", hard)):
        for method in ("foster1992", "alfano2005"):
            probabilities_in_plane(*(column[:10] for column in columns), method=method, threads=1)  # type: ignore[arg-type]
            seconds = timed(
                lambda columns=columns, method=method: probabilities_in_plane(*columns, method=method, threads=1), RUNS
            )
            figures[f"{method}_{kind}_per_s"] = COUNT / seconds.median
    position, velocity = rng.normal(size=(COUNT, 3)), rng.normal(size=(COUNT, 3))
    root = rng.normal(size=(COUNT, 3, 3))
    covariance = root @ root.transpose(0, 2, 1)
    figures["planes_per_s"] = COUNT / timed(lambda: planes_of(position, velocity, covariance, 10.0), RUNS).median
    encounter = crossing()
    figures["three_dimensional_s"] = timed(lambda: three_dimensional(encounter, 20.0), RUNS).median
    figures["monte_carlo_draws_per_s"] = (
        200_000
        / timed(lambda: monte_carlo(encounter, 20.0, samples=200_000, half_window_s=5.0, threads=1), RUNS).median
    )
    for name, value in figures.items():
        print(f"{name:28s} {value:14,.4g}")
    keep("collision_probability", figures)


if __name__ == "__main__":
    main()
