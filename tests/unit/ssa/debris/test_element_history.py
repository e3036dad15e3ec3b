"""Earlier sets sorted out by object, and what they do to the drag."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from orbits import ElementSets, Instant
from ssa.catalogue.store import CatalogueStore
from ssa.debris.ballistics import BALLISTIC_BASES, ballistics_of
from ssa.debris.element_history import history_of
from tests.orbits_of_note import made_up

# Two sets of Kosmos 482 two years apart (tests/reference/test_reentries.py says whose they are).
FIRST = """1  6073U 72023E   23002.27791083  .00058038  63497-5  17711-3 0  9992
2  6073  52.0272 335.7777 1067120 299.8132  50.0834 13.74925322626299
"""
LAST = """1  6073U 72023E   25002.25894564  .00281450  96007-5  26991-3 0  9999
2  6073  51.9788 162.9677 0455091 357.5947   2.2848 15.25405973731352
"""


def sets(*texts: str) -> ElementSets:
    return ElementSets.read("".join(texts).encode())


def test_a_history_ends_with_the_set_that_is_served_and_holds_no_set_twice() -> None:
    served = sets(LAST)
    found = history_of(served, [sets(FIRST, LAST), sets(FIRST)])
    assert len(found) == 1
    assert found.sets == 3
    history = found.by_object[6073]
    assert history.epoch_jd_day.tolist() == sorted(history.epoch_jd_day.tolist())
    assert len(history) == 2
    assert history.epoch_jd_day[-1] == served.epoch_jd_day[0]
    assert found.left_out == {"the same set again": 2}


def test_newer_sets_and_those_of_other_objects_are_left_out_and_counted() -> None:
    other = made_up("OTHER", mean_motion=15.0, norad_id=7)
    found = history_of(sets(FIRST), [sets(LAST), other])
    assert len(found) == 0
    assert found.left_out == {"of other objects": 1, "newer than the catalogue's": 1}


def test_one_set_is_no_history() -> None:
    assert len(history_of(sets(LAST), [])) == 0


def test_history_goes_before_every_other_basis_of_drag() -> None:
    served = sets(LAST)
    without = ballistics_of(served)
    history = history_of(served, [sets(FIRST)]).by_object
    shares: list[float] = []
    found = ballistics_of(served, history=history, report=shares.append)
    assert BALLISTIC_BASES[without.basis[0]] == "mean motion rate"
    assert BALLISTIC_BASES[found.basis[0]] == "history"
    assert found.factor[0] < without.factor[0]
    assert shares == [1.0]


def test_a_history_of_days_without_observed_weather_has_the_wider_band() -> None:
    served = sets(LAST)
    columns = {name: getattr(served, name).copy() for name in ElementSets.column_names()}
    earlier = {**columns, "epoch_jd_day": columns["epoch_jd_day"] + 670.0}  # 2026-11
    late = {**columns, "epoch_jd_day": columns["epoch_jd_day"] + 700.0}
    late["mean_motion_rev_day"] = late["mean_motion_rev_day"] + 0.16
    pair = [ElementSets(**earlier), ElementSets(**late)]
    found = ballistics_of(pair[1], history=history_of(pair[1], pair[:1]).by_object)
    assert BALLISTIC_BASES[found.basis[0]] == "history"
    assert found.factor[0] == pytest.approx(1.4)


def test_the_database_gives_thinned_histories_as_they_were_known(tmp_path: Path) -> None:
    day = Instant.parse("2026-01-01T00:00:00Z")
    with CatalogueStore.open(f"sqlite:///{tmp_path / 'catalogue.sqlite3'}") as store:
        for passed in range(0, 60, 3):
            each = ElementSets.concatenate([
                made_up("ONE", mean_motion=15.0, norad_id=11), made_up("TWO", mean_motion=14.0, norad_id=12),
            ])  # fmt: skip
            columns = {name: getattr(each, name).copy() for name in ElementSets.column_names()}
            columns["epoch_jd_day"] = np.full(2, day.jd_day + passed)
            store.import_elements(
                ElementSets(**columns), source="made up", data_mode="REAL", at=day.plus_s(86400.0 * (passed + 1))
            )
        whole = store.element_histories([11], day.plus_s(86400.0 * 100))
        assert set(whole.norad_id.tolist()) == {11}
        assert len(whole) == 6  # days 2461041.5 to 2461098.5: one of each ten days
        assert np.diff(np.sort(whole.epoch_jd_day)).min() >= 3.0
        assert whole.epoch_jd_day.max() == day.jd_day + 57
        known = store.element_histories([11, 12], day.plus_s(86400.0 * 20))
        assert known.epoch_jd_day.max() == day.jd_day + 18  # what came in later was not known then
        assert len(store.element_histories([11], day.plus_s(86400.0 * 100), days=50.0)) < len(whole)
        assert len(store.element_histories([99], day)) == 0
