"""When a rule holds, and what stands behind it."""

from collections.abc import Mapping

When = Mapping[str, tuple[str, ...]]
"""Answers by question; the rule holds where each question has one of those listed."""

JUDGEMENT = "judgement"
ACT = "EU AI Act (Regulation 2024/1689)"
GDPR = "GDPR (Regulation 2016/679)"
RMF = "NIST AI RMF 1.0"
DELICATE = ("health", "payment", "secret")
NOT_PUBLIC = ("internal", "personal", *DELICATE)


def holds(when: When, given: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether every question named has one of the answers listed. `given` are answers by id."""
    return all(set(answers) & set(given[question]) for question, answers in when.items())
