"""What composing gives: whole stacks."""

from collections.abc import Mapping
from typing import NamedTuple

from selector.analysis.stack.candidates import Candidate, MonthlyCost
from selector.analysis.stack.joints import Joint


class Stack(NamedTuple):
    """One whole stack: its choices by layer, and what they come to.

    `score` is 0 to 1 (below, where adapters take more than the choices give), `low` and `high`
    what it could be by what is not known of the choices and of how they fit. `unproven` is what it
    does not yet prove: requirements of its choices, and limits where a part is not known.
    """

    rank: int
    places: tuple[int, ...]
    choices: Mapping[str, Candidate]
    score: float
    low: float
    high: float
    cost: MonthlyCost
    joints: tuple[Joint, ...]
    providers: tuple[str, ...]
    new_skills: tuple[str, ...]
    unproven: tuple[str, ...]

    @property
    def open_joints(self) -> tuple[Joint, ...]:
        """Of which it is not known, or disputed, how they fit."""
        return tuple(joint for joint in self.joints if joint.is_open)

    def instead_of(self, other: "Stack", but: str = "") -> list[str]:
        """What it has in the place of what another has, in words; of all layers `but` one."""
        return [
            f"{choice.name} instead of {other.choices[layer].name}"
            for layer, choice in self.choices.items()
            if layer != but and choice.id != other.choices[layer].id
        ]


class Found(NamedTuple):
    """The best stacks; `feasible` is at least so many, unless `is_exact_count`."""

    stacks: tuple[Stack, ...]
    considered: int
    feasible: int
    is_exact_count: bool
