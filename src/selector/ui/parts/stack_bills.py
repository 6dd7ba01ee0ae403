"""What is known of the bills of whole stacks, for the page Cost: most parts have none."""

from __future__ import annotations

from selector.analysis import Analysis
from selector.analysis.stack import StackAnalysis
from selector.analysis.stack.derived import stack_of
from selector.domain import words as plain
from selector.report import stacked
from selector.report.money import money_of
from selector.ui.parts.html import section, text


def bills(analysis: Analysis, composed: StackAnalysis) -> str:
    """Return each stack with what is known of its bill, and the parts that have a bill."""
    rows, parts, money = [], {}, money_of(analysis.decision)
    for own in analysis.alternatives:
        stack = stack_of(composed, own.id)
        lacking = [choice.name for choice in stack.choices.values() if choice.cost.unknown]
        rows.append(
            f"<tr><td><b>{text(own.name)}</b></td>"
            f"<td>{text(stacked.money(stack, money))}</td>"
            f"<td>{text(plain.listed(lacking) or 'none')}</td></tr>"
        )
        for layer, choice in stack.choices.items():
            if choice.id and not choice.cost.unknown:
                parts[layer, choice.id] = (composed.layer(layer).layer.name, choice)
    priced = "".join(
        f"<tr><td><b>{text(choice.name)}</b></td><td>{text(layer)}</td>"
        f"<td>{text(stacked.amount(choice.cost.known, money))}</td></tr>"
        for layer, choice in parts.values()
    )
    how = (
        "The bill of a stack is the sum of the bills of its parts. A part without a bill is not "
        "free: what it costs is not known, and no figure stands in for it."
    )
    told = _table(("Stack", "A month", "Parts without a bill"), "".join(rows))
    has = _table(("Part", "Layer", "A month"), priced)
    return section("What is known of each bill", how, told) + (
        section("Parts with a bill", "As their own layer reckons them.", has) if priced else ""
    )


def _table(heads: tuple[str, ...], rows: str) -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in heads)
    return f'<table class="plain"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
