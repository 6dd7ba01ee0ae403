"""Read the golden cases, and set each up as a home folder with a decision in it."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import yaml

import selector
from selector.catalog.library import Library
from selector.catalog.reading import read_document

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One case: what goes in, and what must come out."""

    name: str
    content: dict[str, Any]

    @property
    def expected(self) -> dict[str, Any]:
        """The expected outcome, with fractions written as text turned into numbers."""
        return _numbers(self.content["expected"])

    def home(self, folder: Path) -> Path:
        """Write the case's dictionary, vendors and criteria sets below `folder`."""
        for name in ("vendors", "criteria", "decisions"):
            (folder / name).mkdir(exist_ok=True)
        if "facts" in self.content:
            _write(folder / "criteria" / "facts.yaml", {"facts": self.content["facts"]})
        for vendor in self.content.get("vendors", []):
            _write(folder / "vendors" / f"{vendor['id']}.yaml", vendor)
        for criteria_set in self.content.get("criteria_sets", []):
            _write(folder / "criteria" / f"{criteria_set['id']}.yaml", criteria_set)
        _write(folder / "decisions" / "case.yaml", self.content["decision"])
        return folder

    def analysis(self, folder: Path) -> selector.Analysis:
        """The analysis of the case, with its `set` of weights applied."""
        home = self.home(folder)
        decision = Library(home).decision(home / "decisions" / "case.yaml")
        analysis = selector.analyse(decision)
        return analysis.with_weights(self.content["set"]) if "set" in self.content else analysis


def _write(path: Path, data: object) -> None:
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _numbers(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _numbers(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_numbers(value) for value in data]
    if isinstance(data, str) and data.replace("/", "").replace("-", "").isdigit():
        return float(Fraction(data))
    return data


CASES = [Case(path.stem, read_document(path).data) for path in sorted(HERE.glob("[0-9]*.yaml"))]
