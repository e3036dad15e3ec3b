"""The charts of a briefing on threats: approaches by time and distance, collisions by owner, windows of decay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from api.scenes.briefing_charts import LEFT_PX, RIGHT_PX, TimeAxis
from api.scenes.chart import ALARM, DARK, INK, LIGHT, RULE, SOFT, WIDTH_PX, Chart, round_top
from orbits import Instant
from ssa.briefing.threats import CloseApproaches
from ssa.briefing.value import FORMS
from ssa.words import clock

_MOST_OWNERS, _LONGEST_NAME = 8, 28
_YELLOW = "#f2c230"
_DAY_STEPS = (1, 2, 5, 10, 14, 20, 30, 60, 90)


def approaches_chart(answer: Mapping[str, Any], near: CloseApproaches, title: str) -> str:
    """Every close approach: its time, and how near; graded ones by large marks."""
    graded = answer["conjunctions"]
    chart = Chart(title, 200.0)
    left, right, top, bottom = 56.0, WIDTH_PX - RIGHT_PX, 10.0, 170.0
    axis = TimeAxis(answer, left, right)
    axis.draw(chart, top, bottom)
    highest, step = round_top(near.within_km)
    level = 0.0
    while level <= highest + 1e-9:
        y = bottom - level / highest * (bottom - top)
        chart.line([(left, y), (right, y)], stroke=RULE, width=0.5)
        chart.text(f"{level:g}", left - 6.0, y + 4.0, size=11.0, anchor="end", fill=SOFT)
        level += step

    def height(miss_km: float) -> float:
        return bottom - miss_km / highest * (bottom - top)

    places = zip(near.tca_s.tolist(), near.miss_distance_km.tolist(), strict=True)
    dots = "".join(f"M{axis.at(time) - 1.1:.1f} {height(miss):.1f}h2.2" for time, miss in places)
    chart.path(dots, stroke=DARK, width=2.2)  # squares, in as few bytes as can be
    for row in reversed(graded["alerts"] if graded else []):
        if row["miss_distance_km"] <= near.within_km and row["grade"] != "green":
            x, y = axis.x(row["tca"]), height(row["miss_distance_km"])
            chart.dot(x, y, 5.6, INK)
            chart.dot(x, y, 4.4, ALARM if row["grade"] == "red" else _YELLOW)
    chart.line([(left, bottom), (right, bottom)])
    return chart.svg()


def debris_chart(answer: Mapping[str, Any], title: str) -> str:
    """Expected collisions a year with avoidance, by whose objects."""
    rows = sorted(
        answer["debris"]["to_whose_objects"], key=lambda row: (-row["residual_collisions_per_year"], row["owner"])
    )[:_MOST_OWNERS]
    row_px, top = 22.0, 6.0
    bottom = top + row_px * max(len(rows), 1)
    chart = Chart(title, bottom + 6.0)
    left, right = LEFT_PX + 30.0, WIDTH_PX - 150.0
    highest = max([row["residual_collisions_per_year"] for row in rows], default=0.0) or 1.0
    for place, row in enumerate(rows):
        y = top + row_px * place
        name = row["owner_name"] or row["owner"]
        said = name if len(name) <= _LONGEST_NAME else row["owner"]
        chart.text(said, left - 8.0, y + 15.0, anchor="end", most=_LONGEST_NAME)
        width = row["residual_collisions_per_year"] / highest * (right - left)
        chart.rect(left, y + 5.0, width, 12.0, DARK)
        chart.text(FORMS["once_in"](row["residual_collisions_per_year"]), left + width + 6.0, y + 15.0, size=10.5)
    chart.line([(left, top), (left, bottom)])
    return chart.svg()


def decays_chart(
    answer: Mapping[str, Any], fleet: Sequence[Mapping[str, Any]], large: Sequence[Mapping[str, Any]], title: str
) -> str:
    """The windows as bars against days from the window's start."""
    start, days = Instant.parse(answer["start"]), float(answer["decays"]["days"])
    rows = [*((row, DARK) for row in fleet), *((row, LIGHT) for row in large)]
    row_px, top = 20.0, 8.0
    bottom = top + row_px * len(rows)
    chart = Chart(title, bottom + 26.0)
    left, right = LEFT_PX + 20.0, WIDTH_PX - 30.0

    def x(time: str | None) -> float:
        if time is None:
            return right
        share = Instant.parse(time).days_since(start) / days
        return left + min(max(share, 0.0), 1.0) * (right - left)

    step = next((step for step in _DAY_STEPS if days / step <= 8), _DAY_STEPS[-1])
    for day in range(0, int(days) + 1, step):
        time = start.plus_s(day * 86400.0).isoformat(0)
        chart.line([(x(time), top), (x(time), bottom)], stroke=RULE, width=0.5)
        chart.text(clock(time).rpartition(" ")[0], x(time), bottom + 16.0, size=11.0, anchor="middle", fill=SOFT)
    for place, (row, ink) in enumerate(rows):
        y = top + row_px * place
        chart.text(row["name"], left - 8.0, y + 14.0, anchor="end", most=24, size=11.0)
        begin, end = x(row["earliest"]), x(row["latest"])
        chart.rect(begin, y + 5.0, max(end - begin, 1.5), 10.0, ink, INK)
        if row["middle"] is not None:
            middle = [(x(row["middle"]), y + 2.0), (x(row["middle"]), y + 18.0)]
            chart.line(middle, stroke="#ffffff", width=5.0)  # apart from a dark bar without colours, too
            chart.line(middle, stroke=ALARM, width=2.2)
    return chart.svg()
