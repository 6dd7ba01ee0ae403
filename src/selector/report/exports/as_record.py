"""The decision record: Markdown in the form of MADR 4, for the repository of the project."""

from __future__ import annotations

import re
from collections.abc import Iterable

from selector.domain import words as plain
from selector.report import record, stacked, words
from selector.report.exports import Options
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.option import Option, Reason
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
        f"Required: {text(told)}." + (f" {text(r.reason)}" if r.reason else "")
        for r, told in zip(decision.requirements, story.analysis.requirements, strict=True)
    ]
    if asked:
        parts.append(_bullets(asked))
    return "\n\n".join(parts)


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
        why = [f"{r.reason.rstrip('.')}; asked: {r.requirement}" for r in option.knocked_out]
        rows.append(f"{text(option.name)} (knocked out: {text('; '.join(why))})")
    return f"## Considered Options\n\n{_bullets(rows)}"


def _outcome(story: Story) -> str:
    parts = ["## Decision Outcome"]
    if not story.ranked:
        parts.append(text(stacked.in_full(story.analysis) or f"{story.standing.sentence}."))
        return "\n\n".join(parts)
    chosen = story.ranked[0]
    because = f"Chosen option: “{text(chosen.name)}”, because {text(story.standing.sentence)}."
    parts += [because, text(stacked.in_full(story.analysis)), text(story.sure)]
    parts.append(_table(story))
    consequences = _reasons(story, chosen.id)
    cost = story.cost_of(chosen.id)
    if cost:
        told = f"what it costs is {cost}" if cost == KEPT_IN_HOUSE else f"it costs {cost} a month"
        consequences.append(f"Neutral, because {text(told)}")
    if consequences:
        parts += ["### Consequences", _bullets(consequences)]
    parts += ["### Confirmation", _watch(story)]
    return "\n\n".join(part for part in parts if part)


def _table(story: Story) -> str:
    is_sum = words.is_weighted_sum(story.analysis)
    is_billed = any(option.monthly for option in story.ranked)
    lines = [
        "| Rank | Option | Points of 100 | Could be | First, of 100 draws |",
        "| ---: | --- | ---: | ---: | ---: |",
    ]
    if is_billed:
        lines = [f"{lines[0]} A month |", f"{lines[1]} ---: |"]
    for option in story.ranked:
        score = "" if option.score is None else f"{option.score:.4f}"
        span = ""
        if option.score is not None and is_sum:
            score = plain.points(option.score)
            span = f"{plain.points(option.low or 0)} to {plain.points(option.high or 0)}"
        first = "" if option.first is None else plain.of_100(option.first)
        lines.append(
            f"| {option.rank} | {text(option.name)} | {score} | {span} | {first} |"
            + (f" {text(option.monthly)} |" if is_billed else "")
        )
    head = lines[0] if is_sum else lines[0].replace("Points of 100", "Score")
    head = head.replace("First, of 100 draws", story.often_head)
    return "\n".join([head, *lines[1:]])


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
    decision = story.analysis.decision.id
    parts = ["The decision stands while these hold; look at it again when one does not."]
    parts += [
        f"{head}:\n\n{_bullets(map(text, lines))}" for head, lines in watching(story) if lines
    ]
    parts.append(
        f"To be told: keep this version with `selector freeze {decision} --to {decision}.json`, "
        f"and let a nightly job run `selector check {decision} --against {decision}.json`. "
        "It fails where another option leads or a fact in use is stale."
    )
    return "\n\n".join(parts)


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
    parts = ["## Pros and Cons of the Options"]
    for option in story.ranked:
        parts += [f"### {text(option.name)}", _pros(story, option)]
    return "\n\n".join(parts)


def _pros(story: Story, option: Option) -> str:
    rows = _reasons(story, option.id)
    rows += [f"Neutral, because it does not yet prove: {text(asked)}" for asked in option.unproven]
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
