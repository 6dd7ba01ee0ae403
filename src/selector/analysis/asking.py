"""Weights asked for in a guided dialogue: which question comes next, and what the answers say.

Pure: the answers so far go in, the next question or the finished weights come out, so that a
dialogue can be stepped back, left and resumed. `names` are the siblings that are weighed, those
that matter most at present first.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any, Literal, NamedTuple

from selector.analysis.weights import FROM_DATA, Consistency, Revisit, elicited, set_weights
from selector.domain.criterion import CriteriaSet, Criterion
from selector.domain.decision import Comparison, Decision, WeightSpec
from selector.measure.table import Measured

Way = Literal["swing", "ranking", "ahp", "bwm"]
WAYS: tuple[Way, ...] = ("swing", "ranking", "ahp", "bwm")
"""The ways that are offered, the recommended one first."""
Answer = str | float | tuple[str, ...]
MOST_CHECKS = 2
"""So many pairs are asked beyond the ring, where the judgements contradict each other."""


class Question(NamedTuple):
    """What is asked next.

    `kind`: `first` and `last`, which of `about` matters most or least; `next`, which is taken up
    after those that were; `order`, all of `about` by importance; `points`, how much the first of
    `about` counts where the second counts 100, `most` at most; `times`, how many times as important
    the first is as the second, up to `most`; `either`, the same where either may be the greater.
    """

    kind: Literal["first", "last", "next", "order", "points", "times", "either"]
    about: tuple[str, ...]
    most: float = 100


def question(way: Way, names: Sequence[str], answers: Sequence[Answer]) -> Question | None:
    """The question that follows these answers; None where all is said."""
    return {"swing": _swing, "ranking": _ranking, "ahp": _ahp, "bwm": _bwm}[way](
        tuple(names), tuple(answers)
    )


def questions(way: Way, names: Sequence[str], answers: Sequence[Answer]) -> list[Question]:
    """The questions that these answers answer, in their order."""
    if way == "ahp":  # whatever an answer was changed to since
        pairs = zip(_pairs(len(names)), answers, strict=False)
        return [_either(names, pair) for pair, _ in pairs]
    found = (question(way, names, answers[:place]) for place in range(len(answers)))
    return [one for one in found if one is not None]


def left(way: Way, names: Sequence[str], answers: Sequence[Answer]) -> int:
    """How many questions are left at least."""
    if question(way, names, answers) is None:
        return 0
    count = len(names)
    whole = {
        "swing": 2 * (count - 1),
        "ranking": 1,
        "ahp": count if count > 2 else 1,
        "bwm": 2 * count - 1 if count > 2 else 2,
    }[way]
    return max(1, whole - len(answers))


def way_of(way: Way, names: Sequence[str], answers: Sequence[Answer]) -> dict[str, Any]:
    """What finished answers say, as under `weights` in a decision's file."""
    names, told = tuple(names), tuple(answers)
    if way == "swing":
        order = _order(names, told)
        given = [100.0, *map(_number, told[len(names) - 1 :])]
        points = [*given, *[0.0] * (len(names) - len(given))]  # none after a 0 was asked for
        return {"method": "swing", "values": dict(zip(order, map(_plain, points), strict=True))}
    if way == "ranking":
        return {"method": "ranking", "order": list(told[0]) if isinstance(told[0], tuple) else []}
    if way == "ahp":
        rows = [
            [*one.about, _ratio(_number(answer))]
            for one, answer in zip(questions(way, names, told), told, strict=True)
        ]
        return {"method": "ahp", "comparisons": rows}
    best, worst, judged = _ends(names, told)
    to_best, to_worst = {}, {}
    for one, answer in zip(_spans(names, best, worst), judged, strict=True):
        first, second = one
        if first == best:
            to_best[second] = _plain(answer)
        else:
            to_worst[first] = _plain(answer)
    return {
        "method": "bwm",
        "best": best,
        "worst": worst,
        "best_to_others": to_best,
        **({"others_to_worst": to_worst} if to_worst else {}),
    }


class Outcome(NamedTuple):
    """The shares that answers give, how they hold together, and which to look at again."""

    shares: Mapping[str, float]
    consistency: Consistency | None
    revisit: tuple[Revisit, ...]


def outcome(names: Sequence[str], way: Mapping[str, Any]) -> Outcome:
    """What siblings weigh by a way as it stands in a file."""
    criteria = CriteriaSet("asked", "asked", tuple(Criterion(name, name) for name in names))
    flat = Decision("asked", "asked", criteria, weights=spec_of(way))
    found = elicited(flat)
    consistency = found.consistency[0] if found.consistency else None
    return Outcome(set_weights(flat, _no_data).shares, consistency, found.revisit)


