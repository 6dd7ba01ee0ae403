"""Commands that write files: a decision to start from, exports, what is frozen."""

from pathlib import Path
from typing import Annotated

import typer

from selector import cli_output as output
from selector.cli._app import As, File, Format, Home, Sets, app, library_of
from selector.domain.problem import UsageError


@app.command()
def start(
    answers: Annotated[
        Path | None, typer.Argument(metavar="[ANSWERS]", help="The form, filled in.")
    ] = None,
    questions: Annotated[bool, typer.Option("--questions", help="Print the form.")] = False,
    to: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a new file.")] = None,
    format: As = Format.table,
    home: Home = None,
) -> None:
    """Propose a whole decision from a dozen answers, each part with its reason."""
    from selector.cli_results import start as result

    result.run(library_of(home), answers, questions, to, format.value)


Redact = Annotated[bool, typer.Option("--redact", help="Leave out what is confidential.")]


@app.command()
def export(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A decision, or all: every format.")],
    second: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="The decision, after all.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="OUT", help="The file to write; after all, a folder.")
    ] = None,
    redact: Redact = False,
    template: Annotated[
        Path | None, typer.Option(metavar="PPTX", help="Your own template for the slides.")
    ] = None,
    sets: Sets = None,
    home: Home = None,
) -> None:
    """Write slides, a workbook, a page, a record, a table or data: by the ending of OUT."""
    from selector.cli_results import exports as result

    decision, every = (second, True) if file == "all" and second is not None else (file, False)
    result.run(library_of(home), str(decision), every, to, redact, template, output.points(sets))


@app.command()
def freeze(
    file: File,
    to: Annotated[Path, typer.Option(metavar="OUT.json", help="The file to write.")],
    by: Annotated[str, typer.Option(help="Who freezes it.")] = "",
    note: Annotated[str, typer.Option(help="Why.")] = "",
    sets: Sets = None,
    home: Home = None,
) -> None:
    """Keep a decision with all it used, to compute it again and to compare."""
    from selector.analysis import analyse
    from selector.analysis.settled import settled
    from selector.cli_results import frozen as result

    analysis = analyse(library_of(home).decision(file)).answering(output.points(sets))
    result.freeze(settled(analysis), to, by, note)


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(metavar="OUT.json", help="A frozen decision.")],
    redact: Redact = False,
    format: As = Format.table,
) -> None:
    """Compute a frozen decision again, by what it holds alone, and compare every digit."""
    from selector.cli_results import frozen as result

    data = result.verify(file, redact)
    output.show(data, format.value, result.verify_table)
    if not data["same"]:
        raise typer.Exit(1)


@app.command()
def check(
    file: File,
    against: Annotated[Path, typer.Option(metavar="OUT.json", help="What was frozen of it.")],
    today: Annotated[
        str,
        typer.Option(metavar="DATE", help="Judge what is stale by this day."),
    ] = "",
    redact: Redact = False,
    sets: Sets = None,
    format: As = Format.table,
    home: Home = None,
) -> None:
    """Show what has changed since a decision was frozen, and whether the answer flips."""
    from datetime import date

    from selector.analysis import analyse
    from selector.analysis.settled import settled
    from selector.cli_results import frozen as result

    analysis = settled(analyse(library_of(home).decision(file)).answering(output.points(sets)))
    try:
        day = date.fromisoformat(today) if today else analysis.decision.day
    except ValueError:
        raise UsageError(f"--today {today}: not a date; write year-month-day") from None
    data = result.check(analysis, against, day, redact)
    output.show(data, format.value, result.check_table)
    if data["flipped"] or data["stale"]:
        raise typer.Exit(1)
