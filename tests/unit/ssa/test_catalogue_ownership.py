"""SATCAT files: what they say is taken in, what they do not say stays unknown, what is damaged is refused by line."""

from __future__ import annotations

import gzip

import numpy as np
import pytest

from orbits import InvalidValue, RefusedRecord
from ssa.catalogue.ownership import SatelliteFacts, read_satellite_facts

HEAD = (
    "OBJECT_NAME,OBJECT_ID,NORAD_CAT_ID,OBJECT_TYPE,OPS_STATUS_CODE,OWNER,LAUNCH_DATE,LAUNCH_SITE,DECAY_DATE,PERIOD,"
    "INCLINATION,APOGEE,PERIGEE,RCS,DATA_STATUS_CODE,ORBIT_CENTER,ORBIT_TYPE"
)
WHOLE = f'''{HEAD}
MADE UP 1,2026-001A,70001,PAY,+,US,2026-01-02,AFETR,,95.1,51.6,550,540,12.5,,EA,ORB
"MADE UP, ""TWO""",2026-001B,70002,R/B,,FR,2026-01-02,AFETR,2026-02-03,88.0,51.6,200,190,,,EA,IMP
ANALYST,2026-001,270003,UNK,?,TBD,,,,,,,,,,EA,ORB
'''


def facts_of(text: str) -> SatelliteFacts:
    return read_satellite_facts(text.encode())


def test_the_whole_layout_is_read_and_empty_fields_say_nothing():
    facts = facts_of(WHOLE)
    assert facts.norad_id.tolist() == [70001, 70002, 270003]
    assert list(facts.name) == ["MADE UP 1", 'MADE UP, "TWO"', "ANALYST"]
    assert list(facts.object_id) == ["2026-001A", "2026-001B", "2026-001"]
    assert list(facts.owner) == ["US", "FR", "TBD"]
    assert list(facts.object_type) == ["PAY", "R/B", "UNK"]
    assert list(facts.ops_status) == ["+", None, "?"]
    assert list(facts.launch_date) == ["2026-01-02", "2026-01-02", None]
    assert list(facts.decay_date) == [None, "2026-02-03", None]
    assert facts.rcs_m2[0] == 12.5
    assert np.isnan(facts.rcs_m2[1:]).all()
    assert facts.refused == ()


@pytest.mark.parametrize(
    "content",
    [
        WHOLE.encode("utf-8-sig"),
        WHOLE.replace("\n", "\r\n").encode(),
        gzip.compress(WHOLE.encode()),
        gzip.compress(WHOLE[:300].encode()) + gzip.compress(WHOLE[300:].encode()),
        (WHOLE + "\n\n").encode(),
        WHOLE.rstrip("\n").encode(),
    ],
    ids=["byte-order mark", "CRLF", "gzip", "gzip in two members", "blank lines", "no last line end"],
)
def test_the_way_a_file_is_written_changes_nothing(content):
    expected = facts_of(WHOLE)
    facts = read_satellite_facts(content)
    for name in ("norad_id", "name", "owner", "decay_date"):
        assert list(getattr(facts, name)) == list(getattr(expected, name))
    assert facts.refused == ()


def test_columns_that_are_not_there_say_nothing():
    facts = facts_of("NORAD_CAT_ID,OWNER,OBJECT_TYPE\n1,CIS,R/B\n2,CIS,PAY\n")
    assert list(facts.owner) == ["CIS", "CIS"]
    assert list(facts.launch_date) == [None, None]
    assert np.isnan(facts.rcs_m2).all()


