"""The charts of a briefing, from its JSON answer: against time, by owner, after losses, by age."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from api.scenes.chart import ALARM, DARK, GREY, INK, LIGHT, RULE, SOFT, WIDTH_PX, Chart, round_top
from orbits import Instant
from ssa.briefing.value import Briefing
from ssa.owners import owners
from ssa.words import clock, count, percent

LEFT_PX, RIGHT_PX = 150.0, 16.0
_MOST_OWNERS = 12
Bar = tuple[float, float, float, float]  # x, y, width, height
_HOUR_STEPS = (1, 2, 3, 4, 6, 12, 24, 48, 96, 168)


def owner_name(code: str | None) -> str:
    if code is None or code not in owners():
        return code or "?"
    return owners()[code].name


class TimeAxis:
    """Times of the window to pixels, with a tick at round hours of UTC."""

    def __init__(self, answer: Mapping[str, Any], left: float, right: float) -> None:
        self.start, self.length_s = Instant.parse(answer["start"]), float(answer["window_s"])
        self.left, self.right = left, right

    def x(self, time: str) -> float:
        return self.at(Instant.parse(time).seconds_since(self.start))

    def at(self, seconds: float) -> float:
        return self.left + min(max(seconds / self.length_s, 0.0), 1.0) * (self.right - self.left)

    def draw(self, chart: Chart, top: float, bottom: float) -> None:
        hours = self.length_s / 3600.0
        step = next((step for step in _HOUR_STEPS if hours / step <= 9), _HOUR_STEPS[-1])
        first_h = -(-(self.start.day_fraction * 24.0 + 1e-9) // step) * step - self.start.day_fraction * 24.0
        at = first_h if first_h > 1e-6 else 0.0
        while at <= hours + 1e-9:
            time = self.start.plus_s(round(at * 3600.0, 3)).isoformat(0)
            x = self.x(time)
            chart.line([(x, top), (x, bottom)], stroke=RULE, width=0.5)
            anchor = "end" if x > self.right - 14.0 else "middle"
            label = time[11:16] if step < 24 else clock(time).rpartition(" ")[0]
            chart.text(label, x, bottom + 17.0, size=11.0, anchor=anchor, fill=SOFT)
            at += step
        chart.text("UTC", self.left - 8.0, bottom + 18.0, size=11.0, anchor="end", fill=SOFT)


def timeline_chart(answer: Mapping[str, Any], title: str) -> str:
    """Share of area in view (area) and seen so far (line) against time."""
    chart = Chart(title, 230.0)
    left, right, top, bottom = 56.0, WIDTH_PX - 48.0, 12.0, 200.0
    rows = answer["coverage"]["timeline"]
    highest, step = round_top(max([row["covered_fraction"] for row in rows], default=0.0))
    highest = min(max(highest, step), 1.0)
    axis = TimeAxis(answer, left, right)
    axis.draw(chart, top, bottom)

    def y(share: float, most: float = highest) -> float:
        return bottom - min(share / most, 1.0) * (bottom - top)

    level = 0.0
    while level <= highest + 1e-9:
        chart.line([(left, y(level)), (right, y(level))], stroke=RULE, width=0.5)
        chart.text(percent(round(level, 9)), left - 6.0, y(level) + 4.0, size=11.0, anchor="end", fill=SOFT)
        level += step
    points = [(axis.x(row["time"]), y(row["covered_fraction"])) for row in rows]
    if points:
        outline = "".join(f"L{x:.1f} {at:.1f}" for x, at in points)
        chart.path(f"M{points[0][0]:.1f} {bottom:.1f}{outline}L{points[-1][0]:.1f} {bottom:.1f}Z", fill=DARK)
    seen = [(axis.x(row["time"]), y(row["seen_fraction"], 1.0)) for row in rows]
    chart.line(seen, stroke="#ffffff", width=4.0)
    chart.line(seen, stroke=ALARM, width=1.6)
    for share in (0.0, 0.5, 1.0):
        chart.text(percent(share), right + 6.0, y(share, 1.0) + 4.0, size=11.0, fill=ALARM)
    chart.line([(left, bottom), (right, bottom)], width=1.0)
    return chart.svg()


def looks_chart(answer: Mapping[str, Any], found: Briefing, title: str) -> str:
    """Every look by owner; grey where no part of the region is in view."""
    owner = [found.coverage.fleet.objects.owner[row] for row in found.looks.object_row.tolist()]
    counts = Counter(owner)
    order = sorted(counts, key=lambda code: (-counts[code], code or ""))
    shown, rest = order[:_MOST_OWNERS], order[_MOST_OWNERS:]
    rows: list[tuple[str, set[str | None]]] = [(owner_name(code), {code}) for code in shown]
    if rest:
        rows.append((f"{len(rest)} more", set(rest)))
    row_px, top = 22.0, 10.0
    bottom = top + row_px * max(len(rows), 1)
    chart = Chart(title, bottom + 26.0)
    axis = TimeAxis(answer, LEFT_PX, WIDTH_PX - RIGHT_PX)

    def bar(start_s: float, end_s: float, y: float, height: float) -> Bar:
        return axis.at(start_s), y, max(axis.at(end_s) - axis.at(start_s), 0.8), height

    chart.bars(_joined([bar(one.start_s, one.end_s, top, bottom - top) for one in found.blind_region]), GREY)
    axis.draw(chart, top, bottom)
    spans = list(zip(owner, found.looks.start_s.tolist(), found.looks.end_s.tolist(), strict=True))
    for place, (name, codes) in enumerate(rows):
        y = top + row_px * place
        chart.text(name, LEFT_PX - 8.0, y + 15.0, anchor="end", most=22)
        chart.line([(axis.left, y + row_px), (axis.right, y + row_px)], stroke=RULE, width=0.4)
        mine = [bar(start, end, y + 4.0, row_px - 8.0) for code, start, end in spans if code in codes]
        chart.bars(_joined(mine), DARK)
    return chart.svg()


def _joined(bars: list[Bar]) -> list[Bar]:
    """Bars of one row, those that touch as one."""
    joined: list[Bar] = []
    for x, y, width, height in sorted(bars):
        if joined and x <= joined[-1][0] + joined[-1][2] + 0.05:
            first = joined.pop()
            joined.append((first[0], y, max(first[2], x + width - first[0]), height))
        else:
            joined.append((x, y, width, height))
    return joined


def owners_chart(answer: Mapping[str, Any], title: str) -> str:
    """Fair part and what each owner has alone."""
    rows = (answer["coverage"]["contribution"] or [])[:_MOST_OWNERS]
    row_px, top = 30.0, 8.0
    bottom = top + row_px * len(rows)
    chart = Chart(title, bottom + 26.0)
    left, right = LEFT_PX, WIDTH_PX - 60.0
    highest, step = round_top(max([row["alone_fraction"] for row in rows], default=0.0))
    level = 0.0
    while level <= highest + 1e-12:
        x = left + level / highest * (right - left)
        chart.line([(x, top), (x, bottom)], stroke=RULE, width=0.5)
        chart.text(percent(round(level, 9)), x, bottom + 15.0, size=11.0, anchor="middle", fill=SOFT)
        level += step
    for place, row in enumerate(rows):
        y = top + row_px * place
        chart.text(row["owner_name"] or row["owner"], left - 8.0, y + 19.0, anchor="end", most=22)
        for part, ink, offset in (("shapley_fraction", DARK, 5.0), ("alone_fraction", LIGHT, 15.0)):
            value = row[part] or 0.0
            width = value / highest * (right - left)
            chart.rect(left, y + offset, width, 9.0, ink, INK)
            chart.text(percent(value), left + width + 5.0, y + offset + 8.5, size=10.0)
    return chart.svg()


def losses_chart(answer: Mapping[str, Any], title: str) -> str:
    """The share in view after the loss of 0, 1, ... satellites."""
    losses = answer["losses"]
    chart = Chart(title, 210.0)
    left, right, top, bottom = 56.0, WIDTH_PX - RIGHT_PX, 12.0, 170.0
    worst, random = losses["worst_fraction"], losses["random_mean_fraction"]
    highest, step = round_top(worst[0])
    level = 0.0
    while level <= highest + 1e-9:
        y = bottom - level / highest * (bottom - top)
        chart.line([(left, y), (right, y)], stroke=RULE, width=0.5)
        chart.text(percent(round(level, 9)), left - 6.0, y + 4.0, size=11.0, anchor="end", fill=SOFT)
        level += step
    slot = (right - left) / len(worst)
    for place, (bad, mean) in enumerate(zip(worst, random, strict=True)):
        x = left + slot * place
        for value, ink, offset in ((bad, DARK, 0.14), (mean, LIGHT, 0.52)):
            height = value / highest * (bottom - top)
            chart.rect(x + slot * offset, bottom - height, slot * 0.34, height, ink, INK)
        chart.text(str(place), x + slot / 2.0, bottom + 15.0, size=11.0, anchor="middle", fill=SOFT)
    chart.line([(left, bottom), (right, bottom)])
    chart.text("satellites lost", (left + right) / 2.0, bottom + 32.0, size=11.0, anchor="middle", fill=SOFT)
    return chart.svg()


def ages_chart(answer: Mapping[str, Any], title: str) -> str:
    """Satellites by the age of their element set."""
    bins = answer["element_ages"]["bins"]
    chart = Chart(title, 190.0)
    left, right, top, bottom = 56.0, WIDTH_PX - RIGHT_PX, 22.0, 150.0
    most = max([row["objects"] for row in bins] + [1])
    slot = (right - left) / len(bins)
    for place, row in enumerate(bins):
        x = left + slot * place
        height = row["objects"] / most * (bottom - top)
        if row["objects"]:
            chart.rect(x + slot * 0.1, bottom - height, slot * 0.8, height, DARK)
            chart.text(count(row["objects"]), x + slot / 2.0, bottom - height - 5.0, size=11.0, anchor="middle")
        label = f"{row['from_days']:g} to {row['to_days']:g}" if row["to_days"] is not None else "more"
        chart.text(label, x + slot / 2.0, bottom + 15.0, size=11.0, anchor="middle", fill=SOFT)
    chart.line([(left, bottom), (right, bottom)])
    chart.text("days from the epoch to the window's start", (left + right) / 2.0, bottom + 32.0, size=11.0,
               anchor="middle", fill=SOFT)  # fmt: skip
    return chart.svg()
