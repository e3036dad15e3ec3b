"""Text in an SVG document: names come from feeds and files and may hold anything."""

from __future__ import annotations

from xml.sax.saxutils import escape


def svg_text(text: str, most: int = 400) -> str:
    """Text safe as an element's content and in an attribute: escaped, without control characters, cut when long.

    >>> svg_text('<b a="1">' + chr(27) + "x")
    '&lt;b a=&quot;1&quot;&gt;?x'
    """
    plain = "".join(letter if letter.isprintable() else "?" for letter in text)
    short = plain if len(plain) <= most else plain[: most - 1] + "…"
    return escape(short, {'"': "&quot;", "'": "&apos;"})


def line(text: str, x_px: float, y_px: float, *, size_px: float = 12.0, most: int = 400, **attributes: str) -> str:
    """A `text` element; attributes are ours, never a caller's."""
    more = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f'<text x="{x_px:.1f}" y="{y_px:.1f}" font-size="{size_px:g}"{more}>{svg_text(text, most)}</text>'
