"""Navigation: satellites in view and dilution of precision of GPS, Galileo, GLONASS, BeiDou, QZSS and NavIC.

`navigation_of` answers the whole question; `dop_at` gives every value at sites or cells; `outage_over` compares a loss.
"""

from ssa.navigation.dop import Dops, dop_at
from ssa.navigation.measures import NavigationCoverage, navigation_over
from ssa.navigation.outage import Outage, outage_over
from ssa.navigation.question import NavigationAnswer, navigation_of
from ssa.navigation.systems import NavigationFleet, navigation_fleet, parse_systems

__all__ = [
    "Dops",
    "NavigationAnswer",
    "NavigationCoverage",
    "NavigationFleet",
    "Outage",
    "dop_at",
    "navigation_fleet",
    "navigation_of",
    "navigation_over",
    "outage_over",
    "parse_systems",
]
