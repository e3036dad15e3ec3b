"""Texts of every form, ways to damage them, and a naive second reading of what a damaged text still says.

The naive reading is slow and knows nothing of the readers under test: it lists every record that some run of lines,
braces or tags of the text can be taken for. A record that a reader returns must be among them.
"""

from __future__ import annotations

import contextlib
import csv
import itertools
import json
import math
import random
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from hypothesis import strategies as st

from orbits.formats import read_element_sets, write_element_sets

TLE = """0 MADE UP 1
1 90001U 26010A   26069.50000000  .00001234  00000+0  12345-3 0  9994
2 90001  51.6000 120.5000 0001234  90.0000 270.1234 15.50000000 12348
0 MADE UP 2
1 90002U 98067BC  25365.99999999 -.12345678 -12345-6 -98765+1 0    10
2 90002  98.7654 359.9999 7654321   0.0001 360.0000  1.00270000     3
0 MADE UP 3
1 T0449U          57001.00000000  .00000000  00000+0  00000+0 0  9991
2 T0449   0.0000   0.0000 0000000   0.0000   0.0000  0.00000001     3
"""


def with_right_checksums(content: bytes) -> bytes:
    """The same lines with the last of 69 characters made right, so that damage gets past the checksum."""

    def right(found: re.Match[bytes]) -> bytes:
        body = found[0][:68]
        return body + str(sum(b - 48 if 48 <= b <= 57 else b == 45 for b in body) % 10).encode()

    return re.sub(rb"^[12] [^\n]{66}\d", right, content, flags=re.MULTILINE)


SETS = ("90001", "90002", "T0449", "270449")
FORMS = ("tle", "omm-csv", "omm-json", "omm-xml", "omm-kvn")
_SOUND = with_right_checksums(TLE.encode())
TEXTS = {"tle": _SOUND.decode()} | {form: write_element_sets(read_element_sets(_SOUND), form) for form in FORMS[1:]}
_KEYS = {
    "norad_id": "NORAD_CAT_ID", "mean_motion_rev_day": "MEAN_MOTION", "eccentricity": "ECCENTRICITY",
    "inclination_deg": "INCLINATION", "raan_deg": "RA_OF_ASC_NODE", "argument_of_perigee_deg": "ARG_OF_PERICENTER",
    "mean_anomaly_deg": "MEAN_ANOMALY", "bstar_per_earth_radius": "BSTAR",
}  # fmt: skip
_TOKENS = [
    *"0123456789 -+.eE,;:=\"'<>/[]{}()&#\\_\t\r\n\x00\x1f\x85\u0660\u00e9\u2028OIla", "nan", "inf", "NaN", "1e999",
    "null", "true",
    "1_0", "\r\n", "\n\n", "<!--", "-->", "<![CDATA[", "]]>", "<omm>", "</omm>", "<?x?>", "},{", '"},{"', "COMMENT ",
    "0 ", "1 ", "2 ",
    "\n1 ", "\n2 ", "\n0 ", "A0000", "99999", "00000", "-1", "1e5", " [deg]", " [rad]", "SGP4-XP", "NORAD_CAT_ID",
    "BSTAR",
]  # fmt: skip


def damage(chance: random.Random, content: bytes, edits: int) -> bytes:
    """The content with some bytes, tokens, lines or stretches of it changed, lost, doubled or moved."""
    for _ in range(edits):
        place = chance.randrange(len(content) + 1)
        kind = chance.randrange(9)
        if kind == 0:
            content = content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
        elif kind == 1:
            content = content[:place] + chance.choice(_TOKENS).encode() + content[place + 1 :]
        elif kind == 2:
            content = content[:place] + chance.choice(_TOKENS).encode() + content[place:]
        elif kind == 3:
            content = content[:place] + content[place + chance.choice((1, 1, 1, 2, 8, 70)) :]
        elif kind == 4:
            end = place + chance.randrange(1, 20)
            content = content[:end] + content[place:]
        elif kind == 5 and chance.randrange(4) == 0:
            content = content[:place]
        elif kind == 6:
            lines = content.split(b"\n")
            one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
            lines[one], lines[other] = lines[other], lines[one]
            content = b"\n".join(lines)
        elif kind == 7:
            lines = content.split(b"\n")
            del lines[chance.randrange(len(lines))]
            content = b"\n".join(lines)
        elif kind == 8:
            digits = [found.start() for found in re.finditer(rb"\d", content)]
            if digits:
                at = chance.choice(digits)
                content = content[:at] + str(chance.randrange(10)).encode() + content[at + 1 :]
    return content


def damaged(form: str) -> st.SearchStrategy[bytes]:
    def build(chance: random.Random, edits: int, right: bool) -> bytes:
        content = damage(chance, TEXTS[form].encode(), edits)
        return with_right_checksums(content) if right and form == "tle" else content

    return st.builds(build, st.randoms(use_true_random=False), st.integers(1, 4), st.booleans())


