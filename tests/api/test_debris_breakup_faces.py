"""`ssa debris breakup`, `decay`, `compliance`, `derelicts`: text, JSON, pictures, exit statuses, wrong input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from orbits import ElementSets
from orbits.formats import write_element_sets
from tests.faces import DECAYING, LEO, SUN_SYNCHRONOUS, AppClient, real_elements

AT = "2026-03-10T06:00:00Z"
LISTED = f"{LEO},{SUN_SYNCHRONOUS}"
COMMANDS: list[tuple[str, list[str], str, dict[str, Any]]] = [
    ("breakup", ["--object", str(LEO), "--at", AT, "--alliance", "USA"], "breakups",
     {"object": LEO, "at": AT, "alliance": "USA"}),
    ("breakup", ["--object", str(LEO), "--at", AT, "--impactor-kg", "5", "--speed", "12", "--smallest", "0.2"],
     "breakups", {"object": LEO, "at": AT, "impactor_kg": 5, "speed_km_s": 12, "smallest_m": 0.2}),
    ("decay", ["--objects", LISTED, "--years", "5", "--limit", "100"], "decay", {"objects": LISTED, "years": 5}),
    ("compliance", ["--objects", LISTED, "--limit", "100"], "compliance", {"objects": LISTED}),
    ("derelicts", ["--alliance", "NATO", "--computed", "3", "--limit", "50"], "derelicts",
     {"alliance": "NATO", "computed": 3}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "options", "route", "query"), COMMANDS)
def test_the_command_gives_what_the_route_gives(
    ssa: Any, real: AppClient, name: str, options: list[str], route: str, query: dict[str, Any]
) -> None:
    ran = ssa("debris", name, *options, "--json")
    assert ran.status == 0, ran.err
    assert ran.json == json.loads(real.get(f"/v1/debris/{route}", **query).text)
    assert ran.json["catalogue"]["data_mode"] == "REAL"
    assert ran.json["caveats"]
    text = ssa("debris", name, *options)
    assert text.status == 0
    assert "Note: " in text.err


def test_a_break_up_says_its_pieces_its_mass_and_the_hazard(ssa: Any) -> None:
    found = ssa("debris", "breakup", "--object", str(LEO), "--at", AT, "--alliance", "USA", "--json").json
    assert found["kind"] == "explosion"
    assert found["pieces"] == len(found["fragments"])
    assert found["mass_of_pieces_kg"] + found["mass_of_dust_kg"] == pytest.approx(found["mass_before_kg"], rel=1e-6)
    assert [row["years"] for row in found["hazard"]["later"]] == [0.0833, 1.0, 5.0, 25.0]
    for row in found["hazard"]["later"]:
        assert row["lower"] <= row["collisions_per_year"] <= row["upper"]
    struck = ssa("debris", "breakup", "--object", str(LEO), "--at", AT, "--impactor-kg", "5", "--speed", "12", "--json")
    assert struck.json["is_catastrophic"] is True
    assert struck.json["specific_energy_j_g"] > 40.0
    text = ssa("debris", "breakup", "--object", str(LEO), "--at", AT, "--alliance", "USA").out
    assert "Collisions a year" in text
    assert "after 25 years" in text


def test_windows_hold_their_middle_and_say_what_the_drag_is_from(ssa: Any) -> None:
    found = ssa("debris", "decay", "--objects", LISTED, "--years", "100", "--json").json
    assert found["objects_counted"] == 2
    down = [row for row in found["windows"] if row["middle"] is not None]
    assert down
    for row in down:
        assert row["earliest"] < row["middle"]
        assert row["latest"] is None or row["middle"] < row["latest"]
        assert row["ballistic_basis"] in ("inferred area and mass", "B*", "mean motion rate", "known area and mass")


def test_verdicts_are_counted_for_both_rules(ssa: Any) -> None:
    found = ssa("debris", "compliance", "--alliance", "NATO", "--json").json
    for counts in found["verdicts"].values():
        assert sum(counts.values()) == found["objects_counted"]
    assert set(found["verdicts"]) == {"5_years", "25_years"}
    assert "5 years" in ssa("debris", "compliance", "--alliance", "NATO").out


def test_derelicts_are_ranked_by_chance_times_cost(ssa: Any) -> None:
    found = ssa("debris", "derelicts", "--alliance", "NATO", "--json").json
    ranks = [row["cost_index"] for row in found["derelicts"]]
    assert ranks == sorted(ranks, reverse=True)
    for row in found["derelicts"]:
        product = row["catastrophic_per_year"] * row["added_per_year"]
        assert row["cost_index"] == pytest.approx(product, rel=1e-3)
    assert found["computed"] <= found["considered"]
    assert "Criticality" in ssa("debris", "derelicts", "--alliance", "NATO").out


@pytest.mark.parametrize(
    ("name", "options"), [("breakup", ["--object", str(LEO), "--at", AT]), ("decay", ["--objects", LISTED])]
)
def test_figures_as_svg_and_png(ssa: Any, real: AppClient, tmp_path: Path, name: str, options: list[str]) -> None:
    drawn = ssa("debris", name, *options, "--format", "svg")
    assert drawn.status == 0
    ElementTree.fromstring(drawn.out)
    route = {"breakup": "breakups"}.get(name, name)
    query = {"object": LEO, "at": AT} if name == "breakup" else {"objects": LISTED}
    assert real.get(f"/v1/debris/{route}", format="svg", **query).text == drawn.out
    assert real.get(f"/v1/debris/{route}", format="png", **query).headers["content-type"] == "image/png"
    picture = tmp_path / "figure.png"
    assert ssa("debris", name, *options, "--format", "png", "-o", str(picture)).status == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_picture_without_an_object_that_comes_down_says_so(ssa: Any) -> None:
    drawn = ssa("debris", "decay", "--objects", str(SUN_SYNCHRONOUS), "--years", "0.1", "--format", "svg")
    assert "None of them comes down" in drawn.out


def test_earlier_sets_of_a_file_and_of_the_database_are_used(ssa: Any, tmp_path: Path) -> None:
    """The same orbit forty days before, 130 km higher: what it lost since is its drag."""
    served = real_elements()
    now = served[np.flatnonzero(served.norad_id == DECAYING)]
    columns = {name: getattr(now, name).copy() for name in ElementSets.column_names()}
    columns["epoch_jd_day"] = columns["epoch_jd_day"] - 40.0
    columns["mean_motion_rev_day"] = columns["mean_motion_rev_day"] * (1.0 - 0.03)
    file = tmp_path / "earlier.csv"
    file.write_text(write_element_sets(ElementSets(**columns), "omm-csv"))
    asked = ["debris", "decay", "--objects", f"{LEO},{DECAYING}", "--years", "5"]
    plain = ssa(*asked, "--json").json
    assert plain["history"] == {"objects": 0, "sets": 2, "left_out": {"the same set again": 2}}
    found = ssa(*asked, "--history", str(file), "--json").json
    basis = {row["norad_id"]: row["ballistic_basis"] for row in found["windows"]}
    assert found["history"]["objects"] == 1
    assert basis[DECAYING] == "history"
    assert basis == {**{row["norad_id"]: row["ballistic_basis"] for row in plain["windows"]}, DECAYING: "history"}
    judged = ssa("debris", "compliance", "--objects", str(DECAYING), "--history", str(file), "--json").json
    assert judged["objects"][0]["ballistic_basis"] == "history"


@pytest.mark.parametrize(
    ("words", "field"),
    [
        (["breakup", "--object", "12345"], "norad_id"),
        (["breakup", "--object", str(LEO), "--with", str(LEO)], "with_norad_id"),
        (["breakup", "--object", str(LEO), "--with", str(SUN_SYNCHRONOUS), "--impactor-kg", "3"], "impactor_kg"),
        (["breakup", "--object", str(LEO), "--smallest", "0.001"], "smallest_m"),
        (["breakup", "--object", str(LEO), "--at", "yesterday"], "at"),
        (["breakup", "--object", str(LEO), "--format", "gif"], "format"),
        (["decay"], "objects"),
        (["decay", "--objects", "12345"], "objects"),
        (["decay", "--objects", LISTED, "--alliance", "NATO"], "objects"),
        (["decay", "--objects", LISTED, "--years", "0"], "years"),
        (["decay", "--objects", LISTED, "--history", "nowhere.tle"], "history"),
        (["compliance", "--objects", "abc"], "objects"),
        (["compliance"], "objects"),
        (["derelicts"], "alliance"),
        (["derelicts", "--alliance", "NATO", "--avoidance-failure", "2"], "avoidance_failure"),
        (["derelicts", "--alliance", "NATO", "--sizes", "nowhere.csv"], "sizes"),
    ],
)
def test_wrong_input_ends_with_two_and_names_its_field(ssa: Any, words: list[str], field: str) -> None:
    ran = ssa("debris", *words, "--json")
    assert ran.status == 2
    assert ran.json["errors"][0]["field"] == field
    plain = ssa("debris", *words)
    assert plain.status == 2
    assert plain.out == ""
    assert field.split("_")[0] in plain.err


def test_a_png_needs_a_file(ssa: Any) -> None:
    ran = ssa("debris", "breakup", "--object", str(LEO), "--format", "png")
    assert ran.status == 2
    assert "--output FILE" in ran.err


def test_an_unknown_alliance_and_an_unreadable_history_end_with_two(ssa: Any, tmp_path: Path) -> None:
    assert ssa("debris", "derelicts", "--alliance", "ATLANTIS").status == 2
    file = tmp_path / "no.tle"
    file.write_text("nothing of the kind")
    assert ssa("debris", "decay", "--objects", LISTED, "--history", str(file)).status == 2


def test_a_database_that_is_empty_ends_with_three(ssa: Any, tmp_path: Path) -> None:
    for words in (["breakup", "--object", "5"], ["decay", "--objects", "5"], ["compliance", "--objects", "5"]):
        ran = ssa("debris", *words, "--database", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
        assert ran.status == 3
