"""The page that ties the records of the layers, and the index of them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selector.analysis.stack.why import skill_names
from selector.domain import words as plain
from selector.report import record as said
from selector.report import stacked, words
from selector.report.currency import in_currency
from selector.report.diagram import Reference, mermaid
from selector.report.exports.as_record import text
from selector.report.exports.confidence import KEPT_IN_HOUSE, UNTOLD, knock_outs, secret_bills
from selector.report.stack_currency import stack_in_currency
from selector.report.stack_records import told
from selector.report.stack_records.parts import COST, SAMPLES, Composed, bullets, joined, table

FILE = "stack.md"
INDEX = "index.md"
SHOWN = 10  # stacks
_LAYERS = {
    "Layer": "---", "Weight": "---:", "Chosen": "---", "Points of 100": "---:", "Place": "---:",
    COST: "---:",
}  # fmt: skip
_STACKS = {
    "Rank": "---:", "Otherwise": "---", "Points of 100": "---:", "Could be": "---:",
    COST: "---", "Vendors": "---:", "Fit": "---",
}  # fmt: skip
_RIVALS = {"Instead": "---", "Points of 100": "---:", "The whole stack with it": "---"}
_FAILURES = {
    "What fails": "---", "What people notice": "---", "Where": "---", "What helps": "---"
}  # fmt: skip


def record(composed: Composed) -> str:
    """Return the page on the whole stack."""
    parts = [
        composed.front,
        f"# {text(composed.analysis.decision.title)}",
        f"## Context and Problem Statement\n\n{_context(composed)}",
        f"## Decision Outcome\n\n{_outcome(composed)}",
        _architecture(composed),
        f"## Considered Options\n\n{_considered(composed)}",
        _rivals(composed),
        f"## More Information\n\n{_more(composed)}",
    ]
    return joined(*parts) + "\n"


def index(composed: Composed) -> str:
    """Return the list of all records, with links and status."""
    decision = composed.analysis.decision
    state = said.status(composed.story.analysis)
    rows = [["Whole stack", f"[{text(decision.title)}]({FILE})", text(state)]]
    for layer in composed.analysis.layers:
        name = layer.layer.id
        linked = f"[{_choice(composed, name)}]({composed.files[name]})"
        rows.append([text(layer.layer.name), linked, text(state)])
    heads = {"Layer": "---", "Record": "---", "Status": "---"}
    return (
        joined(
            f"# Decision records: {text(decision.title)}",
            f"{text(composed.story.stamp)}. Composed again by {composed.again}.",
            table(heads, rows),
        )
        + "\n"
    )


def _choice(composed: Composed, layer: str) -> str:
    choice = composed.best.choices[layer]
    fixed = ", fixed" if layer in composed.analysis.fixed else ""
    return text(f"{choice.name if choice.id else 'left empty'}{fixed}")


def _context(composed: Composed) -> str:
    analysis = composed.analysis
    decision, spec = analysis.decision, analysis.spec
    asked = [*_limits(composed)]
    if spec.skills is not None:
        has = plain.listed(skill_names(analysis, sorted(spec.skills))) or "none of them"
        asked.append(f"The team has, of the skills that are asked for: {has}.")
    asked += [
        f"{one.layer}: {words.lower_first(one.wanted)}. {one.reason}".strip()
        for one in stacked.required(stack_in_currency(analysis))
    ]
    pattern = f"{spec.pattern.name}. {spec.pattern.summary}" if spec.pattern else ""
    return joined(text(decision.question or decision.title), text(pattern), _listed(asked))


def _listed(lines: list[str]) -> str:
    return bullets(map(text, lines))


def _limits(composed: Composed) -> Iterator[str]:
    """Each limit, with what the stack makes of it."""
    limits, best = composed.analysis.spec.limits, composed.best
    if limits.monthly_cost is not None:
        most = composed.analysis.decision.business.told(limits.monthly_cost)
        yield f"At most {most} a month; this stack: {composed.money(best)}."
    if limits.vendors is not None:
        yield f"At most {limits.vendors} vendors; this stack: {_count(best.providers)}."
    if limits.new_skills is not None:
        new = skill_names(composed.analysis, best.new_skills)
        skills = f"skill{'s' * (limits.new_skills != 1)}"
        yield (
            f"At most {limits.new_skills} {skills} that the team has not; this stack: "
            f"{_count(new)}."
        )


def _count(names: Sequence[str]) -> str:
    return f"{len(names)} ({', '.join(names)})" if names else "none"


def _outcome(composed: Composed) -> str:
    analysis, best = composed.analysis, composed.best
    ends = f"{plain.points(best.low)} to {plain.points(best.high)}"
    stands = (
        f"{stacked.headline(analysis)}: it has {plain.points(best.score)} points (could be {ends})."
    )
    sure = f"{stacked.sure(analysis, SAMPLES)} {stacked.counted(analysis)}."
    return joined(
        text(f"Chosen: {stacked.named(best)}. {'' if composed.is_veiled else stands}".strip()),
        text(f"{UNTOLD}." if composed.is_veiled else sure),
        table(composed.by_month(_LAYERS), _layers(composed)),
        f"### What it costs\n\n{_costs(composed)}",
        f"### How it goes together\n\n{_fits(composed)}",
        f"### Why each layer has its choice\n\n{_whys(composed)}",
        f"### Confirmation\n\n{_confirmation(composed)}",
    )


def _layers(composed: Composed) -> Iterator[list[str]]:
    analysis = composed.analysis
    for found in analysis.explanations:
        name, choice = found.layer, found.chosen
        yield [
            text(analysis.layer(name).layer.name),
            words.percent(float(analysis.shares[name])),
            f"[{_choice(composed, name)}]({composed.files[name]})",
            composed.points(name, choice, plain.points(choice.score[1])) if choice.id else "",
            f"{found.rank} of {found.candidates}" if found.rank else "",
            text(composed.cost(name, choice)) if choice.id else "",
        ]


def _costs(composed: Composed) -> str:
    best = composed.best
    when = "in the first month" if composed.is_of_one_month else "a month"
    rows = [f"Together, {when}: {composed.money(best)}."]
    if best.cost.unknown:
        rows.append(f"Not known: {'; '.join(best.cost.unknown)}.")
    rows.append(f"Vendors behind it: {_count(best.providers)}.")
    if composed.analysis.spec.skills is not None:
        new = skill_names(composed.analysis, best.new_skills)
        rows.append(f"Skills that the team has not: {_count(new)}.")
    return _listed(rows)


def _fits(composed: Composed) -> str:
    analysis, best = composed.analysis, composed.best
    spec = analysis.spec.fit
    how = (
        f"An adapter takes {spec.small:g}, {spec.medium:g} or {spec.large:g} points of 100, by its "
        f"effort; what is not known takes {spec.unknown:g}. These points are a judgement."
    )
    rows = sorted(best.joints, key=lambda joint: -joint.points)
    lines = [told.fit(analysis, joint) for joint in rows]
    return joined(how, bullets(lines) or "No two of its layers meet.")


def _whys(composed: Composed) -> str:
    """Each layer's choice, with who scores higher there and why it is not chosen."""
    lines = []
    for why, name in zip(composed.whys, composed.files.values(), strict=True):
        lines.append(f"* [{text(why.layer)}]({name}): {text(why.line)}")
        lines += [f"    * {text(f'{rival}: {because}')}" for rival, because in why.rivals]
    return "\n".join(lines)


