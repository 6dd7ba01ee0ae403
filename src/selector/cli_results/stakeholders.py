"""`selector stakeholders`: each one's ranking, what they make together, and where they differ."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from selector.cli_output import Data, bold, columns
from selector.domain import words

if TYPE_CHECKING:
    from selector.analysis import Analysis
    from selector.analysis.stakeholders import Stakeholders, View


def data(analysis: "Analysis", found: "Stakeholders") -> Data:
    """All views, by name."""
    return {
        "decision": analysis.decision.id,
        "version": analysis.version,
        "criteria": {node.id: node.name for node in analysis.decision.criteria.walk()},
        "stakeholders": {name: _view(view) for name, view in found.views.items()},
        "aggregate": None if found.aggregate is None else _view(found.aggregate),
        "geometric": None if found.geometric is None else _view(found.geometric),
        "kendall_w": found.kendall_w,
        "differences": [
            {
                "between": list(row.between),
                "distance": row.distance,
                "criteria": [divide._asdict() for divide in row.criteria],
                "same_winner": row.same_winner,
            }
            for row in found.differences
        ],
        "warnings": [*dict.fromkeys(notice.text for notice in analysis.notices)],
    }


def _view(view: "View") -> Data:
    result: Data = {"weights": view.weights, "groups": view.groups}
    if view.influence is not None:
        result["influence"] = view.influence
    result["ranking"] = [
        {"alternative": r.alternative, "name": r.name, "rank": r.rank, "score": r.score}
        for r in view.ranking
    ]
    return result


def table(data: Data) -> Iterable[str]:
    """The places of each alternative, for people."""
    if not data["stakeholders"]:
        yield "The decision names no stakeholders."
        return
    views = {**data["stakeholders"], "Together": data["aggregate"]}
    places = {
        name: {row["alternative"]: str(row["rank"]) for row in view["ranking"]}
        for name, view in views.items()
    }
    rows = [
        [row["name"], *(places[name][row["alternative"]] for name in views)]
        for row in data["aggregate"]["ranking"]
    ]
    yield from columns(["Place by the weights of", *views], rows, set(range(1, len(views) + 1)))
    if not rows:
        yield "No alternative is left to rank."
    yield ""
    if data["kendall_w"] is not None:
        yield (
            f"Agreement of the rankings (Kendall's W, 0 none to 1 full): {data['kendall_w']:.2f}"
        )
    if data["differences"]:
        yield bold("What divides them most")
    for row in data["differences"]:
        one, other = row["between"]
        divides = [
            f"{data['criteria'][part['criterion']]} ({100 * part['weights'][one]:.0f} % against "
            f"{100 * part['weights'][other]:.0f} %)"
            for part in row["criteria"]
        ]
        same = "the same winner" if row["same_winner"] else "another winner"
        yield f"{one} and {other}, {same}: {words.listed(divides) or 'nothing'}"
    for warning in data["warnings"]:
        yield f"Note: {warning}"
