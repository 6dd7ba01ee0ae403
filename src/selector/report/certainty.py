"""How sure an answer is, in sentences: the same in the app and every export. Plain text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, sqrt
from typing import TYPE_CHECKING, NamedTuple

from selector.analysis import Analysis
from selector.analysis.by_method import is_beyond_chance
from selector.domain import words as plain
from selector.domain.criterion import Criterion, ShareMeasure
from selector.domain.levels import TRUTH, level_names
from selector.report import words
from selector.report.beyond import some

if TYPE_CHECKING:
    from selector.analysis.by_method import ByMethod
    from selector.analysis.robustness import Flip, PerformanceFlip, Robustness

CLEAR = 60  # who is first in fewer of 100 draws is not called the leader without a warning
NOISE = 1e-12  # of a scale: what arithmetic leaves of nothing
SLIGHT = 0.005  # weights closer than this read as the same
BECAUSE = {
    "unknown": "unknown",
    "range": "a range",
    "disputed": "disputed",
    "confidence": "weak or old evidence",
}


# --- what was drawn -----------------------------------------------------------------------------


class Sampled(NamedTuple):
    """The sampling that a page shows: by the weighted sum ("") or by another method."""

    method: str
    found: Robustness | ByMethod

    @property
    def by(self) -> str:
        """How a sentence says it: empty for the weighted sum."""
        return f"by {words.method_name(self.method)}" if self.method else ""

    def firsts(self) -> dict[str, float]:
        """How often each alternative is first, most often first."""
        shares = {a: row[0] for a, row in self.found.rank_acceptability.items()}
        return dict(sorted(shares.items(), key=lambda item: -item[1]))

    def order(self) -> list[str]:
        """The alternatives by the mean of their ranks over all draws, best first."""
        shares = self.found.rank_acceptability
        return sorted(shares, key=lambda a: sum(r * x for r, x in enumerate(shares[a])))


def sampled(found: Robustness) -> Sampled:
    """The sampling by the method asked for, else by the weighted sum."""
    for method, by in found.by_method.items():
        return Sampled(method, by)
    return Sampled("", found)


def million(number: float) -> str:
    """A number of draws as people say it: 10,000, 3.2 million."""
    if number < 1_000_000:
        return f"{number:,.0f}"
    return f"{number / 1e6:.1f}".removesuffix(".0") + " million"


def weighting(kind: str, spread: float) -> str:
    """What weights were drawn."""
    if kind == "around" and not spread:
        return "the weights set"
    return {
        "around": f"weights within {100 * spread:.3g} % of those set",
        "uniform": "any weights at all, all equally likely",
        "order": "any weights in the same order of importance",
    }[kind]


def drawn(found: Robustness) -> str:
    """What was drawn, in a sentence."""
    start = f"{'a Sobol sequence, ' if found.draws == 'sobol' else ''}seed {found.seed}"
    what = weighting(found.weighting.kind, found.weighting.spread)
    return (
        f"Drawn were {what}, and unknown and uncertain facts over what they could be: "
        f"{million(found.samples)} draws, {start}."
    )


def precision(found: Robustness) -> str:
    """How exact the shares are: two standard errors of the widest, for draws at random."""
    if found.draws != "random":
        return ""
    widest = max((x * (1 - x) for x in sampled(found).firsts().values()), default=0.0)
    off = 200 * sqrt(widest / found.samples)
    return f"The shares are exact to about {float(f'{off:.1g}'):g} of 100." if off else ""


# --- the answer ---------------------------------------------------------------------------------


def is_clear(share: float) -> bool:
    """Whether who is first in that share of the draws may be called the leader.

    Judged is the figure as it is told: 60 of 100 is not too close to call where it was 59.6.
    """
    return plain.rounded(100 * share) >= CLEAR


def rival(analysis: Analysis, found: Robustness) -> str:
    """Who could come before the leader, by id: where it is too close to call who of the others is
    first in most of the draws, else the second; empty where there is no other.
    """
    others = [row.alternative for row in analysis.ranking[1:]]
    return close_to(analysis, sampled(found).firsts()) or (others[0] if others else "")


def close_to(analysis: Analysis, shares: Mapping[str, float]) -> str:
    """Who of the others is first in most of the draws, by id; empty where the leader is clear.

    `shares` is how often each is first; it may be empty.
    """
    leader, *others = [row.alternative for row in analysis.ranking] or [""]
    if len(shares) < 2 or is_clear(shares[leader]):
        return ""
    return max(others, key=lambda who: shares[who])


def ranked_by(analysis: Analysis, found: Robustness) -> str:
    """By which method the draws are ranked; empty where both they and the answer are a sum's."""
    return sampled(found).by or words.by_sum(analysis)


