"""What is assumed of the load, and how alternatives are chosen."""

from collections.abc import Mapping
from typing import NamedTuple

from selector.domain.span import Span
from selector.intake.rules._when import JUDGEMENT, When


class LengthRule(NamedTuple):
    """How many tokens a request of that length has: assumed, as ranges."""

    length: str
    input_tokens: Span
    output_tokens: Span
    reason: str


LENGTHS = (
    LengthRule(
        "short",
        Span(300, 800, 2000),
        Span(100, 250, 600),
        "Instructions, some turns of talk and an answer of a few paragraphs at most.",
    ),
    LengthRule(
        "passages",
        Span(1500, 3000, 6000),
        Span(150, 350, 700),
        "Instructions, the question and three to ten passages of half a page.",
    ),
    LengthRule(
        "long",
        Span(6000, 15_000, 40_000),
        Span(300, 700, 1500),
        "Eight to fifty pages, and a page or two written of them.",
    ),
)

USUAL_LENGTH = {"assistant": "passages", "coding": "passages", "documents": "long"}
"""By purpose, where the length is not answered; `passages` for all else."""

PEAKS = {
    "waits": (Span(2, 3, 5), "People work by day: the busiest hours carry several times the mean."),
    "minutes": (Span(1.5, 2, 3), "What can wait some minutes is spread over the busiest ones."),
    "overnight": (Span(1, 1, 1), "What can wait until the morning is spread over the night."),
}
"""The busiest time against the mean, by who waits; `waits` where that is not answered."""

DAYS = {"inside": 21, "customers": 30}
"""Days of use in a month; 21 where it is not answered."""

MONTHS = 24


class ChoiceRule(NamedTuple):
    """What is left out of the alternatives before any requirement is looked at."""

    id: str
    when: When
    because: str
    source: str = JUDGEMENT


NOBODY_RUNS = ChoiceRule(
    "nobody-runs-it",
    {"team": ("nobody",), "place": ("anywhere", "eu", "own_cloud", "")},
    "it runs on a cluster of your own, and nobody here runs servers",
)
NOT_IN_OUR_CLOUD = ChoiceRule(
    "not-in-our-cloud",
    {"place": ("own_cloud",)},
    "it does not run in a cloud account of yours",
)
NOT_ON_PREMISES = ChoiceRule(
    "not-on-premises",
    {"place": ("own_premises",)},
    "this offer runs elsewhere",
)
CHOICE = (NOBODY_RUNS, NOT_IN_OUR_CLOUD, NOT_ON_PREMISES)

KINDS: Mapping[str, tuple[str, ...]] = {
    "ai-platform": ("managed-platform", "model-api", "open-weight-stack"),
    "model-api": ("model-api", "managed-platform", "open-weight-stack"),
    "open-weight-stack": ("open-weight-stack", "model-api", "managed-platform"),
    "governance-first": ("managed-platform", "model-api", "open-weight-stack"),
}
"""The kinds in the order in which they are taken in turn, by set."""

MOST = 7
"""Alternatives proposed at most, beside what there is today."""
ENOUGH = 6
"""Fewer than these, and a vendor may send a second offer."""

CLOUDS: Mapping[str, tuple[str, ...]] = {
    "aws": ("Amazon Web Services",),
    "azure": ("Microsoft",),
    "google": ("Google Cloud",),
}
"""Providers by the cloud that one has a contract with."""
MACHINES: Mapping[str, str] = {"aws-": "aws", "azure-": "azure", "gcp-": "google"}
"""The cloud of a rented machine, by how its name in the price book begins."""