def _confirmation(composed: Composed) -> str:
    analysis, best = composed.analysis, composed.best
    open_pairs = composed.open_pairs
    again = told.stale(analysis, best.joints)
    again.append("By the days that the record of each layer tells, the facts of its choice.")
    return joined(
        "Look at the stack again when one of these comes about or is found out.",
        f"When to look again:\n\n{_listed(again)}",
        f"What to find out, for it would change the stack:\n\n{_listed(open_pairs)}"
        if open_pairs
        else "",
        f"What it does not yet prove:\n\n{_listed(list(best.unproven))}" if best.unproven else "",
        f"Then compose again: {composed.again}.",
    )


def _architecture(composed: Composed) -> str:
    """The reference architecture: picture, flows in words, failures, safeguards."""
    analysis = composed.analysis
    if analysis.spec.pattern is None:
        return ""
    drawn = stacked.reference(analysis, composed.best, analysis.spec.pattern)
    flows = [line.partition(". ") for line in drawn.flow_lines()]
    numbered = "\n".join(f"{number}. {text(line)}" for number, _, line in flows)
    kinds = [f"{kind.name}: {kind.handling}" for kind in drawn.pattern.data if kind.handling]
    return joined(
        f"## Reference Architecture\n\n{text(drawn.pattern.name)}. What was chosen has a strong "
        "edge; a double arrow carries data across a trust boundary.",
        f"```mermaid\n{mermaid(drawn)}\n```",
        f"### What flows\n\n{numbered}",
        f"### Kinds of data\n\n{_listed(kinds)}" if kinds else "",
        _failures(drawn),
        _safeguards(drawn),
    )


