"""How many real errors of element sets lie inside 1, 2 and 3 assumed sigma: `python -m tests.element_realism [SHARED]`.

Truth is an independent ephemeris (ISS, LAGEOS-2), or a later set of the same object. The latter holds errors of its
own, shares observations with the earlier one at lags of a day or two, and sees manoeuvres that no set could foresee.
For a normal distribution the shares are 0.683, 0.954 and 0.997.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from orbits import ElementSets, Instants
from orbits.arrays import Booleans, Floats
from ssa.conjunctions.history_covariance import covariance_with_history, factors_from_history
from ssa.element_error import error_class_of, error_classes, sigma_rtn_km
from ssa.history.differences import differences_of, in_history_order, pairs_of_sets
from tests.conftest import shared_folder
from tests.truth_ephemerides import Truth, errors_against, read_cpf, read_oem

AGE_BINS = ((-7.0, -3.0), (-3.0, -1.0), (-1.0, 0.0), (0.0, 0.25), (0.25, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 5.0),
            (5.0, 8.0))  # fmt: skip
FEWEST = 40
MOST_PAIRS = 150_000
DEBRIS_2023 = ("catalogs/tle_2023-03-26_full.3le.gz", "catalogs/tle_2023-04-01_full.3le.gz")
DEBRIS_2026 = (
    "catalogs/gp_2026-03-10_socrates-run.csv.gz", "catalogs/gp_2026-03-10_fengyun-1c-debris.json.gz",
    "catalogs/gp_2026-03-10_cosmos-2251-debris.json.gz",
)  # fmt: skip
PAYLOADS_2026 = (
    "catalogs/tle_2026-06-10_leo-payloads.3le.gz", "catalogs/tle_2026-06-14_active-and-debris-clouds.3le.gz",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Shares:
    """Real errors of one kind of object at ages in one bin: their number, and shares (3, 3): by sigma, by axis."""

    label: str
    ages_days: tuple[float, float]
    count: int
    error_68_km: Floats
    sigma_km: Floats
    inside: Floats

    def __str__(self) -> str:
        cells = [f"{self.label}", f"{self.ages_days[0]:g} to {self.ages_days[1]:g}", f"{self.count:,}"]
        cells += [f"{error:.2g} / {sigma:.2g}" for error, sigma in zip(self.error_68_km, self.sigma_km, strict=True)]
        cells += [" ".join(f"{share:.2f}" for share in axis) for axis in self.inside.T]
        return f"| {' | '.join(cells)} |"


def shares_by_age(label: str, age: Floats, error: Floats, sigma: Floats) -> Iterator[Shares]:
    """The shares of errors (m, 3) inside 1, 2, 3 of their sigmas (m, 3), by bin of age (m,)."""
    for low, high in AGE_BINS:
        chosen = (age >= low) & (age < high) & np.isfinite(error).all(axis=1)
        if np.count_nonzero(chosen) < FEWEST:
            continue
        size = np.abs(error[chosen])
        inside = np.stack([(size < k * sigma[chosen]).mean(axis=0) for k in (1, 2, 3)])
        yield Shares(
            label, (low, high), len(size), np.percentile(size, 68.27, axis=0), np.median(sigma[chosen], axis=0), inside
        )


def against_truth(label: str, elements: ElementSets, truth: Truth) -> list[Shares]:
    """One object's sets against an independent ephemeris."""
    age, error = errors_against(elements, truth)
    rows = np.repeat(np.arange(len(elements)), age.shape[1])
    return list(shares_by_age(label, age.ravel(), error.reshape(-1, 3), sigma_rtn_km(elements, rows, age.ravel())))


def iss(shared: Path) -> list[Shares]:
    """Sets of the day before and two days after the start of each NASA trajectory, against its first two days."""
    folder = shared / "data" / "truth" / "iss"
    history = ElementSets.read(folder / "ISS_TLE_history.tle.gz")
    epoch = history.epoch_jd_day + history.epoch_day_fraction
    ages, errors, sigmas = [], [], []
    for file in sorted(folder.glob("*.xml.gz")):
        whole = read_oem(file)
        moment = whole.times.jd_day + whole.times.day_fraction
        early = moment < moment[0] + 2.0
        times = Instants(whole.times.jd_day[early], whole.times.day_fraction[early])
        truth = Truth(times, whole.position_teme_km[early], whole.velocity_teme_km_s[early])
        sets = history[(epoch > moment[0] - 1.0) & (epoch < moment[0] + 2.0)]
        age, error = errors_against(sets, truth)
        ages.append(age.ravel())
        errors.append(error.reshape(-1, 3))
        sigmas.append(sigma_rtn_km(sets, np.repeat(np.arange(len(sets)), age.shape[1]), age.ravel()))
    return list(shares_by_age("ISS", np.concatenate(ages), np.concatenate(errors), np.concatenate(sigmas)))


