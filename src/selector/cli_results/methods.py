"""`selector methods`: what every method says, how far they agree, and why they differ."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from selector.cli_output import Data, bold, columns, excluded
from selector.cli_results.left import knocked_out, nobody_left
from selector.domain import words

if TYPE_CHECKING:
    from selector.analysis import Analysis


def data(analysis: "Analysis") -> Data:
    """Rankings and the literature's figures by method, what is left out, agreement."""
    from selector.analysis.methods import reversals_by_method

    found = analysis.methods()
    return {
        "decision": analysis.decision.id,
        "version": analysis.version,
        "method": analysis.decision.method,
        "methods": {
            method: {
                "ranking": [row._asdict() for row in one.ranking],
                "details": one.details,
                "parameters": one.parameters,
            }
            for method, one in found.methods.items()
        },
        "left_out": found.left_out,
        "agreement": {
            "kendall_tau": found.agreement.kendall_tau,
            "why": list(found.agreement.why),
        },
        "rank_reversals": {
            method: [row._asdict() for row in rows]
            for method, rows in reversals_by_method(analysis).items()
        },
        "names": {a.id: a.name for a in analysis.alternatives},
        "excluded": excluded(analysis),
        "weights": analysis.weights,
        "warnings": list(dict.fromkeys(n.text for n in (*found.notices, *analysis.notices))),
    }


def table(data: Data) -> Iterable[str]:
    """A row for each alternative, a column for each method: the ranks."""
    methods, names = data["methods"], data["names"]
    if not methods:
        yield from nobody_left(data)
        return
    ranks = {m: {row["alternative"]: row["rank"] for row in methods[m]["ranking"]} for m in methods}
    order = [row["alternative"] for row in methods["weighted_sum"]["ranking"]]
    places = [str(number) for number in range(1, len(order) + 1)]
    for place, alternative in zip(places, order, strict=True):
        yield f"[{place}] {names[alternative]}"
    yield ""
    tau = data["agreement"]["kendall_tau"]["weighted_sum"]
    rows = [
        [
            method.replace("_", " "),
            "–" if tau[method] is None else f"{tau[method]:.2f}".replace("-", "\u2212"),
            *(str(ranks[method][alternative]) for alternative in order),
        ]
        for method in methods
    ]
    head = ["Ranks by method", "agreement", *(f"[{place}]" for place in places)]
    yield from columns(head, rows, set(range(1, len(head))))
    yield ""
    first = {m: {a for a, rank in ranks[m].items() if rank == 1} for m in methods}
    leaders = [a for a in order if a in first["weighted_sum"]]
    agreeing = [m for m in methods if first[m] == set(leaders)]
    alone = "first alone" if len(leaders) == 1 else "level first"
    called = words.listed([names[a] for a in leaders])
    yield bold(f"{len(agreeing)} of {len(methods)} methods put {called} {alone}.")
    yield from data["agreement"]["why"]
    yield from _beyond_ranks(methods, dict(zip(order, places, strict=True)))
    yield from _reversals(data["rank_reversals"])
    yield from knocked_out(data)
    for method, reason in data["left_out"].items():
        yield f"Left out: {method.replace('_', ' ')}, for {reason}."
    yield ""
    for warning in data["warnings"]:
        yield f"Note: {warning}"
    yield "Agreement with the weighted sum is Kendall's tau-b: 1 the same order, −1 the opposite."


def _beyond_ranks(methods: Data, places: dict[str, str]) -> Iterable[str]:
    """What a rank cannot say, with the alternatives by their places."""
    from selector.report.beyond import beyond_ranks, some

    order = list(places)

    def named(ids: Sequence[str]) -> str:
        return some([f"[{places[a]}]" for a in sorted(ids, key=order.index)])

    return beyond_ranks({name: one["details"] for name, one in methods.items()}, named)


def _reversals(turned: Data) -> Iterable[str]:
    """Under which methods the order of two hangs on a third."""
    if turned:
        said = [
            f"{method.replace('_', ' ')} ({len({(row['before'], row['after']) for row in rows})})"
            for method, rows in turned.items()
        ]
        yield (
            "Taking one alternative out would turn the order of others, so many pairs of them: "
            f"{words.listed(said)}."
        )
