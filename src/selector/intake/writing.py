"""A proposal as a decision file that people read and edit: each part with its reason above it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from textwrap import wrap
from typing import Any

from selector.domain.span import Span
from selector.intake.proposal import Figure, Proposal, ProposedAlternative

WIDTH = 118
# Text that our reader, and any other, takes for text without quotes.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_/-]*(?: [A-Za-z0-9(][A-Za-z0-9_()/-]*)*\Z")
_PLAIN_LINE = re.compile(r"[A-Za-z](?:[A-Za-z0-9 _/.,;?!'()%+-]*[A-Za-z0-9.?!')%])?\Z")
_NOT_TEXT = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def write(proposal: Proposal) -> str:
    """The text of the decision file."""
    p = proposal
    lines = [
        "# yaml-language-server: $schema=../schema/decision.json",
        *_comment(
            "Proposed by the intake from your answers. Every part gives its reason; change what "
            "you know better. Prices and ages of facts are judged by today: write `as_of` to hold "
            "them to a day."
        ),
        f"id: {p.id}",
        f"title: {line(p.title)}",
        f"question: {line(p.question)}",
        "",
        *_comment(p.criteria_reason.text),
        f"criteria: {p.criteria}",
        "",
        *_cost(p),
        "# What differs in kind, by stated rules; nothing here has been ranked to be chosen.",
        *_alternatives(p.alternatives),
    ]
    if p.left_out:
        lines.append("# Left out:")
        for reason in dict.fromkeys(out.reason for out in p.left_out):
            names = [out.name for out in p.left_out if out.reason == reason]
            lines += _comment(f"- {'; '.join(names)}: {reason}", follow="  ")
    lines += ["", *_requirements(p), *_workload(p.workload), *_weights(p)]
    if p.assumptions:
        lines += ["", "# Assumed, because it was not answered:"]
        for text in p.assumptions:
            lines += _comment(f"- {text}", follow="  ")
    if p.notes:
        lines += ["", "# To know:"]
        for note in p.notes:
            lines += _comment(f"- {note.text}", follow="  ")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Text as YAML that can be read as nothing else, on one line."""
    if _PLAIN.match(text) and text.lower() not in _NOT_TEXT:
        return text
    safe = "".join(_letter(letter) for letter in text)
    return f'"{safe}"'


def line(text: str) -> str:
    """The same where it stands alone on its line, so that commas need no quotes."""
    is_plain = _PLAIN_LINE.match(text) and text.lower() not in _NOT_TEXT
    return text if is_plain else quoted(text)


def _letter(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    if letter.isprintable():
        return letter
    code = ord(letter)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _comment(text: str, follow: str = "") -> list[str]:
    """A comment, wrapped; what was written by others cannot leave it."""
    flat = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    lines = wrap(flat, WIDTH - 2, subsequent_indent=follow, break_long_words=True)
    return [f"# {part}" for part in lines]


def _cost(p: Proposal) -> list[str]:
    if p.budget is not None:
        return [*_comment(p.cost_reason), f"budget: {{monthly: {_number(p.budget)}}}", ""]
    if p.worst_cost is None or not p.cost_criteria:
        return []
    ends = f"{{worst: {_number(p.worst_cost)}, best: 0}}"
    scales = ", ".join(f"{leaf}: {ends}" for leaf in p.cost_criteria)
    return [*_comment(p.cost_reason), f"scales: {{{scales}}}", ""]


def _alternatives(alternatives: Sequence[ProposedAlternative]) -> Iterable[str]:
    if not alternatives:
        yield "alternatives: []"
        return
    yield "alternatives:"
    for a in alternatives:
        yield from (f"  {said}" for said in _comment(a.reason))
        if a.vendor:
            offer = f", offer: {a.offer}" if a.offer else ""
            yield f"  - {{id: {a.id}, vendor: {a.vendor}{offer}, name: {quoted(a.name)}}}"
            continue
        yield f"  - id: {a.id}"
        yield f"    name: {line(a.name)}"
        yield f"    kind: {a.kind}"
        if a.performance:
            yield f"    performance: {_flow(a.performance)}"
        elif a.monthly is not None:
            reason = quoted("What it costs today, by the answer given.")
            yield f"    cost: {{monthly: {{value: {_number(a.monthly)}, reason: {reason}}}}}"
        if a.facts:
            yield "    facts:"
            for fact, evidence in a.facts.items():
                yield f"      {fact}: {_flow(evidence)}"


def _requirements(p: Proposal) -> Iterable[str]:
    if not p.requirements:
        yield from _comment("No requirement follows from the answers: nothing is knocked out.")
        yield ""
        return
    yield "requirements:"
    for requirement in p.requirements:
        first, *others = requirement.asks.items()
        yield f"  - {first[0]}: {_value(first[1])}"
        for key, value in others:
            yield f"    {key}: {_value(value)}"
        yield f"    reason: {line(requirement.reason)}"
        if requirement.source and requirement.source != "judgement":
            yield from (f"    {said}" for said in _comment(f"By: {requirement.source}."))
    yield ""


def _workload(figures: Sequence[Figure]) -> Iterable[str]:
    if not figures:
        yield from _comment(
            "No volume was given, so there is no workload and no bill. Add one: workload: "
            "{requests_per_month: …, input_tokens: …, output_tokens: …}"
        )
        yield ""
        return
    yield "workload:"
    for figure in figures:
        said = f"{figure.key}: {_figure(figure.value)}"
        mark = "assumed: " if figure.assumed else ""
        why = " ".join(figure.reason.split())
        yield from (f"  {said}" for said in _comment(f"{mark}{why}"))
        yield f"  {said}"
    yield ""


def _weights(p: Proposal) -> Iterable[str]:
    yield "# Points by group. They are a starting point, not advice: set your own."
    yield "weights:"
    yield "  method: direct"
    values = ", ".join(f"{w.criterion}: {w.points}" for w in p.weights)
    yield f"  values: {{{values}}}"
    yield "  reasons:"
    for weight in p.weights:
        yield f"    {weight.criterion}: {line(weight.reason)}"


def _figure(value: Span | float | str) -> str:
    if isinstance(value, str):
        return line(value)
    if isinstance(value, Span):
        if value.is_exact:
            return _number(value.likely)
        ends = zip(("low", "likely", "high"), value, strict=True)
        return f"{{{', '.join(f'{key}: {_number(x)}' for key, x in ends)}}}"
    return _number(value)


def _number(value: float) -> str:
    """A number with thousands set apart where that helps: 12_000."""
    if value == int(value) and abs(value) < 1e15:
        return f"{int(value):_}" if abs(value) >= 10_000 else str(int(value))
    return repr(value)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return _flow(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else _number(value)


def _flow(mapping: Mapping[str, Any]) -> str:
    return f"{{{', '.join(f'{key}: {_value(value)}' for key, value in mapping.items())}}}"
