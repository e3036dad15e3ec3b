"""Reading TLE, 2LE and 3LE: every column, and damage that costs no more than its own set."""

import pytest

from orbits import ElementSetError, RefusedRecord
from orbits.formats import explain, read_element_sets, read_records

from . import made_up
from .made_up import checked, tle


def read(text: str):
    return read_element_sets(text.encode())


def damage_of(text: str) -> RefusedRecord:
    """The one refusal of a damaged set that stands between two good ones; both must load."""
    elements = read(tle("90011", name="0 BEFORE") + text + tle("90012", name="0 AFTER"))
    assert elements.norad_id.tolist() == [90011, 90012]
    assert elements.name.tolist() == ["BEFORE", "AFTER"]
    assert len(elements.refused) == 1, elements.refused
    return elements.refused[0]


def test_every_column_becomes_the_printed_number() -> None:
    elements = read(
        tle("T0449", name="0 MADE UP", one_8="C", one_10="98067ABC", one_19="25", one_21="365.99999999",
            one_34="-.12345678",
            one_45="-12345-6", one_54=" 98765+1", one_63="4", one_65="  12", two_9=" 98.7654", two_18="359.9999",
            two_27="7654321", two_35="  0.0001", two_44="360.0000", two_53=" 1.00270000", two_64="    7")
    )  # fmt: skip
    row = {name: getattr(elements, name)[0] for name in elements.column_names()}
    assert row == {
        "norad_id": 270449, "name": "MADE UP", "object_id": "1998-067ABC", "classification": "C",
        "epoch_jd_day": 2461040.5, "epoch_day_fraction": 0.99999999, "mean_motion_rev_day": 1.0027,
        "eccentricity": 0.7654321, "inclination_deg": 98.7654, "raan_deg": 359.9999, "argument_of_perigee_deg": 0.0001,
        "mean_anomaly_deg": 360.0, "bstar_per_earth_radius": 9.8765, "mean_motion_dot_rev_day2": -0.12345678,
        "mean_motion_ddot_rev_day3": -0.12345e-6, "ephemeris_type": 4, "element_set_number": 12,
        "revolution_at_epoch": 7,
    }  # fmt: skip


def test_what_is_blank_is_not_stated() -> None:
    text = tle(one_8=" ", one_10=" " * 8, one_63=" ", one_65="    ", two_64="     ")
    record = read_records(text.encode()).records[0]
    assert (record.name, record.object_id, record.classification) == ("", "", None)
    assert (record.ephemeris_type, record.element_set_number, record.revolution_at_epoch) == (None, None, None)
    elements = read(text)
    assert (elements.classification[0], elements.element_set_number[0]) == ("U", 0)


def test_spellings_that_real_catalogues_use_are_read() -> None:
    elements = read(
        tle("  902", one_10="92052  A", one_34="+.00000003", one_45="+00000-0", one_54="+0153801", two_9="092.0235")
    )
    assert (elements.norad_id[0], elements.object_id[0]) == (902, "1992-052A")
    assert elements.mean_motion_dot_rev_day2[0] == 3e-8
    assert elements.bstar_per_earth_radius[0] == 0.1538  # the exponent's sign is missing: plus
    assert elements.inclination_deg[0] == 92.0235
    assert read(tle(one_10="70025   ")).object_id[0] == "1970-025"


def test_launch_years_and_epochs_turn_at_57() -> None:
    elements = read(tle(one_10="58002B  ", one_19="57") + tle(one_10="56001A  ", one_19="56"))
    assert elements.object_id.tolist() == ["1958-002B", "2056-001A"]
    assert [elements.epoch(row).isoformat(0)[:4] for row in (0, 1)] == ["1957", "2056"]


def test_both_lines_may_spell_the_same_number_differently() -> None:
    text = tle("  902").replace("2   902", "2 00902")
    assert read(text).norad_id.tolist() == [902]


def test_names_stand_before_their_sets_with_or_without_a_zero() -> None:
    text = tle("90001", name="0 WITH ZERO") + tle("90002", name="WITHOUT   ") + tle("90003") + tle("90004", name="0")
    text += tle("90005", name="0 0 ZERO") + tle("90006", name="1 LINER") + tle("90007", name="2 FAST")
    elements = read(text)
    assert elements.name.tolist() == ["WITH ZERO", "WITHOUT", "", "", "0 ZERO", "1 LINER", "2 FAST"]
    assert elements.refused == ()


