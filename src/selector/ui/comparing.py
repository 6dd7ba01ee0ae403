"""How the page Compare is looked at: its view, order, filters and folds, and how a link says them.

Nothing here knows of Streamlit. Ids that a decision does not have are left out when it is drawn,
so that a look outlives an edit of the criteria.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.analysis import Analysis
from selector.domain.criterion import Criterion, FactMeasure, ShareMeasure

Array = NDArray[np.float64]

VIEWS = ("matrix", "pair", "parallel")
ROWS = ("file", "weight", "spread")
ONLY = ("all", "apart", "open")
BY = ("criterion", "group")
ALL = "*"  # no id: the order of the file among columns, every criterion in the parallel view
TELLS = 5e-4  # of a score: what moves a gap by less reads as 0.0 points
LONGEST = 80  # letters of a search
_ID = re.compile(r"[a-z0-9][a-z0-9_-]*")


class Look(NamedTuple):
    """What a visitor chose on Compare.

    `columns` is empty for the order of the ranking, `*` for that of the file, or the criterion by
    whose values they stand. `least` is a weight in per cent. `shown` is empty for all. `within` is
    what the parallel view runs over: empty for the groups, `*` for all criteria, or a group.
    """

    view: str = "matrix"
    columns: str = ""
    rows: str = "file"
    only: str = "all"
    least: float = 0.0
    words: str = ""
    shown: tuple[str, ...] = ()
    fold: tuple[str, ...] = ()
    pair: tuple[str, ...] = ()
    by: str = "criterion"
    within: str = ""
    lit: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether it may hide criteria or alternatives."""
        return bool(self.only != "all" or self.least > 0 or self.words or self.shown)


LINKED = Look._fields
_USUAL = Look()
_NAMED = {"view": VIEWS, "rows": ROWS, "only": ONLY, "by": BY}
_IDS = ("shown", "fold", "pair")


def to_link(look: Look) -> dict[str, str]:
    """What differs from the usual, as a link says it."""
    link = {}
    for name, value in look._asdict().items():
        if value != getattr(_USUAL, name):
            is_list = isinstance(value, tuple)
            link[name] = ",".join(value) if is_list else f"{value:g}" if name == "least" else value
    return link


def from_link(link: Mapping[str, str]) -> Look:
    """The look that a link says; what does not fit is left out."""
    found: dict[str, Any] = {}
    for name in LINKED:
        said = link.get(name, "")
        if name in _IDS:
            found[name] = tuple(dict.fromkeys(p for p in said.split(",") if _ID.fullmatch(p)))
        elif name == "least":
            found[name] = _per_cent(said)
        elif name == "words":
            found[name] = said[:LONGEST]
        elif said in _NAMED[name] if name in _NAMED else said == ALL or _ID.fullmatch(said):
            found[name] = said
    return Look(**found)


def _per_cent(said: str) -> float:
    try:
        least = float(said or 0)
    except ValueError:
        return 0.0
    return min(100.0, max(0.0, least)) if least == least else 0.0


# --- values of groups ---------------------------------------------------------------------------


class Worth(NamedTuple):
    """Values (alternatives,) of a criterion or group: lowest, as it counts, highest; 0 to 1."""

    low: Array
    central: Array
    high: Array


def worths(analysis: Analysis) -> dict[str, Worth]:
    """The values of every criterion; a group's is the mean of its children's by their shares."""
    found: dict[str, Worth] = {}
    columns = {leaf: column for column, leaf in enumerate(analysis.table.leaves)}
    values = analysis.value_table
    for node in reversed(list(analysis.decision.criteria.walk())):  # children before parents
        if not node.children:
            at = columns[node.id]
            worth = Worth(values.low[:, at], values.central[:, at], values.high[:, at])
        else:
            parts = [(analysis.shares[child.id], found[child.id]) for child in node.children]
            worth = Worth(*(np.sum([s * w[i] for s, w in parts], axis=0) for i in range(3)))
        found[node.id] = worth
    return found


def weight_of(analysis: Analysis, node: Criterion) -> float:
    """The weight of a criterion or group in the whole, 0 to 1."""
    return (analysis.group_weights if node.children else analysis.weights)[node.id]


# --- the matrix ---------------------------------------------------------------------------------


