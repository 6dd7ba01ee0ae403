"""Problems found in what people wrote, and the errors that carry them.

SelectorError
├── ClusterError the workers of a cluster cannot be had, or were lost
├── InputError   a file or decision cannot be used; lists every problem with its position
└── UsageError   a call is wrong (an unknown method, a weight for a criterion that is not there)
"""

from collections.abc import Iterable
from typing import NamedTuple


class Origin(NamedTuple):
    """Where in a file something was written; line and column count from 1."""

    path: str
    line: int
    column: int


class Problem(NamedTuple):
    """One thing that is wrong: where, what, and what would be right instead."""

    path: str
    line: int
    column: int
    what: str
    instead: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.what}; {self.instead}"

    @classmethod
    def at(cls, origin: Origin, what: str, instead: str) -> "Problem":
        """A problem at the place `origin`."""
        return cls(origin.path, origin.line, origin.column, what, instead)


class SelectorError(Exception):
    """Base of every error that Selector raises on purpose."""


class ClusterError(SelectorError):
    """Workers cannot be reached, differ from this program, or were lost while they worked."""


class InputError(SelectorError):
    """Input that cannot be used. `problems` lists all that is wrong, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["InputError"], tuple[tuple[Problem, ...]]]:
        """Pickled by its problems, for it may come from another process."""
        return InputError, (self.problems,)


class UsageError(SelectorError):
    """A call that cannot be carried out as asked; the message says what would be right."""
