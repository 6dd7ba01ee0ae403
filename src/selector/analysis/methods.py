"""The methods of the literature on one decision: what they are fed and say, and why they differ."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.analysis.feed import fed_matrix
from selector.catalog.records import unknown_name
from selector.domain import words
from selector.domain.criterion import Criterion, LinearScale, Preference
from selector.domain.decision import Decision
from selector.domain.evidence import NOWHERE
from selector.domain.outcome import Notice
from selector.domain.problem import InputError, Problem, UsageError
from selector.mcda.agreement import Cause, cause, kendall_taus
from selector.mcda.methods._contract import (
    Detail,
    Run,
    Unfit,
    method,
    method_ids,
    run,
    setting_problem,
    settings,
)

if TYPE_CHECKING:
    from selector.analysis.core import Analysis
    from selector.analysis.robustness import Reversal

Array = NDArray[np.float64]
SUM = "weighted_sum"


class Row(NamedTuple):
    """One alternative by one method; the score is None where the method has none."""

    alternative: str
    rank: int
    score: float | None


class MethodRanking(NamedTuple):
    """What a method says, best first, with the literature's other figures by alternative."""

    ranking: tuple[Row, ...]
    details: Mapping[str, Any]
    parameters: Mapping[str, float]


class Agreement(NamedTuple):
    """Kendall's tau-b of each two methods (None where undefined), and why leaders differ."""

    kendall_tau: Mapping[str, Mapping[str, float | None]]
    why: tuple[str, ...]


class Methods(NamedTuple):
    """All methods on one decision. `left_out` gives the reason of those that cannot take it."""

    methods: Mapping[str, MethodRanking]
    left_out: Mapping[str, str]
    agreement: Agreement
    notices: tuple[Notice, ...]


def check_method(decision: Decision) -> None:
    """Raise UsageError where the decision's method or a parameter does not exist or fit."""
    known = method_ids()
    for name in (decision.method, *decision.parameters):
        if name not in known:
            raise UsageError("; ".join(unknown_name("method", name, known)))
    for name, given in decision.parameters.items():
        for key, value in given.items():
            problem = setting_problem(name, key, value)
            if problem:
                raise UsageError("; ".join(problem))


class Fed:
    """What the methods are fed: a criterion with a value function as its value, to be maximised;
    one without as its raw performance with its objective; an unknown in the middle of its scale.
    """

    def __init__(self, analysis: "Analysis") -> None:
        self._analysis = analysis
        self.weights = np.array([analysis.weights[leaf.id] for leaf in analysis.leaves])
        self.values = analysis.value_table.central
        self.matrix, is_max = fed_matrix(analysis.leaves, analysis.measured)
        self.objectives = np.where(is_max, 1.0, -1.0)

    @cached_property
    def preferences(self) -> tuple[tuple[str, float, float, float] | None, ...]:
        """The preference functions, their thresholds in the unit that enters."""
        return tuple(
            None if leaf.preference is None else _shape(leaf, leaf.preference)
            for leaf in self._analysis.leaves
        )

    @cached_property
    def vetoes(self) -> tuple[float | None, ...]:
        """The veto thresholds, in the unit that enters."""
        return tuple(
            None if leaf.veto is None else leaf.veto / _unit(leaf) for leaf in self._analysis.leaves
        )

    def parameters(self, method_id: str) -> dict[str, Any]:
        """What the kernel of a method takes beside the figures."""
        given = self._analysis.decision.parameters.get(method_id, {})
        parameters: dict[str, Any] = dict(settings(method_id, given))
        if method_id == "promethee2":
            parameters["preferences"] = self.preferences
        if method_id == "electre1":
            parameters["is_common_scale"] = bool(
                (self.objectives > 0).all() and (self.matrix == self.values).all()
            )
            parameters["vetoes"] = self.vetoes
        return parameters

    def run(self, method_id: str, rows: Sequence[int] | slice = slice(None)) -> Run:
        """What the method says, of some `rows` alone if asked.

        Raises Unfit where it cannot take the figures.
        """
        if method_id == SUM:
            return run(SUM, self.values[rows], np.ones(len(self.weights)), self.weights)
        parameters = self.parameters(method_id)
        return run(method_id, self.matrix[rows], self.objectives, self.weights, **parameters)


def _unit(leaf: Criterion) -> float:
    """What a difference of 1 in value is on a straight scale, in the criterion's unit; else 1."""
    if isinstance(leaf.scale, LinearScale):
        worst, best = leaf.scale.worst, leaf.scale.best
        if isinstance(worst, float | int) and isinstance(best, float | int):
            return abs(best - worst)
    return 1.0


