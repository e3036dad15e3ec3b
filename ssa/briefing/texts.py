"""Every text of a briefing, gathered so that another language is another mapping with the same keys.

Braces hold numbers and names that the sentence is given; the words around them are all that is translated.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from orbits.errors import InvalidValue

_ENGLISH = {
    # the bottom line; every brace is traced to a key of the JSON answer
    "line.seen": "{region}: {objects} satellites have {covered} of its area in view at any moment, on average, and see "
    "{seen} of it at least once within {window}.",
    "line.nobody": "{region}: nobody of this fleet can look at it; {objects} satellites have a fitting sensor.",
    "line.gap": "The longest time in which a place is unseen is {gap}, at {latitude} {longitude}, from {start} to "
    "{end} UTC; a request made at a random moment waits {wait} on average.",
    "line.gap_cut": "The longest time in which a place is unseen is at least {gap} (the window ends it), at {latitude} "
    "{longitude}, from {start} to {end} UTC; a request made at a random moment waits {wait} on average.",
    "line.no_gap": "No place is unseen at any time of the window.",
    "line.first": "The first look comes after {wait}, by {name}; after {all} every place has been looked at.",
    "line.first_some": "The first look comes after {wait}, by {name}; {unseen} of the region is not looked at at all.",
    "line.now": "{name} looks at the region as the window begins; after {all} every place has been looked at.",
    "line.now_some": "{name} looks at the region as the window begins; {unseen} of it is not looked at at all.",
    "line.loss": "The largest part is that of {owner} ({objects} satellites): without it, {lost} of the region's area "
    "and time would no longer be in view.",
    "line.partners_same": "With partners the share in view rises from {before} to {after}; the longest gap "
    "stays {gap_after}.",
    "line.partners": "With partners the share in view rises from {before} to {after}, and the longest gap goes from "
    "{gap_before} to {gap_after}.",
    "line.conjunction": "{events} times another object comes within {miss} km of these satellites; the closest are "
    "{primary} and {secondary}, {distance} km on {time} UTC by their element sets.",
    "line.no_conjunction": "No other object comes within {miss} km of these satellites in the window.",
    "line.first_short": "The first look comes after {wait}, by {name}.",
    "line.now_short": "{name} looks at the region as the window begins.",
    "line.gap_short": "The longest time in which a place is unseen is {gap}, at {latitude} {longitude}, from {start} "
    "to {end} UTC.",
    "line.gap_cut_short": "The longest time in which a place is unseen is at least {gap} (the window ends it), at "
    "{latitude} {longitude}, from {start} to {end} UTC.",
    "line.alerts": "Conjunctions of these satellites, graded by the policy {policy}: {red} red, {yellow} yellow. The "
    "gravest ({grade}) is {primary} and {secondary} on {time} UTC: {distance} km apart by their element sets, "
    "probability {probability} ({method}, with covariances assumed by age).",
    "line.no_alert": "No conjunction of these satellites is graded {grade} or graver by the policy {policy}.",
    "line.approaches_short": "{events} times another object comes within {miss} km of them.",
    "line.approaches_none": "No other object comes within {miss} km of them.",
    "line.not_screened": "{count} of them could not be screened for all of the window: of these nothing is known.",
    "line.none_screened": "None of these {count} satellites could be screened for conjunctions: their element sets are "
    "too far from the window, or give no state.",
    "line.no_decays": "Within {days} days none of them is due to come down, and no object that nobody steers and that "
    "counts as large.",
    "line.debris": "Over the years, a collision of any of these satellites with a catalogued object is expected "
    "{once} if nobody avoids, {residual} with avoidance.",
    "line.decays": "Within {days} days, {fleet} of them may come down unless they are raised, as may {large} "
    "objects that nobody steers and that count as large, {over} of them on orbits that reach the region.",
    "line.decays_fleet": "Within {days} days, {fleet} of them may come down unless they are raised; no object that "
    "nobody steers and that counts as large is due.",
    "line.decays_large": "Within {days} days none of them is due to come down; of objects that nobody steers and that "
    "count as large, {large} may, {over} of them on orbits that reach the region.",
    "line.ages": "The epochs of the element sets used lie {median} from the window's start in the median, and "
    "{farthest} at most.",
    # headings and captions
    "title": "{asked} over {region}",
    "title.partners": "{asked} and partners over {region}",
    "part.bottom_line": "Bottom line",
    "part.since": "Since the last briefing",
    "part.globe": "The region and who looks at it",
    "part.coverage": "Coverage",
    "part.gaps": "Gaps",
    "part.contribution": "Who adds what, and what if",
    "part.looks": "Looks at the region",
    "part.conjunctions": "Conjunctions",
    "part.debris": "Debris exposure",
    "part.decays": "What may come down",
    "part.ages": "Age of the element sets",
    "part.method": "Method and limits",
    "part.inputs": "Inputs",
    "figure.globe": "Satellites in motion, their ground tracks (thin), the ground that each can look at, and the "
    "region. Drag to turn, wheel to zoom; the bar sets the time.",
    "figure.globe_flat": "Ground tracks of the {count} satellites that see most of the region, each for one turn from "
    "the window's start, and the region.",
    "figure.globe_none": "The region.",
    "figure.map": "Share of the window in which a place is in view, by place.",
    "figure.timeline": "Share of the region's area in view (dark, left scale), and seen at least once up to then "
    "(line, right scale).",
    "figure.contribution": "Share of area and time in view: fair part (Shapley value, dark) and alone (light), by "
    "owner.",
    "figure.loss": "Share in view after the loss of satellites: the worst ones one by one (dark), and random ones, "
    "the mean of {orders} orders (light).",
    "figure.looks": "Every look at any part of the region, by owner. Grey: no part of the region is in view.",
    "figure.conjunctions": "Every approach within {within} km: its time and its distance (km). Large marks are graded "
    "conjunctions: dark red, light yellow.",
    "figure.debris": "Expected collisions with avoidance, by whose objects they are with.",
    "figure.decays": "When they may be down: from the early end of the window to its late end, the middle marked; bars "
    "that reach the right edge go on beyond it. Dark: satellites of the fleet. Light: large objects.",
    "figure.ages": "Satellites by the age of their element set: days between its epoch and the window's start.",
    "table.gaps_region": "Longest times in which no part of the region is in view",
    "table.gaps_cells": "Longest times in which a place is unseen, one place for each time",
    "table.looks": "The first {shown} of {found} looks",
    "table.owners": "Owners",
    "table.losses": "Losses, the worst first",
    "table.partners": "With and without partners",
    "table.oldest": "Oldest element sets",
    "table.conjunctions": "The closest {shown} of {found} approaches within {within} km",
    "table.alerts": "The gravest {shown} of {found} conjunctions graded {grade} or graver",
    "table.debris": "With whose objects, expected collisions in 1,000 years",
    "table.exposed": "The {shown} most exposed satellites of {found}, expected collisions in 1,000 years",
    "table.decays_fleet": "Satellites of the fleet that may come down within {days} days: {shown} of {found}",
    "table.decays_large": "Large objects that nobody steers and that may come down within {days} days: {shown} of "
    "{found}",
    "table.sensors": "Sensors",
    "table.left_out": "Left out",
    "none.gaps_region": "At every moment some part of the region is in view.",
    "none.gaps_cells": "No place is ever unseen.",
    "none.conjunctions": "No other object comes within {within} km in the window.",
    "none.alerts": "No conjunction is graded {grade} or graver.",
    "none.decays": "Nothing that was looked at is due within {days} days.",
    "none.looks": "There is no look in the window.",
    "none.contribution": "There is nobody whose part could be told.",
    # columns
    "column.measure": "Measure", "column.value": "Value", "column.before": "Before", "column.now": "Now",
    "column.start": "From (UTC)", "column.end": "To (UTC)", "column.length": "Length", "column.place": "Where",
    "column.object": "Satellite", "column.owner": "Owner", "column.sensor": "Sensor", "column.area": "Area seen",
    "column.objects": "Satellites", "column.alone": "Alone", "column.lost": "Lost without",
    "column.shapley": "Fair part", "column.left": "Share left", "column.age": "Age", "column.basis": "Basis",
    "column.rule": "Rule", "column.reason": "Reason", "column.count": "Count", "column.without": "Without",
    "column.with": "With", "column.cut": "cut by the window", "column.losses": "Lost", "column.last": "Last one lost",
    "column.time": "Time (UTC)", "column.ages": "Ages", "column.miss": "Miss", "column.speed": "Speed",
    "column.other": "Other object", "column.grade": "Grade", "column.probability": "Probability",
    "column.most": "At most", "column.orbit": "Orbit (km)", "column.unavoided": "Nobody avoids",
    "column.avoided": "With avoidance", "column.break": "Break-up", "column.early": "Early", "column.middle": "Middle",
    "column.late": "Late", "column.steers": "Steers", "column.mass": "Mass", "column.kind": "Object",
    "column.over": "Reaches region", "column.others": "others",
    "word.yes": "yes", "word.no": "no", "word.later": "later", "word.nothing": "nothing",
    # measures
    "measure.covered_fraction": "In view, share of area and time",
    "measure.seen_fraction": "Seen at least once, share of area",
    "measure.always_covered_fraction": "Never out of view, share of area",
    "measure.mean_fold": "Satellites in view at once, mean",
    "measure.max_fold": "Satellites in view at once, most",
    "measure.accesses": "Looks at a place, mean",
    "measure.max_gap_s": "Longest gap, worst place",
    "measure.mean_max_gap_s": "Longest gap, mean over the area",
    "measure.mean_gap_s": "Gap, mean",
    "measure.mean_revisit_s": "Revisit, mean",
    "measure.mean_response_s": "Wait for a look, mean",
    "measure.max_response_s": "Wait for a look, longest",
    "measure.time_average_gap_s": "Time average gap",
    "measure.all_seen_after_s": "Until all was seen",
    "measure.objects": "Satellites with a sensor",
    "measure.conjunctions.counts.red": "Conjunctions graded red",
    "measure.conjunctions.counts.yellow": "Conjunctions graded yellow",
    "measure.close_approaches.found": "Close approaches",
    "measure.debris.collisions_per_year": "Collisions, nobody avoiding",
    "measure.debris.residual_collisions_per_year": "Collisions, with avoidance",
    "measure.debris.objects_counted": "Objects counted for debris",
    "measure.decays.fleet_due": "Satellites that may come down",
    "measure.decays.large_due": "Large objects that may come down",
    # the frame
    "frame.window": "{start} to {end} UTC",
    "frame.simulated": "SIMULATED CATALOGUE",
    "frame.catalogue": "Catalogue {data_mode} as of {as_of}, {objects} objects",
    "frame.page": "Page {page} of {pages}",
    "frame.made": "allied-ssa {version}; inputs {digest}",
    "frame.no_globe": "The globe needs WebGL, which this browser does not give; the map below shows the same.",
    "frame.play": "Play", "frame.pause": "Pause", "frame.time": "Time", "frame.speed": "Speed",
    "frame.credits": "CesiumJS (Apache-2.0); Natural Earth II and Natural Earth 1:50 million (public domain), no "
    "statement on borders",
    "method.conjunctions": "Approaches are found among {searched} objects with SGP4; pairs that stay together "
    "({stays}) are left out, as are {decayed} objects that have decayed; {skipped} others could not be screened for "
    "all of the window. An element set is no better than about a kilometre: a small distance says that two objects "
    "come near, no more, and nothing here supports a manoeuvre.",
    "method.alerts": "Policy {policy}: {red} red, {yellow} yellow and {green} green conjunctions. Probabilities are "
    "those of {method} in the encounter plane, with covariances assumed by kind of orbit and age; At most is the "
    "largest that any size of the covariance gives. Left out: {left_out}.",
    "method.debris": "{objects} satellites among {counted} catalogued objects: {once} if nobody avoids "
    "(within constellations an upper bound), {residual} where {failure} of the collisions with what steers remain. "
    "{catastrophic} of the collisions would break both up; {inferred} of the rate rests on sizes that are inferred. "
    "Averages over years, good to a factor of two.",
    "method.decays": "Looked at: the fleet, and objects of half a tonne and more that nobody steers with a perigee "
    "below 450 km; {looked} objects; a mass with ? is no more than the default of its class. Windows are as "
    "wide as drag and the Sun may be wrong; who manoeuvres can stay up. "
    "Not looked at: {left_out}.",
    "method.access": "An access is a chance to look, told by geometry from public element sets with SGP4, place by "
    "place, at {cells} points; it is no promise that anybody looked.",
    "method.age": "An element set is good to about a kilometre at its epoch and loses accuracy with every day.",
    "inputs.window": "Window: {start} to {end}.",
    "inputs.region": "Region: {name}, {area} km² at {cells} points.",
    "inputs.fleet": "Fleet: {asked}; mission: {mission}; question: {use}.",
    "inputs.catalogue": "Catalogue: {mode}, as of {as_of}, {objects} objects, {source}.",
    "inputs.catalogue_digest": "Digest of the catalogue: {digest}",
    "inputs.digest": "Digest of all inputs: {digest} (allied-ssa {version})",
    "since.came": "New in the fleet, {count}: {names}.",
    "since.went": "No longer in the fleet, {count}: {names}.",
    "since.same_fleet": "The fleet is the same, {count} satellites.",
    "since.same_catalogue": "The catalogue is the same.",
    "since.new_catalogue": "The catalogue is another one.",
    "since.alerts_new": "New among the graded conjunctions, {count}: {names}.",
    "since.alerts_gone": "No longer graded so, {count}: {names}.",
    "since.alerts_passed": "Of the graded conjunctions then, {count} are over.",
    "since.decays_came": "Newly due to come down, {count}: {names}.",
    "since.decays_went": "No longer due, or down, {count}: {names}.",
    "since.table": "Against the briefing for {start} to {end} UTC",
    "method.same": "The same inputs give the same briefing: the digest names them.",
}  # fmt: skip
LANGUAGES: Mapping[str, Mapping[str, str]] = MappingProxyType({"en": MappingProxyType(_ENGLISH)})


def texts(language: str = "en") -> Mapping[str, str]:
    """The texts of a language; raises `InvalidValue` for one that is not there."""
    if language not in LANGUAGES:
        raise InvalidValue("language", language, f"is not there; choose from {', '.join(LANGUAGES)}")
    return LANGUAGES[language]
