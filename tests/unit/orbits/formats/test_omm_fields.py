"""What every OMM form has in common: keywords, values, and what is refused."""

import json
from collections.abc import Callable

import pytest

from orbits import ElementSetError
from orbits.formats import read_element_sets, read_records

from . import made_up
from .made_up import keywords


def as_json(*records: dict[str, str]) -> str:
    return json.dumps(records)


FORMS: dict[str, Callable[..., str]] = {"csv": made_up.csv, "json": as_json, "xml": made_up.xml, "kvn": made_up.kvn}
every_form = pytest.mark.parametrize("write", FORMS.values(), ids=FORMS)


@every_form
def test_every_keyword_becomes_the_printed_number(write) -> None:
    elements = read_element_sets(write(made_up.KEYWORDS).encode())
    row = {name: getattr(elements, name)[0] for name in elements.column_names()}
    assert row == {
        "norad_id": 90001, "name": "MADE UP 1", "object_id": "2026-010A", "classification": "U",
        "epoch_jd_day": 2461109.5, "epoch_day_fraction": 0.5, "mean_motion_rev_day": 15.5, "eccentricity": 0.0001234,
        "inclination_deg": 51.6, "raan_deg": 120.5, "argument_of_perigee_deg": 90.0, "mean_anomaly_deg": 270.1234,
        "bstar_per_earth_radius": 0.12345e-3, "mean_motion_dot_rev_day2": 0.1234e-4, "mean_motion_ddot_rev_day3": 0.0,
        "ephemeris_type": 0, "element_set_number": 999, "revolution_at_epoch": 1234,
    }  # fmt: skip


REFUSED = [
    ("NORAD_CAT_ID", value) for value in ("0", "-1", "1e5", "A0000", "25544.0", "1000000000", "", "٢٥٥٤٤", "1_000", "x")
] + [
    ("EPOCH", "2026-03-10 12:00:00"), ("EPOCH", "2026-03-10T12:00:00+02:00"), ("EPOCH", "26069.5"), ("EPOCH", ""),
    ("EPOCH", "2026-02-30T00:00:00"), ("EPOCH", "1900-01-01T00:00:00"),
    ("MEAN_MOTION", "0"), ("MEAN_MOTION", "-15.5"), ("MEAN_MOTION", "nan"), ("MEAN_MOTION", "inf"),
    ("MEAN_MOTION", "1e999"),
    ("MEAN_MOTION", "1_5"), ("MEAN_MOTION", "١٥"), ("MEAN_MOTION", "0x1p3"), ("MEAN_MOTION", "15.5.5"),
    ("MEAN_MOTION", ""),
    ("MEAN_MOTION", "1" * 201), ("MEAN_MOTION", "15.5 rev/day"), ("MEAN_MOTION", "e5"), ("MEAN_MOTION", "."),
    ("ECCENTRICITY", "1"), ("ECCENTRICITY", "-0.0001"), ("ECCENTRICITY", "1.5"), ("ECCENTRICITY", "O.1"),
    ("INCLINATION", "180.0001"), ("INCLINATION", "-1"), ("RA_OF_ASC_NODE", "360.0001"), ("RA_OF_ASC_NODE", "-0.1"),
    ("ARG_OF_PERICENTER", "361"), ("MEAN_ANOMALY", "-180"), ("BSTAR", ""), ("BSTAR", "NaN"), ("BSTAR", "1e400"),
    ("MEAN_MOTION_DOT", "abc"), ("MEAN_MOTION_DDOT", "-1e310"), ("CLASSIFICATION_TYPE", "X"),
    ("CLASSIFICATION_TYPE", "UU"),
    ("EPHEMERIS_TYPE", "10"), ("EPHEMERIS_TYPE", "-1"), ("EPHEMERIS_TYPE", "0.0"), ("ELEMENT_SET_NO", "1.0"),
    ("REV_AT_EPOCH", "-5"), ("REV_AT_EPOCH", "1" * 10), ("CENTER_NAME", "MARS"), ("REF_FRAME", "EME2000"),
    ("TIME_SYSTEM", "TAI"), ("MEAN_ELEMENT_THEORY", "DSST"), ("MEAN_ELEMENT_THEORY", "SGP"),
]  # fmt: skip