def _shape(leaf: Criterion, given: Preference) -> tuple[str, float, float, float]:
    """Shape and thresholds, in the unit that enters."""
    unit, q = _unit(leaf), given.indifference or 0.0
    p = q if given.preference is None else given.preference
    s = p or q if given.sigma is None else given.sigma
    return given.shape, q / unit, p / unit, s / unit


def evaluated(analysis: "Analysis", method_id: str) -> Run:
    """One method on the decision. Raises UsageError where it cannot take the figures."""
    try:
        return Fed(analysis).run(method_id)
    except Unfit as unfit:
        reason = reason_of(analysis, unfit)
        raise UsageError(
            f"{method_id} cannot rank this decision: {reason}; choose another method"
        ) from None


def own_run(analysis: "Analysis") -> Run:
    """The decision's method on it.

    Where it cannot take the figures: InputError, at its place in the file, or UsageError.
    """
    decision = analysis.decision
    try:
        return evaluated(analysis, decision.method)
    except UsageError as error:
        if decision.method_origin is NOWHERE:
            raise
        what, _, instead = str(error).rpartition("; ")
        raise InputError([Problem.at(decision.method_origin, what, instead)]) from None


def problem_of(analysis: "Analysis") -> str:
    """Why the decision's method cannot rank it, with what to do; empty where it can."""
    try:
        evaluated(analysis, analysis.decision.method)
    except UsageError as error:
        return str(error)
    return ""


def notices_of(analysis: "Analysis", method_id: str, found: Run) -> tuple[Notice, ...]:
    """What one must know to read the ranking of another method than the weighted sum."""
    if method_id == SUM or not analysis.alternatives:
        return ()
    name = called(method_id)
    notices = [
        Notice(
            "other-method",
            f"The order is that of another method ({name}); stability and what would change it are "
            f"those of the weighted sum, and so are chances that do not name {name}.",
        )
    ]
    notices += _shifts(analysis, {method_id: found})
    first = {row for row, rank in enumerate(found.result.ranks) if rank == 1}
    sums = Fed(analysis).run(SUM).result.ranks
    leaders = [row for row, rank in enumerate(sums) if rank == 1]
    if not first & set(leaders):
        names = words.listed([analysis.alternatives[row].name for row in leaders])
        notices.append(
            Notice(
                "other-leader", f"By the weighted sum of the same values {names} would be first."
            )
        )
    return tuple(notices)


def _shifts(analysis: "Analysis", runs: Mapping[str, Run]) -> list[Notice]:
    """A notice for the methods that had the same columns shifted."""
    alike: dict[tuple[int, ...], list[str]] = {}
    for method_id, found in runs.items():
        if found.shifted:
            alike.setdefault(found.shifted, []).append(called(method_id))
    notices = []
    for columns, methods in alike.items():
        names = [analysis.leaves[column].name for column in columns]
        on = words.listed(names) if len(names) <= 3 else f"{len(names)} criteria"
        text = (
            f"{words.listed(methods)} cannot take zeros: all performances on {on} count 0.01 more."
        )
        notices.append(Notice("zero-shifted", text))
    return notices


def called(method_id: str) -> str:
    """What a method is called: what stands before the comma of its name."""
    return method(method_id).name.split(",")[0]


def reason_of(analysis: "Analysis", unfit: Unfit) -> str:
    """Why a method cannot take the figures, with the names of the criteria to blame."""
    names = words.listed([analysis.leaves[column].name for column in unfit.columns])
    return f"{unfit.reason} ({names})" if names else unfit.reason


def methods_of(analysis: "Analysis") -> Methods:
    """Every method on the decision, their agreement, and why leaders differ."""
    if not analysis.alternatives:
        return Methods({}, {}, Agreement({}, ()), ())
    fed = Fed(analysis)
    runs: dict[str, Run] = {}
    left_out: dict[str, str] = {}
    for method_id in method_ids():
        try:
            runs[method_id] = fed.run(method_id)
        except Unfit as unfit:
            left_out[method_id] = reason_of(analysis, unfit)
    taus = kendall_taus(np.stack([found.result.ranks for found in runs.values()]))
    tau = {one: dict(zip(runs, row, strict=True)) for one, row in zip(runs, taus, strict=True)}
    rankings = {
        method_id: MethodRanking(
            _rows(analysis, found),
            {name: _by_id(analysis, detail) for name, detail in found.result.details.items()},
            settings(method_id, analysis.decision.parameters.get(method_id, {})),
        )
        for method_id, found in runs.items()
    }
    agreement = Agreement(tau, _why(analysis, fed, runs))
    return Methods(rankings, left_out, agreement, tuple(_shifts(analysis, runs)))


