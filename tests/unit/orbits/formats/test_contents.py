"""From bytes to text: compression, byte-order marks, and the form told from the content."""

import gzip
import zlib

import pytest

from orbits import ElementSetError
from orbits.formats import detect_format, read_element_sets

from . import made_up

TLE = made_up.tle(name="0 MADE UP 1")
FORMS = {
    "tle": TLE,
    "omm-csv": made_up.csv(made_up.KEYWORDS),
    "omm-json": '[{"EPOCH": "x"}]',
    "omm-xml": made_up.xml(made_up.KEYWORDS),
    "omm-kvn": made_up.kvn(made_up.KEYWORDS),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_form_is_told_from_the_content_whatever_wraps_it(form: str) -> None:
    text = FORMS[form]
    utf8 = text.encode()
    for content in (
        utf8, b"\xef\xbb\xbf" + utf8, b"\n \r\n" + utf8, text.replace("\n", "\r\n").encode(), gzip.compress(utf8),
        text.replace("\n", "\r").encode(), text.encode("utf-16"), b"\xfe\xff" + text.encode("utf-16-be"),
        gzip.compress(b"\xef\xbb\xbf" + utf8),
    ):  # fmt: skip
        assert detect_format(content) == form


@pytest.mark.parametrize("wrapped", ["plain", "bom", "crlf", "cr", "utf-16", "gzip", "trailing blanks"])
@pytest.mark.parametrize("form", ["tle", "omm-csv", "omm-xml", "omm-kvn"])
def test_the_set_is_the_same_whatever_wraps_it(form: str, wrapped: str) -> None:
    text = FORMS[form]
    content = {
        "plain": text.encode(),
        "bom": b"\xef\xbb\xbf" + text.encode(),
        "crlf": text.replace("\n", "\r\n").encode(),
        "cr": text.replace("\n", "\r").encode(),
        "utf-16": text.encode("utf-16"),
        "gzip": gzip.compress(text.encode()),
        "trailing blanks": text.replace("\n", " \t \n").encode(),
    }[wrapped]
    elements = read_element_sets(content)
    assert elements.refused == ()
    assert (elements.norad_id[0], elements.name[0], elements.mean_anomaly_deg[0]) == (90001, "MADE UP 1", 270.1234)


def test_names_of_a_3le_do_not_mislead_about_the_form() -> None:
    for name in ("<script>alert(1)</script>", "[DTC]", "{x}", "CCSDS_OMM_VERS = 2.0", "EPOCH,MEAN_MOTION,BSTAR", "1 A"):
        elements = read_element_sets(made_up.tle(name=name).encode())
        assert elements.name[0] == name


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b" \r\n\t\n", "empty"), (b"\xef\xbb\xbf", "empty"), (gzip.compress(b""), "empty"),
     (b"<!DOCTYPE html><html><body>Login</body></html>", "HTML page"), (b"<html>x</html>", "HTML page"),
     (b"No GP data found", "No GP data found"), (b"CCSDS_OEM_VERS = 2.0\nCREATION_DATE = x\n", "CCSDS OEM"),
     (b"<?xml version='1.0'?><oem/>", "no omm"), (b"PK\x03\x04 zip", "neither TLE nor OMM"),
     (b"\x00\x01\x02", "neither"),
     (b"a,b,c\n1,2,3\n", "neither"), (b"\xff\xfe\x00", "damaged"), (b"Error 403", "neither"), (b"\x80", "neither")],
)  # fmt: skip
def test_anything_else_is_refused_with_what_it_is(content: bytes, said: str) -> None:
    with pytest.raises(ElementSetError, match=said):
        detect_format(content)


def test_gzip_members_one_after_another_are_one_file() -> None:
    content = gzip.compress(TLE.encode()) + gzip.compress(made_up.tle("90002").encode()) + b"\0" * 512
    assert read_element_sets(content).norad_id.tolist() == [90001, 90002]


def test_a_gzip_cut_anywhere_is_refused() -> None:
    whole = gzip.compress(b"".join(made_up.tle(f"9{n:04d}").encode() for n in range(1, 200)))
    for length in range(2, len(whole), 7):
        with pytest.raises(ElementSetError, match=r"cut after|damaged"):
            read_element_sets(whole[:length])


def test_a_gzip_with_a_flipped_bit_is_refused() -> None:
    whole = bytearray(gzip.compress(made_up.tle().encode() * 50))
    whole[len(whole) // 2] ^= 4
    with pytest.raises(ElementSetError, match="gzip"):
        read_element_sets(bytes(whole))


def test_a_gzip_bomb_is_refused_at_the_limit_without_being_unpacked() -> None:
    bomb = gzip.compress(b"\0" * (1 << 24))
    assert len(bomb) < 1 << 15
    with pytest.raises(ElementSetError, match="more than 1000000"):
        read_element_sets(bomb, max_bytes=1_000_000)
    with pytest.raises(ElementSetError, match="gzip"):
        read_element_sets(b"\x1f\x8b" + zlib.compress(b"not gzip"))
