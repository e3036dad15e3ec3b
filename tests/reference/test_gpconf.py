"""The readers and the writer judged by gpconf 0.7.0, the public conformance kit for GP data (Apache-2.0).

Five of its eighteen cases can be run from what the package carries: the others need files that its user fetches from
CelesTrak. The frozen values of the real records of those other cases do ship, as decimal text; the second test below
writes them down in every form and reads them, which is not the kit's verdict but uses its answers.
"""

from __future__ import annotations

import csv
import io
import json
import warnings
from decimal import Decimal
from pathlib import Path
from typing import Any

import gpconf
import pytest
from gpconf import tle as kit_tle
from gpconf.runner import DEC_FIELDS, OPTIONAL_FIELDS, Runner

from orbits.formats import ElementRecord, read_records

from .gpconf_adapter import FIELDS, Parser, fields_of

CORPUS = Path(gpconf.__file__).parent / "corpus"
RUNNABLE = {
    "alpha5-encoding-vectors",
    "alpha5-tle-derived",
    "kvn-syntax-variants",
    "tle-writer-alpha5",
    "corrupt-input",
}


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    no_provider_files = tmp_path_factory.mktemp("no_provider_files")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the kit leaves the closing of its files to the interpreter
        results = Runner(Parser(), root=str(CORPUS), data=str(no_provider_files)).run()
    return {result.case_id: result for result in results}


def test_every_case_that_can_be_run_passes_exactly(verdicts: dict[str, Any]) -> None:
    statuses = {case: result.status for case, result in verdicts.items()}
    assert {case for case, status in statuses.items() if status == "pass"} == RUNNABLE
    assert not {case for case, status in statuses.items() if status in ("fail", "pass-tolerance", "skip")}


def test_no_item_of_any_case_fails_or_is_passed_over(verdicts: dict[str, Any]) -> None:
    items = [item for result in verdicts.values() for item in result.items]
    assert not [(item.check, item.detail) for item in items if item.status in ("fail", "skip", "pass-tolerance")]
    assert sum(item.status == "pass" for item in items) >= 70


def frozen_records() -> list[dict[str, Any]]:
    records = []
    for case in sorted((CORPUS / "fixtures").iterdir()):
        expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
        if expected["kind"] == "gp":
            records += [record["canonical"] for record in expected["records"]]
    return records


def keywords_of(record: dict[str, Any]) -> dict[str, str]:
    return {keyword: str(value) for keyword, value in kit_tle.omm_fields_from_record(record).items()}


def as_csv(records: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(records[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue()


def as_kvn(records: list[dict[str, str]]) -> str:
    heads = ({"CCSDS_OMM_VERS": "2.0", **record} for record in records)
    return "".join(f"{keyword} = {value}\r\n" for record in heads for keyword, value in record.items())


def as_xml(records: list[dict[str, str]]) -> str:
    messages = ("".join(f"<{keyword}>{value}</{keyword}>" for keyword, value in record.items()) for record in records)
    return f"<ndm>{''.join(f'<omm>{message}</omm>' for message in messages)}</ndm>"


@pytest.mark.parametrize("write", [as_csv, json.dumps, as_kvn, as_xml])
def test_the_frozen_values_of_the_other_cases_are_read_exactly(write: Any) -> None:
    frozen = frozen_records()
    assert len(frozen) > 900
    reading = read_records(write([keywords_of(record) for record in frozen]).encode())
    assert reading.refused == []
    for record, want in zip(reading.records, frozen, strict=True):
        assert_same(record, want)


def assert_same(record: ElementRecord, want: dict[str, Any]) -> None:
    got = fields_of(record)
    assert got["epoch"].isoformat(timespec="microseconds").removesuffix("+00:00") == want["epoch"]
    for field in FIELDS:
        if field in DEC_FIELDS:
            assert Decimal(repr(got[field])) == Decimal(want[field]), (field, want)
        elif field in want and (want[field] is not None or field not in OPTIONAL_FIELDS):
            assert got[field] == want[field], (field, want)
