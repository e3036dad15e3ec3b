"""Status of one state: 0 is a usable state, 1 to 6 are Vallado's SGP4 error codes, above 6 our own.

Source: AIAA 2006-6753, Revisiting Spacetrack Report #3, appendix B; code 5 (sub-orbital at epoch) has not been
raised since that report's corrections of 2006, and is kept so that old lists can be read.
"""

from __future__ import annotations

OK = 0
MEAN_ECCENTRICITY = 1
MEAN_MOTION = 2
PERTURBED_ECCENTRICITY = 3
SEMI_LATUS_RECTUM = 4
SUBORBITAL_EPOCH = 5
DECAYED = 6
NOT_SGP4 = 7
NOT_FINITE = 8

STATUS_TEXT = {
    OK: "ok",
    MEAN_ECCENTRICITY: "mean eccentricity outside 0 to 1",
    MEAN_MOTION: "mean motion not positive",
    PERTURBED_ECCENTRICITY: "perturbed eccentricity outside 0 to 1",
    SEMI_LATUS_RECTUM: "semi-latus rectum negative",
    SUBORBITAL_EPOCH: "sub-orbital at epoch",
    DECAYED: "decayed: the orbit lies below the Earth's surface",
    NOT_SGP4: "ephemeris type 4 (SGP4-XP) cannot be propagated with SGP4",
    NOT_FINITE: "element set gives no finite state",
}
