"""`selector compose` for people: the best stack, those after it, and what would change it."""

from collections.abc import Iterable, Sequence

from selector.cli_output import Data, bold, columns
from selector.domain import words
from selector.report.money import Money

_DOLLARS = Money()
_EVER_BEST = 5  # stacks of the sampling that are printed
_NO_WORKLOAD = "(no workload)"  # as candidates say it
KEPT = "kept in confidence"
_PRINTED = 8  # of a list of what would change the answer


def table(data: Data, money: Money = _DOLLARS) -> Iterable[str]:
    """The best stack layer by layer, those after it by what differs, and what would change it.

    Amounts, which `data` has in US dollars, are told in `money`.
    """
    yield bold(data["question"] or data["title"])
    yield ""
    if not data["stacks"]:
        yield "No stack keeps all constraints. These cannot all be kept:"
        yield from (f"  {text}" for text in data["conflicts"])
        yield from _knocked_out(data)
        return
    best = data["stacks"][0]
    yield from _best(data, best, money)
    yield from _together(data, best)
    yield from _others(data, best, money)
    yield from _reasons(data)
    yield from _sure(data)
    yield from _knocked_out(data)
    yield ""
    yield from (f"Note: {warning}" for warning in data["warnings"])
    if data["feasible"] is None:
        yield f"How many of {data['considered']:,} combinations keep all constraints is {KEPT}."
    else:
        few = "" if data["feasible_is_exact"] else "At least "
        many = f"{few}{data['feasible']:,} of {data['considered']:,}"
        yield f"{many} combinations keep all constraints."
    yield f"Facts as of {words.day(data['as_of'])} · version {data['version']}"


def _best(data: Data, best: Data, money: Money) -> Iterable[str]:
    if best["score"] is None:
        yield f"This stack is the best; its points are {KEPT}, for they would tell what it costs."
    else:
        ends = f"{words.points(best['low'])} to {words.points(best['high'])}"
        yield f"The best stack has {words.points(best['score'])} points of 100 (could be {ends})."
    yield _cost_line(best, money)
    yield ""
    rows = []
    for row in data["explanations"]:
        layer = row["layer"]
        own = "" if row["score"] is None else words.points(row["score"])
        place = "" if row["rank_in_layer"] is None else f"{row['rank_in_layer']} of "
        rows.append(
            [
                data["names"][layer] + (" (fixed)" if layer in data["fixed"] else ""),
                row["name"],
                own,
                f"{place}{row['candidates']}" if place else "",
                f"{100 * data['weights'][layer]:.0f} %",
            ]
        )
    yield from columns(["Layer", "Choice", "Points there", "Place", "Weight"], rows, {2, 4})


def _cost_line(stack: Data, money: Money) -> str:
    if stack["confidential"]:
        return f"What it costs is {KEPT}."
    known = f"{words.number(round(money(stack['known_cost'])))} {money.code}"
    if stack["cost"] is not None:
        return f"It costs {known} a month."
    if not stack["known_cost"]:
        count, all_of = len(stack["unknown_costs"]), sum(map(bool, stack["layers"].values()))
        why = (
            ", for the decision has no workload"
            if _NO_WORKLOAD in stack["unknown_costs"][0]
            else ""
        )
        return f"What it costs is not known: {count} of {all_of} parts have no bill{why}."
    parts = sum(map(bool, stack["layers"].values()))
    unknown = len(stack["unknown_costs"])
    return f"{known} a month are known; {unknown} of {parts} parts have no bill."


def _together(data: Data, best: Data) -> Iterable[str]:
    yield ""
    yield bold("How it goes together")
    names = {
        best["layers"][layer]: name
        for layer, name in best["names"].items()
        if best["layers"][layer]
    }
    native = [j for j in best["compatibility"] if j["fit"] == "native"]
    if native:
        yield f"  {len(native)} of {len(best['compatibility'])} go together as they come."
    for joint in best["compatibility"]:
        if joint["fit"] == "native":
            continue
        who = words.listed([names[member] for member in joint["members"]])
        points = f"{joint['points']:g} point{'s' * (joint['points'] != 1)}"
        how = f"by an adapter, {joint['effort']}" if joint["fit"] == "adapter" else joint["fit"]
        note = f" {joint['note']}" if joint["note"] else ""
        yield f"  {who}: {how} ({points}).{note}"


