"""`ssa debris breakup`, `decay` and `compliance`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from api.commands.debris import Form, Output, _known, _tell, _written, app
from api.commands.options import AllianceName, AsOf, Commercial, Database, Groups, Json, Objects, On
from api.commands.terminal import print_caveats, print_json, print_table, say

__all__ = ["app"]
Sizes = Annotated[str | None, typer.Option("--sizes", metavar="FILE", help="Sizes and masses, CSV like NASA CARA's.")]
History = Annotated[
    list[str] | None,
    typer.Option("--history", metavar="FILE", help="Element sets of earlier days, any form; repeat it."),
]
Limit = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="Objects listed.")]


@app.command()
def breakup(
    object_: Annotated[int, typer.Option("--object", metavar="ID", help="What breaks up.")],
    at: Annotated[str | None, typer.Option("--at", metavar="TIME", help="When; default: the catalogue's time.")] = None,
    with_: Annotated[int | None, typer.Option("--with", metavar="ID", help="What strikes it.")] = None,
    impactor_kg: Annotated[float | None, typer.Option("--impactor-kg", metavar="KG", help="A mass strikes it.")] = None,
    speed: Annotated[float | None, typer.Option("--speed", metavar="KM_S", help="Relative speed.")] = None,
    smallest_m: Annotated[float, typer.Option("--smallest", metavar="M", help="Smallest piece, 0.005 to 1.")] = 0.1,
    mass_kg: Annotated[float | None, typer.Option("--mass-kg", metavar="KG", help="Mass of the object.")] = None,
    scale: Annotated[float, typer.Option("--scale", metavar="S", help="Strength of an explosion.")] = 1.0,
    seed: Annotated[int, typer.Option("--seed", metavar="N", min=0, help="Another one draws another cloud.")] = 1,
    alliance: AllianceName = None, on: On = None, commercial: Commercial = False, sizes: Sizes = None,
    groups: Groups = None, form: Form = "text", output: Output = None, as_of: AsOf = None, database: Database = None,
    json: Json = False,
) -> None:  # fmt: skip
    """What if it breaks up: pieces, their orbits, and with --alliance the hazard to its fleet."""
    from api.answers.debris import fleet_in
    from api.answers.debris_breakup import breakup_answer
    from api.commands.questions import load_snapshot, own_groups, ready_kernels
    from api.scenes.breakup_figures import gabbard_svg
    from ssa.debris.breakup_events import break_up_object
    from ssa.debris.population import population_of

    snapshot = load_snapshot(database, as_of)
    population = population_of(snapshot, _known(sizes))
    event = break_up_object(
        snapshot, population, object_, at=at or snapshot.as_of, with_norad_id=with_, impactor_kg=impactor_kg,
        relative_speed_km_s=speed, smallest_m=smallest_m, scale=scale, mass_kg=mass_kg, seed=seed,
    )  # fmt: skip
    hazard = None
    if alliance is not None:
        from ssa.debris.cloud import cloud_hazard

        _, inside = fleet_in(snapshot, population, alliance, on=on, commercial=commercial, groups=own_groups(groups))
        inside &= population.norad_id != object_
        fleet = population[inside.nonzero()[0]]
        ready_kernels()
        hazard = cloud_hazard(
            event.break_up.fragments, event.orbits, event.at, fleet, snapshot.elements[fleet.rows], seed=seed
        )
    found = breakup_answer(snapshot, event, hazard)
    if not _written(found, form, json, output, gabbard_svg):
        _print_breakup(found)


def _print_breakup(found: dict[str, Any]) -> None:
    rows = [[f"{low:g} m and larger", f"{sum(p['length_m'] >= low for p in found['fragments']):,}"]
            for low in (0.1, 0.3, 1.0) if low >= found["smallest_m"]]  # fmt: skip
    print_table(["Pieces", "Number"], rows, right=(1,))
    say(f"{found['kind']} at {found['altitude_km']:,.0f} km: {found['pieces']:,} pieces, "
        f"{found['mass_of_pieces_kg']:,.1f} kg, and {found['mass_of_dust_kg']:,.1f} kg of smaller ones; "
        f"{found['fall_at_once']:,} fall at once")  # fmt: skip
    if found["hazard"]:
        hazard = found["hazard"]
        rows = [[f"day {each['from_days']:g} to {each['to_days']:g}", f"{each['collisions_per_year']:.2e}", "", ""]
                for each in hazard["first_14_days"]]  # fmt: skip
        rows += [[f"after {each['years']:.3g} years", f"{each['collisions_per_year']:.2e}", f"{each['lower']:.1e}",
                  f"{each['upper']:.1e}"] for each in hazard["later"]]  # fmt: skip
        print_table([f"{hazard['assets']:,} assets", "Collisions a year", "From", "To"], rows, right=(1, 2, 3))
        say(f"Expected collisions within 14 days: {hazard['expected_in_14_days']:.2e}")
    print_caveats(found["caveats"])


@app.command()
def decay(
    objects: Objects = None, alliance: AllianceName = None, on: On = None, commercial: Commercial = False,
    years: Annotated[float, typer.Option("--years", metavar="N", help="How far to look, to 100.")] = 25.0,
    limit: Limit = 50, history: History = None, sizes: Sizes = None, groups: Groups = None, form: Form = "text",
    output: Output = None, as_of: AsOf = None, database: Database = None, json: Json = False,
) -> None:  # fmt: skip
    """When objects come down: the re-entry window of each, from its elements and the weather of the Sun."""
    from api.answers.debris_breakup import decay_answer
    from api.commands.questions import ready_kernels
    from api.scenes.breakup_figures import decay_svg
    from ssa.debris.decay import decay_windows

    snapshot, population = _chosen(objects, alliance, on, commercial, sizes, groups, as_of, database)
    earlier = _history(snapshot, population, history, database)
    ready_kernels()
    windows = decay_windows(
        snapshot.elements[population.rows], population, horizon_years=years, history=earlier.by_object
    )
    found = decay_answer(snapshot, windows, earlier, limit=limit)
    if _written(found, form, json, output, decay_svg):
        return
    rows = [[str(row["norad_id"]), row["name"], *(row[end] or "later" for end in ("earliest", "middle", "latest")),
             row["ballistic_basis"]] for row in found["windows"]]  # fmt: skip
    print_table(["Number", "Name", "Earliest", "Middle", "Latest", "Drag from"], rows)
    _tell(found)


@app.command()
def compliance(
    objects: Objects = None, alliance: AllianceName = None, on: On = None, commercial: Commercial = False,
    limit: Limit = 50, history: History = None, sizes: Sizes = None, groups: Groups = None, as_of: AsOf = None,
    database: Database = None, json: Json = False,
) -> None:  # fmt: skip
    """Who would be down within 5 and 25 years by natural decay, under a weak, a mean and a strong Sun."""
    from api.answers.debris_breakup import compliance_answer
    from api.commands.questions import ready_kernels
    from ssa.debris.compliance import compliance_of

    snapshot, population = _chosen(objects, alliance, on, commercial, sizes, groups, as_of, database)
    earlier = _history(snapshot, population, history, database)
    ready_kernels()
    verdicts = compliance_of(snapshot.elements[population.rows], population, history=earlier.by_object)
    found = compliance_answer(snapshot, verdicts, earlier, limit=limit)
    if json:
        print_json(found)
        return
    rows = [[rule.replace("_", " "), word, f"{count:,}"] for rule, counts in found["verdicts"].items()
            for word, count in counts.items() if count]  # fmt: skip
    print_table(["Rule", "Verdict", "Objects"], rows, right=(2,))
    _tell(found)


def _history(snapshot: Any, population: Any, files: list[str] | None, database: str | None) -> Any:
    """The earlier sets of files, and those that the database holds."""
    from api.commands.questions import earlier_sets, file_content
    from orbits import ElementSets
    from ssa.debris.element_history import history_of

    elements = snapshot.elements[population.rows]
    given = [ElementSets.read(file_content("history", file)) for file in files or []]
    held = earlier_sets(database, elements.norad_id.tolist(), snapshot.as_of)
    return history_of(elements, [*given, held])


def _chosen(
    objects: str | None, alliance: str | None, on: str | None, commercial: bool, sizes: str | None,
    groups: str | None, as_of: str | None, database: str | None,
) -> tuple[Any, Any]:  # fmt: skip
    from api.answers.debris import fleet_in
    from api.answers.debris_breakup import chosen_rows
    from api.commands.questions import load_snapshot, own_groups
    from api.selection import listed_numbers
    from ssa.debris.population import population_of

    snapshot = load_snapshot(database, as_of)
    population = population_of(snapshot, _known(sizes))
    inside = None
    if alliance is not None:
        _, inside = fleet_in(snapshot, population, alliance, on=on, commercial=commercial, groups=own_groups(groups))
    listed = None if objects is None else listed_numbers("objects", objects)
    return snapshot, population[chosen_rows(population, None if listed is None else list(listed), inside)]
