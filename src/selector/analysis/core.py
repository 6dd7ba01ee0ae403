"""The one call that joins everything: a Decision to its Analysis, each part made on first use."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from selector.analysis.evidence import evidence_count
from selector.analysis.weights import SetWeights, set_weights
from selector.catalog.records import unknown_name
from selector.domain.criterion import Criterion
from selector.domain.decision import Alternative, Decision
from selector.domain.outcome import Contribution, EvidenceCount, Excluded, Notice, Ranked, Stability
from selector.domain.performance import Cell, PerformanceTable, ValueTable
from selector.domain.problem import UsageError
from selector.mcda.methods.weighted_sum import ranks_of, weighted_sum
from selector.mcda.weighting.direct import replaced
from selector.mcda.weighting.tree import global_weights
from selector.measure.fingerprint import fingerprint
from selector.measure.requirements import in_words
from selector.measure.table import Measured, measured
from selector.measure.valuation import ColumnScale
from selector.version import VERSION

if TYPE_CHECKING:
    import pandas as pd

    from selector.analysis.cost import Cost
    from selector.analysis.methods import Methods
    from selector.analysis.robustness import Flip, Robustness
    from selector.analysis.stakeholders import Stakeholders
    from selector.mcda.methods._contract import Run
    from selector.mcda.robustness.parts import Mapper, Progress

Array = NDArray[np.float64]


def analyse(decision: Decision) -> "Analysis":
    """The analysis of a decision. Nothing is computed before it is asked for."""
    if decision.method != "weighted_sum" or decision.parameters:
        from selector.analysis.methods import check_method

        check_method(decision)
    return Analysis(decision)


class Analysis:
    """The answer to a decision, and every step to it.

    Rows are the ranked alternatives and columns the leaves, both in the decision's order. Scores
    and values are 0 to 1. Raises InputError on first use where a cell cannot be valued.
    """

    def __init__(
        self,
        decision: Decision,
        shares: Mapping[str, float] | None = None,
        done: Measured | None = None,
    ) -> None:
        self.decision = decision
        self._given_shares = shares
        self._done = done

    # What does not depend on weights -----------------------------------------------------------

    @cached_property
    def _measured(self) -> Measured:
        return self._done or measured(self.decision)

    @property
    def measured(self) -> Measured:
        """Cells, values, scales and knock-outs: all that does not depend on weights."""
        return self._measured

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The alternatives that are ranked, in the decision's order."""
        return self._measured.ranked

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The leaf criteria, in the order of the file."""
        return self.decision.criteria.leaves()

    @property
    def table(self) -> PerformanceTable:
        """The cells: raw performances with their facts."""
        return self._measured.table

    @property
    def value_table(self) -> ValueTable:
        """The values as arrays: low, central, high (alternatives, leaves)."""
        return self._measured.values

    @property
    def scales(self) -> Mapping[str, ColumnScale]:
        """The value function of each leaf."""
        return self._measured.scales

    @property
    def excluded(self) -> tuple[Excluded, ...]:
        """One row for each requirement that an alternative fails."""
        return self._measured.excluded

    def cell(self, alternative: str, leaf: str) -> Cell:
        """The cell of an alternative, knocked out or not; KeyError where there is none."""
        if alternative in self._measured.excluded_cells:
            return self._measured.excluded_cells[alternative][self.table.leaves.index(leaf)]
        return self.table.cell(alternative, leaf)

    @cached_property
    def requirements(self) -> tuple[str, ...]:
        """The requirements in words, in the decision's order."""
        return tuple(in_words(r, self.decision) for r in self.decision.requirements)

    @cached_property
    def performances(self) -> "pd.DataFrame":
        """Central performances, alternatives × leaves; NaN is unknown. Levels count by place."""
        import pandas as pd

        return pd.DataFrame(
            self.table.central(),
            index=list(self.table.alternatives),
            columns=list(self.table.leaves),
        )

    @cached_property
    def values(self) -> "pd.DataFrame":
        """Central values, alternatives × leaves, 0 worst and 1 best."""
        import pandas as pd

        return pd.DataFrame(
            self.value_table.central,
            index=list(self.table.alternatives),
            columns=list(self.table.leaves),
        )

    # Weights ---------------------------------------------------------------------------------

    @cached_property
    def shares(self) -> dict[str, float]:
        """The share of each criterion among its siblings, groups and leaves, by id."""
        return dict(self._given_shares or self._set_weights.shares)

    @cached_property
    def _set_weights(self) -> SetWeights:
        return set_weights(self.decision, lambda: self._measured)

    @cached_property
    def _nodes(self) -> tuple[Criterion, ...]:
        return tuple(self.decision.criteria.walk())

    @cached_property
    def _parents(self) -> tuple[int, ...]:
        places = {criterion.id: index for index, criterion in enumerate(self._nodes)}
        parents = [-1] * len(self._nodes)
        for index, criterion in enumerate(self._nodes):
            for child in criterion.children:
                parents[places[child.id]] = index
        return tuple(parents)

    @cached_property
    def _node_weights(self) -> Array:
        return global_weights(
            self._parents, np.array([self.shares[node.id] for node in self._nodes])
        )

    @cached_property
    def weights(self) -> dict[str, float]:
        """The global weight of each leaf; they sum to 1."""
        return {
            node.id: float(weight)
            for node, weight in zip(self._nodes, self._node_weights, strict=True)
            if not node.children
        }

    @cached_property
    def group_weights(self) -> dict[str, float]:
        """The global weight of each group."""
        return {
            node.id: float(weight)
            for node, weight in zip(self._nodes, self._node_weights, strict=True)
            if node.children
        }

    def with_weights(self, points: Mapping[str, float]) -> "Analysis":
        """A new analysis with some weights replaced; nothing else is computed again.

        The siblings of each named criterion are rescaled to sum 100, the named ones set to the
        points given, then all normalised. Raises UsageError for a name that does not exist, a
        negative weight, or siblings that sum to zero.
        """
        known = {node.id for node in self._nodes}
        for name in points:
            if name not in known:
                raise UsageError("; ".join(unknown_name("criterion", name, known)))
        shares: dict[str, float] = {}
        for _, siblings in self.decision.criteria.siblings():
            current = {c.id: self.shares[c.id] for c in siblings}
            shares |= replaced(current, {c.id: points[c.id] for c in siblings if c.id in points})
        return self.with_shares(shares)

    def with_shares(self, shares: Mapping[str, float]) -> "Analysis":
        """A new analysis with these shares of all criteria among their siblings."""
        return Analysis(self.decision, shares, self._measured)

    # The answer ------------------------------------------------------------------------------

    @cached_property
    def _leaf_weights(self) -> Array:
        return np.array([self.weights[leaf.id] for leaf in self.leaves])

    @cached_property
    def scores(self) -> dict[str, tuple[float, float, float]]:
        """(low, central, high) of each ranked alternative by the weighted sum."""
        tables = (self.value_table.low, self.value_table.central, self.value_table.high)
        low, central, high = (weighted_sum(values, self._leaf_weights) for values in tables)
        return {
            alternative.id: (float(low[row]), float(central[row]), float(high[row]))
            for row, alternative in enumerate(self.alternatives)
        }

    @cached_property
    def ranking(self) -> list[Ranked]:
        """The ranked alternatives, best first; equal ones in the decision's order.

        By the decision's method; low and high are None for another than the weighted sum. Raises
        UsageError where that method cannot take the figures.
        """
        if not self.alternatives:
            return []
        triples: list[tuple[float | None, float | None, float | None]]
        if self.decision.method == "weighted_sum":
            triples = list(self.scores.values())
            ranks = ranks_of(np.array([score for _, score, _ in self.scores.values()]))
        else:
            found, ranks = self._method_run.result.scores, self._method_run.result.ranks
            scores = [None] * len(ranks) if found is None else found.tolist()
            triples = [(None, score, None) for score in scores]
        rows = []
        for alternative, rank, triple in zip(self.alternatives, ranks, triples, strict=True):
            low, score, high = triple
            missing = self._measured.unproven.get(alternative.id, ())
            rows.append(
                Ranked(
                    alternative.id,
                    alternative.name,
                    int(rank),
                    score,
                    low,
                    high,
                    bool(missing),
                    missing,
                )
            )
        return sorted(rows, key=lambda row: row.rank)

    @cached_property
    def _method_run(self) -> "Run":
        from selector.analysis.methods import evaluated

        return evaluated(self, self.decision.method)

    def methods(self) -> "Methods":
        """What every method says of the decision, how far they agree, and why they differ."""
        from selector.analysis.methods import methods_of

        return methods_of(self)

    @cached_property
    def _method_notices(self) -> tuple[Notice, ...]:
        if self.decision.method == "weighted_sum" or not self.alternatives:
            return ()
        from selector.analysis.methods import notices_of

        return notices_of(self, self.decision.method, self._method_run)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What one must know to read the answer, with codes."""
        own = self._measured.notices + self._set_weights.notices
        return own + self._method_notices + self._stakeholder_notices

    @cached_property
    def _stakeholder_notices(self) -> tuple[Notice, ...]:
        if not self.decision.stakeholders:
            return ()
        from selector.analysis.stakeholders import notices_of

        return notices_of(self)

    @property
    def warnings(self) -> list[str]:
        """The same in plain words."""
        return list(dict.fromkeys(notice.text for notice in self.notices))

    def contributions(self, alternative: str, against: str) -> list[Contribution]:
        """Leaf by leaf, what puts one ranked alternative before (or behind) another.

        The differences add up to the gap between their scores; the largest leads come first.
        """
        rows = {a.id: row for row, a in enumerate(self.alternatives)}
        central = self.value_table.central
        gaps = self._leaf_weights * (central[rows[alternative]] - central[rows[against]])
        parts = [
            Contribution(leaf.id, float(gap)) for leaf, gap in zip(self.leaves, gaps, strict=True)
        ]
        return sorted(parts, key=lambda part: -part.difference)

    @cached_property
    def stability(self) -> dict[str, Stability]:
        """For each leaf and group, the stretch of its share on which the winner stays first."""
        from selector.analysis.stability import stability_of

        return stability_of(self)

    @cached_property
    def closest_flip(self) -> "Flip | None":
        """The smallest change of leaf weights that takes the first place from the winner."""
        from selector.analysis.robustness import closest_flip_of

        return closest_flip_of(self)

    def robustness(
        self,
        samples: int = 100_000,
        seed: int = 1,
        weights: str | None = None,
        progress: "Progress | None" = None,
        mapper: "Mapper | None" = None,
        draws: str = "random",
        method: str | None = None,
    ) -> "Robustness":
        """How sure the answer is: sampling over weights and facts, flips, what to find out.

        `weights` is `uniform`, `around:0.25` or `order`; without it what the decision says under
        `uncertainty`, else `around:0.25`. `progress` is called with the samples done and wanted;
        what it raises ends the work. `mapper` does the work elsewhere than in two threads here.
        `draws` is `random` or `sobol`. `method` (topsis, vikor or promethee2) is drawn too.
        """
        from selector.analysis.robustness import robustness_of

        return robustness_of(self, samples, seed, weights, progress, mapper, draws, method)

    def stakeholders(self) -> "Stakeholders":
        """The answer by each stakeholder's weights, by all of them together, and who differs."""
        from selector.analysis.stakeholders import stakeholders_of

        return stakeholders_of(self)

    def cost(self) -> "Cost":
        """What each alternative costs, item by item, and where one becomes cheaper than another."""
        return self._cost

    @cached_property
    def _cost(self) -> "Cost":
        from selector.analysis.cost import Cost

        return Cost(self.decision)

    @cached_property
    def evidence(self) -> EvidenceCount:
        """How well the cells of the ranked alternatives are known."""
        return evidence_count(self.table)

    @cached_property
    def version(self) -> str:
        """A short hash of all that the answer rests on: decision, facts in use, weights, engine."""
        cells = {
            a.id: [self.cell(a.id, leaf.id) for leaf in self.leaves]
            for a in self.decision.alternatives
        }
        return fingerprint(self.decision, cells, self.shares, VERSION)
