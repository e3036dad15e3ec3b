"""Catalogue numbers in text: plain digits up to nine, and the five characters of a TLE (Alpha-5).

A TLE has five columns for the number. Up to 99,999 they are digits; from 100,000 to 339,999 the first two digits are
one letter, A = 10 to Z = 33, with I and O left out because they look like 1 and 0. Larger numbers have no TLE.

Source: Space-Track documentation, "Alpha-5"; CCSDS 502.0-B-3, table 4-3 (NORAD_CAT_ID, up to nine digits) and 7.5.4.
"""

from __future__ import annotations

import re

from orbits.elements import MAX_NORAD_ID
from orbits.errors import InvalidValue

ALPHA5_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
MAX_TLE_NUMBER = 339_999  # Z9999
ALPHA5_PATTERN = r"[0-9A-HJ-NP-Z]\d{4}| [1-9]\d{3}|  [1-9]\d\d|   [1-9]\d|    [1-9]"

_PLAIN = re.compile(r"[1-9][0-9]{0,8}")
_CCSDS = re.compile(r"\+?0*([1-9][0-9]{0,8})")
_ALPHA5 = re.compile(ALPHA5_PATTERN, re.ASCII)
_LETTER_VALUE = {letter: str(value) for value, letter in enumerate(ALPHA5_LETTERS, start=10)}


def parse_catalogue_number(text: str, *, ccsds: bool = False) -> int:
    """The number that decimal text stands for, 1 to 999,999,999.

    With `ccsds` a leading plus sign and leading zeros are read, as CCSDS 502.0-B-3 7.5.4 allows in KVN; elsewhere
    they are refused, as are letters, exponents and the digits of other scripts. Raises `InvalidValue`.

    >>> parse_catalogue_number("799501621")
    799501621
    >>> parse_catalogue_number("+00964", ccsds=True)
    964
    """
    found = (_CCSDS if ccsds else _PLAIN).fullmatch(text) if len(text) <= 32 else None
    if found is None:
        raise InvalidValue("norad_id", text, f"not a catalogue number; write 1 to {MAX_NORAD_ID} in plain digits")
    return int(found[1] if ccsds else found[0])


def parse_alpha5(field: str) -> int:
    """The number in a TLE's five columns, 1 to 339,999; leading blanks stand for zeros. Raises `InvalidValue`.

    >>> parse_alpha5("T0449"), parse_alpha5("25544")
    (270449, 25544)
    """
    number = 0
    if _ALPHA5.fullmatch(field):
        first = _LETTER_VALUE.get(field[0])
        number = int(first + field[1:]) if first else int(field)
    if number == 0:
        raise InvalidValue("norad_id", field, "not five digits, nor a letter A to Z without I and O and four digits")
    return number


def format_alpha5(number: int) -> str:
    """The five characters that stand for a number in a TLE. Raises `InvalidValue` above 339,999 and below 1.

    >>> format_alpha5(100000), format_alpha5(5)
    ('A0000', '00005')
    """
    if not 1 <= number <= MAX_TLE_NUMBER:
        raise InvalidValue(
            "norad_id",
            number,
            f"a TLE holds numbers from 1 to {MAX_TLE_NUMBER}; write it as an OMM (CSV, JSON, XML, KVN)",
        )
    if number < 100_000:
        return f"{number:05d}"
    return ALPHA5_LETTERS[number // 10_000 - 10] + f"{number % 10_000:04d}"