@every_form
@pytest.mark.parametrize(("keyword", "value"), REFUSED)
def test_a_value_that_cannot_be_is_refused_and_its_neighbours_load(write, keyword: str, value: str) -> None:
    damaged = {**made_up.KEYWORDS, **CONSTANTS, keyword: value}
    good = [{**made_up.KEYWORDS, **CONSTANTS, "NORAD_CAT_ID": str(number)} for number in (90011, 90012)]
    elements = read_element_sets(write(good[0], damaged, good[1]).encode())
    assert elements.norad_id.tolist() == [90011, 90012]
    assert len(elements.refused) == 1
    assert keyword in elements.refused[0].expected


CONSTANTS = {"CENTER_NAME": "EARTH", "REF_FRAME": "TEME", "TIME_SYSTEM": "UTC", "MEAN_ELEMENT_THEORY": "SGP4"}


@every_form
def test_the_constant_metadata_may_be_there_in_the_ways_it_is_written(write) -> None:
    for theory in ("SGP4", "SGP/SGP4", "sgp4"):
        fields = keywords(**{**CONSTANTS, "MEAN_ELEMENT_THEORY": theory, "CENTER_NAME": "Earth"})
        assert len(read_element_sets(write(fields).encode())) == 1
    assert len(read_element_sets(write(keywords(CENTER_NAME="", REF_FRAME="")).encode())) == 1


@every_form
@pytest.mark.parametrize(
    "keyword", ["EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER",
                "MEAN_ANOMALY", "BSTAR"])  # fmt: skip
def test_an_element_that_is_missing_is_refused(write, keyword: str) -> None:
    with pytest.raises(ElementSetError, match=keyword):
        read_element_sets(write(keywords(**{keyword: None})).encode())


@every_form
def test_what_may_be_missing_is_not_stated(write) -> None:
    lean = keywords(OBJECT_ID=None, CLASSIFICATION_TYPE=None, EPHEMERIS_TYPE=None, ELEMENT_SET_NO=None,
                    REV_AT_EPOCH=None,
                    MEAN_MOTION_DOT=None, MEAN_MOTION_DDOT=None, OBJECT_NAME=None)  # fmt: skip
    for fields in (lean, dict.fromkeys(made_up.KEYWORDS.keys() - lean.keys(), "") | lean):
        record = read_records(write(fields).encode()).records[0]
        assert (record.name, record.object_id, record.classification, record.ephemeris_type) == ("", "", None, None)
        assert (record.element_set_number, record.revolution_at_epoch) == (None, None)
        assert (record.mean_motion_dot_rev_day2, record.mean_motion_ddot_rev_day3) == (None, None)
        elements = read_element_sets(write(fields).encode())
        assert (elements.classification[0], elements.mean_motion_dot_rev_day2[0], elements.ephemeris_type[0]) == (
            "U",
            0,
            0,
        )


def test_only_a_ccsds_message_may_lack_the_catalogue_number() -> None:
    fields = keywords(NORAD_CAT_ID=None)
    for write in (made_up.kvn, made_up.xml):
        assert read_records(write(fields).encode()).records[0].norad_id is None
        assert read_element_sets(write(fields).encode()).norad_id[0] == 0
    for write in (made_up.csv, as_json):
        with pytest.raises(ElementSetError, match="NORAD_CAT_ID"):
            read_element_sets(write(fields).encode())


