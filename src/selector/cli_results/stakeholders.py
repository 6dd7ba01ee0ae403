"""`selector stakeholders`: each one's ranking, what they make together, and where they differ."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from selector.cli_output import Data, bold, columns
from selector.domain import words

if TYPE_CHECKING:
    from selector.analysis import Analysis
    from selector.analysis.stakeholders import Stakeholders, View


_PAIRS = 6  # the pairs farthest apart that are printed; all are in the JSON


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
        "by_scores": found.by_scores and [row._asdict() for row in found.by_scores],
        "clusters": [
            {**camp._asdict(), "apart": [row._asdict() for row in camp.apart]}
            for camp in found.clusters
        ],
        "silhouette": found.silhouette,
        "minority": [row._asdict() for row in found.minority],
        "matters": {name: matter._asdict() for name, matter in found.matters.items()},
        "names": {a.id: a.name for a in analysis.alternatives},
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
    for row in data["differences"][:_PAIRS]:
        one, other = row["between"]
        divides = [
            f"{data['criteria'][part['criterion']]} ({100 * part['weights'][one]:.0f} % against "
            f"{100 * part['weights'][other]:.0f} %)"
            for part in row["criteria"]
        ]
        same = "the same winner" if row["same_winner"] else "another winner"
        yield f"{one} and {other}, {same}: {words.listed(divides) or 'nothing'}"
    if len(data["differences"]) > _PAIRS:
        yield f"The other {len(data['differences']) - _PAIRS} pairs are nearer to each other."
    yield from _together(data)
    yield from _camps(data)
    yield from _minority(data)
    yield from _matters(data)
    for warning in data["warnings"]:
        yield f"Note: {warning}"


def _first(data: Data, ranking: list[Data]) -> list[str]:
    return [row["name"] for row in ranking if row["rank"] == 1]


def _together(data: Data) -> Iterable[str]:
    """Where another way of putting people together puts another first."""
    usual = _first(data, data["aggregate"]["ranking"])
    ways = {
        "the geometric mean of the weights": (data["geometric"] or {}).get("ranking", []),
        "the mean of the scores": data["by_scores"] or [],
    }
    for way, ranking in ways.items():
        first = _first(data, ranking)
        if first and first != usual:
            yield f"By {way} {words.listed(first)} would be first, and not {words.listed(usual)}."


def _camps(data: Data) -> Iterable[str]:
    """Who weighs alike, and on what a camp stands apart."""
    if len(data["clusters"]) < 2:
        if len(data["stakeholders"]) > 2:
            yield "No camps of opinion stand out."
        return
    yield ""
    yield bold(f"{len(data['clusters'])} camps of opinion")
    for camp in data["clusters"]:
        apart = [
            f"{data['criteria'][row['criterion']]} ({100 * row['weight']:.0f} % against "
            f"{100 * row['others']:.0f} % among the others)"
            for row in camp["apart"]
        ]
        first = words.listed([data["names"][a] for a in camp["winners"]], "or")
        on = f"; apart on {words.listed(apart)}" if apart else ""
        yield f"{words.listed(camp['members'])}: {first or 'nothing'} first{on}"


def _minority(data: Data) -> Iterable[str]:
    """Whose winner is another than that of all together."""
    if data["minority"]:
        yield ""
        yield bold("Who would choose another than all together")
    for row in data["minority"]:
        first, chosen = data["names"][row["winner"]], data["names"][row["chosen"]]
        loses = "" if row["loss"] is None else f" by {words.points(row['loss'])} points of 100"
        yield f"{row['stakeholder']}: {first}; by their own weights {chosen} is behind it{loses}"


def _matters(data: Data) -> Iterable[str]:
    """Where people should talk, since a weight that somebody gives would change the winner."""
    talk = {name: one for name, one in data["matters"].items() if one["matters"]}
    differ = [n for n, one in data["matters"].items() if one["high"] - one["low"] > 1e-12]
    if not differ:
        return
    yield ""
    yield bold("Which disagreements matter")
    for name, one in talk.items():
        ends = []
        if one["low"] < one["stable_low"] and one["below"]:
            ends.append(f"below {100 * one['stable_low']:.0f} % {data['names'][one['below']]}")
        if one["high"] > one["stable_high"] and one["above"]:
            ends.append(f"above {100 * one['stable_high']:.0f} % {data['names'][one['above']]}")
        yield (
            f"{data['criteria'][name]}, given {100 * one['low']:.0f} to {100 * one['high']:.0f} %: "
            f"{words.listed(ends)} would be first"
        )
    rest = len(differ) - len(talk)
    if rest:
        where = "one other criterion or group" if rest == 1 else f"{rest} other criteria and groups"
        where = where if talk else where.replace("other ", "")
        yield f"On {where} they differ, but no weight that anybody gives changes the winner alone."