def test_hostile_names_are_kept_as_they_are() -> None:
    names = [
        "<b>&amp;",
        "'; DROP TABLE x; --",
        "=1+1",
        "\u202eRTL",
        "ÜÑÍ 衛星 🛰",
        "\x00\x1b[2J",
        "\x85\u2028",
        "x" * 5000,
    ]
    elements = read("".join(tle(f"9{n:04d}", name=f"0 {name}") for n, name in enumerate(names, start=1)))
    assert elements.name.tolist() == names


def test_several_sets_of_one_object_are_all_kept() -> None:
    assert len(read(tle() + tle(one_19="26070") + tle())) == 3


def test_comments_and_blank_lines_are_passed_over() -> None:
    one, two = tle().split("\n")[:2]
    elements = read(f"# a comment\n\nNAME\n\n{one}\n\n# between\n{two}\n\n\n")
    assert (elements.name.tolist(), elements.refused) == (["NAME"], ())


@pytest.mark.parametrize(
    ("change", "line", "column", "expected"),
    [({"one_3": "I0000", "two_3": "I0000"}, 4, 3, "catalogue number"), ({"one_3": "O1234"}, 4, 3, "catalogue number"),
     ({"one_3": "a0000", "two_3": "a0000"}, 4, 3, "catalogue number"),
     ({"one_3": "00000", "two_3": "00000"}, 4, 3, "from 1"),
     ({"two_3": "90002"}, 5, 3, "number of line 1"), ({"one_8": "X"}, 4, 8, "classification"),
     ({"one_10": "9806AA  "}, 4, 10, "designator"), ({"one_19": "2O"}, 4, 19, "year"),
     ({"one_21": "000."}, 4, 21, "day of year"),
     ({"one_21": "367."}, 4, 21, "day of year"), ({"one_21": "069.5O"}, 4, 21, "day of year"),
     ({"one_21": "069,5"}, 4, 21, "day"),
     ({"one_34": " 0.000012"}, 4, 34, "derivative"), ({"one_45": " 12345*6"}, 4, 45, "derivative"),
     ({"one_54": "  1234-3"}, 4, 54, "drag"), ({"one_63": "x"}, 4, 63, "ephemeris type"),
     ({"one_65": "99 9"}, 4, 65, "set number"),
     ({"two_9": "51.60000"}, 5, 9, "inclination"), ({"two_9": "180.0001"}, 5, 9, "0 to 180"),
     ({"two_18": "360.0001"}, 5, 18, "0 to 360"),
     ({"two_27": " 001234"}, 5, 27, "eccentricity"), ({"two_35": "999.0000"}, 5, 35, "0 to 360"),
     ({"two_44": "-10.0000"}, 5, 44, "anomaly"),
     ({"two_44": "360.0001"}, 5, 44, "0 to 360"), ({"two_53": " 0.00000000"}, 5, 53, "above 0"),
     ({"two_53": "15,50000000"}, 5, 53, "motion"),
     ({"two_64": "12 34"}, 5, 64, "revolution"), ({"one_9": "x"}, 4, 9, "blank"), ({"two_26": "\t"}, 5, 26, "blank")],
)  # fmt: skip
def test_a_field_that_does_not_fit_is_refused_where_it_stands(change, line, column, expected) -> None:
    refused = damage_of(tle(**change))
    assert (refused.line, refused.column) == (line, column)
    assert expected in refused.expected
    assert refused.text.startswith("12"[line - 4] + " ")


def test_a_wrong_checksum_is_refused_with_the_right_one() -> None:
    one, two = tle().split("\n")[:2]
    refused = damage_of(f"{one[:-1]}{(int(one[-1]) + 5) % 10}\n{two}\n")
    assert (refused.line, refused.column) == (4, 69)
    assert f"checksum {one[-1]}" in refused.expected
    refused = damage_of(f"0 NAMED\n{one}\n{two[:-1]}{(int(two[-1]) + 5) % 10}\n")
    assert (refused.line, refused.column) == (6, 69)