def reversals_by_method(analysis: "Analysis") -> dict[str, tuple["Reversal", ...]]:
    """The pairs that change places by a method when a third alternative is taken out.

    By method, those without any left out. The same figures are fed to the method again without the
    third; where it cannot take what is left, nothing is said. Of the weighted sum, whose values
    can only move on a local scale, the values are made anew.
    """
    from selector.analysis.robustness import Reversal, reversals_of

    ids = [alternative.id for alternative in analysis.alternatives]
    if len(ids) < 3:
        return {}
    fed = Fed(analysis)
    found: dict[str, list[Reversal]] = {SUM: list(reversals_of(analysis))}
    for method_id in method_ids()[1:]:
        turned = found.setdefault(method_id, [])
        try:
            whole = fed.run(method_id).result.ranks
        except Unfit:
            continue
        for out in range(len(ids)):
            left = [row for row in range(len(ids)) if row != out]
            try:
                part = fed.run(method_id, left).result.ranks
            except Unfit:
                continue
            before = whole[left][:, None] < whole[left][None, :]
            turned += [
                Reversal(ids[out], ids[left[one]], ids[left[other]])
                for one, other in np.argwhere(before & (part[:, None] > part[None, :])).tolist()
            ]
    return {method_id: tuple(turned) for method_id, turned in found.items() if turned}


def _rows(analysis: "Analysis", found: Run) -> tuple[Row, ...]:
    scores = found.result.scores
    rows = [
        Row(alternative.id, int(rank), None if scores is None else float(scores[row]))
        for row, (alternative, rank) in enumerate(
            zip(analysis.alternatives, found.result.ranks, strict=True)
        )
    ]
    return tuple(sorted(rows, key=lambda row: row.rank))


def _by_id(analysis: "Analysis", detail: Detail) -> Any:
    """A detail with the ids of alternatives: a mapping, a list, a list of pairs, or one figure."""
    ids = [a.id for a in analysis.alternatives]
    if isinstance(detail, np.ndarray):
        return {name: float(figure) for name, figure in zip(ids, detail, strict=True)}
    if isinstance(detail, tuple):
        return [[ids[i] for i in item] if isinstance(item, tuple) else ids[item] for item in detail]
    return detail


def _why(analysis: "Analysis", fed: Fed, runs: Mapping[str, Run]) -> tuple[str, ...]:
    """A sentence for each cause that puts another first than the weighted sum does."""
    sums = runs[SUM].result
    leader = int(np.argmin(sums.ranks))
    alike: dict[tuple[int, Any, int | None], list[str]] = {}
    for method_id, found in runs.items():
        ranks = found.result.ranks
        if (ranks[sums.ranks == 1] == 1).any():
            continue
        first = [row for row, rank in enumerate(ranks) if rank == 1]
        other = min(first, key=lambda row: int(sums.ranks[row]))
        rows = leader, other
        parameters = {} if method_id == "promethee2" else fed.parameters(method_id)
        fed_by = fed.matrix, fed.objectives
        reason = cause(method_id, fed_by, fed.values, fed.weights, rows, parameters)
        alike.setdefault((other, reason.kind, reason.column), []).append(method_id)
    return tuple(
        _sentence(analysis, leader, other, Cause(kind, column, 0.0), found)
        for (other, kind, column), found in alike.items()
    )


def _sentence(
    analysis: "Analysis", leader: int, other: int, found: Cause, methods: list[str]
) -> str:
    short = words.short_names({a.id: a.name for a in analysis.decision.alternatives})
    a, b = (short[analysis.alternatives[row].id] for row in (leader, other))
    on = "" if found.column is None else analysis.leaves[found.column].name
    who = words.listed([called(m) for m in methods])
    puts = "put" if len(methods) > 1 else "puts"
    why = {
        "level": "the two are nearly level, so that small differences in reckoning decide",
        "scaling": "scaled by the alternatives at hand instead of by its own scale, "
        f"{on} counts for more",
        "weak point": f"there other strengths make up less for what {a} lacks on {on}",
        "order": f"there it counts who is ahead, as on {on}, more than by how much",
        "company": f"between the two alone it would be {a}: the other alternatives decide",
        "formula": "the formula rewards another mix of strengths, and no one criterion decides",
    }[found.kind]
    return f"{who} {puts} {b} first, and not {a}: {why}."