def _failures(drawn: Reference) -> str:
    rows = [
        [
            text(each.what),
            text(each.effect),
            text(drawn.names(each.roles)),
            text(drawn.help(each.safeguards)),
        ]
        for each in drawn.pattern.failures
    ]
    return f"### What can go wrong\n\n{table(_FAILURES, rows)}" if rows else ""


def _safeguards(drawn: Reference) -> str:
    rows = []
    for one in drawn.pattern.safeguards:
        where = f" By {drawn.names(one.roles)}." if one.roles else ""
        answers = stacked.answers(one.frameworks)
        rows.append(f"{one.name}. {one.how}{where}" + (f" ({answers})" if answers else ""))
    return f"### Safeguards, and what they answer\n\n{_listed(rows)}" if rows else ""


def _considered(composed: Composed) -> str:
    """The best stacks, each by what it has otherwise than the first."""
    analysis = composed.analysis
    rows = [
        [
            str(each.rank),
            text(stacked.differing(analysis, each)),
            plain.points(each.score),
            f"{plain.points(each.low)} to {plain.points(each.high)}",
            text(composed.money(each)),
            str(len(each.providers)),
            text(stacked.fit_told(each)),
        ]
        for each in (() if composed.is_veiled else analysis.best(SHOWN).stacks)
    ]
    out = [
        f"{layer.layer.name}: {row.name} is knocked out. {row.reason.rstrip('.')}; asked: "
        f"{row.requirement}."
        for layer in analysis.layers
        for row in knock_outs(
            in_currency(layer.analysis),
            secret_bills(layer.analysis) if composed.is_redacted else frozenset(),
        )
    ]
    several = f"The {len(rows)} best stacks." if len(rows) > 1 else "No other stack is left."
    return joined(
        f"The order of the best stacks is {KEPT_IN_HOUSE}." if composed.is_veiled else several,
        table(composed.by_month(_STACKS), rows) if rows else "",
        f"In no stack:\n\n{_listed(out)}" if out else "",
    )


def _rivals(composed: Composed) -> str:
    """For each layer, what the whole would be with another candidate."""
    if composed.is_veiled:
        return ""
    parts = []
    for layer in composed.analysis.layers:
        rows = [
            [
                text(row.candidate.name),
                plain.points(row.candidate.score[1]) if row.candidate.id else "",
                text(row.says),
            ]
            for row in told.instead(composed.analysis, layer.layer.id)
        ]
        if rows:
            head = text(f"{layer.layer.name}, now {composed.best.choices[layer.layer.id].name}")
            parts.append(f"### {head}\n\n{table(_RIVALS, rows)}")
    return joined("## What Each Rival Would Give Up", *parts) if parts else ""


def _more(composed: Composed) -> str:
    return joined(f"All records: [index]({INDEX}).", composed.more, text(composed.caution))
