"""`selector compose`: the best whole stacks, why the best leads, and what would change that."""

from collections.abc import Iterable, Sequence
from math import isinf
from typing import TYPE_CHECKING

from selector.cli_output import Data, bold, columns
from selector.domain import words
from selector.domain.problem import UsageError

if TYPE_CHECKING:
    from selector.analysis.stack import StackAnalysis
    from selector.analysis.stack.core import Stack
    from selector.analysis.stack.joints import Joint
    from selector.analysis.stack.why import GivenUp, OpenPair
    from selector.domain.stack import Relation

_EVER_BEST = 5  # stacks of the sampling that are printed
_PRINTED = 8  # of a list of what would change the answer


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


def data(analysis: "StackAnalysis", top: int, samples: int, seed: int) -> Data:
    """The best stacks, and all that explains them."""
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
    from selector.analysis.stack.sampling import weighting_for

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


# For people ----------------------------------------------------------------------------------


def table(data: Data) -> Iterable[str]:
    """The best stack layer by layer, those after it by what differs, and what would change it."""
    yield bold(data["question"] or data["title"])
    yield ""
    if not data["stacks"]:
        yield "No stack keeps all constraints. These cannot all be kept:"
        yield from (f"  {text}" for text in data["conflicts"])
        yield from _knocked_out(data)
        return
    best = data["stacks"][0]
    yield from _best(data, best)
    yield from _together(data, best)
    yield from _others(data, best)
    yield from _reasons(data)
    yield from _sure(data)
    yield from _knocked_out(data)
    yield ""
    yield from (f"Note: {warning}" for warning in data["warnings"])
    kept = (
        f"{data['feasible']:,}" if data["feasible_is_exact"] else f"At least {data['feasible']:,}"
    )
    yield f"{kept} of {data['considered']:,} combinations keep all constraints."
    yield f"Facts as of {words.day(data['as_of'])} · version {data['version']}"


def _best(data: Data, best: Data) -> Iterable[str]:
    ends = f"{words.points(best['low'])} to {words.points(best['high'])}"
    yield f"The best stack has {words.points(best['score'])} points of 100 (could be {ends})."
    yield _cost_line(best)
    yield ""
    rows = []
    for row in data["explanations"]:
        layer = row["layer"]
        own = "" if row["score"] is None else words.points(row["score"])
        place = "" if row["rank_in_layer"] is None else f"{row['rank_in_layer']} of "
        rows.append(
            [
                data["names"][layer] + (" (fixed)" if layer in data["fixed"] else ""),
                row["name"],
                own,
                f"{place}{row['candidates']}" if place else "",
                f"{100 * data['weights'][layer]:.0f} %",
            ]
        )
    yield from columns(["Layer", "Choice", "Points there", "Place", "Weight"], rows, {2, 4})


def _cost_line(stack: Data) -> str:
    known = words.number(round(stack["known_cost"]))
    if stack["cost"] is not None:
        return f"It costs {known} USD a month."
    if not stack["known_cost"]:
        count, all_of = len(stack["unknown_costs"]), sum(map(bool, stack["layers"].values()))
        return f"What it costs is not known: {count} of {all_of} parts have no bill."
    parts = sum(map(bool, stack["layers"].values()))
    unknown = len(stack["unknown_costs"])
    return f"{known} USD a month are known; {unknown} of {parts} parts have no bill."


def _together(data: Data, best: Data) -> Iterable[str]:
    yield ""
    yield bold("How it goes together")
    names = {
        best["layers"][layer]: name
        for layer, name in best["names"].items()
        if best["layers"][layer]
    }
    native = [j for j in best["compatibility"] if j["fit"] == "native"]
    if native:
        yield f"  {len(native)} of {len(best['compatibility'])} go together as they come."
    for joint in best["compatibility"]:
        if joint["fit"] == "native":
            continue
        who = words.listed([names[member] for member in joint["members"]])
        points = f"{joint['points']:g} point{'s' * (joint['points'] != 1)}"
        how = f"by an adapter, {joint['effort']}" if joint["fit"] == "adapter" else joint["fit"]
        note = f" {joint['note']}" if joint["note"] else ""
        yield f"  {who}: {how} ({points}).{note}"