@pytest.mark.parametrize("slip", ["NORAD_CAT_IX", "NORAD_CATID", "MEAN_MOTIOM_DOT", "ELEMENT_SET_N0", "REV_AT_EPOCHH"])
def test_a_damaged_keyword_is_not_taken_for_a_missing_one(slip: str) -> None:
    near = min(
        made_up.KEYWORDS,
        key=lambda keyword: (
            sum(a != b for a, b in zip(keyword, slip, strict=False)) + abs(len(keyword) - len(slip)) * 2
        ),
    )
    fields = {slip if key == near else key: value for key, value in made_up.KEYWORDS.items()}
    with pytest.raises(ElementSetError) as caught:
        read_element_sets(made_up.kvn(fields).encode())
    assert near in str(caught.value)


def test_leading_zeros_and_a_plus_sign_of_the_number_are_read_in_kvn_only() -> None:
    for text in ("007", "+7"):
        fields = keywords(NORAD_CAT_ID=text)
        assert read_element_sets(made_up.kvn(fields).encode()).norad_id[0] == 7
        for write in (made_up.csv, as_json, made_up.xml):
            with pytest.raises(ElementSetError, match="plain digits"):
                read_element_sets(write(fields).encode())


@every_form
@pytest.mark.parametrize("number", [1, 100000, 270449, 339999, 340000, 799501621, 999999999])
def test_catalogue_numbers_go_up_to_nine_digits(write, number: int) -> None:
    assert read_element_sets(write(keywords(NORAD_CAT_ID=str(number))).encode()).norad_id[0] == number


@every_form
def test_numbers_may_be_written_in_any_decimal_way(write) -> None:
    fields = keywords(
        MEAN_MOTION="+1.55e1",
        ECCENTRICITY="1234E-7",
        INCLINATION="51.",
        BSTAR="-.5E-3",
        MEAN_MOTION_DOT="+.1",
        EPHEMERIS_TYPE="+0",
    )
    elements = read_element_sets(write(fields).encode())
    assert (elements.mean_motion_rev_day[0], elements.eccentricity[0], elements.inclination_deg[0]) == (
        15.5,
        0.0001234,
        51.0,
    )
    assert elements.bstar_per_earth_radius[0] == -0.0005


@every_form
def test_a_set_of_sgp4_xp_is_read_as_ephemeris_type_4(write) -> None:
    fields = keywords(
        BSTAR=None, MEAN_MOTION_DDOT=None, EPHEMERIS_TYPE=None, MEAN_ELEMENT_THEORY="SGP4-XP", BTERM="0.02", AGOM="0.01"
    )
    if write is made_up.csv:  # a CSV header must name BSTAR
        fields = {**fields, "BSTAR": ""}
    elements = read_element_sets(write(fields).encode())
    assert (elements.ephemeris_type[0], elements.bstar_per_earth_radius[0], elements.mean_motion_ddot_rev_day3[0]) == (
        4,
        0.02,
        0.01,
    )
    assert read_element_sets(write(keywords(EPHEMERIS_TYPE="4")).encode()).ephemeris_type[0] == 4
    with pytest.raises(ElementSetError, match="SGP4-XP"):
        read_element_sets(write(keywords(MEAN_ELEMENT_THEORY="SGP4-XP", EPHEMERIS_TYPE="0")).encode())


@every_form
def test_future_epochs_and_several_sets_of_one_object_are_kept(write) -> None:
    sets = [keywords(EPOCH=f"{year}-03-10T12:00:00") for year in (2026, 2026, 2099)]
    assert len(read_element_sets(write(*sets).encode())) == 3


@every_form
def test_the_ordinary_path_and_the_thorough_one_read_the_same(write) -> None:
    """A constant in another case takes the thorough path; nothing else differs."""
    quick = read_element_sets(write(keywords(CENTER_NAME="EARTH")).encode())
    slow = read_element_sets(write(keywords(CENTER_NAME="earth")).encode())
    assert all(getattr(quick, name)[0] == getattr(slow, name)[0] for name in quick.column_names())
