"""`selector robustness`: how sure the answer is, as data and in words."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from math import sqrt
from typing import TYPE_CHECKING, Any

from selector.cli_output import Data, bold, columns, excluded
from selector.cli_results.left import knocked_out, nobody_left
from selector.domain import words

if TYPE_CHECKING:
    from selector.analysis import Analysis
    from selector.analysis.robustness import Flip, Robustness
    from selector.mcda.robustness.parts import Progress

_LONG = 2_000_000  # draws that take long enough to say how far one is
_SHOWN = 8  # rows of what to find out, for people


def data(analysis: "Analysis", found: "Robustness") -> Data:
    """All that robustness tells, by id."""
    from selector.report.certainty import Sampled, leaders_of, overtaken, performance_flip

    drawn = {"weighted_sum": Sampled("", found)} if analysis.alternatives else {}
    drawn |= {method: Sampled(method, one) for method, one in found.by_method.items()}
    # Of another method than the weighted sum, robustness says itself what is told of which.
    notices = [*found.notices, *(n for n in analysis.notices if n.code != "other-method")]
    return {
        "decision": analysis.decision.id,
        "version": analysis.version,
        "method": analysis.decision.method,
        "samples": found.samples,
        "seed": found.seed,
        "draws": found.draws,
        "weighting": str(found.weighting),
        "winner": found.winner or None,
        "leaders": {name: leaders_of(analysis, one.method) for name, one in drawn.items()},
        "overtaken_in_words": {n: overtaken(analysis, found, one) for n, one in drawn.items()},
        "excluded": excluded(analysis),
        "names": {a.id: a.name for a in analysis.alternatives},
        "criteria": {node.id: node.name for node in analysis.decision.criteria.walk()},
        "units": {leaf.id: leaf.unit for leaf in analysis.leaves},
        "rank_acceptability": found.rank_acceptability,
        "central_weights": found.central_weights,
        "confidence": found.confidence,
        "pairwise_winning": found.pairwise_winning,
        "by_method": {name: part._asdict() for name, part in found.by_method.items()},
        "stability": {name: stable._asdict() for name, stable in found.stability.items()},
        "closest_flip": _flip(found.closest_flip),
        "flips": {name: _flip(flip) for name, flip in found.flips.items()},
        "performance_flips": [
            {**flip._asdict(), "needed": performance_flip(analysis, flip)[0]}
            for flip in found.performance_flips
        ],
        "worth_finding_out": [row._asdict() for row in found.worth_finding_out],
        "dominates": found.dominates,
        "dominates_whatever_comes": found.dominates_whatever_comes,
        "rank_reversals": [row._asdict() for row in found.rank_reversals],
        "warnings": [*dict.fromkeys(notice.text for notice in notices)],
        "weights": analysis.weights,
    }


def progress(samples: int) -> "Progress | None":
    """A line on a terminal's standard error that tells how far long sampling is."""
    if samples < _LONG or not sys.stderr.isatty():
        return None

    def tell(done: int, wanted: int) -> None:
        ending = "\n" if done == wanted else ""
        print(f"\r{100 * done // wanted} % of {words.number(wanted)}", end=ending, file=sys.stderr)

    return tell


def _flip(flip: "Flip | None") -> Data | None:
    return None if flip is None else flip._asdict()


def table(data: Data) -> Iterable[str]:
    """How sure the answer is, for people."""
    names = data["names"]
    if not data["rank_acceptability"]:
        yield from nobody_left(data)
        return
    yield from _firsts(data)
    yield _drawn(data["weighting"])
    yield from knocked_out(data)
    yield ""
    yield from _flips(data, names)
    yield from _dominance(data, names)
    yield from _finding_out(data, names)
    for row in data["rank_reversals"]:
        yield (
            f"Without {names[row['without']]}, {names[row['after']]} would come before "
            f"{names[row['before']]}: a local scale does that."
        )
    for warning in data["warnings"]:
        yield f"Note: {warning}"
    yield f"Seed {data['seed']} · version {data['version']}"


def _firsts(data: Data) -> Iterable[str]:
    """How often each is first: by the decision's own method before the others."""
    drawn = {"weighted_sum": data, **data["by_method"]}
    order = sorted(drawn, key=lambda method: method != data["method"])
    count = data["samples"]
    made = f"{words.number(count)} {'was' if count == 1 else 'were'} made"
    for place, method in enumerate(order):
        by = _called(method)
        if place == 0:
            yield bold(f"First in so many of 100 draws, by {by} ({made})")
        else:
            yield ""
            yield bold(f"By {by}, of the same draws")
        yield from _shares(drawn[method], data["names"], data["leaders"][method])
        if data["overtaken_in_words"][method]:
            yield data["overtaken_in_words"][method]
    yield (
        "“First, weighed its way” is how often an alternative is first by the mean weights of the "
        "draws that put it first, over what the open facts could be."
    )
    if data["draws"] == "random":
        shares = [row[0] for one in drawn.values() for row in one["rank_acceptability"].values()]
        off = 200 * sqrt(max(x * (1 - x) for x in shares) / count)
        if off:
            yield f"The shares are exact to about {float(f'{off:.1g}'):g} of 100."


