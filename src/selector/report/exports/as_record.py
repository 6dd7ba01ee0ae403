"""The decision record: Markdown in the form of MADR 4, for the repository of the project."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selector.analysis.settled import to_set
from selector.domain import words as plain
from selector.report import record, stacked, words
from selector.report.bills import discounted, plain_months
from selector.report.exports import Options, given
from selector.report.exports.billed import NOT_KNOWN
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.option import Option, Reason
from selector.report.exports.partly import at_least, partly
from selector.report.exports.story import Story
from selector.report.exports.watching import watching

SUFFIX = ".md"
NAME = "Decision record (Markdown), for the repository"
_ONE_LINE = 10**6  # letters; YAML would break a longer line
_LEADING = re.compile(r"^([#>+=~-])")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s)")


def made(story: Story, _options: Options) -> bytes:
    """Return the record, UTF-8."""
    parts = [
        _front(story),
        f"# {text(story.analysis.decision.title)}",
        _context(story),
        _drivers(story),
        _considered(story),
        _outcome(story),
        _architecture(story),
        _arguments(story),
        _risks(story),
        _more(story),
    ]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def text(words_: object) -> str:
    """Return words as Markdown shows them: no markup, no HTML, no line of its own."""
    flat = " ".join(str(words_).split())
    safe = re.sub(r"([\\`*_\[\]<>|&])", r"\\\1", flat)
    return _NUMBERED.sub(r"\1\\\2", _LEADING.sub(r"\\\1", safe))


def _front(story: Story) -> str:
    """What programs read; quoted where YAML needs it, whatever a name holds."""
    import yaml

    said = story.analysis.decision.record
    pairs = {
        "status": record.status(story.analysis),
        "date": story.day.isoformat(),
        "version": story.analysis.version,
        "decision": story.analysis.decision.id,
    }
    people = {
        "decision-makers": [record.who(approval) for approval in said.approved],
        "consulted": [stakeholder.name for stakeholder in story.analysis.decision.stakeholders],
        "supersedes": list(said.supersedes),
    }
    pairs |= {key: rows for key, rows in people.items() if rows}  # type: ignore[misc]
    flat = {key: _flat(value) for key, value in pairs.items()}
    told = yaml.safe_dump(flat, allow_unicode=True, sort_keys=False, width=_ONE_LINE)
    return f"---\n{told}---"


def _flat(value: str | list[str]) -> str | list[str]:
    """Text without breaks of lines, of which YAML knows more than JSON does."""
    if isinstance(value, list):
        return [" ".join(item.split()) for item in value]
    return " ".join(value.split())


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"* {item}" for item in items)


def _context(story: Story) -> str:
    decision = story.analysis.decision
    parts = ["## Context and Problem Statement"]
    parts.append(text(decision.question or decision.title))
    asked = [
        f"Required: {text(words.lower_first(told))}." + (f" {text(why)}" if why else "")
        for told, why in given.required(story)
    ]
    if asked:
        parts.append(_bullets(asked))
    parts.append(text(given.picked(story)))
    if load := given.workload(story):
        parts.append(f"The workload: {text(load)}")
    return "\n\n".join(part for part in parts if part)


def _drivers(story: Story) -> str:
    analysis = story.analysis
    tops = sorted(
        analysis.decision.criteria.criteria,
        key=lambda top: -sum(analysis.weights[leaf.id] for leaf in top.leaves()),
    )
    rows = []
    for top in tops:
        weight = sum(analysis.weights[leaf.id] for leaf in top.leaves())
        step = story.step(top)
        told = f": {text(step)}" if step else ""
        rows.append(f"{text(top.name)}, {words.percent(weight)} of the weight{told}")
    return f"## Decision Drivers\n\n{text(story.weighed)}\n\n{_bullets(rows)}"


def _considered(story: Story) -> str:
    rows = [text(option.name) for option in story.ranked]
    for option in story.out:
        why = [
            f"{r.reason.rstrip('.')}; asked: {words.asked(r.requirement)}"
            for r in option.knocked_out
        ]
        rows.append(f"{text(option.name)} (knocked out: {text('; '.join(why))})")
    composed = story.analysis.composed
    if not rows and composed is not None:
        rows = [f"No combination of {composed.best().considered:,} keeps all constraints"]
    return f"## Considered Options\n\n{_bullets(rows)}"


def _outcome(story: Story) -> str:
    parts = ["## Decision Outcome"]
    if not story.ranked:
        parts.append(text(stacked.in_full(story.analysis) or f"{story.standing.sentence}."))
        parts.append(text(story.asked))
        return "\n\n".join(parts)
    chosen = story.ranked[0]
    because = f"Chosen option: “{text(chosen.name)}”, because {text(story.standing.sentence)}."
    parts += [because, text(stacked.in_full(story.analysis)), text(story.sure), text(story.asked)]
    parts += [_table(story), _in_all(story)]
    consequences = [*_reasons(story, chosen.id), *_not_proven(chosen)]
    cost = chosen.monthly
    if cost:
        is_told = cost not in (KEPT_IN_HOUSE, NOT_KNOWN)
        told = f"it costs {cost} {story.per_month}" if is_told else f"what it costs is {cost}"
        if cost == NOT_KNOWN:
            own = next(bill for bill in partly(story) if bill.option.id == chosen.id)
            least = at_least(story, own)
            told += f": {least} {story.per_month}" if least else ""
        consequences.append(f"Neutral, because {text(told)}")
    if consequences:
        parts += ["### Consequences", _of_the_sum(story), _bullets(consequences)]
    parts += ["### Confirmation", _watch(story)]
    return "\n\n".join(part for part in parts if part)


def _of_the_sum(story: Story) -> str:
    """Whose points they are, where another method ranks."""
    return "" if words.is_weighted_sum(story.analysis) else "Points are those of the weighted sum."


def _table(story: Story) -> str:
    """The ranking; a column that would be empty is left out."""
    is_sum = words.is_weighted_sum(story.analysis)
    heads = ["Rank", "Option", story.score_head, "Could be", story.often_head, story.month_head]
    rows = []
    for option in story.ranked:
        score = KEPT_IN_HOUSE if option.id in story.veiled else ""
        span = ""
        if option.score is not None:
            score = plain.signed(f"{option.score:.4f}")
            if is_sum:
                score = plain.points(option.score)
                span = f"{plain.points(option.low or 0)} to {plain.points(option.high or 0)}"
        is_one = option.first is None or len(story.ranked) < 2
        first = "" if is_one else plain.of_100(option.first or 0)
        rows.append([str(option.rank), text(option.name), score, span, first, text(option.monthly)])
    kept = [column for column in range(len(heads)) if any(row[column] for row in rows)]
    lines = [
        [heads[column] for column in kept],
        ["---" if column == 1 else "---:" for column in kept],
        *([row[column] for column in kept] for row in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _in_all(story: Story) -> str:
    """What each option costs over the horizon where that is known, the cheapest first and those
    that are knocked out last.
    """
    load = story.analysis.decision.workload
    if load is None:
        return ""
    bills = story.analysis.cost().alternatives
    totals = [(o, bills[o.id].total) for o in story.options if o.id not in story.hidden]
    known = [(option, total) for option, total in totals if total is not None]
    known.sort(key=lambda row: (not row[0].rank, row[1].likely))
    sums = [
        f"{option.short} {story.money.ends(total, is_whole=True)}"
        + ("" if option.rank else " (knocked out)")
        for option, total in known
    ]
    told = f"Over {plain_months(load.months)}, {discounted(story.analysis)}: {'; '.join(sums)}."
    return text(told) if sums else ""


def _reason(story: Story, option: str, reason: Reason) -> str:
    """An argument in MADR's words; what is not known speaks neither for nor against."""
    name, told = text(reason.leaf.name), text(reason.performance)
    points = f"{'+' if reason.points > 0 else ''}{plain.points(reason.points)} points"
    cell = story.cell(option, reason.leaf)
    if cell is not None and cell.state == "unknown":
        return (
            f"Neutral, because of {name}: {told}, and counted at the middle of its scale "
            f"({points} against the mean until it is known)"
        )
    kind = "Good" if reason.points > 0 else "Bad"
    return f"{kind}, because of {name}: {told} ({points} against the mean)"


