"""Made-up element sets, for tests of the formats: no real object has these elements."""

from __future__ import annotations

LINE_1 = "1 90001U 26010A   26069.50000000  .00001234  00000+0  12345-3 0  999"
LINE_2 = "2 90001  51.6000 120.5000 0001234  90.0000 270.1234 15.50000000 1234"


def checked(line: str) -> str:
    """The 68 characters with their checksum."""
    return line + str(sum(int(c) if c in "0123456789" else c == "-" for c in line) % 10)


def tle(number: str = "90001", *, name: str | None = None, **columns: str) -> str:
    """A set with other text from a column on: `one_19="26070"` puts it at column 19 of line 1."""
    lines = [LINE_1[:2] + number + LINE_1[7:], LINE_2[:2] + number + LINE_2[7:]]
    for place, text in columns.items():
        which, _, first = place.partition("_")
        line, start = ("one", "two").index(which), int(first) - 1
        lines[line] = lines[line][:start] + text + lines[line][start + len(text) :]
    head = [] if name is None else [name]
    return "\n".join([*head, *(checked(line) for line in lines), ""])


KEYWORDS = {
    "OBJECT_NAME": "MADE UP 1", "OBJECT_ID": "2026-010A", "EPOCH": "2026-03-10T12:00:00.000000",
    "MEAN_MOTION": "15.50000000", "ECCENTRICITY": ".0001234", "INCLINATION": "51.6000",
    "RA_OF_ASC_NODE": "120.5000", "ARG_OF_PERICENTER": "90.0000", "MEAN_ANOMALY": "270.1234",
    "EPHEMERIS_TYPE": "0", "CLASSIFICATION_TYPE": "U", "NORAD_CAT_ID": "90001", "ELEMENT_SET_NO": "999",
    "REV_AT_EPOCH": "1234", "BSTAR": ".12345E-3", "MEAN_MOTION_DOT": ".1234E-4", "MEAN_MOTION_DDOT": "0",
}  # fmt: skip


def keywords(**changed: str | None) -> dict[str, str]:
    """The same set as an OMM's keywords, with some changed (None leaves a keyword out)."""
    return {key: value for key, value in {**KEYWORDS, **changed}.items() if value is not None}


def csv(*records: dict[str, str]) -> str:
    return "\n".join([",".join(records[0]), *(",".join(record.values()) for record in records), ""])


def kvn(*records: dict[str, str]) -> str:
    lines = (["CCSDS_OMM_VERS = 2.0", *(f"{key} = {value}" for key, value in record.items())] for record in records)
    return "\n".join("\n".join([*message, ""]) for message in lines)


def xml(*records: dict[str, str], root: str = "ndm") -> str:
    messages = (
        f"<omm><body>{''.join(f'<{key}>{value}</{key}>' for key, value in record.items())}</body></omm>"
        for record in records
    )
    return "\n".join([f"<{root}>", *messages, f"</{root}>", ""])