def _shares(one: Mapping[str, Any], names: Mapping[str, str], leaders: Sequence[str]) -> list[str]:
    """The table of one method, who leads as things stand marked."""
    mark = " (leads)" if len(leaders) == 1 else " (level first)"
    rows = [
        [
            names[a] + (mark if a in leaders else ""),
            words.of_100(shares[0]),
            words.of_100(sum(shares[:3])) if len(shares) > 3 else "",
            words.of_100(one["confidence"][a]) if one["confidence"][a] is not None else "–",
        ]
        for a, shares in sorted(one["rank_acceptability"].items(), key=lambda item: -item[1][0])
    ]
    head = ["Alternative", "first", "among the first three", "first, weighed its way"]
    return columns(head, rows, {1, 2, 3})


def _called(method: str) -> str:
    """A method's name inside a sentence."""
    from selector.analysis.methods import called

    return "the weighted sum" if method == "weighted_sum" else called(method)


def _drawn(weighting: str) -> str:
    kind, _, spread = weighting.partition(":")
    if kind == "around":
        how = f"within {100 * float(spread):.0f} % of those set"
    else:
        how = {"uniform": "all equally likely", "order": "in the order of those set"}[kind]
    return f"Weights drawn: {how}. Open facts drawn within what is known of them."


def _flips(data: Data, names: Mapping[str, str]) -> Iterable[str]:
    nearest = data["closest_flip"]
    winner = names[data["winner"]]
    by = "" if data["method"] == "weighted_sum" else ", by the weighted sum"
    if nearest is None:
        if data["flips"]:
            yield f"No weights put another alternative before {winner}{by}."
        return
    yield bold(f"What would put another before {winner}{by}")
    moved = _moved(nearest["weights"], data["weights"])
    said = "; ".join(
        f"{data['criteria'][leaf]} {_points(a)} to {_points(b)} %" for leaf, a, b in moved
    )
    taker = names[nearest["winner_becomes"]]
    if nearest["distance"] <= 1e-12:
        yield f"{taker} is level with it already."
    else:
        half = _points(nearest["distance"] / 2)
        yield f"The smallest change of weights moves {half} of 100 points, to {taker}: {said}."
    never = [names[a] for a, flip in data["flips"].items() if flip is None]
    if never:
        yield f"First by no weights at all: {words.listed(never)}."
    for row in [row for row in data["performance_flips"] if row["needed"]][:3]:
        yield (
            f"{data['criteria'][row['criterion']]} of {names[row['alternative']]} at "
            f"{row['needed']}, all else equal, would put {names[row['winner_becomes']]} level with "
            "the first, or before it."
        )
    yield ""


def _dominance(data: Data, names: Mapping[str, str]) -> Iterable[str]:
    """Who is nowhere better and somewhere worse than another, and whether that is sure."""
    found = False
    for worse, name in names.items():
        over = [a for a, others in data["dominates"].items() if worse in others]
        surely = [a for a, others in data["dominates_whatever_comes"].items() if worse in others]
        if over:
            found = True
            sure = ", whatever unknown facts and ranges turn out to be" if surely == over else ""
            than = words.listed([names[a] for a in over], "or")
            yield f"{name} is nowhere better than {than} and somewhere worse{sure}."
    if found:
        yield ""


def _moved(
    weights: Mapping[str, float], now: Mapping[str, float]
) -> list[tuple[str, float, float]]:
    moved = [(leaf, now[leaf], w) for leaf, w in weights.items() if abs(w - now[leaf]) > 1e-6]
    return sorted(moved, key=lambda row: -abs(row[2] - row[1]))[:4]


def _points(share: float) -> str:
    return f"{100 * share:.2g}" if share < 0.1 else f"{100 * share:.0f}"


def _finding_out(data: Data, names: Mapping[str, str]) -> Iterable[str]:
    rows: list[Any] = [row for row in data["worth_finding_out"] if row["chance"] > 0]
    if not rows:
        return
    yield bold("Worth finding out first")
    said = {
        "unknown": "unknown",
        "range": "a range",
        "disputed": "disputed",
        "confidence": "weak or old",
    }
    shown = [
        [
            names[row["alternative"]],
            data["criteria"][row["criterion"]],
            said[row["because"]],
            words.of_100(row["chance"]),
            f"{100 * row['expected_loss']:.2f}",
        ]
        for row in rows[:_SHOWN]
    ]
    head = ["Alternative", "Criterion", "is", "changes the winner, of 100", "points at stake"]
    yield from columns(head, shown, {3, 4})
    if len(rows) > _SHOWN:
        yield f"and {len(rows) - _SHOWN} more"
    yield "Each alone, by the weighted sum at the weights set, all else as it stands."
    yield ""
