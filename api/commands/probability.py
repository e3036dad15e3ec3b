"""`ssa probability`: the probability of collision of conjunction messages, by every method, with the usage test."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.options import Json
from api.commands.terminal import print_caveats, print_json, print_table, say

_MAX_FILE_BYTES = 1 << 28


def command(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="CDM in KVN, XML or JSON; gzip of each.")],
    radius: Annotated[
        float | None,
        typer.Option("--hard-body-radius-m", metavar="R", help="Combined radius, m; default: the message's own."),
    ] = None,
    json: Json = False,
) -> None:
    """Collision probability by every method, and whether the short-encounter methods may be used."""
    from api.answers.probability import assess_message, probability_answer
    from api.commands.questions import ready_kernels
    from ssa.conjunctions.cdm import read_cdms
    from ssa.conjunctions.probability import checked_radius_km
    from ssa.errors import ConjunctionMessageError

    if radius is not None:
        checked_radius_km(radius)
    ready_kernels()
    assessed: list[Any] = []
    skipped: list[dict[str, Any]] = []
    for file in files:
        try:
            assessed += [assess_message(message, radius, str(file)) for message in read_cdms(_content(file))]
        except ConjunctionMessageError as error:
            skipped.append({"file": str(file), "reason": str(error)})
    if not assessed:
        raise ConjunctionMessageError("; ".join(f"{one['file']}: {one['reason']}" for one in skipped[:5]))
    found = probability_answer(assessed, skipped)
    if json:
        print_json(found)
        return
    print_table(
        ("Message", "TCA (UTC)", "Miss km", "Speed km/s", "Radius m", "Foster 2-D", "3-D", "Maximum", "2-D applies"),
        [_row(result) for result in found["results"]],
        right=(2, 3, 4, 5, 6, 7),
    )
    for result in found["results"]:
        for reason in result["usage"]["reasons"]:
            say(f"{result['message_id']}: {reason}")
    for one in skipped:
        say(f"Skipped: {one['file']}: {one['reason']}")
    print_caveats(found["caveats"])


def _content(file: Path) -> bytes:
    from orbits import InvalidValue

    try:
        if file.stat().st_size > _MAX_FILE_BYTES:
            raise InvalidValue("file", str(file), "is larger than 256 MiB; give the messages in parts")
        return file.read_bytes()
    except OSError as error:
        raise InvalidValue("file", str(file), f"cannot be read ({error.strerror}); give the path of a CDM") from None


def _row(result: dict[str, Any]) -> list[str]:
    def value(name: str) -> str:
        method = result["methods"][name]
        return "none" if method is None else f"{method['value']:.4g}"

    applies = {True: "yes", False: "NO", None: "cannot be told"}[result["usage"]["two_dimensional_applies"]]
    return [
        result["message_id"] or result["file"] or "",
        (result["tca"] or "").replace("T", " "),
        f"{result['miss_distance_km']:.3f}",
        f"{result['relative_speed_km_s']:.3f}",
        f"{result['hard_body_radius_m']:g}",
        value("foster1992"),
        value("three_dimensional"),
        value("maximum"),
        applies,
    ]
