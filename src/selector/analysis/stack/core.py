"""Whole stacks of a decision: the best, what binds them, and what the stacks are made of."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from selector.analysis.stack.candidates import Candidate, LayerAnalysis, MonthlyCost
from selector.analysis.stack.joints import Joint, Joints
from selector.analysis.stack.parts import Found, Stack
from selector.catalog.records import unknown_name
from selector.domain import words
from selector.domain.decision import Decision
from selector.domain.outcome import Notice
from selector.domain.problem import UsageError
from selector.domain.stack import FitPoints, StackSpec
from selector.mcda.stacks import StackProblem, best_stacks
from selector.mcda.weighting.direct import replaced, shares_of

if TYPE_CHECKING:
    from selector.analysis.stack.why import Explanation, GivenUp, OpenPair
    from selector.mcda.stacks import StackShares

__all__ = ["Found", "Stack", "StackAnalysis", "analyse_stack"]

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]


def analyse_stack(decision: Decision) -> "StackAnalysis":
    """The stacks of a decision that composes one. UsageError where it does not."""
    if decision.stack is None:
        raise UsageError(f"{decision.id} composes no stack; 'selector rank' ranks its alternatives")
    return StackAnalysis(decision)


class _Shared:
    """What stands whatever the weights and whatever is fixed."""

    def __init__(
        self, decision: Decision, spec: StackSpec, layers: tuple[LayerAnalysis, ...] = ()
    ) -> None:
        self.decision = decision
        self.spec = spec
        self.layers = layers or tuple(LayerAnalysis(layer, decision) for layer in spec.layers)
        self.joints = Joints(self.layers, spec)
        self.providers = sorted({c.provider for l in self.layers for c in l.candidates} - {""})  # noqa: E741
        team = spec.skills or frozenset()
        self.new_skills = sorted(
            {s for layer in self.layers for c in layer.candidates for s in c.skills or ()} - team
        )

    @cached_property
    def tables(self) -> dict[tuple[int, int], Array]:
        return self.joints.tables()


class StackAnalysis:
    """The answer to a decision that composes a stack, each part made when it is asked for."""

    def __init__(
        self,
        decision: Decision,
        shares: Mapping[str, float] | None = None,
        fixed: Mapping[str, str] | None = None,
        shared: _Shared | None = None,
    ) -> None:
        if decision.stack is None:
            raise UsageError(f"{decision.id} composes no stack")
        self.decision = decision
        self.spec: StackSpec = decision.stack
        self._shared = shared or _Shared(decision, decision.stack)
        self._fixed = fixed
        self._best: dict[int, Found] = {}
        self._why_not: dict[tuple[str, str], tuple[str, ...]] = {}
        self.shares: Mapping[str, float] = shares or shares_of(
            {layer.id: layer.weight for layer in self.spec.layers}
        )

    @property
    def layers(self) -> tuple[LayerAnalysis, ...]:
        """The layers with their own analyses, in the order of the file."""
        return self._shared.layers

    @property
    def joints(self) -> Joints:
        """What is known of the candidates together."""
        return self._shared.joints

    @cached_property
    def weights(self) -> Array:
        """The weight of each layer (layers,); they sum to 1."""
        return np.array([self.shares[layer.id] for layer in self.spec.layers])

    @cached_property
    def fixed(self) -> Mapping[str, str]:
        """What is fixed, by layer: what the file says, unless something else was asked for."""
        own = {layer.id: layer.fixed for layer in self.spec.layers if layer.fixed is not None}
        return own if self._fixed is None else self._fixed

    def with_weights(self, points: Mapping[str, float]) -> "StackAnalysis":
        """The same with the weights of some layers replaced; UsageError as for an Analysis."""
        for name in points:
            if name not in self.shares:
                raise UsageError("; ".join(unknown_name("layer", name, self.shares)))
        return StackAnalysis(
            self.decision, replaced(self.shares, points), self._fixed, self._shared
        )

    def weighed(self, points: Mapping[str, float], fit: FitPoints) -> "StackAnalysis":
        """The same as if its file gave layers these points, and adapters those of `fit`."""
        layers = tuple(layer._replace(weight=points[layer.id]) for layer in self.spec.layers)
        spec = self.spec._replace(layers=layers, fit=fit)
        decision = self.decision._replace(stack=spec)
        is_same = fit == self.spec.fit
        shared = self._shared if is_same else _Shared(decision, spec, self.layers)
        return StackAnalysis(decision, None, self._fixed, shared)

    def with_layers(self, layers: tuple[LayerAnalysis, ...]) -> "StackAnalysis":
        """The same with other analyses of its layers, such as in another currency."""
        shared = _Shared(self.decision, self.spec, layers)
        return StackAnalysis(self.decision, self.shares, self._fixed, shared)

    def with_fixed(self, choices: Mapping[str, str | None]) -> "StackAnalysis":
        """The same with these layers fixed besides; None lets one go that was fixed.

        An empty text leaves an optional layer empty. UsageError for what cannot be chosen.
        """
        for name, choice in choices.items():
            self._check_choice(name, choice)
        fixed = {**self.fixed, **choices}
        kept = {name: choice for name, choice in fixed.items() if choice is not None}
        return StackAnalysis(self.decision, self.shares, kept, self._shared)

    def _check_choice(self, name: str, choice: str | None) -> None:
        layer = self.layer(name)
        known = {a.id for a in layer.layer.decision.alternatives}
        if choice == "" and not layer.layer.is_optional:
            raise UsageError(f"the layer {name!r} cannot be left empty; name a candidate")
        if choice and choice not in known:
            raise UsageError("; ".join(unknown_name(f"candidate of {name}", choice, known)))

    def layer(self, name: str) -> LayerAnalysis:
        """A layer by its id; UsageError where there is none."""
        for layer in self.layers:
            if layer.layer.id == name:
                return layer
        raise UsageError("; ".join(unknown_name("layer", name, self.shares)))

    # The problem of the engine ---------------------------------------------------------------

    @cached_property
    def problem(self) -> StackProblem:
        """The whole as arrays; layers and candidates by their places."""
        return self.problem_with(self._shared.tables)

    def problem_with(self, tables: Mapping[tuple[int, int], Array]) -> StackProblem:
        """The same with other penalties of pairs."""
        limits, shared = self.spec.limits, self._shared
        return StackProblem(
            values=tuple(
                w * layer.scores[1] for w, layer in zip(self.weights, self.layers, strict=True)
            ),
            pairs=tables,
            groups=self.joints.penalties(),
            costs=tuple(
                np.array([c.cost.known.likely for c in layer.candidates]) for layer in self.layers
            ),
            cost_limit=inf if limits.monthly_cost is None else limits.monthly_cost,
            providers=tuple(
                tuple(
                    shared.providers.index(c.provider) if c.provider else -1
                    for c in layer.candidates
                )
                for layer in self.layers
            ),
            provider_limit=limits.vendors,
            skills=tuple(
                tuple(
                    sum(1 << shared.new_skills.index(s) for s in self.new_skills_of(c))
                    for c in layer.candidates
                )
                for layer in self.layers
            ),
            skill_limit=limits.new_skills,
        )

    def new_skills_of(self, candidate: Candidate) -> list[str]:
        """The skills that a candidate asks for and the team has not."""
        return sorted((candidate.skills or frozenset()) - (self.spec.skills or frozenset()))

    @cached_property
    def fixed_places(self) -> dict[int, int]:
        """What is fixed, by places; without what was knocked out."""
        return {
            i: layer.places[self.fixed[layer.layer.id]]
            for i, layer in enumerate(self.layers)
            if layer.layer.id in self.fixed and self.fixed[layer.layer.id] in layer.places
        }

    @cached_property
    def blocked(self) -> tuple[str, ...]:
        """Why there is no stack at all, before anything is put together; empty where not so."""
        said = []
        for layer in self.layers:
            name, choice = layer.layer.name, self.fixed.get(layer.layer.id)
            out = {row.alternative: row for row in layer.excluded}
            if choice and choice in out:
                row = out[choice]
                said.append(
                    f"{name} is fixed to {row.name}, which is knocked out there. "
                    f"Required: {row.requirement}. {row.reason}"
                )
            elif not layer.candidates:
                knocked = "; ".join(f"{row.name} ({row.requirement})" for row in layer.excluded)
                said.append(f"{name} has no candidate left: {knocked or 'none was given'}.")
        return tuple(said)

    # The answer ------------------------------------------------------------------------------

    def best(self, k: int = 10) -> Found:
        """The best `k` stacks that keep all constraints, best first; found once for each `k`."""
        if k not in self._best:
            self._best[k] = self._found(k)
        return self._best[k]

    def _found(self, k: int) -> Found:
        if self.blocked:
            considered = int(np.prod([len(layer.candidates) for layer in self.layers]))
            return Found((), considered, 0, True)
        found = best_stacks(self.problem, k, fixed=self.fixed_places)
        stacks = []
        rank = 0
        for at, (places, score) in enumerate(
            zip(found.choices.tolist(), found.scores.tolist(), strict=True)
        ):
            if at == 0 or score < found.scores[at - 1] - 1e-12:
                rank = at + 1
            stacks.append(self.stack_of(places, rank))
        return Found(tuple(stacks), found.considered, found.feasible, found.is_exact_count)

    @cached_property
    def winner(self) -> Stack | None:
        """The best stack; None where none keeps all constraints."""
        return next(iter(self.best(1).stacks), None)

    def stack_of(self, places: Sequence[int], rank: int = 0) -> Stack:
        """The stack with the candidates at these places, whether it keeps constraints or not."""
        chosen = [layer.candidates[a] for layer, a in zip(self.layers, places, strict=True)]
        joints = self.joints.of(places)
        points = sum(joint.points for joint in joints) / 100
        worth = [
            float(self.weights @ np.array([c.score[case] for c in chosen])) for case in range(3)
        ]
        fewer = sum(joint.points - ends[0] for joint in joints if (ends := self.ends(joint))) / 100
        more = sum(ends[1] - joint.points for joint in joints if (ends := self.ends(joint))) / 100
        cost = MonthlyCost()
        for candidate in chosen:
            cost = cost.plus(candidate.cost)
        return Stack(
            rank,
            tuple(places),
            {layer.layer.id: c for layer, c in zip(self.layers, chosen, strict=True)},
            worth[1] - points,
            worth[0] - points - more,
            worth[2] - points + fewer,
            cost,
            tuple(joints),
            tuple(sorted({c.provider for c in chosen} - {""})),
            tuple(sorted({skill for c in chosen for skill in self.new_skills_of(c)})),
            self._unproven(chosen, cost),
        )

    def ends(self, joint: Joint) -> tuple[float, float]:
        """The least and the most points that a joint could take, if it can be at all.

        What is not known may be native, or a large adapter; what is disputed what its sources say.
        """
        if joint.relation is not None and joint.relation.fit == "disputed":
            said = [
                self.spec.fit.large if a.fit == "none" else self.spec.fit.of(a.effort)
                for a in joint.relation.accounts
            ]
            return min(said), max(said)
        return (0.0, self.spec.fit.large) if joint.is_open else (joint.points, joint.points)

    def _unproven(self, chosen: Sequence[Candidate], cost: MonthlyCost) -> tuple[str, ...]:
        limits = self.spec.limits
        said = [f"{c.name}: {wanted}" for c in chosen for wanted in c.unproven]
        if limits.monthly_cost is not None:
            limit = f"at most {self.decision.business.told(limits.monthly_cost)} a month"
            if cost.unknown:
                parts = f"{len(cost.unknown)} of its {sum(bool(c.id) for c in chosen)} parts"
                said.append(f"{limit}: what {parts} cost is not known")
            elif cost.known.high > limits.monthly_cost:
                said.append(f"{limit}: it could be more")
        if limits.new_skills is not None:
            unknown = [c.name for c in chosen if c.skills is None]
            if unknown:
                told = f"what {words.listed(unknown)} asks of people is not known"
                skills = f"new skill{'s' * (limits.new_skills != 1)}"
                said.append(f"at most {limits.new_skills} {skills}: {told}")
        return tuple(said)

    # What more there is to say ---------------------------------------------------------------

    @cached_property
    def conflicts(self) -> tuple[str, ...]:
        """Where no stack keeps all constraints: a smallest set that leaves none, in words."""
        if self.blocked:
            return self.blocked
        from selector.analysis.stack.why import conflicts_of

        return () if self.winner is not None else conflicts_of(self)

    @cached_property
    def feasible(self) -> int | None:
        """How many stacks keep all constraints; None where counting them would take too long."""
        from selector.mcda.stacks import feasible_count

        return 0 if self.blocked else feasible_count(self.problem, self.fixed_places)

    @cached_property
    def explanations(self) -> tuple["Explanation", ...]:
        """For each layer of the best stack, why this one, and why not those that score higher."""
        from selector.analysis.stack.why import explanations_of

        return explanations_of(self)

    def why_not(self, layer: str, choice: str) -> tuple[str, ...]:
        """Constraints in words that leave no stack with a candidate; empty where there is one.

        That the layer would be fixed to it is not told.
        """
        from selector.analysis.stack.why import why_not_of

        key = (layer, choice)
        if key not in self._why_not:
            self._why_not[key] = why_not_of(self, layer, choice)
        return self._why_not[key]

    @cached_property
    def given_up(self) -> Mapping[str, Mapping[str, "GivenUp"]]:
        """What one gives up by fixing a layer to a candidate, by both."""
        from selector.analysis.stack.why import given_up_of

        return given_up_of(self)

    @cached_property
    def open_pairs(self) -> tuple["OpenPair", ...]:
        """Pairs of which nothing is known, or that are disputed, and that would change the best."""
        from selector.analysis.stack.why import open_pairs_of

        return open_pairs_of(self)

    def pareto(self) -> tuple[Stack, ...]:
        """Stacks that none beats in score, known cost and number of vendors at once."""
        from selector.mcda.stacks import pareto

        if self.winner is None:
            return ()
        found = pareto(self.problem, fixed=self.fixed_places)
        return tuple(self.stack_of(places) for places in found.choices.tolist())

    def acceptability(
        self, samples: int = 1000, seed: int = 1, weights: str | None = None
    ) -> "StackShares":
        """How often each stack is the best, over draws of the weights of the layers."""
        from selector.analysis.stack.sampling import shares_over

        return shares_over(self, samples, seed, weights)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """What one must know to read the answer; of each layer, what is about its choice."""
        from selector.analysis.stack.notices import notices_of

        return notices_of(self)

    @property
    def warnings(self) -> list[str]:
        """The same in plain words."""
        return list(dict.fromkeys(notice.text for notice in self.notices))

    def named(self, joint: Joint) -> str:
        """Its members by their names."""
        return words.listed([self.joints.candidate(place).name for place in joint.places])
