"""What differs between two versions of one decision's file, as people would say it.

Only what a decision itself says is compared: its texts, criteria, alternatives, figures,
requirements, workload and weights. Negotiated prices are named, and never told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from selector.analysis import Analysis
from selector.analysis.stack import StackAnalysis
from selector.analysis.stack.candidates import LayerAnalysis
from selector.domain import words as plain
from selector.domain.criterion import Criterion, LevelScale, LinearScale, PointScale
from selector.domain.decision import Alternative, Decision, WeightSpec
from selector.domain.evidence import Evidence
from selector.domain.negotiated import Negotiated
from selector.domain.span import Span
from selector.report import words
from selector.report.facts import value_text


class Difference(NamedTuple):
    """One thing that was set: what, what it said before and says now; empty for nothing."""

    what: str
    before: str = ""
    now: str = ""


def between(then: Analysis, now: Analysis, facts: bool = True) -> list[Difference]:
    """Return what was set otherwise between two versions of a decision, in the file's order.

    Without `facts`, those of alternatives and how they are billed are left out: where the two were
    read on different days, they may have changed in the profiles, and nobody set them here. Of a
    decision that composes a stack it is what its file says of the layers.
    """
    stacks = then.composed, now.composed
    old, new = (
        analysis.decision if stack is None else stack.decision
        for analysis, stack in zip((then, now), stacks, strict=True)
    )
    if stacks[0] is not None and stacks[1] is not None:
        own = [*_stacks(stacks[0], stacks[1], facts), *_load(old, new)]
    elif stacks != (None, None):
        own = [*_load(old, new)]  # an earlier version froze one, and held nothing of its layers
    else:
        own = [*_options(then, now, facts), *_load(old, new), *_weighing(old, new)]
    found = [*_texts(old, new), *own, *_varying(old, new), *_people(old, new)]
    return [one for one in found if one.before != one.now]


def _options(then: Analysis, now: Analysis, facts: bool) -> Iterator[Difference]:
    """By what is chosen, and among whom."""
    yield from _criteria(then.decision, now.decision)
    yield from _alternatives(then.decision, now.decision, facts)
    yield from _sets("Requirement", then.requirements, now.requirements)


def _weighing(old: Decision, new: Decision) -> Iterator[Difference]:
    yield from _weights(old, new)
    yield from _method(old, new)


# --- whole stacks ---------------------------------------------------------------------------------


def _stacks(then: StackAnalysis, now: StackAnalysis, facts: bool) -> Iterator[Difference]:
    """What the file says otherwise of the layers, of what goes on all of them, and of their fit."""
    before, after = ({x.layer.id: x for x in stack.layers} for stack in (then, now))
    gone = [x.layer.name for name, x in before.items() if name not in after]
    come = [x.layer.name for name, x in after.items() if name not in before]
    yield from _sets("Layer", gone, come)
    for name, is_ in after.items():
        if name not in before:
            continue
        was = before[name]
        yield Difference("Layer renamed", was.layer.name, is_.layer.name)
        weights = [_said({x.id: x.weight for x in s.spec.layers}[name]) for s in (then, now)]
        yield Difference(f"Weight of {is_.layer.name}", *weights)
        optional = [_said(x.layer.is_optional) for x in (was, is_)]
        yield Difference(f"{is_.layer.name} may be left empty", *optional)
        fixed = [_fixed(x, s) for x, s in ((was, then), (is_, now))]
        yield Difference(f"Fixed in {is_.layer.name}", *fixed)
        for one in (
            *_options(was.analysis, is_.analysis, facts),
            *_weighing(was.decision, is_.decision),
        ):
            yield one._replace(what=f"{is_.layer.name}: {one.what}")
    yield from _figures("Limit: ", then.spec.limits._asdict(), now.spec.limits._asdict())
    skills = [", ".join(sorted(s.spec.skills or ())) for s in (then, now)]
    yield Difference("Skills of the team", *skills)
    points = [s.spec.fit._asdict() for s in (then, now)]
    yield from _figures("Points of an adapter: ", *points)
    patterns = [s.spec.pattern.name if s.spec.pattern else "" for s in (then, now)]
    yield Difference("Pattern", *patterns)


def _fixed(layer: LayerAnalysis, stack: StackAnalysis) -> str:
    """What a layer is fixed to; empty where it is not."""
    chosen = stack.fixed.get(layer.layer.id)
    if chosen is None:
        return ""
    names = {a.id: a.name for a in layer.decision.alternatives}
    return names.get(chosen, chosen) or "left empty"


def _texts(old: Decision, new: Decision) -> Iterator[Difference]:
    yield Difference("Title", old.title, new.title)
    yield Difference("Question", old.question, new.question)
    if old.as_of and new.as_of:
        yield Difference("Facts and prices as of", plain.day(old.as_of), plain.day(new.as_of))
    yield Difference("Monthly budget", _said(old.monthly_budget), _said(new.monthly_budget))


# --- criteria and weights -------------------------------------------------------------------------


def _criteria(old: Decision, new: Decision) -> Iterator[Difference]:
    before, after = ({c.id: c for c in d.criteria.walk()} for d in (old, new))
    yield from _sets("Criterion", _names(before, after), _names(after, before))
    for name in (n for n in after if n in before):
        was, is_ = before[name], after[name]
        yield Difference("Criterion renamed", was.name, is_.name)
        yield Difference(f"Scale of {is_.name}", _scale(was), _scale(is_))
        if not is_.children and (was.measure, was.direction) != (is_.measure, is_.direction):
            yield Difference(f"What {is_.name} measures", "otherwise", "as it stands")


def _names(mine: Mapping[str, Criterion], others: Mapping[str, Criterion]) -> list[str]:
    return [criterion.name for name, criterion in mine.items() if name not in others]


def _scale(leaf: Criterion) -> str:
    scale = leaf.scale
    if isinstance(scale, LinearScale):
        return plain.with_unit(f"{_said(scale.worst)} to {_said(scale.best)}", leaf.unit)
    if isinstance(scale, PointScale):
        return plain.listed([f"{_said(x)} is worth {_said(y)}" for x, y in scale.points])
    if isinstance(scale, LevelScale):
        pairs = scale.levels.items()
        return plain.listed([f"{level} is worth {_said(value)}" for level, value in pairs])
    return ""


def _weights(old: Decision, new: Decision) -> Iterator[Difference]:
    """Weights as they are written: points, an order, judgements, one spec for each group."""
    names = {c.id: c.name for d in (old, new) for c in d.criteria.walk()}
    before, after = _points(old), _points(new)
    for name in dict.fromkeys((*after, *before)):
        yield Difference(f"Weight of {names[name]}", before.get(name, ""), after.get(name, ""))
    yield from _spec(old.weights, new.weights, names, "")
    for group in dict.fromkeys((*old.weights.subtrees, *new.weights.subtrees)):
        was, is_ = (d.weights.subtrees.get(group, WeightSpec("")) for d in (old, new))
        yield from _spec(was, is_, names, f" below {names.get(group, group)}")


def _points(decision: Decision) -> dict[str, str]:
    """The points of each criterion as the decision says them, else as its set does."""
    spec = decision.weights
    found = {
        c.id: _said(c.weight) + (" %" if c.weight_is_percent else "")
        for c in decision.criteria.walk()
        if c.weight is not None
    }
    for part in (spec, *spec.subtrees.values()):
        for name, points in part.values.items():
            found[name] = _said(points) + (" %" if name in part.percent else "")
    return found


def _spec(
    old: WeightSpec, new: WeightSpec, names: Mapping[str, str], of: str
) -> Iterator[Difference]:
    def called(name: str) -> str:
        return names.get(name, name)

    yield Difference(f"Way to weigh{of}", _way(old), _way(new))
    yield Difference(
        f"Order of importance{of}", *(", ".join(map(called, s.order)) for s in (old, new))
    )
    pairs = [
        {(c.first, c.second): f"{_said(c.times)} times" for c in s.comparisons} for s in (old, new)
    ]
    for first, second in dict.fromkeys((*pairs[0], *pairs[1])):
        what = f"{called(first)} against {called(second)}"
        yield Difference(what, *(side.get((first, second), "") for side in pairs))
    yield Difference(f"Most important{of}", called(old.best), called(new.best))
    yield Difference(f"Least important{of}", called(old.worst), called(new.worst))
    for told, vectors in (
        ("Best against", (old.best_to_others, new.best_to_others)),
        ("Against the worst:", (old.others_to_worst, new.others_to_worst)),
    ):
        for name in dict.fromkeys((*vectors[0], *vectors[1])):
            yield Difference(f"{told} {called(name)}{of}", *(_said(v.get(name)) for v in vectors))
    for name in dict.fromkeys((*old.reasons, *new.reasons)):
        sides = (old.reasons.get(name, ""), new.reasons.get(name, ""))
        yield Difference(f"Reason for the weight of {called(name)}", *sides)


def _way(spec: WeightSpec) -> str:
    if spec.method == "preset":
        return f"preset {words.preset_name(spec.preset)}"
    return f"{spec.method} {spec.formula}" if spec.method == "ranking" else spec.method


def _method(old: Decision, new: Decision) -> Iterator[Difference]:
    yield Difference("Ranked by", words.method_name(old.method), words.method_name(new.method))
    before, after = (
        {f"{m}: {name}": x for m, given in d.parameters.items() for name, x in given.items()}
        for d in (old, new)
    )
    yield from _figures("Setting of ", before, after)


def _varying(old: Decision, new: Decision) -> Iterator[Difference]:
    yield Difference("Weights vary", *(_said(dict(d.uncertainty) or "") for d in (old, new)))


# --- alternatives and figures ---------------------------------------------------------------------


def _alternatives(old: Decision, new: Decision, facts: bool) -> Iterator[Difference]:
    before, after = ({a.id: a for a in d.alternatives} for d in (old, new))
    gone = [a.name for a in before.values() if a.id not in after]
    come = [a.name for a in after.values() if a.id not in before]
    yield from _sets("Alternative", gone, come)
    for name, is_ in after.items():
        if name in before:
            yield from _alternative(before[name], is_, new, facts)


def _alternative(
    was: Alternative, is_: Alternative, decision: Decision, facts: bool
) -> Iterator[Difference]:
    yield Difference("Alternative renamed", was.name, is_.name)
    if (was.vendor, was.offer) != (is_.vendor, is_.offer):
        yield Difference(f"Offer of {is_.name}", _offer(was), _offer(is_))
        return  # with another offer come other facts
    leaves = {leaf.id: leaf for leaf in decision.criteria.leaves()}
    for leaf in dict.fromkeys((*was.performances, *is_.performances)):
        called = leaves[leaf].name if leaf in leaves else leaf
        told = (_evidence(a.performances.get(leaf), decision, "") for a in (was, is_))
        yield Difference(f"{called} of {is_.name}", *told)
    for fact in dict.fromkeys((*was.facts, *is_.facts)) if facts else ():
        definition = decision.dictionary.get(fact)
        called = definition.name if definition else fact
        told = (_evidence(a.facts.get(fact), decision, fact) for a in (was, is_))
        yield Difference(f"{called} of {is_.name}", *told)
    if facts and was.costing != is_.costing:
        yield Difference(f"How {is_.name} is billed", "otherwise", "as it stands")
    if was.fallback != is_.fallback:
        sides = (a.fallback.name if a.fallback else "" for a in (was, is_))
        yield Difference(f"Fallback of {is_.name}", *sides)


def _offer(alternative: Alternative) -> str:
    return " ".join(filter(None, (alternative.vendor_name, alternative.offer))) or "none"


def _evidence(evidence: Evidence | None, decision: Decision, fact: str) -> str:
    if evidence is None:
        return ""
    if evidence.distribution is not None:
        kind, parameters = evidence.distribution
        return f"{kind} {plain.listed([_said(p) for p in parameters])}"
    return value_text(evidence, decision.dictionary.get(fact))


# --- workload, prices, people ---------------------------------------------------------------------


def _load(old: Decision, new: Decision) -> Iterator[Difference]:
    before, after = ({} if d.workload is None else d.workload._asdict() for d in (old, new))
    for side in (before, after):
        side.pop("given", None)
    if before and after:
        yield from _figures("", before, after)
    elif before or after:
        sides = (f"{_said(side['requests_per_month'])} requests a month" if side else ""
                 for side in (before, after))  # fmt: skip
        yield Difference("Workload", *sides)
    yield from _figures("Assumption: ", old.assumptions, new.assumptions)
    business = [d.business._asdict() for d in (old, new)]
    yield from _figures("Business: ", *business)
    if _agreed(old) != _agreed(new):
        yield Difference("Negotiated prices", "otherwise", "as they stand")


def _agreed(decision: Decision) -> Negotiated:
    """What was negotiated, wherever it stands in its file."""
    found = decision.negotiated
    return found._replace(prices=tuple(row._replace(origin=None) for row in found.prices))


def _people(old: Decision, new: Decision) -> Iterator[Difference]:
    for kind, before, after in (
        ("Stakeholder", old.stakeholders, new.stakeholders),
        ("Scenario", old.scenarios, new.scenarios),
    ):
        sides = [{person.name: person for person in side} for side in (before, after)]
        gone = [name for name in sides[0] if name not in sides[1]]
        come = [name for name in sides[1] if name not in sides[0]]
        yield from _sets(kind, gone, come)
        for name in (n for n in sides[1] if n in sides[0]):
            pair = [side[name] for side in sides]
            yield from _figures(f"{name}: ", *(dict(p.weights) for p in pair))
            influence = [_said(getattr(p, "influence", "")) for p in pair]
            yield Difference(f"Influence of {name}", *influence)


# --- words ----------------------------------------------------------------------------------------


def _sets(kind: str, gone: Any, come: Any) -> Iterator[Difference]:
    """What was taken out and what was added, in words; what stands on both sides stays."""
    for name in gone:
        if name not in come:
            yield Difference(f"{kind} taken out", name)
    for name in come:
        if name not in gone:
            yield Difference(f"{kind} added", "", name)


def _figures(
    kind: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    for name in dict.fromkeys((*after, *before)):
        told = f"{kind}{name.replace('_', ' ')}"
        yield Difference(
            told[:1].upper() + told[1:], _said(before.get(name)), _said(after.get(name))
        )


def _said(value: Any) -> str:
    """A value of a decision as people write it; empty for none."""
    if value is None:
        return ""
    if isinstance(value, Span):
        return plain.number(value.low) if value.is_exact else plain.span(value.low, value.high)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return plain.number(float(value))
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(part)}" for key, part in value.items())
    if hasattr(value, "_asdict"):
        return _said({k: v for k, v in value._asdict().items() if v not in (None, "", ())})
    if isinstance(value, tuple):
        return ", ".join(map(_said, value))
    return plain.plain(str(value)) if isinstance(value, str) else str(value)
