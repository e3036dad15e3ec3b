"""The iCalendar writer against RFC 5545, section by section, with an unfolding reader of its own."""

from __future__ import annotations

from typing import Any

import pytest

from api.answers.passes_ics import passes_ics


def sky(time: str) -> dict[str, Any]:
    return {"time": time, "azimuth_deg": 10.0, "elevation_deg": 45.0, "range_km": 800.0, "range_rate_km_s": 0.0}


def answer(name: str = "CIRCULAR LEO", site: str = "54.9,23.9", mode: str = "REAL") -> dict[str, Any]:
    return {
        "catalogue": {"as_of": "2026-03-10T04:00:00Z", "data_mode": mode},
        "sites": [{"name": site, "latitude_deg": 54.9, "longitude_deg": 23.9, "altitude_m": 0.0}],
        "passes": [
            {
                "norad_id": 90001, "name": name, "site": site, "rise": sky("2026-03-10T23:58:00.999Z"),
                "culmination": sky("2026-03-11T00:02:00.000Z"), "set": sky("2026-03-11T00:06:00.123Z"),
                "cut_at_start": False, "cut_at_end": True, "elements_age_days": 1.5, "sunlit": True,
                "site_is_dark": True, "time_plus_minus_s": 1.2,
            }
        ],
    }  # fmt: skip


def unfolded(text: str) -> list[tuple[str, str]]:
    """Names and values (RFC 5545, 3.1: CRLF followed by one blank is no break)."""
    lines = text.replace("\r\n ", "").split("\r\n")
    assert lines.pop() == ""
    return [tuple(line.split(":", 1)) for line in lines]  # type: ignore[misc]


def value(text: str, name: str) -> str:
    found = [value for key, value in unfolded(text) if key == name]
    assert len(found) == 1
    return found[0]


def test_the_calendar_has_what_the_rfc_requires_of_every_calendar_and_event() -> None:
    text = passes_ics(answer())
    names = [name for name, _ in unfolded(text)]
    assert names[0] == names[-1].replace("END", "BEGIN") == "BEGIN"
    assert {"VERSION", "PRODID", "UID", "DTSTAMP", "DTSTART", "DTEND"} <= set(names)
    assert value(text, "DTSTAMP") == "20260310T040000Z"
    assert value(text, "DTSTART") == "20260310T235800Z"
    assert value(text, "DTEND") == "20260311T000600Z"


@pytest.mark.parametrize("name", ["a" * 200, "Ž" * 120, "🛰" * 90, "x" * 58 + "é" * 30])
def test_no_line_is_longer_than_75_octets_and_no_character_is_cut(name: str) -> None:
    text = passes_ics(answer(name))
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert name in value(text, "SUMMARY")


def test_text_that_means_something_to_the_format_is_escaped() -> None:
    text = passes_ics(answer("A;B,C\\D\r\nEND:VCALENDAR\x1b[2J"))
    assert value(text, "SUMMARY") == "A\\;B\\,C\\\\D\\nEND:VCALENDAR[2J over 54.9\\,23.9\\, 45 deg"
    assert text.count("END:VCALENDAR\r\n") == 1


def test_equal_answers_make_equal_bytes_and_another_object_another_uid() -> None:
    assert passes_ics(answer()) == passes_ics(answer())
    other = answer()
    other["passes"][0]["norad_id"] = 90002
    assert value(passes_ics(answer()), "UID") != value(passes_ics(other), "UID")


def test_a_simulated_pass_says_so_in_its_summary() -> None:
    assert value(passes_ics(answer(mode="SIMULATED")), "SUMMARY").startswith("SIMULATED ")
    assert "goes on after the window's end" in value(passes_ics(answer()), "DESCRIPTION")
