"""Frames against `skyfield`, the tables of the Earth's orientation, the kernel cache and the database."""

from __future__ import annotations

import numpy as np

from api.checks import Check, judged
from orbits import Instant, Instants
from orbits.constants import SECONDS_PER_DAY
from orbits.earth_orientation import EarthOrientation
from orbits.frames import teme_to_itrs_km
from ssa.catalogue.store import CatalogueStore
from ssa.errors import CatalogueError

FRAMES_LIMIT_M = 1.0
_STALE_AFTER_DAYS = 90.0


def frames_check(at: Instant) -> Check:
    """TEME to ITRS against `skyfield.sgp4lib.TEME_to_ITRF`, with the same UT1 and pole, over 30 days before `at`."""
    from skyfield.sgp4lib import TEME_to_ITRF

    earth = EarthOrientation.bundled()
    times = Instants.after(at.plus_s(-30.0 * SECONDS_PER_DAY), np.arange(61) * 0.5 * SECONDS_PER_DAY + 1234.5)
    angles = np.linspace(0.0, 6.0, len(times))
    teme = 7000.0 * np.stack([np.cos(angles), np.sin(angles) * 0.6, np.sin(angles) * 0.8], axis=-1)
    ours = teme_to_itrs_km(teme, times, earth)
    ut1 = times.day_fraction + earth.ut1_minus_utc_s(times.jd_day, times.day_fraction) / SECONDS_PER_DAY
    pole_x, pole_y = earth.polar_motion_rad(times.jd_day, times.day_fraction)
    theirs = [
        TEME_to_ITRF(
            times.jd_day[place], teme[place], np.zeros(3), xp=float(pole_x[place]), yp=float(pole_y[place]),
            fraction_ut1=ut1[place],
        )[0]
        for place in range(len(times))
    ]  # fmt: skip
    worst_m = float(np.linalg.norm(ours - np.array(theirs), axis=1).max()) * 1000.0
    return judged(
        "TEME to ITRS", worst_m <= FRAMES_LIMIT_M,
        f"{len(times)} positions at 7,000 km against skyfield with the same UT1: worst {worst_m:.6f} m (limit "
        f"{FRAMES_LIMIT_M:g} m)",
        positions=len(times), worst_m=round(worst_m, 6),
    )  # fmt: skip


def orientation_check(at: Instant) -> Check:
    """How far `at` lies beyond the last observed Earth orientation of the installed tables."""
    earth = EarthOrientation.bundled()
    beyond = at.days_since(earth.observed_until)
    caveat = earth.caveat(at)
    return judged(
        "Earth orientation", caveat is None,
        caveat or f"observed until {earth.observed_until.date()}, predicted until {earth.predicted_until.date()}",
        observed_until=earth.observed_until.isoformat(0), predicted_until=earth.predicted_until.isoformat(0),
        days_beyond_observation=round(beyond, 1), stale_after_days=_STALE_AFTER_DAYS,
    )  # fmt: skip


def kernel_check() -> Check:
    """Whether every kernel can be loaded or compiled, and where its machine code is kept."""
    from api.kernels import warm_kernels
    from orbits.jit import cache_folder, kernel_digest, uncompiled

    names: list[str] = []
    warm_kernels(lambda done, total, name: names.append(name))
    missing = uncompiled()
    found = (
        f"not ready: {', '.join(missing)}" if missing else f"{len(names) - 1} kernels ready, kept in {cache_folder()}"
    )
    return judged(
        "Compiled kernels", not missing,
        found,
        kernels=len(names) - 1, cache=str(cache_folder()), digest=kernel_digest(),
    )  # fmt: skip


def database_check(store: CatalogueStore) -> Check:
    """Every page of the database, and every served set against its hash."""
    try:
        store.check_integrity()
    except CatalogueError as error:
        return judged("Database", False, str(error), database=store.database.name)
    return judged("Database", True, f"{store.database.name} is whole", database=store.database.name)