def lageos2(shared: Path) -> list[Shares]:
    """One set of LAGEOS-2 against a day of its laser-ranging prediction."""
    folder = shared / "data" / "truth" / "lageos2"
    truth = read_cpf(folder / "lageos2_cpf_160213_5441.sgf")
    return against_truth("LAGEOS-2", ElementSets.read(folder / "lageos2.tle"), truth)


def against_later_sets(label: str, elements: ElementSets, kept: Booleans, *, backwards: bool = False) -> list[Shares]:
    """Sets in `kept` (n,) against later sets of the same object (earlier ones with `backwards`), by kind of orbit."""
    earlier, later = pairs_of_sets(elements, most_days=8.0)
    if len(earlier) > MOST_PAIRS:
        chosen = np.random.default_rng(20260310).choice(len(earlier), MOST_PAIRS, replace=False)
        earlier, later = earlier[chosen], later[chosen]
    pairs = differences_of(elements, later, earlier) if backwards else differences_of(elements, earlier, later)
    sigma = sigma_rtn_km(elements, pairs.predicting_row, pairs.lag_days)
    kind = error_class_of(elements)[pairs.predicting_row]
    found: list[Shares] = []
    for number, name in enumerate(error_classes()):
        mask = (kind == number) & kept[pairs.predicting_row]
        found += shares_by_age(f"{label}: {name}", pairs.lag_days[mask], pairs.position_rtn_km[mask], sigma[mask])
    return found


def histories(shared: Path) -> list[Shares]:
    """Every set of objects: debris and rocket bodies of two years, payloads, a week of five groups."""
    types = types_of(shared)
    found: list[Shares] = []
    for label, files in (("debris 2023-03", DEBRIS_2023), ("debris 2026-03", DEBRIS_2026)):
        elements = sets_of(shared, *files)
        kind = np.array([types.get(number, "?") for number in elements.norad_id.tolist()])
        found += against_later_sets(label, elements, (kind == "DEB") | (kind == "R/B"))
    elements = sets_of(shared, *PAYLOADS_2026)
    found += against_later_sets("payloads 2026-06", elements, np.ones(len(elements), dtype=bool))
    for group in ("weather", "resource", "geo", "starlink_sample"):
        elements = sets_of(shared, f"history/tle_2026-05-24_to_30_{group}.3le.gz")
        found += against_later_sets(f"{group} 2026-05", elements, np.ones(len(elements), dtype=bool))
        if group in ("resource", "geo"):
            everyone = np.ones(len(elements), dtype=bool)
            found += against_later_sets(f"{group} 2026-05", elements, everyone, backwards=True)
    return found


def from_own_history(shared: Path, group: str) -> list[Shares]:
    """Sets of a week against later ones, with factors from the first four days on growth, tested on the rest."""
    elements = sets_of(shared, f"history/tle_2026-05-24_to_30_{group}.3le.gz")
    epoch = elements.epoch_jd_day + elements.epoch_day_fraction
    split = float(np.percentile(epoch, 55.0))
    factors = factors_from_history(elements[epoch < split])
    earlier, later = pairs_of_sets(elements, most_days=5.0)
    # the predicting set is the newest that was known at the split; its targets are all later
    newest = np.append(elements.norad_id[1:] != elements.norad_id[:-1], True) | np.append(epoch[1:] >= split, True)
    chosen = (epoch[earlier] < split) & newest[earlier] & np.isin(elements.norad_id[earlier], factors.norad_id)
    pairs = differences_of(elements, earlier[chosen], later[chosen])
    found: list[Shares] = []
    for label, sigma in (
        (f"{group}: table", sigma_rtn_km(elements, pairs.predicting_row, pairs.lag_days)),
        (f"{group}: own history",
         covariance_with_history(elements, pairs.predicting_row, pairs.lag_days, factors).sigma_rtn_km),
    ):  # fmt: skip
        found += shares_by_age(label, pairs.lag_days, pairs.position_rtn_km, sigma)
    return found


def sets_of(shared: Path, *files: str) -> ElementSets:
    """Every set of the files, by object and epoch."""
    return in_history_order(ElementSets.concatenate([ElementSets.read(shared / "data" / file) for file in files]))


def types_of(shared: Path) -> dict[int, str]:
    """PAY, R/B, DEB or UNK by catalogue number."""
    with gzip.open(shared / "data" / "satcat" / "satcat_owner_type_2026-06-14.csv.gz", "rt") as file:
        return {int(row["NORAD_CAT_ID"]): row["OBJECT_TYPE"] for row in csv.DictReader(file)}


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else shared_folder()
    print("| object and kind | age, days | errors | 68 % / sigma, radial km | along km | across km "
          "| inside 1, 2, 3 sigma: radial | along | across |")  # fmt: skip
    print("| --- | --- | ---: | --- | --- | --- | --- | --- | --- |")
    own = [row for group in ("resource", "geo", "starlink_sample") for row in from_own_history(shared, group)]
    for row in (*iss(shared), *lageos2(shared), *histories(shared), *own):
        print(row)


if __name__ == "__main__":
    main()
