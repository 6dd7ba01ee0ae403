"""Patterns: the shipped ones stand, and faults are told where they are."""

from pathlib import Path

import pytest
import yaml

from selector.catalog.library import Library, shipped_home
from selector.catalog.validation import problems_of
from selector.domain.frameworks import FRAMEWORKS

LIBRARY = Library()
PATTERN = """\
id: desk
name: Desk
zones: [{id: outside, name: People}, {id: own, name: Ours}]
roles:
  - {id: user, name: Who asks, zone: outside, at: [0, 0], kind: person}
  - {id: search, name: Search, zone: own, at: [1, 0]}
  - {id: store, name: Articles, zone: own, at: [1, 1], kind: store}
flows: [{from: user, to: search, carries: Question}]
safeguards:
  - {id: list, name: A list, how: Shown, frameworks: {well_architected: [reliability]}}
failures: [{what: It is down, effect: Nothing, roles: [search], safeguards: [list]}]
"""


@pytest.mark.parametrize("name", LIBRARY.pattern_ids())
def test_a_shipped_pattern_is_whole(name: str) -> None:
    pattern = LIBRARY.pattern(name)
    path = shipped_home() / "patterns" / f"{name}.yaml"
    assert problems_of(LIBRARY, path) == []
    assert yaml.safe_load(path.read_text(encoding="utf-8"))["id"] == name  # by another reader too
    assert pattern.summary
    assert len(pattern.failures) >= 5
    assert len(pattern.safeguards) >= 5
    known = set(LIBRARY.layers())
    assert set(pattern.layers) <= known | {"platform"}
    touched = {end for flow in pattern.flows for end in (flow.source, flow.target)}
    grounds = {role.id for role in pattern.roles if role.kind == "ground"}
    assert touched | grounds == {role.id for role in pattern.roles}
    assert all(flow.data for flow in pattern.flows)
    assert list(pattern.crossings())
    helped = {name for failure in pattern.failures for name in failure.safeguards}
    assert helped == {safeguard.id for safeguard in pattern.safeguards}
    answered = [dict(safeguard.frameworks) for safeguard in pattern.safeguards]
    assert all(answered)
    for frameworks in answered:
        for framework, parts in frameworks.items():
            assert set(parts) <= set(FRAMEWORKS[framework])


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("zone: own, at: [1, 1]", "zone: owm, at: [1, 1]", "7:39: there is no zone 'owm'"),
        ("at: [1, 1]", "at: [1, 0]", "'store' stands where 'search' stands"),
        ("from: user", "from: usr", "did you mean 'user'?"),
        ("safeguards: [list]}]", "safeguards: [lst]}]", "there is no safeguard 'lst'"),
        ("[reliability]", "[robustness]", "there is no part of well_architected 'robustness'"),
        ("id: store, name", "id: user, name", "'user' stands twice"),
        ("to: search", "to: user", "a flow from a role to itself"),
        ("zone: outside, at: [0, 0]", "zone: outside, at: [1, 2]", ""),
        ("zone: own, at: [1, 1]", "zone: own, at: [-1, 1]", "out of bounds"),
    ],
)
def test_faults_are_told_at_their_place(
    tmp_path: Path, written: str, instead: str, told: str
) -> None:
    path = tmp_path / "patterns" / "desk.yaml"
    path.parent.mkdir()
    path.write_text(PATTERN.replace(written, instead), encoding="utf-8")
    found = [str(problem) for problem in problems_of(LIBRARY, path)]
    assert any(told in line for line in found) if told else found == []


def test_nobody_stands_in_another_zone(tmp_path: Path) -> None:
    path = tmp_path / "desk.yaml"
    text = PATTERN.replace("zone: outside, at: [0, 0]", "zone: outside, at: [1, 1]")
    text = text.replace("zone: own, at: [1, 1]", "zone: own, at: [1, 2]")
    path.write_text(text, encoding="utf-8")
    assert "'user' stands within the zone 'own'" in str(problems_of(LIBRARY, path)[0])
