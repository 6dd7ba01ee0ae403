"""`selector compose`: the best whole stacks, why the best leads, and what would change that."""

import re
import sys
from collections.abc import Iterable
from math import isinf
from pathlib import Path
from typing import TYPE_CHECKING

from selector.cli_output import Data
from selector.cli_results.compose_redact import redacted
from selector.domain import words
from selector.domain.problem import UsageError

if TYPE_CHECKING:
    from selector.analysis.stack import StackAnalysis
    from selector.analysis.stack.joints import Joint
    from selector.analysis.stack.parts import Stack
    from selector.analysis.stack.why import GivenUp, OpenPair
    from selector.domain.stack import Relation


def fixes(given: Iterable[str] | None) -> dict[str, str | None]:
    """What `--fix layer=candidate` says, by layer; nothing behind the sign lets a layer go."""
    found: dict[str, str | None] = {}
    for item in given or []:
        name, sign, choice = item.partition("=")
        if not sign or not name.strip():
            raise UsageError(
                f"--fix {item}: nothing is fixed; write --fix layer=candidate, such as "
                "--fix vector-store=qdrant"
            )
        found[name.strip()] = choice.strip() or None
    return found


def write_records(analysis: "StackAnalysis", to: Path, redact: bool = False) -> None:
    """Write the decision records of the best stack into a folder, which is made; say what is there.

    Nothing is written where there is no stack. UsageError for a place that cannot be written.
    """
    from selector.cli_results.exports import make
    from selector.report.stack_records import records, write

    if analysis.winner is None:
        print("No records are written, for no stack keeps all constraints.", file=sys.stderr)
        return
    make(to)
    files = records(analysis, redact)
    for place in write(files, to):
        print(f"{place} written", file=sys.stderr)
    for left in sorted(path.name for path in to.glob("*.md")):
        if re.match(r"\d+-", left) and left not in files:
            told = "no layer of this stack; remove it if it is of an earlier one"
            print(f"{to / left} is the record of {told}", file=sys.stderr)


def data(
    analysis: "StackAnalysis", top: int, samples: int, seed: int, redact: bool = False
) -> Data:
    """The best stacks, and all that explains them.

    With `redact` what was negotiated in confidence is left out.
    """
    found = _data(analysis, top, samples, seed)
    return redacted(found, analysis) if redact else found


def _data(analysis: "StackAnalysis", top: int, samples: int, seed: int) -> Data:
    from selector.analysis import Analysis
    from selector.analysis.stack import as_decision

    found = analysis.best(top)
    whole = analysis.decision
    best = found.stacks[0] if found.stacks else None
    return {
        "decision": whole.id,
        "title": whole.title,
        "question": whole.question,
        "as_of": whole.day,
        "version": Analysis(as_decision(analysis)).version,
        "weights": {name: float(share) for name, share in analysis.shares.items()},
        "names": {layer.layer.id: layer.layer.name for layer in analysis.layers},
        "fixed": dict(analysis.fixed),
        "limits": analysis.spec.limits._asdict(),
        "fit_points": {**analysis.spec.fit._asdict(), "unknown": analysis.spec.fit.unknown},
        "redacted": False,
        "stacks": [_stack(analysis, stack) for stack in found.stacks],
        "considered": found.considered,
        "feasible": found.feasible if analysis.feasible is None else analysis.feasible,
        "feasible_is_exact": found.is_exact_count or analysis.feasible is not None,
        "explanations": _explanations(analysis),
        "given_up": {
            layer: {
                name or "": _given_up(analysis, layer, given) for name, given in candidates.items()
            }
            for layer, candidates in (analysis.given_up.items() if best else ())
        },
        "unknown_pairs": [_open_pair(analysis, pair) for pair in analysis.open_pairs],
        "acceptability": _acceptability(analysis, samples, seed) if best else None,
        "pareto": [_point(stack) for stack in analysis.pareto()],
        "conflicts": list(analysis.conflicts),
        "excluded": [
            {
                "layer": layer.layer.id,
                "alternative": row.alternative,
                "name": row.name,
                "requirement": row.requirement,
                "reason": row.reason,
                "why": row.why,
            }
            for layer in analysis.layers
            for row in layer.excluded
        ],
        "warnings": analysis.warnings,
    }


def _layers(stack: "Stack") -> dict[str, str | None]:
    return {layer: candidate.id or None for layer, candidate in stack.choices.items()}


def _stack(analysis: "StackAnalysis", stack: "Stack") -> Data:
    monthly = stack.cost.monthly
    return {
        "rank": stack.rank,
        "score": stack.score,
        "low": stack.low,
        "high": stack.high,
        "layers": _layers(stack),
        "names": {layer: candidate.name for layer, candidate in stack.choices.items()},
        "layer_scores": {layer: c.score[1] if c.id else None for layer, c in stack.choices.items()},
        "cost": None if monthly is None else monthly.likely,
        "cost_low": None if monthly is None else monthly.low,
        "cost_high": None if monthly is None else monthly.high,
        "known_cost": stack.cost.known.likely,
        "unknown_costs": list(stack.cost.unknown),
        "confidential": False,
        "compatibility": [_joint(analysis, joint) for joint in stack.joints],
        "unknown_pairs": len(stack.open_joints),
        "vendors": list(stack.providers),
        "new_skills": list(stack.new_skills),
        "unproven": list(stack.unproven),
    }


