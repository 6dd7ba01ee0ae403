"""One fact under two names makes two profiles disagree where they do not."""

from collections.abc import Iterator

from selector.catalog.checks import Subject
from selector.domain.problem import Problem


def check(subject: Subject) -> Iterator[Problem]:
    """Facts of the dictionary that people could not tell apart by their names."""
    if not isinstance(subject.record, dict):
        return
    seen: dict[str, str] = {}
    for fact, definition in subject.record.items():
        name = " ".join(definition.name.lower().split())
        if name in seen:
            where = subject.document.origin("facts", fact)
            what = f"{fact!r} has the same name as {seen[name]!r}: {definition.name}"
            yield Problem.at(where, what, "keep one of them, or name them apart")
        seen[name] = fact
