"""Whole stacks in words, the same in app, command line and exports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from selector.analysis import Analysis
from selector.analysis.cost import AlternativeCost
from selector.analysis.stack import StackAnalysis
from selector.analysis.stack.candidates import Candidate, LayerAnalysis
from selector.analysis.stack.core import Stack
from selector.analysis.stack.derived import stack_of
from selector.analysis.stack.joints import Joint
from selector.analysis.stack.why import Rival, charged
from selector.domain import words as plain
from selector.domain.decision import Alternative
from selector.domain.pattern import Pattern
from selector.domain.record import Link
from selector.domain.span import Span
from selector.report import record
from selector.report.diagram import Chosen, Reference, filled, mermaid
from selector.report.money import Money

PLATFORMS = ("managed-platform", "model-api")  # kinds that others run
NONE_LEFT = "no stack would be left"
SELF_RUN = "on_premises"  # the fact that says whether one can run it oneself
SERVICE, OWN_CLOUD = "managed_on", "vendor_cloud"  # the fact that says where others run it
LICENCE = "software_licence"


def headline(analysis: StackAnalysis) -> str:
    """Return the answer in a sentence: which stack is best, and how far ahead."""
    stacks = analysis.best(2).stacks
    if not stacks:
        return "No stack keeps all constraints"
    if len(stacks) == 1:
        return "One stack keeps all constraints"
    ahead = plain.apart(stacks[0].score, stacks[1].score)
    if stacks[1].rank == 1:
        return "Two stacks or more are level"
    by = f"{plain.points(ahead)} points" if ahead else "less than 0.1 points"
    return f"The best stack leads the next by {by} of 100"


def named(stack: Stack) -> str:
    """Return what a stack is made of; names may have commas of their own."""
    return " · ".join(choice.name for choice in stack.choices.values() if choice.id)


def in_full(analysis: Analysis) -> str:
    """Return the leading stack layer by layer, with what was fixed, or why there is no stack.

    Empty where the decision composes none.
    """
    composed = analysis.composed
    if composed is None:
        return ""
    if not analysis.ranking:
        return " ".join(["No stack keeps all constraints.", *composed.conflicts])
    choices = stack_of(composed, analysis.ranking[0].alternative).choices
    parts = [
        f"{composed.layer(name).layer.name}: {_part(choice)}"
        + " (fixed)" * (name in composed.fixed)
        for name, choice in choices.items()
    ]
    return f"{'; '.join(parts)}."


def against(analysis: Analysis, one: str, other: str) -> list[str]:
    """Return in which layers two stacks differ, with the part of each; nothing of other options."""
    composed = analysis.composed
    if composed is None:
        return []
    first, second = (stack_of(composed, name).choices for name in (one, other))
    return [
        f"{composed.layer(name).layer.name}: {_part(choice)} against {_part(second[name])}"
        for name, choice in first.items()
        if choice.id != second[name].id
    ]


def _part(choice: Candidate) -> str:
    return choice.name if choice.id else "left empty"


def to_loosen(analysis: StackAnalysis) -> str:
    """Return what is asked where no stack keeps all constraints."""
    which = "the constraint that stands" if len(analysis.conflicts) < 2 else (
        "one of the constraints that stand"
    )  # fmt: skip
    return f"Asked: loosen {which} in the way, or name further candidates."


class Asked(NamedTuple):
    """What a layer requires of whatever is chosen in it, why, and which candidates fail it."""

    layer: str
    wanted: str
    reason: str = ""
    fails: tuple[str, ...] = ()


def required(analysis: StackAnalysis) -> list[Asked]:
    """Return what layers require, in the order of the file; that one is fixed is a row too."""
    found = []
    for layer in analysis.layers:
        name, choice = layer.layer.name, analysis.fixed.get(layer.layer.id)
        if choice is not None:
            called = {a.id: a.name for a in layer.decision.alternatives}
            told = f"Fixed to {called[choice]}" if choice else "Fixed to nothing"
            found.append(Asked(name, told))
        asked = zip(layer.told.requirements, layer.decision.requirements, strict=True)
        for place, (wanted, own) in enumerate(asked):
            fails = [row.name for row in layer.excluded if row.requirement_index == place]
            found.append(Asked(name, wanted, own.reason, tuple(fails)))
    return found


def picked(analysis: StackAnalysis, *, kept: bool = True) -> str:
    """Return of how many combinations the stacks that are ranked are the best, in a sentence.

    How many are `kept` by limits rests on bills too, and is left out where those are in confidence.
    """
    found = analysis.best()
    told = counted(analysis) if kept else f"{found.considered:,} combinations were weighed exactly"
    count = len(found.stacks)
    which = f"The {count} stacks here are" if count > 1 else "The stack here is"
    return f"{which} the best of all: {told}." if count else f"{told}."


def counted(analysis: StackAnalysis) -> str:
    """Return how many combinations there are, and how many of them keep all constraints."""
    found = analysis.best()
    count = found.feasible if found.is_exact_count else analysis.feasible
    feasible = f"at least {found.feasible:,}" if count is None else f"{count:,}"
    return (
        f"{found.considered:,} combinations were weighed exactly; {feasible} keep every "
        "requirement, limit and what is known not to go together"
    )


def amount(known: Span, money: Money) -> str:
    """Return a sum of bills, from the least to the most, with its currency."""
    return f"{plain.span(round(money(known.low)), round(money(known.high)))} {money.code}"


def money(stack: Stack, own: Money) -> str:
    """Return what a stack costs a month in a currency, as far as that is known."""
    known = stack.cost.known
    told = amount(known, own)
    if not stack.cost.unknown:
        return told
    if not known.high:
        return "cost not known"
    parts = len(stack.cost.unknown)
    return f"{told} and what {parts} part{'s' * (parts != 1)} cost"


def bills(analysis: Analysis) -> Mapping[str, AlternativeCost]:
    """Return the bill of every alternative; of whole stacks with the items of their parts.

    An item of a stack says whose it is. A part without a bill stands in `unknown`.
    """
    found = analysis.cost().alternatives
    if analysis.composed is None:
        return found
    return {name: _of_parts(analysis.composed, bill) for name, bill in found.items()}


def _of_parts(composed: StackAnalysis, bill: AlternativeCost) -> AlternativeCost:
    stack = stack_of(composed, bill.alternative)
    parts = [
        (choice.name, composed.layer(layer).analysis.cost().alternatives[choice.id])
        for layer, choice in stack.choices.items()
        if choice.id
    ]
    return bill._replace(
        known_subtotal=stack.cost.known,
        models=tuple(model for _, own in parts for model in own.models),
        unknown=stack.cost.unknown,
        items=tuple(x._replace(item=f"{name}: {x.item}") for name, own in parts for x in own.items),
        once=tuple(x._replace(item=f"{name}: {x.item}") for name, own in parts for x in own.once),
        parameters={
            f"{own.alternative}.{x}": p for _, own in parts for x, p in own.parameters.items()
        },
    )


def charged_of(stack: Stack) -> list[Joint]:
    """Return the adapters and unknown fits of a stack, what takes most points first."""
    return sorted((j for j in stack.joints if j.points), key=lambda joint: -joint.points)


def fit_line(analysis: StackAnalysis, joint: Joint) -> str:
    """Return what a fit that is not as they come takes, and what is known of it."""
    told = charged(analysis, joint)
    note = joint.relation.evidence.note if joint.relation is not None else ""
    return f"{told[:1].upper()}{told[1:]}. {note}".strip()


def fit_told(stack: Stack) -> str:
    """Return how the parts of a stack go together, in a few words."""
    adapters = sum(joint.fit == "adapter" for joint in stack.joints)
    unknown = len(stack.open_joints)
    told = [f"{adapters} adapter{'s' * (adapters != 1)}"] if adapters else []
    told += [f"{unknown} not known"] if unknown else []
    return ", ".join(told) or "as they come"


def sources_of(joint: Joint) -> list[str]:
    """Return the addresses that what is known of a fit rests on."""
    if joint.relation is None:
        return []
    every = [joint.relation.evidence, *(account.evidence for account in joint.relation.accounts)]
    return [source.url for evidence in every for source in evidence.sources if source.url]


class Why(NamedTuple):
    """Why a layer has its choice: a line, and for each better rival why it is not chosen."""

    layer: str
    line: str
    rivals: tuple[tuple[str, str], ...]


def why(analysis: StackAnalysis) -> Iterator[Why]:
    """Return why each layer of the best stack has its choice."""
    for found in analysis.explanations:
        name = analysis.layer(found.layer).layer.name
        if found.rank is None:
            yield Why(name, "left empty", _rivals(found.rivals))
            continue
        place = f"{_ordinal(found.rank)} of {found.candidates}" if found.candidates > 1 else "alone"
        fixed = ", fixed" if analysis.fixed.get(found.layer) == found.chosen.id else ""
        line = f"{found.chosen.name}, {plain.points(found.chosen.score[1])} points, {place}{fixed}"
        yield Why(name, line, _rivals(found.rivals))


def _rivals(rivals: Sequence[Rival]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"{r.candidate.name} ({plain.points(r.candidate.score[1])})", r.because) for r in rivals
    )


def open_pairs(analysis: StackAnalysis, *, points: bool = True) -> list[str]:
    """Return which unknown fits would change the best stack, and to what, a line each.

    With how many points, unless those are not to be told.
    """
    lines = []
    for pair in analysis.open_pairs:
        named = analysis.named(pair.joint)
        if pair.is_chosen:
            then = _then(analysis, pair.if_not, points) if pair.if_not else NONE_LEFT
            lines.append(f"{named} are both in the best stack. If they do not go together, {then}.")
        elif pair.if_native:
            then = _then(analysis, pair.if_native, points)
            lines.append(f"If {named} go together as they come, {then}.")
    return lines


def _then(analysis: StackAnalysis, stack: Stack, points: bool) -> str:
    best = analysis.winner
    changed = [
        choice.name
        for layer, choice in stack.choices.items()
        if best is None or best.choices[layer].id != choice.id
    ]
    told = f"one with {plain.listed(changed)}" if changed else "the same stack"
    return f"{told} is best{f', with {plain.points(stack.score)} points' if points else ''}"


def differing(analysis: StackAnalysis, stack: Stack) -> str:
    """Return what a stack has otherwise than the best one."""
    best = analysis.winner
    if best is None or stack.places == best.places:
        return "the best"
    told = [
        f"{choice.name} for {best.choices[layer].name}"
        for layer, choice in stack.choices.items()
        if best.choices[layer].id != choice.id
    ]
    return "; ".join(told)


def sure(analysis: StackAnalysis, samples: int = 1000) -> str:
    """Return how often the best stack stays the best when the weights of layers vary."""
    best = analysis.winner
    if best is None:
        return ""
    found = analysis.acceptability(samples)
    shares = {
        tuple(choice): float(share)
        for choice, share in zip(found.choices.tolist(), found.shares.tolist(), strict=True)
    }
    mine = shares.get(best.places, 0.0)
    others = sum(share > 0 for share in shares.values()) - (mine > 0)
    told = f"it is the best in {plain.of_100(mine)} of 100"
    told = f"When the layers' weights vary ({samples:,} draws), {told}"
    if not others:
        return f"{told}; no other ever is."
    return f"{told}; {others} other{'s' * (others != 1)} {'are' if others != 1 else 'is'} at times."


def reference(analysis: StackAnalysis, stack: Stack, pattern: Pattern) -> Reference:
    """Return the reference architecture of a stack: the pattern with its layers filled."""
    chosen = {}
    for layer in analysis.layers:
        candidate = stack.choices[layer.layer.id]
        if candidate.alternative is not None:
            chosen[layer.layer.kind] = Chosen(candidate.name, _run_by(layer, candidate))
    return filled(pattern, chosen)


def reference_of(analysis: Analysis) -> Reference | None:
    """Return the reference architecture of the stack that leads a decision among stacks.

    None where the decision composes no stack, names no pattern, or no stack is left.
    """
    composed = analysis.composed
    if composed is None or composed.spec.pattern is None or not analysis.ranking:
        return None
    leader = stack_of(composed, analysis.ranking[0].alternative)
    return reference(composed, leader, composed.spec.pattern)


def drawn(architecture: Reference) -> record.Drawn:
    """Return a reference architecture as parts, links and a diagram."""
    parts = {part.role.id: part.name for part in architecture.parts}
    links = tuple(Link(f.source, f.target, f.carries) for f in architecture.pattern.flows)
    return record.Drawn(parts, links, mermaid(architecture))


def answers(frameworks: Mapping[str, Sequence[str]]) -> str:
    """Return which parts of the frameworks a safeguard answers."""
    called = {"nist_ai_rmf": "NIST AI RMF", "well_architected": "Well-Architected"}
    told = [
        f"{called[name]}: {', '.join(part.replace('_', ' ') for part in parts)}"
        for name, parts in frameworks.items()
    ]
    return "; ".join(told)


def _run_by(layer: LayerAnalysis, candidate: Candidate) -> str:
    """Who runs it where that is not ourselves, as far as that is known.

    Platforms, and what cannot be run by ourselves, its maker. What the layer requires as a service
    on some clouds, somebody there; it may be the cloud, the maker or a third. What is proprietary
    and sold as a service its maker too, unless the layer asks that one can run it oneself.
    """
    own = candidate.alternative
    if own is None:
        return ""
    maker = layer.layer.providers.get(candidate.id, "") or own.vendor_name or own.name
    if own.kind in PLATFORMS or _known(own, SELF_RUN) is False:
        return maker
    offered = _known(own, SERVICE)
    if not isinstance(offered, tuple) or not offered:
        return ""
    asked = layer.decision.requirements
    clouds = [x for one in asked if one.fact == SERVICE for x in one.includes if x in offered]
    is_makers = _known(own, LICENCE) == "proprietary"
    if clouds and not is_makers and OWN_CLOUD not in clouds:
        choices = layer.decision.dictionary[SERVICE].choices
        where = [choices[cloud].removeprefix("On ") for cloud in dict.fromkeys(clouds)]
        return f"others on {plain.listed(where)}"
    is_ours = any(one.fact == SELF_RUN and one.equals is True for one in asked)
    return maker if clouds or (is_makers and not is_ours) else ""


def _known(alternative: Alternative, fact: str) -> object:
    evidence = alternative.facts.get(fact)
    return evidence.value if evidence is not None and evidence.state == "value" else None


def _ordinal(rank: int) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    return f"{rank}{'th' if rank % 100 in (11, 12, 13) else ends.get(rank % 10, 'th')}"
