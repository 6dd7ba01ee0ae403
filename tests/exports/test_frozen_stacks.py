"""Frozen stacks: composed again by what they hold alone, and compared part by part."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import selector
from selector.analysis import Analysis, analyse
from selector.cli_results.frozen import check, check_table, verify, verify_table
from selector.domain.decision import Alternative, Decision
from selector.domain.negotiated import Negotiated, NegotiatedPrice
from selector.domain.problem import SelectorError
from selector.domain.span import Span
from selector.domain.stack import FitFile
from selector.report.frozen import differences, frozen, kept, thawed
from selector.report.since import Changed, changes
from selector.report.versions import between
from tests.exports.test_frozen import run, signed

VENDORS = Path(__file__).parents[2] / "vendors"
NAME = "startup-one-cloud"
DAY = date(2026, 11, 29)
STACKS = (NAME, "eu-bank-assistant", "airgapped-manufacturer")
FRESH = date(2020, 1, 1)  # by which nothing is past its shelf life


@cache
def composing(name: str = NAME) -> Decision:
    found = selector.analyse(selector.load(name)).composed
    assert found is not None
    return found.decision


def otherwise(of: Callable[[Alternative], Alternative], decision: Decision) -> Analysis:
    """The same decision with other candidates."""
    assert decision.stack is not None
    layers = tuple(
        layer._replace(decision=layer.decision._replace(
            alternatives=tuple(map(of, layer.decision.alternatives))
        ))
        for layer in decision.stack.layers
    )  # fmt: skip
    return analyse(decision._replace(stack=decision.stack._replace(layers=layers)))


def with_fact(candidate: str, fact: str, value: Any) -> Analysis:
    """The shipped stack, one fact of one candidate otherwise."""

    def of(a: Alternative) -> Alternative:
        if a.id != candidate:
            return a
        return a._replace(facts={**a.facts, fact: a.facts[fact]._replace(value=value)})

    return otherwise(of, composing())


def since_shipped(now: Analysis, today: date = FRESH) -> Changed:
    return changes(analyse(composing()), now, today)


def as_earlier(analysis: Analysis, form: str, left_out: tuple[str, ...] = ("hash",)) -> Any:
    """What an earlier version froze of a stack: how the stacks scored, and no parts."""
    bare = Analysis(analysis.decision, analysis.shares)
    whole = {**kept(bare), "form": form, "log": []}
    text = json.dumps({k: v for k, v in whole.items() if k not in left_out}, sort_keys=True)
    made = {**whole, "hash": hashlib.sha256(text.encode()).hexdigest()}
    return json.loads(json.dumps(made))


@pytest.mark.parametrize("name", STACKS)
def test_a_stack_is_composed_again_by_what_is_held_alone(name: str) -> None:
    analysis = analyse(composing(name))
    text = json.dumps(frozen(analysis), default=str)
    again = thawed(json.loads(text))
    assert differences(json.loads(text), again) == []
    assert again.version == analysis.version
    found = changes(again, analysis, FRESH)
    assert not any((found.is_flipped, *found[:7], found.stale)), "every fact, price and fit is held"
    assert again.composed is not None
    assert again.composed.feasible == analyse(composing(name)).composed.feasible  # type: ignore[union-attr]
    assert len(text) < 1_500_000


def test_a_stack_under_moved_weights_is_held_as_it_was_answered() -> None:
    analysis = analyse(composing()).answering({"vector-store": 60})
    whole = json.loads(json.dumps(frozen(analysis), default=str))
    again = thawed(whole)
    assert (again.version, differences(whole, again)) == (analysis.version, [])
    assert not changes(again, analysis, FRESH).is_flipped
    shipped = changes(analyse(composing()), analysis, FRESH)
    assert "Weight of Vector store" in {one.what for one in shipped.edits}
    assert "vector-store" in shipped.weights


def test_what_another_hand_put_into_a_stack_never_breaks_it() -> None:
    told = 0
    text = json.dumps(frozen(analyse(composing())), default=str)
    for where, value in (
        (("decision", "stack"), {"@": "StackSpec", "layers": [1]}), (("composed",), None),
        (("decision", "stack", "compatibility", "files"), [1]), (("composed", "shares"), {"x": 1}),
        (("composed", "fixed"), {"model": "nobody"}), (("decision", "stack", "layers"), []),
    ):  # fmt: skip
        whole = json.loads(text)
        at = whole
        for key in where[:-1]:
            at = at[key]
        at[where[-1]] = value
        try:
            differences(signed(whole), thawed(signed(whole)))
        except SelectorError:
            told += 1
    assert told == 5


def test_a_fact_that_makes_another_stack_the_best_is_told_and_named() -> None:
    other = with_fact("bedrock-haiku", "trains_on_customer_data", True)
    found = since_shipped(other)
    assert found.is_flipped
    assert found.winner["before"] == "stack-1", "ids are as they were, whatever they stand for"
    assert found.edits == [], "nobody touched the file"
    model = {row["layer"]: row for row in found.choices}["model"]
    assert (model["before"], model["name"]) == ("Bedrock, Claude Haiku", "Model platform")
    assert "customer" in model["why"], "what knocked it out"
    before, now = (found.made_of[side][found.winner[side]] for side in ("before", "now"))
    assert before["layers"]["model"] == "bedrock-haiku" != now["layers"]["model"]
    assert now["names"]["model"] == model["now"]
    assert [(r["layer"], r["of"], r["before"], r["now"]) for r in found.facts] == [
        ("model", "Bedrock, Claude Haiku", "no", "yes")
    ]
    set_here = between(analyse(composing()), other)  # as when somebody set it in the file
    assert [(one.before, one.now) for one in set_here] == [("no", "yes")]
    assert set_here[0].what.startswith("Model platform: ")


def test_a_price_of_a_part_and_a_fit_are_told() -> None:
    dear = since_shipped(with_fact("bedrock-haiku", "price_input_tokens", 1.42))
    assert [(r["layer"], r["of"]) for r in dear.prices] == [("model", "Bedrock, Claude Haiku")]
    assert dear.prices[0]["now"] > dear.prices[0]["before"]
    assert any("input" in item for item in dear.prices[0]["items"])
    assert dear.edits == []

    decision = composing()
    assert decision.stack is not None
    fits = decision.stack.compatibility
    members = next(
        r.members for j in thawed(json.loads(json.dumps(frozen(analyse(decision)), default=str)))
        .composed.winner.joints if (r := j.relation) and not r.is_default and len(r.members) == 2
    )  # fmt: skip

    def worse(file: FitFile) -> FitFile:
        return file._replace(relations=tuple(
            r._replace(fit="none") if r.members == members else r for r in file.relations
        ))  # fmt: skip

    other = type(fits)(tuple(map(worse, fits.files)))
    found = since_shipped(analyse(decision._replace(
        stack=decision.stack._replace(compatibility=other)
    )))  # fmt: skip
    assert found.is_flipped
    assert "not at all" in {row["now"] for row in found.fits}
    assert found.facts == found.prices == found.edits == []


def test_what_people_set_in_the_file_of_a_stack_is_told() -> None:
    decision = composing()
    assert decision.stack is not None
    spec = decision.stack
    heavier = spec.layers[1]._replace(weight=31.0, decision=spec.layers[1].decision._replace(
        requirements=()
    ))  # fmt: skip
    now = analyse(decision._replace(stack=spec._replace(
        layers=(spec.layers[0], heavier, *spec.layers[2:]), limits=spec.limits._replace(vendors=2),
        skills=frozenset({"python"}), fit=spec.fit._replace(small=2.0),
    ), workload=decision.workload._replace(  # type: ignore[union-attr]
        requests_per_month=Span.exactly(500_000)
    )))  # fmt: skip
    told = {one.what: (one.before, one.now) for one in since_shipped(now).edits}
    assert told["Weight of Orchestration"] == ("26", "31")
    assert told["Orchestration: Requirement taken out"][0].startswith("Offered as a service")
    assert told["Limit: vendors"] == ("3", "2")
    assert told["Points of an adapter: small"] == ("1", "2")
    assert told["Skills of the team"][1] == "python"
    assert told["Requests per month"] == ("400,000", "500,000")
    assert len(told) == 6, "each once, and nothing that follows from them"


def test_what_the_best_stack_rests_on_grows_stale_as_the_app_counts_it() -> None:
    analysis = analyse(composing())
    codes = ("stale-fact", "stale-fit")
    told = [n.text for n in analysis.notices if n.code in codes]
    stale = since_shipped(analysis, DAY).stale
    assert len(stale) == len(told) == 2
    assert all(any(r["of"] in t and r["name"] in t for t in told) for r in stale)
    later = since_shipped(analysis, date(2032, 6, 1)).stale
    assert len(later) > 20
    assert any(r["fact"] == "fit" and " and " in r["of"] for r in later)


def test_the_commands_see_a_stack_flip_by_a_profile(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, home = str(tmp_path / "f.json"), tmp_path / "home"
    assert run(capsys, "freeze", NAME, "--to", out)[0] == 0
    (home / "vendors").mkdir(parents=True)
    was = (VENDORS / "langgraph.yaml").read_text(encoding="utf-8")
    profile = was.replace("  managed_on:\n    value: [aws, ", "  managed_on:\n    value: [", 1)
    assert profile != was
    (home / "vendors" / "langgraph.yaml").write_text(profile, encoding="utf-8")
    said = ("check", NAME, "--against", out, "--home", str(home), "--today", "2020-01-01")
    code, told, _ = run(capsys, *said)
    assert code == 1
    first, _, *rest = told.splitlines()
    assert first == "The answer has changed: Orchestration: LangGraph is now CrewAI."
    assert "Set otherwise" not in told
    assert any(
        line.startswith("LangGraph  Offered as a service run for us  On AWS") for line in rest
    )
    assert run(capsys, "freeze", NAME, "--to", out, "--home", str(home), "--by", "Bea")[0] == 0
    code, told, _ = run(capsys, "verify", out)
    assert code == 0
    assert "Orchestration: LangGraph before, CrewAI now" in told
    assert "CrewAI ·" in told, "the log says what led, not only where it stood"


@pytest.mark.parametrize("form", ["selector-frozen-1", "selector-frozen-2"])
def test_a_stack_that_an_earlier_version_froze_is_read_and_checked_by_its_parts_names(
    form: str, tmp_path: Path
) -> None:
    shipped = analyse(composing())
    path = tmp_path / "old.json"
    left_out = ("hash", "log") if form.endswith("1") else ("hash",)
    path.write_text(json.dumps(as_earlier(shipped, form, left_out)))
    data = verify(path)
    assert (data["same"], data["whole"]) == (True, False)
    assert any("no fact, price, fit" in line for line in verify_table(data))
    same = check(shipped, path, FRESH)
    assert (same["flipped"], same["whole"], any(same["changed"].values())) == (False, False, False)
    assert "The answer stands" in next(iter(check_table(same))), "what is not held may have changed"
    other = with_fact("bedrock-haiku", "trains_on_customer_data", True)
    turned = check(other, path, FRESH)
    assert turned["flipped"] is True
    assert turned["changed"]["choices"][0]["before"] == "Bedrock, Claude Haiku"
    assert turned["edits"] == turned["changed"]["facts"] == [], "not held, so not told"
    told = list(check_table(turned))
    assert any("freeze it again" in line for line in told)
    again = frozen(other, before=json.loads(path.read_text()))
    assert again["log"][-1]["changed"], "the log goes on"


def agreed(value: str) -> Analysis:
    """The shipped stack with a price that was negotiated in confidence."""
    price = NegotiatedPrice(
        "amazon-bedrock", f"agreed at {value}", fact="price_input_tokens", value=Decimal(value)
    )
    return analyse(composing()._replace(negotiated=Negotiated((price,), confidential=True)))


def test_redacted_a_stack_tells_no_confidential_bill_of_a_part(tmp_path: Path) -> None:
    said = []
    for old, new in (("0.81", "0.83"), ("0.82", "0.84")):
        path = tmp_path / f"{old}.json"
        path.write_text(json.dumps(frozen(agreed(old), note=f"at {old}"), default=str))
        open_ = check(agreed(new), path, FRESH)
        assert open_["confidential"]
        assert open_["changed"]["prices"][0]["before"] is not None
        log = verify(path, redact=True)
        said.append(json.dumps([check(agreed(new), path, FRESH, redact=True), log["version"]]))
        assert (log["same"], log["log"][0]["note"], log["log"][0]["version"]) == (True, "", "")
        path.write_text(json.dumps(as_earlier(agreed(old), "selector-frozen-2")))
        said[-1] += json.dumps(check(agreed(new), path, FRESH, redact=True))
    assert said[0] == said[1]
    row = json.JSONDecoder().raw_decode(said[0])[0][0]["changed"]["prices"][0]
    assert (row["of"], row["before"], row["now"], row["items"]) == (
        "Bedrock, Claude Haiku", None, None, []
    )  # fmt: skip
