"""What the records tell of fits, costs and rivals, in words; Markdown only where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from selector.analysis.stack import StackAnalysis
from selector.analysis.stack.candidates import Candidate, MonthlyCost
from selector.analysis.stack.core import Stack
from selector.analysis.stack.joints import Joint
from selector.analysis.stack.why import GivenUp
from selector.catalog.records.compatibility import FIT
from selector.domain import words as plain
from selector.report import stacked
from selector.report.exports.as_record import text
from selector.report.money import Money

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_LEVEL = 1e-12  # scores that differ by less are the same


def fit(analysis: StackAnalysis, joint: Joint) -> str:
    """Return what is known of a fit, with its sources and their day, in Markdown."""
    if joint.fit == "native":
        note = joint.relation.evidence.note if joint.relation is not None else ""
        said = f"{analysis.named(joint)} go together as they come. {note}".strip()
    else:
        said = stacked.fit_line(analysis, joint)
    linked = "; ".join(_sources(joint))
    return f"{text(said)} ({linked})" if linked else text(said)


def _sources(joint: Joint) -> Iterator[str]:
    """The sources of a fit in Markdown, with their day; a judgement says that it is one."""
    if joint.relation is None:
        return
    every = [joint.relation.evidence, *(account.evidence for account in joint.relation.accounts)]
    for evidence in every:
        if evidence.is_judgement:
            yield text(f"a judgement: {evidence.reason}".removesuffix(": "))
        for source in evidence.sources:
            yield _dated(address(source.url, str(source)), evidence.as_of)


def _dated(shown: str, day: date | None) -> str:
    return f"{shown}, {plain.day(day)}" if day else shown


def address(url: str, name: str) -> str:
    """Return an address as a link in Markdown; what is none by its name."""
    return f"<{url}>" if _ADDRESS.fullmatch(url) else text(name)


def cost(known: MonthlyCost, money: Money) -> str:
    """Return what a part costs a month, as far as that is known."""
    amount = stacked.amount(known.known, money)
    if not known.unknown:
        return amount
    return f"{amount} and what is not known" if known.known.high else "not known"


class Instead(NamedTuple):
    """Another candidate of a layer, and what the whole stack would be with it."""

    candidate: Candidate
    loss: float | None
    says: str


def instead(analysis: StackAnalysis, layer: str) -> list[Instead]:
    """Return what each candidate that was not chosen would do to the whole, the least loss first.

    Of a layer that is fixed another may gain; `loss` is below 0 then. None: no stack has it.
    """
    best = analysis.winner
    if best is None:
        return []
    found = [
        _instead(analysis, best, layer, given)
        for given in analysis.given_up[layer].values()
        if given.candidate.id != best.choices[layer].id
    ]
    return sorted(found, key=lambda row: (row.loss is None, row.loss or 0.0))


def _instead(analysis: StackAnalysis, best: Stack, layer: str, given: GivenUp) -> Instead:
    if given.stack is None:
        because = " ".join(analysis.why_not(layer, given.candidate.id))
        return Instead(given.candidate, None, f"No stack has it. {because}".strip())
    loss = given.loss or 0.0
    by = plain.points(abs(loss))
    by = "less than 0.1" if by == plain.points(0.0) else by
    said = f"{by} points {'fewer' if loss > 0 else 'more'}"
    if abs(loss) <= _LEVEL:
        said = "as many points"
    also = plain.listed(given.stack.instead_of(best, layer))
    return Instead(given.candidate, loss, f"{said}{f', with {also}' if also else ''}")


def freed(analysis: StackAnalysis, layer: str) -> str:
    """Return what fixing a layer gives up, as a sentence; nothing where that is nothing."""
    better = [row for row in instead(analysis, layer) if (row.loss or 0.0) < -_LEVEL]
    if not better:
        return ""
    first = better[0]
    return (
        f"Were it open, {first.candidate.name} would be chosen, and the stack would have "
        f"{first.says}."
    )


def stale(analysis: StackAnalysis, joints: Iterable[Joint]) -> list[str]:
    """Return by which days to look up fits again, the nearest first, a sentence each."""
    last: dict[date, list[str]] = {}
    for joint in joints:
        day = joint.relation.evidence.as_of if joint.relation is not None else None
        if day is not None:
            end = day + timedelta(days=FIT.shelf_life_days)
            last.setdefault(end, []).append(analysis.named(joint))
    lines = []
    for end in sorted(last):
        is_past = end < analysis.decision.day
        when = "Now, for it is past its shelf life" if is_past else f"By {plain.day(end)}"
        lines.append(f"{when}, look up how these go together: {'; '.join(last[end])}.")
    return lines


def to_find_out(analysis: StackAnalysis, layer: str, told: Iterable[str]) -> list[str]:
    """Return which open fits of a layer's candidates would change the best stack, a line each.

    `told` has a line for each open fit.
    """
    at = next(i for i, own in enumerate(analysis.layers) if own.layer.id == layer)
    lines = zip(analysis.open_pairs, told, strict=True)
    return [line for pair, line in lines if any(i == at for i, _ in pair.joint.places)]
