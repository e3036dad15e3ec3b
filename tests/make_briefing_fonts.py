"""Makes the two fonts of briefings from DejaVu Sans Condensed: fewer letters, one name.

Run once by hand: `python -m tests.make_briefing_fonts FOLDER_WITH_DEJAVU`. Origin and licence: api/templates/README.md.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FAMILY = "Briefing Sans"
LETTERS = (
    (0x20, 0x24F), (0x259, 0x259), (0x2BB, 0x2BC), (0x2C6, 0x2DD), (0x370, 0x52F), (0x1E00, 0x1EFF), (0x2010, 0x2027),
    (0x2030, 0x203A), (0x2070, 0x209C), (0x20AC, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122), (0x2190, 0x2199),
    (0x2202, 0x2265), (0x25A0, 0x25CF),
)  # fmt: skip
OUT = Path(__file__).resolve().parents[1] / "api" / "templates" / "fonts"


def make(source: Path, style: str) -> None:
    """One font of the given style."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(
        hinting=False, name_IDs=[0, 1, 2, 4, 6, 13, 14], layout_features=["kern"], notdef_outline=True
    )
    maker = subset.Subsetter(options)
    maker.populate(unicodes=[letter for first, last in LETTERS for letter in range(first, last + 1)])
    maker.subset(font)
    for record in font["name"].names:
        named = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"{FAMILY.replace(' ', '')}-{style}"}
        if record.nameID in named:
            record.string = named[record.nameID]
    font["OS/2"].usWidthClass = 5  # one width only: nobody needs to ask for the condensed one
    font.save(OUT / f"BriefingSans-{style}.ttf")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    make(folder / "DejaVuSansCondensed.ttf", "Regular")
    make(folder / "DejaVuSansCondensed-Bold.ttf", "Bold")
