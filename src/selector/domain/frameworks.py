"""The parts of two public frameworks that criteria refer to, by name only.

NIST AI Risk Management Framework 1.0 (NIST AI 100-1, January 2023): its four functions and 72
subcategories. AWS Well-Architected Framework: its six pillars.
"""

from collections.abc import Mapping

from selector.domain.criterion import CriteriaSet

_AI_RMF = {
    "GOVERN": (7, 3, 2, 3, 2, 2),
    "MAP": (6, 3, 5, 2, 2),
    "MEASURE": (3, 13, 3, 3),
    "MANAGE": (4, 4, 2, 3),
}
NIST_AI_RMF = tuple(
    f"{function} {category}.{number}"
    for function, sizes in _AI_RMF.items()
    for category, size in enumerate(sizes, start=1)
    for number in range(1, size + 1)
)
WELL_ARCHITECTED = (
    "operational_excellence",
    "security",
    "reliability",
    "performance_efficiency",
    "cost_optimization",
    "sustainability",
)
FRAMEWORKS: Mapping[str, tuple[str, ...]] = {
    "nist_ai_rmf": NIST_AI_RMF,
    "well_architected": WELL_ARCHITECTED,
}


def examined(criteria: CriteriaSet) -> dict[str, dict[str, list[str]]]:
    """For each framework and each of its parts, the leaves that serve it; none for most parts.

    A group's parts count for all leaves below it.
    """
    found = {name: {part: list[str]() for part in parts} for name, parts in FRAMEWORKS.items()}
    for node in criteria.walk():
        for framework, parts in node.frameworks.items():
            for part in parts:
                leaves = found[framework].setdefault(part, [])
                leaves += [leaf.id for leaf in node.leaves() if leaf.id not in leaves]
    return found
