"""What is otherwise now than it was in an earlier analysis of the same decision."""

from selector.report.since.core import Changed, changes, told_in_log, winner
from selector.report.since.stacks import is_bare

__all__ = ["Changed", "changes", "is_bare", "told_in_log", "winner"]
