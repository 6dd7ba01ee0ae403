"""The one call that joins everything: a Decision to its Analysis, each part made on first use."""

from collections.abc import Mapping
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from selector.analysis.basis import Basis
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
from selector.measure.requirements import in_words
from selector.measure.table import Measured
from selector.measure.valuation import ColumnScale

if TYPE_CHECKING:
    import pandas as pd

    from selector.analysis.cost import Cost
    from selector.analysis.methods import Methods
    from selector.analysis.robustness import Flip, Robustness
    from selector.analysis.stack import StackAnalysis
    from selector.analysis.stakeholders import Stakeholders
    from selector.mcda.methods._contract import Run
    from selector.mcda.robustness.parts import Mapper, Progress

Array = NDArray[np.float64]


def analyse(decision: Decision) -> "Analysis":
    """The analysis of a decision. Nothing is computed before it is asked for.

    Of a decision that composes a stack it is that of the decision among the best stacks.
    """
    composed = None
    if decision.stack is not None:
        from selector.analysis.stack import analyse_stack, as_decision

        composed = analyse_stack(decision)
        decision = as_decision(composed)
    if decision.method != "weighted_sum" or decision.parameters:
        from selector.analysis.methods import check_method

        check_method(decision)
    return Analysis(decision, composed=composed)


