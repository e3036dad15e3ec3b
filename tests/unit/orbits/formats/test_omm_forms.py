"""What is peculiar to each OMM form: CSV quotes, JSON brackets, XML tags, KVN lines; and damage to them."""

import json

import pytest

from orbits import ElementSetError
from orbits.formats import read_element_sets

from . import made_up
from .made_up import keywords


def three(middle: dict[str, str] | None = None) -> list[dict[str, str]]:
    return [keywords(NORAD_CAT_ID="90011"), middle or keywords(), keywords(NORAD_CAT_ID="90012")]


def numbers(content: str | bytes) -> tuple[list[int], list[tuple[int, int | None]]]:
    """The numbers read, and where something was refused."""
    elements = read_element_sets(content if isinstance(content, bytes) else content.encode())
    return elements.norad_id.tolist(), [(refused.line, refused.column) for refused in elements.refused]


# --- CSV ---------------------------------------------------------------------------------------------------------


def test_csv_columns_may_stand_in_any_order_with_others_between_them() -> None:
    record = {"RMS": "0.1", **dict(reversed(made_up.KEYWORDS.items())), "DATA_SOURCE": "made up"}
    assert numbers(made_up.csv(record)) == ([90001], [])
    assert numbers(made_up.csv(record).replace(",", " , ").replace("MADE UP", "X")) == ([90001], [])


@pytest.mark.parametrize("missing", ["EPOCH", "BSTAR", "NORAD_CAT_ID", "MEAN_ANOMALY"])
def test_csv_without_a_column_that_must_be_there_is_an_error_that_names_it(missing: str) -> None:
    with pytest.raises(ElementSetError, match=f"header lacks {missing}"):
        read_element_sets(made_up.csv(keywords(**{missing: None})).encode())


def test_csv_with_a_column_twice_is_an_error() -> None:
    text = "\n".join(
        f"{line},{extra}" for line, extra in zip(made_up.csv(keywords()).split("\n"), ["EPOCH", "x"], strict=False)
    )
    with pytest.raises(ElementSetError, match="EPOCH twice"):
        read_element_sets(text.encode())


@pytest.mark.parametrize("name", ["A,B", 'SAY "HI"', "TWO\nLINES", "CR\r\nLF", ' "', "'", "=1+1", "\x00"])
def test_csv_names_may_be_quoted(name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    elements = read_element_sets(made_up.csv(*three(keywords(OBJECT_NAME=quoted))).encode())
    assert elements.name.tolist() == ["MADE UP 1", name.strip(), "MADE UP 1"]
    assert elements.refused == ()


@pytest.mark.parametrize("name", ['"OPEN', 'A"B', '"A"B', '""'])
def test_a_stray_quotation_mark_costs_no_more_than_its_line(name: str) -> None:
    read, _ = numbers(made_up.csv(*three(keywords(OBJECT_NAME=name))))
    assert read[0] == 90011
    assert read[-1] == 90012


def test_csv_lines_with_more_or_fewer_fields_are_refused() -> None:
    lines = made_up.csv(*three()).split("\n")
    for damaged in (lines[2] + ",1", lines[2].rpartition(",")[0], "x", lines[2].replace(",", ";"), ",,,"):
        assert numbers("\n".join([*lines[:2], damaged, *lines[3:]])) == ([90011, 90012], [(3, None)])


def test_a_csv_cut_in_its_last_line_keeps_the_others_and_says_so() -> None:
    text = made_up.csv(*three())
    assert numbers(text[: text.rindex(",")]) == ([90011, 90001], [(4, None)])


def test_a_csv_refusal_points_at_the_field() -> None:
    _, (place,) = numbers(made_up.csv(*three(keywords(EPOCH="never"))))
    assert place == (3, len("MADE UP 1,2026-010A,") + 1)


# --- JSON --------------------------------------------------------------------------------------------------------


def test_json_numbers_may_be_numbers_or_texts_and_null_is_not_stated() -> None:
    record = {
        **made_up.KEYWORDS,
        "MEAN_MOTION": 15.5,
        "NORAD_CAT_ID": 799501621,
        "OBJECT_ID": None,
        "RCS_SIZE": None,
        "X": [1, {"a": 2}],
    }
    assert numbers(json.dumps([record])) == ([799501621], [])
    assert numbers(json.dumps(record)) == ([799501621], [])
    assert numbers(json.dumps([record], indent=2)) == ([799501621], [])


def test_json_numbers_are_read_from_their_own_digits() -> None:
    text = json.dumps([keywords()]).replace('"15.50000000"', "15.499999999999999999999999999999999999999999999999999")
    assert read_element_sets(text.encode()).mean_motion_rev_day[0] == 15.5


@pytest.mark.parametrize(
    "value",
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "true",
        "[15.5]",
        '{"a": 1}',
        "01",
        "+1",
        ".5",
        "0x10",
        "'15.5'",
        "15.5.5",
    ],
)
def test_what_is_not_a_finite_json_number_is_refused(value: str) -> None:
    text = json.dumps(three(keywords(MEAN_MOTION="@"))).replace('"@"', value)
    read, places = numbers(text)
    assert (read, len(places)) == ([90011, 90012], 1)


