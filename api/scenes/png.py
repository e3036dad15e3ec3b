"""SVG pictures as PNG, drawn by resvg with the packaged font: the same on a machine without fonts."""

from __future__ import annotations

from pathlib import Path

FONT = "Briefing Sans"
FONTS = Path(__file__).resolve().parents[1] / "templates" / "fonts"
_ZOOM = 2.0  # pixels of the picture for one of the drawing: sharp on a slide


def png_of(svg: str) -> bytes:
    """The picture as PNG, twice as large as the drawing says."""
    import resvg_py

    fonts = [str(FONTS / f"BriefingSans-{style}.ttf") for style in ("Regular", "Bold")]
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, zoom=_ZOOM, skip_system_fonts=True, font_files=fonts, font_family=FONT,
            sans_serif_family=FONT,
        )
    )  # fmt: skip
