"""The same decision under named sets of weights: scenarios, presets, and each stakeholder's."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from selector.catalog.records import unknown_name
from selector.domain.outcome import Ranked
from selector.domain.problem import UsageError

if TYPE_CHECKING:
    from selector.analysis.core import Analysis

Kind = Literal["own", "scenario", "preset", "stakeholder"]
LEAST = 0.005
"""Half a point of 100: a smaller difference of shares is not worth a word."""


class Differing(NamedTuple):
    """A criterion whose share among its siblings differs: here, and by the decision's weights."""

    criterion: str
    share: float
    usual: float


class Weighed(NamedTuple):
    """A set of weights with the ranking it makes.

    `kind` says where it comes from, `own` being the decision's own weights. `shares` are among
    siblings, by id; `lead` is the gap of score between the first two, None where there are not two
    or the method is not the weighted sum; of `differs` the greatest difference comes first.
    """

    name: str
    kind: Kind
    shares: Mapping[str, float]
    ranking: tuple[Ranked, ...]
    lead: float | None
    differs: tuple[Differing, ...]

    @property
    def firsts(self) -> tuple[str, ...]:
        """The ids of all that come first; more than one where they are level."""
        return tuple(row.alternative for row in self.ranking if row.rank == 1)


def scenarios_of(analysis: "Analysis") -> tuple[Weighed, ...]:
    """The decision's own weights, then each scenario, preset and stakeholder.

    `analysis` is under the decision's own weights. Raises UsageError where points leave siblings
    without any weight.
    """
    return (
        weighed(analysis, analysis, "", "own"),
        *(
            weighed(analysis.with_weights(points), analysis, name, kind)
            for kind, name, points in sets_of(analysis)
        ),
    )


def sets_of(analysis: "Analysis") -> Iterator[tuple[Kind, str, Mapping[str, float]]]:
    """Each named set of weights: its kind, its name (of a preset the id), and its points."""
    decision = analysis.decision
    for scenario in decision.scenarios:
        yield "scenario", scenario.name, scenario.weights
    for name, points in decision.criteria.presets.items():
        yield "preset", name, points
    for person in decision.stakeholders:
        yield "stakeholder", person.name, person.weights


def weighed(own: "Analysis", usual: "Analysis", name: str, kind: Kind) -> Weighed:
    """An analysis as a named set of weights, beside the usual one."""
    ranking = own.ranking
    has_lead = len(ranking) > 1 and own.decision.method == "weighted_sum"
    lead = (ranking[0].score or 0.0) - (ranking[1].score or 0.0) if has_lead else None
    differs = [
        Differing(node, share, usual.shares[node])
        for node, share in own.shares.items()
        if abs(share - usual.shares[node]) >= LEAST
    ]
    differs.sort(key=lambda row: -abs(row.share - row.usual))
    return Weighed(name, kind, own.shares, tuple(ranking), lead, tuple(differs))


def under_scenario(analysis: "Analysis", name: str | None) -> "Analysis":
    """The analysis under the weights of a scenario of its decision; without a name, as it is.

    Raises UsageError where there is none of that name.
    """
    if name is None:
        return analysis
    known = {scenario.name: scenario.weights for scenario in analysis.decision.scenarios}
    if name not in known:
        raise UsageError("; ".join(unknown_name("scenario", name, known)))
    return analysis.with_weights(known[name])