class Row(NamedTuple):
    """A row of the matrix: a criterion or group, how deep it stands, and the groups above it."""

    node: Criterion
    above: tuple[str, ...]

    @property
    def depth(self) -> int:
        """How many groups stand above it."""
        return len(self.above)


class Arranged(NamedTuple):
    """The matrix as it is looked at: rows from the top, alternatives from the left, what is hidden.

    `first_two` are the alternatives that `only: apart` asks about; empty where fewer are shown.
    """

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    criteria: int  # shown
    of_criteria: int
    of_alternatives: int
    first_two: tuple[str, ...]


def columns_of(analysis: Analysis, look: Look, found: Mapping[str, Worth]) -> tuple[str, ...]:
    """The alternatives that are shown, in their order; all where none of those chosen exists."""
    ranked = [row.alternative for row in analysis.ranking]
    shown = [a for a in ranked if a in look.shown] or ranked
    at = {a: row for row, a in enumerate(analysis.table.alternatives)}
    if look.columns == ALL:
        shown.sort(key=at.__getitem__)
    elif look.columns in found:
        central = found[look.columns].central
        shown.sort(key=lambda a: -central[at[a]])  # stable: level ones by rank
    return tuple(shown)


def arranged(analysis: Analysis, look: Look, found: Mapping[str, Worth] | None = None) -> Arranged:
    """The rows and columns that the look asks for; groups without a row of theirs are left out."""
    found = found or worths(analysis)
    columns = columns_of(analysis, look, found)
    at = {a: row for row, a in enumerate(analysis.table.alternatives)}
    places = [at[a] for a in columns]
    first_two = tuple(r.alternative for r in analysis.ranking if r.alternative in columns)[:2]

    def size(node: Criterion) -> float:
        weight = weight_of(analysis, node)
        if look.rows == "weight":
            return -weight
        central = found[node.id].central[places]
        return -weight * float(central.max() - central.min())

    def wanted(leaf: Criterion, above: tuple[Criterion, ...]) -> bool:
        weight = analysis.weights[leaf.id]
        if 100 * weight < look.least:
            return False
        if look.words and not _says(leaf, above, look.words, analysis):
            return False
        if look.only == "apart":
            central = found[leaf.id].central[[at[a] for a in first_two]]
            return float(weight * np.ptp(central)) >= TELLS
        if look.only == "open":
            states = {analysis.cell(a, leaf.id).state for a in columns}
            return bool(states & {"unknown", "disputed"})
        return True

    rows: list[Row] = []

    def add(siblings: tuple[Criterion, ...], above: tuple[Criterion, ...]) -> None:
        ordered = siblings if look.rows == "file" else sorted(siblings, key=size)
        for node in ordered:
            row = Row(node, tuple(group.id for group in above))
            if not node.children:
                if wanted(node, above):
                    rows.append(row)
                continue
            place = len(rows)
            add(node.children, (*above, node))
            if len(rows) > place:
                rows.insert(place, row)

    add(analysis.decision.criteria.criteria, ())
    shown = sum(not row.node.children for row in rows)
    return Arranged(
        tuple(rows), columns, shown, len(analysis.leaves), len(analysis.ranking), first_two
    )


def _says(leaf: Criterion, above: tuple[Criterion, ...], words: str, analysis: Analysis) -> bool:
    """Whether a criterion, the groups above it or its fact say all the words."""
    said = [leaf.id, leaf.name, leaf.unit, leaf.question, *(group.name for group in above)]
    if isinstance(leaf.measure, FactMeasure | ShareMeasure):
        definition = analysis.decision.dictionary.get(leaf.measure.fact)
        said += [leaf.measure.fact, definition.name if definition else ""]
    whole = " ".join(said).casefold()
    return all(word in whole for word in words.casefold().split())


def pair_of(analysis: Analysis, look: Look) -> tuple[str, str]:
    """The two that are compared: those chosen while both rank, else the first and the second.

    Empty names where fewer than two rank.
    """
    ranked = [row.alternative for row in analysis.ranking]
    chosen = [a for a in look.pair if a in ranked]
    if len(chosen) == 2:
        return chosen[0], chosen[1]
    return (ranked[0], ranked[1]) if len(ranked) > 1 else ("", "")
