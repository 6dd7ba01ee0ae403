"""What a leaf claims to serve of a framework must be part of that framework."""

from collections.abc import Iterator

from selector.catalog.checks import Subject
from selector.catalog.records import unknown_name
from selector.domain.criterion import CriteriaSet
from selector.domain.frameworks import FRAMEWORKS
from selector.domain.problem import Problem


def check(subject: Subject) -> Iterator[Problem]:
    """Names of AI RMF subcategories and Well-Architected pillars that do not exist."""
    if not isinstance(subject.record, CriteriaSet):
        return
    for leaf in subject.record.walk():
        for framework, parts in leaf.frameworks.items():
            for part in parts:
                if part not in FRAMEWORKS[framework]:
                    what, instead = unknown_name(
                        f"part of {framework}", part, FRAMEWORKS[framework]
                    )
                    yield Problem.at(leaf.origin, f"{leaf.id}: {what}", instead)
