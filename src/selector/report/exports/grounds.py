"""What an export rests on: the analysis, its cells, sources and draws, without what is hidden."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from selector.analysis import Analysis
from selector.analysis.robustness import Robustness
from selector.domain import words as plain
from selector.domain.criterion import Criterion
from selector.domain.performance import Cell
from selector.report import words
from selector.report.currency import exchange, in_currency
from selector.report.exports import confidence
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.hushed import hushed
from selector.report.exports.sources import Numbered, numbered
from selector.report.money import Money, money_of

SAMPLES = 10_000  # as the app's pages draw


class Grounds:
    """What all words and figures of one answer rest on.

    With `is_apart` no file that is known by the decision's id has all that was set for it.
    """

    def __init__(
        self,
        analysis: Analysis,
        redact: bool = False,
        link: str = "",
        samples: int = SAMPLES,
        is_apart: bool = False,
    ) -> None:
        self.analysis = in_currency(hushed(analysis) if redact else analysis)
        self.link = link
        self.is_redacted, self.is_apart = redact, is_apart
        self._samples = samples

    # --- what it rests on -------------------------------------------------------------------
    @cached_property
    def robustness(self) -> Robustness:
        """The draws behind how sure it is; without figures where they would tell a hidden bill."""
        found = self.analysis.robustness(samples=self._samples)
        return confidence.without_figures(found) if self.veiled else found

    @cached_property
    def labels(self) -> Mapping[str, words.Label]:
        """Short names by id."""
        return words.labels(self.analysis.decision)

    @cached_property
    def money(self) -> Money:
        """The currency of all amounts."""
        return money_of(self.analysis.decision)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """The options whose bill is left out."""
        return confidence.secret_bills(self.analysis) if self.is_redacted else frozenset()

    @cached_property
    def veiled(self) -> frozenset[str]:
        """The options whose score is left out; where there is one, so is how sure it is."""
        return confidence.veiled(self.analysis, self.hidden)

    @cached_property
    def warnings(self) -> list[str]:
        """What one must know when reading this, in plain words."""
        return [*exchange(self.analysis), *confidence.warnings(self.analysis, self.hidden)]

    def is_hidden(self, alternative: str, leaf: Criterion) -> bool:
        """Whether a cell is left out: the cost of an option that is kept in confidence."""
        return alternative in self.hidden and confidence.is_cost(leaf)

    @property
    def day(self) -> date:
        """The day by which facts and prices are judged."""
        return self.analysis.decision.day

    @cached_property
    def stamp(self) -> str:
        """The version and the day, as every page bears them."""
        return f"Decision {self.analysis.version} · facts as of {plain.day(self.day)}"

    @cached_property
    def sources(self) -> list[Numbered]:
        """All sources, numbered."""
        return numbered(self.analysis, self.hidden)

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each source by its name."""
        return {source.name: source.number for source in self.sources}

    # --- cells ----------------------------------------------------------------------------------
    def leaf(self, leaf_id: str) -> Criterion:
        """A leaf criterion by its id."""
        return next(leaf for leaf in self.analysis.leaves if leaf.id == leaf_id)

    def cell(self, alternative: str, leaf: Criterion) -> Cell | None:
        """A cell; None where it is kept in confidence."""
        if self.is_hidden(alternative, leaf):
            return None
        return self.analysis.cell(alternative, leaf.id)

    def cell_text(self, alternative: str, leaf: Criterion, unit: bool = False) -> str:
        """A performance as the matrix shows it."""
        cell = self.cell(alternative, leaf)
        if cell is None:
            return KEPT_IN_HOUSE
        return words.with_unit(cell, leaf) if unit else words.cell_text(cell)

    def worth(self, alternative: str, leaf: Criterion) -> float | None:
        """The value of a ranked option's cell; None where it would tell a hidden bill."""
        if alternative in self.veiled and confidence.is_cost(leaf):
            return None
        table, values = self.analysis.table, self.analysis.value_table.central
        return float(values[table.alternatives.index(alternative), table.leaves.index(leaf.id)])

    def step(self, node: Criterion) -> str:
        """What going from worst to best on a criterion means; not where bills are the ends."""
        scale = self.analysis.scales.get(node.id)
        is_told = not (self.veiled and confidence.is_cost(node) and scale and scale.is_local)
        return words.swing(self.analysis, node) if is_told else ""
