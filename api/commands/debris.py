"""`ssa debris`: density, flux on an orbit, collision risk by object and alliance, congestion, derelicts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.options import AllianceName, AsOf, Commercial, Database, Groups, Json, On
from api.commands.terminal import print_caveats, print_json, print_table, print_text, say

app = typer.Typer(help="Debris: how much is up there, how often things meet, whose objects endanger whom.",
                  no_args_is_help=True)  # fmt: skip
Sizes = Annotated[
    str | None,
    typer.Option("--sizes", metavar="FILE", help="Sizes and masses, CSV like NASA CARA's."),
]
Failure = Annotated[
    float, typer.Option("--avoidance-failure", metavar="SHARE", help="Of collisions left when one of two manoeuvres.")
]
Form = Annotated[str, typer.Option("--format", metavar="NAME", help="text, json, svg or png (a picture).")]
Output = Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write there.")]


@app.command()
def density(
    altitude_min_km: Annotated[float, typer.Option("--altitude-min", metavar="KM", help="Lowest edge.")] = 150.0,
    altitude_max_km: Annotated[float, typer.Option("--altitude-max", metavar="KM", help="Highest edge.")] = 2050.0,
    width_km: Annotated[float, typer.Option("--width", metavar="KM", help="Width of a shell.")] = 10.0,
    by_inclination: Annotated[bool, typer.Option("--by-inclination", help="By degree of it, with --json.")] = False,
    by_latitude: Annotated[bool, typer.Option("--by-latitude", help="In steps of 5 deg, with --json.")] = False,
    at: Annotated[
        list[str] | None, typer.Option("--at", metavar="TIME", help="The catalogue as of that time, too; repeat it.")
    ] = None,
    form: Form = "text",
    output: Output = None,
    as_of: AsOf = None,
    database: Database = None,
    json: Json = False,
) -> None:  # fmt: skip
    """Spatial density of catalogued objects by altitude."""
    from api.answers.debris import density_answer
    from api.commands.questions import load_snapshot
    from api.scenes.debris_figures import density_svg
    from ssa.debris.density import density_history, spatial_density
    from ssa.debris.density_shells import Shells
    from ssa.debris.population import population_of

    shells = Shells.even(altitude_min_km, altitude_max_km, width_km)
    snapshot = load_snapshot(database, as_of)
    population = population_of(snapshot)
    history = density_history([load_snapshot(database, time) for time in at], shells) if at else None
    found = density_answer(
        snapshot, population, spatial_density(population, shells), history, by_inclination=by_inclination,
        by_latitude=by_latitude,
    )  # fmt: skip
    if _written(found, form, json, output, density_svg):
        return
    columns = ["Altitude, km", "Per km³", "Payloads", "Rocket bodies", "Debris", "Unknown"]
    rows = [
        [f"{shell['altitude_min_km']:,.0f} to {shell['altitude_max_km']:,.0f}", f"{shell['density_per_km3']:.3e}",
         *(f"{value:.2e}" for value in shell["by_class_per_km3"].values())]
        for shell in found["shells"]
    ]  # fmt: skip
    print_table(columns, rows, right=range(1, 6))
    _tell(found)


@app.command()
def flux(
    altitude_km: Annotated[float, typer.Option("--altitude", metavar="KM", help="Of a circular orbit.")],
    inclination_deg: Annotated[float, typer.Option("--inclination", metavar="DEG", help="Of the orbit.")],
    sizes: Sizes = None,
    form: Form = "text",
    output: Output = None,
    as_of: AsOf = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """Flux on a circular orbit by size, relative speed and azimuth of arrival."""
    from api.answers.debris import flux_answer
    from api.commands.questions import load_snapshot, ready_kernels
    from api.scenes.debris_figures import flux_svg
    from ssa.debris.flux import flux_on_orbit
    from ssa.debris.population import population_of

    snapshot = load_snapshot(database, as_of)
    population = population_of(snapshot, _known(sizes))
    ready_kernels()
    answer = flux_on_orbit(population, altitude_km=altitude_km, inclination_deg=inclination_deg)
    found = flux_answer(snapshot, population, answer)
    if _written(found, form, json, output, flux_svg):
        return
    rows = [[f"{row['diameter_min_m']:g} m", f"{row['flux_per_m2_year']:.3e}"] for row in found["by_size"]]
    print_table(["At least", "Per m² and year"], [["all", f"{found['flux_per_m2_year']:.3e}"], *rows], right=(1,))
    _tell(found)


@app.command()
def risk(
    alliance: AllianceName = None,
    on: On = None,
    commercial: Commercial = False,
    avoidance_failure: Failure = 0.01,
    years: Annotated[float, typer.Option("--years", metavar="N", help="For the probability of a collision.")] = 1.0,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Objects listed.")] = 20,
    all_pairs: Annotated[bool, typer.Option("--all-pairs", help="Count pair by pair as well, as a check.")] = False,
    sizes: Sizes = None,
    groups: Groups = None,
    form: Form = "text",
    output: Output = None,
    as_of: AsOf = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """Expected collisions a year, by object and between owners; with --alliance, to whose objects it is exposed."""
    from api.answers.debris import fleet_in, risk_answer
    from api.commands.questions import load_snapshot, own_groups, ready_kernels
    from api.scenes.debris_figures import matrix_svg
    from ssa.debris.population import population_of
    from ssa.debris.risk import debris_risk, exposure_of
    from ssa.debris.risk_check import check_by_pairs

    if not 0.0 < years <= 1000.0:
        from orbits import InvalidValue

        raise InvalidValue("years", years, "must be above 0, up to 1,000")
    snapshot = load_snapshot(database, as_of)
    known = _known(sizes)
    ready_kernels()
    answer = debris_risk(population_of(snapshot, known), avoidance_failure=avoidance_failure)
    fleet = exposure = rows = None
    if alliance is not None:
        fleet, inside = fleet_in(
            snapshot, answer.population, alliance, on=on, commercial=commercial, groups=own_groups(groups)
        )
        exposure, rows = exposure_of(answer, inside), inside.nonzero()[0]
    found = risk_answer(
        snapshot, answer, limit=limit, years=years, rows=rows, fleet=fleet, exposure=exposure,
        pairs=check_by_pairs(answer) if all_pairs else None,
    )  # fmt: skip
    if _written(found, form, json, output, matrix_svg):
        return
    _print_objects(found["objects"])
    if found["exposure"]:
        causes = [[row["owner"], *_both(row)] for row in found["exposure"]["to_whose_objects"][:15]]
        print_table(["Collisions a year with objects of", "Nobody avoids", "With avoidance"], causes, right=(1, 2))
        shown = found["exposure"]
        say(f"{shown['alliance']}, {shown['objects']:,} objects: {_both(shown)[0]} expected collisions a year, "
            f"{_both(shown)[1]} with avoidance")  # fmt: skip
    inferred = found["residual_inferred_size_share"]
    say(
        f"All objects: {found['total_collisions_per_year']:.3g} a year, with avoidance "
        f"{found['residual_total_collisions_per_year']:.3g}, of which {inferred:.0%} rest on a radius that is inferred"
    )
    if found["all_pairs"]:
        pairs = found["all_pairs"]
        say(f"Pair by pair: {pairs['total_collisions_per_year']:.3g} a year; between two owners at most "
            f"{pairs['largest_owner_difference']:.1%} apart")  # fmt: skip
    _tell(found)


@app.command()
def congestion(
    avoidance_failure: Failure = 0.01,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Derelicts listed.")] = 20,
    sizes: Sizes = None,
    as_of: AsOf = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """Shells by collision rate, and derelicts by the pieces that their collisions would make."""
    from api.answers.debris import congestion_answer
    from api.commands.questions import load_snapshot, ready_kernels
    from ssa.debris.congestion import rank_derelicts, rank_shells
    from ssa.debris.population import population_of
    from ssa.debris.risk import debris_risk

    snapshot = load_snapshot(database, as_of)
    known = _known(sizes)
    ready_kernels()
    answer = debris_risk(population_of(snapshot, known), avoidance_failure=avoidance_failure)
    found = congestion_answer(snapshot, answer, rank_shells(answer), rank_derelicts(answer), limit=limit)
    if json:
        print_json(found)
        return
    rows = [
        [f"{shell['altitude_min_km']:,.0f} to {shell['altitude_max_km']:,.0f}", f"{shell['objects']:,.0f}",
         f"{shell['mass_kg'] / 1e3:,.0f}", *_both(shell), f"{shell['passes_within_km_per_year']:,.0f}"]
        for shell in found["shells"][:15]
    ]  # fmt: skip
    print_table(["Altitude, km", "Objects", "Tonnes", "Collisions a year", "With avoidance", "Passes in 1 km a year"],
                rows, right=range(1, 6))  # fmt: skip
    _print_objects(found["derelicts"], indexed=True)
    _tell(found)


@app.command()
def derelicts(
    alliance: AllianceName = None,
    on: On = None,
    commercial: Commercial = False,
    computed: Annotated[
        int, typer.Option("--computed", metavar="N", min=1, help="Derelicts broken up: the likeliest and heaviest.")
    ] = 100,
    avoidance_failure: Failure = 0.01,
    smallest_m: Annotated[float, typer.Option("--smallest", metavar="M", help="Smallest piece, 0.005 to 1.")] = 0.1,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Another one draws other clouds.")] = 1,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Derelicts listed.")] = 20,
    sizes: Sizes = None,
    groups: Groups = None,
    as_of: AsOf = None,
    database: Database = None,
    json: Json = False,
) -> None:
    """Derelicts by what their break-up would cost the fleet of an alliance: chance times collisions added."""
    from api.answers.debris import derelicts_answer, fleet_in
    from api.commands.questions import load_snapshot, own_groups, ready_kernels
    from orbits import InvalidValue
    from ssa.debris.derelicts import rank_derelicts
    from ssa.debris.population import population_of

    if alliance is None:
        raise InvalidValue("alliance", None, "is missing; say whose fleet: --alliance NAME")
    snapshot = load_snapshot(database, as_of)
    population = population_of(snapshot, _known(sizes))
    fleet, inside = fleet_in(snapshot, population, alliance, on=on, commercial=commercial, groups=own_groups(groups))
    ready_kernels()
    ranking = rank_derelicts(
        snapshot, population, population[inside.nonzero()[0]], at=snapshot.as_of, computed=computed,
        smallest_m=smallest_m, seed=seed, avoidance_failure=avoidance_failure,
    )  # fmt: skip
    found = derelicts_answer(
        snapshot, population, fleet, int(inside.sum()), ranking, avoidance_failure=avoidance_failure,
        smallest_m=smallest_m, limit=limit,
    )  # fmt: skip
    if json:
        print_json(found)
        return
    rows = [
        [str(row["norad_id"]), row["name"], row["owner"], f"{row['mass_kg']:,.0f} ({row['mass_basis']})",
         f"{row['perigee_km']:,.0f} x {row['apogee_km']:,.0f}", f"{row['catastrophic_per_year']:.2e}",
         f"{row['added_per_year']:.2e}", f"{row['cost_index']:.2e}", _index(row)]
        for row in found["derelicts"]
    ]  # fmt: skip
    print_table(["Number", "Name", "Owner", "Mass, kg", "Height, km", "Broken up a year", "Collisions added a year",
                 "Cost", "Criticality"], rows, right=(3, 5, 6, 7, 8))  # fmt: skip
    say(f"{found['alliance']}, {found['fleet_objects']:,} objects: what break-ups of {found['computed']:,} of "
        f"{found['considered']:,} derelicts would cost")  # fmt: skip
    _tell(found)


def _index(row: dict[str, Any]) -> str:
    return "-" if row["criticality_index"] is None else f"{row['criticality_index']:.2g}"


def _print_objects(objects: list[dict[str, Any]], *, indexed: bool = False) -> None:
    rows = [
        [str(row["norad_id"]), row["name"], row["owner"], row["object_class"], *_both(row),
         "-" if row["catastrophic_fraction"] is None else f"{row['catastrophic_fraction']:.0%}",
         f"{row['residual_fragments_per_year']:.2g}", f"{row['radius_m']:g} ({row['size_basis']})",
         *([_index(row)] if indexed else [])]
        for row in objects
    ]  # fmt: skip
    print_table(["Number", "Name", "Owner", "Class", "Collisions a year", "With avoidance", "Catastrophic",
                 "Pieces a year", "Radius, m", *(["Criticality"] if indexed else [])], rows,
                right=(4, 5, 6, 7, 9))  # fmt: skip


def _both(row: dict[str, Any]) -> tuple[str, str]:
    return f"{row['collisions_per_year']:.2e}", f"{row['residual_collisions_per_year']:.2e}"


def _known(file: str | None) -> Any:
    from api.commands.questions import file_content
    from orbits import InvalidValue
    from ssa.debris.known_sizes import read_known_sizes

    if file is None:
        return None
    try:
        return read_known_sizes(file_content("sizes", file).decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidValue("sizes", file, "is not UTF-8 text; unpack it if it is packed") from None


def _written(found: dict[str, Any], form: str, json: bool, output: str | None, drawn: Any) -> bool:
    """Write the answer in a form other than text; false where text is asked for."""
    from orbits import InvalidValue

    if form not in ("text", "json", "svg", "png"):
        raise InvalidValue("format", form, "is none of text, json, svg, png")
    if json or form == "json":
        print_json(found)
        return True
    if form == "text":
        return False
    from api.scenes.png import png_of

    svg = drawn(found)
    if output is None and form == "png":
        raise InvalidValue("output", None, "is needed for a PNG: --output FILE")
    if output is None:
        print_text(svg)
    else:
        try:
            Path(output).write_bytes(svg.encode() if form == "svg" else png_of(svg))
        except OSError as error:
            raise InvalidValue("output", output, f"cannot be written: {error.strerror or error}") from None
    return True


def _tell(found: dict[str, Any]) -> None:
    stamp = found["catalogue"]
    say(f"{found['objects_counted']:,} objects, left out {sum(found['left_out'].values()):,}; catalogue "
        f"{stamp['data_mode']} as of {stamp['as_of']}")  # fmt: skip
    print_caveats(found["caveats"])
