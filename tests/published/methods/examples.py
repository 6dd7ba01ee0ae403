"""Read the published examples of the ranking methods: figures as printed, to their printed digits.

Each file holds the examples of one method. `expected` has `scores`, `ranks`, and details by name;
`digits` says how many decimals are printed, so that half of the last one is the tolerance.
`read_in` names where the figures were read if not in the publication itself.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from selector.catalog.reading import read_document

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Example:
    """One worked example."""

    method: str
    name: str
    content: dict[str, Any]

    @property
    def matrix(self) -> np.ndarray:
        """(alternatives, criteria), as printed; normalised first where the publication does."""
        matrix = np.array(self.content["matrix"], dtype=float)
        is_less = np.array([o == "min" for o in self.content["objectives"]])
        if "over" in self.content:
            matrix = matrix / np.array(self.content["over"], dtype=float)
        if self.normalised == "best":
            best = np.where(is_less, matrix.min(axis=0), matrix.max(axis=0))
            matrix = (matrix / best) ** np.where(is_less, -1.0, 1.0)
        elif self.normalised:
            matrix = np.where(is_less, 1 / matrix, matrix)
            matrix = matrix / matrix.sum(axis=0)
        return matrix

    @property
    def normalised(self) -> str:
        """How the publication normalises before it ranks: `best`, `inverse and sum`, or ''."""
        return self.content.get("normalised", "")

    @property
    def objectives(self) -> np.ndarray:
        """1 for max, -1 for min; what was normalised is to be maximised."""
        if self.normalised:
            return np.ones(len(self.content["objectives"]))
        return np.array([{"max": 1.0, "min": -1.0}[o] for o in self.content["objectives"]])

    @property
    def weights(self) -> np.ndarray:
        """Normalised: rounded weights need not sum to 1, unless the publication used them so."""
        weights = np.array(self.content["weights"], dtype=float)
        return weights if self.content.get("weights_as_printed") else weights / weights.sum()

    @property
    def parameters(self) -> dict[str, Any]:
        """Parameters of the kernel; preferences become one tuple for each criterion."""
        given = dict(self.content.get("parameters", {}))
        if "preferences" in given:
            given["preferences"] = tuple(
                (p["shape"], *(float(p.get(key, 0)) for key in ("q", "p", "s")))
                for p in given["preferences"]
            )
        if "vetoes" in given:
            given["vetoes"] = tuple(given["vetoes"])
        return given

    @property
    def expected(self) -> dict[str, Any]:
        """What is printed."""
        return self.content["expected"]

    @property
    def tolerance(self) -> float:
        """Half of the last printed digit; more only where `slack` says so, with a note on why."""
        return 0.5 * 10.0 ** -self.content["digits"] + self.content.get("slack", 0) + 1e-12


EXAMPLES = [
    Example(path.stem, content["name"], content)
    for path in sorted(HERE.glob("*.yaml"))
    for content in read_document(path).data["examples"]
]