def headline(analysis: Analysis, found: Robustness) -> str:
    """Who is first how often, and whether that is too close to call."""
    if len(analysis.ranking) < 2:
        return words.standing(analysis).sentence
    one = sampled(found)
    called = words.labels(analysis.decision)
    who, share = by_share(analysis, found)[0]
    level = _always_first(one)
    often = "every draw" if share == 1 else f"{plain.of_100(share)} of 100 draws"
    told = f"{called[who].short} is first in {often}"
    if len(level) > 1:
        told = f"{some([called[a].short for a in level])} are level in every draw"
    by = ranked_by(analysis, found)
    if by:
        told += f" {by}"
    return told if is_clear(share) else f"{told}: too close to call"


def by_share(analysis: Analysis, found: Robustness) -> list[tuple[str, float]]:
    """Who is first how often, most often first; who leads as things stand comes before those whom
    only the error of sampling puts before it.
    """
    one = sampled(found)
    shares, leaders = one.firsts(), leaders_of(analysis, one.method)
    if len(leaders) == 1 and not oftener(analysis, found, one):
        shares = {leaders[0]: shares[leaders[0]]} | shares
    return list(shares.items())


def _always_first(one: Sampled) -> list[str]:
    """Who is first in every draw; several where they are level throughout."""
    return [a for a, x in one.firsts().items() if x == 1]


def others(analysis: Analysis, found: Robustness) -> str:
    """How often the rest are first, in a sentence; and who leads by the weights set, if another."""
    one = sampled(found)
    called = words.labels(analysis.decision)
    (_, share), *rest = by_share(analysis, found)
    level = _always_first(one)
    told = [(a, x) for a, x in rest if x >= SLIGHT and a not in level]
    parts = []
    if told:
        named = [f"{called[a].short} in {plain.of_100(x)}" for a, x in told[:4]]
        more = f", {len(told) - 4} more in fewer" if len(told) > 4 else ""
        parts.append(f"{plain.listed(named)}{more}.")
    elif 0 < share < 1:
        parts.append("The others hardly ever are.")
    parts += filter(None, [overtaken(analysis, found)])
    return " ".join(parts)


def overtaken(analysis: Analysis, found: Robustness, one: Sampled | None = None) -> str:
    """Who leads as things stand, where another is first in more of the draws by that method.

    Empty where nobody leads alone, or the gap is within the error of sampling.
    """
    one = one or sampled(found)
    who = oftener(analysis, found, one)
    if not who:
        return ""
    leaders = leaders_of(analysis, one.method)
    called = words.labels(analysis.decision)
    by = one.by or words.by_sum(analysis)
    return (
        f"With the weights and figures as they stand {called[leaders[0]].short} leads"
        f"{f' {by}' if by else ''}; over all draws {called[who].short} is first more often."
    )


def oftener(analysis: Analysis, found: Robustness, one: Sampled | None = None) -> str:
    """Who is first in more of the draws than who leads as things stand; empty where nobody is.

    Empty too where nobody leads alone, or the gap is within the error of sampling.
    """
    one = one or sampled(found)
    leaders, shares = leaders_of(analysis, one.method), one.firsts()
    who, share = next(iter(shares.items()), ("", 0.0))
    if len(leaders) != 1 or who in leaders or not who:
        return ""
    return who if is_beyond_chance(share, shares[leaders[0]], found.samples) else ""


def leaders_of(analysis: Analysis, method: str = "") -> list[str]:
    """Who is first as things stand, by a method or the weighted sum (""): several where level."""
    from selector.analysis.methods import SUM, Fed

    ranks = Fed(analysis).run(method or SUM).result.ranks
    return [a.id for a, rank in zip(analysis.alternatives, ranks, strict=True) if rank == 1]


def beside_the_sum(analysis: Analysis, found: Robustness) -> str:
    """What the weighted sum says of the same draws, where they are ranked by another method."""
    if not found.by_method:
        return ""
    shares = {a: row[0] for a, row in found.rank_acceptability.items()}
    who = max(shares, key=shares.__getitem__)
    name = words.labels(analysis.decision)[who].short
    return f"By the weighted sum of the same draws {name} is first in {plain.of_100(shares[who])}."


def places(shares: Sequence[float]) -> str:
    """How often an alternative is first and among the first three."""
    told = f"first in {plain.of_100(shares[0])}" if shares[0] else "never first"
    if len(shares) > 3:
        told += f", in the first three in {plain.of_100(min(1.0, sum(shares[:3])))}"
    return told


# --- who would choose it ------------------------------------------------------------------------


def supporters(analysis: Analysis, central: Mapping[str, float] | None) -> str:
    """What those who would choose an alternative weigh otherwise than is set.

    Empty where they weigh about the same, or where nobody would choose it.
    """
    if central is None:
        return ""
    apart = []
    for node in analysis.decision.criteria.criteria:
        own = sum(central[leaf.id] for leaf in node.leaves())
        now = sum(analysis.weights[leaf.id] for leaf in node.leaves())
        if abs(own - now) >= SLIGHT:
            apart.append((own - now, node.name, own, now))
    if not apart:
        return ""
    apart.sort(key=lambda row: -abs(row[0]))
    told = [
        f"{words.lower_first(name)} {words.percent(own, now)} (set: {words.percent(now, own)})"
        for _, name, own, now in apart[:3]
    ]
    return f"those who weigh {plain.listed(told)}"