def test_nan_in_a_keyword_that_is_not_ours_is_refused_too() -> None:
    text = json.dumps(three(keywords(RMS="@"))).replace('"@"', "NaN")
    assert numbers(text)[0] == [90011, 90012]


def test_a_json_key_that_stands_twice_is_refused() -> None:
    text = json.dumps(three()).replace('"NORAD_CAT_ID": "90001"', '"NORAD_CAT_ID": "90001", "NORAD_CAT_ID": "90002"')
    elements = read_element_sets(text.encode())
    assert elements.norad_id.tolist() == [90011, 90012]
    assert "each keyword once for NORAD_CAT_ID" in elements.refused[0].expected


@pytest.mark.parametrize("depth", [100, 10_000, 1_000_000])
def test_deep_nesting_is_refused_without_a_recursion_error(depth: int) -> None:
    nest = "[" * depth + "]" * depth
    read, _ = numbers(json.dumps(three(keywords(OBJECT_NAME="@"))).replace('"@"', nest))
    assert read == [90011, 90012]
    for text in (nest, "[" * depth, '{"a":' * depth):
        with pytest.raises(ElementSetError):
            read_element_sets(text.encode())


@pytest.mark.parametrize("cut", ["]", "}]", '"}]'])
def test_a_json_cut_at_its_end_keeps_what_is_whole_and_says_so(cut: str) -> None:
    text = json.dumps(three())
    assert text.endswith(cut)
    read, places = numbers(text.removesuffix(cut))
    assert read == ([90011, 90001, 90012] if cut == "]" else [90011, 90001])
    assert len(places) == 1


def test_a_damaged_json_object_costs_only_itself() -> None:
    whole = json.dumps(three(keywords(OBJECT_NAME="@")))
    for spoilt in (
        whole.replace('"@"', '@"'), whole.replace('"@"', '"@'), whole.replace('"OBJECT_NAME": "@",',
        '"OBJECT_NAME" "@",'),
        whole.replace('"@"', '"@\n"'), whole.replace('"@"', "nul"), whole.replace('"@"', '"\\x"'),
    ):  # fmt: skip
        read, places = numbers(spoilt)
        assert (read, len(places)) == ([90011, 90012], 1), spoilt


def test_objects_without_a_comma_between_them_are_read_and_it_is_said() -> None:
    read, places = numbers(json.dumps(three()).replace("}, {", "} {"))
    assert (read, len(places)) == ([90011, 90001, 90012], 2)


def test_text_after_the_list_is_refused() -> None:
    assert numbers(json.dumps(three()) + "<html>")[1] == [(1, len(json.dumps(three())) + 1)]


@pytest.mark.parametrize("text", ["[]", "[ ]\n", "{}", "[1]", '["a"]', "[[]]", "[null]", "[", "{", "[,]", '{"a": {}}'])
def test_json_without_a_set_is_an_error(text: str) -> None:
    with pytest.raises(ElementSetError):
        read_element_sets(text.encode())