def test_every_length_but_69_is_refused() -> None:
    one, two = tle().split("\n")[:2]
    for length in (*range(10, 69), 70, 80):
        for text in (
            f"{one:0<70}0000000000"[:length] + f"\n{two}\n",
            f"{one}\n" + f"{two:0<70}0000000000"[:length] + "\n",
        ):
            elements = read(tle("90011") + text + tle("90012"))
            assert elements.norad_id.tolist() == [90011, 90012]
            assert len(elements.refused) in (1, 2)


def test_a_character_lost_in_the_middle_says_where_the_columns_stop_fitting() -> None:
    one, two = tle().split("\n")[:2]
    refused = damage_of(f"{one}\n{two[:29]}{two[30:]}\n")
    assert refused.line == 5
    assert "69 characters, not 68" in refused.expected
    assert "27: the eccentricity" in refused.expected


def test_digits_of_other_scripts_are_not_digits() -> None:
    assert damage_of(tle().replace("15.50000000", "15.5000000\u0660")).column == 53


def test_a_line_1_without_its_line_2_costs_only_itself() -> None:
    one = tle(name="0 ORPHAN").rsplit("\n", 2)[0]
    refused = damage_of(one + "\n")
    assert (refused.line, refused.expected) == (5, "line 2 of the set after its line 1")


def test_a_line_2_without_its_line_1_costs_only_itself() -> None:
    two = tle().split("\n")[1]
    assert damage_of(f"0 ORPHAN\n{two}\n").expected == "line 1 of the set before its line 2"


def test_lines_of_two_objects_are_not_put_together() -> None:
    one, two = tle("90001").split("\n")[0], tle("90002").split("\n")[1]
    assert damage_of(f"{one}\n{two}\n").column == 3


@pytest.mark.parametrize("spoilt", ["Z", "\x00", "3", "\u00e9"])
def test_a_line_that_lost_its_number_is_told_from_a_name(spoilt: str) -> None:
    one, two = tle().split("\n")[:2]
    refused = damage_of(f"0 NAME\n{spoilt}{one[1:]}\n{two}\n")
    assert (refused.line, refused.column, refused.expected) == (5, 1, "the line number 1")
    refused = damage_of(f"0 NAME\n{one}\n{spoilt}{two[1:]}\n")
    assert (refused.line, refused.column, refused.expected) == (6, 1, "the line number 2")


def test_a_name_without_a_set_is_not_dropped_in_silence() -> None:
    assert damage_of("0 WHERE IS IT\n").text == "0 WHERE IS IT"
    elements = read(tle() + "0 CUT HERE")
    assert (len(elements), elements.refused[0].line) == (1, 3)


def test_a_name_that_is_not_utf8_costs_its_own_set_only() -> None:
    content = tle("90001", name="0 A").encode() + b"0 CAF\xe9\n" + (tle("90002") + tle("90003", name="0 É")).encode()
    elements = read_element_sets(content)
    assert elements.norad_id.tolist() == [90001, 90003]
    assert elements.refused == (RefusedRecord(4, None, "a name in UTF-8", "0 CAF\\udce9"),)


def test_a_file_without_a_usable_set_is_an_error_that_shows_the_first_damage() -> None:
    with pytest.raises(ElementSetError) as caught:
        read(tle(two_44="-10.0000"))
    assert len(caught.value.refused) == 1
    assert "none can be used, 1 refused" in str(caught.value)
    assert "\n  2 nnnnn iii.iiii" in str(caught.value)


def test_a_refused_line_is_explained_with_the_template_above_it() -> None:
    refused = damage_of(tle(one_21="069.5O"))
    told = explain(refused).split("\n")
    assert told[0] == str(refused)
    assert told[2].strip() == refused.text
    assert told[3].index("^") - 2 == 20
    assert told[1][2:][20:23] == "ddd"
    assert explain(RefusedRecord(3, None, "17 fields", "a,b")) == "line 3: expected 17 fields, found 'a,b'"


def test_line_numbers_count_from_1_with_any_line_ending() -> None:
    text = tle("90001") + tle("90002", two_44="-10.0000")
    for ending in ("\n", "\r\n", "\r"):
        assert read(text.replace("\n", ending)).refused[0].line == 4


def test_a_made_up_line_has_the_checksum_that_its_digits_add_up_to() -> None:
    """By hand: 11 + 9 + 28 + 10 + 0 + 15, 1 for the minus sign, 3 + 27 = 104."""
    assert checked(made_up.LINE_1)[-1] == "4"
