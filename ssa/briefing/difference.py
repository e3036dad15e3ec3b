"""What has changed since an earlier briefing: two JSON answers compared, whoever made the first one and when.

The earlier answer comes from a file, so nothing in it is believed but numbers and names of the keys it should have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from orbits.errors import InvalidValue
from orbits.times import Instant
from ssa.briefing.texts import texts as texts_of
from ssa.words import count

FORMAT = 1  # of the answer of a briefing; raise it when keys that are compared here change their meaning
MEASURES = (
    "covered_fraction", "seen_fraction", "mean_fold", "max_gap_s", "mean_gap_s", "mean_response_s", "max_response_s",
)  # fmt: skip
THREATS = (  # what is compared of the answers on threats, where both briefings have them
    "conjunctions.counts.red", "conjunctions.counts.yellow", "close_approaches.found", "debris.collisions_per_year",
    "debris.residual_collisions_per_year", "debris.objects_counted", "decays.fleet_due", "decays.large_due",
)  # fmt: skip
SAME_EVENT_S = 600.0  # newer element sets move a closest approach by seconds to minutes
_PAIR = ("primary_id", "secondary_id", "primary_name", "secondary_name", "tca", "grade", "miss_distance_km",
         "probability")  # fmt: skip
_MOST_NAMES = 5
_NUMBER = (int, float, type(None))


def since(before: Any, now: Mapping[str, Any], *, language: str = "en") -> dict[str, Any]:
    """The key `since` of a briefing's answer: measures before and now, satellites that came and went, in words too.

    Raises `InvalidValue` when `before` is no answer of a briefing, or one of another region.

    >>> since({}, {})
    Traceback (most recent call last):
        ...
    orbits.errors.InvalidValue: since: {}: is no JSON answer of a briefing of format 1; make one with --json
    """
    old = _checked(before)
    require_same_region(old, now["coverage"]["region"]["name"])
    words = texts_of(language)
    measures = [
        {"name": name, "before": old["coverage"]["measures"][name], "now": now["coverage"]["measures"][name]}
        for name in MEASURES
    ]
    fleets = [{row["norad_id"]: row["name"] for row in answer["coverage"]["fleet"]} for answer in (old, now)]
    came = [{"norad_id": number, "name": name} for number, name in fleets[1].items() if number not in fleets[0]]
    went = [{"norad_id": number, "name": name} for number, name in fleets[0].items() if number not in fleets[1]]
    said = [_counted(words[key], rows) for key, rows in (("since.came", came), ("since.went", went)) if rows]
    if not said:
        said.append(words["since.same_fleet"].format(count=count(len(fleets[1]))))
    events, decays = _events(old, now), _decays(old, now)
    if events is not None:
        lists = (("since.alerts_new", events["new"]), ("since.alerts_gone", events["gone"]))
        said += [_counted(words[key], rows) for key, rows in lists if rows]
        if events["passed"]:
            said.append(words["since.alerts_passed"].format(count=count(events["passed"])))
    if decays is not None:
        lists = (("since.decays_came", decays["came"]), ("since.decays_went", decays["went"]))
        said += [_counted(words[key], rows) for key, rows in lists if rows]
    same = old["catalogue"]["digest"] == now["catalogue"]["digest"]
    said.append(words["since.same_catalogue" if same else "since.new_catalogue"])
    return {
        "before_start": old["start"], "before_end": old["end"], "before_digest": old["inputs_digest"],
        "measures": [row for row in measures if row["before"] != row["now"]],
        "came": came, "went": went, "threats": _threats(old, now), "conjunctions": events, "decays": decays,
        "said": said,
    }  # fmt: skip


def remembered(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What `since` reads of an answer, and no more: some ten kilobytes to keep or to send with the next question."""
    coverage = answer["coverage"]
    kept: dict[str, Any] = {
        **{name: answer[name] for name in ("briefing_format", "inputs_digest", "start", "end")},
        "catalogue": {"digest": answer["catalogue"]["digest"]},
        "coverage": {
            "region": {"name": coverage["region"]["name"]},
            "measures": {name: coverage["measures"][name] for name in MEASURES},
            "fleet": [{"norad_id": row["norad_id"], "name": row["name"]} for row in coverage["fleet"]],
        },
        **{key: {} for key in ("conjunctions", "close_approaches", "debris", "decays") if answer.get(key) is not None},
    }
    for path in THREATS:
        value = _at(answer, path)
        if value is not None:
            *folders, last = path.split(".")
            place = kept
            for folder in folders:
                place = place.setdefault(folder, {})
            place[last] = value
    graded, decays = answer.get("conjunctions"), answer.get("decays")
    if graded is not None:
        kept["conjunctions"] |= {
            "policy": {"name": graded["policy"]["name"]}, "grade": graded["grade"],
            "alerts": [{name: row[name] for name in _PAIR} for row in graded["alerts"]],
        }  # fmt: skip
    if decays is not None:
        kept["decays"] |= {"days": decays["days"]} | {
            name: [{"norad_id": row["norad_id"], "name": row["name"]} for row in decays[name]]
            for name in ("fleet", "large")
        }
    return kept


def _counted(text: str, rows: list[dict[str, Any]]) -> str:
    names = ", ".join(row["name"] for row in rows[:_MOST_NAMES])
    return text.format(count=count(len(rows)), names=names + ("" if len(rows) <= _MOST_NAMES else " ..."))


def _at(answer: Any, path: str) -> Any:
    for part in path.split("."):
        answer = answer.get(part) if isinstance(answer, Mapping) else None
    return answer