def _joint(analysis: "StackAnalysis", joint: "Joint") -> Data:
    relation = joint.relation
    evidence = relation.evidence if relation is not None else None
    sources = [str(source) for source in evidence.sources] if evidence is not None else []
    if relation is not None:
        sources += [str(s) for account in relation.accounts for s in account.evidence.sources]
    return {
        "layers": [analysis.layers[layer].layer.id for layer, _ in joint.places],
        "members": [analysis.joints.candidate(place).id for place in joint.places],
        "fit": joint.fit,
        "effort": joint.effort,
        "points": None if isinf(joint.points) else joint.points,
        "why_they_meet": joint.interface.reason if joint.interface is not None else "",
        "note": _note(relation),
        "sources": sources,
        "as_of": evidence.as_of if evidence is not None else None,
        "judgement": bool(evidence is not None and evidence.is_judgement),
    }


def _note(relation: "Relation | None") -> str:
    """What a reader must know of a relation; of a disputed one what each source says."""
    if relation is None:
        return ""
    said = [
        f"{a.fit}{f', {a.effort}' if a.effort else ''} ({a.evidence.note or 'no note'})"
        for a in relation.accounts
    ]
    own = relation.evidence.note or relation.evidence.reason
    return " ".join(filter(None, (own, f"Sources say: {'; '.join(said)}" if said else "")))


def _explanations(analysis: "StackAnalysis") -> list[Data]:
    return [
        {
            "layer": row.layer,
            "chosen": row.chosen.id or None,
            "name": row.chosen.name,
            "score": row.chosen.score[1] if row.chosen.id else None,
            "rank_in_layer": row.rank,
            "candidates": row.candidates,
            "better": [
                {
                    "alternative": rival.candidate.id,
                    "name": rival.candidate.name,
                    "score": rival.candidate.score[1],
                    "loss": rival.loss,
                    "because": rival.because,
                }
                for rival in row.rivals
            ],
        }
        for row in analysis.explanations
    ]


def _given_up(analysis: "StackAnalysis", layer: str, given: "GivenUp") -> Data:
    is_left = given.stack is not None
    return {
        "name": given.candidate.name,
        "score": None if given.stack is None else given.stack.score,
        "loss": given.loss,
        "layers": None if given.stack is None else _layers(given.stack),
        "because": [] if is_left else list(analysis.why_not(layer, given.candidate.id)),
    }


def _open_pair(analysis: "StackAnalysis", pair: "OpenPair") -> Data:
    candidates = [analysis.joints.candidate(place) for place in pair.joint.places]
    return {
        "members": [candidate.id for candidate in candidates],
        "names": [candidate.name for candidate in candidates],
        "fit": pair.joint.fit,
        "in_best": pair.is_chosen,
        "if_native": None if pair.if_native is None else _layers(pair.if_native),
        "if_not": None if pair.if_not is None else _layers(pair.if_not),
        "in_words": in_words(analysis, pair),
    }


def in_words(analysis: "StackAnalysis", pair: "OpenPair") -> str:
    """What would be, if the fit of a pair were known."""
    names = analysis.named(pair.joint)
    best = analysis.winner
    state = "disputed" if pair.joint.fit == "disputed" else "not known"
    if pair.is_chosen:
        end = (
            f"the best stack would be one with {_changes(analysis, best, pair.if_not)}"
            if pair.if_not is not None and best is not None
            else "no stack would be left"
        )
        return f"How {names} go together is {state}; if they did not, {end}."
    if pair.if_native is None or best is None:
        return ""
    changes = _changes(analysis, best, pair.if_native)
    return f"How {names} go together is {state}; as native ones they would lead, with {changes}."


def _changes(analysis: "StackAnalysis", best: "Stack", other: "Stack") -> str:
    return words.listed(
        [
            f"{other.choices[layer.layer.id].name} instead of {best.choices[layer.layer.id].name}"
            for i, layer in enumerate(analysis.layers)
            if best.places[i] != other.places[i]
        ]
    )


def _acceptability(analysis: "StackAnalysis", samples: int, seed: int) -> Data:
    from selector.analysis.robustness import weighting_for

    found = analysis.acceptability(samples, seed)
    stacks = [analysis.stack_of(places) for places in found.choices.tolist()]
    return {
        "samples": samples,
        "seed": seed,
        "weights": str(weighting_for(analysis, None)),
        "stacks": [
            {"share": float(share), "layers": _layers(stack)}
            for share, stack in zip(found.shares, stacks, strict=True)
        ],
        "candidates": {
            layer.layer.id: {
                c.id: float(share) for c, share in zip(layer.candidates, shares, strict=True)
            }
            for layer, shares in zip(analysis.layers, found.candidates, strict=True)
        },
    }


def _point(stack: "Stack") -> Data:
    return {
        "score": stack.score,
        "known_cost": stack.cost.known.likely,
        "unknown_costs": list(stack.cost.unknown),
        "vendors": list(stack.providers),
        "layers": _layers(stack),
        "names": {layer: candidate.name for layer, candidate in stack.choices.items()},
    }
