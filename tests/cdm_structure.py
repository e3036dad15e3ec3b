"""A structural check of written CDMs, restated from the schema (ndmxml 4.0, ndmxml-4.0.0-cdm-1.0) and CCSDS 508.0-B-1.

The schema itself is not on this machine. On 2026-11-24 the 44 messages of data/cdm as written here were also read by
the package ccsds-ndm 3.1.1, whose models are generated from the schemas 1.0 and 4.0: all, in both forms, with the
order and the required elements of its models.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

HEADER = "COMMENT* CREATION_DATE ORIGINATOR MESSAGE_FOR? MESSAGE_ID"
RELATIVE = (
    "COMMENT* TCA MISS_DISTANCE RELATIVE_SPEED? relativeStateVector? START_SCREEN_PERIOD? STOP_SCREEN_PERIOD? "
    "SCREEN_VOLUME_FRAME? SCREEN_VOLUME_SHAPE? SCREEN_VOLUME_X? SCREEN_VOLUME_Y? SCREEN_VOLUME_Z? SCREEN_ENTRY_TIME? "
    "SCREEN_EXIT_TIME? COLLISION_PROBABILITY? COLLISION_PROBABILITY_METHOD?"
)
RELATIVE_STATE = (
    "RELATIVE_POSITION_R RELATIVE_POSITION_T RELATIVE_POSITION_N RELATIVE_VELOCITY_R RELATIVE_VELOCITY_T "
    "RELATIVE_VELOCITY_N"
)
METADATA = (
    "COMMENT* OBJECT OBJECT_DESIGNATOR CATALOG_NAME OBJECT_NAME INTERNATIONAL_DESIGNATOR OBJECT_TYPE? "
    "OPERATOR_CONTACT_POSITION? OPERATOR_ORGANIZATION? OPERATOR_PHONE? OPERATOR_EMAIL? EPHEMERIS_NAME "
    "COVARIANCE_METHOD MANEUVERABLE ORBIT_CENTER? REF_FRAME GRAVITY_MODEL? ATMOSPHERIC_MODEL? N_BODY_PERTURBATIONS? "
    "SOLAR_RAD_PRESSURE? EARTH_TIDES? INTRACK_THRUST?"
)
OD = (
    "COMMENT* TIME_LASTOB_START? TIME_LASTOB_END? RECOMMENDED_OD_SPAN? ACTUAL_OD_SPAN? OBS_AVAILABLE? OBS_USED? "
    "TRACKS_AVAILABLE? TRACKS_USED? RESIDUALS_ACCEPTED? WEIGHTED_RMS?"
)
ADDITIONAL = (
    "COMMENT* AREA_PC? AREA_DRG? AREA_SRP? MASS? CD_AREA_OVER_MASS? CR_AREA_OVER_MASS? THRUST_ACCELERATION? SEDR?"
)
STATE = "COMMENT* X Y Z X_DOT Y_DOT Z_DOT"
COVARIANCE = (
    "COMMENT* CR_R CT_R CT_T CN_R CN_T CN_N CRDOT_R CRDOT_T CRDOT_N CRDOT_RDOT CTDOT_R CTDOT_T CTDOT_N CTDOT_RDOT "
    "CTDOT_TDOT CNDOT_R CNDOT_T CNDOT_N CNDOT_RDOT CNDOT_TDOT CNDOT_NDOT CDRG_R? CDRG_T? CDRG_N? CDRG_RDOT? CDRG_TDOT? "
    "CDRG_NDOT? CDRG_DRG? CSRP_R? CSRP_T? CSRP_N? CSRP_RDOT? CSRP_TDOT? CSRP_NDOT? CSRP_DRG? CSRP_SRP? CTHR_R? CTHR_T? "
    "CTHR_N? CTHR_RDOT? CTHR_TDOT? CTHR_NDOT? CTHR_DRG? CTHR_SRP? CTHR_THR?"
)
CONTENT = {
    "cdm": "header body",
    "header": HEADER,
    "body": "relativeMetadataData segment segment",
    "relativeMetadataData": RELATIVE,
    "relativeStateVector": RELATIVE_STATE,
    "segment": "metadata data",
    "metadata": METADATA,
    "data": "COMMENT* odParameters? additionalParameters? stateVector covarianceMatrix",
    "odParameters": OD,
    "additionalParameters": ADDITIONAL,
    "stateVector": STATE,
    "covarianceMatrix": COVARIANCE,
}
UNITS = {
    "MISS_DISTANCE": "m", "RELATIVE_SPEED": "m/s", "RELATIVE_POSITION_R": "m", "RELATIVE_VELOCITY_N": "m/s", "X": "km",
    "Z_DOT": "km/s", "ACTUAL_OD_SPAN": "d", "RESIDUALS_ACCEPTED": "%", "AREA_PC": "m**2", "MASS": "kg",
    "CD_AREA_OVER_MASS": "m**2/kg", "THRUST_ACCELERATION": "m/s**2", "SEDR": "W/kg", "CN_T": "m**2",
    "CTDOT_N": "m**2/s", "CNDOT_TDOT": "m**2/s**2", "CDRG_N": "m**3/kg", "CSRP_RDOT": "m**3/(kg*s)",
    "CSRP_DRG": "m**4/kg**2", "CTHR_R": "m**2/s**2", "CTHR_NDOT": "m**2/s**3", "CTHR_SRP": "m**3/(kg*s**2)",
    "CTHR_THR": "m**2/s**4", "WEIGHTED_RMS": None, "COLLISION_PROBABILITY": None, "OBS_USED": None,
}  # fmt: skip


def _matches(names: list[str], content: str) -> bool:
    pattern = "".join(f"(?:{part.rstrip('*?')},){part[len(part.rstrip('*?')) :]}" for part in content.split())
    return re.fullmatch(pattern, "".join(f"{name}," for name in names)) is not None


def check_xml(text: str) -> None:
    """Elements, their order and number, and units. Raises `AssertionError`."""
    root = ElementTree.fromstring(text)
    assert root.tag == "cdm"
    assert root.attrib == {"id": "CCSDS_CDM_VERS", "version": "1.0"}
    for element in root.iter():
        children = [child.tag for child in element]
        if element.tag in CONTENT:
            assert _matches(children, CONTENT[element.tag]), (element.tag, children)
        else:
            assert not children, element.tag
            if element.tag in UNITS:
                assert element.attrib.get("units") == UNITS[element.tag], element.tag


def check_kvn(text: str) -> None:
    """Keywords, their order and units. Raises `AssertionError`."""
    assert text.isascii()
    names = []
    for line in text.splitlines():
        assert len(line) <= 254  # CCSDS 508.0-B-1, 6.2.1
        if line.startswith("COMMENT"):
            names.append("COMMENT")
            continue
        found = re.fullmatch(r"([A-Z0-9_]+) *= (.+?)(?: \[(.+)\])?", line)
        assert found, line
        names.append(found[1])
        if found[1] in UNITS:
            assert found[3] == UNITS[found[1]], line
    relative = RELATIVE.replace("relativeStateVector?", " ".join(f"{name}?" for name in RELATIVE_STATE.split()))
    part = f"{METADATA} {OD} {ADDITIONAL} {STATE} {COVARIANCE}"
    assert _matches(names, f"CCSDS_CDM_VERS {HEADER} {relative} {part} {part}"), names
