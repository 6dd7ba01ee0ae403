"""Bills as far as they are known: of an option, or of a stack the bills of its parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from selector.analysis.stack import StackAnalysis
from selector.analysis.stack.derived import stack_of
from selector.domain.span import Span
from selector.report import words
from selector.report.bills import by_cost
from selector.report.exports.option import Option
from selector.report.exports.story import Story

_NOTHING = Span.exactly(0)


class Partly(NamedTuple):
    """What is known of a bill, likely figures in US dollars: by kind of item and by month.

    `missing` says what of it is not known.
    """

    option: Option
    kinds: Mapping[str, float]
    known: float
    missing: tuple[str, ...]
    by_month: tuple[float, ...]

    @property
    def is_full(self) -> bool:
        """Whether all of it is known."""
        return not self.missing


def partly(story: Story) -> list[Partly]:
    """Return all bills: those in the running first, then the knocked out; the cheapest first, and
    what is not known in full behind what is.
    """
    analysis, options = story.analysis, {o.id: o for o in story.options}
    if analysis.composed is not None:
        found = [_of_stack(analysis.composed, options[b.alternative]) for b in by_cost(analysis)]
        return sorted(found, key=lambda b: (not b.option.rank, not b.is_full, b.known))
    found = []
    for bill in by_cost(analysis):
        kinds: dict[str, float] = {}
        for line in bill.items:
            kind = words.title_of(line.category)
            kinds[kind] = kinds.get(kind, 0.0) + (line.monthly or _NOTHING).likely
        known = (bill.monthly or bill.known_subtotal).likely
        missing = () if bill.monthly is not None else bill.unknown or ("its prices",)
        months = bill.by_month[1] if bill.by_month else ()
        found.append(Partly(options[bill.alternative], kinds, known, missing, months))
    return found


def at_least(story: Story, bill: Partly) -> str:
    """What is known of the bill of a month that is not known in full; empty where nothing is."""
    return f"at least {story.money.whole(bill.known)}" if bill.known > 0 else ""


def _of_stack(composed: StackAnalysis, option: Option) -> Partly:
    stack = stack_of(composed, option.id)
    kinds: dict[str, float] = {}
    missing: list[str] = []
    by_month: list[tuple[float, ...]] = []
    for name, choice in stack.choices.items():
        layer = composed.layer(name)
        if choice.cost.unknown:
            missing.append(choice.name)
        if choice.cost.known.likely > 0:
            kinds[layer.layer.name] = choice.cost.known.likely
            by_month.append(layer.analysis.cost().alternatives[choice.id].by_month[1])
    whole = tuple(map(sum, zip(*by_month, strict=True))) if by_month else ()
    return Partly(option, kinds, sum(kinds.values()), tuple(missing), whole)
