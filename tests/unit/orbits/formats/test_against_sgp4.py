"""The same numbers as the parsers of the `sgp4` package (2.27), from its verification set and from real catalogues."""

from __future__ import annotations

import csv
import gzip
import io
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from sgp4 import omm
from sgp4.api import Satrec

from orbits import ElementSets
from orbits.formats import read_element_sets

from .made_up import checked

# sgp4 scales by powers of ten and converts to radians in two or three roundings; we read the decimal in one.
FEW_ROUNDINGS = 4 * 2.0**-53
REV_DAY_PER_RAD_MIN = 1440.0 / (2.0 * np.pi)
ONE_MICROSECOND = 1e-6 / 86400.0  # day: sgp4 takes the epoch of an OMM through a datetime and back


def verification_set() -> str:
    """The published lines of SGP4-VER.TLE: columns 70 and on hold the span of its test."""
    text = (files("sgp4") / "SGP4-VER.TLE").read_text()
    return "".join(
        line if line.startswith("#") else line[:69].rstrip() + "\n" for line in text.splitlines(keepends=True)
    )


def assert_same(elements: ElementSets, records: list[Satrec], epoch_tolerance_day: float = 0.0) -> None:
    def of(name: str) -> np.ndarray:
        return np.array([getattr(record, name) for record in records])

    assert elements.norad_id.tolist() == of("satnum").tolist()
    assert elements.classification.tolist() == of("classification").tolist()
    assert elements.element_set_number.tolist() == of("elnum").tolist()
    assert elements.revolution_at_epoch.tolist() == of("revnum").tolist()
    assert elements.ephemeris_type.tolist() == of("ephtype").tolist()
    assert elements.eccentricity.tolist() == of("ecco").tolist()
    for ours, theirs in (
        (elements.inclination_deg, np.degrees(of("inclo"))), (elements.raan_deg, np.degrees(of("nodeo"))),
        (elements.argument_of_perigee_deg, np.degrees(of("argpo"))), (elements.mean_anomaly_deg, np.degrees(of("mo"))),
        (elements.mean_motion_rev_day, of("no_kozai") * REV_DAY_PER_RAD_MIN),
        (elements.bstar_per_earth_radius, of("bstar")),
        (elements.mean_motion_dot_rev_day2, of("ndot") * REV_DAY_PER_RAD_MIN * 1440.0),
        (elements.mean_motion_ddot_rev_day3, of("nddot") * REV_DAY_PER_RAD_MIN * 1440.0**2),
    ):  # fmt: skip
        np.testing.assert_allclose(ours, theirs, rtol=FEW_ROUNDINGS, atol=0.0)
    days = (elements.epoch_jd_day - of("jdsatepoch")) + (elements.epoch_day_fraction - of("jdsatepochF"))
    assert np.abs(days).max() <= epoch_tolerance_day


def tle_records(text: str) -> list[Satrec]:
    lines = [line for line in text.split("\n") if line[:2] in ("1 ", "2 ") and len(line) >= 69]
    return [Satrec.twoline2rv(one, two) for one, two in zip(lines[::2], lines[1::2], strict=True)]


def test_every_set_of_the_verification_file_is_read_as_sgp4_reads_it() -> None:
    text = "".join(
        checked(line[:68]) + "\n" if line[:2] in ("1 ", "2 ") else line + "\n"
        for line in verification_set().split("\n")
    )
    elements = read_element_sets(text.encode())
    assert (len(elements), elements.refused) == (33, ())
    assert_same(elements, tle_records(text), epoch_tolerance_day=1e-15)


def test_the_verification_file_has_three_sets_whose_checksums_are_wrong() -> None:
    """Objects 33333 to 33335, whose lines were edited by hand to provoke errors of the theory."""
    elements = read_element_sets(verification_set().encode())
    assert len(elements) == 30
    assert [(refused.column, refused.text[2:7]) for refused in elements.refused] == [
        (69, "33333"),
        (69, "33334"),
        (69, "33335"),
    ]


@pytest.mark.real_data
@pytest.mark.parametrize(
    "name",
    ["catalogs/tle_2023-04-01_full.3le.gz", "catalogs/tle_2026-06-10_leo-payloads.3le.gz", "manoeuvres/TOPEX.tle.gz"],
)
def test_every_set_of_a_real_tle_file_is_read_as_sgp4_reads_it(shared: Path, name: str) -> None:
    text = gzip.decompress((shared / "data" / name).read_bytes()).decode()
    lines = "\n".join(line.rstrip() for line in text.split("\n"))
    assert_same(read_element_sets(text.encode()), tle_records(lines), epoch_tolerance_day=1e-15)


@pytest.mark.real_data
def test_every_set_of_a_real_omm_catalogue_is_read_as_sgp4_reads_it(shared: Path) -> None:
    text = gzip.decompress((shared / "data/catalogs/gp_2026-03-10_merged.csv.gz").read_bytes()).decode()
    records = []
    for fields in csv.DictReader(io.StringIO(text)):
        record = Satrec()
        omm.initialize(record, fields)
        records.append(record)
    assert_same(read_element_sets(text.encode()), records, ONE_MICROSECOND)
