"""Briefings: every number of the bottom line is traced, the same inputs give the same answer, what changed is told."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import orjson
import pytest

from api.answers.briefing import briefing_answer
from orbits import InvalidValue, TimeGrid, TimeSpan, propagate
from orbits.times import Instants
from ssa.alerts.check import check_alerts
from ssa.alerts.policies import find_policy
from ssa.alliances import find_alliance
from ssa.briefing import Briefing, compose_briefing
from ssa.briefing.bottom_line import decays_line
from ssa.briefing.difference import remembered, since
from ssa.briefing.texts import LANGUAGES, texts
from ssa.briefing.threats import close_approaches, threats_to
from ssa.briefing.tracks import tracks_of
from ssa.briefing.value import FORMS
from ssa.candidates import of_alliance, of_list, of_owner
from ssa.catalogue.simulated import simulated_catalogue
from ssa.coverage.looks import find_looks
from ssa.regions import parse_region
from ssa.sensor_fleets import equip
from tests.made_up_briefing import START, fleet_of_owner, hostile_briefing, plain_briefing, threatened_briefing


def at(answer: Any, key: str) -> Any:
    for part in key.split("."):
        answer = answer[int(part)] if isinstance(answer, list) else answer[part]
    return answer


def with_partners() -> Briefing:
    snapshot, span = simulated_catalogue(), TimeSpan.of(START, hours=6)
    core, whole = (
        equip(of_alliance(find_alliance(name), snapshot, on="2026-01-02"), mission="imaging")
        for name in ("FRA", "FRA+DEU+ITA")
    )
    return compose_briefing(parse_region("country:LT"), 80.0, whole, span, mission="imaging", core=core)


def with_approaches() -> Briefing:
    return compose_briefing(
        parse_region("country:LT"), 100.0, fleet_of_owner("FR"), TimeSpan.of(START, hours=3), miss_km=20.0
    )


def nothing_graded() -> Briefing:
    return compose_briefing(
        parse_region("country:LT"), 100.0, fleet_of_owner("FR"), TimeSpan.of(START, hours=1), miss_km=1.0,
        policy=find_policy("cara"), grade="red", decay_days=1.0,
    )  # fmt: skip


def nobody_screened() -> Briefing:
    months_later = TimeSpan.of("2026-06-02T00:00:00Z", hours=1)
    return compose_briefing(
        parse_region("country:LT"), 100.0, fleet_of_owner("FR"), months_later, miss_km=5.0, policy=find_policy("cara"),
        decay_days=1.0,
    )  # fmt: skip


def nobody() -> Briefing:
    fleet = equip(of_owner("FR", simulated_catalogue()), mission="weather")
    assert len(fleet) == 0
    return compose_briefing(parse_region("country:LT"), 80.0, fleet, TimeSpan.of(START, hours=6))


@pytest.mark.parametrize("make", [
    plain_briefing, hostile_briefing, with_partners, with_approaches, nobody, threatened_briefing, nothing_graded,
    nobody_screened,
])  # fmt: skip
def test_every_number_of_the_bottom_line_equals_the_answer_that_it_is_traced_to(make: Any) -> None:
    found = make()
    answer = json.loads(orjson.dumps(briefing_answer(found)))
    lines = answer["bottom_line"]
    assert len(lines) == 1 if make is nobody else 3 <= len(lines) <= 5
    for line in lines:
        assert line["numbers"]
        rest = line["text"]
        for number in line["numbers"]:
            there = at(answer, number["key"])
            assert there == number["value"], number["key"]
            assert FORMS[number["form"]](there) == number["shown"]
            assert number["shown"] in line["text"]
            rest = rest.replace(number["shown"], "", 1)
        assert re.search(r"\d", rest) is None, f"an untraced number is left in {rest!r}"


def test_the_same_inputs_give_the_same_bytes_and_others_another_digest() -> None:
    def made(**other: Any) -> Briefing:
        asked = {
            "region": "country:LT", "cell_km": 80.0, "owner": "FR", "hours": 6.0, "title": None, "threads": 1,
            "policy": None, "debris": False, "decay_days": None, **other,
        }  # fmt: skip
        return compose_briefing(
            parse_region(asked["region"]), asked["cell_km"], fleet_of_owner(asked["owner"]),
            TimeSpan.of(START, hours=asked["hours"]), title=asked["title"], threads=asked["threads"],
            policy=asked["policy"], debris=asked["debris"], decay_days=asked["decay_days"],
        )  # fmt: skip

    first = made()
    assert orjson.dumps(briefing_answer(first)) == orjson.dumps(briefing_answer(made(threads=2)))
    others = [
        {"region": "country:LV"}, {"cell_km": 70.0}, {"owner": "IT"}, {"hours": 7.0}, {"title": "x"},
        {"policy": find_policy("cara")}, {"debris": True}, {"decay_days": 1.0},
    ]  # fmt: skip
    digests = {made(**other).inputs_digest for other in others} | {first.inputs_digest}
    assert len(digests) == len(others) + 1


def test_looks_are_when_any_part_is_in_view_and_hold_every_cell_once() -> None:
    intervals = plain_briefing().coverage.intervals
    looks = find_looks(intervals)
    for row in range(0, len(looks), max(1, len(looks) // 7)):
        mine = (
            (intervals.object_row == looks.object_row[row])
            & (intervals.start_s >= looks.start_s[row] - 1e-6) & (intervals.end_s <= looks.end_s[row] + 1e-6)
        )  # fmt: skip
        assert mine.any()
        cells = np.unique(intervals.cell_row[mine])
        assert looks.area_fraction[row] == pytest.approx(intervals.weights[cells].sum())
    assert (np.diff(looks.start_s) >= 0).all()


def test_the_longest_gaps_of_places_share_no_moment_and_begin_with_the_longest_of_all() -> None:
    found = plain_briefing()
    blind = found.blind_cells
    assert blind[0].length_s == pytest.approx(found.coverage.measures.max_gap_s)
    ordered = sorted(blind, key=lambda one: one.start_s)
    assert all(one.end_s <= other.start_s for one, other in itertools.pairwise(ordered))


def test_partners_never_take_away_and_the_core_must_be_part_of_the_fleet() -> None:
    answer = briefing_answer(with_partners())
    both = answer["partners"]
    assert both["with"]["covered_fraction"] >= both["without"]["covered_fraction"]
    assert both["with"]["covered_fraction"] == answer["coverage"]["measures"]["covered_fraction"]
    assert "and partners over" in answer["title"]
    with pytest.raises(InvalidValue, match="not in the whole fleet"):
        compose_briefing(
            parse_region("country:LT"), 80.0, fleet_of_owner("FR"), TimeSpan.of(START, hours=1),
            core=fleet_of_owner("IT"),
        )  # fmt: skip


def test_close_approaches_are_those_of_a_slow_search() -> None:
    whole = simulated_catalogue()
    own = np.flatnonzero(np.isin(whole.elements.norad_id, fleet_of_owner("FR").objects.elements.norad_id))
    some = whole[np.unique(np.concatenate([own, np.arange(0, len(whole), 30)]))]
    fleet = equip(of_list(whole.elements.norad_id[own].tolist(), some), mission="imaging")
    span, within, step = TimeSpan.of(START, hours=2), 50.0, 2.0
    found = close_approaches(fleet, span, within)
    grid = TimeGrid.over(span, step_s=step)
    places = propagate(some.elements, grid).position_teme_km
    slow = 0  # encounters that two-second steps show
    for row in fleet.rows.tolist():
        apart = np.linalg.norm(places - places[row], axis=2)
        lows = (apart[:, 1:-1] < apart[:, :-2]) & (apart[:, 1:-1] <= apart[:, 2:]) & (apart[:, 1:-1] < within)
        lows[row] = False
        for other, at_step in np.argwhere(lows).tolist():
            mine = {(row, other), (other, row)}
            same = [
                k for k in range(len(found))
                if (int(found.own_row[k]), int(found.other_row[k])) in mine
                and abs(found.tca_s[k] - (at_step + 1) * step) <= step
            ]  # fmt: skip
            assert len(same) == 1, (row, other)
            assert found.miss_distance_km[same[0]] <= apart[other, at_step + 1] + 1e-6
            slow += 1
    assert slow >= 3
    assert (np.diff(found.miss_distance_km) >= 0.0).all()
    assert np.allclose(np.linalg.norm(found.miss_rtn_km, axis=1), found.miss_distance_km, atol=1e-6)
    for k in range(min(len(found), 5)):
        times = Instants.after(span.start, [float(found.tca_s[k])])
        pair = [int(found.own_row[k]), int(found.other_row[k])]
        at_tca = propagate(some.elements[pair], times).position_teme_km[:, 0]
        assert np.linalg.norm(at_tca[1] - at_tca[0]) == pytest.approx(found.miss_distance_km[k], abs=1e-3)


def test_graded_conjunctions_are_those_of_alerts_check_on_the_same_objects() -> None:
    fleet, span = fleet_of_owner("FR"), TimeSpan.of(START, hours=6)
    assert not fleet.snapshot.decayed(span.start).any()
    for policy in (find_policy("miss-distance"), find_policy("iss")):  # a distance, and a box
        near, mine = threats_to(fleet, span, within_km=5.0, policy=policy, grade="green")
        theirs = check_alerts(mine.check.candidates, span, policy)
        assert mine.check.report.alerts.counts() == theirs.report.alerts.counts()
        one, other = (found.report.alerts.encounters for found in (mine.check, theirs))
        assert np.array_equal(one.miss_rtn_km, other.miss_rtn_km)
        assert np.array_equal(one.probability, other.probability, equal_nan=True)
        assert len(near) == len(close_approaches(fleet, span, 5.0))


def test_a_fleet_that_could_not_be_screened_is_never_said_to_meet_nobody() -> None:
    found = nobody_screened()
    assert found.conjunctions.fleet_skipped == found.approaches.fleet_skipped == len(found.coverage.fleet) > 0
    texts = [line.text for line in found.bottom_line]
    assert any("could be screened" in text for text in texts)
    assert not any("No conjunction" in text or "No other object" in text for text in texts)


def test_debris_is_the_exposure_of_the_fleet_and_its_parts_make_the_whole() -> None:
    found = threatened_briefing().exposure
    rates = found.risk.rates.per_year[found.rows]
    within = found.exposure.within_fleet_per_year  # counted for both of its objects
    assert found.collisions_per_year == pytest.approx(float(rates.sum()) - within, rel=1e-9)
    assert sum(found.exposure.by_class_per_year.values()) == pytest.approx(found.collisions_per_year, rel=1e-9)
    assert 0.0 < found.residual_per_year <= found.collisions_per_year
    assert (np.diff(rates) <= 0.0).all()
    assert 0.0 <= found.catastrophic_fraction <= 1.0


def test_what_may_come_down_is_due_within_the_days_and_the_rest_is_counted() -> None:
    found = threatened_briefing().decays
    windows, people = found.windows, found.population
    start = windows.start
    at_end = threatened_briefing().coverage.span.start.plus_s(found.days * 86400.0)
    assert all(start.plus_s(float(windows.earliest_days[k]) * 86400.0).seconds_since(at_end) <= 1.0 for k in found.due)
    large = ~found.in_fleet
    assert (people.mass_kg[large] >= 500.0).all()
    assert not people.is_manoeuvrable[large].any()
    assert (people.orbits.perigee_altitude_km[large] < 450.0).all()
    assert found.left_out["large objects with a perigee of 450 km or more"] > 0
    assert not found.reaches_region[np.degrees(people.orbits.inclination_rad) < 50.0].any()  # Lithuania begins at 53.9
    assert set(found.due_of_fleet) | set(found.due_large) == set(found.due)


@pytest.mark.parametrize("which", ["fleet", "large", "both", "nothing"])
def test_the_line_on_decays_gives_no_number_of_none(which: str) -> None:
    found = threatened_briefing().decays
    some, other = (found.windows.earliest_days.argsort()[k : k + 1] for k in range(2))
    in_fleet = np.zeros(len(found.in_fleet), dtype=bool)
    in_fleet[some] = True
    due = {"fleet": some, "large": other, "both": np.concatenate([some, other]), "nothing": some[:0]}[which]
    line = decays_line(replace(found, in_fleet=in_fleet, due=due), texts("en"))
    shown = {part.key: part.value for part in line.numbers if part.key.endswith("_due")}
    expected = {"fleet": ["fleet"], "large": ["large"], "both": ["fleet", "large"], "nothing": []}[which]
    assert shown == {f"decays.{name}_due": 1 for name in expected}
    assert ("none of them is due" in line.text) == ("fleet" not in expected)
    assert ("no object that nobody steers" in line.text) == ("large" not in expected)


def test_threats_that_changed_since_an_earlier_briefing_are_told() -> None:
    now = json.loads(orjson.dumps(briefing_answer(threatened_briefing())))
    assert now["conjunctions"]["alerts_found"] >= 3
    assert len(now["decays"]["large"]) >= 2
    before = json.loads(orjson.dumps(now))
    first, second, third = before["conjunctions"]["alerts"][:3]
    first["tca"] = "2026-01-01T20:00:00.000Z"  # another one, and over
    second["secondary_id"], second["secondary_name"] = 99_999, "SOMETHING ELSE"
    third["miss_distance_km"] += 1.0
    before["decays"]["large"][0] |= {"norad_id": 99_998, "name": "DOWN BY NOW"}
    before["debris"]["collisions_per_year"] *= 2.0
    told = since(before, now)
    assert {row["name"] for row in told["threats"]} == {"debris.collisions_per_year"}
    events = told["conjunctions"]
    alerts = now["conjunctions"]["alerts"]
    assert [row["tca"] for row in events["new"]] == [row["tca"] for row in alerts[:2]]
    assert [row["secondary_name"] for row in events["gone"]] == ["SOMETHING ELSE"]
    assert events["passed"] == 1
    assert events["still"][0]["miss_distance_km_before"] == pytest.approx(alerts[2]["miss_distance_km"] + 1.0)
    assert [row["name"] for row in told["decays"]["went"]] == ["DOWN BY NOW"]
    assert [row["norad_id"] for row in told["decays"]["came"]] == [now["decays"]["large"][0]["norad_id"]]
    assert any("SOMETHING ELSE" in line for line in told["said"])
    assert since(remembered(before), now) == told  # the short form says the same
    assert len(orjson.dumps(remembered(now))) < 30_000
    other = {**before, "conjunctions": {**before["conjunctions"], "policy": {"name": "other"}}}
    assert since(other, now)["conjunctions"] is None
    without = {**before, "conjunctions": None, "debris": None, "decays": None}
    told = since(without, now)
    assert (told["threats"], told["conjunctions"], told["decays"]) == ([], None, None)


@pytest.mark.parametrize("change", [
    {"conjunctions": {"alerts": [{"tca": "soon"}]}}, {"conjunctions": 5}, {"decays": {"fleet": [{"norad_id": "x"}]}},
    {"debris": {"collisions_per_year": "many"}},
])  # fmt: skip
def test_threats_of_an_earlier_briefing_that_are_none_are_refused(change: Any) -> None:
    now = briefing_answer(plain_briefing())
    with pytest.raises(InvalidValue, match="is no JSON answer of a briefing"):
        since({**now, **change}, now)


@pytest.mark.parametrize(("days", "reason"), [(0.0, "at most 366"), (367.0, "at most 366")])
def test_days_that_cannot_be_asked_are_refused(days: float, reason: str) -> None:
    with pytest.raises(InvalidValue, match=reason):
        compose_briefing(
            parse_region("country:LT"), 100.0, fleet_of_owner("FR"), TimeSpan.of(START, hours=1), decay_days=days
        )


@pytest.mark.parametrize("within_km", [0.0, -1.0, 51.0, float("nan")])
def test_a_distance_that_cannot_be_asked_is_refused(within_km: float) -> None:
    with pytest.raises(InvalidValue, match="at most 50 km"):
        close_approaches(fleet_of_owner(), TimeSpan.of(START, hours=1), within_km)


def test_tracks_are_of_those_that_see_most_and_reach_no_farther_than_the_horizon() -> None:
    found = plain_briefing()
    tracks = tracks_of(found.coverage, found.looks)
    assert 0 < len(tracks.tracks) <= tracks.looking
    for track in tracks.tracks:
        horizon_km = 6378.137 * float(np.arccos(6378.137 / (6378.137 + track.altitude_km.max())))
        assert 0.0 < track.reach_km <= horizon_km
        assert track.first_look_s is not None


def test_an_earlier_briefing_is_told_apart_by_measures_and_satellites() -> None:
    before = json.loads(orjson.dumps(briefing_answer(plain_briefing("FR"))))
    now = briefing_answer(plain_briefing("IT"))
    told = since(before, now)
    assert {row["name"] for row in told["measures"]} >= {"covered_fraction"}
    for row in told["measures"]:
        assert row["before"] == before["coverage"]["measures"][row["name"]]
        assert row["now"] == now["coverage"]["measures"][row["name"]]
    assert {row["norad_id"] for row in told["came"]} == {row["norad_id"] for row in now["coverage"]["fleet"]}
    assert "The catalogue is the same." in told["said"]
    same = since(before, before)
    assert (same["measures"], same["came"], same["went"]) == ([], [], [])


@pytest.mark.parametrize("broken", [
    None, [], 7, {"coverage": {}}, "text", {"start": 1}, {"coverage": {"fleet": [{"name": 5}]}},
])  # fmt: skip
def test_what_is_no_briefing_is_refused_as_an_earlier_one(broken: Any) -> None:
    before = briefing_answer(plain_briefing())
    with pytest.raises(InvalidValue, match="is no JSON answer of a briefing"):
        since({**before, **broken} if isinstance(broken, dict) else broken, before)


def test_a_briefing_on_another_region_is_refused() -> None:
    now = briefing_answer(plain_briefing())
    before = json.loads(orjson.dumps(now))
    before["coverage"]["region"]["name"] = "Elsewhere"
    with pytest.raises(InvalidValue, match="another region"):
        since(before, now)


def test_every_language_has_every_text_with_the_same_braces() -> None:
    english = texts("en")
    for words in LANGUAGES.values():
        assert set(words) == set(english)
        for name, text in words.items():
            braces = [sorted(re.findall(r"\{(\w+)\}", said)) for said in (text, english[name])]
            assert braces[0] == braces[1], name
    with pytest.raises(InvalidValue, match="choose from en"):
        texts("xx")
