"""Three to five sentences that say what matters, each number traced to a key of the JSON answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from ssa.alerts.policies import GRADES
from ssa.briefing.decays import Decays
from ssa.briefing.exposure import FleetExposure
from ssa.briefing.threats import CloseApproaches, GradedConjunctions
from ssa.briefing.value import FORMS, ElementAges, Partners, Sentence, Traced
from ssa.coverage.blind_times import BlindTime
from ssa.coverage.question import Coverage
from ssa.owners import owners

Part = tuple[str, str, Any]  # key of the answer, form, value
PROBABILITY_METHOD = "Foster 1992"  # ssa.alerts.encounters


class Threats(NamedTuple):
    """What threatens the fleet's satellites; None where it was not asked for."""

    approaches: CloseApproaches | None = None
    conjunctions: GradedConjunctions | None = None
    exposure: FleetExposure | None = None
    decays: Decays | None = None


def say(texts: Mapping[str, str], name: str, /, **parts: Part) -> Sentence:
    """A sentence by its name in `texts`, with its parts shown in their forms."""
    traced = {
        brace: Traced(key, form, value, FORMS[form](value)) for brace, (key, form, value) in parts.items()
    }  # fmt: skip
    return Sentence(texts[name].format(**{brace: one.shown for brace, one in traced.items()}), tuple(traced.values()))


def bottom_line(
    coverage: Coverage, blind_cells: tuple[BlindTime, ...], ages: ElementAges, partners: Partners | None,
    texts: Mapping[str, str], threats: Threats | None = None,
) -> tuple[Sentence, ...]:  # fmt: skip
    """The sentences, the most important first; with threats to tell, the first look and the longest gap share one."""
    region: Part = ("coverage.region.name", "text", coverage.region.name)
    objects: Part = ("objects", "count", len(coverage.fleet))
    if not len(coverage.fleet):
        return (say(texts, "line.nobody", region=region, objects=objects),)
    seen = say(
        texts, "line.seen", region=region, objects=objects,
        covered=_measure(coverage, "covered_fraction", "percent"),
        seen=_measure(coverage, "seen_fraction", "percent"), window=("window_s", "duration", _span_s(coverage)),
    )  # fmt: skip
    told = [] if threats is None else _threats(coverage, threats, texts)
    gap, first = _gap(coverage, blind_cells, texts, short=len(told) > 1), _first(coverage, texts, short=len(told) > 1)
    when = [_joined(first, gap)] if len(told) > 1 else [gap, first]
    said = [seen, *when, _partners(partners, texts) if partners is not None else _loss(coverage, texts), *told]
    said.append(
        say(
            texts, "line.ages", median=("element_ages.median_days", "days", ages.median_days),
            farthest=("element_ages.farthest_days", "days", ages.farthest_days),
        )
    )  # fmt: skip
    return tuple(one for one in said if one is not None)[:5]


def _joined(*parts: Sentence | None) -> Sentence | None:
    """Sentences that stand under one number."""
    there = [part for part in parts if part is not None]
    if not there:
        return None
    return Sentence(" ".join(one.text for one in there), tuple(number for one in there for number in one.numbers))


def _first(coverage: Coverage, texts: Mapping[str, str], *, short: bool) -> Sentence | None:
    """When the first look comes; the longer form says when every place has been looked at, too."""
    look = coverage.next_look
    if look.first_object_row is None:
        return None
    wait: Part = ("coverage.next_look.first_wait_s", "duration", _seconds(look.first_wait_s))
    name: Part = (
        "coverage.next_look.first_name", "text", str(coverage.fleet.objects.elements.name[look.first_object_row])
    )  # fmt: skip
    now = _seconds(look.first_wait_s) == 0.0
    parts: dict[str, Part] = {"name": name} if now else {"wait": wait, "name": name}
    if short:
        return say(texts, "line.now_short" if now else "line.first_short", **parts)
    if look.all_seen_wait_s is not None:
        after: Part = ("coverage.next_look.all_seen_wait_s", "duration", _seconds(look.all_seen_wait_s))
        return say(texts, "line.now" if now else "line.first", **parts, all=after)
    unseen: Part = ("coverage.next_look.unseen_fraction", "percent", _fraction(look.unseen_fraction))
    return say(texts, "line.now_some" if now else "line.first_some", **parts, unseen=unseen)