def _reasons(story: Story, option: str) -> list[str]:
    """All arguments on an option: for, against, then what is not known."""
    best, worst = story.reasons(option)
    told = [_reason(story, option, reason) for reason in (*best, *worst)]
    return sorted(told, key=lambda line: line.startswith("Neutral"))


def _watch(story: Story) -> str:
    """What to watch, when to look again, and how to be told."""
    parts = ["Look at the decision again when one of these comes about or is found out."]
    told = [(head, lines) for head, lines in watching(story) if lines]
    if len(told) > 1 and not words.is_weighted_sum(story.analysis):
        parts[0] += " What would turn it, and what to find out, is reckoned for the weighted sum."
    parts += [f"{head}:\n\n{_bullets(map(text, lines))}" for head, lines in told]
    return "\n\n".join([*parts, *_kept(story)])


def _kept(story: Story) -> list[str]:
    """How this very version is kept, and how to be told of what turns it."""
    decision = story.analysis.decision.id
    points = {name: repr(x).removesuffix(".0") for name, x in to_set(story.analysis).items()}
    sets = "".join(f" --set {name}={x}" for name, x in points.items())
    sets = "" if story.is_apart else sets
    file = f"{decision}.yaml" if story.is_apart else decision
    freeze = f"selector freeze {file}{sets} --to {decision}.json"
    check = f"selector check {file}{sets} --against {decision}.json"
    fails = "It fails where another option leads or a fact in use is stale."
    if not sets:
        own = "The file with all that was set is that of *Download this decision* in the app. "
        return [
            f"To be told: keep this version with `{freeze}`, and let a nightly job run `{check}`. "
            f"{own if story.is_apart else ''}{fails}"
        ]
    return [
        "To be told: keep this version with the first of these lines, and let a nightly job run "
        f"the second. {fails} Both name the weights of this answer, for the decision's file has "
        "others; *Download this decision* in the app gives a file that has them.",
        f"```console\n$ {freeze}\n$ {check}\n```",
    ]


