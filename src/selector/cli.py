"""The command line: parse, call, print. Results on standard output, messages on standard error.

Exit codes: 0 fine, 1 the check found something, 2 bad usage or bad input.
"""

import gc
import os
import sys
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from selector import cli_output as output
from selector.catalog.library import Library
from selector.domain.problem import InputError, SelectorError, UsageError
from selector.version import VERSION

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Which option should we choose, why, and what would change our mind?",
)


class Format(StrEnum):
    """How results are printed."""

    table = "table"
    json = "json"


File = Annotated[str, typer.Argument(metavar="FILE", help="A decision: its file, or a known id.")]
As = Annotated[Format, typer.Option("--format", help="A table for people, or JSON.")]
Home = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Your own vendors/, criteria/ and decisions/."),
]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="CRITERION=POINTS", help="Replace a weight; repeat for more."),
]
Here = Annotated[
    int | None, typer.Option("--workers", help="Work in so many processes of this machine.")
]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Work on a Dask cluster, such as tcp://host:8786."),
]
_home: Path | None = None


@app.callback()
def _all(home: Home = None) -> None:
    global _home
    _home = home


@app.command()
def rank(
    file: File,
    method: Annotated[str | None, typer.Option(help="The method whose ranking is shown.")] = None,
    scenario: Annotated[
        str | None, typer.Option(metavar="NAME", help="Rank by the weights of a scenario.")
    ] = None,
    sets: Sets = None,
    format: As = Format.table,
    home: Home = None,
) -> None:
    """Rank the alternatives of a decision."""
    from selector.analysis import analyse
    from selector.analysis.scenarios import under_scenario

    decision = Library(home or _home).decision(file)
    if method is not None:
        from selector.domain.evidence import NOWHERE

        decision = decision._replace(method=method, method_origin=NOWHERE)
    analysis = under_scenario(analyse(decision), scenario).with_weights(output.points(sets))
    output.show(output.ranking(analysis), format.value, output.ranking_table)


@app.command()
def scenarios(file: File, format: As = Format.table, home: Home = None) -> None:
    """Show who leads under each named set of weights: scenarios, presets, stakeholders."""
    from selector.analysis import analyse
    from selector.cli_results import scenarios as result

    analysis = analyse(Library(home or _home).decision(file))
    output.show(result.data(analysis), format.value, result.table)


@app.command()
def weights(file: File, sets: Sets = None, format: As = Format.table, home: Home = None) -> None:
    """Show the weights of a decision, global and by group."""
    from selector.analysis import analyse
    from selector.cli_results import weights as result

    analysis = analyse(Library(home or _home).decision(file)).with_weights(output.points(sets))
    output.show(result.data(analysis), format.value, result.table)


@app.command()
def methods(file: File, sets: Sets = None, format: As = Format.table, home: Home = None) -> None:
    """Rank by every method of the literature, and show where and why they differ."""
    from selector.analysis import analyse
    from selector.cli_results import methods as result

    analysis = analyse(Library(home or _home).decision(file)).with_weights(output.points(sets))
    output.show(result.data(analysis), format.value, result.table)


@app.command()
def robustness(
    file: File,
    samples: Annotated[int, typer.Option(help="How many draws are made.")] = 100_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same draws.")] = 1,
    weights: Annotated[
        str | None, typer.Option(help="How weights vary: uniform, around:0.25 or order.")
    ] = None,
    draws: Annotated[
        str, typer.Option(help="random, or sobol for points that fill the space evenly.")
    ] = "random",
    method: Annotated[
        str | None, typer.Option(help="Draw topsis, vikor or promethee2 as well.")
    ] = None,
    sets: Sets = None,
    workers: Here = None,
    scheduler: Scheduler = None,
    format: As = Format.table,
    home: Home = None,
) -> None:
    """Show how sure the answer is, and what would change it."""
    from selector.analysis import analyse
    from selector.cli_results import robustness as result
    from selector.mcda.robustness.parts import parts_of
    from selector.scale.clusters import workers_at

    analysis = analyse(Library(home or _home).decision(file)).with_weights(output.points(sets))
    told = result.progress(samples)
    with workers_at(workers, scheduler, len(parts_of(samples))) as mapper:
        found = analysis.robustness(samples, seed, weights, told, mapper, draws, method)
    output.show(result.data(analysis, found), format.value, result.table)


class CostFormat(StrEnum):
    """How bills are printed."""

    table = "table"
    json = "json"
    csv = "csv"