def _gap(coverage: Coverage, blind: tuple[BlindTime, ...], texts: Mapping[str, str], *, short: bool) -> Sentence:
    if not blind:
        return say(texts, "line.no_gap")
    worst, start = blind[0], coverage.span.start
    assert worst.cell_row is not None
    at, row = "blind_times.places.0", worst.cell_row
    name = "line.gap_cut" if worst.cut_at_start or worst.cut_at_end else "line.gap"
    wait: dict[str, Part] = {} if short else {"wait": _measure(coverage, "mean_response_s", "duration")}
    return say(
        texts, f"{name}_short" if short else name, **wait,
        gap=(f"{at}.length_s", "duration", _seconds(worst.length_s)),
        latitude=(f"{at}.latitude_deg", "latitude", round(float(coverage.cells.latitude_deg[row]), 5)),
        longitude=(f"{at}.longitude_deg", "longitude", round(float(coverage.cells.longitude_deg[row]), 5)),
        start=(f"{at}.start", "clock", start.plus_s(worst.start_s).isoformat(3)),
        end=(f"{at}.end", "clock", start.plus_s(worst.end_s).isoformat(3)),
    )  # fmt: skip


def _loss(coverage: Coverage, texts: Mapping[str, str]) -> Sentence | None:
    part = coverage.contribution
    if part is None or len(part.names) < 2:
        return None
    # the order of the answer: the largest fair part first, then the code
    shapley = part.alone if part.shapley is None else part.shapley
    row = min(range(len(part.names)), key=lambda one: (-round(float(shapley[one]), 9), part.names[one]))
    code = part.names[row]
    named = owners()[code].name if code in owners() else None
    owner: Part = (
        ("coverage.contribution.0.owner_name", "text", named)
        if named is not None
        else ("coverage.contribution.0.owner", "text", code)
    )
    counts = Counter(one or "" for one in coverage.fleet.objects.owner)
    mine = counts[code] if code in counts else counts[""]  # those whose owner is not known have no code
    return say(
        texts, "line.loss", owner=owner, objects=("coverage.contribution.0.objects", "count", mine),
        lost=("coverage.contribution.0.marginal_fraction", "percent", _fraction(part.marginal[row])),
    )  # fmt: skip


def _partners(partners: Partners, texts: Mapping[str, str]) -> Sentence:
    found = partners.comparison
    shares: dict[str, Part] = {
        "before": ("partners.without.covered_fraction", "percent", _fraction(found.ours.covered_fraction)),
        "after": ("partners.with.covered_fraction", "percent", _fraction(found.together.covered_fraction)),
    }
    before: Part = ("partners.without.max_gap_s", "duration", _seconds(found.ours.max_gap_s))
    after: Part = ("partners.with.max_gap_s", "duration", _seconds(found.together.max_gap_s))
    if FORMS["duration"](before[2]) == FORMS["duration"](after[2]):
        return say(texts, "line.partners_same", **shares, gap_after=after)
    return say(texts, "line.partners", **shares, gap_before=before, gap_after=after)


def _threats(coverage: Coverage, threats: Threats, texts: Mapping[str, str]) -> list[Sentence | None]:
    """Conjunctions (or close approaches where they are not graded), and what years of debris and drag may bring."""
    said: list[Sentence | None] = []
    if threats.conjunctions is not None:
        said.append(_conjunctions(threats.conjunctions, threats.approaches, texts))
    elif threats.approaches is not None:
        said.append(_approaches(coverage, threats.approaches, texts))
    debris, met = None, threats.exposure
    if met is not None:
        debris = say(
            texts, "line.debris",
            once=("debris.collisions_per_year", "once_in", significant(met.collisions_per_year)),
            residual=("debris.residual_collisions_per_year", "once_in", significant(met.residual_per_year)),
        )  # fmt: skip
    both = _joined(debris, None if threats.decays is None else decays_line(threats.decays, texts))
    return said if both is None else [*said, both]


