"""Windows and sites as callers write them."""

from __future__ import annotations

import pytest

from api.commands.terminal import harmless
from api.sites import parse_site
from api.windows import window
from orbits import InvalidValue

START = "2026-03-10T06:00:00Z"


def test_a_window_is_a_day_unless_it_is_said() -> None:
    assert window(START).duration_s == pytest.approx(86_400.0, abs=1e-6)
    assert window(START, hours=0.5).duration_s == pytest.approx(1_800.0, abs=1e-6)
    assert window(START, end="2026-03-10T09:00:00+02:00").duration_s == pytest.approx(3_600.0, abs=1e-6)


def test_744_hours_are_the_longest_window() -> None:
    assert window(START, hours=744).duration_s == pytest.approx(744 * 3600.0, abs=1e-6)
    with pytest.raises(InvalidValue, match="longer than 744 h"):
        window(START, hours=744.001)


@pytest.mark.parametrize(
    ("start", "hours", "end", "field"),
    [
        (START, None, START, "end"), (START, 1.0, "2026-03-11T00:00:00Z", "hours"), (START, -1.0, None, "hours"),
        (START, float("nan"), None, "hours"), (START, float("inf"), None, "hours"),
        ("1957-10-03T00:00:00Z", None, None, "start"), ("2099-12-31T12:00:00Z", 24.0, None, "hours"),
    ],
)  # fmt: skip
def test_wrong_windows_name_the_field(start: str, hours: float | None, end: str | None, field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        window(start, hours=hours, end=end)
    assert refused.value.field == field


def test_a_site_may_have_a_name_before_an_equals_sign() -> None:
    site = parse_site("Mount = of = Athos=40.157,24.327,2033")
    assert (site.name, site.altitude_m) == ("Mount = of = Athos", 2033.0)
    assert parse_site(" 54.9,23.9 ").name == "54.9,23.9"


@pytest.mark.parametrize("letter", ["\x1b", "\x07", "\x00", "\x9b", "\u202e", "\n", "\r"])
def test_what_steers_a_terminal_is_replaced(letter: str) -> None:
    assert harmless(f"A{letter}B") == "A?B"
