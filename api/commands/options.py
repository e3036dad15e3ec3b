"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output, nothing else there.")]
Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        help="Database URL or SQLite file; default: SSA_DATABASE_URL, or a file in the user's data folder.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="The catalogue as it was at that time (2026-03-10T00:00:00Z)."),
]
Objects = Annotated[
    str | None, typer.Option("--objects", metavar="IDS", help="Catalogue numbers, such as 25544,48274.")
]
AllianceName = Annotated[
    str | None,
    typer.Option("--alliance", metavar="NAME", help="The fleet of an alliance or state, or of several: NATO+JPN."),
]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="DATE", help="Members of the alliance on that day; default: the day asked about."),
]
Commercial = Annotated[
    bool, typer.Option("--commercial", help="Count satellites of companies by the state of their seat, too.")
]
Mission = Annotated[
    str | None, typer.Option("--mission", metavar="NAME", help="Only objects of a mission, such as imaging.")
]
Everything = Annotated[bool, typer.Option("--all", help="Every object of the catalogue.")]
Groups = Annotated[
    str | None,
    typer.Option("--groups", metavar="FILE", help="Groups of states of your own, JSON or TOML (SSA_GROUPS_FILE)."),
]
RegionName = Annotated[str | None, typer.Option("--region-name", metavar="TEXT", help="What the region is called.")]
Start = Annotated[str | None, typer.Option("--start", metavar="TIME", help="Begin, such as 2026-03-11T00:00:00Z.")]