def test_half_a_unicode_pair_is_not_a_name() -> None:
    text = json.dumps(three(keywords(OBJECT_NAME="@"))).replace('"@"', '"\\ud800"')
    assert numbers(text)[0] == [90011, 90012]


def test_a_json_refusal_points_at_the_keyword() -> None:
    text = json.dumps(three(keywords(EPOCH="never")), indent=1)
    line = text.split("\n").index(' "EPOCH": "never",'.replace(" ", "  ", 1)) + 1
    assert numbers(text)[1] == [(line, 3)]


# --- XML ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("root", ["ndm", "ndm xmlns='urn:x' xmlns:y='urn:y'", "omms"])
def test_xml_messages_may_stand_in_any_root(root: str) -> None:
    text = made_up.xml(*three(), root=root).replace(f"</{root}>", f"</{root.split()[0]}>")
    assert numbers('<?xml version="1.0" encoding="UTF-8"?>\n' + text) == ([90011, 90001, 90012], [])


def test_xml_may_be_one_message_or_have_prefixes_comments_cdata_and_an_encoding_that_is_not_so() -> None:
    text = made_up.xml(keywords(OBJECT_NAME="<![CDATA[A&B]]>", OBJECT_ID="2026&#45;010A"))
    assert read_element_sets(text.encode()).name[0] == "A&B"
    assert read_element_sets(text.encode()).object_id[0] == "2026-010A"
    prefixed = made_up.xml(*three()).replace("<", "<q:").replace("<q:/", "</q:")
    assert numbers(prefixed) == ([90011, 90001, 90012], [])
    lone = made_up.xml(keywords()).replace("<ndm>\n", "").replace("</ndm>\n", "")
    assert numbers('<?xml version="1.0" encoding="UTF-16"?>' + lone) == ([90001], [])
    assert numbers(f"<ndm><!-- {lone} -->{lone}</ndm>") == ([90001], [])


def test_xml_messages_without_a_root_are_read() -> None:
    text = made_up.xml(*three()).replace("<ndm>\n", "").replace("</ndm>\n", "")
    assert numbers(text) == ([90011, 90001, 90012], [])


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE ndm>",
        '<!DOCTYPE ndm [<!ENTITY a "b">]>',
        "<!doctype ndm SYSTEM 'http://192.0.2.1/x'>",
        "<!ENTITY a 'b'>",
    ],
)
def test_xml_with_a_document_type_is_refused_before_it_is_parsed(declaration: str) -> None:
    with pytest.raises(ElementSetError, match="line 2 declares"):
        read_element_sets(f'<?xml version="1.0"?>\n{declaration}\n{made_up.xml(keywords())}'.encode())


def test_a_billion_laughs_cost_nothing() -> None:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    with pytest.raises(ElementSetError, match="declares"):
        read_element_sets(f'<!DOCTYPE ndm [<!ENTITY l0 "ha">{entities}]><ndm><omm>&l9;</omm></ndm>'.encode())


@pytest.mark.parametrize("depth", [40, 100_000])
def test_xml_that_is_too_deep_is_refused(depth: int) -> None:
    deep = "<a>" * depth + "</a>" * depth
    assert numbers(made_up.xml(*three(keywords(OBJECT_NAME=deep))))[0] == [90011, 90012]


@pytest.mark.parametrize(
    "spoil",
    [("<BSTAR>", "<BSTAR"), ("</BSTAR>", ""), ("</BSTAR>", "</BSTAX>"), ("</omm>", ""), ("</body>", "<"),
     ("MADE UP 2", "&"),
     ("MADE UP 2", "\x00"), ("MADE UP 2", "&nope;"), ("<body>", "<body a=b>"), ("MADE UP 2", "]]>"),
     ("</body></omm>", "")],
)  # fmt: skip
def test_a_damaged_xml_message_costs_only_itself(spoil: tuple[str, str]) -> None:
    first, middle, last = (made_up.xml(record).split("\n")[1] for record in three(keywords(OBJECT_NAME="MADE UP 2")))
    read, places = numbers(f"<ndm>\n{first}\n{middle.replace(*spoil)}\n{last}\n</ndm>\n")
    assert read == [90011, 90012]
    assert places[0][0] in (3, 4)


