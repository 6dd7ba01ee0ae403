"""What is kept in confidence: redacted files of two decisions that differ in it are the same."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import selector
from selector.analysis import Analysis
from selector.catalog.library import Library
from selector.domain.criterion import CostMeasure
from selector.domain.decision import Decision, Requirement, WeightSpec
from selector.domain.problem import UsageError
from selector.domain.workload import Currency
from selector.report.exports import formats
from selector.report.exports.story import Story
from tests.exports.made import OPTIONS

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
    """What each format says, without the version."""
    story = Story(analysis, redact=True, samples=500)
    return {
        suffix: re.sub(  # YAML quotes a version that reads as a number
            f"'?{analysis.version}'?", "version", all_of(kind.made(story, OPTIONS), suffix)
        )
        for suffix, kind in formats().items()
    }


def as_it_is(decision: Decision) -> Decision:
    return decision


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
        with_a_requirement_on_bills, in_another_currency,
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