def _architecture(story: Story) -> str:
    """The architecture around the chosen option as a diagram, and in words for who sees none."""
    drawn = story.architecture
    if drawn is None:
        return ""
    diagram = f"```mermaid\n{record.mermaid(drawn)}\n```"
    return "\n\n".join(["## The Chosen Architecture", diagram, _bullets(map(text, drawn.lines()))])


def _arguments(story: Story) -> str:
    if len(story.ranked) < 2:
        return ""
    parts = ["## Pros and Cons of the Options", _of_the_sum(story)]
    for option in story.ranked:
        parts += [f"### {text(option.name)}", _pros(story, option)]
    return "\n\n".join(part for part in parts if part)


def _not_proven(option: Option) -> list[str]:
    return [f"Neutral, because it does not yet prove: {text(asked)}" for asked in option.unproven]


def _pros(story: Story, option: Option) -> str:
    rows = [*_reasons(story, option.id), *_not_proven(option)]
    return _bullets(rows) or "Nothing tells it from the mean of the options."


def _risks(story: Story) -> str:
    if not story.risks:
        return ""
    lines = ["| Cause | Effect | Control | Owner | AI RMF |", "| --- | --- | --- | --- | --- |"]
    for risk in story.risks:
        cells = (risk.cause, risk.effect, risk.control, risk.owner, risk.function)
        lines.append("| " + " | ".join(text(cell) for cell in cells) + " |")
    return "## Risks\n\n" + "\n".join(lines)


def _more(story: Story) -> str:
    parts = ["## More Information", f"{text(story.stamp)}."]
    if story.link:
        parts.append(f"The same view: <{story.link}>")
    for told in (record.caution(story.analysis), record.superseding(story.analysis)):
        if told:
            parts.append(text(told))
    for head, lines in (
        ("Approved by:", story.approvals),
        ("Who set what, when and why:", story.changes),
    ):
        if lines:
            parts.append(f"{head}\n\n" + _bullets(map(text, lines)))
    notices = story.warnings
    if notices:
        parts.append("To know when reading this:\n\n" + _bullets(text(n) for n in notices))
    if story.sources:
        rows = []
        for source in story.sources:
            name = f"<{source.url}>" if _is_plain(source.url) else text(source.name)
            day = f", {plain.day(source.as_of)}" if source.as_of else ""
            rows.append(f"{source.number}. {name}{day}: {text(plain.listed(source.used_for))}")
        parts.append("Sources:\n\n" + "\n".join(rows))
    return "\n\n".join(parts)


def _is_plain(url: str) -> bool:
    return bool(re.fullmatch(r"https?://[^\s<>\"]+", url))
