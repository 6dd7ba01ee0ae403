"""How the weights of a criteria set are shifted."""

from collections.abc import Mapping
from typing import NamedTuple

from selector.intake.rules._when import ACT, DELICATE, JUDGEMENT, RMF, When


class WeightRule(NamedTuple):
    """A shift: the points of what `concern` is called in the set are multiplied by `times`.

    Of several that rest on the same question (the first it names) the first that holds counts.
    """

    concern: str
    times: float
    when: When
    reason: str
    source: str = JUDGEMENT


CONCERNS: Mapping[str, Mapping[str, str]] = {
    "answers": {
        "ai-platform": "capability",
        "model-api": "answers",
        "open-weight-stack": "answers",
        "governance-first": "measure",
    },
    "speed": {
        "ai-platform": "reliability",
        "model-api": "speed",
        "open-weight-stack": "speed",
        "governance-first": "reliability",
    },
    "reliability": dict.fromkeys(
        ("ai-platform", "model-api", "open-weight-stack", "governance-first"), "reliability"
    ),
    "data": {
        "ai-platform": "security",
        "model-api": "data",
        "open-weight-stack": "control",
        "governance-first": "security",
    },
    "law": {
        "ai-platform": "governance",
        "model-api": "governance",
        "governance-first": "govern",
    },
    "cost": dict.fromkeys(
        ("ai-platform", "model-api", "open-weight-stack", "governance-first"), "cost"
    ),
    "operations": {"ai-platform": "operations", "open-weight-stack": "operations"},
    "exit": {"ai-platform": "openness", "model-api": "exit", "open-weight-stack": "openness"},
}
"""Which group of each set a concern belongs to; a set without one is not shifted by it."""

WEIGHTS = (
    WeightRule("data", 1.5, {"data": DELICATE}, "what passes through it must not leak"),
    WeightRule("data", 1.25, {"data": ("personal",)}, "personal data passes through it"),
    WeightRule("data", 0.5, {"data": ("public",), "place": ("anywhere", "")}, "the data is public"),
    WeightRule(
        "law",
        1.5,
        {"ai_act": ("high",)},
        "a high-risk use answers for its suppliers",
        f"{ACT}, article 25(4); {RMF}, GOVERN 6",
    ),
    WeightRule(
        "law",
        1.25,
        {"ai_act": ("limited",)},
        "people must be told, and what is made must be marked",
        f"{ACT}, article 50",
    ),
    WeightRule(
        "answers",
        1.25,
        {"purpose": ("coding", "agents")},
        "a wrong step costs more than a slow one",
    ),
    WeightRule("reliability", 1.25, {"audience": ("customers",)}, "customers see when it is down"),
    WeightRule("speed", 1.25, {"waiting": ("waits",)}, "somebody waits for each answer"),
    WeightRule("speed", 0.5, {"waiting": ("overnight",)}, "nobody waits"),
    WeightRule(
        "cost", 1.25, {"waiting": ("overnight",)}, "what nobody waits for is bought by price"
    ),
    WeightRule("operations", 1.5, {"team": ("nobody",)}, "nobody here runs servers"),
    WeightRule("operations", 0.75, {"team": ("accelerators",)}, "you have people who can run it"),
    WeightRule("exit", 1.5, {"lock_in": ("some",)}, "to leave a supplier would take months"),
    WeightRule("exit", 2, {"lock_in": ("much",)}, "a supplier's exit must not hurt"),
    WeightRule("exit", 0.5, {"lock_in": ("little",)}, "you would move"),
)