def test_a_cut_xml_keeps_what_is_whole_and_says_so() -> None:
    text = made_up.xml(*three())
    assert numbers(text[:-20])[0] == [90011, 90001]
    assert numbers(text.removesuffix("</ndm>\n"))[0] == [90011, 90001, 90012]
    for length in range(len(text) - 7, len(text) // 2, -31):
        _, places = numbers(text[:length])
        assert len(places) == 1, length


def test_undecodable_bytes_cost_their_own_message() -> None:
    content = made_up.xml(*three(keywords(OBJECT_NAME="@"))).encode().replace(b"@", b"\xe9")
    assert numbers(content)[0] == [90011, 90012]


def test_a_keyword_twice_or_in_another_unit_is_refused_in_xml() -> None:
    text = made_up.xml(*three(keywords(OBJECT_NAME="@")))
    for spoilt in (
        text.replace("<OBJECT_NAME>@</OBJECT_NAME>", "<BSTAR>0</BSTAR>"),
        text.replace(
            "@</OBJECT_NAME><OBJECT_ID>2026-010A</OBJECT_ID>", '@</OBJECT_NAME><INCLINATION units="rad">1</INCLINATION>'
        ),
    ):
        read, places = numbers(spoilt)
        assert (read, [line for line, _ in places]) == ([90011, 90012], [3])
    assert numbers(text.replace("<INCLINATION>", '<INCLINATION units="deg">'))[0] == [90011, 90001, 90012]


def test_many_damaged_xml_messages_are_refused_in_reasonable_time() -> None:
    elements = read_element_sets((made_up.xml(keywords()) + "<omm><x></omm>\n" * 3000).encode())
    assert len(elements) == 1
    assert len(elements.refused) >= 3000


# --- KVN ---------------------------------------------------------------------------------------------------------


def test_kvn_may_have_comments_units_odd_blanks_and_several_messages() -> None:
    text = (
        made_up.kvn(*three())
        .replace(" = ", "\t=  ")
        .replace("51.6000", "51.6000 [deg]")
        .replace("15.50000000", "15.5 [REV/DAY]")
    )
    text = "COMMENT = not a keyword\n\n" + text.replace("OBJECT_ID", "COMMENT text\n\n  OBJECT_ID")
    assert numbers(text) == ([90011, 90001, 90012], [])


def test_a_kvn_message_may_begin_without_its_first_line() -> None:
    assert numbers(made_up.kvn(*three()).replace("CCSDS_OMM_VERS = 2.0\n", "")) == ([90011, 90001, 90012], [])


@pytest.mark.parametrize(
    ("spoil", "line"),
    [(("OBJECT_ID = ", "OBJECT_ID "), 21), (("51.6000", "51.6000 [rad]"), 25), (("BSTAR =", "= "), 34),
     (("51.6000", "51.6OOO"), 25),
     (("EPOCH = 2026", "EPOCH = 2O26"), 22), (("REV_AT_EPOCH", "BSTAR"), 34), (("51.6000", "51.6000 deg"), 25)],
)  # fmt: skip
def test_a_damaged_kvn_line_costs_its_message(spoil: tuple[str, str], line: int) -> None:
    first, middle, last = (made_up.kvn(record) for record in three())
    read, places = numbers(first + middle.replace(*spoil) + last)
    assert (read, [line for line, _ in places]) == ([90011, 90012], [line])


def test_a_kvn_message_whose_first_line_is_damaged_does_not_take_the_one_before_it_along() -> None:
    first, middle, last = (made_up.kvn(record) for record in three())
    assert numbers(first + middle.replace("CCSDS_OMM_VERS = 2.0", "CCSDS_OM_VERS 2.0") + last) == (
        [90011, 90012],
        [(19, None)],
    )
    assert numbers(first + middle.replace("CCSDS_OMM_VERS =", "CCSDS_OMM_VERX =") + last) == ([90011, 90001, 90012], [])


def test_a_kvn_that_ends_too_early_keeps_what_is_whole() -> None:
    text = made_up.kvn(*three())
    read, places = numbers(text[: text.rindex("BSTAR")])
    assert (read, len(places)) == ([90011, 90001], 1)
