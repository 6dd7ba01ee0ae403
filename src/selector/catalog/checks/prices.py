"""Rows of the price book that name what is not there, are dated ahead, or cannot be right."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from selector.catalog.checks import PriceRows, Subject
from selector.catalog.records import unknown_name
from selector.domain.pricing import (
    ANYWHERE,
    Basis,
    Instance,
    PriceBook,
    ServedModel,
    Service,
    Throughput,
)
from selector.domain.problem import Problem

Found = tuple[tuple[object, ...], str, str]
"""Where below the row, what is wrong, and what would be right."""


def check(subject: Subject) -> Iterator[Problem]:
    """Accelerators, models and precisions that are not known; days that have not come."""
    if not isinstance(subject.record, PriceRows):
        return
    name, rows = subject.record
    for key, row in rows.items():
        if name == "tokens":
            continue
        for where, what, instead in (*_named(row, subject.prices), *_ahead(row, date.today())):
            origin = subject.document.origin(name, key, *where)
            yield Problem.at(origin, f"{key}: {what}", instead)


def _named(row: Any, book: PriceBook) -> Iterator[Found]:
    if isinstance(row, Instance | Throughput) and row.accelerator not in book.accelerators:
        yield ("accelerator",), *unknown_name("accelerator", row.accelerator, book.accelerators)
    if isinstance(row, Throughput):
        model = book.models.get(row.model)
        if model is None:
            yield ("model",), *unknown_name("model", row.model, book.models)
        elif row.precision not in model.weights_gb:
            named = unknown_name(f"precision of {row.model}", row.precision, model.weights_gb)
            yield ("precision",), *named
    if isinstance(row, ServedModel) and (row.active_parameters or 0) > row.parameters:
        yield ("active_parameters",), "more parameters are active than there are", "swap them"
    if isinstance(row, Service):
        for index, charge in enumerate(row.charges):
            if ANYWHERE not in charge.prices:
                what = f"{charge.name}: no price for other regions"
                yield ("charges", index), what, "add one under 'any', a range with its reason"


def _ahead(row: Any, today: date) -> Iterator[Found]:
    for basis in bases_of(row):
        if basis.as_of is not None and basis.as_of > today:
            what = f"as_of {basis.as_of.isoformat()} lies in the future"
            yield (), what, "write the day it was true or read"
            return


def bases_of(row: Any) -> Iterator[Basis]:
    """What each figure of a row rests on."""
    if isinstance(row, Instance):
        for terms in row.prices.values():
            yield from (price.basis for price in terms.values())
    elif isinstance(row, Service):
        for charge in row.charges:
            for tiers in charge.prices.values():
                yield from (tier.price.basis for tier in tiers)
    else:
        yield row.basis