@app.command()
def cost(
    file: File,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="Another figure: of the workload, an assumption, or ALTERNATIVE.FIGURE.",
        ),
    ] = None,
    prices: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Negotiated prices, instead of the decision's own."),
    ] = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="Leave out what is confidential.")
    ] = False,
    format: Annotated[
        CostFormat, typer.Option("--format", help="A table for people, JSON, or items as CSV.")
    ] = CostFormat.table,
    home: Home = None,
) -> None:
    """Show what each alternative costs, item by item, and from which volume on it is cheaper."""
    from selector.analysis import analyse
    from selector.cli_results import cost as result
    from selector.cli_results import cost_table
    from selector.measure.changes import with_figures

    library = Library(home or _home)
    decision = library.decision(file)
    if prices is not None:
        decision = decision._replace(negotiated=library.negotiated(prices))
    analysis = analyse(with_figures(decision, result.changes(sets or [])))
    data = result.data(analysis, redact)
    if format is CostFormat.csv:
        output.write(cost_table.focus_csv(data))
    else:
        output.show(data, format.value, cost_table.table)


@app.command()
def portfolio(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of decisions.")],
    samples: Annotated[int, typer.Option(help="How many draws are made of each.")] = 10_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same draws.")] = 1,
    weights: Annotated[
        str | None, typer.Option(help="How weights vary: uniform, around:0.25 or order.")
    ] = None,
    workers: Here = None,
    scheduler: Scheduler = None,
    format: As = Format.table,
    home: Home = None,
) -> None:
    """Rank every decision under a folder, and show how sure each answer is."""
    from selector.cli_results import portfolio as result
    from selector.cli_results.validation import home_among
    from selector.scale.portfolio import portfolio as run

    gc.enable()  # a long run, unlike the others
    own = home or _home or home_among([folder])
    told = result.progress()
    rows = run(folder, samples, seed, weights, own, workers, scheduler, told)
    output.show(result.data(rows, samples, seed), format.value, result.table)
    result.tell_errors(rows)
    if any(row.errors for row in rows):
        raise typer.Exit(2)


@app.command()
def stakeholders(file: File, format: As = Format.table, home: Home = None) -> None:
    """Rank by the weights of each stakeholder and of all together; show where they differ."""
    from selector.analysis import analyse
    from selector.cli_results import stakeholders as result

    analysis = analyse(Library(home or _home).decision(file))
    data = result.data(analysis, analysis.stakeholders())
    output.show(data, format.value, result.table)


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

    library = Library(home or _home or result.home_among(paths or []))
    data = result.data(library, paths or [])
    output.show(data, format.value, result.table)
    if data["problems"]:
        raise typer.Exit(1)


@app.command()
def coverage(file: File, format: As = Format.table, home: Home = None) -> None:
    """Show which parts of NIST AI RMF and Well-Architected a decision examines, and which not."""
    from selector.domain.frameworks import examined

    decision = Library(home or _home).decision(file)
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
    output.show(json_schema(kind, Library(home or _home).dictionary()), "json", lambda _: ())


@app.command()
def vendors(
    conflicts: Annotated[
        bool, typer.Option("--conflicts", help="List the facts whose sources disagree.")
    ] = False,
    format: As = Format.table,
    home: Home = None,
) -> None:
    """List all vendors with what is known of them."""
    from selector.catalog.coverage import coverage_of
    from selector.cli_results import vendors as result

    library = Library(home or _home)
    if conflicts:
        records = [library.vendor(vendor_id) for vendor_id in library.vendor_ids()]
        data = result.conflicts(records, library.dictionary())
        output.show(data, format.value, result.conflicts_table)
        return
    rows = [coverage_of(library.vendor(i), library.dictionary()) for i in library.vendor_ids()]
    output.show(result.vendors(rows), format.value, result.vendors_table)


@app.command()
def vendor(
    vendor_id: Annotated[str, typer.Argument(metavar="ID", help="A vendor's id.")],
    format: As = Format.table,
    home: Home = None,
) -> None:
    """Show one vendor's facts with their sources."""
    from selector.cli_results import vendors as result

    library = Library(home or _home)
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

    result.run(Library(home or _home), answers, questions, to, format.value)


@app.command()
def ui(
    port: Annotated[int, typer.Option(help="The port to serve on.")] = 8501,
    host: Annotated[str, typer.Option(help="The address to serve on.")] = "127.0.0.1",
    home: Home = None,
) -> None:
    """Open the app."""

    own = home or _home
    given = [] if own is None else ["--home", str(own)]
    command = [sys.executable, "-m", "selector.ui", "--port", str(port), "--host", host, *given]
    # The app takes this process over: the command line never imports it, and a signal to stop
    # reaches it.
    os.execv(sys.executable, command)  # noqa: S606 - our own module, no shell


@app.command()
def version() -> None:
    """Print the version."""
    output.say([VERSION])


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; every error that people can cause is said in plain words."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a narrow terminal is no error
    try:
        result: Any = app(arguments, standalone_mode=False)
    except InputError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        sys.exit(2)
    except SelectorError as error:
        print(f"selector: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        print(f"selector: {error.format_message()}", file=sys.stderr)
        sys.exit(2)
    sys.exit(result if isinstance(result, int) else 0)
