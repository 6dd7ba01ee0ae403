"""The best whole stacks: one candidate for each layer, under what fits what and under limits.

Arrays in, arrays out; exact.
"""

from selector.mcda.stacks.best import best_stacks
from selector.mcda.stacks.conflicts import conflicts
from selector.mcda.stacks.counting import feasible_count
from selector.mcda.stacks.front import pareto
from selector.mcda.stacks.problem import (
    Constraint,
    Front,
    Group,
    StackProblem,
    Stacks,
    StackShares,
)
from selector.mcda.stacks.shares import stack_shares

__all__ = [
    "Constraint",
    "Front",
    "Group",
    "StackProblem",
    "StackShares",
    "Stacks",
    "best_stacks",
    "conflicts",
    "feasible_count",
    "pareto",
    "stack_shares",
]
