"""Briefings as files: the same bytes, hostile names as text, sizes, pages, markings, figures, templates."""

from __future__ import annotations

import io
import json
from html.parser import HTMLParser
from typing import Any

import orjson
import pypdfium2
import pytest
from PIL import Image

from api.briefing_template import checked_text, read_template
from api.scenes.briefing_content import NAMES, Table, pictures
from api.scenes.briefing_files import Layout, briefing_figures, briefing_file
from api.scenes.briefing_page import briefing_html
from api.scenes.briefing_pdf import briefing_pdf, letters
from api.scenes.briefing_pdf import shown as in_the_font
from api.scenes.chart import round_top
from orbits import InvalidValue, TimeSpan
from ssa.briefing import compose_briefing
from ssa.candidates import of_owner
from ssa.catalogue.simulated import simulated_catalogue
from ssa.regions import parse_region
from ssa.sensor_fleets import equip
from tests.made_up_briefing import (
    HOSTILE,
    MARKING,
    START,
    fleet_of_owner,
    hostile_briefing,
    plain_briefing,
    shown,
    threatened_briefing,
)

LARGEST_LIGHT = 300_000
THREATS = ("since", "conjunctions", "debris", "decays")
OURS = frozenset((  # noqa: SIM905 - shorter so
    "html head meta link title style body div main header h1 h2 p strong section figure figcaption svg rect path text "
    "circle table caption colgroup col thead tbody tr th td ol ul li"
).split(" "))  # fmt: skip


