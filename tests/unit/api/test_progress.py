"""Progress on standard error: shown where somebody looks, and nothing else changed by it."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable

import pytest

from api.commands.progress import with_progress
from orbits import InvalidValue


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def counted(report: Callable[[float], None]) -> str:
    for part in range(11):
        report(part / 10.0)
    return "answer"


def test_a_terminal_is_shown_how_far_it_is_and_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    assert with_progress(counted, "Coverage") == "answer"
    said = terminal.getvalue()
    assert "Coverage" in said
    assert "left" in said
    assert "1000/1000" in said


def test_nothing_is_said_where_nobody_looks(capsys: pytest.CaptureFixture[str]) -> None:
    assert with_progress(counted, "Coverage") == "answer"
    assert capsys.readouterr() == ("", "")


def test_what_fails_below_the_bar_fails_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(report: Callable[[float], None]) -> str:
        report(0.5)
        raise InvalidValue("cell_km", 0.001, "is too small")

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Terminal())
    with pytest.raises(InvalidValue, match="is too small"):
        with_progress(failing, "Coverage")
