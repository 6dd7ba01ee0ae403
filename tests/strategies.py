"""Whole decisions for hypothesis, as data in the form of a file, and ways to read and turn them.

A decision has a tree of one to three levels, up to seven alternatives, cells in all states, and
scales of every kind. What a leaf of it knows is in `performance`, so no vendor is needed.
"""

import copy
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from hypothesis import strategies as st

import selector
from selector.catalog.library import Library
from selector.catalog.reading import parse_document
from selector.catalog.records.decision import decision_record
from selector.catalog.shapes._common import shaped
from selector.catalog.shapes.decision import DecisionFile
from selector.domain.decision import Decision
from selector.domain.problem import InputError

Data = dict[str, Any]
LIBRARY = Library()
LEVELS = ("none", "some", "much", "all")


def read(data: Data) -> Decision:
    """The decision that a file with this content holds."""
    document = parse_document(yaml.dump(data, sort_keys=False).encode(), "generated.yaml")
    shape = shaped(document, DecisionFile)
    if shape is None:
        raise InputError(document.problems)
    decision = decision_record(document, shape, LIBRARY)
    if document.problems:
        raise InputError(document.problems)
    return decision


def analysed(data: Data) -> selector.Analysis:
    """Its analysis."""
    return selector.analyse(read(data))


def leaves_of(data: Data) -> list[Data]:
    """The leaves of the criteria, in order."""
    return [node for node in nodes_of(data["criteria"]) if "children" not in node]


def nodes_of(criteria: list[Data]) -> Iterator[Data]:
    """All criteria, parents first."""
    for node in criteria:
        yield node
        yield from nodes_of(node.get("children", []))


def changed(data: Data, change: Callable[[Data], None]) -> Data:
    """A copy with the change made."""
    other = copy.deepcopy(data)
    change(other)
    return other


def decimals(low: float, high: float) -> st.SearchStrategy[float]:
    """Numbers with at most three decimals."""
    steps = st.integers(round(low * 1000), round(high * 1000))
    return steps.map(lambda step: step / 1000)


def weights() -> st.SearchStrategy[float]:
    """A weight, zero included."""
    return st.one_of(st.integers(0, 100).map(float), decimals(0, 10))


@st.composite
def scales(draw: st.DrawFn, is_global: bool) -> Data:
    """The keys of a leaf that say how its performances become values."""
    kinds = ["rising", "falling", "running on", "points", "levels"]
    kind = draw(st.sampled_from(kinds if is_global else [*kinds, "local", "local falling"]))
    if kind == "levels":
        values = draw(st.lists(decimals(0, 1), min_size=4, max_size=4))
        return {"value": {"levels": dict(zip(LEVELS, values, strict=True))}}
    if kind == "points":
        xs = sorted(draw(st.sets(decimals(-100, 100), min_size=2, max_size=5)))
        vs = draw(st.lists(decimals(0, 1), min_size=len(xs), max_size=len(xs)))
        return {"value": {"points": [[x, v] for x, v in zip(xs, vs, strict=True)]}}
    if kind.startswith("local"):
        return {"goal": "min" if "falling" in kind else "max"}
    worst, width = draw(decimals(-100, 100)), draw(decimals(0.5, 100))
    best = worst + (-width if kind == "falling" else width)
    return {"value": {"worst": worst, "best": best} | ({"clamp": False} if "on" in kind else {})}


@st.composite
def cells(draw: st.DrawFn, leaf: Data) -> Any:
    """A performance on the leaf: known, a range, a distribution, not applicable, or unknown."""
    if draw(st.integers(0, 9)) == 0:
        return draw(st.sampled_from([None, {"not_applicable": True}]))
    if "levels" in leaf.get("value", {}):
        first, last = sorted(draw(st.tuples(st.integers(0, 3), st.integers(0, 3))))
        return LEVELS[first] if draw(st.booleans()) else [LEVELS[first], LEVELS[last]]
    a, b, c = sorted(draw(st.tuples(*[decimals(-150, 150)] * 3)))
    return draw(
        st.sampled_from(
            [
                b,
                b,
                b,
                [a, c],
                {"low": a, "likely": b, "high": c},
                {"triangular": [a, b, c]},
                {"normal": [b, (c - a) or 1.0]},
                {"lognormal": [b / 100, ((c - a) or 1.0) / 300]},
            ]
        )
    )


@st.composite
def trees(draw: st.DrawFn, is_global: bool, most: int = 4) -> list[Data]:
    """Siblings, with children down to three levels."""
    count = iter(range(1000))

    def siblings(depth: int) -> list[Data]:
        size = draw(st.integers(1, most if depth == 1 else 3))
        made = []
        weighted = draw(st.booleans())
        for _ in range(size):
            node: Data = {"id": f"c{next(count)}"}
            if weighted:
                node["weight"] = draw(weights())
            if depth < 3 and draw(st.integers(0, 3)) == 0:
                node["children"] = siblings(depth + 1)
            else:
                node |= draw(scales(is_global))
                node["not_applicable"] = draw(st.sampled_from(["best", "worst", 0.25]))
            made.append(node)
        if weighted and sum(node["weight"] for node in made) == 0:
            made[0]["weight"] = 1.0
        return made

    return siblings(1)


@st.composite
def decisions(
    draw: st.DrawFn, is_global: bool = False, least: int = 1, clamped: bool = False
) -> Data:
    """A whole decision. `is_global`: no scale depends on the alternatives at hand."""
    data: Data = {"id": "made", "title": "Made up", "as_of": "2026-11-24"}
    data["criteria"] = draw(trees(is_global))
    leaves = leaves_of(data)
    for leaf in leaves:
        if clamped:
            leaf.get("value", {}).pop("clamp", None)
    data["alternatives"] = [
        {
            "id": f"a{number}",
            "performance": {leaf["id"]: draw(cells(leaf)) for leaf in leaves},
        }
        for number in range(draw(st.integers(least, 7)))
    ]
    return yaml_day(data)


def yaml_day(data: Data) -> Data:
    """Dates as the reader makes them."""
    from datetime import date

    return data | {"as_of": date.fromisoformat(str(data["as_of"]))}
