"""Conjunction Data Messages: leniency in reading, strictness in writing, errors that show the way out."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from typing import Any

import pytest

from ssa import encounter_of, hard_body_radius_of, read_cdms, write_cdm
from ssa.conjunctions.cdm import ConjunctionDataMessage, frozen
from ssa.errors import ConjunctionMessageError
from tests.cdm_structure import check_kvn, check_xml
from tests.made_up_encounters import message_text


def only(text: str | bytes) -> ConjunctionDataMessage:
    (message,) = read_cdms(text)
    return message


@pytest.mark.parametrize("form", ["kvn", "xml"])
def test_what_is_written_has_the_standards_structure_and_reads_back_the_same(form: Any) -> None:
    message = only(message_text("COMMENT HBR = 12 [m]\n"))
    text = write_cdm(message, form)
    (check_kvn if form == "kvn" else check_xml)(text)
    assert only(text) == message
    assert only(gzip.compress(text.encode())) == message


def test_json_of_the_own_form_and_with_sat1_and_sat2_read_as_the_kvn_does() -> None:
    message = only(message_text())
    nested = {
        "header": dict(message.header), "relative": dict(message.relative),
        "objects": [dict(one.fields) for one in message.objects],
    }  # fmt: skip
    flat = {**message.header, **message.relative}
    for number, one in enumerate(message.objects, 1):
        flat |= {f"SAT{number}_{key}": value for key, value in one.fields.items() if key != "OBJECT"}
    for document in (nested, flat, [flat]):
        found = only(json.dumps(document))
        assert replace(found, comments=()) == replace(message, comments=())


def test_space_track_public_messages_are_read_and_say_why_no_probability_comes_of_them() -> None:
    row = {
        "CDM_ID": "1", "CREATED": "2026-03-09 12:00:00", "EMERGENCY_REPORTABLE": "Y", "TCA": "2026-03-10T04:00:00.123",
        "MIN_RNG": "224", "PC": "0.0001", "SAT_1_ID": "90001", "SAT_1_NAME": "ONE", "SAT1_OBJECT_TYPE": "PAYLOAD",
        "SAT1_RCS": "LARGE", "SAT_1_EXCL_VOL": "5.00", "SAT_2_ID": "90002", "SAT_2_NAME": "TWO",
        "SAT2_OBJECT_TYPE": "DEBRIS", "SAT2_RCS": "SMALL", "SAT_2_EXCL_VOL": "1.00",
    }  # fmt: skip
    message = only(json.dumps([row]))
    assert message.relative["MISS_DISTANCE"] == 224.0
    assert message.objects[1].fields["OBJECT_NAME"] == "TWO"
    assert {name for _, name, _ in message.unknown} == {"EMERGENCY_REPORTABLE", "RCS", "EXCL_VOL"}
    assert hard_body_radius_of(message).radius_m == 5.5
    with pytest.raises(ConjunctionMessageError, match=r"object 1 \(ONE\) has no state .* cdm_public carries neither"):
        encounter_of(message)
    with pytest.raises(ConjunctionMessageError, match="writing a CDM"):
        write_cdm(message)


def test_units_are_turned_padded_lines_read_and_unknown_keywords_counted() -> None:
    text = message_text().replace("224.0 [m]", "0.224 [km]").replace("ORIGINATOR = TEST", "  ORIGINATOR=TEST  \t")
    message = only(text.replace("MESSAGE_ID", "HOUSE_KEY = 7\r\nMESSAGE_ID"))
    assert message.relative["MISS_DISTANCE"] == pytest.approx(224.0)
    assert message.unknown == ((0, "HOUSE_KEY", "7"),)
    assert any("[km] turned" in note or "km turned into m" in note for note in message.notes)
    assert any("1 keywords are not of the standard" in note for note in message.notes)
    assert "COMMENT HOUSE_KEY = 7" in write_cdm(message)


def test_units_may_be_absent_and_a_wrong_one_is_refused() -> None:
    assert only(message_text(unit=False)).objects == only(message_text()).objects
    with pytest.raises(ConjunctionMessageError, match=r"line 7: MISS_DISTANCE is '\[deg\]'; expected the unit \[m\]"):
        read_cdms(message_text().replace("224.0 [m]", "224.0 [deg]"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the text is empty; give a CDM"),
        ("\x1f\x8bnot gzip", "gzip: the file is"),
        ("<html></html>", "holds no cdm element"),
        ("<cdm><header>", "line 1: this is not well-formed XML"),
        ('<!DOCTYPE cdm [<!ENTITY a "b">]><cdm/>', "declares a document type"),
        ("{", "this is not JSON"),
        ("[]", "the JSON list is empty"),
        ("[3]", "message 1 of the JSON is no object"),
        ("CCSDS_CDM_VERS = 1.0\nfree text", "line 2: expected keyword = value, found 'free text'"),
        ("CCSDS_CDM_VERS = 1.0\nTCE = 2026-01-01T00:00:00", "has no TCA (is TCE meant?)"),
        ("TCA = 2026-01-01T00:00:00", "has no OBJECT1"),
        ("TCA = 2026-01-01T00:00:00\nX = 1 [km]", "line 2: X stands before OBJECT = OBJECT1"),
        ("OBJECT = OBJECT3", "line 1: OBJECT is 'OBJECT3'; expected OBJECT1 or OBJECT2"),
        ("MISS_DISTANCE = far", "line 1: MISS_DISTANCE is 'far'; expected a number"),
        ("TCA = a\nTCA = b", "line 2: TCA stands there twice; keep one"),
    ],
)
def test_a_damaged_message_is_refused_with_place_and_way_out(text: str, said: str) -> None:
    with pytest.raises(ConjunctionMessageError) as error:
        read_cdms(text.encode("latin-1"))
    assert said in str(error.value)


def test_writing_refuses_what_the_standard_does_not_allow() -> None:
    message = only(message_text())
    wrong = (({"ORIGINATOR": "ÄÖ"}, "not printable ASCII"), ({"CREATION_DATE": "today"}, "expected a UTC time"))
    for header, said in wrong:
        with pytest.raises(ConjunctionMessageError, match=said):
            write_cdm(replace(message, header=frozen({**message.header, **header})))
    with pytest.raises(ConjunctionMessageError, match="the standard allows EME2000, GCRF, ITRF"):
        write_cdm(only(message_text(frame="TEME")))
    with pytest.raises(ConjunctionMessageError, match="must be from 0 to 1"):
        write_cdm(replace(message, relative=frozen({**message.relative, "COLLISION_PROBABILITY": 2.0})))
    with pytest.raises(ConjunctionMessageError, match="RELATIVE_POSITION_R is missing"):
        write_cdm(replace(message, relative=frozen({**message.relative, "RELATIVE_VELOCITY_T": 2.0})))


def test_several_messages_in_a_text_are_read_in_order() -> None:
    second = message_text().replace("MADE-UP-1", "MADE-UP-2")
    assert [one.header["MESSAGE_ID"] for one in read_cdms(message_text() + second)] == ["MADE-UP-1", "MADE-UP-2"]
    both = "".join(write_cdm(one, "xml").partition("?>")[2] for one in read_cdms(message_text() + second))
    assert len(read_cdms(f"<ndm>{both}</ndm>")) == 2


def test_hard_body_radius_comes_from_the_message_else_by_class_and_says_so() -> None:
    commented = hard_body_radius_of(only(message_text("COMMENT HBR = 12 [m]\n")))
    assert (commented.radius_m, commented.is_assumed) == (12.0, False)
    assumed = hard_body_radius_of(only(message_text()))
    assert (assumed.radius_m, assumed.is_assumed) == (5.5, True)
    assert assumed.source == "assumed by class: payload 5 m + debris 0.5 m"


def test_states_in_a_turning_frame_get_the_earths_turning() -> None:
    still, turning = encounter_of(only(message_text())), encounter_of(only(message_text(frame="ITRF")))
    gained = turning.primary.velocity_km_s - still.primary.velocity_km_s
    assert gained.tolist() == pytest.approx([0.0, 7000.0 * 7.292115146706979e-5, 0.0])
    with pytest.raises(ConjunctionMessageError, match="REF_FRAME 'MARS' is not known"):
        encounter_of(only(message_text(frame="MARS")))
