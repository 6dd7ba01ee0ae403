"""One decision as a row among many: who is first, by how much, and how often over the draws.

Of robustness only what such a row tells is computed. The work has three steps, so that the middle
one, the draws, can be done elsewhere: it needs numbers alone, no facts, names or files.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.analysis.by_method import fed_with, is_beyond_chance, method_to_draw
from selector.analysis.methods import called
from selector.analysis.robustness import weighting_for
from selector.domain import EMPTY, words
from selector.domain.problem import InputError, Origin, Problem, SelectorError
from selector.mcda.robustness.acceptability import rank_shares
from selector.mcda.robustness.by_method import Fed
from selector.mcda.robustness.draws import Spread, Weighting
from selector.mcda.robustness.parts import Mapper

if TYPE_CHECKING:
    from selector.analysis.core import Analysis

Array = NDArray[np.float64]
SAMPLES = 10_000


class Row(NamedTuple):
    """One decision of a portfolio.

    `winner` is the first of the ranking by the decision's method, None where there is none, with
    the `reason`; `margin` its lead in score over the `runner_up`. The acceptabilities are shares of
    the draws in which an alternative is first by the weighted sum; those `_by_method` are by the
    decision's own method, None where that is the weighted sum or cannot be drawn.
    `errors` say why a file could not be used; then all else is empty.
    """

    decision: str
    path: str
    title: str = ""
    version: str = ""
    method: str = ""
    winner: str | None = None
    winner_name: str | None = None
    unproven: bool = False
    score: float | None = None
    margin: float | None = None
    first_rank_acceptability: float | None = None
    first_by_method: float | None = None
    runner_up: str | None = None
    runner_up_name: str | None = None
    runner_up_first_rank_acceptability: float | None = None
    runner_up_first_by_method: float | None = None
    reason: str = ""
    warnings: tuple[str, ...] = ()
    errors: tuple[Problem, ...] = ()


class Sampling(NamedTuple):
    """What is drawn for one decision; `fed` where its own method ranks the draws as well."""

    spread: Spread
    weighting: Weighting
    centre: Array
    samples: int
    seed: int
    fed: Fed | None = None


class Shares(NamedTuple):
    """How often each alternative (A,) is first, by the weighted sum and by the own method."""

    by_sum: Array
    by_method: Array | None = None


class Prepared(NamedTuple):
    """A row that waits for its draws; `names` are those of the alternatives by id, in order.

    `is_level` where the winner shares the first place.
    """

    row: Row
    sampling: Sampling | None = None
    names: Mapping[str, str] = EMPTY
    is_level: bool = False


def prepared(
    analysis: "Analysis",
    path: str,
    samples: int = SAMPLES,
    seed: int = 1,
    weights: str | None = None,
) -> Prepared:
    """All of a row that needs no draws, and what is to be drawn."""
    decision = analysis.decision
    row = Row(
        decision.id,
        path,
        decision.title,
        analysis.version,
        decision.method,
        # Of another method, the row says itself what is told of which.
        warnings=tuple(dict.fromkeys(n.text for n in analysis.notices if n.code != "other-method")),
    )
    weighting = weighting_for(analysis, weights)
    if not analysis.alternatives:
        return Prepared(row._replace(reason=_nobody(analysis)))
    first, *others = analysis.ranking
    second = others[0] if others else None
    row = row._replace(
        winner=first.alternative,
        winner_name=first.name,
        unproven=first.unproven,
        score=first.score,
        runner_up=second.alternative if second else None,
        runner_up_name=second.name if second else None,
    )
    if second and first.score is not None and second.score is not None:
        row = row._replace(margin=abs(first.score - second.score))
    spread = analysis.basis.drawn.spread
    centre = np.array([analysis.weights[leaf.id] for leaf in analysis.leaves])
    other = method_to_draw(analysis, None)
    fed = None if other is None else fed_with(analysis, other)
    names = {alternative.id: alternative.name for alternative in analysis.alternatives}
    is_level = second is not None and second.rank == first.rank
    sampling = Sampling(spread, weighting, centre, samples, seed, fed)
    return Prepared(row, sampling, names, is_level)


def shares_of(sampling: Sampling, mapper: Mapper | None = None) -> Shares:
    """The draws. Who does them leaves no trace in the result."""
    asked = sampling[:5]
    return Shares(
        rank_shares(*asked, mapper)[:, 0],
        None if sampling.fed is None else rank_shares(*asked, mapper, fed=sampling.fed)[:, 0],
    )


def finished(waiting: Prepared, shares: Shares | None) -> Row:
    """The row with its draws; they are None where there was nothing to draw."""
    row = waiting.row
    if shares is None:
        return row
    by_sum = dict(zip(waiting.names, shares.by_sum.tolist(), strict=True))
    winner, second = row.winner or "", row.runner_up or ""
    own = None
    if shares.by_method is not None:
        own = dict(zip(waiting.names, shares.by_method.tolist(), strict=True))
    return row._replace(
        first_rank_acceptability=by_sum[winner],
        first_by_method=own[winner] if own else None,
        runner_up_first_rank_acceptability=by_sum.get(second),
        runner_up_first_by_method=own.get(second) if own else None,
        warnings=(*row.warnings, *_told(waiting, by_sum, own)),
    )


def refused(path: str, decision: str, error: SelectorError, origin: Origin | None = None) -> Row:
    """The row of a decision that cannot be used, with all that is wrong."""
    if isinstance(error, InputError):
        return Row(decision, path, errors=error.problems)
    what, _, instead = str(error).partition("; ")
    problem = Problem.at(origin or Origin(path, 1, 1), what, instead or "change the decision")
    return Row(decision, path, errors=(problem,))


def _nobody(analysis: "Analysis") -> str:
    if not analysis.excluded:
        return "It has no alternatives."
    failed: dict[str, str] = {}
    for row in analysis.excluded:
        failed.setdefault(row.alternative, f"{row.name}: {row.reason}")
    return "Every alternative fails a requirement. " + " ".join(failed.values())


def _told(
    waiting: Prepared, by_sum: dict[str, float], own: dict[str, float] | None
) -> Iterable[str]:
    row, names = waiting.row, waiting.names
    if row.method != "weighted_sum":
        by = called(row.method)
        if own:
            also = "how often each is first"
            yield f"The order and {also} are those of {by}, not of the weighted sum."
        else:
            yield (
                f"The order is that of {by}; how often each is first is told by the weighted sum, "
                f"for it cannot be drawn by {by}."
            )
    shares = own or by_sum
    often = max(shares, key=lambda name: shares[name])
    mine = shares[row.winner or ""]
    samples = waiting.sampling.samples if waiting.sampling else 1
    if not waiting.is_level and is_beyond_chance(shares[often], mine, samples):
        yield (
            f"{names[often]} is first more often over the draws ({words.of_100(shares[often])} of "
            f"100) than {row.winner_name} ({words.of_100(mine)}), which leads as things stand."
        )
