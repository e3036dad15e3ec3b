"""The population of debris studies: orbits as SGP4 sees them, sizes by the best that is known, nothing lost."""

from __future__ import annotations

import numpy as np
import pytest

from orbits.constants import WGS72_RADIUS_KM
from orbits.errors import InvalidValue
from orbits.sgp4_core.initialisation import initialise
from ssa.catalogue.simulated import simulated_catalogue
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.debris.fragment_masses import fragment_mass_kg, middle_log_area_to_mass
from ssa.debris.known_sizes import design_rows, designs, read_known_sizes
from ssa.debris.mean_orbits import mean_orbits
from ssa.debris.population import population_of
from ssa.debris.radar_sizes import size_from_radar_m
from ssa.debris.size_rules import DEFAULT_RADIUS_M, MASS_BASES, OBJECT_CLASSES, SIZE_BASES
from tests.orbits_of_note import HARD_EIGHT

one_metre = 1e-3  # km


def few(**facts: list[object]) -> CatalogueSnapshot:
    """Six simulated objects with other facts."""
    whole = simulated_catalogue()[:6]
    columns = {name: getattr(whole, name) for name in
               ("owner", "object_type", "ops_status", "launch_date", "decay_date", "rcs_m2")}  # fmt: skip
    columns |= facts
    return CatalogueSnapshot(
        elements=whole.elements, as_of=whole.as_of, data_mode="SIMULATED", source="simulated", **columns
    )


def test_the_axis_is_the_one_that_sgp4_recovers() -> None:
    for elements in (*HARD_EIGHT, simulated_catalogue().elements):
        ours = mean_orbits(elements).semi_major_axis_km
        assert np.abs(ours - initialise(elements)["a_unkozai"] * WGS72_RADIUS_KM).max() < one_metre


@pytest.mark.parametrize(("frequency_ghz", "rcs_m2", "size_m"), [(2.0, 0.01, 0.1004), (0.435, 0.1, 0.2566)])
def test_size_from_radar_is_that_of_jsc_62815(frequency_ghz: float, rcs_m2: float, size_m: float) -> None:
    size = size_from_radar_m([rcs_m2], 0.299792458 / frequency_ghz)
    assert size[0] == pytest.approx(size_m, abs=6e-5)  # the printed digits


def test_size_from_radar_rises_without_a_jump_and_is_nan_where_nothing_was_measured() -> None:
    rcs = np.geomspace(1e-5, 1e3, 2000)
    steps = np.diff(np.log(size_from_radar_m(rcs))) / np.diff(np.log(rcs))
    assert steps.min() > 0.0
    assert steps.max() < 1.0  # the steepest part of the table
    assert np.isnan(size_from_radar_m([0.0, -1.0, np.nan])).all()


@pytest.mark.parametrize(("length_m", "chi"), [(0.3, -1.0636), (1.0, -1.181)])
def test_middle_area_to_mass_is_that_of_the_break_up_model(length_m: float, chi: float) -> None:
    assert middle_log_area_to_mass(np.array([length_m]))[0] == pytest.approx(
        chi, abs=2e-4
    )  # the law jumps by that at 1 m


def test_heavier_pieces_are_larger() -> None:
    masses = fragment_mass_kg(np.geomspace(0.02, 3.0, 200))
    assert (np.diff(masses) > 0.0).all()


def test_a_table_goes_before_a_design_a_design_before_radar_and_radar_before_a_default() -> None:
    numbers = simulated_catalogue().elements.norad_id[:6]
    table = (
        f"ObjectID,HBR,HBRSource,Mass,MassSource\n{numbers[0]},2.5,CARA,,DISCOS DB\n{numbers[1]},9,Default,9,Default\n"
    )
    found = population_of(few(rcs_m2=[1.0, 1.0, np.nan, 4.0, np.nan, 0.1]), read_known_sizes(table))
    assert [SIZE_BASES[code] for code in found.size_basis] == [
        "table", "radar cross-section", "default", "radar cross-section", "default", "radar cross-section",
    ]  # fmt: skip
    assert found.radius_m[0] == 2.5
    assert found.radius_m[2] == DEFAULT_RADIUS_M[OBJECT_CLASSES.index("payload")]
    assert found.radius_m[3] == pytest.approx(np.sqrt(4.0 / np.pi))  # a disc of 4 m2
    assert MASS_BASES[found.mass_basis[2]] == "default"
    assert MASS_BASES[found.mass_basis[0]] == "inferred from size"
    assert found.caveats[1].startswith("the radii of 83% of the objects are inferred")


def test_designs_are_told_by_name_and_their_pieces_are_not() -> None:
    names = np.array(["STARLINK-1007", "STARLINK-31570", "SL-16 R/B", "SL-16 DEB", "ONEWEB-0012"], dtype=object)
    kinds = design_rows(names)
    assert [designs()[kind].mass_kg if kind >= 0 else None for kind in kinds] == [260.0, 800.0, 9000.0, None, 150.0]


def test_what_decayed_or_was_launched_later_is_left_out_and_counted() -> None:
    found = population_of(
        few(decay_date=["2025-12-31", None, None, None, None, None],
            launch_date=[None, "2026-01-02", "2025-01-01", None, None, None])
    )  # fmt: skip
    assert len(found) == 4
    assert dict(found.left_out) == {"decayed": 1, "launched later": 1}


def test_only_payloads_in_operation_with_room_for_an_engine_manoeuvre() -> None:
    found = population_of(
        few(object_type=["PAY", "PAY", "R/B", "DEB", "PAY", "PAY"], ops_status=["+", "-", "+", None, "+", None],
            rcs_m2=[3.0, 3.0, 3.0, 3.0, 0.02, 3.0])
    )  # fmt: skip
    assert found.is_manoeuvrable.tolist() == [True, False, False, False, False, True]
    assert found.constellation[5] == "GLONASS"  # unknown status, and counted by its constellation


def test_a_choice_of_rows_keeps_all_columns_in_step() -> None:
    everything = population_of(simulated_catalogue())
    part = everything[everything.object_class == 1]
    assert len(part.orbits) == len(part) == everything.counts()["objects_by_class"]["rocket body"]
    assert part.area_to_mass_m2_kg * part.mass_kg == pytest.approx(part.area_m2)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("NORAD,HBR\n5,1\n", "lacks the columns ObjectID"),
        ("ObjectID,HBR\nfive,1\n", "is no catalogue number, at line 2"),
        ("ObjectID,HBR\n5,-1\n", "is no positive number in HBR, at line 2"),
        ("ObjectID,HBR\n5,wide\n", "is no positive number in HBR, at line 2"),
    ],
)
def test_a_damaged_table_of_sizes_is_refused_with_its_line(table: str, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason):
        read_known_sizes(table)
