"""A decision that tests edit, and what it is after an edit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from selector.analysis import Analysis, analyse
from selector.catalog.editing import data_of, edited
from selector.catalog.library import Library, shipped_home
from selector.catalog.reading import parse_document, read_document
from selector.catalog.records.decision import decision_record
from selector.catalog.shapes._common import shaped
from selector.catalog.shapes.decision import DecisionFile
from selector.domain.problem import InputError
from selector.ui.edits import criteria
from selector.ui.edits._edit import Changes, Edit, Refused

LIBRARY = Library()
SHIPPED = (shipped_home() / "decisions" / "support-assistant.yaml").read_bytes()
SET = read_document(shipped_home() / "criteria" / "ai-platform.yaml").data
OWN = b"""\
# ours
id: case
title: A case
as_of: 2026-11-24
budget: {monthly: 1000}
criteria:
  - id: money
    weight: 60%    # of all
    children:
      - {id: price, name: Price, weight: 3, unit: USD, value: {worst: {budget: 1.5}, best: 0}}
      - {id: effort, name: Effort, weight: 1, value: {levels: {much: 0, some: 0.5, none: 1}}}
  - {id: speed, name: Speed, weight: 40%, goal: max, unit: ms, value: {worst: 0, best: 100}}
alternatives:
  - groq
  - {id: b, name: B, performance: {price: 20, effort: some, speed: 50}}
requirements:
  - {criterion: speed, at_least: 1}   # or nobody waits
weights: {method: direct, values: {price: 1, effort: 1}}
stakeholders:
  - {name: Finance, weights: {money: 70%, speed: 30%}}
scenarios:
  - {name: Cheap, weights: {effort: 0, price: 5}}
"""


def read(raw: bytes) -> Analysis:
    """The analysis of a decision's text."""
    document = parse_document(raw, "case.yaml")
    shape = shaped(document, DecisionFile)
    decision = None if shape is None else decision_record(document, shape, LIBRARY)
    if decision is None or document.problems:
        raise InputError(document.problems)
    return analyse(decision)


def after(changes: Changes, raw: bytes = OWN) -> Analysis:
    """The analysis once the changes are made."""
    return read(edited(raw, *changes))


def tree(raw: bytes, change: Callable[[Edit, Analysis], Any]) -> Analysis:
    """The same after an edit of the criteria."""
    data, before = data_of(raw), read(raw)
    edit = criteria.inlined(data, SET, before)
    change(edit, before)
    made = edited(raw, *edit.changes)
    assert data_of(made) == edit.data
    return read(made)


def refused(field: str, words: str, make: Callable[[], Any]) -> None:
    """It is refused, at that field, in words that say what would be right."""
    with pytest.raises(Refused) as caught:
        make()
    assert caught.value.field == field
    assert words in str(caught.value)