def text_values_of(form: str, content: bytes) -> list[dict[str, float]]:
    """The numbers of every record that the text can be taken for."""
    text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "surrogateescape")
    lines = text.split("\n" if "\n" in text else "\r")
    readings = {"tle": _tle, "omm-csv": _csv, "omm-json": _json, "omm-xml": _xml, "omm-kvn": _kvn}
    found = []
    for reading in (readings[form], *(other for name, other in readings.items() if name != form)):
        for candidate in reading(text, lines):
            values = _values(candidate)
            if values is not None:
                found.append(values)
        if found:
            return found
    return found


def _values(fields: dict[str, str | None]) -> dict[str, float] | None:
    values: dict[str, float] = {}
    is_xp = (fields.get("MEAN_ELEMENT_THEORY") or "").strip() == "SGP4-XP" or (
        fields.get("EPHEMERIS_TYPE") or ""
    ).strip() in ("4", "+4")
    for name, key in _KEYS.items():
        if name == "norad_id":
            text = (fields.get(key) or "0").strip()
        else:
            text = (fields.get("BTERM" if key == "BSTAR" and is_xp and "BTERM" in fields else key) or "").strip()
        text = re.sub(r"\s*\[[^\]]*\]$", "", text)
        try:
            values[name] = int(text) if name == "norad_id" else float(text)
        except ValueError:
            return None
    return values if all(map(math.isfinite, values.values())) else None


def _tle(text: str, lines: list[str]) -> Iterator[dict[str, str | None]]:
    lines = [line.rstrip(" \t\r") for line in lines]
    solid = [line for line in lines if line and line[0] != "#"]
    for one, two in itertools.pairwise(solid):
        number = one[2:7]
        if number[:1].isalpha():
            number = f"{'ABCDEFGHJKLMNPQRSTUVWXYZ'.find(number[0]) + 10}{number[1:]}"
        power = one[59:61].replace(" ", "+")
        yield {
            "NORAD_CAT_ID": number, "BSTAR": f"{one[53:54]}.{one[54:59]}e{power}", "INCLINATION": two[8:16],
            "RA_OF_ASC_NODE": two[17:25], "ECCENTRICITY": f".{two[26:33]}", "ARG_OF_PERICENTER": two[34:42],
            "MEAN_ANOMALY": two[43:51], "MEAN_MOTION": two[52:63],
        }  # fmt: skip


def _csv(text: str, lines: list[str]) -> Iterator[dict[str, str | None]]:
    first = next((place for place, line in enumerate(lines) if line.strip() and line[0] != "#"), 0)
    try:
        header = [cell.strip().upper() for cell in next(csv.reader([lines[first].rstrip("\r")]))]
    except (csv.Error, StopIteration):
        return
    for place in range(first + 1, len(lines)):
        for taken in range(1, 9 if '"' in lines[place] else 2):
            joined = "\n".join(lines[place : place + taken]).rstrip("\r")
            with_quotes: list[list[str]] = [joined.split(",")]
            with contextlib.suppress(csv.Error):
                with_quotes += list(csv.reader([joined]))
            for cells in with_quotes:
                if len(cells) == len(header):
                    yield dict(zip(header, cells, strict=True))


def _json(text: str, lines: list[str]) -> Iterator[dict[str, str | None]]:
    for start in (found.start() for found in re.finditer(r"\{", text)):
        ends = (found.end() for found in re.finditer(r"\}", text[start:]))
        for end in itertools.islice(ends, 4):
            try:
                fields = json.loads(text[start : start + end], parse_float=str, parse_int=str, strict=True)
            except (ValueError, RecursionError):
                continue
            yield {key: value for key, value in fields.items() if value is None or isinstance(value, str)}
            break


def _xml(text: str, lines: list[str]) -> Iterator[dict[str, str | None]]:
    for start in (found.start() for found in re.finditer(r"<(?:[\w.-]+:)?omm\b", text)):
        ends = (found.end() for found in re.finditer(r"</(?:[\w.-]+:)?omm\s*>", text[start:]))
        for end in itertools.islice(ends, 4):
            chunk = re.sub(r"(</?)[\w.-]+:(?=\w)", r"\1", text[start : start + end])
            chunk = re.sub(r"<[^<>]*>", lambda tag: tag[0].replace(":", "_"), chunk)  # prefixes that nothing declares
            try:
                root = ElementTree.fromstring(chunk)
            except (ElementTree.ParseError, UnicodeEncodeError):
                continue
            for message in (root, *root.iter("omm")):
                yield {element.tag: element.text or "" for element in message.iter() if not len(element)}
            break


def _kvn(text: str, lines: list[str]) -> Iterator[dict[str, str | None]]:
    pairs = [(line.partition("=")[0].strip(), line.partition("=")[2].strip()) for line in lines]
    first = ("CREATION_DATE", "ORIGINATOR", "OBJECT_NAME")
    starts = [place for place, (key, _) in enumerate(pairs) if key in first or "VERS" in lines[place]]
    edges = sorted({0, *starts, len(pairs)})
    for one in range(len(edges)):
        for other in range(one + 1, min(one + 8, len(edges))):
            yield dict(pairs[edges[one] : edges[other]])