@pytest.mark.parametrize(
    ("row", "expected", "text"),
    [
        ("x,US,PAY,2026-01-01,1", "a catalogue number from 1 to 999999999", "x"),
        ("0,US,PAY,2026-01-01,1", "a catalogue number from 1 to 999999999", "0"),
        ("-5,US,PAY,2026-01-01,1", "a catalogue number from 1 to 999999999", "-5"),
        ("1e5,US,PAY,2026-01-01,1", "a catalogue number from 1 to 999999999", "1e5"),
        ("1000000000,US,PAY,2026-01-01,1", "a catalogue number from 1 to 999999999", "1000000000"),
        ("٣,US,PAY,2026-01-01,1", "a catalogue number from 1 to 999999999", "٣"),
        ("7,us,PAY,2026-01-01,1", "an owner code such as US in OWNER", "us"),
        ("7,US,PAYLOAD,2026-01-01,1", "one of PAY, R/B, DEB, UNK in OBJECT_TYPE", "PAYLOAD"),
        ("7,US,PAY,4/19/1975,1", "a date as 1998-11-20 in LAUNCH_DATE", "4/19/1975"),
        ("7,US,PAY,2026-02-30,1", "a date as 1998-11-20 in LAUNCH_DATE", "2026-02-30"),
        ("7,US,PAY,2026-01-01,nan", "a number of square metres in RCS", "nan"),
        ("7,US,PAY,2026-01-01,-1", "a number of square metres in RCS", "-1"),
        ("7,US,PAY,2026-01-01", "5 fields", "7,US,PAY,2026-01-01"),
        ("1,US,PAY,2026-01-01,1", "one row per catalogue number", "1"),
    ],
)
def test_a_damaged_row_is_refused_with_its_line_and_reason_and_its_neighbours_load(row, expected, text):
    facts = facts_of(f"NORAD_CAT_ID,OWNER,OBJECT_TYPE,LAUNCH_DATE,RCS\n1,US,PAY,2026-01-01,1\n{row}\n9,FR,DEB,,\n")
    assert facts.refused == (RefusedRecord(3, None, expected, text),)
    assert facts.norad_id.tolist() == [1, 9]


def test_a_quoted_field_over_two_lines_does_not_shift_the_line_numbers():
    text = 'NORAD_CAT_ID,OBJECT_NAME,OWNER\n1,"A\nB",US\n2,SOUND,US\n3,SOUND,us\n'
    facts = facts_of(text)
    assert [record.line for record in facts.refused] == [2, 5]
    assert facts.refused[0].expected == "printable text in OBJECT_NAME"
    assert facts.norad_id.tolist() == [2]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not the head line of a SATCAT CSV"),
        (b"<!DOCTYPE html><html></html>", "is not the head line of a SATCAT CSV"),
        (b"NORAD_CAT_ID\n5\n", "is not the head line of a SATCAT CSV"),
        (b"NORAD_CAT_ID,OWNER,OWNER\n5,US,FR\n", "names a column twice"),
        (b"NORAD_CAT_ID,OWNER\nx,US\n", "no row is sound; the first: line 2: expected a catalogue number"),
        (b"NORAD_CAT_ID,OWNER\n", "no row is sound"),
        (b"NORAD_CAT_ID,OWNER\n5,\xe9\n", "is not UTF-8 text"),
        (gzip.compress(WHOLE.encode())[:-20], "is cut off before its end"),
        (b"\x1f\x8b" + b"nonsense" * 5, "is damaged"),
    ],
)
def test_a_file_that_is_no_satellite_catalogue_is_refused(content, said):
    with pytest.raises(InvalidValue, match=said):
        read_satellite_facts(content)


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InvalidValue, match=r"absent\.csv: cannot be read: No such file"):
        SatelliteFacts.read(tmp_path / "absent.csv")


def test_facts_are_frozen_columns_of_one_length():
    facts = facts_of(WHOLE)
    with pytest.raises(ValueError, match="read-only"):
        facts.owner[0] = "X"
    with pytest.raises(InvalidValue, match="must have 2 rows"):
        SatelliteFacts.of([1, 2], owner=["US"])
    with pytest.raises(InvalidValue, match="must be printable text"):
        SatelliteFacts.of([1], name=["A\x1fB"])


@pytest.mark.real_data
def test_the_real_files_load_without_a_refused_row(shared):
    satcat = shared / "data" / "satcat"
    owners = SatelliteFacts.read(satcat / "satcat_owner_type_2026-06-14.csv.gz")
    assert (len(owners), len(owners.refused)) == (69_352, 0)
    assembled = SatelliteFacts.read(satcat / "satcat_assembled_2026-06.csv.gz")
    assert (len(assembled), len(assembled.refused)) == (34_099, 0)
    status = SatelliteFacts.read(satcat / "ops_status_rcs_2025-01-12.csv.gz")
    assert (len(status), len(status.refused)) == (27_000, 0)
