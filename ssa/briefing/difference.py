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
    regions = (old["coverage"]["region"]["name"], now["coverage"]["region"]["name"])
    if regions[0] != regions[1]:
        raise InvalidValue("since", regions[0], f"is a briefing on another region than {regions[1]}")
    words = texts_of(language)
    measures = [
        {"name": name, "before": old["coverage"]["measures"][name], "now": now["coverage"]["measures"][name]}
        for name in MEASURES
    ]
    fleets = [{row["norad_id"]: row["name"] for row in answer["coverage"]["fleet"]} for answer in (old, now)]
    came = [{"norad_id": number, "name": name} for number, name in fleets[1].items() if number not in fleets[0]]
    went = [{"norad_id": number, "name": name} for number, name in fleets[0].items() if number not in fleets[1]]
    said = []
    for key, rows in (("since.came", came), ("since.went", went)):
        if rows:
            names = ", ".join(row["name"] for row in rows[:_MOST_NAMES])
            more = "" if len(rows) <= _MOST_NAMES else " ..."
            said.append(words[key].format(count=count(len(rows)), names=names + more))
    if not said:
        said.append(words["since.same_fleet"].format(count=count(len(fleets[1]))))
    same = old["catalogue"]["digest"] == now["catalogue"]["digest"]
    said.append(words["since.same_catalogue" if same else "since.new_catalogue"])
    return {
        "before_start": old["start"], "before_end": old["end"], "before_digest": old["inputs_digest"],
        "measures": [row for row in measures if row["before"] != row["now"]],
        "came": came, "went": went, "said": said,
    }  # fmt: skip


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
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        sound = False
    if not sound:
        reason = f"is no JSON answer of a briefing of format {FORMAT}; make one with --json"
        raise InvalidValue("since", str(before)[:80], reason)
    checked: Mapping[str, Any] = before
    return checked