# --- what would change it -----------------------------------------------------------------------


def points(share: float) -> str:
    """A share of weight as points of 100, with a decimal where it is small."""
    return f"{100 * share:.0f}" if share >= 0.0995 else f"{100 * share:.1f}"


def moves(analysis: Analysis, flip: Flip) -> str:
    """The change of weights of a flip: how much moves, from which criteria to which."""
    names = {leaf.id: f"“{leaf.name}”" for leaf in analysis.leaves}
    changes = {i: w - analysis.weights[i] for i, w in flip.weights.items()}
    down = sorted((i for i in changes if changes[i] < -1e-6), key=changes.__getitem__)
    up = sorted((i for i in changes if changes[i] > 1e-6), key=lambda i: -changes[i])
    moved = points(flip.distance / 2)
    point = "point" if moved == "1" else "points"
    return f"{moved} {point} from {_some(down, names)} to {_some(up, names)}"


def _some(ids: Sequence[str], names: Mapping[str, str]) -> str:
    if len(ids) <= 2:
        return plain.listed([names[i] for i in ids])
    return f"{names[ids[0]]} and {len(ids) - 1} more"


def closest(analysis: Analysis, found: Robustness) -> str:
    """The smallest change of weights that changes the winner, in a sentence."""
    called = words.labels(analysis.decision)
    winner = called[found.winner].short
    flip = found.closest_flip
    if flip is None:
        return f"No weights put another before {winner}."
    other = called[flip.winner_becomes].short
    if flip.distance <= words.LEVEL:
        return f"{other} is level with {winner} already."
    return f"Moving {moves(analysis, flip)} puts {other} first."


def performance_flip(analysis: Analysis, flip: PerformanceFlip) -> tuple[str, str]:
    """What one performance would have to be, and where it stands; empty where it cannot."""
    leaf = next(leaf for leaf in analysis.leaves if leaf.id == flip.criterion)
    if flip.performance is None:
        return "", ""
    cell = analysis.cell(flip.alternative, flip.criterion)
    # Who would lead by a figure of its own needs a better one; of those level no value is needed.
    rises = flip.winner_becomes == flip.alternative
    is_level = abs(flip.needed_value - flip.value) <= words.LEVEL
    needed = performance(analysis, leaf, flip.performance, rises, is_level, cell.central)
    return needed, words.with_unit(cell, leaf)


def performance(
    analysis: Analysis, leaf: Criterion, needed: float, is_better: bool, is_beyond: bool = False,
    now: float | None = None,
) -> str:  # fmt: skip
    """A performance as it would have to be at least, or at most, in the unit of the leaf.

    With `is_beyond` it has to be beyond that. `now` is what it is, from which it is told apart.
    """
    names = level_names(leaf, analysis.decision.dictionary)
    if names:
        name = names[max(0, min(len(names) - 1, round(needed)))]
        return {"true": "yes", "false": "no"}[name] if names == TRUTH else plain.plain(name)
    more = is_better == (leaf.direction == "max")
    scale = analysis.scales[leaf.id]
    if isinstance(leaf.measure, ShareMeasure):
        wanted = len(leaf.measure.wanted)
        # Choices are whole, so the next that brings the change.
        whole = ceil(needed * wanted - SLIGHT) if more else floor(needed * wanted + SLIGHT)
        count = max(0, min(wanted, whole))
        is_end = count == (wanted if more else 0) or scale.points
        return f"{count} of {wanted}" + ("" if is_end else f" or {'more' if more else 'fewer'}")
    if leaf.unit == plain.YEAR:
        year = ceil(needed - SLIGHT) if more else floor(needed + SLIGHT)
        return f"{year} or {'later' if more else 'earlier'}"
    if abs(needed) <= NOISE * max(abs(scale.worst), abs(scale.best)):
        needed = 0.0
    rises = _rises(scale.points)
    more = more if rises is None else is_better == rises
    figure = needed if is_beyond else plain.past(needed, more, now)
    told = plain.with_unit(plain.number(figure), leaf.unit)
    if scale.points and rises is None:
        return told
    side = "more" if more else "less"
    return f"{side} than {told}" if is_beyond else f"{told} or {side}"


def _rises(points: Sequence[tuple[float, float]]) -> bool | None:
    """Whether more is better all along a scale of points, or worse; None where that turns."""
    values = [value for _, value in sorted(points)]
    if len(set(values)) < 2 or values not in (sorted(values), sorted(values, reverse=True)):
        return None
    return values[0] < values[-1]


# --- agreement ----------------------------------------------------------------------------------


def agreement(tau: float | None) -> str:
    """How far two orders agree, from Kendall's tau-b."""
    if tau is None:
        return "cannot be said"
    bounds = ((1 - words.LEVEL, "the same order"), (0.8, "nearly the same"), (0.5, "much alike"))
    for least, told in bounds:
        if tau >= least:
            return told
    return "little alike" if tau > 0 else "at odds"
