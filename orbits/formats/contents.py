"""From bytes to text: gzip taken off, byte-order mark taken off, form told from what is inside.

Bytes that are not UTF-8 stay in the text as lone surrogates, so that only the records they stand in are refused.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from itertools import islice

from orbits.errors import ElementSetError
from orbits.formats.records import BLANKS

MAX_DECOMPRESSED_BYTES = 1 << 28  # 256 MiB; the full catalogue as OMM XML, the widest form, is about 60 MB
_CHUNK = 1 << 20
_GZIP_MAGIC = b"\x1f\x8b"
_TLE_LINE = re.compile(r"[12] [ 0-9A-Z]{5}.{20}", re.DOTALL)
_TLE_LINE_ANYWHERE = re.compile(r"^[12] [ 0-9A-Z]{5}.{20}", re.MULTILINE)
_KVN_LINE = re.compile(r"[A-Z][A-Z0-9_]*[ \t]*=")
_CCSDS_VERSION = re.compile(r"^[ \t]*CCSDS_([A-Z]+)_VERS[ \t]*=", re.MULTILINE)
_HTML = re.compile(r"<!DOCTYPE\s+html|<html|<head|<body", re.IGNORECASE)
_XML_MESSAGE = re.compile(r"<(?:[\w.-]+:)?(?:omm|ndm)[\s/>]", re.IGNORECASE)
_CSV_KEYWORDS = frozenset(
    ("OBJECT_NAME", "OBJECT_ID", "EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE",
     "ARG_OF_PERICENTER", "MEAN_ANOMALY", "NORAD_CAT_ID", "BSTAR")
)  # fmt: skip


def text_of(content: bytes, max_bytes: int = MAX_DECOMPRESSED_BYTES) -> str:
    """The text of a file's bytes, unpacked if they are gzip. Raises `ElementSetError` for a cut or endless gzip."""
    if content.startswith(_GZIP_MAGIC):
        content = _gunzip(content, max_bytes)
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            try:
                return content[2:].decode(encoding)
            except UnicodeDecodeError as error:
                raise ElementSetError(
                    f"reading element sets: the file begins as {encoding.upper()} and is damaged at byte "
                    f"{error.start + 2}; save it as UTF-8"
                ) from None
    return content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")


def _gunzip(content: bytes, max_bytes: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    rest = content
    while rest:
        member = zlib.decompressobj(wbits=31)
        while not member.eof:
            try:
                piece = member.decompress(rest, _CHUNK)
            except zlib.error as error:
                raise ElementSetError(f"unpacking gzip: the file is damaged ({error}); fetch it again") from None
            rest = member.unused_data if member.eof else member.unconsumed_tail
            size += len(piece)
            if size > max_bytes:
                raise ElementSetError(
                    f"unpacking gzip: {len(content)} bytes unpack to more than {max_bytes}; "
                    "unpack the file yourself if it is what you want, and split it"
                )
            if not (piece or rest or member.eof):
                raise ElementSetError(
                    f"unpacking gzip: the file is cut after {len(content)} bytes ({size} unpacked); fetch it again"
                )
            pieces.append(piece)
        rest = rest.lstrip(b"\0")  # some writers pad to a block
    return b"".join(pieces)


def form_of(text: str) -> str:
    """`tle`, `omm-csv`, `omm-json`, `omm-xml` or `omm-kvn`, told from the text. Raises `ElementSetError`."""
    first_lines = list(islice(_lines_of_interest(text), 3))
    if not first_lines:
        raise ElementSetError(
            "reading element sets: the file is empty; give a TLE file or an OMM (CSV, JSON, XML, KVN)"
        )
    if any(_TLE_LINE.match(line) for line in first_lines):
        return "tle"
    first = first_lines[0]
    if first[0] == "<":
        return _form_of_markup(text)
    if first[0] in "[{":
        return "omm-json"
    cells = {cell.strip(' \t"').upper() for cell in first.split(",")}
    if len(cells & _CSV_KEYWORDS) >= 3:
        return "omm-csv"
    version = _CCSDS_VERSION.search(text)
    if version and version[1] != "OMM":
        raise ElementSetError(f"reading element sets: this is a CCSDS {version[1]}; only an OMM holds mean elements")
    if version or _KVN_LINE.match(first):
        return "omm-kvn"
    if _TLE_LINE_ANYWHERE.search(text):
        return "tle"
    if first.startswith("No GP data found"):
        raise ElementSetError(
            "reading element sets: the source answered 'No GP data found'; objects above 99999 have no TLE there, "
            "ask for CSV or JSON"
        )
    shown = first[:60].encode("utf-8", "backslashreplace").decode("utf-8")
    raise ElementSetError(
        f"reading element sets: the file is neither TLE nor OMM (CSV, JSON, XML, KVN); it begins {shown!r}"
    )


def _lines_of_interest(text: str) -> Iterator[str]:
    for found in re.finditer(r"[^\r\n]+", text):
        line = found[0].strip(BLANKS)
        if line and line[0] != "#":
            yield line


def _form_of_markup(text: str) -> str:
    if _XML_MESSAGE.search(text):
        return "omm-xml"
    if _HTML.search(text[:4096]):
        raise ElementSetError(
            "reading element sets: this is an HTML page, not element sets; the source may want a login, or refused"
        )
    raise ElementSetError("reading element sets: this XML holds no omm message; only an OMM holds mean elements")
