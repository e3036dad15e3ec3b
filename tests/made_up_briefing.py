"""Briefings for tests: a simulated fleet over Lithuania, and one whose every name is hostile."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import shapely

from api.answers.briefing import briefing_answer
from api.scenes.briefing_content import Section, sections
from orbits import TimeSpan
from ssa.alerts.policies import find_policy, policy_of
from ssa.briefing import Briefing, compose_briefing
from ssa.briefing.texts import texts
from ssa.briefing.tracks import Tracks, tracks_of
from ssa.candidates import of_list, of_owner
from ssa.catalogue.simulated import simulated_catalogue
from ssa.catalogue.snapshot import CatalogueSnapshot
from ssa.regions import Region, parse_region
from ssa.sensor_fleets import SensorFleet, equip
from ssa.sensors import OffNadir, Sensor

HOSTILE = (
    '<script>document.title="taken"</script>', '"><img src=x onerror=alert(1)>', "</script></style></svg><b>x",
    "{{ 7*7 }}", "\u202ereversed \u2028 \x07 \x1b[2J", "Ökö Šč Ελ Жуков 衛星", "%s ${x} `y` \\", "'-alert(1)-'",
)  # fmt: skip
MARKING = 'EXERCISE <b>"only"</b> & more'
START = "2026-01-02T00:00:00Z"


def fleet_of_owner(owner: str = "FR") -> SensorFleet:
    """Simulated imaging satellites of an owner."""
    return equip(of_owner(owner, simulated_catalogue()), mission="imaging")


@cache
def plain_briefing(owner: str = "FR", hours: float = 12.0) -> Briefing:
    """A day's half over Lithuania, cells of 60 km."""
    return compose_briefing(
        parse_region("country:LT"), 60.0, fleet_of_owner(owner), TimeSpan.of(START, hours=hours), mission="imaging"
    )


@cache
def threatened_briefing(start: str = START, grade: str = "yellow") -> Briefing:
    """A fleet with everything that threatens it: graded conjunctions, debris and decays within a year."""
    policy = policy_of(
        {"name": "wide", "source": "made up", "screening_km": 20.0, "rank_by": "miss_distance",
         "red": [{"miss_at_most_km": 6.0}], "yellow": [{"miss_at_most_km": 15.0}]}, "made up",
    )  # fmt: skip
    return compose_briefing(
        parse_region("country:LT"), 100.0, fleet_of_owner("FR"), TimeSpan.of(start, hours=6), mission="imaging",
        miss_km=20.0, policy=policy, grade=grade, debris=True, decay_days=366.0,
    )  # fmt: skip


@cache
def hostile_briefing() -> Briefing:
    """Eight satellites with hostile names over a region with a hostile name, and what threatens them."""
    whole = simulated_catalogue()
    numbers = fleet_of_owner("FR").objects.elements.norad_id[: len(HOSTILE)]
    rows, _ = whole.rows_of(numbers)
    part = whole[rows]
    columns = {name: getattr(part.elements, name) for name in part.elements.column_names()}
    columns["name"] = np.array(HOSTILE, dtype=object)
    hostile = CatalogueSnapshot(
        elements=type(part.elements)(**columns), owner=part.owner, object_type=part.object_type,
        ops_status=part.ops_status, launch_date=part.launch_date, decay_date=part.decay_date, rcs_m2=part.rcs_m2,
        as_of=part.as_of, data_mode=part.data_mode, source="<i>made up</i>",
    )  # fmt: skip
    sensor = Sensor('<u>wide</u> "eye"', "access", OffNadir(45))
    fleet = equip(of_list(numbers.tolist(), hostile), sensor=sensor)
    region = Region('<h1>"Region" & {{ 1 }}</h1>', shapely.box(15, 45, 30, 60), ("<em>caveat</em>",))
    return compose_briefing(
        region, 150.0, fleet, TimeSpan.of(START, hours=12), title=HOSTILE[0], miss_km=50.0,
        policy=find_policy("miss-distance"), grade="green", debris=True, decay_days=366.0,
    )  # fmt: skip


def shown(found: Briefing, **options: Any) -> tuple[dict[str, Any], Tracks, tuple[Section, ...]]:
    """The answer, the tracks and the sections of a briefing."""
    answer = briefing_answer(found, **options)
    tracks = tracks_of(found.coverage, found.looks)
    return answer, tracks, sections(found, answer, tracks, texts())