def _conjunctions(
    graded: GradedConjunctions, approaches: CloseApproaches | None, texts: Mapping[str, str]
) -> Sentence | None:
    alerts = graded.check.report.alerts
    places, counts = alerts.at_or_above(graded.grade), alerts.counts()
    unseen = _not_screened("conjunctions", graded.fleet_skipped, len(graded.check.candidates), texts)
    if graded.fleet_skipped >= len(graded.check.candidates):
        return unseen
    policy: Part = ("conjunctions.policy.title", "text", alerts.policy.title)
    if not len(places):
        grade: Part = ("conjunctions.grade", "text", graded.grade)
        none = say(texts, "line.no_alert", grade=grade, policy=policy)
        if approaches is None:
            return _joined(none, unseen)
        within: Part = ("close_approaches.within_km", "km", approaches.within_km)
        events: Part = ("close_approaches.found", "count", len(approaches))
        if not len(approaches):
            return _joined(none, say(texts, "line.approaches_none", miss=within), unseen)
        return _joined(none, say(texts, "line.approaches_short", events=events, miss=within), unseen)
    at, found, names = "conjunctions.alerts.0", alerts.encounters, alerts.encounters.elements.name
    first = int(places[0])
    probability = probability_told(float(found.probability[first]))
    parts: dict[str, Part] = {
        "red": ("conjunctions.counts.red", "count", counts["red"]),
        "yellow": ("conjunctions.counts.yellow", "count", counts["yellow"]), "policy": policy,
        "grade": (f"{at}.grade", "text", GRADES[alerts.grade[first]]),
        "primary": (f"{at}.primary_name", "text", str(names[found.primary_row[first]])),
        "secondary": (f"{at}.secondary_name", "text", str(names[found.secondary_row[first]])),
        "time": (f"{at}.tca", "clock", found.tca[first].isoformat(3)),
        "distance": (f"{at}.miss_distance_km", "km", round(float(found.miss_distance_km[first]), 6)),
        "probability": (f"{at}.probability", "probability", probability),
        "method": ("conjunctions.probability_method", "text", PROBABILITY_METHOD),
    }  # fmt: skip
    return _joined(say(texts, "line.alerts", **parts), unseen)


def _not_screened(key: str, count: int, objects: int, texts: Mapping[str, str]) -> Sentence | None:
    """That silence about some, or all, of the fleet says nothing."""
    if not count:
        return None
    name = "line.not_screened" if count < objects else "line.none_screened"
    parts: dict[str, Part] = {"count": (f"{key}.fleet_skipped", "count", count)}
    return say(texts, name, **parts)


def decays_line(found: Decays, texts: Mapping[str, str]) -> Sentence:
    """What may come down of the fleet, and of large objects that nobody steers; of none there is no number."""
    if not len(found.due):
        return say(texts, "line.no_decays", days=("decays.days", "number", found.days))
    parts: dict[str, Part] = {"days": ("decays.days", "number", found.days)}
    if len(found.due_of_fleet):
        parts["fleet"] = ("decays.fleet_due", "count", len(found.due_of_fleet))
    if len(found.due_large):
        over = int(found.reaches_region[found.due_large].sum())
        parts["large"] = ("decays.large_due", "count", len(found.due_large))
        parts["over"] = ("decays.large_due_reaching_region", "count", over)
    both = "fleet" in parts and "large" in parts
    return say(texts, "line.decays" if both else f"line.decays_{'fleet' if 'fleet' in parts else 'large'}", **parts)


def probability_told(value: float) -> float | None:
    """A probability to four digits, whatever its power of ten; None for NaN."""
    return None if value != value else float(f"{value:.3e}")


def significant(value: float, digits: int = 5) -> float:
    """A figure to so many significant digits, as answers on debris have it."""
    return float(f"{value:.{digits - 1}e}")


def _approaches(coverage: Coverage, found: CloseApproaches, texts: Mapping[str, str]) -> Sentence | None:
    within: Part = ("close_approaches.within_km", "km", found.within_km)
    unseen = _not_screened("close_approaches", found.fleet_skipped, len(coverage.fleet), texts)
    if unseen is not None and found.fleet_skipped >= len(coverage.fleet):
        return unseen
    if not len(found):
        return _joined(say(texts, "line.no_conjunction", miss=within), unseen)
    names, at = coverage.fleet.snapshot.elements.name, "close_approaches.closest.0"
    told = say(
        texts, "line.conjunction", events=("close_approaches.found", "count", len(found)), miss=within,
        distance=(f"{at}.miss_distance_km", "km", round(float(found.miss_distance_km[0]), 4)),
        primary=(f"{at}.primary_name", "text", str(names[found.own_row[0]])),
        secondary=(f"{at}.secondary_name", "text", str(names[found.other_row[0]])),
        time=(f"{at}.tca", "clock", coverage.span.start.plus_s(float(found.tca_s[0])).isoformat(3)),
    )  # fmt: skip
    return _joined(told, unseen)


def _measure(coverage: Coverage, name: str, form: str) -> Part:
    value = getattr(coverage.measures, name)
    return f"coverage.measures.{name}", form, _seconds(value) if name.endswith("_s") else _fraction(value)


def _span_s(coverage: Coverage) -> Any:
    return _seconds(coverage.span.duration_s)


def _seconds(value: float | None) -> Any:
    """As the answer has it: to a millisecond, so that what is shown is what the answer shows."""
    return None if value is None else round(float(value), 3)


def _fraction(value: float) -> float:
    """As the answer has it: to nine digits."""
    return round(float(value), 9)
