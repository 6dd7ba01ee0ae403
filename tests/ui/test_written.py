"""What a visitor set, written into the file: read again it ranks exactly the same."""

from __future__ import annotations

import random
from typing import Any

import pytest

from selector.analysis import Analysis, analyse
from selector.analysis.settled import settled, to_set
from selector.analysis.stack.derived import weighed_as
from selector.catalog import beside
from selector.catalog.editing import data_of, edited
from selector.catalog.library import Library
from selector.domain.problem import InputError
from selector.domain.span import Span
from selector.measure.changes import with_figures
from selector.report.frozen import frozen, thawed
from selector.report.versions import between
from selector.ui import figures
from selector.ui.written import with_choices
from tests.shipped import PLATFORMS

LIBRARY = Library()
NUMBERS = ("requests_per_month", "input_tokens", "output_tokens", "peak_to_mean", "users")
SHARES = ("cached_share", "batch_share", "growth_per_month")


def answers(analysis: Analysis) -> list[tuple[str, int]]:
    return [(row.alternative, row.rank) for row in analysis.ranking]


def random_points(analysis: Analysis, rng: random.Random) -> dict[str, float]:
    """Return points of some sets of siblings, as sliders send them."""
    found: dict[str, float] = {}
    for _, children in analysis.decision.criteria.siblings():
        if rng.random() < 0.6:
            found |= {child.id: round(rng.uniform(0, 100), 4) for child in children}
    return found


def random_figures(analysis: Analysis, rng: random.Random) -> dict[str, Span]:
    """Return figures of workload, business, assumptions and single bills."""
    found: dict[str, Span] = {}
    for name in rng.sample(NUMBERS, 2):
        found[name] = Span.exactly(float(rng.randrange(1, 10**6)))
    for name in rng.sample(SHARES, 1):
        low, high = sorted(round(rng.uniform(0, 0.3), 3) for _ in range(2))
        found[name] = Span(low, (low + high) / 2, high)
    found["value_per_request"] = Span(0.1, 0.15, 0.4)
    found["people_hours"] = Span.exactly(10.0)
    found["utilisation"] = Span.exactly(0.5)
    for alternative, bill in list(analysis.cost().alternatives.items())[:3]:
        own = [f for f in figures.bill_fields(alternative, bill.parameters) if f.span]
        if own:
            field = rng.choice(own)
            found[field.name] = field.span.times(0.9) if field.span else Span.exactly(1.0)
    return found


@pytest.mark.parametrize("decision_id", PLATFORMS)
def test_what_was_set_comes_back_from_the_file_as_it_was(decision_id: str) -> None:
    rng = random.Random(decision_id)
    path = LIBRARY.decision_path(decision_id)
    raw, files = path.read_bytes(), beside.files_of(data_of(path.read_bytes()), path.parent)
    base = analyse(LIBRARY.decision(decision_id))
    for attempt in range(4):
        own = random_figures(base, rng) if attempt else {}
        shown = analyse(with_figures(base.decision, own)) if own else base
        points = random_points(base, rng) if attempt != 2 else {}
        shown = shown.answering(points) if points else shown
        made = with_choices(raw, shown, points, own)
        again = analyse(LIBRARY.decision_of(made, path.name, files))
        assert answers(again) == answers(shown)
        assert again.version == shown.version
        for before, after in zip(shown.ranking, again.ranking, strict=True):
            assert after.score == pytest.approx(before.score, abs=1e-12)
            assert after.low == pytest.approx(before.low, abs=1e-12)
        assert again.weights == pytest.approx(shown.weights, abs=1e-12)
        comments = [line for line in raw.decode().splitlines() if line.startswith("#")]
        assert all(line in made.decode() for line in comments)


STACKS = {
    "eu-bank-assistant": {"vector-store": "milvus", "kubernetes": "openshift"},
    "startup-one-cloud": {"orchestration": "crewai", "streaming": ""},
    "airgapped-manufacturer": {"kubernetes": None},
}


@pytest.mark.parametrize("decision_id", STACKS)
def test_what_was_set_of_a_stack_comes_back_from_its_file(decision_id: str) -> None:
    raw, fixed = LIBRARY.decision_path(decision_id).read_bytes(), STACKS[decision_id]
    base = analyse(LIBRARY.decision(decision_id))
    points = {name: 100 * share for name, share in base.shares.items()} | {"evaluation": 40.0}
    shown = base.answering(points)
    made = with_choices(raw, shown, points, {}, fixed)
    again = analyse(LIBRARY.decision_of(made, "x.yaml", {}))
    assert base.composed is not None
    assert again.composed is not None
    wanted = weighed_as(base.composed, shown.shares).with_fixed(fixed)
    assert wanted.spec.fit.large != base.composed.spec.fit.large  # it has other points too
    assert wanted.shares["evaluation"] == max(wanted.shares.values())
    assert again.composed.fixed == wanted.fixed
    for before, after in zip(wanted.best(10).stacks, again.composed.best(10).stacks, strict=True):
        assert before.places == after.places
        assert after.score == pytest.approx(before.score, abs=1e-12)
    assert with_choices(raw, base, {}, {}, {}) == raw
    made = with_choices(raw, shown, points, {})
    assert analyse(LIBRARY.decision_of(made, "x.yaml", {})).version == shown.version
    exact = settled(base.answering(to_set(shown)))
    assert exact.version == shown.version, "as `--set` is told in the record"
    assert not list(between(thawed(frozen(settled(shown))), exact))
    by_fit_alone = base.answering(dict.fromkeys(wanted.shares, 0.0))
    assert len({base.version, shown.version, by_fit_alone.version}) == 3