class Seen(HTMLParser):
    """Tags, attributes and texts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.add(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def pages_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_each_file_has_the_same_bytes_again() -> None:
    found = plain_briefing()
    answer, _, _ = shown(found)
    for form in ("html", "light", "pdf", "json"):
        first = briefing_file(found, answer, form, Layout())
        assert first == briefing_file(found, answer, form, Layout()), form


def test_the_light_page_asks_nothing_of_anybody_and_is_small() -> None:
    answer, tracks, made = shown(plain_briefing())
    page = briefing_html(plain_briefing(), answer, made, tracks, light=True)
    assert len(page.encode()) <= LARGEST_LIGHT
    seen = Seen()
    seen.feed(page)
    assert "script" not in seen.tags
    links = [value for name, value in seen.attributes if name in ("src", "href", "xlink:href", "action")]
    assert links == ["data:,"]  # no picture for the tab
    assert "url(" not in page
    assert page.replace("http://www.w3.org/2000/svg", "").count("http") == 0


def test_the_page_reads_the_same_with_and_without_the_globe() -> None:
    answer, tracks, made = shown(plain_briefing())
    whole, light = (briefing_html(plain_briefing(), answer, made, tracks, light=light) for light in (False, True))
    for line in answer["bottom_line"]:
        words = line["text"].split()[-1]
        assert words in whole
        assert words in light
    assert len(whole) < 4_000_000
    for block in (block for section in made for block in section.blocks if isinstance(block, Table)):
        assert all(len(row) == len(block.columns) == len(block.widths) for row in block.rows)


def test_hostile_names_are_text_in_html() -> None:
    answer, tracks, made = shown(hostile_briefing(), marking=MARKING)
    page = briefing_html(hostile_briefing(), answer, made, tracks, light=True)
    seen = Seen()
    seen.feed(page)
    assert seen.tags <= OURS
    assert [name for name, _ in seen.attributes if name.startswith("on")] == []
    texts = "".join(seen.texts)
    for name in (*HOSTILE, MARKING, '<h1>"Region" & {{ 1 }}</h1>', "<i>made up</i>", '<u>wide</u> "eye"'):
        assert name in texts, name


def test_hostile_names_are_data_in_the_script_of_the_globe() -> None:
    answer, tracks, made = shown(hostile_briefing(), marking=MARKING)
    page = briefing_html(hostile_briefing(), answer, made, tracks)
    assert page.lower().count("<script") == page.lower().count("</script") == 3
    scene = page.partition("startBriefing(() => {")[2]
    assert "<img" not in scene
    assert "\u2028" not in scene


@pytest.mark.parametrize(("paper", "size_mm"), [("A4", (210.0, 297.0)), ("Letter", (215.9, 279.4))])
def test_every_page_of_the_pdf_has_marking_number_and_size(paper: Any, size_mm: tuple[float, float]) -> None:
    answer, _, made = shown(hostile_briefing(), marking=MARKING)
    content = briefing_pdf(answer, made, paper=paper)
    document = pypdfium2.PdfDocument(content)
    sizes = {tuple(round(side / 72.0 * 25.4, 1) for side in page.get_size()) for page in document}
    document.close()
    assert sizes == {size_mm}
    pages = pages_of(content)
    for number, text in enumerate(pages, start=1):
        assert text.count(MARKING) == 2, number
        assert f"Page {number} of {len(pages)}" in text


def test_hostile_names_are_text_in_the_pdf_and_letters_without_a_shape_are_question_marks() -> None:
    answer, _, made = shown(hostile_briefing())
    content = briefing_pdf(answer, made)
    for word in (b"/JavaScript", b"/JS", b"/URI", b"/Launch", b"/OpenAction /"):
        assert word not in content
    text = " ".join("".join(pages_of(content)).split())
    for name in HOSTILE:
        assert " ".join(in_the_font(name).split())[:24] in text, name
    assert in_the_font("衛星 \x1b Жš") == "?? ? Жš"
    assert {ord(letter) for letter in "Ž→±€ΩЯ·–„“"} <= letters()


def test_every_text_of_the_page_stands_in_the_pdf() -> None:
    answer, _, made = shown(plain_briefing())
    text = " ".join("".join(pages_of(briefing_pdf(answer, made))).split())
    for section in made:
        assert section.title in text
    for line in answer["bottom_line"]:
        assert line["text"][:40] in text.replace("\u00a0", " ")


def test_figures_are_made_as_svg_and_png_with_their_letters() -> None:
    answer, _, _ = shown(plain_briefing())
    figures = briefing_figures(plain_briefing(), answer, Layout())
    assert {"map.svg", "map.png", "tracks.png", "timeline.png", "looks.png", "owners.png", "ages.png"} <= set(figures)
    picture = Image.open(io.BytesIO(figures["ages.png"])).convert("L")
    assert picture.width == 1440
    # the words below the bars: dark strokes on white in the lowest eighth
    words = picture.crop((0, picture.height * 7 // 8, picture.width, picture.height))
    assert words.getextrema()[0] < 128 < words.getextrema()[1]


def test_nobody_to_look_is_a_briefing_too() -> None:
    fleet = equip(of_owner("FR", simulated_catalogue()), mission="weather")
    found = compose_briefing(parse_region("country:LT"), 80.0, fleet, TimeSpan.of(START, hours=6))
    answer, tracks, made = shown(found)
    assert tracks.tracks == ()
    assert "nobody of this fleet" in answer["bottom_line"][0]["text"]
    assert "nobody of this fleet" in briefing_html(found, answer, made, tracks, light=True)
    assert "nobody of this fleet" in pages_of(briefing_pdf(answer, made))[0]


def test_a_template_sets_texts_paper_and_sections_in_its_order() -> None:
    said = read_template(
        b'title = "Watch"\nmarking = "M"\npaper = "letter"\nlight = true\nsections = ["coverage", "bottom_line"]', "t"
    )
    assert (said.title, said.marking, said.paper, said.light) == ("Watch", "M", "Letter", True)
    answer, _, _ = shown(plain_briefing())
    page = briefing_file(plain_briefing(), answer, "light", Layout(sections=said.sections)).decode()
    assert page.index("part-coverage") < page.index("part-bottom_line")
    assert "part-gaps" not in page


def test_half_a_letter_in_a_text_is_shown_as_a_question_mark() -> None:
    assert checked_text("title", "a\udcffb") == "a?b"


@pytest.mark.parametrize(("text", "reason"), [
    ('titel = "x"', "did you mean title"), ('sections = ["weather"]', "is no section"), ('paper = "A5"', "choose from"),
    ('sections = []', "give a list"), ('sections = ["gaps", "gaps"]', "twice"), ("light = 1", "true or false"),
    ("decay_days = true", "is a number"), ("grade = 3", "1 to 200"),
    ('title = ""', "1 to 200 letters"), ("title = 5", "1 to 200 letters"), ("a = ", "is not TOML"),
])  # fmt: skip
def test_a_template_that_cannot_be_used_says_why(text: str, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason):
        read_template(text.encode(), "t.toml")


def test_the_names_of_sections_are_those_that_a_briefing_has() -> None:
    _, _, made = shown(plain_briefing())
    assert [section.name for section in made] == [name for name in NAMES if name not in THREATS]
    answer, _, _ = shown(threatened_briefing())
    _, _, made = shown(threatened_briefing(), before=json.loads(orjson.dumps(answer)))
    assert [section.name for section in made] == list(NAMES)
    assert all(len(row) == len(block.columns) == len(block.widths) for section in made for block in section.blocks
               if isinstance(block, Table) for row in block.rows)  # fmt: skip


def test_graded_conjunctions_debris_and_decays_are_shown_in_the_page_and_in_the_pdf() -> None:
    found = threatened_briefing()
    answer, tracks, made = shown(found)
    page = briefing_html(found, answer, made, tracks, light=True)
    text = " ".join("".join(pages_of(briefing_pdf(answer, made))).split())
    assert answer["conjunctions"]["alerts"][0]["grade"] == "red"
    names = [
        answer["conjunctions"]["alerts"][0]["secondary_name"], answer["debris"]["most_exposed"][0]["name"],
        answer["decays"]["large"][0]["name"], "Debris exposure", "What may come down", "with avoidance",
    ]  # fmt: skip
    for name in names:
        assert name in page, name
        assert name in text, name
    reasons = " ".join(answer["conjunctions"]["alerts"][0]["reasons"])
    assert reasons[:60] in page.replace("\u00a0", " ")
    figures = pictures(made)
    assert {"conjunctions", "debris", "decays"} <= set(figures)
    again, _, once_more = shown(found)
    assert briefing_pdf(again, once_more) == briefing_pdf(answer, made)


def test_close_approaches_are_shown_in_the_page_and_in_the_pdf() -> None:
    found = compose_briefing(
        parse_region("country:LT"), 100.0, fleet_of_owner("FR"), TimeSpan.of(START, hours=3), miss_km=20.0
    )
    answer, tracks, made = shown(found)
    near = answer["close_approaches"]
    assert near["found"] == len(found.approaches) > 0
    page = briefing_html(found, answer, made, tracks, light=True)
    text = " ".join("".join(pages_of(briefing_pdf(answer, made))).split())
    for row in near["closest"][:3]:
        assert row["secondary_name"] in page
        assert row["secondary_name"] in text
    assert "supports a manoeuvre" in text


@pytest.mark.parametrize("value", [1e-9, 0.003, 0.139, 0.5, 0.999, 1.0, 3.2, 23.0, 999.0])
def test_axes_reach_above_the_value_in_few_steps(value: float) -> None:
    top, step = round_top(value)
    assert value <= top * (1.0 + 1e-9)
    assert 2 <= round(top / step) <= 7
