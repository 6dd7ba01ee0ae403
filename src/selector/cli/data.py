"""Commands on what answers rest on: vendors, criteria, measurements."""

from pathlib import Path
from typing import Annotated

import typer

from selector import cli_output as output
from selector.catalog.library import Library
from selector.cli._app import As, File, Format, Home, app, library_of, own_home
from selector.domain.problem import UsageError


@app.command()
def validate(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files or folders; without any, all known data."),
    ] = None,
    format: As = Format.table,
    home: Home = None,
) -> None:
    """Check vendors, criteria sets and decisions; one line for each problem."""
    from selector.cli_results import validation as result

    library = Library(own_home(home) or result.home_among(paths or []))
    data = result.data(library, paths or [])
    output.show(data, format.value, result.table)
    if data["problems"]:
        raise typer.Exit(1)


@app.command()
def coverage(file: File, format: As = Format.table, home: Home = None) -> None:
    """Show which parts of NIST AI RMF and Well-Architected a decision examines, and which not."""
    from selector.domain.frameworks import examined

    decision = library_of(home).decision(file)
    data = output.coverage(decision, examined(decision.criteria))
    output.show(data, format.value, output.coverage_table)


@app.command()
def schema(
    kind: Annotated[str, typer.Argument(help="facts, vendor, criteria or decision.")],
    home: Home = None,
) -> None:
    """Print the JSON Schema of a kind of file, for editors."""
    from selector.catalog.json_schema import KINDS, json_schema

    if kind not in KINDS:
        raise UsageError(f"there is no kind of file {kind!r}; there are: {', '.join(KINDS)}")
    output.show(json_schema(kind, library_of(home).dictionary()), "json", lambda _: ())


@app.command()
def vendors(
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="List the facts whose sources disagree.")
    ] = False,
    format: As = Format.table,
    home: Home = None,
) -> None:
    """List all vendors with what is known of them."""
    from selector.catalog.coverage import Asked, coverage_of
    from selector.cli_results import vendors as result

    library = library_of(home)
    records = [library.vendor(vendor_id) for vendor_id in library.vendor_ids()]
    if conflicts:
        data = result.conflicts(records, library.dictionary())
        output.show(data, format.value, result.conflicts_table)
        return
    asked = Asked(records, library.dictionary())
    rows = [coverage_of(vendor, asked.of(vendor)) for vendor in records]
    output.show(result.vendors(rows), format.value, result.vendors_table)


@app.command()
def vendor(
    vendor_id: Annotated[str, typer.Argument(metavar="ID", help="A vendor's id.")],
    format: As = Format.table,
    home: Home = None,
) -> None:
    """Show one vendor's facts with their sources."""
    from selector.cli_results import vendors as result

    library = library_of(home)
    data = result.vendor(library.vendor(vendor_id), library.dictionary())
    output.show(data, format.value, result.vendor_table)


@app.command()
def measurements(
    file: Annotated[Path, typer.Argument(metavar="RESULT", help="What a load or test tool wrote.")],
    alternative: Annotated[str, typer.Option(help="The alternative it measured, by its id.")],
    by: Annotated[str, typer.Option(help="Who measured.")] = "",
    as_of: Annotated[str, typer.Option(help="The day, where the result bears none.")] = "",
) -> None:
    """Turn the result of a load or evaluation tool into rows of a measurements file."""
    from datetime import date

    from selector.catalog.results import rows_of

    try:
        day = date.fromisoformat(as_of) if as_of else None
    except ValueError:
        raise UsageError(f"--as-of {as_of}: not a date; write year-month-day") from None
    output.say([rows_of(file, alternative, by, day).removesuffix("\n")])
