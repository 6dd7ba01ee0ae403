"""The browser's engine gives the numbers of the golden cases, worked by hand."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

import selector
from selector.analysis.weights import in_money
from selector.domain import words as plain
from selector.report import live
from selector.report.worth import spoken, worths
from tests.golden.cases import CASES, Case

RANKED = [case for case in CASES if "error" not in case.expected]

RUN = """
({ model, changes, nodes }) => {
  const E = SelectorEngine;
  const local = changes ? E.partial(model, E.locals(model), changes) : E.locals(model);
  const weights = E.globalWeights(model, local);
  const scores = E.scores(model, weights);
  const leaves = model.nodes.map((node, i) => [node.id, weights[i], node.leaf])
    .filter(([, , leaf]) => leaf !== null);
  return {
    weights: Object.fromEntries(leaves), scores, ranks: E.ranks(scores.central),
    order: E.order(scores.central).map(i => model.alternatives[i].id),
    stability: Object.fromEntries(nodes.map(id => [id, E.stability(model, local, id)])),
  };
}
"""


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Page:
    """Return an empty page with the engine in it."""
    page = browser.new_page()
    page.add_script_tag(content=live.engine())
    return page


def ran(engine: Page, analysis: selector.Analysis, case: Case) -> dict[str, Any]:
    """Return what the engine makes of the analysis, the case's own changes of weights applied."""
    nodes = list(case.expected.get("stability", {}))
    given = {"model": live.model(analysis), "changes": case.content.get("set"), "nodes": nodes}
    found: dict[str, Any] = engine.evaluate(RUN, given)
    return found


@pytest.mark.parametrize("case", RANKED, ids=lambda case: case.name)
def test_the_engine_agrees_with_the_case(case: Case, engine: Page, tmp_path: Path) -> None:
    content = {key: value for key, value in case.content.items() if key != "set"}
    before = replace(case, content=content).analysis(tmp_path)
    found = ran(engine, before, case)
    expected = case.expected
    for leaf, weight in expected.get("weights", {}).items():
        assert found["weights"][leaf] == pytest.approx(weight, abs=1e-9), leaf
    ids = [a.id for a in before.alternatives]
    for row in expected.get("ranking", []):
        at = ids.index(row["alternative"])
        assert found["ranks"][at] == row["rank"]
        for ours, theirs in (("central", "score"), ("low", "low"), ("high", "high")):
            if theirs in row:
                assert found["scores"][ours][at] == pytest.approx(row[theirs], abs=1e-9)
    if "ranking" in expected:
        assert found["order"] == [row["alternative"] for row in expected["ranking"]]
    for node, wanted in expected.get("stability", {}).items():
        for key, value in wanted.items():
            exact = value is None or isinstance(value, str)
            assert found["stability"][node][key] == (
                value if exact else pytest.approx(value, abs=1e-9)
            ), f"{key} of {node}"


def test_the_engine_agrees_with_python_on_every_node(engine: Page) -> None:
    base = selector.analyse(selector.load("support-assistant"))
    presets = base.decision.criteria.presets
    for points in ({}, *presets.values(), {"cost": 70}, {"governance": 100, "cost": 0}):
        analysis = base.with_weights(points)
        nodes = list(analysis.stability)
        given = {"model": live.model(base), "changes": dict(points), "nodes": nodes}
        found = engine.evaluate(RUN, given)
        assert found["order"] == [row.alternative for row in analysis.ranking]
        for i, alternative in enumerate(analysis.alternatives):
            assert [found["scores"][k][i] for k in ("low", "central", "high")] == pytest.approx(
                analysis.scores[alternative.id], abs=1e-12
            )
        for node, wanted in analysis.stability.items():
            ours = found["stability"][node]
            assert (ours["low"], ours["high"]) == pytest.approx((wanted.low, wanted.high), abs=1e-9)
            assert (ours["below"], ours["above"]) == (wanted.below, wanted.above), node


IMPLIED = """
({ model, changes }) => {
  const E = SelectorEngine;
  const found = E.worths(model, E.globalWeights(model, E.partial(model, E.locals(model), changes)));
  return found && { cost: model.nodes[found.cost.node].id, unit: found.cost.unit,
    rows: found.rows.map(row => [model.nodes[row.node].id, roughly(row.money), row.past]) };
}
"""


def test_what_the_weights_imply_is_the_same_in_python(engine: Page) -> None:
    engine.add_script_tag(content=live.plain_script())
    for name in ("support-assistant", "coding-assistant", "high-volume-chat"):
        base = selector.analyse(selector.load(name))
        tops = [node.id for node in base.decision.criteria.criteria]
        for points in ({}, {tops[0]: 70}, {tops[0]: 1, tops[1]: 55.5}, {tops[-1]: 0}):
            analysis = base.with_weights(points)
            money = in_money(analysis.decision, analysis.weights)
            found = engine.evaluate(IMPLIED, {"model": live.model(base), "changes": points})
            assert money is not None
            assert (found["cost"], found["unit"]) == (money.criterion, spoken(money.unit))
            assert found["rows"] == [
                [worth.leaf, plain.number(worth.money), worth.is_past] for worth in worths(analysis)
            ]
    cost = base.with_weights({money.criterion: 0})
    assert in_money(cost.decision, cost.weights) is None
    given = {"model": live.model(base), "changes": {money.criterion: 0}}
    assert engine.evaluate(IMPLIED, given) is None


@pytest.mark.parametrize(
    ("shares", "whole"),
    [
        ([1 / 3, 1 / 3, 1 / 3], [34, 33, 33]),
        ([0.005] * 200, [1] * 100 + [0] * 100),
        ([0.29, 0.71], [29, 71]),
        ([0.125] * 8, [13, 13, 13, 13, 12, 12, 12, 12]),
        ([1.0], [100]),
    ],
)
def test_percentages_sum_to_100(engine: Page, shares: list[float], whole: list[int]) -> None:
    assert engine.evaluate("shares => SelectorEngine.percentages(shares)", shares) == whole


@pytest.mark.parametrize("changes", [{"nobody": 1}, {"cost": -1}, {"cost": None}])
def test_the_engine_refuses_what_is_no_weight(engine: Page, changes: dict[str, Any]) -> None:
    model = live.model(selector.analyse(selector.load("support-assistant")))
    with pytest.raises(Exception, match=r"cost must be|no criterion"):
        engine.evaluate(RUN, {"model": model, "changes": changes, "nodes": []})
