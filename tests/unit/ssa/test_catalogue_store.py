"""The store: what is imported is served bit by bit, the same whatever the order, and as it was at any earlier time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orbits import ElementSets, Instant, InvalidValue, RefusedRecord
from ssa.catalogue.ownership import SatelliteFacts
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.catalogue.store import CatalogueStore
from ssa.errors import CatalogueError, EmptyCatalogue
from tests.made_up_sets import empty_database, made_up_facts, made_up_sets, snapshot_by_hand

DAY_1 = Instant.parse("2026-03-10T06:00:00Z")
DAY_2 = Instant.parse("2026-03-11T06:00:00Z")
DAY_3 = Instant.parse("2026-03-12T06:00:00Z")


@pytest.fixture
def store(tmp_path: Path):
    with CatalogueStore.open(empty_database(tmp_path / "catalogue.sqlite3")) as opened:
        yield opened


def take_in(store: CatalogueStore, elements: ElementSets, at: Instant = DAY_1, **said):
    return store.import_elements(elements, **{"source": "test", "data_mode": "REAL", "at": at, **said})


def one_set(number: int, **changes: object) -> ElementSets:
    elements = made_up_sets(1, first=number)
    return replace(elements, **{name: np.array([value], dtype=object) if isinstance(value, str) else np.array([value])
                                for name, value in changes.items()})  # fmt: skip


def test_what_was_imported_is_served_bit_by_bit(store):
    elements, facts = made_up_sets(300), made_up_facts(300)
    report = take_in(store, elements, facts=facts, sha256="ab" * 32, form="omm-csv")
    served = store.load_snapshot()
    expected = snapshot_by_hand(elements, facts)
    for name in ElementSets.column_names():
        assert np.array_equal(getattr(served.elements, name), getattr(elements, name)), name
    assert served.digest == expected.digest
    assert (served.as_of, served.data_mode, served.source) == (DAY_1, "REAL", "test")
    assert (report.sets_read, report.sets_new, report.sets_already_known, report.facts_new) == (300, 300, 0, 300)
    assert store.ingests() == (report,)


def test_the_newest_epoch_of_each_object_is_served_whatever_the_order_of_import(store, tmp_path):
    newer, older = made_up_sets(50, version=1), made_up_sets(80, version=0)
    take_in(store, newer)
    take_in(store, older, DAY_2)
    with CatalogueStore.open(empty_database(tmp_path / "other.sqlite3")) as other:
        take_in(other, older)
        take_in(other, newer, DAY_2)
        assert store.load_snapshot().digest == other.load_snapshot().digest
    served = store.load_snapshot().elements
    assert np.array_equal(served.epoch_jd_day[:50], newer.epoch_jd_day)
    assert np.array_equal(served.epoch_jd_day[50:], older.epoch_jd_day[50:])
    assert np.array_equal(store.element_history(7).epoch_jd_day, [older.epoch_jd_day[6], newer.epoch_jd_day[6]])
    assert len(store.element_history(4_000)) == 0


def test_importing_the_same_again_changes_nothing_and_says_so(store):
    take_in(store, made_up_sets(40))
    before = store.load_snapshot()
    report = take_in(store, made_up_sets(40), DAY_2)
    assert (report.sets_read, report.sets_new, report.sets_already_known) == (40, 0, 40)
    assert store.load_snapshot().digest == before.digest
    assert store.load_snapshot().as_of == DAY_2
    assert len(store.element_history(1)) == 1


def test_two_sets_of_one_epoch_are_both_kept_and_the_same_one_served_in_either_order(store, tmp_path):
    first, second = one_set(5, eccentricity=0.25), one_set(5, eccentricity=0.5)
    take_in(store, ElementSets.concatenate([first, second]))
    with CatalogueStore.open(empty_database(tmp_path / "other.sqlite3")) as other:
        take_in(other, second)
        take_in(other, first)
        assert store.load_snapshot().digest == other.load_snapshot().digest
    assert sorted(store.element_history(5).eccentricity) == [0.25, 0.5]


def test_an_earlier_snapshot_is_rebuilt_as_it_was_served(store):
    take_in(store, made_up_sets(30), DAY_1, facts=made_up_facts(30))
    first = store.load_snapshot()
    take_in(store, made_up_sets(40, version=1), DAY_2, source="second")
    store.import_facts(made_up_facts(35, version=2), source="satcat", at=DAY_2)
    second = store.load_snapshot()
    store.import_facts(SatelliteFacts.of([3], decay_date=["2026-03-11"]), source="satcat", at=DAY_3)
    take_in(store, made_up_sets(10, version=2), DAY_3)
    assert store.load_snapshot(DAY_1).digest == first.digest
    assert store.load_snapshot(DAY_2.plus_s(3600)).digest == second.digest
    assert store.load_snapshot(DAY_3).digest == store.load_snapshot().digest
    assert len({first.digest, second.digest, store.load_snapshot().digest}) == 3
    assert store.load_snapshot(DAY_2).source == "second, test"
    with pytest.raises(EmptyCatalogue, match=r"the first import was at 2026-03-10T06:00:00"):
        store.load_snapshot(Instant.parse("2026-01-01T00:00:00Z"))


def test_an_empty_catalogue_says_how_to_fill_it(store):
    with pytest.raises(EmptyCatalogue, match=r"ssa catalogue update.*ssa catalogue import FILE.*--source simulated"):
        store.load_snapshot()
    store.import_facts(made_up_facts(3), source="satcat", at=DAY_1)
    with pytest.raises(EmptyCatalogue):
        store.load_snapshot()


def test_silence_of_a_later_file_erases_no_fact(store):
    take_in(store, made_up_sets(3))
    store.import_facts(
        SatelliteFacts.of([1, 2], owner=["US", "FR"], launch_date=["1998-11-20", None], rcs_m2=[4.5, np.nan]),
        source="satcat", at=DAY_1,
    )  # fmt: skip
    report = store.import_facts(
        SatelliteFacts.of([1, 2, 3], owner=[None, "GER", None], decay_date=["2026-03-09", None, None]),
        source="status file", at=DAY_2,
    )  # fmt: skip
    served = store.load_snapshot()
    assert list(served.owner) == ["US", "GER", None]
    assert list(served.launch_date) == ["1998-11-20", None, None]
    assert list(served.decay_date) == ["2026-03-09", None, None]
    assert served.rcs_m2[0] == 4.5
    assert np.isnan(served.rcs_m2[1:]).all()
    assert (report.facts_read, report.facts_new) == (3, 3)
    again = store.import_facts(SatelliteFacts.of([1, 2], owner=["US", "GER"]), source="satcat", at=DAY_3)
    assert again.facts_new == 0


def test_objects_decayed_by_the_satellite_catalogue_stay_in_and_are_counted(store):
    take_in(store, made_up_sets(3), facts=SatelliteFacts.of([1, 2, 3], decay_date=["2026-03-09", None, "2026-04-01"]))
    served = store.load_snapshot()
    assert len(served) == 3
    assert list(served.decayed()) == [True, False, False]
    assert list(served.decayed(Instant.parse("2026-04-01T12:00:00Z"))) == [True, False, True]


def test_a_set_without_a_name_takes_it_from_the_satellite_catalogue_or_from_an_older_set(store):
    take_in(store, made_up_sets(3))
    nameless = replace(made_up_sets(4, version=1), name=np.array([""] * 4, dtype=object))
    take_in(store, nameless, DAY_2)
    assert list(store.load_snapshot().elements.name) == ["MADE UP 1", "MADE UP 2", "MADE UP 3", ""]
    store.import_facts(SatelliteFacts.of([2, 4], name=["TWO", "FOUR"]), source="satcat", at=DAY_3)
    assert list(store.load_snapshot().elements.name) == ["MADE UP 1", "TWO", "MADE UP 3", "FOUR"]
    assert list(store.load_snapshot(DAY_2).elements.name) == ["MADE UP 1", "MADE UP 2", "MADE UP 3", ""]


def test_simulated_sets_are_refused_where_real_ones_are_held(store):
    take_in(store, made_up_sets(5))
    before = store.load_snapshot().digest
    with pytest.raises(CatalogueError, match=r"holds real ones, and the two never mix; give another database"):
        take_in(store, made_up_sets(5, version=3), DAY_2, data_mode="SIMULATED")
    assert store.load_snapshot().digest == before
    assert [report.outcome for report in store.ingests()] == ["failed", "accepted"]


def test_real_sets_replace_simulated_ones_in_what_is_served(store):
    take_in(store, made_up_sets(9, version=5), data_mode="SIMULATED", facts=made_up_facts(9), source="made up")
    simulated = store.load_snapshot()
    assert (simulated.data_mode, len(simulated)) == ("SIMULATED", 9)
    real = made_up_sets(4)
    take_in(store, real, DAY_2)
    served = store.load_snapshot()
    assert served.digest == snapshot_by_hand(real).digest
    assert (served.data_mode, served.source) == ("REAL", "test")
    assert store.load_snapshot(DAY_1).digest == simulated.digest
    assert len(store.element_history(9)) == 0


def test_an_import_of_nothing_is_refused(store):
    with pytest.raises(InvalidValue, match="no set with a catalogue number"):
        take_in(store, made_up_sets(0))
    with pytest.raises(InvalidValue, match="no set with a catalogue number"):
        take_in(store, replace(made_up_sets(1), norad_id=np.array([0])))
    assert store.ingests() == ()


def test_a_set_without_a_catalogue_number_is_refused_and_its_neighbours_load(store):
    report = take_in(store, replace(made_up_sets(3), norad_id=np.array([7, 0, 999_999_999])))
    assert (report.sets_read, report.refused) == (2, 1)
    assert store.load_snapshot().elements.norad_id.tolist() == [7, 999_999_999]
    assert store.refused_records(report.ingest_id) == (RefusedRecord(0, None, "a catalogue number", "MADE UP 2"),)


def test_refused_records_are_kept_up_to_a_thousand_and_counted_to_the_last(store):
    refused = tuple(RefusedRecord(line, 3, "a digit", "x") for line in range(1, 1501))
    report = take_in(store, replace(made_up_sets(2), refused=refused))
    assert report.refused == 1500
    assert store.refused_records(report.ingest_id) == refused[:1000]


def test_odd_text_and_negative_zero_are_stored_in_a_form_that_comes_back_the_same(store):
    odd = replace(
        made_up_sets(4),
        name=np.array(["ÉTOILE 星 \U0001f6f0", "A\x1fB\x00C", "lone \udce9", "tab\there"], dtype=object),
        bstar_per_earth_radius=np.array([-0.0, 0.0, 5e-324, -1e300]),
    )
    take_in(store, odd)
    served = store.load_snapshot().elements
    assert list(served.name) == ["ÉTOILE 星 \U0001f6f0", "A?B?C", "lone ?", "tab?here"]
    assert np.signbit(served.bstar_per_earth_radius).tolist() == [False, False, False, True]
    assert served.bstar_per_earth_radius[2] == 5e-324
    assert take_in(store, odd, DAY_2).sets_new == 0
    store.check_integrity()


def test_a_store_opened_anew_serves_the_same(store, tmp_path):
    take_in(store, made_up_sets(20), facts=made_up_facts(20))
    digest = store.load_snapshot().digest
    store.close()
    with CatalogueStore.open(f"sqlite:///{tmp_path / 'catalogue.sqlite3'}") as again:
        assert again.load_snapshot().digest == digest


BATCHES = st.lists(
    st.tuples(
        st.lists(st.tuples(st.integers(1, 6), st.integers(0, 3), st.sampled_from([0.0, 0.5])), min_size=1, max_size=8),
        st.lists(
            st.tuples(st.integers(1, 6), st.sampled_from([None, "US", "FR"])), max_size=4, unique_by=lambda x: x[0]
        ),
    ),
    min_size=1,
    max_size=5,
)


def naive_snapshots(batches) -> list[CatalogueSnapshot]:
    """What is served after each batch, kept in a dictionary: the slow plain twin of recording and loading."""
    newest: dict[int, tuple[int, float]] = {}
    owner: dict[int, str] = {}
    served = []
    for sets, facts in batches:
        for number, day, eccentricity in sets:
            newest[number] = max(newest.get(number, (-1, 0.0)), (day, eccentricity))
        owner.update({number: code for number, code in facts if code is not None})
        parts = [sets_of([(number, *newest[number])]) for number in sorted(newest)]
        elements = ElementSets.concatenate(parts)
        owners = [owner.get(number) for number in sorted(newest)]
        served.append(snapshot_by_hand(elements, SatelliteFacts.of(elements.norad_id, owner=owners)))
    return served


def sets_of(rows) -> ElementSets:
    numbers, days, eccentricities = (np.array(column) for column in zip(*rows, strict=True))
    plain = made_up_sets(1)
    columns = {name: np.repeat(getattr(plain, name), len(rows)) for name in ElementSets.column_names()}
    columns |= {"norad_id": numbers, "epoch_jd_day": plain.epoch_jd_day[0] + days, "eccentricity": eccentricities}
    columns["element_set_number"] = (eccentricities * 2).astype(np.int64)  # ranks equal epochs as the twin does
    return ElementSets(**columns)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=BATCHES)
def test_any_imports_in_any_order_give_what_the_plain_twin_gives_now_and_at_every_earlier_time(
    tmp_path_factory, batches
):
    with CatalogueStore.open(empty_database(tmp_path_factory.mktemp("twin") / "c.sqlite3")) as store:
        expected = naive_snapshots(batches)
        for number, (sets, facts) in enumerate(batches):
            said = SatelliteFacts.of([n for n, _ in facts], owner=[code for _, code in facts]) if facts else None
            take_in(store, sets_of(sets), DAY_1.plus_s(3600.0 * number), facts=said)
            assert store.load_snapshot().digest == expected[number].digest
        for number, snapshot in enumerate(expected):
            assert store.load_snapshot(DAY_1.plus_s(3600.0 * number)).digest == snapshot.digest
        store.check_integrity()
