"""Which layers of a stack the visitor has fixed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from selector.analysis import Analysis
from selector.analysis.stack import StackAnalysis
from selector.domain.problem import UsageError
from selector.ui.state.chosen import Chosen

LINK = "fix"
NOTHING = "-"  # in links and on the page: the layer is left empty


@lru_cache(maxsize=64)
def _changed(
    base: StackAnalysis,
    weighed: Analysis | None,
    fixed: tuple[tuple[str, str | None], ...],
) -> StackAnalysis:
    """The stack under other weights with other layers fixed; made once, for its parts are kept."""
    found = weighed.composed if weighed else None
    found = found or base
    return found.with_fixed(dict(fixed)) if fixed else found


def _can_be(base: StackAnalysis, layer: str, choice: str | None) -> bool:
    """Whether a layer is there and takes this choice."""
    try:
        base.with_fixed({layer: choice})
    except UsageError:
        return False
    return True


class Stacked(Chosen):
    """The stack of the decision, where it composes one, as the visitor has it."""

    @property
    def stack(self) -> StackAnalysis | None:
        """The whole stack under the visitor's weights, figures and what is fixed; else None."""
        found = self.base.composed
        if found is None:
            return None
        weighed = self.analysis if self.points else None
        return _changed(found, weighed, tuple(self.fixed.items()))

    @property
    def fixed(self) -> Mapping[str, str | None]:
        """What the visitor fixed, by layer; None lets go what the file fixes.

        What the stack does not have, or no longer, is left out, and what is so anyway.
        """
        kept: Mapping[str, str | None] = self._kept.get("fixed_layers", {})
        base = self.written.composed if kept else None
        if base is None:
            return {}
        return {
            layer: choice
            for layer, choice in kept.items()
            if _can_be(base, layer, choice) and base.fixed.get(layer) != choice
        }

    @property
    def asked_why(self) -> frozenset[str]:
        """The candidates, `layer:candidate`, of which the visitor asked why they cannot be."""
        kept: frozenset[str] = self._kept.get("asked_why", frozenset())
        return kept

    def ask_why(self, said: str) -> None:
        """Tell from now on why a candidate, `layer:candidate`, cannot be."""
        self._kept["asked_why"] = self.asked_why | {said}

    def release(self) -> None:
        """Fix no more than the file does."""
        self._kept["fixed_layers"] = {}

    def fix(self, said: str) -> None:
        """Fix `layer:candidate`, let go `layer:`, or all of them with `*`."""
        layer, _, choice = said.partition(":")
        if said == "*":
            found = self.written.composed
            self._kept["fixed_layers"] = dict.fromkeys(found.fixed) if found else {}
        elif layer:
            now = {**self.fixed, layer: "" if choice == NOTHING else choice or None}
            self._kept["fixed_layers"] = now

    @property
    def stacks_here(self) -> list[str]:
        """The ids of the known decisions that compose a stack."""
        return [name for name in self.known if self.library.composes(name)]

    def fixed_link(self) -> str:
        """What is fixed, as a link says it."""
        return ",".join(
            f"{layer}:{'' if choice is None else choice or NOTHING}"
            for layer, choice in self.fixed.items()
        )

    def fix_from(self, link: str) -> None:
        """Take over what a link fixes; what does not fit the stack is left out when it is read."""
        said = (part.partition(":") for part in link.split(",")[:50])
        self._kept["fixed_layers"] = {
            layer: "" if choice == NOTHING else choice or None
            for layer, sign, choice in said
            if sign and layer
        }
