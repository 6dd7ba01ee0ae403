"""`selector weights`: the tree of weights, how consistent they are, and what they imply."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from selector.cli_output import Data, bold, columns
from selector.domain import words
from selector.domain.problem import InputError

if TYPE_CHECKING:
    from selector.analysis import Analysis
    from selector.analysis.weights import Consistency

_WORTHS = 3  # the sentences on money that are printed


def data(analysis: "Analysis") -> Data:
    """The weights of leaves and groups, the consistency of judgements, and worth in money."""
    from selector.analysis.weights import elicited, in_money, set_weights
    from selector.report.worth import sentences

    found = elicited(analysis.decision)
    money = in_money(analysis.decision, analysis.weights)
    told = set_weights(analysis.decision, lambda: analysis.measured).notices
    return {
        "decision": analysis.decision.id,
        "method": analysis.decision.weights.method,
        "weights": analysis.weights,
        "groups": analysis.group_weights,
        "consistency": _consistency(found.consistency),
        "revisit": [[row.first, row.second, row.suggested] for row in found.revisit],
        "revisit_given": [row.given for row in found.revisit],
        "implied": money.swings if money else {},
        "implied_in": {"criterion": money.criterion, "unit": money.unit, "span": money.span}
        if money
        else None,
        "implied_in_words": sentences(analysis),
        "dwarfed": _dwarfed(analysis),
        # Of judgements that contradict each other `consistency` says more.
        "warnings": [notice.text for notice in told if notice.code != "inconsistent-judgements"],
        "tree": [
            {
                "id": node.id,
                "name": node.name,
                "depth": depth,
                "share": analysis.shares[node.id],
                "weight": analysis.group_weights.get(node.id, analysis.weights.get(node.id)),
            }
            for node, depth in _with_depth(analysis.decision.criteria.criteria)
        ],
    }


def _dwarfed(analysis: "Analysis") -> list[Data]:
    """Scales too wide for the alternatives; none where these cannot be ranked."""
    from selector.analysis.scales import dwarfed

    try:
        return [row._asdict() for row in dwarfed(analysis)]
    except InputError:  # which `selector rank` tells; weights need no alternatives
        return []


def _consistency(sets: "Sequence[Consistency]") -> Data:
    """The worst ratio (AHP) and xi (best-worst), and the figures of each set of siblings."""
    if not sets:
        return {}
    ratios = [one.ratio for one in sets if one.method == "ahp"]
    known = [ratio for ratio in ratios if ratio is not None]
    return {
        "ratio": max(known) if known and len(known) == len(ratios) else None,
        "xi": max((one.xi for one in sets if one.xi is not None), default=None),
        "sets": [{**one._asdict(), "acceptable": one.is_acceptable} for one in sets],
    }


def _with_depth(criteria: Iterable[Any], depth: int = 0) -> Iterable[tuple[Any, int]]:
    for criterion in criteria:
        yield criterion, depth
        yield from _with_depth(criterion.children, depth + 1)


def table(data: Data) -> Iterable[str]:
    """The tree of weights as percentages, with worth in money where there is a cost criterion."""
    from selector.report.consistency import said, times

    head = ["Criterion", "among its siblings", "of the whole"]
    if data["implied"]:
        head.append(f"worth, {data['implied_in']['unit']}")
    rows = []
    for node in data["tree"]:
        row = [
            "  " * node["depth"] + node["name"],
            f"{100 * node['share']:.1f} %",
            f"{100 * node['weight']:.1f} %",
        ]
        worth = data["implied"].get(node["id"])
        amount = "" if worth is None else words.number(float(f"{worth:.3g}"))
        rows.append([*row, amount] if data["implied"] else row)
    yield from columns(head, rows, {1, 2, 3})
    names = {node["id"]: node["name"] for node in data["tree"]}
    if data["consistency"]:
        yield ""
        for one in data["consistency"]["sets"]:
            yield said(one, names)
    for (first, second, suggested), given in zip(
        data["revisit"], data["revisit_given"], strict=True
    ):
        yield (
            f"Look again at {names[first]} against {names[second]}: it says {times(given)}, "
            f"and {times(suggested)} would fit the others better."
        )
    if data["implied_in_words"]:
        yield ""
        yield bold("What these weights imply")
        yield from data["implied_in_words"][:_WORTHS]
        if len(data["implied_in_words"]) > _WORTHS:
            yield "The others are in the last column. Absurd? Then a weight or a scale is wrong."
    yield from _past(data, names)
    for row in data["dwarfed"]:
        ends = f"{words.number(row['worst'])} to {words.number(row['best'])}"
        yield (
            f"These alternatives use {100 * row['used']:.1f} % of the scale of "
            f"{names[row['criterion']]}, which moves a score by at most "
            f"{words.points(row['effect'])} points of 100. A scale from {ends} would tell them "
            "apart; its weight must then be asked anew."
        )
    yield from (f"Note: {warning}" for warning in data["warnings"])


def _past(data: Data, names: dict[str, str]) -> Iterable[str]:
    """That some worth is more than the whole scale of cost, where it is."""
    from selector.report.worth import is_past

    money = data["implied_in"]
    if money and any(is_past(data["implied"][leaf], money["span"]) for leaf in data["weights"]):
        whole = words.with_unit(words.number(money["span"]), money["unit"])
        yield (
            f"Worth above {whole} runs past the scale of {names[money['criterion']]}: nobody was "
            "asked about so much."
        )
