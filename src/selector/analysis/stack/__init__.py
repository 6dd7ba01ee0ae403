"""Whole stacks: each layer an ordinary analysis, all together under what fits what and limits."""

from selector.analysis.stack.core import StackAnalysis, analyse_stack
from selector.analysis.stack.derived import as_decision

__all__ = ["StackAnalysis", "analyse_stack", "as_decision"]