def test_the_weight_of_the_fit_of_a_stack_becomes_its_points() -> None:
    raw = LIBRARY.decision_path("airgapped-manufacturer").read_bytes()
    base = analyse(LIBRARY.decision("airgapped-manufacturer"))
    points = {name: 100 * share for name, share in base.shares.items()}
    shown = base.answering(points | {"fit": 2 * points["fit"]})
    made = with_choices(raw, shown, points | {"fit": 2 * points["fit"]}, {})
    again = analyse(LIBRARY.decision_of(made, "x.yaml", {}))
    assert base.composed is not None
    assert again.composed is not None
    assert again.composed.spec.fit == pytest.approx([2 * x for x in base.composed.spec.fit])
    assert again.composed.shares == pytest.approx(base.composed.shares)


def test_without_choices_the_file_is_as_it_was() -> None:
    raw = LIBRARY.decision_path("support-assistant").read_bytes()
    assert with_choices(raw, analyse(LIBRARY.decision("support-assistant")), {}, {}) == raw


def test_weights_from_judgements_become_points_and_keep_their_reasons() -> None:
    raw = LIBRARY.decision_path("support-assistant").read_bytes()
    order = ["security", "capability", "cost", "reliability", "operations", "openness"]
    judged = {
        "method": "ranking",
        "order": [*order, "governance"],
        "reasons": {"cost": "finance asked"},
    }
    raw = edited(raw, (("weights",), judged))
    base = analyse(LIBRARY.decision_of(raw, "x.yaml", {}))
    points = dict.fromkeys([*order, "governance"], 10.0)
    shown = base.answering(points)
    made = with_choices(raw, shown, points, {})
    assert data_of(made)["weights"]["reasons"] == {"cost": "finance asked"}
    assert data_of(made)["weights"]["method"] == "direct"
    assert analyse(LIBRARY.decision_of(made, "x.yaml", {})).weights == pytest.approx(shown.weights)


TOPS = {
    "capability": 22, "reliability": 15, "security": 25, "cost": 18, "operations": 10,
    "openness": 6, "governance": 4,
}  # fmt: skip
EXITS = ["suppliers", "take_away", "open_weights", "standard_interface"]
WAYS: dict[str, dict[str, Any]] = {
    "points": {"values": TOPS},
    "shares with a group in pairs and one in order": {
        "method": "direct",
        "values": {name: f"{x} %" for name, x in TOPS.items()},
        "subtrees": {
            "cost": {"method": "ahp", "comparisons": [["monthly_cost", "spend_control", 4]]},
            "openness": {"method": "ranking", "order": EXITS},
        },
    },
    "an order": {"method": "ranking", "order": [*TOPS], "reasons": {"cost": "finance asked"}},
    "a preset": {"method": "preset", "preset": "cto"},
    "the data": {"method": "critic"},
}


@pytest.mark.parametrize("way", WAYS)
def test_moved_weights_have_the_version_of_the_file_that_gives_them(way: str) -> None:
    rng = random.Random(way)
    raw = LIBRARY.decision_path("support-assistant").read_bytes()
    raw = edited(raw, (("weights",), WAYS[way]))
    base = analyse(LIBRARY.decision_of(raw, "x.yaml", {}))
    found = {base.version}
    for _ in range(12):
        points = random_points(base, rng)
        shown = base.answering(points)
        made = with_choices(raw, shown, points, {})
        again = analyse(LIBRARY.decision_of(made, "x.yaml", {}))
        assert again.version == shown.version == settled(shown).version
        assert base.answering(to_set(shown)).version == shown.version
        found.add(shown.version)
    assert len(found) > 10
    own = {name: 100 * share for name, share in base.shares.items()}
    assert base.answering(own).version == base.version
    assert with_choices(raw, base.answering(own), own, {}) == raw


def test_a_figure_of_one_bill_in_the_file_is_checked() -> None:
    raw = LIBRARY.decision_path("support-assistant").read_bytes()
    for name, told in (
        ("nobody.price_output_tokens", "'nobody'"),
        ("utilization", "'utilization'"),
        ("bedrock-claude.batch_discount", "out of bounds"),
    ):
        wrong = edited(raw, (("assumptions", name), 400))
        with pytest.raises(InputError, match=told):
            LIBRARY.decision_of(wrong, "x.yaml", {})
    idle = edited(raw, (("assumptions", "bedrock-claude.nothing"), 1))
    notes = analyse(LIBRARY.decision_of(idle, "x.yaml", {})).cost().alternatives
    assert any("no such figure" in note.text for note in notes["bedrock-claude"].notes)
