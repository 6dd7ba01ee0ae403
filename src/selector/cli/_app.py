"""The command line's frame: the program, and the options that many commands share."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from selector.catalog.library import Library

if TYPE_CHECKING:
    from selector.analysis import Analysis

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


def own_home(home: Path | None) -> Path | None:
    """The folder with one's own data, given behind the command or before it."""
    return home or _home


def library_of(home: Path | None) -> Library:
    """What is known by id there and among what is shipped."""
    return Library(own_home(home))


def told(analysis: "Analysis", format: Format) -> "Analysis":
    """As it is printed: a table in the currency of the business, JSON in the units of the files."""
    if format is Format.json:
        return analysis
    from selector.report.currency import in_currency

    return in_currency(analysis)
