"""`ssa screen`: who comes how near to whom."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands.options import AsOf, Commercial, Database, Groups, Json, On, Start
from api.commands.terminal import print_caveats, print_json, print_table, print_text, say

if TYPE_CHECKING:
    from api.screening_choice import Screened
    from ssa.catalogue.snapshot import CatalogueSnapshot
    from ssa.conjunctions.screening import Screening

_SIDE = "all, alliance:NAME, owner:CODE, or catalogue numbers."
_TABLE_ROWS = 50


class Form(StrEnum):
    """How conjunctions are written."""

    table = "table"
    csv = "csv"
    cdm = "cdm"


def command(
    primaries: Annotated[str, typer.Option("--primaries", metavar="WHAT", help=_SIDE)] = "all",
    secondaries: Annotated[str, typer.Option("--secondaries", metavar="WHAT", help=_SIDE)] = "all",
    start: Start = None,
    hours: Annotated[float, typer.Option("--hours", metavar="H", help="Length of the window, up to 744.")] = 24.0,
    miss_km: Annotated[
        float | None, typer.Option("--miss-km", metavar="KM", help="Distance below which an approach counts; 5.")
    ] = None,
    box: Annotated[
        str | None, typer.Option("--box", metavar="R,T,N", help="Half sizes of a box about the primary, km.")
    ] = None,
    ellipsoid: Annotated[
        str | None, typer.Option("--ellipsoid", metavar="R,T,N", help="Half axes of an ellipsoid about it, km.")
    ] = None,
    no_debris_on_debris: Annotated[
        bool, typer.Option("--no-debris-on-debris", help="Leave out pairs of debris and rocket bodies.")
    ] = False,
    no_same_fleet: Annotated[
        bool, typer.Option("--no-same-fleet", help="Leave out pairs inside one operator's constellation.")
    ] = False,
    mission: Annotated[
        str | None, typer.Option("--mission", metavar="NAME", help="Primaries that serve a mission, such as imaging.")
    ] = None,
    active_only: Annotated[
        bool, typer.Option("--active-only", help="Primaries that the catalogue calls operational payloads.")
    ] = False,
    primary_types: Annotated[
        str | None, typer.Option("--primary-types", metavar="TYPES", help="Primaries of these: PAY,R/B,DEB,UNK.")
    ] = None,
    secondary_types: Annotated[
        str | None, typer.Option("--secondary-types", metavar="TYPES", help="Secondaries of these types.")
    ] = None,
    min_speed: Annotated[
        float | None, typer.Option("--min-speed", metavar="KM_S", help="Leave out slower approaches.")
    ] = None,
    max_age_days: Annotated[
        float, typer.Option("--max-age-days", metavar="DAYS", help="Use no set farther from the start.")
    ] = 30.0,
    hard_body_radius_m: Annotated[
        float, typer.Option("--hard-body-radius-m", metavar="M", help="Of both together, for CSV's MAX_PROB.")
    ] = 10.0,
    form: Annotated[
        Form, typer.Option("--format", help="table; csv: the columns of SOCRATES; cdm: messages in KVN.")
    ] = Form.table,
    on: On = None,
    commercial: Commercial = False,
    groups: Groups = None,
    as_of: AsOf = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """Every approach of primaries and secondaries within a distance or a volume; pairs that stay together apart."""
    from api.answers.screening import screening_answer, socrates_csv
    from api.commands.progress import with_progress
    from api.commands.questions import load_snapshot, own_groups, ready_kernels, start_or_now
    from api.screening_choice import Filters, choose_screened, types_of, volume_of
    from api.windows import window
    from ssa.conjunctions.filters import without_same_fleet
    from ssa.conjunctions.screening import DEFAULT_MISS_KM, require_screened, screen

    span = window(start_or_now(start), hours=hours)
    volume = volume_of(miss_km, box, ellipsoid)
    snapshot = load_snapshot(database, as_of)
    chosen = choose_screened(
        snapshot, span, primaries=primaries, secondaries=secondaries, debris_on_debris=not no_debris_on_debris, on=on,
        commercial=commercial, groups=own_groups(groups),
        filters=Filters(
            mission, active_only, types_of("primary_types", primary_types), types_of("secondary_types", secondary_types)
        ),
    )  # fmt: skip
    ready_kernels()
    found = with_progress(
        lambda report: screen(
            snapshot.elements, span, miss_km=DEFAULT_MISS_KM if miss_km is None else miss_km, volume=volume,
            primaries=chosen.primaries, secondaries=chosen.secondaries, debris=chosen.debris,
            max_age_days=max_age_days, report=report,
        ),
        "Screening",
    )  # fmt: skip
    require_screened(found, chosen.primaries)
    if min_speed is not None:
        found = found.faster_than(min_speed)
    if no_same_fleet:
        found = without_same_fleet(found, snapshot)
    if form is Form.csv and not json:
        print_text(socrates_csv(found, hard_body_radius_m))
        _tell_rest(snapshot, found, chosen)
        print_caveats([*found.caveats, *chosen.caveats])
        return
    if form is Form.cdm and not json:
        from ssa.conjunctions.cdm_export import messages_of
        from ssa.conjunctions.cdm_writer import write_cdm

        print_text("\n".join(write_cdm(message) for message in messages_of(snapshot, found)))
        _tell_rest(snapshot, found, chosen)
        print_caveats([*found.caveats, *chosen.caveats])
        return
    answer = screening_answer(snapshot, found, chosen, limit=None if json else _TABLE_ROWS, nearest_first=not json)
    if json:
        print_json(answer)
        return
    _print(answer)
    _tell_rest(snapshot, found, chosen)
    print_caveats(answer["caveats"])


def _print(answer: dict[str, Any]) -> None:
    print_table(
        ("TCA (UTC)", "miss km", "R", "T", "N", "km/s", "primary", "owner", "age d", "secondary", "owner", "age d"),
        [
            (
                row["tca"], f"{row['miss_distance_km']:.3f}", *(f"{part:.3f}" for part in row["miss_rtn_km"]),
                f"{row['relative_speed_km_s']:.3f}", f"{row['primary_id']} {row['primary_name']}",
                row["primary_owner"] or "?", f"{row['primary_age_days']:.1f}",
                f"{row['secondary_id']} {row['secondary_name']}", row["secondary_owner"] or "?",
                f"{row['secondary_age_days']:.1f}",
            )
            for row in answer["conjunctions"]
        ],
        right=(1, 2, 3, 4, 5, 8, 11),
    )  # fmt: skip


def _tell_rest(snapshot: CatalogueSnapshot, found: Screening, chosen: Screened) -> None:
    """Counts, and what was left out or skipped."""
    say(
        f"{len(found):,} conjunctions within {found.miss_km:g} km, {len(found.stays.start_s):,} pairs that stay "
        f"together (--json lists them), {len(found.skipped):,} objects not or not wholly screened; "
        f"{len(snapshot):,} objects of {snapshot.as_of.isoformat(0)} ({snapshot.data_mode})."
    )
    for reason, count in {**chosen.left_out, **found.counts}.items():
        say(f"Left out: {count:,} {reason}.")
    for reason, count in Counter(one.kind for one in found.skipped).items():
        say(f"Skipped: {count:,}: {reason}.")
