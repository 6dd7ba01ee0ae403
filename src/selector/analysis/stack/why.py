"""Why this stack: for each layer what keeps better candidates out, what fixing gives up, and which
unknown fits would change the answer.
"""

from collections.abc import Iterable, Mapping
from math import inf, isinf
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from selector.analysis.stack.candidates import SKILLS, Candidate
from selector.analysis.stack.joints import Joint
from selector.domain import words
from selector.domain.stack import EFFORT_DAYS
from selector.mcda.stacks import best_stacks

if TYPE_CHECKING:
    from selector.analysis.stack.core import StackAnalysis
    from selector.analysis.stack.parts import Stack

_TIE = 1e-12


class GivenUp(NamedTuple):
    """What fixing a layer to a candidate costs: the best stack with it, and how much it loses.

    `stack` is None where there is none; why not, `StackAnalysis.why_not` finds out. `loss` is below
    0 where the layer is fixed to something else, and letting that go for this one would gain.
    """

    candidate: Candidate
    stack: "Stack | None"
    loss: float | None


class Rival(NamedTuple):
    """A candidate that scores higher in its layer than the one chosen, and why it is not chosen."""

    candidate: Candidate
    loss: float | None
    because: str


class Explanation(NamedTuple):
    """Why a layer has its choice: its place among the candidates, and what keeps better ones out.

    `rank` is None where the layer is left empty.
    """

    layer: str
    chosen: Candidate
    rank: int | None
    candidates: int
    rivals: tuple[Rival, ...]


class OpenPair(NamedTuple):
    """A pair of which it is not known how it fits, and what would be best if it were known.

    `if_native` and `if_not` are the best stack then; None where it stays the best as it is.
    `is_chosen`: both are in the best stack now.
    """

    joint: Joint
    is_chosen: bool
    if_native: "Stack | None"
    if_not: "Stack | None"


def conflicts_of(analysis: "StackAnalysis") -> tuple[str, ...]:
    """Constraints that leave no stack together, in words; none of them is needless."""
    from selector.mcda.stacks import conflicts

    return tuple(
        _in_words(analysis, kind, at)
        for kind, at in conflicts(analysis.problem, analysis.fixed_places)
    )


def _in_words(analysis: "StackAnalysis", kind: str, at: tuple[int, ...]) -> str:
    limits, joints = analysis.spec.limits, analysis.joints
    if kind == "fixed":
        layer = analysis.layers[at[0]].layer.name
        choice = joints.candidate((at[0], at[1]))
        return f"{layer} is fixed to {choice.name}." if choice.id else f"{layer} is left empty."
    if kind == "pair":
        return incompatible(analysis, joints.pairs[(at[0], at[1]), (at[2], at[3])])
    if kind == "group":
        with_penalty = [joint for joint in joints.groups if joint.points]
        return incompatible(analysis, with_penalty[at[0]])
    if kind == "cost":
        limit = analysis.decision.business.told(limits.monthly_cost or 0)
        return f"A stack may cost at most {limit} a month."
    if kind == "providers":
        vendors = f"{limits.vendors} vendor{'s' * (limits.vendors != 1)}"
        return f"At most {vendors} may stand behind a stack."
    if kind == "skills":
        few = {0: "no skill", 1: "one skill at most"}
        count = few.get(limits.new_skills or 0, f"at most {limits.new_skills} skills")
        return f"A stack may ask for {count} that the team has not."
    return f"{analysis.layers[at[0]].layer.name} has no candidate left."


def why_not_of(analysis: "StackAnalysis", layer: str, choice: str) -> tuple[str, ...]:
    """Constraints that leave no stack with a candidate, in words, and what it asks of limits."""
    from selector.mcda.stacks import conflicts

    fixed = analysis.with_fixed({layer: choice})
    at = next(i for i, own in enumerate(analysis.layers) if own.layer.id == layer)
    place = analysis.layers[at].places.get(choice)
    if place is None or fixed.blocked or fixed.winner is not None:
        return fixed.conflicts
    broken = [
        constraint
        for constraint in conflicts(fixed.problem, fixed.fixed_places)
        if tuple(constraint) != ("fixed", (at, place))
    ]
    kinds = {kind for kind, _ in broken}
    candidate = analysis.layers[at].candidates[place]
    told = []
    skills = analysis.new_skills_of(candidate)
    if skills and "skills" in kinds:
        told.append(f"{candidate.name} asks for {words.listed(skill_names(analysis, skills))}.")
    if candidate.provider and "providers" in kinds:
        told.append(f"Behind {candidate.name} stands {candidate.provider}.")
    return (*told, *(_in_words(fixed, kind, where) for kind, where in broken))


def skill_names(analysis: "StackAnalysis", skills: Iterable[str]) -> list[str]:
    """Skills as people call them."""
    known = analysis.decision.dictionary.get(SKILLS)
    names = known.choices if known else {}
    return [names.get(skill, words.plain(skill)) for skill in skills]