def _others(data: Data, best: Data, money: Money) -> Iterable[str]:
    if len(data["stacks"]) < 2:
        return
    yield ""
    rows = []
    for stack in data["stacks"]:
        changed = [
            f"{stack['names'][layer]} for {best['names'][layer]}"
            for layer in stack["layers"]
            if stack["layers"][layer] != best["layers"][layer]
        ]
        marks = []
        if stack["unknown_pairs"]:
            marks.append(f"{stack['unknown_pairs']} unknown")
        if stack["unproven"]:
            marks.append("unproven")
        cost = "not known" if stack["cost"] is None else words.number(round(money(stack["cost"])))
        cost = KEPT if stack["confidential"] else cost
        rows.append(
            [
                str(stack["rank"]),
                "" if stack["score"] is None else words.points(stack["score"]),
                cost,
                str(len(stack["vendors"])),
                ", ".join(marks),
                "; ".join(changed) or "the best",
            ]
        )
    head = ["", "Points", f"{money.code} a month", "Vendors", "Marks", "Against the best"]
    yield from columns(head, rows, {0, 1, 2, 3})


def _reasons(data: Data) -> Iterable[str]:
    rows = [(row, rival) for row in data["explanations"] for rival in row["better"]]
    if rows:
        yield ""
        yield bold("Better in their layer, and yet not chosen")
        for row, rival in rows:
            layer = data["names"][row["layer"]]
            yield f"  {layer}: {rival['name']} ({words.points(rival['score'])}). {rival['because']}"
    if not data["given_up"]:
        return
    yield ""
    yield bold("What fixing a layer would give up, in points")
    for layer, candidates in data["given_up"].items():
        told = [_gives_up(row) for row in _in_order(candidates.values())]
        yield f"  {data['names'][layer]}: {'; '.join(told)}"


def _in_order(rows: Iterable[Data]) -> list[Data]:
    return sorted(rows, key=lambda r: (r["loss"] is None, r["loss"] or 0.0))


def _gives_up(row: Data) -> str:
    if row["loss"] is None:
        return f"{row['name']} not possible"
    if row["loss"] < -1e-12:  # the layer is fixed to another
        return f"{row['name']} gains {words.points(-row['loss'])}"
    return row["name"] if row["loss"] < 1e-12 else f"{row['name']} {words.points(row['loss'])}"


def _sure(data: Data) -> Iterable[str]:
    found = data["acceptability"]
    best = data["stacks"][0]
    if found is not None:
        yield ""
        yield bold(f"How sure it is (weights {found['weights']}, {found['samples']:,} draws)")
    for row in found["stacks"][:_EVER_BEST] if found is not None else ():
        changed = [
            _name(data, layer, row["layers"][layer])
            for layer in row["layers"]
            if row["layers"][layer] != best["layers"][layer]
        ]
        told = f"with {words.listed(changed)}" if changed else "this stack"
        yield f"  Best in {words.of_100(row['share'])} of 100: {told}"
    if data["unknown_pairs"]:
        yield ""
        yield bold("Worth finding out: it would change the best stack")
        yield from (f"  {row['in_words']}" for row in data["unknown_pairs"][:_PRINTED])
        if len(data["unknown_pairs"]) > _PRINTED:
            yield f"  And {len(data['unknown_pairs']) - _PRINTED} more; --format json has all."


def _name(data: Data, layer: str, choice: str | None) -> str:
    return str(data["given_up"][layer][choice or ""]["name"])


def _knocked_out(data: Data) -> Sequence[str]:
    if not data["excluded"]:
        return []
    told: dict[tuple[str, str], list[str]] = {}
    for row in data["excluded"]:
        told.setdefault((row["layer"], row["name"]), []).append(row["requirement"])
    said = ["", bold("Knocked out in their layer")]
    said += [
        f"  {data['names'][layer]}: {name}. Required: {'; '.join(asked)}."
        for (layer, name), asked in told.items()
    ]
    return said
