"""Named sensors and sensors of a user's own."""

from __future__ import annotations

import json

import pytest

from orbits.errors import InvalidValue
from ssa.errors import UnknownName
from ssa.missions import mission_categories
from ssa.owners import find_owner
from ssa.regimes import REGIMES
from ssa.sensors import TARGET_SUNLIT, Elevation, NadirCone, OffNadir, all_sensors, find_sensor, read_sensors
from ssa.sensors.named import USES


def test_names_are_found_in_any_spelling_and_say_swath_or_access():
    assert find_sensor("sentinel 2 msi SWATH").rule == NadirCone(10.43) & TARGET_SUNLIT
    assert find_sensor("WORLDVIEW access").rule == OffNadir(45) & TARGET_SUNLIT
    for sensor in all_sensors():
        assert sensor.name.endswith(sensor.use)
        assert find_sensor(sensor.name) is sensor


def test_an_unknown_name_offers_the_nearest():
    with pytest.raises(UnknownName) as refused:
        find_sensor("SENTINEL-2")
    assert refused.value.nearest[0] == "SENTINEL-2 MSI swath"


def test_every_packaged_sensor_is_whole():
    assert len(all_sensors()) == 64
    for sensor in all_sensors():
        assert sensor.use in USES
        assert sensor.sources
        assert sensor.checked in ("read", "partly read", "not re-read", "assumed")
        assert (sensor.basis == "assumed") == sensor.name.startswith("ASSUMED ") == (not sensor.satellites)
        assert set(sensor.regimes) <= set(REGIMES)
        assert {name for mission in sensor.missions for name in mission_categories(mission)} == set(sensor.missions)
        assert all(find_owner(code) for code in sensor.owners)
        assert sensor.program.shape[1] == 16
        assert not sensor.program.flags.writeable
        if sensor.use == "swath" or "optical" in str(sensor.missions):
            assert sensor.swath_km or sensor.use == "access"


@pytest.mark.parametrize(
    ("sensor", "name", "owner", "expected"),
    [
        ("LANDSAT OLI swath", "LANDSAT 8", "US", True),
        ("LANDSAT OLI swath", "LANDSAT 5", "US", False),
        ("LANDSAT OLI swath", "LANDSAT 8 [SIM]", "US", True),
        ("WORLDVIEW access", "WORLDVIEW-1 (WV-1)", "US", True),
        ("KOMPSAT-3 access", "ARIRANG-3 (KOMPSAT-3)", "SKOR", True),
        ("KOMPSAT-3 access", "KOMPSAT-3A", "SKOR", False),
        ("PRISMA swath", "PRISMA", "SWED", False),
        ("PRISMA swath", "PRISMA (MANGO)", "IT", False),
        ("VIIRS swath", "NOAA 20 (JPSS-1)", "US", True),
        ("VIIRS swath", "NOAA 2", "US", False),
        ("IRIDIUM service", "IRIDIUM 33", "US", False),
        ("SENTINEL-1 access", "SENTINEL-1A", None, True),
    ],
)
def test_a_name_is_matched_with_its_owner(sensor, name, owner, expected):
    assert find_sensor(sensor).is_of(name, owner, 1) is expected


TOML = """
[[sensors]]
name = "BALTSAT camera access"
use = "access"
satellites = ["BALTSAT-*"]
norad_ids = [25544]
owners = ["LTU"]
missions = ["imaging"]
rule = { all_of = [
    { rule = "off_nadir", max_off_nadir_deg = 30 },
    { rule = "sun_elevation", min_sun_elevation_deg = 0 },
] }
"""


def test_a_users_sensor_is_read_from_toml_and_json():
    sensor = read_sensors(TOML, "toml")[0]
    assert sensor.rule == OffNadir(30) & TARGET_SUNLIT
    assert (sensor.basis, sensor.use) == ("given", "access")
    assert sensor.missions == ("surveillance-optical", "surveillance-sar")
    assert sensor.is_of("BALTSAT-3", "LTU", 1)
    assert not sensor.is_of("BALTSAT-3", "US", 1)
    assert not sensor.is_of("XBALTSAT-3", "LTU", 1)
    assert sensor.is_of("ISS (ZARYA)", "ISS", 25544)
    assert find_sensor("baltsat camera access", [sensor]) is sensor
    content = {"sensors": [{"name": "DOME", "use": "service", "rule": Elevation(20).as_json()}]}
    assert read_sensors(json.dumps(content), "json")[0].rule == Elevation(20)


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ('use = "access"', 'use = "acess"', ".use", "acess: is not known; did you mean swath, access, service?"),
        (
            'name = "BALTSAT camera access"', "", ".name",
            "is missing; every sensor has a name, a use and a rule",
        ),
        (
            "BALTSAT camera access", "WORLDVIEW ACCESS", ".name",
            "WORLDVIEW ACCESS: is the name of a packaged sensor; choose another",
        ),
        (
            "[25544]", "[0]", ".norad_ids[0]",
            "0: is not a catalogue number; give an integer from 1 to 999999999",
        ),
        ('"LTU"', '"LTUU"', ".owners[0]", "LTUU: is not known; did you mean LTU?"),
        ('"imaging"', '"imageing"', ".missions[0]", "imageing: is not known; did you mean imaging?"),
        ("deg = 30", "deg = 300", ".rule.all_of[0].max_off_nadir_deg", "300: outside 0 to 90 deg"),
        ('"off_nadir"', '"offnadir"', ".rule.all_of[0].rule", "offnadir: is not known; did you mean off_nadir?"),
        ("satellites", "satelites", "", "satelites: is not known; did you mean satellites?"),
        ('["BALTSAT-*"]', '"BALTSAT-*"', ".satellites", "'BALTSAT-*': must be a list"),
    ],
)  # fmt: skip
def test_a_wrong_entry_is_refused_by_file_entry_field_value_and_way_out(old, new, place, reason):
    assert old in TOML
    with pytest.raises(InvalidValue) as refused:
        read_sensors(TOML.replace(old, new, 1), "toml", file="my.toml")
    assert str(refused.value) == f"my.toml: sensors[0]{place}: {reason}"


@pytest.mark.parametrize(("old", "new"), [("[[sensors]]", "[[sensor]]"), ("rule = {", "rule = [")])
def test_a_file_of_another_shape_is_refused_by_its_name(old, new):
    with pytest.raises(InvalidValue, match=r"^my\.toml: "):
        read_sensors(TOML.replace(old, new, 1), "toml", file="my.toml")


def test_two_sensors_of_one_name_are_refused():
    with pytest.raises(InvalidValue, match="is the name of sensors\\[0\\]; choose another"):
        read_sensors(TOML + TOML, "toml")


def test_a_key_that_stands_twice_is_refused():
    with pytest.raises(InvalidValue, match="stands twice in one object; keep one"):
        read_sensors('{"sensors": [{"name": "a", "name": "b"}]}', "json")
