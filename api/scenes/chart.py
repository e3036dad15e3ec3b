"""A sheet of SVG for charts: text, lines and areas in a few inks that stay apart in black and white.

Only what a PDF writer understands is used: paths, rectangles, circles and text; no style sheet, no clipping, no script.
The same answer gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from api.scenes.svg_text import line, svg_text

INK, SOFT, RULE, DARK, LIGHT, GREY, ALARM = "#1c2126", "#555b61", "#b4bac0", "#12305e", "#d9c36a", "#dcdfe2", "#a01818"
FONTS = "Briefing Sans, DejaVu Sans Condensed, Helvetica, Arial, sans-serif"
WIDTH_PX = 720.0
LETTER_PX = 6.0  # mean width of a letter at 12 px, for what has to be cut


class Chart:
    """A figure of `WIDTH_PX` x `height_px`, drawn from the back to the front."""

    def __init__(self, title: str, height_px: float, width_px: float = WIDTH_PX) -> None:
        self.title, self.height_px, self.width_px = title, height_px, width_px
        self._parts: list[str] = []

    def text(
        self, words: str, x: float, y: float, *, size: float = 12.0, anchor: str = "start", most: int = 400,
        fill: str = INK, weight: str = "normal",
    ) -> None:  # fmt: skip
        """Words at a place; `most` letters of them."""
        more = {"text_anchor": anchor, "fill": fill, "font_family": FONTS}
        if weight != "normal":
            more["font_weight"] = weight
        self._parts.append(line(words, x, y, size_px=size, most=most, **more))

    def rect(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> None:
        """A rectangle."""
        self._parts.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.2f}" height="{height:.1f}" fill="{fill}" '
            f'stroke="{stroke}" stroke-width="0.8"/>'
        )

    def bars(self, boxes: Iterable[tuple[float, float, float, float]], fill: str) -> None:
        """Many rectangles (x, y, width, height) as one path."""
        drawn = "".join(f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h-{w:.1f}Z" for x, y, w, h in boxes)
        if drawn:
            self.path(drawn, fill=fill)

    def path(self, drawn: str, *, fill: str = "none", stroke: str = "none", width: float = 1.0) -> None:
        """A path; empty ones are left out."""
        if drawn:
            self._parts.append(
                f'<path d="{drawn}" fill="{fill}" fill-rule="evenodd" stroke="{stroke}" stroke-width="{width:g}" '
                'stroke-linejoin="round"/>'
            )

    def line(self, points: Sequence[tuple[float, float]], stroke: str = INK, width: float = 1.0) -> None:
        """A line through points."""
        if len(points) > 1:
            self.path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), stroke=stroke, width=width)

    def dot(self, x: float, y: float, radius: float, fill: str = INK) -> None:
        """A round dot with a light edge."""
        self._parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" fill="{fill}" stroke="#ffffff" stroke-width="0.8"/>'
        )

    def svg(self) -> str:
        """The whole picture."""
        size = f"{self.width_px:.0f} {self.height_px:.0f}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width_px:.0f}" height="{self.height_px:.0f}" '
            f'viewBox="0 0 {size}" role="img" aria-label="{svg_text(self.title)}" font-family="{FONTS}">\n'
            f'<rect width="{self.width_px:.0f}" height="{self.height_px:.0f}" fill="#ffffff"/>\n'
            + "\n".join(self._parts)
            + "\n</svg>\n"
        )


def round_top(value: float) -> tuple[float, float]:
    """A round number at or above `value`, and a step that divides it, for an axis from zero.

    >>> round_top(0.139), round_top(0.0), round_top(23.0)
    ((0.15, 0.05), (1.0, 0.25), (25.0, 5.0))
    """
    if value <= 0.0:
        return 1.0, 0.25
    size = 10.0 ** (len(f"{int(value)}") - 1) if value >= 1.0 else 1.0
    while size > value:
        size /= 10.0
    step = next(part * size for part in (0.2, 0.5, 1.0, 2.0) if value <= 6 * part * size * (1.0 + 1e-9))
    steps = -int(-(value / step - 1e-9) // 1)
    return round(steps * step, 12), round(step, 12)
