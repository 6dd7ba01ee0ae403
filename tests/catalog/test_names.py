"""What bears the same name as another: told apart by its id everywhere, and named by `validate`."""

from pathlib import Path

import selector
from selector.catalog.library import Library
from selector.catalog.validation import problems_of
from selector.domain.naming import seen, shown, told_apart
from selector.report.exports import formats
from selector.report.exports.story import Story
from tests.exports.made import OPTIONS

SAME = """id: same
title: Same names
criteria:
  - {id: work, name: Speed, children: [
      {id: c0, name: Speed, value: {worst: 0, best: 100}},
      {id: c1, name: "Speed ", value: {worst: 0, best: 100}},
      {id: c2, name: speed, value: {worst: 0, best: 100}}]}
alternatives:
  - {id: a, name: Same, performance: {c0: 1, c1: 50, c2: 90}}
  - {id: b, name: "Sa\\u200bme", performance: {c0: 10, c1: 5, c2: 90}}
  - {id: c, name: "Same, other", performance: {c0: 1, c1: 50, c2: 99}}
"""


def test_equal_names_are_told_apart_by_their_ids_and_validate_names_them(tmp_path: Path) -> None:
    path = tmp_path / "same.yaml"
    path.write_text(SAME, encoding="utf-8")
    analysis = selector.analyse(selector.load(path))
    assert [a.name for a in analysis.alternatives] == ["Same (a)", "Sa\u200bme (b)", "Same, other"]
    assert [x.name for x in analysis.leaves] == ["Speed (c0)", "Speed (c1)", "speed"]
    assert analysis.decision.criteria.criteria[0].name == "Speed"
    record = formats()[".md"].made(Story(analysis, samples=100), OPTIONS).decode()
    heads = [line for line in record.splitlines() if line.startswith("### ")]
    assert len(set(heads)) == len(heads)
    found = [(p.line, p.what) for p in problems_of(Library(), path)]
    assert found == [
        (6, "'c1' has the same name as 'c0': Speed"),
        (10, "'b' has the same name as 'a': Sa\u200bme"),
    ]


def test_what_shows_nothing_is_no_part_of_a_name() -> None:
    assert shown("\u200b \u3164\u2800\ufe0f\u00ad\n") == ""
    assert shown("x\u0301 \U0001f680") == "x\u0301\U0001f680"
    assert seen("  A\u00a0 b\u200d ") == "A b" == seen("A b")
    assert seen("\u00e9") == seen("e\u0301") != seen("E\u0301")
    assert told_apart({"a": "X", "b": "x"}) == {"a": "X", "b": "x"}