def _no_data() -> Measured:
    raise TypeError("no way that is asked for needs data")


def spec_of(way: Mapping[str, Any]) -> WeightSpec:
    """The record of a way as it stands in a file; what goes without saying is completed."""
    to_best = dict(way.get("best_to_others", {}))
    to_worst = dict(way.get("others_to_worst", {}))
    if way["method"] == "bwm":
        to_best[way["best"]] = to_worst[way["worst"]] = 1.0
        to_worst[way["best"]] = to_best[way["worst"]]
    return WeightSpec(
        method=way["method"],
        values=dict(way.get("values", {})),
        order=tuple(way.get("order", ())),
        comparisons=tuple(
            Comparison(first, second, times_of(times))
            for first, second, times in way.get("comparisons", ())
        ),
        best=way.get("best", ""),
        worst=way.get("worst", ""),
        best_to_others={name: float(times) for name, times in to_best.items()},
        others_to_worst={name: float(times) for name, times in to_worst.items()},
    )


def times_of(times: str | float) -> float:
    """A judgement as a number; a file may write 1/3."""
    if isinstance(times, str) and times.startswith("1/"):
        return 1 / float(times.removeprefix("1/"))
    return float(times)


def weights_with(
    decision: Decision, shares: Mapping[str, float], group: str, way: Mapping[str, Any]
) -> dict[str, Any]:
    """The whole `weights` of the file, once the children of `group` ("": the top) are weighed so.

    `shares` are those of the decision's own weights: what another set of siblings has by them, and
    the criteria set would not give it, is kept as points of its own, so that only one set moves.
    """
    spec = decision.weights
    is_of_all = bool(group) and spec.method in (*FROM_DATA, "preset", "equal")  # stays as it is
    if not group:
        top = dict(way)
    elif is_of_all:
        top = {"method": spec.method, **({"preset": spec.preset} if spec.preset else {})}
    else:
        top = _kept(decision, "", shares)
    subtrees: dict[str, Any] = {}
    for parent, _ in decision.criteria.siblings():
        if parent is None:
            continue
        is_own = parent.id in spec.subtrees or not is_of_all
        kept = _kept(decision, parent.id, shares) if is_own else {}
        kept = dict(way) if parent.id == group else kept
        if kept:
            subtrees[parent.id] = kept
    top = top or {"method": "direct"}
    moved = _children(decision.criteria, group)
    reasons = {name: why for name, why in spec.reasons.items() if name not in moved}
    return {
        **top,
        **({"reasons": reasons} if reasons else {}),
        **({"subtrees": subtrees} if subtrees else {}),
    }


def _kept(decision: Decision, group: str, shares: Mapping[str, float]) -> dict[str, Any]:
    """How one set of siblings is weighed at present; empty where that is as in the criteria set."""
    children = _children(decision.criteria, group)
    own = decision.weights.subtrees.get(group)
    spec = own or decision.weights
    names = set(children)
    if spec.method == "ranking" and names == set(spec.order):
        formula = {} if spec.formula == "roc" else {"formula": spec.formula}
        return {"method": "ranking", "order": list(spec.order), **formula}
    if spec.method == "ahp" and names == {n for c in spec.comparisons for n in (c.first, c.second)}:
        rows = [[c.first, c.second, _ratio(c.times)] for c in spec.comparisons]
        return {"method": "ahp", "comparisons": rows}
    if spec.method == "bwm" and names == set(spec.best_to_others):
        ends = {spec.best, spec.worst}
        to_best = {n: _plain(x) for n, x in spec.best_to_others.items() if n != spec.best}
        to_worst = {n: _plain(x) for n, x in spec.others_to_worst.items() if n not in ends}
        told = {"best": spec.best, "worst": spec.worst, "best_to_others": to_best}
        return {"method": "bwm", **told, **({"others_to_worst": to_worst} if to_worst else {})}
    if spec.method in ("direct", "swing") and names <= set(spec.values) and not spec.percent:
        return {"method": spec.method, "values": {n: _plain(spec.values[n]) for n in children}}
    total = sum(1.0 if w is None else w for w in children.values())
    usual = {n: (1.0 if w is None else w) / total for n, w in children.items()} if total else {}
    if usual and all(abs(shares[n] - usual[n]) < 1e-9 for n in children):
        return {}
    return {"method": "direct", "values": {n: _plain(100 * shares[n]) for n in children}}


def _children(criteria: CriteriaSet, group: str) -> dict[str, float | None]:
    """The children of a group with the weights that the criteria set gives them."""
    for parent, siblings in criteria.siblings():
        if (parent.id if parent else "") == group:
            return {c.id: c.weight for c in siblings}
    return {}


