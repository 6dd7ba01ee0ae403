"""Commands that answer a decision."""

import gc
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from selector import cli_output as output
from selector.cli._app import (
    As,
    File,
    Format,
    Here,
    Home,
    Scheduler,
    Sets,
    app,
    library_of,
    own_home,
    told,
)


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

    decision = library_of(home).decision(file)
    if method is not None:
        from selector.domain.evidence import NOWHERE

        decision = decision._replace(method=method, method_origin=NOWHERE)
    analysis = under_scenario(analyse(decision), scenario).answering(output.points(sets))
    output.show(output.ranking(told(analysis, format)), format.value, output.ranking_table)


@app.command()
def scenarios(file: File, format: As = Format.table, home: Home = None) -> None:
    """Show who leads under each named set of weights: scenarios, presets, stakeholders."""
    from selector.analysis import analyse
    from selector.cli_results import scenarios as result

    analysis = analyse(library_of(home).decision(file))
    output.show(result.data(told(analysis, format)), format.value, result.table)


@app.command()
def weights(file: File, sets: Sets = None, format: As = Format.table, home: Home = None) -> None:
    """Show the weights of a decision, global and by group."""
    from selector.analysis import analyse
    from selector.cli_results import weights as result

    analysis = analyse(library_of(home).decision(file)).answering(output.points(sets))
    output.show(result.data(told(analysis, format)), format.value, result.table)


@app.command()
def methods(file: File, sets: Sets = None, format: As = Format.table, home: Home = None) -> None:
    """Rank by every method of the literature, and show where and why they differ."""
    from selector.analysis import analyse
    from selector.cli_results import methods as result

    analysis = analyse(library_of(home).decision(file)).answering(output.points(sets))
    output.show(result.data(told(analysis, format)), format.value, result.table)


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

    analysis = analyse(library_of(home).decision(file)).answering(output.points(sets))
    analysis = told(analysis, format)
    tell = result.progress(samples)
    with workers_at(workers, scheduler, len(parts_of(samples))) as mapper:
        found = analysis.robustness(samples, seed, weights, tell, mapper, draws, method)
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

    library = library_of(home)
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
    own = own_home(home) or home_among([folder])
    tell = result.progress()
    rows = run(folder, samples, seed, weights, own, workers, scheduler, tell)
    output.show(result.data(rows, samples, seed), format.value, result.table)
    result.tell_errors(rows)
    if any(row.errors for row in rows):
        raise typer.Exit(2)


@app.command()
def stakeholders(file: File, format: As = Format.table, home: Home = None) -> None:
    """Rank by the weights of each stakeholder and of all together; show where they differ."""
    from selector.analysis import analyse
    from selector.cli_results import stakeholders as result

    analysis = told(analyse(library_of(home).decision(file)), format)
    data = result.data(analysis, analysis.stakeholders())
    output.show(data, format.value, result.table)


@app.command()
def compose(
    file: File,
    top: Annotated[int, typer.Option(min=1, max=1000, help="How many stacks are shown.")] = 10,
    fix: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LAYER=CANDIDATE", help="Fix a layer; nothing behind = lets it go; repeat."
        ),
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="LAYER=POINTS", help="Replace a weight; repeat for more."),
    ] = None,
    samples: Annotated[int, typer.Option(min=1, help="How many draws of weights.")] = 1000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same draws.")] = 1,
    records: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the decision records of the best stack there."),
    ] = None,
    redact: Annotated[
        bool, typer.Option("--redact", help="Leave out what is confidential.")
    ] = False,
    format: As = Format.table,
    home: Home = None,
) -> None:
    """Compose the best whole stacks of a decision with a stack, under what fits what and limits."""
    from selector.analysis.stack import analyse_stack
    from selector.cli_results import compose as result
    from selector.cli_results.compose_table import table
    from selector.report.money import money_of
    from selector.report.stack_currency import stack_in_currency

    gc.enable()
    analysis = analyse_stack(library_of(home).decision(file)).with_weights(output.points(sets))
    fixed = result.fixes(fix)
    analysis = analysis.with_fixed(fixed) if fixed else analysis
    if records is not None:
        result.write_records(analysis, records, redact)
    analysis = analysis if format is Format.json else stack_in_currency(analysis)
    data = result.data(analysis, top, samples, seed, redact)
    output.show(data, format.value, partial(table, money=money_of(analysis.decision)))
    if not data["stacks"]:
        raise typer.Exit(1)
