"""The page's scripts as they are sent: without comments and without blanks that part nothing.

Every token stays, on its own line, so that a fault in the browser names the line of the source. A slash after a closing
bracket is taken for a division; no regular expression may stand there. rjsmin was tried: it cuts blanks out of the text
of templates within templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from orbits import InvalidValue

_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r]+) | (?P<line>\n) | (?P<comment>//[^\n]* | /\*.*?\*/)
    | (?P<string>"(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*')
    | (?P<pattern>/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\[\n])+/[a-z]*)
    | (?P<word>[\w$\#]+) | (?P<sign>(?!/\*)[^\s"'])""",
    re.VERBOSE | re.DOTALL,
)
_TEMPLATE = re.compile(r"[`}](?:\\.|\$(?!\{)|[^`\\$])*(?:`|\$\{)", re.DOTALL)
_DIVISION = re.compile(r"(?P<sign>/)")
_EXPECTS_A_VALUE = frozenset(
    [
        "return",
        "typeof",
        "instanceof",
        "in",
        "of",
        "new",
        "delete",
        "void",
        "throw",
        "case",
        "do",
        "else",
        "yield",
        "await",
    ]
)


def slimmed(source: str) -> str:
    """The same script, shorter. Raises `InvalidValue` where a string, template or comment is not closed."""
    out: list[str] = []
    before, gap = "", ""
    for kind, text in _tokens(source):
        if kind in ("blank", "line", "comment"):
            gap += "\n" * text.count("\n") or " "
            continue
        lines = "\n" * gap.count("\n")
        out += [lines or (" " if gap and _would_run_together(before, text) else ""), text]
        before, gap = text, ""
    return "".join(out) + "\n"


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    """Kind and text of each token. A template comes in pieces: up to each `${`, and from the brace that ends it."""
    braces: list[str] = []
    before, at = "", 0
    while at < len(source):
        is_template = source[at] == "`" or (source[at] == "}" and braces[-1:] == ["${"])
        found = (_TEMPLATE if is_template else _TOKEN).match(source, at)
        if found is not None and found.lastgroup == "pattern" and _ends_a_value(before):
            found = _DIVISION.match(source, at)
        if found is None:
            line = source.count("\n", 0, at) + 1
            raise InvalidValue("script", source[at : at + 20], f"line {line} begins what is nowhere closed")
        text, kind = found[0], found.lastgroup or "template"
        if text[0] == "}" and braces:
            braces.pop()
        if text == "{" or (is_template and text.endswith("${")):
            braces.append(text[-2:])
        yield kind, text
        at = found.end()
        if kind not in ("blank", "line", "comment"):
            before = text


def _would_run_together(before: str, after: str) -> bool:
    """Whether two tokens without a blank between them would read as others."""
    last, first = before[-1:], after[0]
    if _is_wordy(last):
        return _is_wordy(first) or (last.isdigit() and first == ".")
    return last == first and last in "+-/"


def _is_wordy(sign: str) -> bool:
    return sign.isalnum() or (sign != "" and sign in "_$#")


def _ends_a_value(before: str) -> bool:
    """Whether a slash after this token divides."""
    return before not in _EXPECTS_A_VALUE and (_is_wordy(before[-1:]) or before[-1:] in (*")]}\"'`",))