def incompatible(analysis: "StackAnalysis", joint: Joint) -> str:
    """That choices do not go together, and what is known of it."""
    named = analysis.joints.candidate
    if joint.needs is None:
        said = f"{analysis.named(joint)} do not go together"
        note = joint.relation.evidence.note if joint.relation is not None else ""
    else:
        needy = next(p for p in joint.places if joint.needs.component in named(p).names)
        others = [place for place in joint.places if place != needy]
        lacking = words.listed([_choice(analysis, place) for place in others])
        wanted = words.listed([_needed(analysis, *need) for need in joint.needs.layers])
        said = f"{named(needy).name} needs {wanted}, and does not get it with {lacking}"
        note = joint.needs.evidence.note
    return f"{said}{f': {note}' if note else '.'}"


def _choice(analysis: "StackAnalysis", place: tuple[int, int]) -> str:
    candidate = analysis.joints.candidate(place)
    name = analysis.layers[place[0]].layer.name
    return candidate.name if candidate.id else f"{name} left empty"


def _needed(analysis: "StackAnalysis", layer: str, any_of: tuple[str, ...]) -> str:
    names = {l.layer.kind: l.layer.name for l in analysis.layers}  # noqa: E741
    told = names.get(layer, layer)
    return f"{told} by one of {', '.join(any_of)}" if any_of else told


def charged(analysis: "StackAnalysis", joint: Joint) -> str:
    """What a joint takes, in words."""
    points = f"{joint.points:g} point{'s' * (joint.points != 1)}"
    if joint.fit == "adapter" and joint.effort is not None:
        return (
            f"{analysis.named(joint)} need an adapter ({joint.effort}, "
            f"{EFFORT_DAYS[joint.effort]}; {points})"
        )
    state = "is disputed" if joint.fit == "disputed" else "is not known"
    return f"how well {analysis.named(joint)} go together {state} ({points})"


def given_up_of(analysis: "StackAnalysis") -> Mapping[str, Mapping[str, GivenUp]]:
    """For each layer and each of its candidates, the best stack that has it."""
    best = analysis.winner
    found: dict[str, dict[str, GivenUp]] = {}
    for i, layer in enumerate(analysis.layers):
        name = layer.layer.id
        found[name] = {}
        for a, candidate in enumerate(layer.candidates):
            stack = best if best is not None and best.places[i] == a else _best_with(analysis, i, a)
            loss = best.score - stack.score if best and stack else None
            found[name][candidate.id] = GivenUp(candidate, stack, loss)
    return found


def _best_with(analysis: "StackAnalysis", layer: int, place: int) -> "Stack | None":
    own = analysis.layers[layer]
    if analysis.blocked and analysis.with_fixed({own.layer.id: own.candidates[place].id}).blocked:
        return None
    return _best_of(analysis, {layer: place})


def _best_of(analysis: "StackAnalysis", places: Mapping[int, int]) -> "Stack | None":
    """The best stack with these candidates, by the places of layers and of their own."""
    fixed = {**analysis.fixed_places, **places}
    found = best_stacks(analysis.problem, 1, fixed=fixed, is_counted=False)
    return analysis.stack_of(found.choices[0].tolist(), 1) if len(found.choices) else None


def explanations_of(analysis: "StackAnalysis") -> tuple[Explanation, ...]:
    """Why each layer of the best stack has its choice; nothing where there is no stack."""
    best = analysis.winner
    if best is None:
        return ()
    found = []
    for i, layer in enumerate(analysis.layers):
        name = layer.layer.id
        chosen = best.choices[name]
        rivals = []
        for a, candidate in enumerate(layer.candidates):
            if candidate.score[1] > chosen.score[1] + _TIE:
                given = analysis.given_up[name][candidate.id]
                rivals.append(Rival(candidate, given.loss, _against(analysis, best, i, a, given)))
        rivals.sort(key=lambda rival: -rival.candidate.score[1])
        count = sum(c.alternative is not None for c in layer.candidates)
        rank = layer.rank_of(chosen)
        found.append(Explanation(name, chosen, rank, count, tuple(rivals)))
    return tuple(found)


