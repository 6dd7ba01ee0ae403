"""How sure the answer of the weighted sum is: sampling, flips, dominance, what to find out."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from selector.analysis.basis import Basis
from selector.analysis.by_method import ByMethod, by_id, fed_with, method_to_draw
from selector.analysis.methods import called
from selector.analysis.scales import holding_ends
from selector.analysis.spread import Because, Drawn
from selector.domain.outcome import Notice, Stability
from selector.mcda.methods.weighted_sum import weighted_sum
from selector.mcda.robustness.acceptability import acceptability
from selector.mcda.robustness.dominance import dominance
from selector.mcda.robustness.draws import AROUND, Weighting, weighting_of
from selector.mcda.robustness.flips import WeightFlip, nearest_flip, smallest_change, value_flips
from selector.mcda.robustness.information import even_chances, worth_of_knowing
from selector.mcda.robustness.parts import Mapper, Progress
from selector.measure.valuation import ColumnScale, column_scale, span_of

if TYPE_CHECKING:
    from selector.analysis.core import Analysis
    from selector.analysis.stack import StackAnalysis

Array = NDArray[np.float64]
SAMPLES = 100_000
TIE = 1e-12
_CHANCES = 10_000  # even chances at which one open cell is looked at


class Flip(NamedTuple):
    """Leaf weights at which another alternative is level with the first, and how far (L1)."""

    winner_becomes: str
    weights: Mapping[str, float]
    distance: float


class PerformanceFlip(NamedTuple):
    """The one cell whose change takes the lead: from its value to another, and who is then first.

    `performance` is what the value asks for in the leaf's unit; None where the scale has no such
    performance. For levels it is a place, counted from 0.
    """

    alternative: str
    criterion: str
    value: float
    needed_value: float
    performance: float | None
    winner_becomes: str


class WorthFindingOut(NamedTuple):
    """An open cell: the chance that knowing it changes the winner, and the loss if nobody looks."""

    alternative: str
    criterion: str
    because: Because
    chance: float
    expected_loss: float


class Reversal(NamedTuple):
    """Two alternatives that change places when a third, `without`, is taken out."""

    without: str
    before: str
    after: str


class Robustness(NamedTuple):
    """How sure the answer is; all by id. The words are explained in docs/methods.md.

    `central_weights` and `confidence` are None for an alternative that is never first; `flips`
    has each alternative but the winner, None where it can never be first. `by_method` has the
    sampling by another method beside that of the weighted sum.
    """

    samples: int
    seed: int
    weighting: Weighting
    winner: str
    rank_acceptability: Mapping[str, tuple[float, ...]]
    central_weights: Mapping[str, Mapping[str, float] | None]
    confidence: Mapping[str, float | None]
    pairwise_winning: Mapping[str, Mapping[str, float]]
    stability: Mapping[str, Stability]
    closest_flip: Flip | None
    flips: Mapping[str, Flip | None]
    performance_flips: tuple[PerformanceFlip, ...]
    worth_finding_out: tuple[WorthFindingOut, ...]
    dominates: Mapping[str, tuple[str, ...]]
    dominates_whatever_comes: Mapping[str, tuple[str, ...]]
    rank_reversals: tuple[Reversal, ...]
    notices: tuple[Notice, ...]
    draws: str = "random"
    by_method: Mapping[str, ByMethod] = {}


class _Flips(Mapping[str, Flip | None]):
    """The flip towards each alternative, worked out when first asked for: linear programs take
    longer than some thousands of draws, and who looks only at the draws need not wait for them.
    """

    def __init__(self, basis: Basis, weights: Array, winner: int) -> None:
        self._given = basis, weights, winner
        self._rows = {a: row for row, a in enumerate(basis.ids) if row != winner}
        self._found: dict[str, Flip | None] = {}

    def __getitem__(self, alternative: str) -> Flip | None:
        if alternative not in self._found:
            basis, weights, winner = self._given
            row, values = self._rows[alternative], basis.measured.values.central
            is_able = basis.can_lead(winner, row)
            change = smallest_change(values, weights, winner, row, is_able)
            self._found[alternative] = _flip(change, basis.ids, basis.leaf_ids)
        return self._found[alternative]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and dict(self) == dict(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(dict(self))


def robustness_of(
    analysis: "Analysis",
    samples: int = SAMPLES,
    seed: int = 1,
    weights: str | None = None,
    progress: Progress | None = None,
    mapper: Mapper | None = None,
    draws: str = "random",
    method: str | None = None,
) -> Robustness:
    """How sure the answer of an analysis is.

    `weights` is `uniform`, `around:0.25` or `order`; without it what the decision says under
    `uncertainty`, else `around:0.25`. `draws` is `random` or `sobol`. `method` is drawn beside the
    weighted sum, without it the decision's. Raises UsageError for anything else.
    """
    weighting = weighting_for(analysis, weights)
    other = method_to_draw(analysis, method)
    ids = [alternative.id for alternative in analysis.alternatives]
    leaves = [leaf.id for leaf in analysis.leaves]
    values = analysis.value_table.central
    centre = analysis.leaf_weights
    notices = _notices(analysis, other)
    if not ids:
        nothing = Robustness(samples, seed, weighting, "", {}, {}, {}, {}, {}, None, {}, (), (), {}, {}, (), notices)  # fmt: skip  # noqa: E501
        return nothing
    drawn = analysis.basis.drawn
    feeds = [None] if other is None else [None, fed_with(analysis, other)]
    runs = []
    for index, fed in enumerate(feeds):
        told = _stage(progress, index, len(feeds))
        runs.append(
            acceptability(drawn.spread, weighting, centre, samples, seed, told, mapper, draws, fed)
        )
    found = by_id(runs[0], ids, leaves)
    winner = analysis.winner
    return Robustness(
        samples,
        seed,
        weighting,
        ids[winner],
        *found,
        analysis.stability,
        analysis.closest_flip,
        _Flips(analysis.basis, centre, winner),
        _performance_flips(analysis, values, centre, winner),
        _worth(drawn, values, centre, winner, ids, leaves),
        _dominated(values, values, ids),
        _dominated(analysis.value_table.low, analysis.value_table.high, ids),
        reversals_of(analysis),
        notices,
        draws,
        {} if other is None else {other: by_id(runs[1], ids, leaves)},
    )


def _stage(progress: Progress | None, index: int, count: int) -> Progress | None:
    """Progress of one run of several, told as a share of them all."""
    if progress is None or count == 1:
        return progress
    return lambda done, wanted: progress((index * wanted + done) // count, wanted)


def weighting_for(analysis: "Analysis | StackAnalysis", weights: str | None) -> Weighting:
    """How weights vary: as asked, else as the decision says, else within a quarter."""
    if weights is not None:
        return weighting_of(weights)
    given = analysis.decision.uncertainty
    if given.get("weights") == "around":
        return Weighting("around", float(given["around"]))
    return weighting_of(str(given["weights"])) if "weights" in given else AROUND


def closest_flip_of(analysis: "Analysis") -> Flip | None:
    """The smallest change of weights after which the winner is no longer alone first."""
    if len(analysis.alternatives) < 2:
        return None
    basis = analysis.basis
    nearest = nearest_flip(basis.rivals(analysis.winner), analysis.leaf_weights)
    return _flip(nearest, basis.ids, basis.leaf_ids)


def reversals_of(analysis: "Analysis") -> tuple[Reversal, ...]:
    """The pairs that change places when a third alternative is taken out.

    Under scales of their own that cannot happen; on a local scale it can.
    """
    moving = holding_ends(analysis)  # no other cell, taken out, moves a scale
    leaves, cells, ids = analysis.leaves, analysis.table.cells, analysis.basis.ids
    central, weights = analysis.value_table.central, analysis.leaf_weights
    whole = weighted_sum(central, weights)
    found: list[Reversal] = []
    for out in sorted({row for row, _ in moving}):
        left = [row for row in range(len(ids)) if row != out]
        values = central[left]
        for column in (column for row, column in moving if row == out):
            kept = [cells[row][column] for row in left]
            scale = column_scale(leaves[column], kept, analysis.decision)
            values[:, column] = [span_of(leaves[column], scale, cell).central for cell in kept]
        part, before = weighted_sum(values, weights), whole[left]
        turned = (before[:, None] > before + TIE) & (part[:, None] < part - TIE)
        found += [
            Reversal(ids[out], ids[left[one]], ids[left[other]])
            for one, other in np.argwhere(turned).tolist()
        ]
    return tuple(found)


def _notices(analysis: "Analysis", other: str | None) -> tuple[Notice, ...]:
    method = analysis.decision.method
    if method == "weighted_sum":
        return ()
    text = (
        "What would change the answer and what is worth finding out are those of the weighted sum, "
        f"not of {called(method)}, whose ranking is shown"
    )
    if other == method:
        text += ". How often each takes each place is told by both."
    else:
        text += "; and so is how often each takes each place."
    return (Notice("robustness-of-the-weighted-sum", text),)


def _flip(found: WeightFlip | None, ids: Sequence[str], leaves: Sequence[str]) -> Flip | None:
    if found is None:
        return None
    weights = dict(zip(leaves, found.weights.tolist(), strict=True))
    return Flip(ids[found.row], weights, found.distance)


def _performance_flips(
    analysis: "Analysis", values: Array, weights: Array, winner: int
) -> tuple[PerformanceFlip, ...]:
    ids = [alternative.id for alternative in analysis.alternatives]
    leaves = [leaf.id for leaf in analysis.leaves]
    scales = [analysis.scales[leaf] for leaf in leaves]
    ends = np.array([_reach(scale) for scale in scales]).reshape(-1, 2)
    rows = []
    moving = holding_ends(analysis)  # these move their scale, and with it every other value
    same = analysis.basis.drawn.spread.same
    for flip in value_flips(values, weights, winner, ends[:, 0], ends[:, 1], same):
        cell = analysis.table.cells[flip.row][flip.column]
        is_fixed = cell.state == "not_applicable" or scales[flip.column].is_flat
        if is_fixed or (flip.row, flip.column) in moving:
            continue
        needed = performance_for(scales[flip.column], flip.value, cell.central, flip.change)
        value = float(values[flip.row, flip.column])
        rows.append(
            PerformanceFlip(
                ids[flip.row],
                leaves[flip.column],
                value,
                flip.value,
                needed,
                ids[flip.becomes],
            )
        )
    return tuple(rows)


def _reach(scale: ColumnScale) -> tuple[float, float]:
    is_bounded = scale.clamp or bool(scale.points or scale.levels)
    return scale.attainable if is_bounded else (-np.inf, np.inf)


def performance_for(
    scale: ColumnScale, value: float, now: float | None, change: float
) -> float | None:
    """The performance nearest to `now` that has at least the changed value; None where none has.

    On a falling change: at most that value. For levels the place.
    """
    if scale.levels:
        enough = [
            place
            for place, worth in enumerate(scale.levels)
            if (worth >= value - TIE if change >= 0 else worth <= value + TIE)
        ]
        start = 0.0 if now is None else now
        return float(min(enough, key=lambda place: abs(place - start))) if enough else None
    if not scale.points:
        return scale.worst + value * (scale.best - scale.worst)
    crossings = []
    for (x0, v0), (x1, v1) in zip(scale.points[:-1], scale.points[1:], strict=True):
        if min(v0, v1) - TIE <= value <= max(v0, v1) + TIE:
            crossings.append(x0 if v0 == v1 else x0 + (value - v0) / (v1 - v0) * (x1 - x0))
    start = scale.points[0][0] if now is None else now
    return min(crossings, key=lambda x: abs(x - start)) if crossings else None


def _worth(
    drawn: Drawn, values: Array, weights: Array, winner: int, ids: list[str], leaves: list[str]
) -> tuple[WorthFindingOut, ...]:
    """Every open cell, the likeliest to matter first; weak evidence only where it matters."""
    scores = weighted_sum(values, weights)
    chances = even_chances(_CHANCES)
    rows = []
    same, best_first = drawn.spread.same, [winner, *np.argsort(-scores, kind="stable").tolist()]
    for cell, ends in zip(drawn.open_cells, drawn.ends(_CHANCES), strict=True):
        sharing = [cell.row]
        if same is not None:
            label = same[:, cell.column]
            sharing = [row for row in best_first if label[row] == label[cell.row]]
            if sharing[0] != cell.row:  # what several share is told once, of the best of them
                continue
        now, weight = values[cell.row, cell.column], weights[cell.column]
        # Where neither end of what is drawn changes the winner, nothing between them does.
        worth = worth_of_knowing(scores, sharing, weight * (ends - now), winner)
        if worth.chance > 0:
            off = cell.quantile(chances) - now
            worth = worth_of_knowing(scores, sharing, weight * off, winner)
        if worth.chance > 0 or cell.because != "confidence":
            rows.append(WorthFindingOut(ids[cell.row], leaves[cell.column], cell.because, *worth))
    return tuple(sorted(rows, key=lambda row: (-row.chance, -row.expected_loss)))


def _dominated(low: Array, high: Array, ids: list[str]) -> dict[str, tuple[str, ...]]:
    table = dominance(low, high)
    return {
        a: tuple(b for j, b in enumerate(ids) if table[i, j])
        for i, a in enumerate(ids)
        if table[i].any()
    }
