"""Whole stacks with a price negotiated in confidence: what is redacted does not tell it."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from selector.analysis import Analysis, analyse
from selector.analysis.stack import StackAnalysis, analyse_stack, as_decision
from selector.analysis.stack.derived import stack_of
from selector.catalog.library import Library
from selector.cli import app
from selector.cli_results import compose, cost
from selector.cli_results.compose_table import table
from selector.domain.criterion import CostMeasure, CriteriaSet, Criterion
from selector.domain.decision import Decision
from selector.report.exports import formats
from selector.report.exports.story import Story
from selector.report.stack_records import records
from selector.report.stack_records.parts import IN_CONFIDENCE, LEFT_OUT
from tests.exports.made import OPTIONS
from tests.exports.test_confidence import all_of, prices_agreed, redacted

LIBRARY = Library()
PRICES = (3.0, 4.0)
DECISION = "eu-bank-assistant"


@cache
def agreed(value: float, folder: Path) -> Decision:
    """A shipped stack with a confidential price of a vendor that is in the best one."""
    path = prices_agreed(value, int(value), folder)
    return LIBRARY.decision(DECISION)._replace(negotiated=LIBRARY.negotiated(path))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Analysis, ...]:
    folder = tmp_path_factory.mktemp("agreed")
    one, other = (analyse(agreed(value, folder)) for value in PRICES)
    assert one.version != other.version
    assert [row.name for row in one.ranking] == [row.name for row in other.ranking]
    return one, other


def test_no_redacted_export_of_stacks_tells_one_price_from_another(
    both: tuple[Analysis, ...],
) -> None:
    found, again = map(redacted, both)
    for suffix, told in found.items():
        assert "secret frame" not in told
        assert "example.com/contract" not in told
        assert "keep every requirement" not in told  # how many do rests on the bills
        assert told == again[suffix], suffix


def test_bills_of_stacks_have_the_items_of_their_parts_and_keep_confidence(
    both: tuple[Analysis, ...],
) -> None:
    one = cost.data(both[0])
    assert one["confidential"]
    for stack, bill in one["alternatives"].items():
        known = sum(item["monthly"] for item in bill["items"] if item["monthly"] is not None)
        assert both[0].composed is not None
        chosen = stack_of(both[0].composed, stack)
        assert known == pytest.approx(chosen.cost.known.likely) == bill["known_subtotal"]
        assert bill["unknown"] == list(chosen.cost.unknown)
        assert bill["models"]
        assert all(item["item"].split(": ")[0] in str(chosen.choices) for item in bill["items"])
    assert one["alternatives"] != cost.data(both[1])["alternatives"]
    kept, other = (cost.data(each, redact=True)["alternatives"] for each in both)
    assert kept == other
    assert "secret frame" not in json.dumps(kept, default=str)
    assert all(bill["known_subtotal"] is None for bill in kept.values())


def test_without_redaction_they_differ(both: tuple[Analysis, ...]) -> None:
    for suffix, kind in formats().items():
        one, other = (
            all_of(kind.made(Story(a, samples=500), OPTIONS), suffix).replace(a.version, "")
            for a in both
        )
        assert one != other, suffix


def of(value: float, folder: Path, *, scored: bool) -> StackAnalysis:
    """The stack at that price; where it is not `scored`, no layer is weighed by what it costs."""
    decision = agreed(value, folder)
    assert decision.stack is not None
    if scored:
        return analyse_stack(decision)
    layers = tuple(
        layer._replace(decision=layer.decision._replace(criteria=_without_costs(layer.decision)))
        for layer in decision.stack.layers
    )
    return analyse_stack(decision._replace(stack=decision.stack._replace(layers=layers)))


def _without_costs(decision: Decision) -> CriteriaSet:
    def kept(nodes: tuple[Criterion, ...]) -> tuple[Criterion, ...]:
        pruned = (node._replace(children=kept(node.children)) for node in nodes)
        return tuple(
            node
            for node, was in zip(pruned, nodes, strict=True)
            if not isinstance(node.measure, CostMeasure)
            and bool(node.children) == bool(was.children)
        )

    return decision.criteria._replace(criteria=kept(decision.criteria.criteria))


def told_by(analysis: StackAnalysis, *, redact: bool) -> dict[str, str]:
    """The records and what the command prints, without the version; redacted, never that."""
    found = {name: text.decode() for name, text in records(analysis, redact).items()}
    data = compose.data(analysis, 5, 50, 1, redact)
    found["json"] = json.dumps(data, default=str)
    found["table"] = "\n".join(table(data))
    version = Analysis(as_decision(analysis)).version
    if redact:
        assert not [name for name, text in found.items() if version in text]
    return {name: text.replace(version, "version") for name, text in found.items()}


@pytest.mark.parametrize("scored", [True, False], ids=["scored", "only billed"])
def test_no_redacted_record_tells_one_price_from_another(scored: bool, tmp_path: Path) -> None:
    one, other = (of(value, tmp_path, scored=scored) for value in PRICES)
    assert one.winner is not None
    assert one.winner.choices["model"].id == "bedrock-claude"  # whose price it is
    found, again = (told_by(analysis, redact=True) for analysis in (one, other))
    for name, text in found.items():
        assert text == again[name], name
        assert "secret frame" not in text
        assert "example.com/contract" not in text
        assert IN_CONFIDENCE not in text
    assert all(LEFT_OUT in text for name, text in found.items() if name[0] in "0s")
    assert "kept in confidence" in found["table"]
    assert "Qdrant" in found["stack.md"]  # who is chosen is told, and how it fits
    assert "```mermaid" in found["stack.md"]
    openly = [told_by(analysis, redact=False) for analysis in (one, other)]
    assert all(openly[0][name] != openly[1][name] for name in ("stack.md", "json", "01-model.md"))


def test_the_command_redacts_what_it_prints_and_what_it_writes(tmp_path: Path) -> None:
    (tmp_path / "decisions").mkdir()
    agreed(3.0, tmp_path)
    text = (LIBRARY.homes[-1] / "decisions" / f"{DECISION}.yaml").read_text(encoding="utf-8")
    text = text.replace(f"id: {DECISION}", "id: ours\nprices: ../agreed-3.0.yaml")
    (tmp_path / "decisions" / "ours.yaml").write_text(text, encoding="utf-8")
    asked = ["compose", "ours", "--home", str(tmp_path), "--records", str(tmp_path / "records")]
    ran = CliRunner().invoke(app, [*asked, "--redact"])
    assert ran.exit_code == 0, ran.output
    assert "What it costs is kept in confidence." in ran.output
    assert LEFT_OUT in (tmp_path / "records" / "stack.md").read_text(encoding="utf-8")
