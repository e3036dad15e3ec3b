"""The SGP4/SDP4 core: records of constants, scalar states, and kernels that fill arrays."""

from orbits.sgp4_core.initialisation import initialise
from orbits.sgp4_core.status import STATUS_TEXT

__all__ = ["STATUS_TEXT", "initialise"]