def _against(
    analysis: "StackAnalysis", best: "Stack", layer: int, place: int, given: GivenUp
) -> str:
    """Why a better candidate of a layer is not in the best stack.

    What is said first is what it breaks put in the place of the one chosen, all else as it is;
    then what the best stack with it loses.
    """
    name = analysis.layers[layer].layer.id
    if analysis.fixed.get(name, given.candidate.id) != given.candidate.id:
        gain = "" if given.loss is None else f" {_against_best(given.loss)}."
        return f"The layer is fixed to {best.choices[name].name}.{gain}"
    places = list(best.places)
    places[layer] = place
    swapped = analysis.stack_of(places)
    said = _broken(analysis, swapped, given.candidate)
    if given.stack is None:
        return " ".join(said or analysis.why_not(name, given.candidate.id))
    if not said:
        now = {joint.places for joint in best.joints}
        news = [j for j in swapped.joints if j.points and j.places not in now]
        told = [charged(analysis, j) for j in sorted(news, key=lambda j: -j.points)]
        said = [f"{text[0].upper()}{text[1:]}." for text in told]
    changed = words.listed(given.stack.instead_of(best, name))
    other = f", with {changed}" if changed else ""
    return " ".join([*said, f"{_against_best(given.loss or 0.0)}{other}."])


def _against_best(loss: float) -> str:
    """How the best stack with another candidate does beside the best of all."""
    if not round(100 * loss, 1):
        return "The best stack with it is level to 0.1 points"
    than = "fewer" if loss > 0 else "more"
    return f"The best stack with it has {words.points(abs(loss))} points {than}"


def _broken(analysis: "StackAnalysis", stack: "Stack", candidate: Candidate) -> list[str]:
    """Which hard constraints a stack breaks with a candidate in the place of another, in words."""
    limits = analysis.spec.limits
    said = [incompatible(analysis, joint) for joint in stack.joints if isinf(joint.points)]
    cost = stack.cost.known.likely
    if limits.monthly_cost is not None and cost > limits.monthly_cost:
        amount = analysis.decision.business.told
        limit = amount(limits.monthly_cost)
        said.append(f"The stack would cost {amount(round(cost))} a month, over {limit}.")
    if limits.vendors is not None and len(stack.providers) > limits.vendors:
        told = f"{candidate.provider} would be one" if candidate.provider else "there would be one"
        said.append(f"{told} vendor more than the {limits.vendors} that are allowed.")
    if limits.new_skills is not None and len(stack.new_skills) > limits.new_skills:
        own = words.listed(skill_names(analysis, analysis.new_skills_of(candidate)))
        count = f"{len(stack.new_skills)} with those of the others, at most {limits.new_skills}"
        said.append(f"It asks for skills that the team has not: {own} ({count}).")
    return [text[0].upper() + text[1:] for text in said]


def open_pairs_of(analysis: "StackAnalysis") -> tuple[OpenPair, ...]:
    """The pairs whose fit is open and that would change the best stack, those chosen first.

    A pair outside the best stack matters only if, were it native, a stack with it would lead: that
    is looked at where the best stack with each of the two comes near enough to it.
    """
    best = analysis.winner
    if best is None:
        return ()
    found = []
    given = [list(layer.values()) for layer in analysis.given_up.values()]
    for (one, other), joint in analysis.joints.pairs.items():
        if not joint.is_open:
            continue
        is_chosen = best.places[one[0]] == one[1] and best.places[other[0]] == other[1]
        if is_chosen:
            if_not = _if_charged(analysis, joint, inf)
            if if_not is None or if_not.places != best.places:
                found.append(OpenPair(joint, True, None, if_not))
            continue
        stacks = [given[layer][place].stack for layer, place in (one, other)]
        gain = joint.points / 100
        if any(s is None or s.score + gain <= best.score + _TIE for s in stacks):
            continue
        if_native = _if_native(analysis, joint)
        if if_native is not None and _leads(if_native, best):
            found.append(OpenPair(joint, False, if_native, None))
    return tuple(sorted(found, key=lambda pair: not pair.is_chosen))


def _if_native(analysis: "StackAnalysis", joint: Joint) -> "Stack | None":
    """The best stack with both of a pair, as it would be if they went together as they come.

    Nothing else changes for any other stack, so that it is all there is to look for.
    """
    if any(analysis.fixed_places.get(layer, place) != place for layer, place in joint.places):
        return None
    stack = _best_of(analysis, dict(joint.places))
    return None if stack is None else stack._replace(score=stack.score + joint.points / 100)


def _leads(stack: "Stack", best: "Stack") -> bool:
    """Whether it would be the best: of equal ones the first by its places is."""
    lead = stack.score - best.score
    return lead > _TIE or (lead >= -_TIE and stack.places < best.places)


def _if_charged(analysis: "StackAnalysis", joint: Joint, points: float) -> "Stack | None":
    """The best stack if a pair took so many points."""
    (i, a), (j, b) = joint.places
    tables = {key: np.array(table) for key, table in (analysis.problem.pairs or {}).items()}
    tables[i, j][a, b] = points / 100
    problem = analysis.problem_with(tables)
    found = best_stacks(problem, 1, fixed=analysis.fixed_places, is_counted=False)
    if not len(found.choices):
        return None
    stack = analysis.stack_of(found.choices[0].tolist(), 1)
    return stack._replace(score=float(found.scores[0]))
