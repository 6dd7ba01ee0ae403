"""The record of one layer: what the stack chose in it, why, and what that brings with it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from selector.analysis.stack.candidates import Candidate
from selector.analysis.stack.joints import Joint
from selector.analysis.stack.why import Explanation, skill_names
from selector.domain import words as plain
from selector.report import stacked, words
from selector.report.exports.as_record import text
from selector.report.exports.confidence import KEPT_IN_HOUSE
from selector.report.exports.risks import Risk, risks
from selector.report.exports.story import Story
from selector.report.exports.watching import when
from selector.report.stack_records import told
from selector.report.stack_records.parts import (
    COST,
    SAMPLES,
    Composed,
    bullets,
    joined,
    sections,
    table,
)

_HEADS = {
    "Place": "---:", "Option": "---", "Points of 100": "---:", "Could be": "---:",
    "The whole stack with it": "---", COST: "---:",
}  # fmt: skip


class LayerStory(Story):
    """What is told of a layer by itself, with the stack's choice in the place of its leader."""

    def __init__(self, composed: Composed, place: int) -> None:
        self.composed = composed
        self.layer = composed.analysis.layers[place]
        super().__init__(self.layer.analysis, composed.is_redacted, samples=SAMPLES)

    @cached_property
    def chosen(self) -> Candidate:
        """What the stack has in this layer."""
        return self.composed.best.choices[self.layer.layer.id]

    @cached_property
    def stamp(self) -> str:
        """The version and the day of the whole stack."""
        return self.composed.story.stamp

    @cached_property
    def risks(self) -> list[Risk]:
        """The risks of what the stack chose; none of a layer that is left empty."""
        if not self.chosen.id:
            return []
        return risks(self.analysis, self.robustness, chosen=self.chosen.id)


def record(composed: Composed, place: int) -> str:
    """Return the record of the layer at a place."""
    story = LayerStory(composed, place)
    own = sections(story)
    layer = story.layer.layer
    front = composed.front.removesuffix("---") + f"layer: {layer.id}\n---"
    chosen = story.chosen.name if story.chosen.id else "none"
    parts = [
        front,
        f"# {text(f'{layer.name}: {chosen}')}",
        _section("Context and Problem Statement", _context(story, own)),
        _section("Decision Drivers", _drivers(story, own)),
        _section("Considered Options", own["Considered Options"]),
        _section("Decision Outcome", _outcome(story, place)),
        *(
            _section(head, own[head])
            for head in ("Pros and Cons of the Options", "Risks")
            if head in own
        ),
        _section("More Information", joined(own["More Information"], text(composed.caution))),
    ]
    return joined(*parts) + "\n"


def _section(head: str, body: str) -> str:
    return f"## {head}\n\n{body}"


def _context(story: LayerStory, own: dict[str, str]) -> str:
    """The question of the layer, with what is required there."""
    whole, layer = story.composed.analysis.decision, story.layer.layer
    about = (
        f"One layer of [the whole stack](stack.md) of “{text(whole.title)}”: what do we choose as "
        f"{text(words.lower_first(layer.name))}, so that the whole is best?"
    )
    _, _, required = own["Context and Problem Statement"].partition("\n\n")
    return joined(about, text(layer.decision.question), required)


def _drivers(story: LayerStory, own: dict[str, str]) -> str:
    share = float(story.composed.analysis.shares[story.layer.layer.id])
    return joined(
        f"The layer has {words.percent(share)} of the weight of the stack. Within it:",
        own["Decision Drivers"],
    )


def _outcome(story: LayerStory, place: int) -> str:
    composed = story.composed
    found = composed.analysis.explanations[place]
    because = [text(f"{name}: {why}") for name, why in composed.whys[place].rivals]
    return joined(
        text(_chosen(story, found)),
        "" if composed.is_veiled else text(_sure(story)),
        "Higher in the layer, and not chosen:\n\n" + bullets(because) if because else "",
        table(story.composed.by_month(_HEADS), _rows(story)),
        "### Consequences",
        bullets(_consequences(story, place)) or "Nothing of the stack meets this layer.",
        "### Confirmation",
        _confirmation(story, place),
    )


