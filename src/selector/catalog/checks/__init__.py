"""Checks of whole files that only `selector validate` makes: one rule per module.

Each module has `check(subject)`, which yields problems and never raises; a new module is found by
itself. What makes a file unusable is checked while it is read; these say what would mislead.
"""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from selector.catalog.reading import Document
from selector.domain.criterion import CriteriaSet
from selector.domain.decision import Decision
from selector.domain.fact import Dictionary, FactDefinition
from selector.domain.negotiated import Negotiated
from selector.domain.pattern import Pattern
from selector.domain.pricing import PriceBook
from selector.domain.problem import Problem
from selector.domain.stack import FitFile
from selector.domain.vendor import Vendor


class PriceRows(NamedTuple):
    """The rows of one file of the price book: its name (`instances`), and the rows by id."""

    name: str
    rows: Mapping[str, Any]


Record = (
    dict[str, FactDefinition]
    | Vendor
    | CriteriaSet
    | Decision
    | FitFile
    | Pattern
    | PriceRows
    | Negotiated
)


class Subject(NamedTuple):
    """What is checked: a record, the document it was read from, and what is in force beside it."""

    document: Document
    record: Record
    dictionary: Dictionary
    prices: PriceBook = PriceBook()


def problems(subject: Subject) -> Iterator[Problem]:
    """Everything that the rules find."""
    for module in pkgutil.iter_modules(__path__):
        rule = importlib.import_module(f"{__name__}.{module.name}")
        yield from rule.check(subject)
