"""What one must know to read which stack is the best."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from selector.catalog.records.compatibility import FIT
from selector.domain import words
from selector.domain.outcome import Notice

if TYPE_CHECKING:
    from selector.analysis.stack.core import StackAnalysis
    from selector.analysis.stack.joints import Joint
    from selector.analysis.stack.parts import Stack


def notices_of(analysis: "StackAnalysis") -> tuple[Notice, ...]:
    """Of each layer what is about its choice, then what is about the whole."""
    best = analysis.winner
    if best is None:
        told = " ".join(analysis.conflicts)
        return (Notice("no-stack", f"No stack keeps all constraints: {told}"),)
    said = [
        notice
        for layer in analysis.layers
        for notice in layer.notices
        if notice.alternative in ("", best.choices[layer.layer.id].id)
    ]
    if best.open_joints:
        names = words.listed([analysis.named(joint) for joint in best.open_joints])
        said.append(
            Notice(
                "unknown-fit",
                f"How well these go together is not known, and is charged "
                f"{analysis.spec.fit.unknown:g} points of 100 each: {names}.",
            )
        )
    for joint, day in stale_fits(analysis, best, analysis.decision.day):
        text = (
            f"How well {analysis.named(joint)} go together dates from {words.day(day)}, past "
            f"its shelf life of {FIT.shelf_life_days} days."
        )
        said.append(Notice("stale-fit", text))
    for place, needs in analysis.joints.absent.items():
        if best.places[place[0]] == place[1]:
            kinds = {layer.layer.kind for layer in analysis.layers}
            asked = [n.layer for n in needs.layers if n.layer not in kinds]
            text = (
                f"{analysis.joints.candidate(place).name} needs {words.listed(asked)}, which is "
                "no layer of this stack."
            )
            said.append(Notice("needs-more", text))
    if best.unproven:
        text = f"The best stack does not yet prove: {'; '.join(best.unproven)}."
        said.append(Notice("unproven-stack", text))
    return tuple(said)


def stale_fits(
    analysis: "StackAnalysis", stack: "Stack", today: date
) -> Iterator[tuple["Joint", date]]:
    """What is known of how the parts of a stack go together and is past its shelf life."""
    for joint in stack.joints:
        evidence = joint.relation.evidence if joint.relation is not None else None
        day = evidence.as_of if evidence is not None else None
        if day is not None and FIT.is_stale(day, today):
            yield joint, day