def _threats(old: Any, now: Any) -> list[dict[str, Any]]:
    """Figures on threats that both have and that differ; grades only where one policy graded."""
    rows = []
    for path in THREATS:
        before, after = _at(old, path), _at(now, path)
        known = before is not None and after is not None and before != after
        if known and (not path.startswith("conjunctions") or _one_policy(old, now)):
            rows.append({"name": path, "before": before, "now": after})
    return rows


def _one_policy(old: Any, now: Any) -> bool:
    def asked(answer: Any) -> tuple[Any, Any]:
        return _at(answer, "conjunctions.policy.name"), _at(answer, "conjunctions.grade")

    return asked(old) == asked(now) != (None, None)


def _events(old: Any, now: Any) -> dict[str, Any] | None:
    """Graded conjunctions that are new, gone or otherwise graded; None where they cannot be compared."""
    if not _one_policy(old, now):
        return None
    before, after = old["conjunctions"]["alerts"], now["conjunctions"]["alerts"]
    start, matched, new, changed = Instant.parse(now["start"]), set(), [], []
    for row in after:
        same = next((k for k, one in enumerate(before) if k not in matched and _is_same(one, row)), None)
        if same is None:
            new.append(_event(row))
            continue
        matched.add(same)
        changed.append(_event(row) | {
            f"{name}_before": before[same][name] for name in ("grade", "miss_distance_km", "probability")
        })  # fmt: skip
    rest = [one for k, one in enumerate(before) if k not in matched]
    over = [one for one in rest if Instant.parse(one["tca"]).seconds_since(start) < 0.0]
    gone = [_event(one) for one in rest if one not in over]
    return {"new": new, "gone": gone, "still": changed, "passed": len(over)}


def _event(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": f"{row['primary_name']} / {row['secondary_name']}", **{name: row[name] for name in _PAIR}}


def _is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    pairs = [{row["primary_id"], row["secondary_id"]} for row in (one, other)]
    apart_s = Instant.parse(one["tca"]).seconds_since(Instant.parse(other["tca"]))
    return pairs[0] == pairs[1] and abs(apart_s) <= SAME_EVENT_S


def _decays(old: Any, now: Any) -> dict[str, Any] | None:
    """Objects that are newly due, and those that are no longer; None unless both looked equally far ahead."""
    if _at(old, "decays.days") is None or _at(old, "decays.days") != _at(now, "decays.days"):
        return None
    listed = [
        {row["norad_id"]: row["name"] for name in ("fleet", "large") for row in answer["decays"][name]}
        for answer in (old, now)
    ]
    came = [{"norad_id": number, "name": name} for number, name in listed[1].items() if number not in listed[0]]
    went = [{"norad_id": number, "name": name} for number, name in listed[0].items() if number not in listed[1]]
    return {"came": came, "went": went}


def require_same_region(before: Any, region: str) -> None:
    """Raise `InvalidValue` for what is no answer of a briefing, or one on another region."""
    theirs = _checked(before)["coverage"]["region"]["name"]
    if theirs != region:
        raise InvalidValue("since", theirs, f"is a briefing on another region than {region}")


def same_subject(answer: Any, region: str) -> Instant | None:
    """When the briefing of an answer begins; None when it is none, or on another region."""
    try:
        checked = _checked(answer)
    except InvalidValue:
        return None
    return Instant.parse(checked["start"]) if checked["coverage"]["region"]["name"] == region else None


def _checked(before: Any) -> Mapping[str, Any]:
    """The earlier answer; every key that is read is there and of its kind."""
    try:
        coverage = before["coverage"]
        texts = [before["inputs_digest"], before["catalogue"]["digest"], coverage["region"]["name"]]
        texts += [row["name"] for row in coverage["fleet"]]
        numbers = [coverage["measures"][name] for name in MEASURES]
        rows = [row["norad_id"] for row in coverage["fleet"]]
        for time in (before["start"], before["end"]):
            Instant.parse(time)
        sound = (
            before["briefing_format"] == FORMAT
            and all(isinstance(text, str) for text in texts)
            and all(isinstance(number, _NUMBER) and not isinstance(number, bool) for number in numbers)
            and all(isinstance(row, int) for row in rows)
            and _threats_sound(before)
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        sound = False
    if not sound:
        reason = f"is no JSON answer of a briefing of format {FORMAT}; make one with --json"
        raise InvalidValue("since", str(before)[:80], reason)
    checked: Mapping[str, Any] = before
    return checked


def _threats_sound(before: Mapping[str, Any]) -> bool:
    """Whether what is read of threats, where it is there, is of its kind; raises what the caller takes for no."""
    figures = [_at(before, path) for path in THREATS]
    sound = all(isinstance(number, _NUMBER) and not isinstance(number, bool) for number in figures)
    if before.get("conjunctions") is not None:
        for row in before["conjunctions"]["alerts"]:
            Instant.parse(row["tca"])
            texts = (row["primary_name"], row["secondary_name"], row["grade"], before["conjunctions"]["grade"],
                     before["conjunctions"]["policy"]["name"])  # fmt: skip
            numbers = (row["primary_id"], row["secondary_id"])
            sound &= all(isinstance(text, str) for text in texts) and all(isinstance(one, int) for one in numbers)
            sound &= all(isinstance(row[name], _NUMBER) for name in ("miss_distance_km", "probability"))
    if before.get("decays") is not None:
        rows = [row for name in ("fleet", "large") for row in before["decays"][name]]
        sound &= all(isinstance(row["norad_id"], int) and isinstance(row["name"], str) for row in rows)
        sound &= isinstance(before["decays"]["days"], _NUMBER)
    return bool(sound)
