"""The figures of `propagation` as Markdown tables and as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.propagation_programs import OURS, OURS_REUSED, REFERENCE

Figures = Mapping[str, Any]
Cell = Callable[[Figures], str]

# Okabe and Ito's colours, which most colour-blind readers can tell apart, and a mark for those who cannot
_LOOKS = {
    OURS: ("#0072b2", "o"),
    OURS_REUSED: ("#56b4e9", "o"),
    "astroz": ("#d55e00", "s"),
    "astroz, given arrays": ("#e69f00", "s"),
    "heyoka": ("#009e73", "^"),
    "satkit": ("#cc79a7", "D"),
    "sgp4": ("#000000", "x"),
}


def tables(figures: Figures) -> str:
    """Speed, ratios, agreement and threads, each a Markdown table under a line that says what it shows."""
    measures = figures["cases"]
    programs = [name for name in _LOOKS if any(name in each["programs"] for each in measures.values())]
    parts = [
        "Versions: " + ", ".join(f"{name} {number}" for name, number in figures["versions"].items()),
        f"Million states per second of one core, {figures['clock']} clock, median (least to most):",
        _by_case(measures, programs, lambda each: _speed(each["million_states_per_s"])),
    ]
    for name in (OURS, OURS_REUSED):
        others = [each for each in programs if each not in (OURS, OURS_REUSED)]
        if name in programs:
            parts += [f"How many times faster `{name}` is:", _by_case(measures, others, _times_faster(name))]
    parts += [
        f"Metres from the `{REFERENCE}` package's position, worst; median:",
        _by_case(measures, [name for name in programs if name != REFERENCE], _apart),
    ]
    for case, by_threads in figures["threads"].items():
        rows = [[name, _speed(each["million_states_per_s"])] for name, each in by_threads.items()]
        parts += ["Not held to one core:", _table([case, "million states per second"], rows)]
    return "\n\n".join(parts)


def _by_case(measures: Figures, programs: Sequence[str], cell: Cell) -> str:
    rows = []
    for case, each in measures.items():
        answers = each["programs"]
        cells = [cell(answers[name]) if name in answers else "-" for name in programs]
        rows.append([f"{case} ({each['objects']:,} objects)", *cells])
    return _table(["case", *programs], rows)


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))


def _speed(millions: Sequence[float]) -> str:
    median, least, most = millions
    return f"{median:.1f} ({least:.1f} to {most:.1f})"


def _times_faster(name: str) -> Cell:
    return lambda each: f"{each['slower_than'][name]:.1f}" if name in each["slower_than"] else "-"


def _apart(each: Figures) -> str:
    lonely = each["states_only_one_gives"]
    shown = "-" if each["worst_m"] is None else f"{each['worst_m']:.2g}; {each['median_m']:.2g}"
    return f"{shown}; {lonely:,} states only one gives" if lonely else shown


def plot(figures: Figures, path: Path) -> None:
    """One row a case, one mark a program, a line from its least to its most; the same figures give the same file."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    measures = figures["cases"]
    settings = {"svg.hashsalt": "allied-ssa", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(8.5, 1.6 + 0.52 * len(measures)), layout="constrained")
        axes = figure.subplots()
        for name, (colour, mark) in _LOOKS.items():
            rows = [row for row, each in enumerate(measures.values()) if name in each["programs"]]
            if not rows:
                continue
            answers = [list(measures.values())[row]["programs"][name]["million_states_per_s"] for row in rows]
            median, least, most = zip(*answers, strict=True)
            axes.hlines(rows, least, most, color=colour, linewidth=1.2)
            axes.plot(median, rows, mark, color=colour, label=name, markersize=6.5, linestyle="none")
        axes.set_yticks(range(len(measures)), list(measures))
        axes.invert_yaxis()
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter("{x:g}")
        axes.set_xlabel("million states per second on one core, logarithmic")
        axes.grid(axis="y", color="#dddddd", linewidth=0.8)
        axes.grid(axis="x", which="both", color="#eeeeee", linewidth=0.6)
        axes.set_axisbelow(True)
        axes.spines[["top", "right", "left"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        figure.legend(loc="outside upper center", ncols=4, frameon=False, handletextpad=0.2)
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