def _chosen(story: LayerStory, found: Explanation) -> str:
    """What was chosen, and by what: by hand, by its place, or by what it goes into."""
    analysis, layer = story.composed.analysis, story.layer.layer
    whole = f"the best whole stack ({stacked.named(story.composed.best)})"
    name = f"Chosen option: “{story.chosen.name}”" if story.chosen.id else "Chosen option: none"
    place = f"place {found.rank} of {found.candidates}" if found.rank else ""
    if layer.id in analysis.fixed:
        is_own = layer.fixed == analysis.fixed[layer.id]
        by = "is fixed in the decision's file"
        by = by if is_own else "was fixed when this was composed, and not in the file"
        said = f"{name}, because the layer {by}: it was not open to choice."
        said += f" In the layer it has {place}." if place else ""
        return (
            f"{said} {'' if story.composed.is_veiled else told.freed(analysis, layer.id)}".strip()
        )
    if found.rank is None:
        return f"{name}, because the layer may be left empty, and {whole} does without it."
    if found.candidates == 1:
        return f"{name}, because nothing else is left to choose; it is a part of {whole}."
    if found.rank == 1:
        return f"{name}, because it has {place} in the layer, and is a part of {whole}."
    return f"{name}, because it is a part of {whole}; in the layer it has {place}."


def _sure(story: LayerStory) -> str:
    share = story.composed.shares[story.layer.layer.id][story.chosen.id]
    what = "has it" if story.chosen.id else "leaves the layer empty"
    return (
        f"Over {SAMPLES:,} draws of the layers' weights the best stack {what} in "
        f"{plain.of_100(share)} of 100."
    )


def _rows(story: LayerStory) -> Iterator[list[str]]:
    """A row for each candidate, in the order of their points."""
    composed, name = story.composed, story.layer.layer.id
    rows = [] if composed.is_veiled else told.instead(composed.analysis, name)
    given = {row.candidate.id: row.says for row in rows}
    other = KEPT_IN_HOUSE if composed.is_veiled else "chosen"
    for candidate in sorted(story.layer.candidates, key=lambda c: -c.score[1]):
        low, likely, high = map(plain.points, candidate.score)
        place = story.layer.rank_of(candidate)
        yield [
            str(place or ""),
            text(candidate.name),
            composed.points(name, candidate, likely) if candidate.id else "",
            composed.points(name, candidate, f"{low} to {high}") if candidate.id else "",
            "chosen" if candidate is story.chosen else text(given.get(candidate.id, other)),
            text(composed.cost(name, candidate)) if candidate.id else "",
        ]


def _consequences(story: LayerStory, place: int) -> Iterator[str]:
    """What the choice brings: how it fits, cost, vendor, skills, what it does not yet prove."""
    composed, chosen = story.composed, story.chosen
    for joint in _joints(composed, place):
        kind = {"native": "Good", "adapter": "Bad"}.get(joint.fit, "Neutral")
        yield f"{kind}, because {_continued(told.fit(composed.analysis, joint))}"
    if not chosen.id:
        return
    cost = composed.cost(story.layer.layer.id, chosen)
    when = "in the first month" if composed.is_of_one_month else "a month"
    yield text(f"Neutral, because what it costs {when} is {cost}")
    if chosen.provider:
        yield text(f"Neutral, because it makes {chosen.provider} one of the stack's vendors")
    skills = composed.analysis.new_skills_of(chosen)
    if skills and composed.analysis.spec.skills is not None:
        asked = plain.listed(skill_names(composed.analysis, skills))
        yield text(f"Bad, because it asks for skills that the team has not: {asked}")
    for asked in chosen.unproven:
        yield text(f"Neutral, because it does not yet prove: {asked}")


def _continued(sentence: str) -> str:
    """A sentence within another; names keep their first letter."""
    start = "How well "
    return sentence[:1].lower() + sentence[1:] if sentence.startswith(start) else sentence


def _joints(composed: Composed, place: int) -> list[Joint]:
    """What is to be said of the choice of a layer with others, what takes most points first."""
    found = [j for j in composed.best.joints if any(layer == place for layer, _ in j.places)]
    return sorted(found, key=lambda joint: -joint.points)


def _confirmation(story: LayerStory, place: int) -> str:
    """When to look again, what to find out, and how to compose again."""
    composed, analysis = story.composed, story.composed.analysis
    again = told.stale(analysis, _joints(composed, place))
    if story.chosen.id:
        again += when(story, story.chosen.id)
    asked = told.to_find_out(analysis, story.layer.layer.id, composed.open_pairs)
    return joined(
        "Look at the choice again when one of these comes about or is found out."
        if again or asked
        else "The layer stays empty while no stack with something in it is better.",
        f"When to look again:\n\n{bullets(map(text, again))}" if again else "",
        f"What to find out:\n\n{bullets(map(text, asked))}" if asked else "",
        f"Then compose again: {composed.again}. All records change with it.",
    )
