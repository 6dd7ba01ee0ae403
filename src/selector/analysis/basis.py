"""What stands whatever the weights: made once, and shared by all analyses of a decision."""

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from selector.domain.criterion import Criterion
from selector.domain.decision import Decision, WeightSpec
from selector.mcda.weighting.tree import Tree, tree_of
from selector.measure.costs import Bills
from selector.measure.fingerprint import grounds_of
from selector.measure.table import Measured, measured

if TYPE_CHECKING:
    import hashlib

    from selector.analysis.spread import Drawn
    from selector.mcda.robustness.flips import Rivals

Array = NDArray[np.float64]
_WINNERS = 8  # whose rivals are kept: a slider passes few


class Basis:
    """Cells, values and the tree of a decision, each made on first use."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.bills = Bills(decision)
        self.rivals = lru_cache(_WINNERS)(self._rivals)
        self.can_lead = lru_cache(None)(self._can_lead)

    @cached_property
    def measured(self) -> Measured:
        """Cells, values, scales and knock-outs."""
        return measured(self.decision, self.bills)

    @cached_property
    def values(self) -> Array:
        """Low, central and high values (3, alternatives, leaves)."""
        table = self.measured.values
        return np.stack([table.low, table.central, table.high])

    def grounds(self, weights: WeightSpec) -> "hashlib._Hash":
        """The hash, as far as it has come, of all that the answer rests on but the shares.

        `weights` are what the decision says of its weights.
        """
        found = self.measured
        ranked = dict(zip(found.table.alternatives, found.table.cells, strict=True))
        own = self.decision._replace(weights=weights)
        return grounds_of(own, {**ranked, **found.excluded_cells})

    def _rivals(self, winner: int) -> "Rivals":
        from selector.mcda.robustness.flips import rivals_of

        return rivals_of(self.measured.values.central, winner)

    def _can_lead(self, winner: int, row: int) -> bool:
        """Whether any weights put a row before that winner, and no other before it."""
        from selector.mcda.robustness.flips import can_lead

        return can_lead(self.measured.values.central, winner, row)

    @cached_property
    def drawn(self) -> "Drawn":
        """The values as they may turn out."""
        from selector.analysis.spread import drawn_values

        found = self.measured
        return drawn_values(self.decision, found.ranked, found.table, found.values, found.scales)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The ids of the ranked alternatives."""
        return tuple(alternative.id for alternative in self.measured.ranked)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(alternative.name for alternative in self.measured.ranked)

    @cached_property
    def unproven(self) -> tuple[tuple[str, ...], ...]:
        """The requirements that each does not yet prove."""
        return tuple(self.measured.unproven.get(name, ()) for name in self.ids)

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The leaf criteria, in the order of the file."""
        return self.decision.criteria.leaves()

    @cached_property
    def leaf_ids(self) -> tuple[str, ...]:
        """Their ids."""
        return tuple(leaf.id for leaf in self.leaves)

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """The ids of all criteria, siblings side by side."""
        return tuple(name for family in self.families for name in family)

    @cached_property
    def families(self) -> tuple[tuple[str, ...], ...]:
        """The ids of each set of siblings, parents first."""
        return tuple(tuple(c.id for c in family) for _, family in self.decision.criteria.siblings())

    @cached_property
    def family_of(self) -> dict[str, tuple[str, ...]]:
        """Each criterion's set of siblings, itself included."""
        return {name: family for family in self.families for name in family}

    @cached_property
    def tree(self) -> Tree:
        """The tree by index of `nodes`."""
        places = {name: place for place, name in enumerate(self.nodes)}
        parents = [
            -1 if parent is None else places[parent.id]
            for parent, family in self.decision.criteria.siblings()
            for _ in family
        ]
        return tree_of(parents, [places[leaf] for leaf in self.leaf_ids])
