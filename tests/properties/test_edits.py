"""Whatever a visitor edits, in whatever order: the file is one our reader takes, and it ranks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import selector
from selector.catalog.editing import REMOVE, data_of, edited
from selector.catalog.reading import parse_document
from selector.catalog.records.decision import decision_record
from selector.catalog.shapes._common import shaped
from selector.catalog.shapes.decision import DecisionFile
from selector.domain.levels import level_names
from selector.domain.problem import InputError
from selector.ui.edits import (
    alternatives,
    basics,
    criteria,
    requirements,
    scales,
    scores,
    stakeholders,
)
from selector.ui.edits._edit import Changes, Edit, Refused
from selector.ui.edits._tree import nodes
from tests import strategies as made

Made = Callable[[], Changes]

NAMES = st.one_of(
    st.sampled_from(
        ["no", "1e5", "2026-11-24", "null", "a: b", "#x", "' \"", "{x}", "東京", "- a"]
    ),
    st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=12),
)
FIGURES = st.one_of(
    st.sampled_from(["", "0", "12", "-3.5", "1,000", "3 to 9", "unknown", "1e90", "x", "70%"]),
    st.integers(-200, 200).map(str),
)


@st.composite
def edits(draw: st.DrawFn, analysis: selector.Analysis, raw: bytes) -> Made:
    """Something that a visitor may ask for, sensible or not."""
    data = data_of(raw)
    decision = analysis.decision
    leaves = {leaf.id: leaf for leaf in analysis.leaves}
    every = [node.id for node in decision.criteria.walk()]
    groups = ["", *(node.id for node in decision.criteria.walk() if node.children)]
    name, figure = draw(NAMES), draw(FIGURES)
    leaf = leaves[draw(st.sampled_from(list(leaves)))]
    node = draw(st.sampled_from(every))
    group = draw(st.sampled_from(groups))
    goal = draw(st.sampled_from(["max", "min"]))
    places = range(len(decision.alternatives))

    levels = level_names(leaf, decision.dictionary)

    def scale_of() -> made.Data:
        if levels:
            return scales.by_level(dict.fromkeys(levels, figure))
        return scales.linear(figure, "50", leaf, decision.monthly_budget)

    def tree(change: Callable[[Edit], Any]) -> Made:
        def changes() -> Changes:
            edit = criteria.inlined(data, None, analysis)
            change(edit)
            found = edit.changes
            assert data_of(edited(raw, *found)) == edit.data
            return found

        return changes

    options: list[Made] = [
        lambda: basics.title(data, name),
        lambda: basics.question(data, name),
        lambda: basics.budget(data, figure, nodes(data, None)),
        lambda: alternatives.add_own(data, name, "status-quo"),
        lambda: alternatives.add_offers(data, [("groq", "gpt-oss-120b")]),
        lambda: stakeholders.add(data, name),
        lambda: scales.change(data, leaf.id, scale_of()),
        tree(lambda edit: criteria.add(edit, analysis, group, name, "score")),
        tree(lambda edit: criteria.add(edit, analysis, group, name, "group")),
        tree(lambda edit: criteria.add(edit, analysis, group, name, "cost", "monthly")),
        tree(lambda edit: criteria.add(edit, analysis, group, name, "fact", "uptime_sla")),
        tree(lambda edit: criteria.remove(edit, node, analysis)),
        tree(lambda edit: criteria.move(edit, node, group, analysis)),
        tree(lambda edit: criteria.describe(edit, node, name, name)),
        tree(lambda edit: criteria.turn(edit, leaf.id, goal)),
    ]
    subject = requirements.subjects(decision)[f"criterion:{leaf.id}"]
    wanted: Any = draw(st.sampled_from(subject.levels)) if subject.levels else figure
    condition = draw(st.sampled_from(["at_least", "at_most", "is"]))
    asked = range(len(decision.requirements))
    options.append(
        lambda: requirements.add(data, requirements.item(subject, condition, wanted, reason=name))
    )
    if asked:
        place = draw(st.sampled_from(asked))
        options.append(lambda: requirements.remove(data, place))
    if places:
        at = draw(st.sampled_from(places))
        options += [
            lambda: alternatives.rename(data, at, name),
            lambda: alternatives.remove(data, at),
            lambda: scores.score(data, {(at, leaf.id): figure}, leaves, decision.dictionary),
        ]
    people = range(len(decision.stakeholders))
    if people:
        who = draw(st.sampled_from(people))
        top = decision.criteria.criteria[0].id
        options += [
            lambda: stakeholders.change(data, who, name, "2", {top: figure}),
            lambda: stakeholders.remove(data, who),
        ]
    return draw(st.sampled_from(options))


def analysed(raw: bytes) -> selector.Analysis:
    """The analysis of a decision's text."""
    document = parse_document(raw, "edited.yaml")
    shape = shaped(document, DecisionFile)
    decision = None if shape is None else decision_record(document, shape, made.LIBRARY)
    if decision is None or document.problems:
        raise InputError(document.problems)
    return selector.analyse(decision)


def _judged(draw: Any, data: made.Data) -> made.Data:
    """The decision with weights of some method, stakeholders and scenarios."""
    top = [node["id"] for node in data["criteria"]]
    ways: list[made.Data] = [{}, {"method": "equal"}]
    ways += [{"method": "direct", "values": dict.fromkeys(top, 3)}]
    if len(top) > 1:
        ways += [
            {"method": "ranking", "order": top},
            {"method": "direct", "values": {top[0]: 0}},
        ]
    weights = draw(st.sampled_from(ways))
    said = {"weights": weights} if weights else {}
    people = [{"name": "Finance", "weights": {top[-1]: 5}}] if draw(st.booleans()) else []
    return data | said | {"stakeholders": people, "scenarios": people}


@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_any_edits_in_any_order_leave_a_decision_that_ranks(choose: st.DataObject) -> None:
    start = _judged(choose.draw, choose.draw(made.decisions()))
    raw = yaml.dump(start, sort_keys=False).encode()
    try:
        analysed(raw)
    except InputError:  # its weights sum to zero, say
        raw = edited(raw, (("weights",), REMOVE))
    for _ in range(choose.draw(st.integers(1, 8))):
        try:
            changes = choose.draw(edits(analysed(raw), raw))()
        except Refused as error:
            refused = error
        else:
            raw = edited(raw, *changes)
            then = analysed(raw)
            out = {row.alternative for row in then.excluded}
            assert len(then.ranking) + len(out) == len(then.decision.alternatives)
            continue
        assert refused.field
        assert str(refused).endswith(".")
