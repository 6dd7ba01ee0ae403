"""What is kept in confidence: redacted files of two decisions that differ in it are the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import selector
from selector.analysis import Analysis
from selector.catalog.library import Library
from selector.cli_results import cost
from selector.domain.criterion import CostMeasure
from selector.domain.decision import Decision, Requirement, WeightSpec
from selector.domain.evidence import UNKNOWN
from selector.domain.problem import UsageError
from selector.domain.record import Approval, Entry, Record
from selector.domain.workload import Currency
from selector.report.exports import confidence, formats
from selector.report.exports.story import Story
from tests.exports.made import DAY, OPTIONS, shipped

Change = Callable[[Decision], Decision]


def prices_agreed(value: float, month: int, folder: Path) -> Path:
    """A file with a confidential price of one vendor."""
    path = folder / f"agreed-{value}.yaml"
    path.write_text(
        "confidential: true\n"
        "prices: [{vendor: amazon-bedrock, fact: price_output_tokens, "
        f"value: {value}, reason: secret frame, as_of: 2026-0{month}-01, "
        f'source: "https://example.com/contract-{value}"}}]\n',
        encoding="utf-8",
    )
    return path


def agreed(value: float, folder: Path) -> Decision:
    """The support assistant with a confidential price of one vendor."""
    library, path = Library(), prices_agreed(value, 1 + int(value > 1), folder)
    return library.decision("support-assistant")._replace(negotiated=library.negotiated(path))


def all_of(content: bytes, suffix: str) -> str:
    """Every part of a file as text, those of files inside it too, without its day of making."""
    if suffix not in (".xlsx", ".pptx"):
        return content.decode()
    told = []
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in sorted(parts.namelist()):
            part = parts.read(name)
            inner = Path(name).suffix
            told.append(all_of(part, inner) if inner == ".xlsx" else part.decode("utf-8", "ignore"))
    return re.sub(r"<dcterms:\w+ [^>]*>[^<]*", "", "\n".join(told))


def redacted(analysis: Analysis) -> dict[str, str]:
    """What each format says; never the version of the answer, a hash of confidential prices too."""
    story = Story(analysis, redact=True, samples=500)
    found = {s: all_of(kind.made(story, OPTIONS), s) for s, kind in formats().items()}
    assert not [suffix for suffix, told in found.items() if analysis.version in told]
    assert all(story.analysis.version in told for told in found.values())
    return found


def as_it_is(decision: Decision) -> Decision:
    return decision


def with_a_record(decision: Decision) -> Decision:
    """Approved as it is and as it was, with a log that tells what was agreed."""
    agreed_ = decision.negotiated.prices[0].value
    now = selector.analyse(decision).version
    before = selector.analyse(decision._replace(title="Before")).version
    return decision._replace(
        record=Record(
            approved=(Approval("Ada", DAY, version=now, note=f"at {agreed_}"),
                      Approval("Bea", DAY, version=before)),
            changes=(Entry(DAY, "Cyd", f"{agreed_} agreed", "", f"{agreed_}", "secret frame"),),
        )
    )  # fmt: skip


def by_a_scale_of_the_bills(decision: Decision) -> Decision:
    return _with_costs(decision, scale=None)


def by_a_short_scale(decision: Decision) -> Decision:
    leaf = next(x for x in decision.criteria.leaves() if isinstance(x.measure, CostMeasure))
    return _with_costs(decision, scale=leaf.scale._replace(worst=3000.0, best=600.0))  # type: ignore[union-attr]


def _with_costs(decision: Decision, **parts: object) -> Decision:
    def changed(nodes: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(
            node._replace(children=changed(node.children))  # type: ignore[attr-defined]
            if node.children  # type: ignore[attr-defined]
            else node._replace(**parts)  # type: ignore[attr-defined]
            if isinstance(node.measure, CostMeasure)  # type: ignore[attr-defined]
            else node
            for node in nodes
        )

    criteria = decision.criteria
    return decision._replace(criteria=criteria._replace(criteria=changed(criteria.criteria)))  # type: ignore[arg-type]


def by_another_method(decision: Decision) -> Decision:
    return decision._replace(method="topsis")


def in_another_currency(decision: Decision) -> Decision:
    given = Currency("EUR", 1.08, decision.day)
    return decision._replace(business=decision.business._replace(currency=given))


def with_a_requirement_on_bills(decision: Decision) -> Decision:
    leaf = next(x for x in decision.criteria.leaves() if isinstance(x.measure, CostMeasure))
    least = Requirement(criterion=leaf.id, at_least=800.0, unproven_is_out=True)
    either = Requirement(any_of=(least, least._replace(at_least=900.0)))
    return decision._replace(requirements=(*decision.requirements, either))


@pytest.mark.parametrize(
    "change",
    [
        as_it_is, by_a_scale_of_the_bills, by_a_short_scale, by_another_method,
        with_a_requirement_on_bills, in_another_currency, with_a_record,
    ],
)  # fmt: skip
def test_no_redacted_file_tells_one_confidential_price_from_another(
    change: Change, tmp_path: Path
) -> None:
    one, other = (selector.analyse(change(agreed(v, tmp_path))) for v in (0.3137, 1.3))
    assert one.version != other.version
    assert [r.alternative for r in one.ranking] == [r.alternative for r in other.ranking]
    found, again = redacted(one), redacted(other)
    for suffix, told in found.items():
        assert "secret frame" not in told
        assert "example.com/contract" not in told
        assert told == again[suffix], suffix
        if change is with_a_record and suffix != ".csv":
            assert "Cyd" in told
            assert "What was set is kept in confidence" in told
            assert "Bea approved another version" in told
            assert not [a for a in one.decision.record.approved if a.version in told]


def of_discounts(shares: tuple[float, ...], change: dict[str, Any], folder: Path) -> Analysis:
    """The chat of many requests, with discounts agreed with some of its vendors."""
    home = Library().homes[-1]
    text = (home / "decisions" / "high-volume-chat.yaml").read_text(encoding="utf-8")
    given = zip(("fireworks-ai", "together-ai"), shares, strict=False)
    prices = [{"vendor": v, "discount": x, "reason": "secret frame"} for v, x in given]
    folder = folder / str(shares)
    folder.mkdir()
    (folder / "agreed.yaml").write_text(yaml.safe_dump({"confidential": True, "prices": prices}))
    data = yaml.safe_load(text) | {"prices": "agreed.yaml"} | change
    path = folder / "chat.yaml"
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return selector.analyse(selector.load(path))


def weighing(cost: float, uptime: float, retention: float, **more: Any) -> dict[str, Any]:
    values = {"cost": cost, "uptime": uptime, "retention": retention}
    return {"weights": {"method": "direct", "values": values}} | more


EITHER = {"any": [{"criterion": "cost", "at_most": 70_000}, {"fact": "uptime_sla", "at_least": 10}]}
DISCOUNTS: dict[str, tuple[dict[str, Any], tuple[float, ...], tuple[float, ...]]] = {
    "who would be first by the weights of stakeholders": (
        weighing(1, 50, 49, stakeholders=[{"name": "F", "weights": {"cost": 90}}]), (0.01,), (0.95,)
    ),
    "who would be first by another method": (
        weighing(44, 20, 36, method="promethee2"), (0.03,), (0.20,)
    ),
    "whether it is proven that it costs so little": (
        weighing(1, 50, 49, requirements=[EITHER]), (0.01,), (0.95,)
    ),
    "the same asked within another": (
        weighing(1, 50, 49, requirements=[{"any": [EITHER]}]), (0.01,), (0.95,)
    ),
    "which of two is the cheaper": (weighing(0, 50, 50), (0.01, 0.9), (0.9, 0.01)),
    "whether it costs anything": (weighing(1, 50, 49, method="waspas"), (0.9,), (1.0,)),
}  # fmt: skip


@pytest.mark.parametrize("what", DISCOUNTS)
def test_no_redacted_file_tells(what: str, tmp_path: Path) -> None:
    change, *shares = DISCOUNTS[what]
    one, other = (of_discounts(x, change, tmp_path) for x in shares)
    assert one.version != other.version
    assert [r[:3] for r in one.ranking] == [r[:3] for r in other.ranking]
    assert cost.data(one, redact=True) == cost.data(other, redact=True)
    found, again = redacted(one), redacted(other)
    for suffix, told in found.items():
        assert told == again[suffix], suffix


def test_every_notice_is_known_by_what_it_rests_on() -> None:
    """One that is in no list is left out of redacted files, until somebody has thought of it."""
    source = Path(confidence.__file__).parents[2]
    files = [path for part in ("measure", "analysis") for path in (source / part).rglob("*.py")]
    called = re.compile(r'Notice\(\s*"([a-z-]+)"')
    codes = {code for path in files for code in called.findall(path.read_text(encoding="utf-8"))}
    beside = {"robustness-of-the-weighted-sum"}  # stands with the draws, which are left out
    lists = (confidence.OF_THE_FILE, confidence.OF_A_COLUMN, confidence.OF_ONE,
             confidence.OF_SCORES)  # fmt: skip
    assert sorted(codes - beside) == sorted(code for own in lists for code in own)


def test_without_redaction_the_same_files_differ(tmp_path: Path) -> None:
    found = [
        Story(selector.analyse(agreed(value, tmp_path)), samples=500) for value in (0.3137, 1.3)
    ]
    for suffix, kind in formats().items():
        one, other = (
            all_of(kind.made(s, OPTIONS), suffix).replace(s.analysis.version, "") for s in found
        )
        assert one != other, suffix


def test_weights_from_the_bills_are_refused(tmp_path: Path) -> None:
    decision = agreed(0.3137, tmp_path)._replace(weights=WeightSpec("entropy"))
    with pytest.raises(UsageError, match="would tell a confidential bill"):
        redacted(selector.analyse(decision))


def test_the_version_of_a_redacted_export_is_that_of_what_it_shows(tmp_path: Path) -> None:
    def shown(decision: Decision) -> str:
        return Story(selector.analyse(decision), redact=True).analysis.version

    decision = agreed(0.3137, tmp_path)
    leaf = next(x for x in decision.criteria.leaves() if not isinstance(x.measure, CostMeasure))
    one = decision.alternatives[0]
    fewer = decision._replace(alternatives=decision.alternatives[1:])
    other = decision._replace(
        alternatives=(
            one._replace(performances={**one.performances, leaf.id: UNKNOWN}), *fewer.alternatives
        )
    )  # fmt: skip
    found = {shown(d) for d in (decision, fewer, other, decision._replace(title="Another"))}
    assert len(found) == 4
    dear = shown(agreed(900.0, tmp_path))
    assert dear not in found, "ranks are shown, and are others"
    story = shipped("support-assistant")  # nothing is confidential
    assert Story(story.analysis, redact=True).analysis.version == story.analysis.version
