"""A decision that composes a stack, as it is frozen: with its layers and what fits what.

What all layers have alike is held once, and of what is known to go together only what speaks of
their candidates.
"""

from __future__ import annotations

from typing import Any

from selector.analysis import Analysis
from selector.analysis.stack import StackAnalysis, as_decision
from selector.analysis.stack.candidates import ONE_FOR_ALL
from selector.domain.decision import Decision
from selector.domain.stack import Compatibility, FitFile, StackLayer, StackSpec

_USUAL: dict[str, Any] = {name: Decision._field_defaults[name] for name in ONE_FOR_ALL}
_ALIKE = ("dictionary", "assumed")


def packed(decision: Decision) -> Decision:
    """The decision as it is held; the same where it composes no stack."""
    spec = decision.stack
    if spec is None:
        return decision
    layers = tuple(_packed(layer, decision) for layer in spec.layers)
    held = spec._replace(layers=layers, compatibility=_asked_of(spec))
    return decision._replace(stack=held)


def unpacked(decision: Decision) -> Decision:
    """The decision that was held."""
    spec = decision.stack
    if spec is None:
        return decision
    alike = {name: getattr(decision, name) for name in (*ONE_FOR_ALL, *_ALIKE)}
    layers = tuple(
        layer._replace(
            decision=layer.decision._replace(
                **{n: x for n, x in alike.items() if n in ONE_FOR_ALL or not _of(layer, n)}
            )
        )
        for layer in spec.layers
    )
    return decision._replace(stack=spec._replace(layers=layers))


def composed_again(decision: Decision, fixed: dict[str, str], shares: dict[str, float]) -> Analysis:
    """The answer of a stack that was frozen, by these shares of its layers."""
    composed = StackAnalysis(decision, shares, fixed)
    return Analysis(as_decision(composed), composed=composed)


def parts_of(composed: StackAnalysis) -> dict[str, Any]:
    """What the stacks are made of, and what each candidate comes to in its layer."""
    return {
        "stacks": [
            {layer: choice.id for layer, choice in stack.choices.items()}
            for stack in composed.best().stacks
        ],
        "parts": {
            layer.layer.id: {
                c.id: {
                    "score": list(c.score),
                    "monthly": None if c.cost.monthly is None else list(c.cost.monthly),
                }
                for c in layer.candidates
            }
            for layer in composed.layers
        },
    }


def _packed(layer: StackLayer, whole: Decision) -> StackLayer:
    """A layer without what it has as the whole has it."""
    usual = dict(_USUAL)
    for name in _ALIKE:
        if _of(layer, name) is getattr(whole, name) or _of(layer, name) == getattr(whole, name):
            usual[name] = Decision._field_defaults[name]
    return layer._replace(decision=layer.decision._replace(**usual))


def _of(layer: StackLayer, name: str) -> Any:
    return getattr(layer.decision, name)


def _asked_of(spec: StackSpec) -> Compatibility:
    """What is known of the candidates of a stack, and of no others."""
    every = [a for layer in spec.layers for a in layer.decision.alternatives]
    names = {name for a in every for name in (a.id, a.vendor)}
    kinds = {layer.kind for layer in spec.layers}
    return Compatibility(
        tuple(
            FitFile(
                file.id,
                tuple(i for i in file.interfaces if kinds.issuperset(i.layers)),
                tuple(r for r in file.relations if names.issuperset(r.members)),
                tuple(o for o in file.offered if o.component in names and o.layer in kinds),
                tuple(n for n in file.needs if n.component in names),
                file.origin,
            )
            for file in spec.compatibility.files
        )
    )
