"""Which sensor each object of a fleet is given, and why; which objects are left out, and why."""

from __future__ import annotations

import pytest

from orbits.errors import InvalidValue
from ssa import candidates
from ssa.alliances import find_alliance
from ssa.errors import UnknownName
from ssa.sensor_fleets import equip
from ssa.sensors import Elevation, find_sensor, read_sensors
from ssa.sensors.named import Sensor
from tests.made_up_catalogue import made_up_catalogue

CATALOGUE = made_up_catalogue(
    [
        (1, "SENTINEL-2A", "ESA", "PAY", "+"),
        (2, "WORLDVIEW-2 (WV-2)", "US", "PAY", "+"),
        (3, "ICEYE-X2", "FIN", "PAY", "+"),
        (4, "GOKTURK 1A", "TURK", "PAY", "+"),
        (5, "STARLINK-1007", "US", "PAY", "+"),
        (6, "SICRAL 2", "IT", "PAY", "+"),
        (7, "MYSTERY", "US", "PAY", "+"),
        (8, "GOES 16", "US", "PAY", "+"),
        (9, "ICEYE-X1", "FIN", "PAY", "-"),
        (10, "ICEYE-X2 DEB", "FIN", "DEB", None),
        (11, "UMBRA-07", "US", "PAY", "+"),
        (12, "FLOCK 4Q-16", "US", "PAY", "+"),
        (13, "NAVSTAR 80 (USA 309)", "US", "PAY", "+"),
        (14, "COSMO-SKYMED 9 RELAY", "IT", "PAY", "+"),
        (15, "TERRA", "US", "PAY", "+"),
    ]
)


def nato(**asked):
    return equip(candidates.of_alliance(find_alliance("NATO"), CATALOGUE), **asked)


def sensors_of(fleet) -> dict[str, str]:
    return {row["name"]: row["sensor"] for row in fleet.described()}


def test_imagers_get_their_access_and_nothing_else_gets_any():
    fleet = nato(mission="imaging")
    assert sensors_of(fleet) == {
        "WORLDVIEW-2 (WV-2)": "WORLDVIEW access",
        "ICEYE-X2": "ICEYE access",
        "GOKTURK 1A": "ASSUMED optical access",
        "UMBRA-07": "ASSUMED radar access",
        "FLOCK 4Q-16": "PLANETSCOPE swath",
        "COSMO-SKYMED 9 RELAY": "COSMO-SKYMED access",
    }
    assert fleet.left_out["mission not known"] == 1
    assert fleet.left_out["mission is not imaging"] == 5
    assert fleet.left_out["debris"] == 1
    assert fleet.left_out["payload not in operation"] == 1
    assert fleet.left_out["shared with states that are not members"] == 1
    assert len(fleet) + len(fleet.without_sensor) + sum(fleet.left_out.values()) == len(CATALOGUE)
    assert "2 of 6 objects have an assumed sensor, named so" in fleet.caveats


def test_each_row_says_why():
    why = {row["name"]: row["why"] for row in nato(mission="imaging").described()}
    assert why["WORLDVIEW-2 (WV-2)"] == "named sensor, by name and owner US"
    assert why["GOKTURK 1A"] == "assumed for surveillance-optical: name matches ^GOKTURK"
    assert why["FLOCK 4Q-16"].endswith("which has a fixed view: its swath is all it has access to")


def test_the_question_of_swath_leaves_out_what_images_by_tasking_only():
    fleet = nato(mission="imaging", use="swath")
    assert sensors_of(fleet) == {"WORLDVIEW-2 (WV-2)": "WORLDVIEW-2 swath", "FLOCK 4Q-16": "PLANETSCOPE swath"}
    reasons = {one.name: one.reason for one in fleet.without_sensor}
    assert reasons["ICEYE-X2"] == (
        "no routine swath is known: it images where it is tasked (ICEYE access); ask for access"
    )
    assert reasons["GOKTURK 1A"] == (
        "no known sensor for surveillance-optical in LEO with a routine swath; ask for access"
    )


