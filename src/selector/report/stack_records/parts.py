"""What the records of a stack share: their heads and files, and Markdown of what people wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from selector.analysis import Analysis
from selector.analysis.stack import StackAnalysis, as_decision
from selector.analysis.stack.candidates import Candidate
from selector.analysis.stack.core import Stack
from selector.domain.stack import NOBODY
from selector.mcda.weighting.direct import shares_of
from selector.report import stacked
from selector.report.bills import are_months_apart
from selector.report.currency import exchange
from selector.report.exports import Options, as_record, confidence
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.story import Story
from selector.report.money import Money, money_of
from selector.report.stack_currency import stack_in_currency
from selector.report.stack_records import told

COST = "Cost a month"
SAMPLES = 1000  # draws of the weights, as `selector compose` makes them
IN_CONFIDENCE = (
    "This record tells prices that were negotiated in confidence: keep it where they may be read."
)
LEFT_OUT = (
    "What was negotiated in confidence is left out of this record, and what would tell it with it."
)
_HEAD = re.compile(r"^## (.+)$", flags=re.M)


class _WholeStory(Story):
    """What is told of a decision as one among stacks; what to know is that of the best alone."""

    def __init__(self, analysis: StackAnalysis, redact: bool) -> None:
        whole = Analysis(as_decision(analysis), composed=analysis)
        super().__init__(whole, redact, samples=SAMPLES)
        self._composed = analysis

    @cached_property
    def warnings(self) -> list[str]:
        """What one must know when reading this, in plain words."""
        if self.hidden:
            found = confidence.notices_of_stack(self._composed)
        else:
            found = self._composed.warnings
        return [*found, *exchange(self.analysis)]


class Composed:
    """A stack with what all of its records tell."""

    def __init__(self, analysis: StackAnalysis, best: Stack, redact: bool = False) -> None:
        self.analysis = stack_in_currency(analysis)
        self.best = best
        self.is_redacted = redact

    @cached_property
    def secret(self) -> Mapping[str, frozenset[str]]:
        """By layer, the candidates of which something is confidential."""
        return confidence.secret_parts(self.analysis)

    @cached_property
    def is_veiled(self) -> bool:
        """Whether scores are left out, for they would tell a bill that is kept in confidence."""
        return self.is_redacted and confidence.tells_by_score(self.analysis, self.secret)

    def is_kept(self, stack: Stack) -> bool:
        """Whether the cost of a stack is left out."""
        return self.is_redacted and any(
            choice.id in self.secret[layer] for layer, choice in stack.choices.items()
        )

    def money(self, stack: Stack) -> str:
        """What a stack costs a month, as far as that is known and may be told."""
        return KEPT_IN_HOUSE if self.is_kept(stack) else stacked.money(stack, self.currency)

    @cached_property
    def is_of_one_month(self) -> bool:
        """Whether what is told of a month is the first one's, for months differ."""
        kept = self.secret if self.is_redacted else {}
        return any(
            are_months_apart(layer.analysis, kept.get(layer.layer.id, frozenset()))
            for layer in self.analysis.layers
        )

    def by_month(self, heads: Mapping[str, str]) -> Mapping[str, str]:
        """The heads of a table, with that over what a month costs as it is."""
        told_ = "Cost of the first month" if self.is_of_one_month else COST
        return {told_ if name == COST else name: stands for name, stands in heads.items()}

    @cached_property
    def currency(self) -> Money:
        """The currency that amounts are told in."""
        return money_of(self.analysis.decision)

    def cost(self, layer: str, candidate: Candidate) -> str:
        """What a candidate costs, unless that is left out."""
        is_kept = self.is_redacted and candidate.id in self.secret[layer]
        return KEPT_IN_HOUSE if is_kept else told.cost(candidate.cost, self.currency)

    def points(self, layer: str, candidate: Candidate, known: str) -> str:
        """What a candidate scores in its layer, unless that is left out."""
        return KEPT_IN_HOUSE if self.is_veiled and candidate.id in self.secret[layer] else known

    @cached_property
    def open_pairs(self) -> list[str]:
        """Which unknown fits would change the best stack, a line each."""
        return stacked.open_pairs(self.analysis, points=not self.is_veiled)

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The name of each layer's record, by layer, in the order of the layers."""
        return {
            layer.layer.id: f"{number:02}-{layer.layer.id}.md"
            for number, layer in enumerate(self.analysis.layers, 1)
        }

    @cached_property
    def story(self) -> Story:
        """What is told of the decision as one among the best stacks."""
        return _WholeStory(self.analysis, self.is_redacted)

    @cached_property
    def front(self) -> str:
        """What programs read, before the title."""
        return as_record.made(self.story, Options()).decode().split("\n\n", 1)[0]

    @cached_property
    def more(self) -> str:
        """Version and day, approvals, changes and notices of the whole."""
        return sections(self.story)["More Information"]

    @cached_property
    def shares(self) -> Mapping[str, Mapping[str, float]]:
        """In how many draws of the layers' weights a candidate is in the best stack, by layer."""
        found = self.analysis.acceptability(SAMPLES)
        return {
            layer.layer.id: {
                candidate.id: float(share)
                for candidate, share in zip(layer.candidates, row, strict=True)
            }
            for layer, row in zip(self.analysis.layers, found.candidates, strict=True)
        }

    @cached_property
    def whys(self) -> list[stacked.Why]:
        """Why each layer has its choice, in the order of the layers."""
        found = list(stacked.why(self.analysis))
        if not self.is_veiled:
            return found
        return [stacked.Why(each.layer, self._named(each.layer), ()) for each in found]

    def _named(self, layer: str) -> str:
        chosen = {own.layer.name: own.layer.id for own in self.analysis.layers}[layer]
        return self.best.choices[chosen].name if self.best.choices[chosen].id else "left empty"

    @cached_property
    def again(self) -> str:
        """How to compose it again, with what was fixed or weighed otherwise than in the file."""
        analysis = self.analysis
        own = {x.id: x.fixed for x in analysis.spec.layers if x.fixed is not None}
        names = dict.fromkeys((*own, *analysis.fixed))
        fixes = [
            f" --fix {name}={analysis.fixed.get(name, '')}"
            for name in names
            if own.get(name) != analysis.fixed.get(name) and analysis.fixed.get(name) != NOBODY
        ]
        again = f"`selector compose {analysis.decision.id}{''.join(fixes)} --records DIR`"
        if any(x == NOBODY != own.get(name) for name, x in analysis.fixed.items()):
            again += ", with the layers left empty that the records tell"
        set_ = shares_of({layer.id: layer.weight for layer in analysis.spec.layers})
        if any(abs(set_[name] - share) > 1e-9 for name, share in analysis.shares.items()):
            again += ", with the weights that [the whole stack](stack.md) tells, by `--set`"
        return again

    @cached_property
    def caution(self) -> str:
        """That something of it is confidential; empty where nothing is."""
        if not any(self.secret.values()):
            return ""
        return LEFT_OUT if self.is_redacted else IN_CONFIDENCE


def sections(story: Story) -> dict[str, str]:
    """Return what the record of an ordinary decision says, by its heads of the second order."""
    whole = as_record.made(story, Options()).decode()
    _, *found = _HEAD.split(whole)
    return {head: body.strip("\n") for head, body in zip(found[::2], found[1::2], strict=True)}


def bullets(items: Iterable[str]) -> str:
    """Return Markdown as a list."""
    return "\n".join(f"* {item}" for item in items)


def table(heads: Mapping[str, str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table: heads with how their columns stand (`---` or `---:`), cells in Markdown."""
    lines = [" | ".join(heads), " | ".join(heads.values()), *(" | ".join(row) for row in rows)]
    return "\n".join(f"| {line} |" for line in lines)


def joined(*parts: str) -> str:
    """Return parts as paragraphs, without those that are empty."""
    return "\n\n".join(part for part in parts if part)