def _others(data: Data, best: Data) -> Iterable[str]:
    if len(data["stacks"]) < 2:
        return
    yield ""
    rows = []
    for stack in data["stacks"]:
        changed = [
            f"{stack['names'][layer]} for {best['names'][layer]}"
            for layer in stack["layers"]
            if stack["layers"][layer] != best["layers"][layer]
        ]
        marks = []
        if stack["unknown_pairs"]:
            marks.append(f"{stack['unknown_pairs']} unknown")
        if stack["unproven"]:
            marks.append("unproven")
        cost = "not known" if stack["cost"] is None else words.number(round(stack["cost"]))
        rows.append(
            [
                str(stack["rank"]),
                words.points(stack["score"]),
                cost,
                str(len(stack["vendors"])),
                ", ".join(marks),
                ", ".join(changed) or "the best",
            ]
        )
    head = ["", "Points", "USD a month", "Vendors", "Marks", "Against the best"]
    yield from columns(head, rows, {0, 1, 2, 3})


def _reasons(data: Data) -> Iterable[str]:
    rows = [(row, rival) for row in data["explanations"] for rival in row["better"]]
    if rows:
        yield ""
        yield bold("Better in their layer, and yet not chosen")
        for row, rival in rows:
            layer = data["names"][row["layer"]]
            yield f"  {layer}: {rival['name']} ({words.points(rival['score'])}). {rival['because']}"
    yield ""
    yield bold("What fixing a layer would give up, in points")
    for layer, candidates in data["given_up"].items():
        told = [_gives_up(row) for row in _in_order(candidates.values())]
        yield f"  {data['names'][layer]}: {', '.join(told)}"


def _in_order(rows: Iterable[Data]) -> list[Data]:
    return sorted(rows, key=lambda r: (r["loss"] is None, r["loss"] or 0.0))


def _gives_up(row: Data) -> str:
    if row["loss"] is None:
        return f"{row['name']} not possible"
    return row["name"] if row["loss"] < 1e-12 else f"{row['name']} {words.points(row['loss'])}"


def _sure(data: Data) -> Iterable[str]:
    found = data["acceptability"]
    yield ""
    yield bold(f"How sure it is (weights {found['weights']}, {found['samples']:,} draws)")
    best = data["stacks"][0]
    for row in found["stacks"][:_EVER_BEST]:
        changed = [
            _name(data, layer, row["layers"][layer])
            for layer in row["layers"]
            if row["layers"][layer] != best["layers"][layer]
        ]
        told = f"with {words.listed(changed)}" if changed else "this stack"
        yield f"  Best in {words.of_100(row['share'])} of 100: {told}"
    if data["unknown_pairs"]:
        yield ""
        yield bold("Worth finding out: it would change the best stack")
        yield from (f"  {row['in_words']}" for row in data["unknown_pairs"][:_PRINTED])
        if len(data["unknown_pairs"]) > _PRINTED:
            yield f"  And {len(data['unknown_pairs']) - _PRINTED} more; --format json has all."


def _name(data: Data, layer: str, choice: str | None) -> str:
    return str(data["given_up"][layer][choice or ""]["name"])


def _knocked_out(data: Data) -> Sequence[str]:
    if not data["excluded"]:
        return []
    told: dict[tuple[str, str], list[str]] = {}
    for row in data["excluded"]:
        told.setdefault((row["layer"], row["name"]), []).append(row["requirement"])
    said = ["", bold("Knocked out in their layer")]
    said += [
        f"  {data['names'][layer]}: {name}. Required: {'; '.join(asked)}."
        for (layer, name), asked in told.items()
    ]
    return said
