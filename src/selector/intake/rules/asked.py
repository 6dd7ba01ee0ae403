"""Which criteria set fits, what is required, and what there is to know."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from selector.intake.rules._when import ACT, DELICATE, GDPR, JUDGEMENT, NOT_PUBLIC, RMF, When

PROHIBITED = (
    "A practice that article 5 of the EU AI Act prohibits is no decision between platforms: it may "
    "not be put into service in the EU, whatever runs it. Change what it does, then start again."
)


class SetRule(NamedTuple):
    """Which criteria set fits; the first rule that holds is taken."""

    criteria: str
    when: When
    reason: str
    source: str = JUDGEMENT


SETS = (
    SetRule(
        "governance-first",
        {"ai_act": ("high",)},
        "A high-risk use needs risk management, records and suppliers that can be examined; this "
        "set follows the functions of the NIST AI RMF.",
        f"{ACT}, articles 9 to 15; {RMF}",
    ),
    SetRule(
        "open-weight-stack",
        {"place": ("own_premises",)},
        "What runs on your own premises is a model with published weights and the software under "
        "it; this set weighs those.",
    ),
    SetRule(
        "governance-first",
        {"data": ("health", "payment")},
        "Health and card data are supervised, so how a supplier is governed counts beside what the "
        "model can do.",
        f"{GDPR}, article 9; PCI DSS; {RMF}, GOVERN 6",
    ),
    SetRule(
        "open-weight-stack",
        {"team": ("accelerators",), "lock_in": ("much",)},
        "You can run models yourselves and must not hang on one supplier; this set weighs "
        "published weights, hosted by others or by you.",
    ),
    SetRule(
        "model-api",
        {"purpose": ("coding", "documents")},
        "Text in, text out, by the token: a model is called, and little platform is needed around "
        "it.",
    ),
    SetRule(
        "ai-platform",
        {},
        "The widest set: models, retrieval, agents, operations and exit. It fits most uses.",
    ),
)


class RequirementRule(NamedTuple):
    """A knock-out. `asks` is the requirement as a decision file writes it, without its reason."""

    id: str
    when: When
    asks: Mapping[str, Any]
    reason: str
    source: str = JUDGEMENT


REQUIREMENTS = (
    RequirementRule(
        "no-training",
        {"data": NOT_PUBLIC},
        {"fact": "trains_on_customer_data", "is": False},
        "Nobody else's model may learn from what is not public.",
        f"{GDPR}, article 5(1)(b), for personal data; else judgement",
    ),
    RequirementRule(
        "no-training-proven",
        {"data": DELICATE},
        {"fact": "trains_on_customer_data", "is": False, "unproven": "out"},
        "Health data, card data and trade secrets go only where that is proven.",
    ),
    RequirementRule(
        "processing-contract",
        {
            "data": ("personal", "health", "payment"),
            "where": ("eu", "several", ""),
            "place": ("anywhere", "eu", "own_cloud", ""),
        },
        {"fact": "gdpr_dpa", "is": True},
        "Whoever processes personal data for you needs a contract that says how.",
        f"{GDPR}, article 28(3)",
    ),
    RequirementRule(
        "eu-only",
        {"place": ("eu",)},
        {"fact": "eu_processing", "is": True},
        "The data may go to the EU only.",
        f"your answer; {GDPR}, chapter V, on transfers",
    ),
    RequirementRule(
        "health-contract",
        {
            "data": ("health",),
            "where": ("us", "several", ""),
            "place": ("anywhere", "own_cloud", ""),
        },
        {"fact": "hipaa", "is": True},
        "Whoever holds health data of patients in the United States for you signs an agreement.",
        "HIPAA rules, 45 CFR 164.502(e) and 164.504(e)",
    ),
    RequirementRule(
        "card-data",
        {"data": ("payment",), "place": ("anywhere", "eu", "own_cloud", "")},
        {"fact": "attestations", "includes": ["pci"]},
        "Who touches card data for you shows compliance with the card schemes' standard.",
        "PCI DSS 4.0.1, requirement 12.8",
    ),
    RequirementRule(
        "not-kept",
        {"data": ("health", "secret")},
        {"fact": "zero_retention", "at_least": "on_approval"},
        "Nobody may keep it: by default, by a switch, or on request.",
    ),
    RequirementRule(
        "private-path",
        {"place": ("own_cloud",)},
        {"fact": "private_networking", "is": True},
        "What stays in your account does not cross the public internet.",
    ),
    RequirementRule(
        "on-premises",
        {"place": ("own_premises",)},
        {"fact": "on_premises", "is": True},
        "The data may not leave your premises.",
        "your answer",
    ),
    RequirementRule(
        "records",
        {"ai_act": ("high",)},
        {"any": [{"fact": "request_logging", "is": True}, {"fact": "audit_logs", "is": True}]},
        "A high-risk system records what it does, and you keep the logs.",
        f"{ACT}, articles 12 and 26(6)",
    ),
    RequirementRule(
        "instructions",
        {"ai_act": ("high",)},
        {"fact": "model_cards", "is": True},
        "Who builds a high-risk system needs to know what the model can and cannot do.",
        f"{ACT}, articles 13 and 53(1)(b)",
    ),
    RequirementRule(
        "tools",
        {"purpose": ("agents",)},
        {"fact": "tool_calling", "is": True},
        "An agent acts by calling tools.",
    ),
    RequirementRule(
        "room-for-passages",
        {"length": ("passages",)},
        {"fact": "context_window", "at_least": 16_000},
        "The question, its passages and the answer must fit, and the longest are several times "
        "the usual.",
    ),
    RequirementRule(
        "room-for-documents",
        {"length": ("long",)},
        {"fact": "context_window", "at_least": 64_000},
        "A whole document and the answer must fit, and the longest are several times the usual.",
    ),
    RequirementRule(
        "open-weights",
        {"criteria": ("open-weight-stack",)},
        {"fact": "weights_licence", "at_least": "community"},
        "The criteria are those of published weights.",
    ),
    RequirementRule(
        "second-source",
        {"lock_in": ("much",)},
        {
            "any": [
                {"fact": "weights_licence", "at_least": "community"},
                {"fact": "other_suppliers", "at_least": 1},
            ]
        },
        "There must be a second place to run the same model.",
        f"your answer; {RMF}, GOVERN 6.2 and MANAGE 3.1",
    ),
)
"""What does not apply to an alternative (a contract with oneself, say) passes, in all of them."""


class Note(NamedTuple):
    """Something to know that is no part of the decision."""

    when: When
    text: str
    source: str = JUDGEMENT


NOTES = (
    Note(
        {"ai_act": ("high",)},
        "The duties of a high-risk system are yours whatever platform you choose: risk management, "
        "data governance, human oversight, and an entry in the EU database where it is asked.",
        f"{ACT}, articles 9, 10, 14, 26 and 49",
    ),
    Note(
        {"ai_act": ("limited",)},
        "People must be told that they talk with a machine, and made content must be marked; no "
        "platform does that for you.",
        f"{ACT}, article 50",
    ),
    Note(
        {"purpose": ("assistant",)},
        "The index that finds the passages is in no bill. To count it, say on the page Edit, under "
        "The file, how many documents there are and how long one is, and name an index under cost.",
    ),
    Note(
        {"purpose": ("documents",)},
        "If pages are scans or pictures, add a requirement on “What the model reads”: on the page "
        "Edit, under Requirements.",
    ),
    Note(
        {"today": ("by_hand", "solution")},
        "Nothing is known of today's way but what you say: write down its facts and figures, on "
        "the page Edit or in the file. Until then it is a wide stretch beside the others, or out "
        "where proof is asked.",
    ),
    Note(
        {},
        "The hours of those who run it are in no bill. To count them, add people to the workload: "
        "in the file, or on the page Edit under The file.",
    ),
    Note(
        {},
        "Nobody has tested your questions on these platforms: answer quality is unknown for all "
        "until you measure it.",
        f"{RMF}, MEASURE 2.3",
    ),
)
