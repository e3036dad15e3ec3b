"""Import, load and passes of a whole catalogue, beside Skyfield and `sgp4-predict`, in one run.

    python -m tests.benchmarks.passes_of_a_catalogue [CATALOGUE] [--peer-sample N] [--sites N]

Prints medians and ratios, and keeps them in `benchmarks.json`. Peers run on the same objects, site and day; Skyfield
on a sample (it would take minutes), scaled. Ratios to peers are of processor seconds on one core, `sgp4-predict` and
ours in turn; wall seconds for ours on 1 and 2 threads. Last, the same day over many sites (100) scattered evenly over
the Earth, once, wall and processor seconds on 2 threads.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from orbits import ElementSets, GroundSite, Instant, TimeSpan
from orbits.jit import warm_up
from ssa.catalogue.store import CatalogueStore
from ssa.passes import find_passes
from tests.benchmarks.figures import keep, timed
from tests.benchmarks.sgp4_predict_peer import predictors_of

KYIV = GroundSite("Kyiv", latitude_deg=50.4501, longitude_deg=30.5234, altitude_m=179)


def sgp4_predict_s(elements: ElementSets, span: TimeSpan) -> tuple[float, int]:
    """CPU seconds and passes of the fastest peer over all objects."""
    import sgp4_predict

    site = sgp4_predict.GeodeticPoint(KYIV.latitude_deg, KYIV.longitude_deg, KYIV.altitude_m)
    interval = SimpleNamespace(start=span.start.datetime(), end=span.end.datetime())
    predictors = predictors_of(elements)
    passes = 0
    start = time.process_time()
    for predictor in predictors:
        try:
            passes += sum(
                1
                for _ in predictor.transits_iter(
                    site, interval, 10.0, max_transit_duration=timedelta(days=2), clamp_to_interval=True
                )
            )
        except (RuntimeError, ValueError):
            continue  # the peer refuses decayed objects
    return time.process_time() - start, passes


def scattered_sites(count: int) -> list[GroundSite]:
    """Sites spread evenly over the Earth, along a spiral from pole to pole."""
    turn_deg = 180.0 * (3.0 - 5.0**0.5)
    return [
        GroundSite(
            f"site {k}", latitude_deg=float(np.degrees(np.arcsin((2.0 * k + 1.0) / count - 1.0))),
            longitude_deg=(k * turn_deg + 180.0) % 360.0 - 180.0,
        )
        for k in range(count)
    ]  # fmt: skip


def skyfield_s(elements: ElementSets, span: TimeSpan, sample: np.ndarray) -> float:
    """CPU seconds of Skyfield's find_events over a sample of objects."""
    from sgp4.api import WGS72, Satrec
    from skyfield.api import EarthSatellite, load, wgs84

    scale = load.timescale(builtin=True)
    start, end = scale.from_datetime(span.start.datetime()), scale.from_datetime(span.end.datetime())
    place = wgs84.latlon(KYIV.latitude_deg, KYIV.longitude_deg, KYIV.altitude_m)
    made = []
    for row in sample:
        satellite = Satrec()
        satellite.sgp4init(
            WGS72, "i", 1, float(elements.epoch_jd_day[row] + elements.epoch_day_fraction[row] - 2433281.5),
            float(elements.bstar_per_earth_radius[row]), 0.0, 0.0, float(elements.eccentricity[row]),
            *(float(np.radians(column[row])) for column in (
                elements.argument_of_perigee_deg, elements.inclination_deg, elements.mean_anomaly_deg)),
            float(elements.mean_motion_rev_day[row] * 2 * np.pi / 1440), float(np.radians(elements.raan_deg[row])),
        )  # fmt: skip
        made.append(EarthSatellite.from_satrec(satellite, scale))
    began = time.process_time()
    for satellite in made:
        satellite.find_events(place, start, end, altitude_degrees=10.0)
    return time.process_time() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("catalogue", nargs="?", help="an element set file; the simulated catalogue without one")
    parser.add_argument("--peer-sample", type=int, default=300)
    parser.add_argument("--start", default=None)
    parser.add_argument("--sites", type=int, default=100, help="for the last figure; 0 leaves it out")
    chosen = parser.parse_args()
    for _ in warm_up():
        pass
    figures: dict[str, object] = {}
    if chosen.catalogue:
        path = Path(chosen.catalogue)
        content = path.read_bytes()
        elements = ElementSets.read(content).newest()
        with tempfile.TemporaryDirectory() as folder:
            at = Instant.parse("2026-11-22T00:00:00Z")

            def import_once() -> None:
                with tempfile.NamedTemporaryFile(dir=folder, suffix=".sqlite") as file:
                    CatalogueStore.open(f"sqlite:///{file.name}2").import_elements(
                        ElementSets.read(content), source="file:benchmark", data_mode="REAL", at=at
                    )

            figures["import_s"] = timed(import_once, 3)
            store = CatalogueStore.open(f"sqlite:///{folder}/load.sqlite")
            store.import_elements(elements, source="file:benchmark", data_mode="REAL", at=at)
            figures["snapshot_load_s"] = timed(
                lambda: CatalogueStore.open(f"sqlite:///{folder}/load.sqlite").load_snapshot()
            )
    else:
        from ssa.catalogue.simulated import simulated_catalogue

        elements = simulated_catalogue().elements
    start = chosen.start or elements.epoch(int(np.argsort(elements.epoch_jd_day)[len(elements) // 2])).isoformat()
    span = TimeSpan.of(start, hours=24)
    figures["objects"] = len(elements)
    figures["passes"] = len(find_passes(elements, KYIV, span))
    for threads in (1, 2):
        figures[f"passes_{threads}_threads_s"] = timed(
            lambda threads=threads: find_passes(elements, KYIV, span, threads=threads)
        )
    mine, peers = [], []
    for _ in range(3):
        began = time.process_time()
        find_passes(elements, KYIV, span, threads=1)
        mine.append(time.process_time() - began)
        peer_s, peer_passes = sgp4_predict_s(elements, span)
        peers.append(peer_s)
    ours, peer_s = statistics.median(mine), statistics.median(peers)
    figures["passes_one_core_cpu_s"] = ours
    figures["sgp4_predict_cpu_s"], figures["sgp4_predict_passes"] = peer_s, peer_passes
    figures["times_faster_than_sgp4_predict_one_core"] = peer_s / ours
    sample = np.random.default_rng(1).choice(len(elements), min(chosen.peer_sample, len(elements)), replace=False)
    sky_s = skyfield_s(elements, span, sample) * len(elements) / len(sample)
    figures["skyfield_cpu_s_scaled"] = sky_s
    figures["times_faster_than_skyfield_one_core"] = sky_s / ours
    if chosen.sites:
        sites = scattered_sites(chosen.sites)
        wall, processor = time.perf_counter(), time.process_time()
        figures["many_sites"] = chosen.sites
        figures["many_sites_passes"] = len(find_passes(elements, sites, span, threads=2))
        figures["many_sites_2_threads_s"] = time.perf_counter() - wall
        figures["many_sites_cpu_s"] = time.process_time() - processor
    for name, value in figures.items():
        shown = " / ".join(f"{v:.3f}" for v in value) if isinstance(value, tuple) else value
        print(f"{name:45s} {shown}")
    keep("passes_of_a_catalogue", figures)


if __name__ == "__main__":
    main()