# The ways --------------------------------------------------------------------------------------


def _swing(names: tuple[str, ...], told: tuple[Answer, ...]) -> Question | None:
    picks = len(names) - 1
    if len(told) < picks:
        rest = tuple(name for name in names if name not in told)
        return Question("next" if told else "first", rest)
    place = len(told) - picks + 1
    if place > picks:
        return None
    order = _order(names, told)
    most = 100.0 if place == 1 else _number(told[-1])
    if most == 0:  # whatever matters less than nothing is nothing too
        return None
    return Question("points", (order[place], order[0]), most)


def _order(names: tuple[str, ...], told: tuple[Answer, ...]) -> tuple[str, ...]:
    """The names as they were taken up, and the one that was left."""
    picked = tuple(str(name) for name in told[: len(names) - 1])
    return (*picked, *(name for name in names if name not in picked))


def _ranking(names: tuple[str, ...], told: tuple[Answer, ...]) -> Question | None:
    return None if told else Question("order", names)


def _ahp(names: tuple[str, ...], told: tuple[Answer, ...]) -> Question | None:
    """The chain, then what closes it to a ring; more only where that contradicts itself."""
    ring = len(names) if len(names) > 2 else 1
    pairs = _pairs(len(names))[: ring + MOST_CHECKS]
    if len(told) >= len(pairs) or (len(told) >= ring and _holds_together(len(names), told)):
        return None
    return _either(names, pairs[len(told)])


def _either(names: Sequence[str], pair: tuple[int, int]) -> Question:
    return Question("either", (names[pair[0]], names[pair[1]]), 9)


@cache
def _pairs(count: int) -> tuple[tuple[int, int], ...]:
    """All pairs in the order in which they are asked.

    The chain of neighbours, what closes it to a ring, and then, each time, a pair of those that
    were asked least, far across the ring.
    """
    asked = [(place, place + 1) for place in range(count - 1)]
    asked += [(0, count - 1)] if count > 2 else []
    rest = [pair for pair in combinations(range(count), 2) if pair not in asked]
    while rest:
        uses = Counter(place for pair in asked for place in pair)
        order = [
            (uses[a] + uses[b], -min(b - a, count - b + a), place)
            for place, (a, b) in enumerate(rest)
        ]
        asked.append(rest.pop(min(order)[-1]))
    return tuple(asked)


def _holds_together(count: int, told: tuple[Answer, ...]) -> bool:
    from selector.mcda.weighting.ahp import ACCEPTABLE, comparison_matrix, eigenvector_weights

    judged = [(*pair, _number(times)) for pair, times in zip(_pairs(count), told, strict=False)]
    ratio = eigenvector_weights(comparison_matrix(count, judged)).ratio
    return ratio is None or ratio <= ACCEPTABLE


def _bwm(names: tuple[str, ...], told: tuple[Answer, ...]) -> Question | None:
    if not told:
        return Question("first", names)
    best = str(told[0])
    others = tuple(name for name in names if name != best)
    if len(others) > 1 and len(told) == 1:
        return Question("last", others)
    best, worst, judged = _ends(names, told)
    pairs = _spans(names, best, worst)
    if len(judged) >= len(pairs):
        return None
    return Question("times", pairs[len(judged)], judged[0] if judged else 9)


def _ends(names: tuple[str, ...], told: tuple[Answer, ...]) -> tuple[str, str, tuple[float, ...]]:
    """The best, the worst, and the judgements between."""
    best = str(told[0])
    if len(names) == 2:
        worst = next(name for name in names if name != best)
        return best, worst, tuple(map(_number, told[1:]))
    return best, str(told[1]), tuple(map(_number, told[2:]))


def _spans(names: tuple[str, ...], best: str, worst: str) -> list[tuple[str, str]]:
    """What is compared: the best with the worst, then with the others; these with the worst."""
    between = [name for name in names if name not in (best, worst)]
    return [
        (best, worst),
        *((best, name) for name in between),
        *((name, worst) for name in between),
    ]


def _number(answer: Answer) -> float:
    if isinstance(answer, tuple):
        raise TypeError("an order is no number")
    return float(answer)


def _plain(value: float) -> float | int:
    """A number as one writes it: whole where it is, else to a millionth."""
    near = round(value, 6)
    return int(near) if near == int(near) else near


def _ratio(times: float) -> float | int | str:
    """A judgement as a file writes it: 3, or 1/3."""
    if times >= 1:
        return _plain(times)
    inverse = 1 / times
    near = round(inverse)
    return f"1/{near}" if abs(inverse - near) < 1e-9 else times
