"""Every CDM of `data/cdm` (NASA CARA, public release): read, written, and read back the same."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest

from ssa import encounter_of, read_cdms, write_cdm
from tests.cdm_structure import check_kvn, check_xml

pytestmark = pytest.mark.real_data


def test_every_message_is_read_and_what_is_written_reads_back_the_same(shared: Path) -> None:
    files = sorted((shared / "data" / "cdm").glob("*/*.cdm"))
    noted = 0
    for file in files:
        (message,) = read_cdms(gzip.compress(file.read_bytes()))
        noted += bool(message.notes)
        assert message.unknown == ()
        assert encounter_of(message).has_velocity_covariance, file.name
        for form in ("kvn", "xml"):
            text = write_cdm(message, form)  # type: ignore[arg-type]
            (check_kvn if form == "kvn" else check_xml)(text)
            (again,) = read_cdms(text)
            assert again == replace(message, notes=()), (file.name, form)
    print(f"\n{len(files)} messages read, {noted} only leniently; each written as KVN and XML reads back the same")
    assert len(files) == 44


def test_nine_by_nine_covariances_are_kept(shared: Path) -> None:
    (message,) = read_cdms((shared / "data/cdm/samples/OmitronTestCase_Test07_NonPDCovariance.cdm").read_bytes())
    kept = message.objects[0].covariance_rtn_m2(8)
    assert kept is not None
    assert kept.shape == (8, 8)
    assert kept[7, 7] == message.objects[0].fields["CSRP_SRP"]
