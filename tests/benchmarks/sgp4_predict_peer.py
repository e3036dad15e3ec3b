"""Objects as `sgp4-predict`, the fastest peer for passes and regions, takes them."""

from __future__ import annotations

from typing import Any

from orbits import ElementSets


def predictors_of(elements: ElementSets) -> list[Any]:
    """A predictor for each element set; its catalogue numbers have five digits."""
    import sgp4_predict

    return [
        sgp4_predict.Predictor(
            sgp4_predict.Elements(
                norad_id=int(elements.norad_id[row]) % 100_000,
                epoch=elements.epoch(row).datetime(),
                mean_motion=float(elements.mean_motion_rev_day[row]),
                eccentricity=float(elements.eccentricity[row]),
                inclination=float(elements.inclination_deg[row]),
                right_ascension=float(elements.raan_deg[row]),
                argument_of_perigee=float(elements.argument_of_perigee_deg[row]),
                mean_anomaly=float(elements.mean_anomaly_deg[row]),
                mean_motion_dot=float(elements.mean_motion_dot_rev_day2[row]),
                drag_term=float(elements.bstar_per_earth_radius[row]),
            )
        )
        for row in range(len(elements))
    ]
