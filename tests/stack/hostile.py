"""A stack all of whose names, and those of its pattern, mean something to some program."""

from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

from selector.analysis import Analysis, analyse
from selector.catalog.library import Library, shipped_home
from tests.exports.made import HOSTILE

NASTY = (
    *HOSTILE, '"]-->|"x', "end", "%%{init: {}}%%", "$$x$$", "fa:fa-car",
    "</svg><script>alert(2)</script>", "[x](javascript:alert(1))", "- item", "# head",
)  # fmt: skip
LAYERS = ("vector-store", "orchestration", "gateway", "evaluation", "guardrails", "kubernetes")


def hostile_stack(home: Path) -> Analysis:
    """The decision among the best stacks, as exports get it; its files are written to `home`."""
    names = cycle(NASTY)
    (home / "patterns").mkdir(parents=True)
    (home / "decisions").mkdir()
    pattern = yaml.safe_load((shipped_home() / "patterns/retrieval-assistant.yaml").read_text())
    pattern |= {"id": "evil", "name": next(names), "summary": next(names)}
    for key in ("zones", "data", "roles", "safeguards"):
        for item in pattern[key]:
            item["name"] = next(names)
    for flow in pattern["flows"]:
        flow["carries"] = next(names)
    for failure in pattern["failures"]:
        failure |= {"what": next(names), "effect": next(names)}
    _write(home / "patterns" / "evil.yaml", pattern)
    layers = [
        {
            "id": layer,
            "name": next(names),
            "weight": 10 + n,
            "criteria": [{"id": "c", "name": next(names), "value": {"worst": 0, "best": 10}}],
            "candidates": [
                {"id": f"{layer}-{k}", "name": next(names), "performance": {"c": (3 + 2 * k) % 7}}
                for k in range(3)
            ],
        }
        for n, layer in enumerate(LAYERS)
    ]
    path = home / "decisions" / "evil.yaml"
    head = {
        "id": "evil",
        "title": next(names),
        "question": next(names),
        "as_of": date(2026, 11, 20),
    }
    _write(path, head | {"stack": {"pattern": "evil", "layers": layers}})
    return analyse(Library(home).decision(path))


def _write(path: Path, data: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