class Analysis:
    """The answer to a decision, and every step to it.

    Rows are the ranked alternatives and columns the leaves, both in the decision's order. Scores
    and values are 0 to 1. Raises InputError on first use where a cell cannot be valued. `composed`
    is what the alternatives were composed by.
    """

    def __init__(
        self,
        decision: Decision,
        shares: Mapping[str, float] | None = None,
        basis: Basis | None = None,
        composed: "StackAnalysis | None" = None,
        filed: Mapping[str, float] | None = None,
    ) -> None:
        self.decision = decision
        self.composed = composed
        self._given_shares, self._filed = shares, filed
        self.basis = basis or Basis(decision)

    # What does not depend on weights -----------------------------------------------------------

    @property
    def measured(self) -> Measured:
        """Cells, values, scales and knock-outs: all that does not depend on weights."""
        return self.basis.measured

    @property
    def alternatives(self) -> tuple[Alternative, ...]:
        """The alternatives that are ranked, in the decision's order."""
        return self.measured.ranked

    @property
    def leaves(self) -> tuple[Criterion, ...]:
        """The leaf criteria, in the order of the file."""
        return self.basis.leaves

    @property
    def table(self) -> PerformanceTable:
        """The cells: raw performances with their facts."""
        return self.measured.table

    @property
    def value_table(self) -> ValueTable:
        """The values as arrays: low, central, high (alternatives, leaves)."""
        return self.measured.values

    @property
    def scales(self) -> Mapping[str, ColumnScale]:
        """The value function of each leaf."""
        return self.measured.scales

    @property
    def excluded(self) -> tuple[Excluded, ...]:
        """One row for each requirement that an alternative fails."""
        return self.measured.excluded

    def cell(self, alternative: str, leaf: str) -> Cell:
        """The cell of an alternative, knocked out or not; KeyError where there is none."""
        if alternative in self.measured.excluded_cells:
            return self.measured.excluded_cells[alternative][self.table.leaves.index(leaf)]
        return self.table.cell(alternative, leaf)

    @cached_property
    def requirements(self) -> tuple[str, ...]:
        """The requirements in words, in the decision's order."""
        return tuple(in_words(r, self.decision) for r in self.decision.requirements)

    @cached_property
    def performances(self) -> "pd.DataFrame":
        """Central performances, alternatives × leaves; NaN is unknown. Levels count by place."""
        import pandas as pd

        rows, columns = list(self.table.alternatives), list(self.table.leaves)
        return pd.DataFrame(self.table.central(), index=rows, columns=columns)

    @cached_property
    def values(self) -> "pd.DataFrame":
        """Central values, alternatives × leaves, 0 worst and 1 best."""
        import pandas as pd

        rows, columns = list(self.table.alternatives), list(self.table.leaves)
        return pd.DataFrame(self.value_table.central, index=rows, columns=columns)

    # Weights ---------------------------------------------------------------------------------

    @cached_property
    def shares(self) -> dict[str, float]:
        """The share of each criterion among its siblings, groups and leaves, by id."""
        return dict(self._given_shares or self._set_weights.shares)

    @property
    def filed_shares(self) -> Mapping[str, float]:
        """The same by the weights of the decision's file, where others were set for the answer."""
        return self._filed or self._set_weights.shares

    @cached_property
    def _set_weights(self) -> SetWeights:
        return set_weights(self.decision, lambda: self.measured)

    @cached_property
    def share_array(self) -> Array:
        """The shares (nodes,), siblings side by side."""
        return np.array([self.shares[name] for name in self.basis.nodes])

    @cached_property
    def node_weights(self) -> Array:
        """The global weights (nodes,), siblings side by side."""
        return global_weights(self.basis.tree.parents.tolist(), self.share_array)

    @cached_property
    def leaf_weights(self) -> Array:
        """The global weights (leaves,); they sum to 1."""
        return self.node_weights[self.basis.tree.leaves]

    @cached_property
    def weights(self) -> dict[str, float]:
        """The global weight of each leaf; they sum to 1."""
        return dict(zip(self.basis.leaf_ids, self.leaf_weights.tolist(), strict=True))

    @cached_property
    def group_weights(self) -> dict[str, float]:
        """The global weight of each group."""
        weights = dict(zip(self.basis.nodes, self.node_weights.tolist(), strict=True))
        return {
            node.id: weights[node.id] for node in self.decision.criteria.walk() if node.children
        }

    def with_weights(self, points: Mapping[str, float]) -> "Analysis":
        """A new analysis with some weights replaced; nothing else is computed again.

        The siblings of each named criterion are rescaled to sum 100, the named ones set to the
        points given, then all normalised. Raises UsageError for a name that does not exist, a
        negative weight, or siblings that sum to zero.
        """
        family_of, shares = self.basis.family_of, dict(self.shares)
        for name in points:
            if name not in family_of:
                raise UsageError("; ".join(unknown_name("criterion", name, set(family_of))))
        for family in dict.fromkeys(family_of[name] for name in points):
            current = {name: shares[name] for name in family}
            shares |= replaced(current, {name: points[name] for name in family if name in points})
        return self.with_shares(shares)

    def with_shares(self, shares: Mapping[str, float]) -> "Analysis":
        """A new analysis with these shares of all criteria among their siblings."""
        return Analysis(self.decision, shares, self.basis, self.composed, self._filed)

    def answering(self, points: Mapping[str, float]) -> "Analysis":
        """The answer with some weights replaced: as `with_weights`, and of the stacks best by them.

        `with_weights` compares the same alternatives under other weights; where these are stacks,
        others may be the best there. Only of an analysis that composed by the weights of its file.
        """
        found = self.with_weights(points)
        composed, shares = self.composed, found.shares
        if composed is None or shares == self._set_weights.shares:
            return found
        if not sum(shares[layer] for layer in composed.shares):
            return found  # by no layer at all none is the best
        from selector.analysis.stack.derived import among_the_best, weighed_as

        composed = weighed_as(composed, shares)
        decision = among_the_best(composed, shares, self.decision.criteria)
        return Analysis(decision, shares, composed=composed, filed=self.filed_shares)

    # The answer ------------------------------------------------------------------------------

    @cached_property
    def scores(self) -> dict[str, tuple[float, float, float]]:
        """(low, central, high) of each ranked alternative by the weighted sum."""
        low, central, high = self._score_array.tolist()
        return dict(zip(self.basis.ids, zip(low, central, high, strict=True), strict=True))

    @cached_property
    def _score_array(self) -> Array:
        return weighted_sum(self.basis.values, self.leaf_weights)

    @property
    def central_scores(self) -> Array:
        """The scores (alternatives,) by the weighted sum."""
        return np.asarray(self._score_array[1])

    @cached_property
    def _ranks(self) -> NDArray[np.int64]:
        return ranks_of(self.central_scores)

    @property
    def winner(self) -> int:
        """The row that leads under the weighted sum; of equal ones the first."""
        return int(self._ranks.argmin())

    @cached_property
    def ranking(self) -> list[Ranked]:
        """The ranked alternatives, best first; equal ones in the decision's order.

        By the decision's method; low and high are None for another than the weighted sum. Where
        that method cannot take the figures: InputError, at its place in the file, or UsageError.
        """
        if not self.alternatives:
            return []
        if self.decision.method == "weighted_sum":
            low, score, high = self._score_array.tolist()
            ranks = self._ranks
        else:
            found, ranks = self._method_run.result.scores, self._method_run.result.ranks
            low = high = [None] * len(ranks)
            score = low if found is None else found.tolist()
        basis = self.basis
        is_unproven = map(bool, basis.unproven)
        columns = (basis.ids, basis.names, ranks.tolist(), score, low, high, is_unproven)
        rows = map(Ranked, *columns, basis.unproven)
        return sorted(rows, key=attrgetter("rank"))

    @cached_property
    def _method_run(self) -> "Run":
        from selector.analysis.methods import own_run

        return own_run(self)

    @cached_property
    def method_problem(self) -> str:
        """Why the decision's method cannot rank it, with what to do; empty where it can."""
        if self.decision.method == "weighted_sum" or not self.alternatives:
            return ""
        from selector.analysis.methods import problem_of

        return problem_of(self)

    def methods(self) -> "Methods":
        """What every method says of the decision, how far they agree, and why they differ."""
        from selector.analysis.methods import methods_of

        return methods_of(self)

    @cached_property
    def _method_notices(self) -> tuple[Notice, ...]:
        if self.decision.method == "weighted_sum" or not self.alternatives:
            return ()
        from selector.analysis.methods import notices_of

        if self.method_problem:
            return (Notice("method-unfit", f"{self.method_problem}."),)
        return notices_of(self, self.decision.method, self._method_run)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What one must know to read the answer, with codes."""
        own = self.decision.said + self.measured.notices + self._set_weights.notices
        return own + self._method_notices + self._stakeholder_notices

    @cached_property
    def _stakeholder_notices(self) -> tuple[Notice, ...]:
        if not self.decision.stakeholders or self.method_problem:
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
        gaps = self.leaf_weights * (central[rows[alternative]] - central[rows[against]])
        parts = map(Contribution, self.basis.leaf_ids, gaps.tolist())
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

        return Cost(self.decision, self.basis.bills)

    @cached_property
    def evidence(self) -> EvidenceCount:
        """How well the cells of the ranked alternatives are known."""
        return evidence_count(self.table)

    @cached_property
    def version(self) -> str:
        """A short hash of all that the answer rests on; moved weights count as if in its file."""
        from selector.analysis.settled import version_of

        return version_of(self)