def test_without_a_mission_every_object_is_asked_and_the_unknown_are_named():
    fleet = nato()
    found = sensors_of(fleet)
    assert found["STARLINK-1007"] == "STARLINK service"
    assert found["SICRAL 2"] == "ASSUMED communication service"
    assert found["NAVSTAR 80 (USA 309)"] == "GPS service"
    assert found["TERRA"] == "MODIS swath"
    reasons = {one.name: one.reason for one in fleet.without_sensor}
    assert reasons == {
        "MYSTERY": "no known sensor: mission not known (no evidence)",
        "GOES 16": "no known sensor for weather in LEO",
    }
    assert fleet.counts_without() == dict.fromkeys(reasons.values(), 1)


def test_a_name_does_not_outweigh_a_known_mission():
    catalogue = made_up_catalogue([(39766, "TERRA", "US", "PAY", "+"), (27386, "ICEYE-X9", "FIN", "PAY", "+")])
    fleet = equip(candidates.of_everything(catalogue))  # by the curated list a radar and a retired science mission
    assert sensors_of(fleet) == {"TERRA": "ASSUMED radar access"}
    assert fleet.without_sensor[0].reason == (
        "ICEYE access fits its name, but serves surveillance-sar, not earth-science"
    )


def test_a_given_sensor_is_used_for_all_and_misfits_are_counted():
    fleet = nato(mission="imaging", sensor=find_sensor("SENTINEL-1 access"))
    assert set(sensors_of(fleet).values()) == {"SENTINEL-1 access"}
    assert "3 objects are given a sensor that does not serve their mission" in fleet.caveats
    plain = nato(mission="imaging", sensor=Sensor("mine", "access", Elevation(20)))
    assert plain.counts() == {"mine": 6}


def test_a_users_own_sensor_comes_before_the_packaged_one():
    own = read_sensors(
        '[[sensors]]\nname="X2 radar"\nuse="access"\nnorad_ids=[3]\nrule={rule="elevation", min_elevation_deg=40}',
        "toml",
    )
    fleet = nato(mission="imaging", own_sensors=own)
    row = next(row for row in fleet.described() if row["norad_id"] == 3)
    assert (row["sensor"], row["why"]) == ("X2 radar", "a sensor of the user's, by catalogue number")


def test_columns_are_read_only_and_the_answer_has_the_keys_of_the_contract():
    fleet = nato(mission="imaging")
    assert {"norad_id", "name", "owner", "sensor"} <= set(fleet.described()[0])
    for column in (fleet.rows, fleet.sensor_row, fleet.why):
        assert not column.flags.writeable
    assert [fleet.sensors[row].name for row in fleet.sensor_row] == [row["sensor"] for row in fleet.described()]
    assert fleet.objects.elements.norad_id.tolist() == [row["norad_id"] for row in fleet.described()]


def test_an_unknown_use_or_mission_is_refused():
    with pytest.raises(UnknownName):
        nato(use="swaths")
    with pytest.raises(UnknownName):
        nato(mission="imagery of cats")


def test_candidates_by_owner_name_list_and_everything():
    finnish = candidates.of_owner("FIN", CATALOGUE)
    assert finnish.snapshot.elements.norad_id[finnish.rows].tolist() == [3]
    assert finnish.left_out == {"another owner": 12, "debris": 1, "payload not in operation": 1}
    named = candidates.of_name("iceye", CATALOGUE)
    assert named.rows.tolist() == [2]
    listed = candidates.of_list([9, 3, 77], CATALOGUE)
    assert listed.snapshot.elements.norad_id[listed.rows].tolist() == [9, 3]
    assert listed.not_in_catalogue == (77,)
    everything = candidates.of_everything(CATALOGUE)
    assert len(everything) + sum(everything.left_out.values()) == len(CATALOGUE)


def test_candidates_that_are_none_are_refused():
    with pytest.raises(UnknownName) as refused:
        candidates.of_name("ICEYEX", CATALOGUE)
    assert refused.value.nearest[0].startswith("ICEYE")
    with pytest.raises(UnknownName):
        candidates.of_owner("FINN", CATALOGUE)
    with pytest.raises(InvalidValue, match="none of them is in the catalogue"):
        candidates.of_list([77], CATALOGUE)


def test_what_has_decayed_is_left_out_of_a_list():
    gone = made_up_catalogue([(1, "A", "US", "PAY", "+")], decayed="2026-01-01")
    assert len(candidates.of_list([1], gone)) == 0
    assert candidates.of_list([1], gone).left_out == {"decayed": 1}
